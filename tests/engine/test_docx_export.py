"""The editable copy of an act: nothing of what was written is lost on the way to DOCX."""

import io
import unittest
import zipfile

import docx
from lxml import etree

from engine import docx_export

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"


def read(text, title="Projet"):
    content = docx_export.from_html(text, title, "Commune d’Aubrive")
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        return etree.fromstring(archive.read("word/document.xml")), archive.read(
            "docProps/core.xml"
        ).decode()


def paragraphs(tree):
    """[(style, text)] of the body, tables left out; an ordinary paragraph has no style."""
    found = []
    for node in tree.find(f"{W}body").iterchildren(f"{W}p"):
        style = node.find(f"{W}pPr/{W}pStyle")
        text = "".join(
            "\n" if x.tag == f"{W}br" else x.text or "" for x in node.iter(f"{W}t", f"{W}br")
        )
        if text:
            found.append((style.get(f"{W}val") if style is not None else "", text))
    return found


class TestWord(unittest.TestCase):
    def test_headings_paragraphs_and_lists_keep_their_order(self):
        tree, _properties = read(
            "<h1>Délibération</h1>avant<p>Vu le <b>code</b>  général,<br>et la suite</p>"
            "<div><ul><li>Un</li><li>Deux <i>bis</i></li></ul></div><ol><li>Trois</li></ol>après"
        )
        self.assertEqual(
            paragraphs(tree),
            [
                ("Heading1", "Délibération"),
                ("", "avant"),
                ("", "Vu le code général,\net la suite"),
                ("ListBullet", "Un"),
                ("ListBullet", "Deux bis"),
                ("ListNumber", "Trois"),
                ("", "après"),
            ],
        )

    def test_bold_is_kept_where_it_was(self):
        tree, _properties = read("<p>Vu le <b>code</b> général</p>")
        bold = [
            "".join(run.itertext())
            for run in tree.iter(f"{W}r")
            if run.find(f"{W}rPr/{W}b") is not None
        ]
        self.assertEqual(bold, ["code"])

    def test_a_table_keeps_its_cells_and_puts_figures_to_the_right(self):
        tree, _properties = read(
            "<table><thead><tr><th>Option</th><th class='number'>Coût</th></tr></thead>"
            "<tbody><tr><td>Archives</td><td class='number'>1\u202f250,00\u00a0€</td></tr>"
            "<tr><td>Une seule cellule</td></tr></tbody></table>"
        )
        rows = [
            ["".join(cell.itertext()) for cell in row.iterchildren(f"{W}tc")]
            for row in tree.iter(f"{W}tr")
        ]
        self.assertEqual(
            rows,
            [["Option", "Coût"], ["Archives", "1\u202f250,00\u00a0€"], ["Une seule cellule", ""]],
        )
        right = [p for p in tree.iter(f"{W}jc") if p.get(f"{W}val") == "right"]
        self.assertEqual(len(right), 2)

    def test_what_a_file_cannot_hold_does_not_stop_it(self):
        for text in ("", "   ", "<p></p>", "<!-- note --><p>a\x00\x0bb</p>", "<table></table>"):
            tree, _properties = read(text)
            self.assertLessEqual(len(paragraphs(tree)), 1)
        tree, _properties = read("<section><span>Texte</span> <b>gras</b></section>")
        self.assertEqual(paragraphs(tree), [("", "Texte gras")])

    def test_the_file_says_whose_it_is(self):
        _tree, properties = read("<p>x</p>", title="Projet & délibération")
        self.assertIn("Projet &amp; délibération", properties)
        self.assertIn("Commune d’Aubrive", properties)

    def test_what_follows_a_comment_is_kept(self):
        tree, _properties = read("<p>Vu</p><!-- à relire -->le maire<p>a <!-- x -->signé</p>")
        self.assertEqual(paragraphs(tree), [("", "Vu"), ("", "le maire"), ("", "a signé")])

    def test_italics_and_three_levels_of_headings(self):
        tree, _properties = read("<h1>A</h1><h2>B</h2><h3>C</h3><p>un <em>deux</em></p>")
        self.assertEqual(
            paragraphs(tree),
            [("Heading1", "A"), ("Heading2", "B"), ("Heading3", "C"), ("", "un deux")],
        )
        slanted = [
            "".join(run.itertext())
            for run in tree.iter(f"{W}r")
            if run.find(f"{W}rPr/{W}i") is not None
        ]
        self.assertEqual(slanted, ["deux"])

    def test_blocks_inside_any_wrapper_stay_separate(self):
        tree, _properties = read("<article><p>Un</p><p>Deux</p></article>")
        self.assertEqual(paragraphs(tree), [("", "Un"), ("", "Deux")])

    def test_a_table_without_a_row_is_no_table(self):
        tree, _properties = read("<p>Avant</p><table></table>")
        self.assertFalse(list(tree.iter(f"{W}tbl")))

    def test_the_page_is_a4_and_the_letter_readable(self):
        self.assertTrue(docx_export.is_available())
        document = docx.Document(io.BytesIO(docx_export.from_html("<p>x</p>", "t", "a")))
        (page,) = document.sections
        sizes = [round(size.cm, 1) for size in (page.page_width, page.page_height)]
        self.assertEqual(sizes, [21.0, 29.7])
        margins = (page.left_margin, page.right_margin, page.top_margin, page.bottom_margin)
        self.assertEqual([round(margin.cm, 1) for margin in margins], [2.5] * 4)
        for name, points in (
            ("Normal", 11),
            ("Heading 1", 16),
            ("Heading 2", 13),
            ("Heading 3", 11),
        ):
            font = document.styles[name].font
            self.assertEqual((font.size.pt, font.name), (points, "Calibri"), name)
            self.assertEqual(str(font.color.rgb), "000000", name)
            # A letter of the theme would come before the one that we name.
            fonts = document.styles[name].element.rPr.rFonts
            self.assertFalse([key for key in fonts.attrib if "Theme" in key], name)

    def test_it_is_typeset_as_the_pdf_is(self):
        tree, _properties = read(
            "<p>Vu l'article (CGCT, art. L. 5211-4-2)</p><p>-\ufeff2 115,00 €</p>"
        )
        self.assertEqual(
            paragraphs(tree),
            [("", "Vu l’article (CGCT, art.\u00a0L.\u00a05211-4-2)"), ("", "\u22122 115,00 €")],
        )
