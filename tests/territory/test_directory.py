"""Rows of the directory, its workbook, and the choices of the wizard."""

import io

from openpyxl import load_workbook

from odoo.exceptions import AccessError, UserError
from odoo.tests import Form, TransactionCase, tagged
from odoo.tools import mute_logger

from ..common import CommuneCase


@tagged("post_install", "-at_install")
class TestDirectoryRows(CommuneCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.directory = cls.env["commune.directory"].with_user(cls.reader)
        cls.communes = cls.commune_a | cls.commune_b
        cls.deputies = [
            cls._person("Zoé", "ZIMMER", "deputy_mayor", rank=1, delegation="Finances"),
            cls._person("Alain", "ALBERT", "deputy_mayor", rank=2),
        ]

    @classmethod
    def _person(cls, first_name, last_name, code, place=None, **values):
        person = cls.env["res.partner"].create({"firstname": first_name, "lastname": last_name})
        return cls._mandate(person, place or cls.commune_a, code, **values)

    def _rows(self, **options):
        return self.directory._get_directory_rows(self.communes.with_user(self.reader), **options)

    def test_persons_come_by_function_then_rank_then_name(self):
        names = [row["last_name"] for row in self._rows()[0]["persons"]]
        self.assertEqual(names, ["AUBRY", "ZIMMER", "ALBERT", "ARNAUD", "COLIN"])

    def test_who_is_no_longer_in_office_is_not_listed(self):
        people = {row["person_id"] for row in self._rows()[0]["persons"]}
        self.assertNotIn(self.portal_ended.partner_id.id, people)

    def test_article_does_not_count_in_the_order_of_communes(self):
        self.commune_a.name = "Le Zénith"
        self.commune_b.name = "Étang"
        self.assertEqual([row["name"] for row in self._rows()], ["Étang", "Le Zénith"])

    def test_kinds_and_functions_are_chosen(self):
        staff = self._rows(kinds=("staff",))
        self.assertEqual([len(row["persons"]) for row in staff], [1, 1])
        mayors = self._rows(functions=self.functions["mayor"])
        self.assertEqual(
            [each["last_name"] for row in mayors for each in row["persons"]], ["AUBRY", "BLANC"]
        )

    def test_a_deputy_is_not_repeated_among_the_councillors(self):
        self._mandate(self.deputies[0].partner_id, self.commune_a, "councillor")
        split = self.directory._split_persons(self._rows()[0]["persons"])
        self.assertEqual(
            [row["last_name"] for row in split["executive"]], ["AUBRY", "ZIMMER", "ALBERT"]
        )
        self.assertEqual([row["last_name"] for row in split["councillors"]], ["ARNAUD"])
        self.assertEqual([row["last_name"] for row in split["staff"]], ["COLIN"])

    def test_index_has_one_line_per_person_and_commune(self):
        index = self.directory._get_index_rows(self._rows())
        secretary = [entry["commune"] for entry in index if entry["name"] == "COLIN Sophie"]
        self.assertEqual(secretary, ["Aubrive", "Bellefontaine"])
        self.assertEqual([e["name"] for e in index], sorted(e["name"] for e in index))

    def test_one_person_in_two_communes_counts_once(self):
        self.assertEqual(self.directory._count_persons(self._rows()), 6)

    def test_titles_agree_in_gender(self):
        self.env["res.lang"]._activate_lang("fr_FR")
        self.functions["deputy_mayor"].with_context(lang="fr_FR").write(
            {"name": "Adjoint au maire", "name_feminine": "Adjointe au maire"}
        )
        self.deputies[0].partner_id.civility = "mme"
        self.env.invalidate_all()
        rows = self.directory.with_context(lang="fr_FR")._get_directory_rows(
            self.communes.with_user(self.reader).with_context(lang="fr_FR")
        )
        row = rows[0]["persons"][1]
        self.assertEqual(row["title"], "Première adjointe au maire")
        self.assertEqual(row["short_title"], "Première adjointe")

    def test_a_person_without_access_gets_no_rows(self):
        with mute_logger("odoo.addons.base.models.ir_model"), self.assertRaises(AccessError):
            self.communes.with_user(self.employee)._get_current_mandates().mapped("title")
            self.env["commune.directory"].with_user(self.employee)._get_directory_rows(
                self.communes.with_user(self.employee)
            )


@tagged("post_install", "-at_install")
class TestDirectoryQueries(TransactionCase):
    """The number of queries does not follow the number of communes."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        functions = cls.env["commune.function"]._by_code()
        sector = cls.env["commune.sector"].create({"name": "Secteur d’essai"})
        cls.communes = cls.env["res.partner"].create(
            [
                {
                    "name": f"Commune {number:02d}",
                    "is_company": True,
                    "is_commune": True,
                    "insee_code": f"579{number:02d}",
                    "sector_id": sector.id,
                }
                for number in range(46)
            ]
        )
        codes = ["mayor", "deputy_mayor", "councillor", "dgs"]
        persons = cls.env["res.partner"].create(
            [
                {"firstname": code, "lastname": commune.name}
                for commune in cls.communes
                for code in codes
            ]
        )
        cls.env["commune.mandate"].create(
            [
                {
                    "partner_id": person.id,
                    "commune_id": cls.communes[index // 4].id,
                    "function_id": functions[codes[index % 4]].id,
                    "rank": 1 if index % 4 == 1 else 0,
                }
                for index, person in enumerate(persons)
            ]
        )

    def _count(self, size):
        self.env.flush_all()
        self.env.invalidate_all()
        communes = self.env["res.partner"].browse(self.communes[:size].ids)
        before = self.env.cr.sql_log_count
        rows = self.env["commune.directory"]._get_directory_rows(communes)
        self.assertEqual(len(rows), size)
        self.assertEqual(sum(len(row["persons"]) for row in rows), 4 * size)
        return self.env.cr.sql_log_count - before

    def test_five_and_forty_six_communes_take_as_many_queries(self):
        self._count(5)
        few = self._count(5)
        self.assertEqual(self._count(46), few)
        self.assertLessEqual(few, 12)


@tagged("post_install", "-at_install")
class TestDirectoryWizard(CommuneCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.env["commune.sector"].create({"name": "Nord", "commune_ids": cls.commune_a.ids})
        cls.commune_a.phone = "03 87 00 00 01"
        cls.wizards = cls.env["commune.directory.print"].with_user(cls.reader)

    def _read(self, wizard):
        report = self.env["ir.actions.report"].with_user(self.reader)
        content, kind = report._render_xlsx("commune_relations.directory_xlsx", wizard.ids, {})
        self.assertEqual(kind, "xlsx")
        return load_workbook(io.BytesIO(content))

    def test_workbook_has_communes_and_persons(self):
        book = self._read(self.wizards.create({"file_format": "xlsx"}))
        communes, persons = book.worksheets
        header = [cell.value for cell in communes[1]]
        values = dict(zip(header, [cell.value for cell in communes[2]], strict=True))
        self.assertEqual(header[:2], ["Commune", "INSEE code"])
        self.assertEqual(values["INSEE code"], "57901")
        self.assertEqual(values["Inhabitants"], 4200)
        self.assertEqual(values["Phone"], "03 87 00 00 01")
        self.assertEqual(values["Mayor"], "Anne AUBRY")
        self.assertEqual(communes.freeze_panes, "B2")
        self.assertEqual(persons.max_row, 1 + 5)
        self.assertEqual(persons.cell(2, 14).value.date().isoformat(), "2020-03-15")

    def test_filters_are_those_of_the_wizard(self):
        wizard = self.wizards.create(
            {
                "sector_ids": self.commune_a.sector_id.ids,
                "kind": "elected",
                "function_ids": self.functions["mayor"].ids,
            }
        )
        rows = wizard._get_rows()
        self.assertEqual([row["name"] for row in rows], ["Aubrive"])
        self.assertEqual([each["name"] for each in rows[0]["persons"]], ["Anne AUBRY"])
        self.assertEqual(wizard.summary, "1 commune, 1 person")

    def test_former_members_are_left_out_unless_chosen(self):
        self.commune_b.membership_date_end = "2020-12-31"
        self.assertEqual(self.wizards.create({})._get_communes(), self.commune_a)
        chosen = self.wizards.create({"commune_ids": self.commune_b.ids})
        self.assertEqual(chosen._get_communes(), self.commune_b)

    def test_communes_ticked_in_the_list_are_proposed(self):
        person = self.portal_a.partner_id
        wizard = self.wizards.with_context(
            active_model="res.partner", active_ids=(self.commune_b | person).ids
        ).create({})
        self.assertEqual(wizard.commune_ids, self.commune_b)

    def test_an_empty_choice_is_explained(self):
        sector = self.env["commune.sector"].create({"name": "Vide"})
        wizard = self.wizards.create({"sector_ids": sector.ids})
        self.assertEqual(wizard.summary, "No commune matches these choices.")
        with self.assertRaisesRegex(UserError, "No commune matches"):
            wizard.action_print()

    def test_each_export_is_logged_with_its_author_and_its_size(self):
        wizard = self.wizards.create({"kind": "elected", "file_format": "xlsx"})
        self._read(wizard)
        line = self.env["commune.export.log"].search([], limit=1)
        self.assertEqual(line.user_id, self.reader)
        self.assertEqual(line.person_count, 3)
        self.assertIn("XLSX", line.document)
        self.assertIn("elected", line.filters)

    def test_form_says_how_much_will_be_printed(self):
        with Form(self.wizards) as form:
            self.assertEqual(form.summary, "2 communes, 4 persons")
            form.kind = "staff"
            self.assertEqual(form.summary, "2 communes, 1 person")

    def test_button_downloads_the_chosen_file(self):
        for file_format, name in (("pdf", "directory_document"), ("xlsx", "directory_xlsx")):
            action = self.wizards.create({"file_format": file_format}).action_print()
            self.assertEqual(action["report_name"], f"commune_relations.{name}")
            self.assertTrue(action["close_on_report_download"])

    def test_fictitious_persons_are_announced_in_the_workbook(self):
        self.portal_a.partner_id.is_fictitious = True
        book = self._read(self.wizards.create({"file_format": "xlsx"}))
        for page in book.worksheets:
            last = page.cell(page.max_row, 1).value
            self.assertEqual(last, "Fictitious persons: trial document")

    @mute_logger("odoo.addons.base.models.ir_model")
    def test_an_employee_of_another_department_prints_nothing(self):
        with self.assertRaises(AccessError):
            self.env["commune.directory.print"].with_user(self.employee).create({})
