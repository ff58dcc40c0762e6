"""The activity report: figures frozen as they were that day, the same in the PDF and in the
workbook, each computed independently by SQL; who makes it, who reads it."""

import io
import re
from datetime import timedelta
from unittest.mock import patch

import openpyxl
from babel.dates import format_date
from psycopg2 import IntegrityError

from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged
from odoo.tools import mute_logger

from .core.pdf_reading import Pdf
from .race_case import RaceCase
from .steering.figure_sql import FIGURES
from .steering.steering_case import make_contact, make_promise
from .test_figures import FigureCase

REPORT = "commune_relations.activity_report"


@tagged("post_install", "-at_install")
class TestActivityReport(FigureCase):
    """The ninety days of the figures, today the last one; frozen the day after."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.env["res.lang"]._activate_lang("fr_FR")
        cls.env.company.partner_id.lang = "fr_FR"
        make_promise(cls, days=-3)
        held = cls.env["commune.session"].search([("state", "=", "held")], limit=1)
        cls.env["commune.decision"].create([{"session_id": held.id, "text": "Essai"}] * 2)
        cls.report = (
            cls.env["commune.activity.report"]
            .with_user(cls.officer)
            .create(
                {
                    "date_start": cls.span.start,
                    "date_end": cls.span.end,
                    "introduction": "<p>Une année <b>près des communes</b>.</p>",
                    "signatory": "Anne Essai, vice-présidente",
                    "requests_text": "<p>Les demandes ont été nombreuses.</p>",
                    "outlook": "<p><br></p>",
                }
            )
        )

    def _freeze(self, user=None):
        companies = self.env.registry["res.company"]
        tomorrow = self.today + timedelta(days=1)
        with patch.object(companies, "_get_today", lambda company: tomorrow):
            self.report.with_user(user or self.officer).action_freeze()

    def _get_rows(self, content):
        return {row["code"]: row for one in content["sections"] for row in one["rows"]}

    def _get_tables(self):
        content = self.report._get_content()
        return {entry["code"]: entry for one in content["sections"] for entry in one["tables"]}

    def _sum(self, code, place):
        return sum(row[place] or 0 for row in self._get_tables()[code]["rows"])

    def test_a_period_that_could_not_be_drawn_is_refused(self):
        reports = self.env["commune.activity.report"].with_user(self.officer)
        for start, end in (
            ("0001-01-01", "0001-12-31"),
            ("9999-01-01", "9999-12-31"),
            ("1901-01-01", "2025-12-31"),
        ):
            with self.assertRaises(UserError), self.cr.savepoint():
                reports.create({"date_start": start, "date_end": end})

    # the figures

    def test_what_is_frozen_is_what_the_dashboard_showed_and_does_not_move(self):
        live = self._get()
        self._freeze()
        frozen = self._get_rows(self.report._get_content())
        self.assertEqual(set(frozen), set(live))
        for code, row in frozen.items():
            for name in ("value", "numerator", "denominator"):
                self.assertEqual(row[name], live[code][name], (code, name))
        self.assertEqual(self.report.frozen_by_id, self.officer)
        content = self.report._get_content()
        self._ask(self.commune_b, "received", arrived=10, took=0)
        make_contact(self, self.commune_b)
        self.env.invalidate_all()
        self.assertEqual(self.report._get_content(), content)
        now = self._get()
        for code in ("requests_received", "contacts_made"):
            self.assertEqual(now[code]["value"], frozen[code]["value"] + 1, code)

    def test_the_figures_are_what_sql_says(self):
        self._freeze()
        rows = self._get_rows(self.report._get_content())
        for code in (
            "requests_received",
            "requests_in_time",
            "decisions_made",
            "events_registered",
            "services_taken",
            "replacement_requests",
            "surveys_answers",
            "contacts_made",
            "promises_late",
        ):
            part, whole = FIGURES[code]
            with self.subTest(code=code):
                self.assertEqual(rows[code]["numerator" if whole else "value"], self._ask_sql(part))
                if whole:
                    self.assertEqual(rows[code]["denominator"], self._ask_sql(whole))
            if code in ("promises_late", "decisions_made", "requests_received"):
                self.assertGreater(rows[code]["value"], 0)

    def test_the_tables_add_up_to_the_figures(self):
        rows = self._get_rows(self.report._get_content())
        for code, place, expected in (
            ("requests", 1, "requests_received"),
            ("requests", 2, "requests_answered"),
            ("topics", 1, "requests_received"),
            ("contacts", 1, "contacts_made"),
            ("contact_kinds", 1, "contacts_made"),
            ("sessions", 4, "decisions_made"),
            ("decisions", 1, "decisions_made"),
            ("event_list", 2, "events_registered"),
            ("service_list", 1, "services_taken"),
            ("sectors", 7, "services_taken"),
            ("bands", 7, "services_taken"),
        ):
            with self.subTest(table=code, place=place):
                self.assertEqual(self._sum(code, place), rows[expected]["value"])
        for name, place in (("services_expected", 2), ("services_actual", 3)):
            self.assertAlmostEqual(self._sum("service_list", place), rows[name]["value"], 2)
        received = f"{FIGURES['requests_received'][0]} AND ticket.commune_id = {self.commune_a.id}"
        sectors = {row[0]: row for row in self._get_tables()["sectors"]["rows"]}
        self.assertEqual(sectors[self.north.name][3], self._ask_sql(received))

    def test_it_says_after_how_many_weeks_a_commune_is_silent(self):
        self.env.company.silence_weeks = 17
        row = self._get_rows(self.report._get_content())["communes_silent"]
        self.assertIn("aucun signe depuis 17 semaines", row["definition"])

    def test_a_pillar_that_is_off_leaves_no_section(self):
        codes = [one["code"] for one in self.report._get_content()["sections"]]
        self.assertIn("replacement", codes)
        self.env.company.uses_replacement = False
        content = self.report._get_content()
        self.assertNotIn("replacement", [one["code"] for one in content["sections"]])
        heads = [one["label"] for one in self._get_tables()["sectors"]["columns"]]
        self.assertNotIn("Half-days of replacement", heads)

    def test_as_many_queries_with_ten_times_the_data(self):
        counts = []
        for first, last in ((0, 0), (0, 3), (3, 30)):
            communes = self.env["res.partner"].create(
                [
                    {
                        "name": f"Commune {rank}",
                        "is_company": True,
                        "is_commune": True,
                        "insee_code": f"578{rank:02}",
                        "population": 300 * rank,
                        "epci_id": self.epci.id,
                    }
                    for rank in range(first, last)
                ]
            )
            self.env["helpdesk.ticket"].create(
                [
                    {"name": "Essai", "description": "x", "commune_id": commune.id}
                    for commune in communes
                    for _rank in range(3)
                ]
            )
            for commune in communes:
                make_contact(self, commune)
            self.env["event.event"].create(
                [
                    {"name": f"Réunion {one.id}", "kind": "information",
                     "date_begin": f"{self.today} 08:00:00", "date_end": f"{self.today} 10:00:00"}
                    for one in communes
                ]
            )  # fmt: skip
            self.env.flush_all()
            self.env.invalidate_all()
            before = self.env.cr.sql_log_count
            self.report._get_content()
            counts.append(self.env.cr.sql_log_count - before)
        self.assertEqual(len(self._get_tables()["event_list"]["rows"]), 31)
        self.assertEqual(counts[1], counts[2])

    # frozen

    def test_nothing_of_a_frozen_report_changes(self):
        self._freeze()
        report = self.report
        self.assertRegex(report.fingerprint, "^[0-9a-f]{64}$")
        for refused in (
            lambda: report.write({"figures": {}}),
            lambda: report.write({"state": "draft"}),
            lambda: report.write({"introduction": "<p>Autre chose.</p>"}),
            lambda: report.write({"date_end": self.today - timedelta(days=1)}),
            report.unlink,
        ):
            with self.assertRaises(UserError):
                refused()

    def test_what_somebody_changes_in_the_database_is_seen(self):
        self._freeze()
        self.report.flush_recordset()
        self.env.cr.execute(
            "UPDATE commune_activity_report SET introduction = '<p>Autre chose.</p>' WHERE id = %s",
            self.report.ids,
        )
        self.report.invalidate_recordset()
        with self.assertRaisesRegex(UserError, "fingerprint"):
            self.report._get_content()

    def test_a_period_that_is_not_over_is_not_frozen(self):
        with self.assertRaisesRegex(UserError, "not over|would still change"):
            self.report.action_freeze()

    def test_a_new_version_has_the_texts_and_the_figures_of_the_moment(self):
        self._freeze()
        received = self._get_rows(self.report._get_content())["requests_received"]["value"]
        self._ask(self.commune_a, "received", arrived=10, took=0)
        found = self.report.browse(self.report.action_new_version()["res_id"])
        self.assertEqual((found.version, found.state), (2, "draft"))
        self.assertEqual(found.introduction, self.report.introduction)
        self.assertEqual(
            self._get_rows(found._get_content())["requests_received"]["value"], received + 1
        )
        self.assertEqual(self.report.action_new_version()["res_id"], found.id)
        self.assertIn("version 2", found.display_name)

    def test_the_title_of_the_cover_is_short_whatever_the_period(self):
        reports = self.env["report.commune_relations.activity_report"]
        for start, end, wanted in (
            ("2023-01-01", "2023-12-31", "Activity report 2023"),
            ("2022-07-01", "2023-06-30", "Activity report"),
        ):
            report = self.report.create({"date_start": start, "date_end": end})
            values = reports._get_report_values(report.ids)
            self.assertEqual(values["heading"], wanted)
            for year in (start[:4], end[:4]):
                self.assertIn(year, values["subtitle"])

    @mute_logger("odoo.sql_db")
    def test_one_first_version_for_a_period_whose_end_is_not_before_its_start(self):
        for start, end in ((self.span.start, self.span.end), (self.span.end, self.span.start)):
            with self.assertRaises(IntegrityError), self.env.cr.savepoint():
                self.report.create({"date_start": start, "date_end": end})

    # rights

    def test_it_has_the_same_content_for_every_user(self):
        """Activity of a few persons is reported by whole years, to later readers too."""
        reports = {}
        for user in (self.officer, self.manager):
            content = self.report.with_user(user)._work_out()
            reports[user] = [table for one in content["sections"] for table in one["tables"]]
        self.assertEqual(reports[self.officer], reports[self.manager])
        (rows,) = [one["rows"] for one in reports[self.manager] if one["code"] == "indicators"]
        self.assertEqual(len([row for row in rows if "année civile" in row[1]]), 2)

    def test_officers_and_managers_make_it_readers_read_it(self):
        for user in (self.reader, self.coordinator):
            report = self.report.with_user(user)
            self.assertTrue(report.display_name)
            for refused in (
                report.action_freeze,
                report.action_new_version,
                lambda report=report: report.write({"introduction": "<p>Non.</p>"}),
                lambda report=report: report.create({}),
            ):
                with self.assertRaises(AccessError):
                    refused()
        for user in (self.referent, self.employee, self.portal_a):
            with self.assertRaises(AccessError):
                self.report.with_user(user).action_pdf()
        self._freeze(self.manager)
        self.assertEqual(self.report.frozen_by_id, self.manager)

    def test_its_figures_are_those_of_the_whole_department_for_every_user(self):
        own = self._get(self.reader)["requests_received"]["value"]
        rows = self._get_rows(self.report.with_user(self.reader)._get_content())
        self.assertEqual(rows["requests_received"]["value"], own)

    # the documents

    def _print(self):
        env = self.env(
            user=self.reader,
            context=dict(self.env.context, force_report_rendering=True, lang="fr_FR"),
        )
        content, kind = env["ir.actions.report"]._render_qweb_pdf(REPORT, self.report.ids)
        self.assertEqual(kind, "pdf")
        return Pdf(content)

    def _name(self, row):
        """A figure of today is that of the day of the freezing, whenever it is read."""
        words = format_date(self.today, "d MMMM y", locale="fr")
        day = re.sub("^1 ", "1er ", words)
        return f"{row['label']}, au {day}" if row["is_today"] else row["label"]

    def _open_book(self):
        maker = self.env[f"report.{REPORT}_xlsx"].with_user(self.reader).with_context(lang="fr_FR")
        content, _kind = maker.create_xlsx_report(self.report.ids, {})
        return openpyxl.load_workbook(io.BytesIO(content))

    def test_the_pdf_says_the_frozen_figures(self):
        self._freeze()
        pdf = self._print()
        self.assertTrue(pdf.is_tagged)
        self.assertEqual(pdf.language, "fr")
        text, dense = pdf.text, "".join(pdf.text.split())
        for row in self._get_rows(self.report._get_content()).values():
            name = self._name(row)
            self.assertIn("".join(f"{name}{row['text']}".split()), dense, row["code"])
        for shown in (
            "Sommaire",
            "Introduction",
            "près des communes",
            "Anne Essai, vice-présidente",
            "Les demandes ont été nombreuses.",
            "Chiffres figés le",
            "Par secteur",
            self.north.name,
        ):
            self.assertIn(shown, text)
        for missing in ("Perspectives", "Projet", "What comes next", "Figure of the period"):
            self.assertNotIn(missing, text)

    def test_the_workbook_says_the_frozen_figures_and_draws_them(self):
        self._freeze()
        book, content = self._open_book(), self.report._get_content()
        self.assertEqual(len(book.worksheets), len(content["sections"]))
        for sheet, section in zip(book.worksheets, content["sections"], strict=True):
            self.assertEqual(sheet.title, section["label"])
            self.assertIn("Chiffres figés le", sheet.cell(1, 1).value)
            cells = {}
            for line in sheet.iter_rows(values_only=True):
                cells.setdefault(line[0], line)  # the figures come first
            for row in section["rows"]:
                line = cells[self._name(row)]
                self.assertEqual(line[1].replace("’", "'"), row["text"].replace("’", "'"))
                if row["value"] is not None:
                    self.assertAlmostEqual(line[3], row["value"], 6)
                self.assertEqual(line[6], row["definition"])
            drawn = [entry for entry in section["tables"] if entry["kind"]]
            self.assertEqual(len(sheet._charts), len(drawn), section["code"])
        cells = {line[0]: line for line in book.worksheets[-1].iter_rows(values_only=True)}
        wanted = {row[0]: row for row in self._get_tables()["sectors"]["rows"]}
        self.assertEqual(list(cells[self.north.name][1:4]), wanted[self.north.name][1:4])

    def test_a_draft_says_so(self):
        self.assertIn("Projet", self._open_book().worksheets[0].cell(1, 1).value)


@tagged("post_install", "-at_install")
class TestActivityReportRace(RaceCase):
    def setUp(self):
        super().setUp()
        reports = self.registry["commune.activity.report"]
        self.startPatcher(patch.object(reports, "_work_out", lambda report: {"sections": []}))

    def _make(self, env):
        report = env["commune.activity.report"].create(
            {"date_start": "2001-01-01", "date_end": "2001-12-31"}
        )
        self._keep(report)
        return report.id

    def _both(self, number, method):
        def work(env):
            getattr(env["commune.activity.report"].browse(number), method)()

        def look(env):
            reports = env["commune.activity.report"].search([("date_start", "=", "2001-01-01")])
            return reports.mapped("state")

        _begun, errors = self._at_once(look, work, work)
        self.assertFalse(errors)
        return self._in_transaction(look)

    def test_frozen_twice_at_once_then_one_new_version(self):
        number = self._in_transaction(self._make)
        self.assertEqual(self._both(number, "action_freeze"), ["frozen"])
        states = self._both(number, "action_new_version")

        def keep(env):
            self._keep(env["commune.activity.report"].search([("date_start", "=", "2001-01-01")]))

        self._in_transaction(keep)
        self.assertEqual(sorted(states), ["draft", "frozen"])
