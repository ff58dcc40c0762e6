"""Citations marked in a text of HTML: nothing of it is lost, each one is found."""

import unittest

from lxml import html

from engine.law.citation_markup import mark, read

TEXT = (
    "<h2>Article 1<sup>er</sup></h2><p>Vu l’<i>art. <b>L. 5211-1</b></i> du CGCT, le A &lt; B<br>"
    "et l’article L. 5211-2 du CGCT, puis encore art. L. 5211-1 du CGCT.</p>fin"
)


def wanted(one):
    return one.key == "CGCT:L5211-1"


class TestMarked(unittest.TestCase):
    def test_each_citation_of_the_text_is_marked_across_tags(self):
        root = html.fromstring(mark(TEXT, wanted))
        marked = [one.text_content() for one in root.iter("mark")]
        self.assertEqual(marked, ["art. ", "L. 5211-1", "art. L. 5211-1"])

    def test_nothing_else_changes(self):
        root = html.fromstring(mark(TEXT, wanted))
        for one in list(root.iter("mark")):
            one.drop_tag()
        self.assertEqual(
            html.tostring(root), html.tostring(html.fragment_fromstring(TEXT, create_parent="div"))
        )

    def test_read_as_lines_without_any_sign(self):
        lines = ["Article 1er", "Vu l’art. L. 5211-1 du CGCT, le A < B"]
        self.assertEqual(read(TEXT).split("\n")[:2], lines)
        self.assertEqual(read(TEXT).split("\n")[-1], "fin")

    def test_no_text_or_strange_text(self):
        for text in ("", None, "<p", "a\x0bb", "<!-- c -->x"):
            with self.subTest(text=text):
                self.assertTrue(mark(text, wanted).startswith("<div>"))
        self.assertEqual((read(""), read("a\x0bb"), read("<!-- c -->x")), ("", "ab", "x"))
