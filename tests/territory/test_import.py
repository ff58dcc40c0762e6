"""Importing elected officials: compare, choose, apply, and again."""

from datetime import date
from io import BytesIO

import xlsxwriter

from odoo.exceptions import AccessError, LockError, UserError
from odoo.tests import TransactionCase, new_test_user, tagged

from ..common import QUIET, RNE

METZ = "200039865"
MUNICIPAL = "2026-08_elus-conseiller-municipal-cm.csv"
MAYORS = "2026-08_elus-maire-mai.csv"
COMMUNITY = "2026-08_elus-conseiller-communautaire-epci.csv"
HEADER = (
    "Code de la commune;Nom de l'élu;Prénom de l'élu;Code sexe;Date de début du mandat;"
    "Libellé de la fonction;Date de début de la fonction\n"
)


class ImportCase(TransactionCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.env = cls.env(context=dict(cls.env.context, **QUIET))
        cls.epci = cls.env["commune.reference.epci"]._set_up(METZ)
        cls.officer = new_test_user(cls.env, "import_officer", "commune_relations.group_officer")
        cls.Import = cls.env["commune.import"].with_user(cls.officer)
        cls.Mandate = cls.env["commune.mandate"]
        cls.metz = cls.epci.member_ids.filtered(lambda c: c.insee_code == "57463")

    @classmethod
    def _file(cls, name):
        return name, (RNE / name).read_bytes()

    @classmethod
    def _csv(cls, *rows, name="essai.csv"):
        return name, (HEADER + "".join(f"{row}\n" for row in rows)).encode()

    def _apply(self, *files):
        record = self.Import.load_files(list(files))
        record.action_apply()
        return record

    def _current(self, domain=()):
        places = self.epci | self.epci.member_ids
        return self.Mandate.search(
            [("commune_id", "in", places.ids), ("state", "=", "current"), *domain]
        )

    def _counts(self, record):
        names = ("new", "changed", "ended", "unchanged", "ambiguous")
        return {name: record[f"{name}_count"] for name in names if record[f"{name}_count"]}


@tagged("post_install", "-at_install")
class TestImport(ImportCase):
    def test_nothing_is_written_before_the_user_applies(self):
        before = self.env["res.partner"].search_count([])
        record = self.Import.load_files([self._file(MUNICIPAL)])
        self.assertEqual(record.state, "preview")
        self.assertEqual(self._counts(record), {"new": 868})
        self.assertEqual(self.env["res.partner"].search_count([]), before)
        self.assertFalse(self._current())

    def test_the_868_councillors_of_the_46_communes(self):
        self._apply(self._file(MUNICIPAL))
        mandates = self._current()
        self.assertEqual(len(mandates), 868)
        self.assertEqual(len(mandates.partner_id), 868)
        mayors = mandates.filtered(lambda m: m.function_id.code == "mayor")
        self.assertEqual(len(mayors), 45)
        mayor = mayors.filtered(lambda m: m.commune_id.insee_code == "57017")
        self.assertEqual(mayor.partner_id.name, "Céline D'ANGELO")
        self.assertEqual(mayor.partner_id.civility, "mme")
        self.assertEqual(mayor.date_start, date(2026, 3, 15))
        self.assertEqual(mayor.function_date, date(2026, 3, 22))
        self.assertEqual(mayor.source, "rne")

    def test_the_same_file_again_changes_nothing(self):
        self._apply(self._file(MUNICIPAL))
        record = self.Import.load_files([self._file(MUNICIPAL)])
        self.assertEqual(self._counts(record), {"unchanged": 868})
        before = self._current()
        record.action_apply()
        self.assertEqual(self._current(), before)

    def test_the_three_files_join_the_same_persons_in_any_order(self):
        self._apply(self._file(COMMUNITY))
        self._apply(self._file(MAYORS))
        self._apply(self._file(MUNICIPAL))
        one_by_one = self._picture()
        self.env["commune.mandate"].search([]).unlink()
        self._apply(self._file(MUNICIPAL), self._file(COMMUNITY), self._file(MAYORS))
        self.assertEqual(self._picture(), one_by_one)
        names = self._current().partner_id
        delegates = self._current([("commune_id", "=", self.epci.id)]).partner_id
        town = self._current([("commune_id", "!=", self.epci.id)]).partner_id
        self.assertFalse(delegates - town, "a delegate is a councillor of a commune too")
        self.assertEqual(len(names), 868)

    def _picture(self):
        return sorted(
            (m.commune_id.name, m.partner_id.name, m.function_id.code, m.rank)
            for m in self._current()
        )

    def test_every_column_that_the_law_does_not_need_is_left_out(self):
        self._apply(self._file(MUNICIPAL))
        person = self._current([("commune_id", "=", self.metz.id)])[:1].partner_id
        self.env.flush_all()
        self.env.cr.execute(
            "SELECT to_jsonb(p)::text FROM res_partner p WHERE id = %s", [person.id]
        )
        text = self.env.cr.fetchone()[0]
        for year in ("1954", "1985", "1973"):
            self.assertNotIn(f"{year}-", text)
        self.assertFalse(self.env["ir.attachment"].search([("name", "=", MUNICIPAL)]))

    def test_absence_ends_nothing_until_it_is_ticked(self):
        self._apply(self._csv("57463;MARTIN;Anne;F;2020-05-18;;", "57463;PETIT;Luc;M;2020-05-18;;"))
        record = self.Import.load_files([self._csv("57463;MARTIN;Anne;F;2020-05-18;;")])
        line = record.line_ids.filtered(lambda l: l.change == "ended")
        self.assertEqual(line.person_name, "Luc PETIT")
        self.assertFalse(line.selected)
        record.action_apply()
        self.assertEqual(len(self._current()), 2)
        record = self.Import.load_files([self._csv("57463;MARTIN;Anne;F;2020-05-18;;")])
        line = record.line_ids.filtered(lambda l: l.change == "ended")
        line.write({"selected": True, "date_end": "2024-06-30"})
        record.action_apply()
        self.assertEqual(self._current().partner_id.name, "Anne MARTIN")
        gone = self.Mandate.search([("partner_id.name", "=", "Luc PETIT")])
        self.assertEqual(gone.date_end, date(2024, 6, 30))

    def test_the_renewal_ends_the_former_council_and_keeps_the_re_elected(self):
        self._apply(
            self._csv(
                "57463;MARTIN;Anne;F;2020-05-18;Maire;2020-05-23",
                "57463;PETIT;Luc;M;2020-05-18;1er adjoint au Maire;2020-05-23",
                "57463;ROUX;Zoé;F;2020-05-18;;",
            )
        )
        record = self.Import.load_files(
            [
                self._csv(
                    "57463;MARTIN;Anne;F;2026-03-15;;",
                    "57463;PETIT;Luc;M;2026-03-15;Maire;2026-03-22",
                    "57463;SIMON;Paul;M;2026-03-15;;",
                )
            ]
        )
        self.assertEqual(self._counts(record), {"changed": 2, "ended": 1, "new": 1})
        record.action_renew_councils()
        record.action_apply()
        self.assertEqual(
            {(m.partner_id.name, m.function_id.code) for m in self._current()},
            {("Anne MARTIN", "councillor"), ("Luc PETIT", "mayor"), ("Paul SIMON", "councillor")},
        )
        gone = self.Mandate.search([("partner_id.name", "=", "Zoé ROUX")])
        self.assertEqual(gone.date_end, date(2026, 3, 14))
        luc = self.Mandate.search([("partner_id.name", "=", "Luc PETIT")], order="date_start")
        self.assertEqual(luc.mapped("function_id.code"), ["deputy_mayor", "mayor"])
        self.assertLess(luc[0].date_end, luc[1].date_start)

    def test_a_change_of_function_within_the_term_keeps_the_history(self):
        self._apply(self._csv("57463;ROUX;Zoé;F;2026-03-15;;"))
        self._apply(self._csv("57463;ROUX;Zoé;F;2026-03-15;3ème adjoint au Maire;2026-09-01"))
        mandates = self.Mandate.search([("partner_id.name", "=", "Zoé ROUX")], order="date_start")
        self.assertEqual(mandates.mapped("function_id.code"), ["councillor", "deputy_mayor"])
        self.assertEqual(mandates[0].date_end, date(2026, 8, 31))
        self.assertEqual(mandates[1].date_start, date(2026, 9, 1))
        self.assertEqual(mandates[1].rank, 3)

    def test_two_known_persons_of_the_same_name_are_for_the_user_to_choose(self):
        function = self.env["commune.function"]._by_code()["councillor"]
        twins = self.env["res.partner"].create(
            [{"firstname": "Jean", "lastname": "MULLER"} for _twin in range(2)]
        )
        self.Mandate.create(
            [
                {
                    "partner_id": twin.id,
                    "commune_id": self.metz.id,
                    "function_id": function.id,
                    "date_start": "2020-05-18",
                }
                for twin in twins
            ]
        )
        record = self.Import.load_files(
            [self._csv("57463;MULLER;Jean;M;2026-03-15;Maire;2026-03-22")]
        )
        line = record.line_ids.filtered(lambda l: l.change == "ambiguous")
        self.assertEqual(line.candidate_ids, twins)
        self.assertFalse(line.selected)
        line.write({"selected": True, "partner_id": twins[1].id})
        record.action_apply()
        self.assertEqual(self.metz.mayor_id, twins[1])

    def test_an_import_is_applied_once(self):
        record = self._apply(self._csv("57463;ROUX;Zoé;F;2026-03-15;;"))
        with self.assertRaisesRegex(UserError, "already applied"):
            record.action_apply()

    def test_two_people_at_once_the_second_is_informed(self):
        record = self.Import.load_files([self._csv("57463;ROUX;Zoé;F;2026-03-15;;")])
        # The row of an open transaction cannot be locked by a second one: Odoo's own answer.
        self.patch(type(record), "lock_for_update", self._raise_lock)
        with self.assertRaisesRegex(UserError, "Somebody else"):
            record.action_apply()
        self.assertEqual(record.state, "preview")

    @staticmethod
    def _raise_lock(records, **kwargs):
        raise LockError("Cannot grab a lock on records")

    def test_a_comparison_that_is_no_longer_true_is_not_applied(self):
        self._apply(self._csv("57463;ROUX;Zoé;F;2026-03-15;;"))
        record = self.Import.load_files(
            [self._csv("57463;ROUX;Zoé;F;2026-03-15;2ème adjoint au Maire;2026-09-01")]
        )
        mandate = self._current()
        mandate.date_end = "2026-10-31"
        self.env.flush_all()
        self.env.cr.execute(
            "UPDATE commune_mandate SET write_date = write_date + interval '1 hour' WHERE id = %s",
            [mandate.id],
        )
        mandate.invalidate_recordset()
        with self.assertRaisesRegex(UserError, "Compare again"):
            record.action_apply()
        record.action_refresh()
        self.assertTrue(record.line_ids)

    def test_a_wrong_file_says_why_and_changes_nothing(self):
        good = self._csv("57463;ROUX;Zoé;F;2026-03-15;;")[1]
        cases = {
            "maires.csv": (b"%PDF-1.7 binary", "PDF"),
            "vide.csv": (b"", "vide"),
            "coupé.csv.gz": (b"\x1f\x8b\x08\x00\x00\x00\x00\x00\x00\x03abc", "incomplet"),
            "sans-nom.csv": (
                good.replace("Nom de l'élu;".encode(), b"Truc;"),
                "Nom|nom",
            ),
            "date.csv": (good.replace(b"2026-03-15", b"2026-02-31"), "2026-02-31"),
            "ailleurs.csv": (good.replace(b"57463", b"75056"), "ailleurs.csv"),
        }
        before = self.env["commune.import"].search_count([])
        for name, (content, words) in cases.items():
            with self.subTest(name=name), self.assertRaisesRegex(UserError, words):
                self.Import.load_files([(name, content)])
        self.assertEqual(self.env["commune.import"].search_count([]), before)

    def test_third_party_delegates_are_distinguished_from_a_file_of_mayors(self):
        header = (
            "N° SIREN;Code de la commune de rattachement;Nom de l'élu;Prénom de l'élu;"
            "Date de début du mandat\n"
        )
        with self.assertRaisesRegex(UserError, r"communautaires|community councillors"):
            content = header + "200046977;69123;ROUX;Zoé;15/03/2026\n"
            self.Import.load_files([("epci.csv", content.encode())])
        with self.assertRaisesRegex(UserError, r"\((mayors|maires)\)"):
            content = HEADER + "75056;ROUX;Zoé;F;15/03/2026;Maire;\n"
            self.Import.load_files([("maires.csv", content.encode())])

    def test_a_workbook_is_read_like_its_csv_file(self):
        rows = [HEADER.strip().split(";"), ["57463", "ROUX", "Zoé", "F", "15/03/2026", "", ""]]
        stream = BytesIO()
        with xlsxwriter.Workbook(stream) as book:
            sheet = book.add_worksheet("Élus")
            for number, row in enumerate(rows):
                sheet.write_row(number, 0, row)
        record = self.Import.load_files([("elus-conseillers.xlsx", stream.getvalue())])
        self.assertEqual((record.rows_read, record.rows_kept), (1, 1))
        new = record.line_ids.filtered(lambda line: line.change == "new")
        self.assertEqual(new.mapped("last_name"), ["ROUX"])

    def test_a_date_that_is_none_gives_the_line_and_the_column(self):
        with self.assertRaises(UserError) as caught:
            self.Import.load_files(
                [self._csv("57463;ROUX;Zoé;F;2026-03-15;;", "57463;SIMON;Paul;M;31/02/2026;;")]
            )
        text = str(caught.exception)
        for word in ("3", "Date de début du mandat", "31/02/2026"):
            self.assertIn(word, text)

    def test_fictitious_persons_leave_when_the_real_file_comes(self):
        files = self.env["commune.reference.epci"]._get_fictive_files(self.epci)
        fictive = self.Import.load_files(files, source="fictive")
        fictive.action_apply()
        invented = self._current().partner_id
        self.assertTrue(all(invented.mapped("is_fictitious")))
        # Metz, 100,000 to 149,999 inhabitants: 55 councillors (CGCT, L2121-2).
        self.assertEqual(len(self._current([("commune_id", "=", self.metz.id)])), 55)
        self._apply(self._file(MUNICIPAL))
        self.assertFalse(invented.exists())
        self.assertEqual(len(self._current()), 868)

    def test_readers_do_not_import(self):
        reader = new_test_user(self.env, "import_reader", "commune_relations.group_reader")
        with self.assertRaises(AccessError):
            self.env["commune.import"].with_user(reader).load_files([self._file(MAYORS)])

    def test_the_upload_wizard_keeps_no_file(self):
        attachment = self.env["ir.attachment"].create(
            {"name": MAYORS, "raw": self._file(MAYORS)[1]}
        )
        wizard = (
            self.env["commune.import.upload"]
            .with_user(self.officer)
            .sudo()
            .create({"attachment_ids": attachment.ids})
        )
        action = wizard.action_load()
        record = self.env["commune.import"].browse(action["res_id"])
        self.assertEqual(record.new_count, 45)
        self.assertFalse(attachment.exists())

    def test_each_commune_keeps_a_note_of_the_import(self):
        self._apply(self._csv("57463;ROUX;Zoé;F;2026-03-15;;"))
        self.assertIn("Import", self.metz.message_ids[0].body)
