"""Sheet of a commune and directory as PDF, rendered and read back."""

import re
from unittest.mock import patch

from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged
from odoo.tools import mute_logger

from odoo.addons.commune_relations.engine.pdf import parts

from .territory_document_case import TerritoryDocumentCase


def _flat(outline):
    for one in outline:
        yield from (_flat(one) if isinstance(one, list) else [one])


LONG = "Marie-Antoinette DE LA TOUR DU PIN CHARCE"


@tagged("post_install", "-at_install")
class TestCommuneSheet(TerritoryDocumentCase):
    REPORT = "commune_relations.commune_sheet"

    def test_sheet_says_all_about_the_commune(self):
        self.commune_a.contact_confirmed_date = "2026-09-01"
        pdf = self._render(self.REPORT, self.commune_a, user=self.reader)
        for text in (
            "Aubrive",
            "57901",
            "215 700 901",
            "4,200",
            "1, place de l’Église",
            "03 87 00 00 01",
            "mairie@aubrive.invalid",
            "Mardi : 14 h – 17 h",
            "Anne AUBRY",
            "Luc ARNAUD",
            "Sophie COLIN",
            "September 1, 2026",
        ):
            self.assertIn(text, pdf.text)
        self.assertNotIn("DUVAL", pdf.text)

    def test_sheet_is_in_the_language_of_the_reader(self):
        pdf = self._render(self.REPORT, self.commune_a, user=self.reader, lang="fr_FR")
        self.assertEqual(pdf.language, "fr")
        self.assertTrue(pdf.is_tagged)
        for text in ("Maire et adjoints", "Conseillers municipaux", "Horaires d’ouverture"):
            self.assertIn(text, pdf.text)

    def test_a_council_of_fifty_five_with_long_names_holds_on_one_page(self):
        self._council(self.commune_a, 55, deputies=16, name=LONG)
        pdf = self._render(self.REPORT, self.commune_a, user=self.reader)
        self.assertEqual(len(pdf), 1)
        self.assertEqual(pdf.text.count("CHARCE"), 55)

    def test_a_commune_of_which_nothing_is_known_has_a_sheet(self):
        empty = self.env["res.partner"].create(
            {"name": "Vide", "is_company": True, "is_commune": True, "insee_code": "57999"}
        )
        pdf = self._render(self.REPORT, empty, user=self.reader)
        self.assertIn("No elected official or staff member is known", pdf.text)

    def test_locator_shows_the_commune_among_the_others(self):
        self.commune_a.insee_code, self.commune_b.insee_code = "57463", "57467"
        svg = self.env["report.commune_relations.commune_sheet"]._render_locator(self.commune_a)
        self.assertTrue(svg.startswith("data:image/svg+xml;base64,"))
        pdf = self._render(self.REPORT, self.commune_a, user=self.reader)
        self.assertIn("Location in the intercommunality", pdf.text)

    def test_fictitious_persons_are_announced(self):
        pdf = self._render(self.REPORT, self.commune_a)
        self.assertNotIn("Fictitious", pdf.text)
        self.portal_a.partner_id.is_fictitious = True
        pdf = self._render(self.REPORT, self.commune_a)
        self.assertIn("Fictitious persons: trial document", pdf.text)

    def test_only_communes_have_a_sheet(self):
        with self.assertRaisesRegex(UserError, "is not a commune"):
            self._render(self.REPORT, self.epci, user=self.reader)

    @mute_logger("odoo.addons.base.models.ir_model")
    def test_anyone_who_may_not_read_mandates_gets_no_sheet(self):
        with self.assertRaises(AccessError):
            self._render(self.REPORT, self.commune_a, user=self.employee)

    def test_sheets_printed_together_are_read_together(self):
        report, ids = self.env["ir.actions.report"], self.communes.ids
        report._render_qweb_pdf(self.REPORT, ids)
        self.env.flush_all()
        self.env.invalidate_all()
        before = self.env.cr.sql_log_count
        report._render_qweb_pdf(self.REPORT, ids[:1])
        one = self.env.cr.sql_log_count - before
        self.env.invalidate_all()
        before = self.env.cr.sql_log_count
        report._render_qweb_pdf(self.REPORT, ids)
        self.assertLess(self.env.cr.sql_log_count - before, 2 * one)


@tagged("post_install", "-at_install")
class TestDirectoryDocument(TerritoryDocumentCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.portal_a.partner_id.phone = "06 00 00 00 01"
        cls._council(cls.commune_a, 70, deputies=20)
        cls._council(cls.commune_b, 60)

    def _print(self, user=None, lang="en_US", **values):
        wizard = self.env["commune.directory.print"].with_user(user or self.reader).create(values)
        return self._render(
            "commune_relations.directory_document", wizard, user or self.reader, lang=lang
        )

    def test_contents_send_to_the_pages_where_things_are(self):
        pdf = self._print()
        contents = pdf.texts[1]
        self.assertIn("Contents", contents)
        for heading in ("Aubrive", "Bellefontaine", "Mayor", "Deputy mayor", "Index of persons"):
            with self.subTest(heading=heading):
                match = re.search(rf"{heading}[ .]+(\d+)", contents)
                announced = int(match[1])
                self.assertIn(heading, pdf.texts[announced - 1])
        starts = [
            int(re.search(rf"{name}[ .]+(\d+)", contents)[1])
            for name in ("Aubrive", "Bellefontaine")
        ]
        self.assertGreater(starts[1], starts[0])

    def test_index_sends_to_the_page_of_each_person(self):
        pdf = self._print(parts="commune")
        index = pdf.texts[pdf.page_of("Index of persons", start=2) - 1]
        page = int(re.search(r"BLANC Bruno Bellefontaine (\d+)", index)[1])
        self.assertIn("Bruno BLANC", pdf.texts[page - 1])

    def test_laid_out_in_as_many_parts_as_communes_it_is_one_document(self):
        """Its pages are numbered from one end to the other, its links lead from part to part."""
        with patch.object(parts, "PART", 1):
            pdf = self._print(parts="commune", lang="fr_FR")
        for number, text in enumerate(pdf.texts[1:], 2):
            self.assertIn(f"Page {number} sur {len(pdf)}", text)
        self.assertNotIn("Page 1 sur", pdf.texts[0])
        announced = int(re.search(r"Bellefontaine[ .]+(\d+)", pdf.texts[1])[1])
        self.assertIn("Bruno BLANC", pdf.texts[announced - 1])
        self.assertNotIn("Aubrive", pdf.texts[announced - 1])
        index = pdf.texts[pdf.page_of("Index des personnes", start=2) - 1]
        self.assertIn(f"BLANC Bruno Bellefontaine {announced}", index)
        named = pdf.reader.named_destinations[f"commune-{self.commune_b.id}"]
        place = pdf.pages[announced - 1].indirect_reference
        self.assertEqual(named.raw_get("/Page").idnum, place.idnum)
        titles = [one.title for one in _flat(pdf.reader.outline)]
        self.assertLess(titles.index("Aubrive"), titles.index("Bellefontaine"))

    def test_running_head_names_what_the_page_is_about(self):
        pdf = self._print(parts="commune")
        second = pdf.page_of("Aubrive", start=2) + 1
        heads = [text for text, _x, y in pdf.words_at(second - 1) if y < 25]
        self.assertIn("Aubrive", " ".join(heads))

    def test_document_is_tagged_in_french_with_numbered_pages_and_bookmarks(self):
        pdf = self._print(lang="fr_FR")
        self.assertTrue(pdf.is_tagged)
        self.assertEqual(pdf.language, "fr")
        self.assertIn(f"Page 2 sur {len(pdf)}", pdf.texts[1])
        self.assertIn("/Outlines", pdf.root)
        self.assertIn("Annuaire", pdf.reader.metadata["/Title"])

    def test_head_of_a_table_is_repeated_on_each_page(self):
        pdf = self._print(parts="function", function_ids=self.functions["councillor"].ids)
        pages = [text for text in pdf.texts if "prenom.nom.numero" in text]
        self.assertGreater(len(pages), 1)
        for text in pages:
            self.assertRegex(text, r"Commune\s+Name\s+Phone\s+E-mail")

    def test_a_long_address_is_cut_before_its_at_sign_only(self):
        """Each half holds on a line, with its dots and hyphens."""
        halves = "marie-antoinette.de-la-tour", "@rives-de-moselle.example"
        self.portal_a.partner_id.email = "".join(halves)
        pdf = self._print(parts="commune")
        page = pdf.page_of(halves[0], start=2)
        lines = {text: y for text, _x, y in pdf.words_at(page - 1)}
        first, second = halves
        self.assertGreater(lines[second], lines[first])

    def test_a_column_that_nobody_fills_is_not_there(self):
        self.env["res.partner"].search([("held_mandate_ids", "!=", False)]).phone = False
        text = self._print(parts="commune").text
        self.assertNotIn("Phone", text)
        self.assertIn("E-mail", text)
        self.assertIn("03 87 00 00 01", text)

    def test_parts_are_those_chosen(self):
        self.assertNotIn("By function", self._print(parts="commune").text)
        self.assertNotIn("By commune", self._print(parts="function").text)

    def test_directory_is_logged(self):
        self._print(kind="staff")
        line = self.env["commune.export.log"].search([], limit=1)
        self.assertEqual((line.user_id, line.person_count), (self.reader, 1))

    def test_another_user_cannot_print_my_choices(self):
        wizard = self.env["commune.directory.print"].with_user(self.reader).create({})
        with mute_logger("odoo.addons.base.models.ir_model"), self.assertRaises(AccessError):
            self._render("commune_relations.directory_document", wizard, self.employee)
