import csv
import io
from datetime import date, timedelta
from unittest.mock import patch

from openpyxl import load_workbook
from psycopg2 import IntegrityError

from odoo.exceptions import UserError
from odoo.fields import Command
from odoo.tests import freeze_time, tagged
from odoo.tools import mute_logger

from ..core.pdf_reading import Pdf
from ..services.service_case import make_offer, make_service
from .hours_case import HoursCase
from .replacement_case import MONDAY


@tagged("post_install", "-at_install")
class TestReplacementStatement(HoursCase):
    def _issued(self):
        """Two weeks of two half-days: 4 × 94.50 + 4 × 6.40 = 403.60 €."""
        mission = self._mission()
        sheets = self._sheet(mission) | self._sheet(mission, date(2027, 1, 18))
        for sheet in sheets:
            self._sign(sheet)
        statement = self._billed(sheets)
        statement.action_check()
        statement.with_user(self.coordinator).action_issue()
        return statement

    def _draw(self, name, record):
        values = self.env[f"report.{name}"]._get_report_values(record.ids)
        return str(self.env["ir.qweb"]._render(name, values))

    def test_a_statement_equals_the_validated_lines_to_the_cent(self):
        statement = self._issued()
        self.assertEqual(statement.line_ids.mapped("work_amount"), [94.5] * 4)
        self.assertEqual(statement.line_ids.mapped("travel_amount"), [6.4] * 4)
        self.assertEqual((statement.work_total, statement.travel_total), (378.0, 25.6))
        self.assertEqual((statement.amount_total, statement.half_day_total), (403.6, 4))
        self.assertIn(
            "validated by the commune",
            self._draw("commune_relations.replacement_statement", statement),
        )
        sheets = statement.line_ids.timesheet_line_id.sheet_id
        self.assertEqual(set(sheets.mapped("state")), {"billed"})

    def test_a_line_is_billed_once(self):
        sheet = self._sheet()
        self._sign(sheet)
        statement = self._billed(sheet)
        self.assertFalse(self.statements._prepare_statements(MONDAY, MONDAY))
        with self.assertRaises(IntegrityError), mute_logger("odoo.sql_db"), self.env.cr.savepoint():
            statement.line_ids[0].copy()
            self.env.flush_all()
        with self.assertRaises(UserError):
            sheet.line_ids[0].hour_end = 11

    def test_what_is_not_checked_is_not_billed(self):
        self._sign(self._sheet())
        self.assertFalse(self.statements._prepare_statements(date(2027, 1, 1), date(2027, 1, 31)))

    def test_a_statement_that_is_issued_is_frozen(self):
        statement = self._issued()
        self.assertRegex(statement.name, r"^EL-\d{4}-\d{4}$")
        self.assertEqual(len(statement.document_sha256), 64)
        self.assertTrue(statement._is_document_intact())
        for values in ({"note": "x"}, {"date_end": "2027-01-30"}, {"state": "draft"}):
            with self.assertRaises(UserError):
                statement.write(values)
        with self.assertRaises(UserError):
            statement.line_ids[0].write({"amount": 1})
        with self.assertRaises(UserError):
            statement.line_ids[0].unlink()
        with self.assertRaises(UserError):
            statement.unlink()
        statement.receivable_ref = "T-2027-118"
        statement.action_pay()
        self.assertEqual(statement.state, "paid")

    def test_a_cancelling_statement_gives_the_hours_back(self):
        statement = self._issued()
        opposite = self.statements.browse(statement.action_cancel_statement()["res_id"])
        self.assertEqual(opposite.amount_total, -403.6)
        opposite.action_check()
        opposite.action_issue()
        sheets = statement.line_ids.timesheet_line_id.sheet_id
        self.assertEqual(set(sheets.mapped("state")), {"checked"})
        sheets.line_ids[0].hour_end = 11.5
        self.assertEqual(sheets[0].state, "submitted")
        self._sign(sheets[0])
        again = self._billed(sheets[0])
        # 3 h × 27 + 3 × 94.50 + 4 × 6.40
        self.assertEqual(again.amount_total, 390.1)
        with self.assertRaises(UserError):
            opposite.action_cancel_statement()

    def test_a_mission_over_a_change_of_tariff(self):
        """27 € until the 17th, 28 € from the 18th: 2 × 94.50 + 2 × 98, and travel 4 × 6.40."""
        self.tariff.date_end = "2027-01-17"
        self._tariff(date_start="2027-01-18", amount=28)
        self.assertEqual(self._issued().amount_total, 410.6)

    def test_two_tariffs_never_hold_together(self):
        with self.assertRaises(IntegrityError), mute_logger("odoo.sql_db"), self.env.cr.savepoint():
            self._tariff(date_start="2027-06-01")
            self.env.flush_all()
        self._tariff(date_start="2027-06-01", category="A")

    def test_a_tariff_that_was_used_does_not_change(self):
        self._issued()
        with self.assertRaises(UserError):
            self.tariff.amount = 30
        self.tariff.date_end = "2027-12-31"

    def test_a_former_price_is_not_issued(self):
        """Checked at 27 €, 403.60 €; the price is then 28 € since the 18th, 2 × 94.50 + 2 × 98 +
        25.60 = 410.60 €: it is not issued without another check."""
        mission = self._mission()
        sheets = self._sheet(mission) | self._sheet(mission, date(2027, 1, 18))
        for sheet in sheets:
            self._sign(sheet)
        statement = self._billed(sheets).with_user(self.coordinator)
        statement.action_check()
        self.tariff.date_end = "2027-01-17"
        self._tariff(date_start="2027-01-18", amount=28)
        self.env.flush_all()
        self.env.invalidate_all()
        shown = statement.action_issue()["params"]["message"]
        self.assertRegex(shown, "403[.,]60.*410[.,]60")
        self.assertEqual((statement.state, statement.amount_total), ("draft", 410.6))
        self.assertFalse(statement.document_sha256)
        self.assertIn("410", statement.message_ids[0].body)
        statement.action_check()
        self.assertIsNone(statement.action_issue())
        self.assertEqual((statement.state, statement.amount_total), ("issued", 410.6))

    def test_a_former_cost_is_not_issued(self):
        """30 € an hour, then 40 € since Monday 18 January: 2 × 105 and 2 × 140 €."""
        self.tariff.write({"unit": "cost", "amount": 0, "travel": "none"})
        self.nadia.hourly_cost_charged = 30
        mission = self._mission()
        sheets = self._sheet(mission) | self._sheet(mission, date(2027, 1, 18))
        for sheet in sheets:
            self._sign(sheet)
        statement = self._billed(sheets)
        statement.action_check()
        self._change_agent(hourly_cost_charged=40, rate_date_start="2027-01-18")
        self.assertIn("490", statement.action_issue()["params"]["message"])
        self.assertEqual((statement.state, statement.amount_total), ("draft", 490))

    def test_no_tariff_is_a_sentence(self):
        sheet = self._sheet()
        self._sign(sheet)
        sheet.action_check()
        self.tariff.active = False
        with self.assertRaisesRegex(UserError, "2027"):
            self.statements._prepare_statements(MONDAY, date(2027, 1, 31))

    def test_the_salary_cost_of_an_agent(self):
        """29.50 € and 8.5 % = 32.01 € (32.0075) × 3.5 h = 112.04 € (112.035), fee 0."""
        self.tariff.write({"unit": "cost", "amount": 8.5, "travel": "none"})
        sheet = self._sheet()
        self._sign(sheet)
        with self.assertRaisesRegex(UserError, "Nadia"):
            self._billed(sheet)
        self.nadia.hourly_cost_charged = 29.5
        statement = self.statements._prepare_statements(MONDAY, date(2027, 1, 31))
        self.assertEqual(statement.line_ids.mapped("amount"), [112.04, 112.04])

    def _change_agent(self, **values):
        """The coordinator, in a request of their own."""
        self.env.flush_all()
        self.env.invalidate_all()
        self.nadia.with_user(self.coordinator).write(values)
        self.env.flush_all()
        self.env.invalidate_all()

    def test_hours_are_billed_at_the_cost_of_their_own_day(self):
        """51.37 € for the first week, 41.06 € since Monday 18 January: 3.5 h are 179.80 € (179.795)
        and 143.71 €, however late the change is typed, and the draft made again."""
        self.tariff.write({"unit": "cost", "amount": 0, "travel": "none"})
        self.nadia.hourly_cost_charged = 51.37
        mission = self._mission()
        sheets = self._sheet(mission) | self._sheet(mission, MONDAY + timedelta(days=7))
        for sheet in sheets:
            self._sign(sheet)
        statement = self._billed(sheets)
        self.assertEqual(statement.line_ids.mapped("amount"), [179.8] * 4)
        today = patch.object(type(self.env.company), "_get_today", lambda self: date(2027, 2, 9))
        with today:
            self._change_agent(hourly_cost_charged=41.06)
        statement.action_refresh()
        self.assertEqual(statement.line_ids.mapped("amount"), [179.8] * 4)
        self.assertIn("51", self.nadia.with_user(self.coordinator).rate_history_text)
        self._change_agent(rate_date_start="2027-01-18")
        statement.action_refresh()
        self.assertEqual(statement.line_ids.mapped("amount"), [179.8, 179.8, 143.71, 143.71])

    def test_hours_are_billed_in_the_category_of_their_own_day(self):
        """B costs 27 €, A 36 €: Nadia is of category A since Monday 18 January."""
        self.tariff.travel = "none"
        self._tariff(category="A", amount=36, travel="none", name="Tarif A")
        mission = self._mission()
        sheets = self._sheet(mission) | self._sheet(mission, MONDAY + timedelta(days=7))
        for sheet in sheets:
            self._sign(sheet)
        self._change_agent(category="A", rate_date_start="2027-01-18")
        statement = self._billed(sheets)
        self.assertEqual(statement.line_ids.mapped("amount"), [94.5, 94.5, 126, 126])

    def test_an_estimate_follows_the_category_of_each_day(self):
        """Two half-days of 3.5 h in each week: 2 × 94.50 + 2 × 126 €, and four days of 6.40 €."""
        self._tariff(category="A", amount=36, name="Tarif A")
        request = self._request(distance_km=10)
        request._assign(self.nadia, request.slot_ids)
        self._change_agent(category="A", rate_date_start="2027-01-18")
        self.assertEqual(request.quote_total, 466.6)

    def test_an_estimate_without_an_agent_is_at_the_costs_of_each_day(self):
        """Nadia, the only B, costs 30 € an hour, 40 € since Monday 18 January: 2 × 3.5 h × 30 € and
        2 × 3.5 h × 40 €; Karim, B since that day, costs 20 €: their mean is then 30 €."""
        self.tariff.write({"unit": "cost", "amount": 0, "travel": "none"})
        others = self.env["hr.employee"].search([("category", "=", "B")]) - self.nadia
        others.write({"is_replacement_agent": False})
        self.nadia.hourly_cost_charged = 30
        self.karim.hourly_cost_charged = 20
        self._change_agent(hourly_cost_charged=40, rate_date_start="2027-01-18")
        request = self._request(minimum_category="B")
        self.assertEqual(request.quote_total, 490)
        self.karim.write({"category": "B", "rate_date_start": "2027-01-18"})
        request.invalidate_recordset()
        self.assertEqual(request.quote_total, 420)

    def test_a_change_of_cost_leaves_a_raise_typed_for_later(self):
        """Category A is typed for 1 June, then a cost since 1 March: B until 31 May all the same,
        A from then on, at that cost."""
        self.nadia.hourly_cost_charged = 30
        self._change_agent(category="A", rate_date_start="2027-06-01")
        self._change_agent(hourly_cost_charged=32, rate_date_start="2027-03-01")
        found = [
            (rate.category, int(rate.hourly_cost))
            for rate in map(
                self.nadia._get_rate,
                (date(2027, 2, 28), date(2027, 3, 1), date(2027, 5, 31), date(2027, 6, 1)),
            )
        ]
        self.assertEqual(found, [("B", 30), ("B", 32), ("B", 32), ("A", 32)])
        self.assertEqual(self.nadia.rate_date_start, date(2027, 6, 1))

    def test_r15_an_early_end_bills_what_was_done_and_the_notice(self):
        """Mondays and Wednesdays until 26 February, ended on 22 January, announced on the 18th.

        Twelve half-days of 147 €; notice of 7 days: Monday 25 January, two half-days more.
        """
        self.tariff.write({"unit": "half_day", "amount": 147, "travel": "none"})
        mission = self._mission(
            date_start="2027-01-04",
            date_end="2027-02-26",
            tue_am=False,
            mon_pm=True,
            wed_am=True,
            wed_pm=True,
        )
        mission._end_early(date(2027, 1, 22), "commune", "Retour anticipé du titulaire")
        self._cancelled(mission, self._moment(2027, 1, 18, 9))
        sheets = self.sheets
        for day in (4, 11, 18):
            sheets |= self._sheet(mission, date(2027, 1, day))
        for sheet in sheets:
            self._sign(sheet)
        statement = self._billed(sheets)
        worked = statement.line_ids.filtered(lambda line: line.kind == "work")
        notice = statement.line_ids - worked
        self.assertEqual((len(worked), worked._add_up("amount")), (12, 1764.0))
        self.assertEqual(notice.mapped("kind"), ["notice"] * 2)
        self.assertEqual({str(day) for day in notice.mapped("date")}, {"2027-01-25"})
        self.assertEqual(statement.amount_total, 2058.0)

    def test_r16_a_late_cancellation_is_billed_by_the_rule(self):
        """Thursday 14 January cancelled the day before at 4:30 pm: two half-days, no travel."""
        mission = self._mission(
            date_start="2027-01-14",
            date_end="2027-01-14",
            mon_am=False,
            tue_am=False,
            thu_am=True,
            thu_pm=True,
        )
        mission._cancel("commune", "Plus de besoin")
        self._cancelled(mission, self._moment(2027, 1, 13, 15, 30))
        statement = self.statements._prepare_statements(date(2027, 1, 1), date(2027, 1, 31))
        self.assertEqual(statement.line_ids.mapped("kind"), ["cancellation"] * 2)
        self.assertEqual(statement.amount_total, 189.0)
        words, name = "validated by the commune", "commune_relations.replacement_statement"
        self.assertNotIn(words, self._draw(name, statement))
        # Nor where some of its hours were.
        sheet = self._sheet()
        self._sign(sheet)
        sheet.action_check()
        statement.action_refresh()
        self.assertEqual(set(statement.line_ids.mapped("kind")), {"cancellation", "work"})
        self.assertNotIn(words, self._draw(name, statement))
        self.assertFalse(self.statements._prepare_statements(date(2027, 1, 1), date(2027, 1, 31)))

    def test_missions_that_were_cancelled_are_looked_at_together(self):
        missions = self.env["commune.replacement.mission"]
        for day in ("2027-01-14", "2027-01-21", "2027-01-28"):
            week = {"mon_am": False, "tue_am": False, "thu_am": True}
            mission = self._mission(date_start=day, date_end=day, **week)
            mission._cancel("commune", "Plus de besoin")
            missions |= mission

        def count(some):
            self.env.flush_all()
            self.env.invalidate_all()
            before = self.env.cr.sql_log_count
            some.sudo()._get_due_slots()
            return self.env.cr.sql_log_count - before

        count(missions)
        self.assertEqual(count(missions), count(missions[:1]))

    def test_r16_a_cancellation_in_time_costs_nothing(self):
        mission = self._mission()
        mission._cancel("commune", "Plus de besoin")
        self._cancelled(mission, self._moment(2027, 1, 8, 9))
        self.assertFalse(self.statements._prepare_statements(date(2027, 1, 1), date(2027, 1, 31)))

    def test_a_cancellation_of_the_service_is_not_billed(self):
        mission = self._mission()
        mission._cancel("service", "Agent malade")
        self._cancelled(mission, self._moment(2027, 1, 11, 6))
        self.assertFalse(self.statements._prepare_statements(date(2027, 1, 1), date(2027, 1, 31)))

    def test_the_estimate_before_the_mission(self):
        """E8: 4 half-days of 3.5 h at 27 €, 20 km on each of 4 days: 378 + 25.60 €."""
        request = self._request(distance_km=10)
        self.assertEqual(request.quote_total, 403.6)
        self.assertIn("80", request.quote_text)
        self.tariff.active = False
        request.invalidate_recordset()
        self.assertEqual(request.quote_total, 0)
        self.assertIn("2027", request.quote_text)

    def test_the_yearly_statement_is_the_sum_of_the_statements(self):
        statement = self._issued()
        uses = self.env["commune.replacement.year"]
        rows = uses._get_rows(2027)
        self.assertEqual([row["commune"] for row in rows], [self.commune_a])
        self.assertEqual(float(uses._add_up(rows, "total")), statement.amount_total)
        self.assertEqual((float(rows[0]["quantity"]), float(rows[0]["unit_price"])), (14.0, 27.0))
        opposite = self.statements.browse(statement.action_cancel_statement()["res_id"])
        opposite.action_check()
        opposite.action_issue()
        self.assertEqual(uses._get_rows(2027), [])

    def test_a_statement_stays_within_a_year(self):
        with self.assertRaises(IntegrityError), mute_logger("odoo.sql_db"), self.env.cr.savepoint():
            self.statements.create(
                {
                    "commune_id": self.commune_a.id,
                    "date_start": "2026-12-01",
                    "date_end": "2027-01-31",
                }
            )
            self.env.flush_all()


@tagged("post_install", "-at_install")
@freeze_time("2027-01-04 09:00:00")
class TestReplacementStatementFiles(HoursCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.epci.brand_name = "Les Deux Rives"

    def _statement(self):
        sheet = self._sheet()
        self._sign(sheet)
        self.commune_a.chorus_service_code = "RH-01"
        statement = self._billed(sheet)
        statement.engagement_number = "E-7"
        statement.action_check()
        statement.with_context(force_report_rendering=True).action_issue()
        return statement

    def _pdf(self, key, ids, data=None):
        report = self.env.ref(f"commune_relations.{key}_report")
        content, _kind = report.with_context(force_report_rendering=True)._render_qweb_pdf(
            report.report_name, ids, data=data
        )
        return Pdf(content).text

    def test_the_pdf_bears_the_legal_name_and_the_sum(self):
        statement = self._statement()
        text = Pdf(statement.document_id.raw).text
        parties = (self.epci.siret, self.commune_a.siret, "RH-01", "E-7", "Jean MARTIN", "256 B")
        for word in (self.epci.name, "Aubrive", "Nadia F.", statement.name, "201", *parties):
            self.assertIn(word, text)

    def test_the_file_for_finance(self):
        statement = self._statement()
        content = statement._get_finance_csv().decode("utf-8-sig")
        rows = list(csv.DictReader(io.StringIO(content), delimiter=";"))
        self.assertEqual([row["montant_total"] for row in rows], ["100,90", "100,90"])
        self.assertEqual(rows[0]["numero_etat"], statement.name)
        self.assertEqual((rows[0]["code_insee"], rows[0]["date"]), ("57901", "11/01/2027"))
        self.assertEqual((rows[0]["quantite"], rows[0]["unite"]), ("3,50", "HEURE"))
        self.assertEqual(rows[0]["nom_emetteur"], self.epci.name)
        self.assertEqual(
            (rows[0]["siret_emetteur"], rows[0]["siret_commune"]),
            (self.epci.siret, self.commune_a.siret),
        )
        self.assertEqual((rows[0]["code_service"], rows[0]["numero_engagement"]), ("RH-01", "E-7"))
        self.assertEqual(
            (rows[0]["imputation_recette"], rows[0]["imputation_depense"]), ("70845", "6216")
        )
        # The sum of the statement on each of its lines: 2 × 100.90 €.
        self.assertEqual([row["montant_etat"] for row in rows], ["201,80", "201,80"])
        self.assertEqual(rows[0]["ordonnateur"], "Jean MARTIN, président")
        self.assertEqual(
            (rows[0]["tva"], rows[0]["empreinte"]), ("HORS_CHAMP", statement.document_sha256)
        )

    def test_the_file_of_two_communes_finds_their_conventions_in_as_many_queries_as_one(self):
        first = self._statement()
        self._agree(self.commune_b)
        days = {"mon_am": False, "tue_am": False, "wed_am": True}
        sheet = self._sheet(self._mission(commune=self.commune_b, **days))
        self._sign(sheet, user=self.portal_b)
        both = first | self._billed(sheet)
        self.assertEqual(both.commune_id, self.commune_a | self.commune_b)
        few = self._queries_of(first._get_agreement_codes)
        self.assertEqual(self._queries_of(both._get_agreement_codes), few)
        self.assertEqual(set(both._get_agreement_codes()), set(both))

    def test_what_was_issued_keeps_its_parties(self):
        """Another president, another establishment: the file of yesterday's statement stays."""
        statement = self._statement()
        before = statement._get_finance_csv()
        self.env.company.ordonnateur_name = "Paul ROY"
        self.commune_a.write({"siret": False, "chorus_service_code": "AUTRE"})
        self.assertEqual(statement._get_finance_csv(), before)

    def test_what_a_receipt_cannot_do_without_is_named(self):
        sheet = self._sheet()
        self._sign(sheet)
        statement = self._billed(sheet)
        statement.action_check()
        self.commune_a.write({"chorus_needs_engagement": True, "chorus_needs_service": True})
        for record, values, words in (
            (self.epci, {"siret": False}, "SIRET of the intercommunality"),
            (self.commune_a, {"siret": False}, "SIRET of the commune"),
            (self.env.company, {"ordonnateur_title": False}, "who orders the receipts"),
        ):
            before = {name: record[name] for name in values}
            record.write(values)
            with self.subTest(words=words), self.assertRaisesRegex(UserError, words):
                statement.action_issue()
            record.write(before)
        with self.assertRaises(UserError) as caught:
            statement.action_issue()
        self.assertEqual(str(caught.exception).count("\n"), 2)
        self.assertIn("Chorus Pro", str(caught.exception))
        statement.write({"service_code": "RH-01", "engagement_number": "E-7"})
        statement.action_issue()
        self.assertEqual(statement.state, "issued")

    def test_empty_settings_leave_it_to_the_president(self):
        company = self.env.company
        company.write({"ordonnateur_name": False, "ordonnateur_title": False})
        self.assertFalse(company._get_ordonnateur())
        holder = self._portal("president", "Irène", "HENRY", "mme")
        mandate = self._mandate(holder, self.epci, "president")
        name, title = company._get_ordonnateur().split(", ")
        self.assertEqual((name, title.capitalize()), (holder.name, mandate.title.capitalize()))
        company.ordonnateur_name = "Paul ROY"  # incomplete on purpose
        self.assertFalse(company._get_ordonnateur())

    def test_a_draft_has_nothing_to_sign(self):
        sheet = self._sheet()
        self._sign(sheet)
        statement = self._billed(sheet)
        draft = self._pdf("replacement_statement", statement.ids)
        for words in ("Fait le", "Jean MARTIN", "Signature"):
            self.assertNotIn(words, draft)
        statement.action_check()
        statement.with_context(force_report_rendering=True).action_issue()
        self.assertIn("Signature", Pdf(statement.document_id.raw).text)

    def test_a_siret_is_fourteen_digits_with_their_key(self):
        good = self.commune_a.siret
        self.commune_a.siret = f" {good[:3]} {good[3:9]} {good[9:]} "
        self.assertEqual(self.commune_a.siret, good)
        wrong_key = good[:13] + str((int(good[13]) + 1) % 10)
        for wrong in (wrong_key, good[:13], self.epci.siret, "absent"):
            with self.subTest(siret=wrong), self.assertRaises(UserError):
                self.commune_a.siret = wrong

    def test_the_workbook_of_statements(self):
        statement = self._statement()
        report = self.env["report.commune_relations.replacement_statement_xlsx"]
        content, _kind = report.create_xlsx_report(statement.ids, {})
        page = load_workbook(io.BytesIO(content)).active
        self.assertEqual([page.cell(row, 16).value for row in (2, 3)], [100.9, 100.9])
        self.assertEqual(page["A2"].value, statement.name)

    def test_the_yearly_statement_on_paper_and_as_a_workbook(self):
        self._statement()
        text = self._pdf("replacement_year", [], {"year": 2027})
        for word in (self.epci.name, "Aubrive", "5211-16", "201"):
            self.assertIn(word, text)
        report = self.env["report.commune_relations.replacement_year_xlsx"]
        content, _kind = report.create_xlsx_report([], {"year": 2027})
        page = load_workbook(io.BytesIO(content)).active
        self.assertEqual((page["A3"].value, page["B3"].value), ("Aubrive", "57901"))
        self.assertEqual((page["D3"].value, page["E3"].value, page["K3"].value), (7, 27, 201.8))

    def test_the_uses_of_a_year_are_beside_the_forecast_of_the_convention(self):
        self._statement()
        offer = make_offer(self, make_service(self), "Demi-journée", unit_name="demi-journée")
        offer.is_replacement = True
        for commune, quantity in ((self.commune_a, 30), (self.commune_b, 12)):
            self.env["commune.service.subscription"].create(
                {
                    "commune_id": commune.id,
                    "offer_id": offer.id,
                    "date_start": "2027-01-01",
                    "forecast_quantity": quantity,
                }
            )
        rows = self.env["commune.replacement.year"]._get_rows(2027)
        self.assertEqual([row["forecast"] for row in rows], ["30,00 (demi-journée)"])
        self.assertIn("demi-journée", self._pdf("replacement_year", [], {"year": 2027}))

    def test_the_estimate_on_paper(self):
        request = self._request(distance_km=10)
        text = self._pdf("replacement_quote", request.ids)
        for word in (self.epci.name, self.epci.siret, "Aubrive", "403"):
            self.assertIn(word, text)

    def test_an_estimate_is_made_before_the_mission(self):
        """Two Mondays and two Tuesdays from 11 January 2027 on."""
        request = self._request(distance_km=10)
        with freeze_time("2027-01-11 08:00:00"):
            request.action_print_quote()
        document = self.env["report.commune_relations.replacement_quote"]
        with freeze_time("2027-01-12 08:00:00"):
            for draw in (
                request.action_print_quote,
                lambda: document._get_report_values(request.ids),
            ):
                with self.assertRaisesRegex(UserError, "before the mission"):
                    draw()

    def test_an_estimate_keeps_its_date_as_long_as_it_says_the_same(self):
        request = self._request(distance_km=10)
        request.user_id = self.coordinator
        document = self.env["report.commune_relations.replacement_quote"].with_user(self.reader)

        def drawn_on(day):
            with freeze_time(f"{day} 08:00:00"):
                document._get_report_values(request.ids)
            return str(request.quote_date)

        self.assertEqual(drawn_on("2026-11-27"), "2026-11-27")
        self.assertEqual(drawn_on("2026-12-03"), "2026-11-27")
        with freeze_time("2026-12-03 08:00:00"):  # thirty days from the first drawing
            validity = document._get_report_values(request.ids)["validity"]
        day = self.env.company._format_document_date
        self.assertIn(day(date(2026, 11, 27)), validity)
        self.assertIn(day(date(2026, 12, 27)), validity)
        request.distance_km = 12
        self.assertEqual(drawn_on("2026-12-04"), "2026-12-04")
        self.assertEqual(drawn_on("2027-01-03"), "2026-12-04")  # the last of its thirty days
        self.assertEqual(drawn_on("2027-01-04"), "2027-01-04")

    def test_an_estimate_says_who_follows_it_and_a_single_day_once(self):
        request = self._request(distance_km=10)
        request.user_id = self.coordinator
        self.coordinator.function = "responsable du service"
        document = self.env["report.commune_relations.replacement_quote"]
        self.assertTrue(document._get_report_values(request.ids)["week"])
        self.assertIn("responsable du service", self._pdf("replacement_quote", request.ids))
        request.slot_ids[1:].state = "cancelled"
        self.assertFalse(document._get_report_values(request.ids)["week"])

    def test_kilometres_without_an_order_are_reported(self):
        """The first week has its order, issued the Friday before; the second has none."""
        mission = self._mission()
        mission.amendment_ids._issue_order(
            mission._get_order_facts(), [MONDAY, date(2027, 1, 12)], self._moment(2027, 1, 8, 8)
        )
        sheets = self._sheet(mission) | self._sheet(mission, date(2027, 1, 18))
        for sheet in sheets:
            self._sign(sheet)
        statement = self._billed(sheets)
        warning = statement.with_user(self.coordinator).order_warning
        self.assertIn(mission.name, warning)
        self.assertIn("art. 5", warning)
        days = self.env.company._format_document_date
        for day, is_warned in ((11, False), (12, False), (18, True), (19, True)):
            self.assertEqual(days(date(2027, 1, day)) in warning, is_warned, day)
        # Nothing is refused: the order may be on paper.
        statement.action_check()
        statement.action_issue()
        self.assertFalse(statement.order_warning)

    def test_travel_beside_a_unit_cost_is_reported_until_its_ground_is_written(self):
        """Under L5211-4-1 alone; the statement already issued is unchanged."""
        sheet = self._sheet()
        self._sign(sheet)
        statement = self._billed(sheet)
        self.assertFalse(statement.ground_warning)
        basis = self.env.ref("commune_relations.legal_basis_l5211_4_1")
        # Signed: its basis is no longer written by an action.
        self.env.cr.execute(
            "UPDATE agreement SET legal_basis_id = %s WHERE id = %s",
            (basis.id, statement.agreement_id.id),
        )
        self.env.invalidate_all()
        warning = statement.with_user(self.coordinator).ground_warning
        self.assertIn("D. 5211-16", warning)
        self.assertIn(self.tariff.name, warning)
        document = self._pdf("replacement_statement", statement.ids)
        self.tariff.extra_ground = "Délibération du 4 mai, à confirmer"
        # No sheet of 2027 either; the document mentions neither.
        self.assertNotIn(self.tariff.name, statement.ground_warning)
        service = statement.agreement_id.offer_ids.service_id
        self.assertIn(service.name, statement.ground_warning)
        self.assertEqual(document, self._pdf("replacement_statement", statement.ids))
        sheet = self.env["commune.service.unit.cost"].create(
            {
                "service_id": service.id,
                "year": 2027,
                "units": 100,
                "charge_ids": [
                    Command.create({"nature": "personnel", "name": "Équipe", "observed": 2700})
                ],
            }
        )
        sheet.action_set()
        statement.invalidate_recordset(["ground_warning"])
        self.assertFalse(statement.ground_warning)
        self.tariff.extra_ground = False
        self.assertIn(self.tariff.name, statement.ground_warning)
        statement.action_check()
        statement.action_issue()
        self.assertFalse(statement.ground_warning)

    def test_the_foot_of_an_estimate_bears_its_date_and_its_terms(self):
        """Read three days later, it is the same estimate: one date, what is due without work, the
        tax, and who decided the tariff."""
        self.tariff.legal_source = "Délibération du 14 décembre 2026"
        request = self._request(distance_km=10)
        with freeze_time("2026-12-04 10:00:00"):
            first = self._pdf("replacement_quote", request.ids)
        with freeze_time("2026-12-07 10:00:00"):
            text = self._pdf("replacement_quote", request.ids)
        self.assertEqual(text, first)
        text = " ".join(text.split())
        for part in (
            "Jusqu’à 2 demi-journées sont dues pour ce que la commune annule moins de 24 heures",
            "dans les 7 jours qui suivent l’annonce sont dues",
            "CGI, art. 256 B",
            "Délibération du 14 décembre 2026",
        ):
            self.assertIn(part, text)
        self.assertEqual(text.count(" 4 décembre 2026"), 2)  # made on, foot of the page
        self.assertNotIn("7 décembre", text)
        self.tariff.write({"cancel_days": 0, "end_days": 0})
        self.assertNotIn("sont dues", self._pdf("replacement_quote", request.ids))

    def test_an_estimate_says_under_which_convention_and_until_when(self):
        request = self._request(distance_km=10)
        document = self.env["report.commune_relations.replacement_quote"]
        values = document._get_report_values(request.ids)
        agreement = self.commune_a._get_replacement_agreement(self.env.company._get_today())
        self.assertTrue(agreement)
        self.assertEqual(values["agreements"], [(agreement, "")])
        self.assertIn("30", values["validity"])
        self.assertIn(agreement.code, self._pdf("replacement_quote", request.ids))
        request.commune_id = self.commune_b
        self.assertFalse(document._get_report_values(request.ids)["agreements"])

    def test_units_are_counted_in_words(self):
        sheet = self._sheet()
        self._sign(sheet)
        line = self._billed(sheet).line_ids[0]
        units = [(line.unit, line.quantity), ("hour", 1.5), ("half_day", -2), ("cost", 3)]
        self.assertEqual(
            [line._name_unit(*unit) for unit in units],
            ["hours", "hour", "half-days", "salary cost and a percentage"],
        )

    def test_a_period_is_shown_once(self):
        company = self.env.company.with_context(lang="fr_FR")
        for start, end, words in (
            ("2026-10-01", "2026-10-31", "du 1er au 31 octobre 2026"),
            ("2026-10-01", "2026-11-02", "du 1er octobre au 2 novembre 2026"),
            ("2026-12-28", "2027-01-03", "du 28 décembre 2026 au 3 janvier 2027"),
        ):
            days = (date.fromisoformat(start), date.fromisoformat(end))
            self.assertEqual(company._format_document_period(*days), words)

    def test_today_says_what_is_to_do(self):
        mission = self._mission()
        today = self.env["commune.replacement.today"].with_user(self.coordinator)
        self.assertEqual(today.create({}).missing_count, 2)
        sheet = self._sheet(mission)
        screen = today.create({})
        self.assertEqual((screen.missing_count, screen.waiting_count), (1, 1))
        self._sign(sheet)
        self.assertEqual(today.create({}).check_count, 1)
        action = today.create({}).with_context(list_name="check").action_open()
        self.assertEqual(self.sheets.search(action["domain"]), sheet)
