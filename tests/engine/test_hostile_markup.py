"""Text written to hold anyone who parses it loses what holds, and ordinary pages lose nothing."""

import re
from unittest import TestCase

from engine.feed import FeedError, read
from engine.text import defuse, drop_attributes
from engine.text.hostile_markup import MAX_ATTRIBUTES, MAX_OPEN

ATTRIBUTES = " ".join(f'a{number}="x"' for number in range(20_000))
RSS = (
    "<rss version='2.0'><channel><title>t</title><item><title>Loi</title>%s</item></channel></rss>"
)


class TestHostileMarkup(TestCase):
    def test_an_ordinary_page_stays_as_it_is(self):
        for text in (
            "",
            "Bonjour, a < b et c > d",
            '<p class="x" style="color: red">é <a href="https://a.fr/?b=c&d=e">ici</a></p>',
            '<img src="data:image/png;base64,' + "iVBORw0KGgo=" * 50_000 + '" alt="a > b"/>',
            "<table>" + "<tr><td>1</td></tr>" * 5_000 + "</table>",
            "<p>" + "mot " * 50_000 + "</p>",
            "<p " + " ".join(f"a{number}" for number in range(MAX_ATTRIBUTES)) + ">x</p>",
        ):
            with self.subTest(text[:40]):
                self.assertIs(drop_attributes(text), text)
                self.assertEqual(defuse(text), text)

    def test_a_tag_with_too_many_attributes_has_none(self):
        for attributes in (
            ATTRIBUTES,
            "b " * 20_000,
            "/b" * 20_000,
            "b=c " * 20_000,
            "b='>' " * 20_000,
            'b=">"' * 20_000,
            "b = c " * 20_000,
            "é\n" * 20_000,
        ):
            with self.subTest(attributes[:20]):
                self.assertEqual(defuse(f"<i>a</i><p {attributes}>x</p>"), "<i>a</i><p>x</p>")

    def test_one_that_never_ends_has_none_either(self):
        self.assertEqual(drop_attributes(f"a <p {ATTRIBUTES}"), "a <p")

    def test_tags_that_never_end_are_words(self):
        for begin in ("<!-- ", "<b ", "< ", "<o: ", '<a encoding="'):
            found = defuse(f"x{begin * 80_000}")
            with self.subTest(begin):
                for part in found.split(">"):
                    self.assertLessEqual(part.count("<"), MAX_OPEN)
        self.assertEqual(re.findall("<", defuse("<b " * 80_000 + ">")), ["<"])

    def test_a_feed_with_such_an_element_is_refused_with_its_reason(self):
        for bomb in (
            f"<description><p {ATTRIBUTES}>x</p></description>",
            f"<description><![CDATA[<p {ATTRIBUTES}>x</p>]]></description>",
            f"<link {ATTRIBUTES}/>",
        ):
            with self.subTest(bomb[:30]), self.assertRaisesRegex(FeedError, "trop d’attributs"):
                read((RSS % bomb).encode())
        self.assertEqual(len(read((RSS % "<link>https://a.fr/1</link>").encode()).entries), 1)
