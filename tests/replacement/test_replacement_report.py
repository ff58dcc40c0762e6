"""The annual report: frozen figures, the same as the indicators, as a PDF and as a workbook."""

import io
import random
from datetime import date
from unittest.mock import patch

import openpyxl
from dateutil.relativedelta import relativedelta
from psycopg2 import IntegrityError

from odoo.exceptions import UserError
from odoo.tests import tagged
from odoo.tools import mute_logger

from .replacement_case import ReplacementCase


@tagged("post_install", "-at_install")
class TestReplacementReport(ReplacementCase):
    def setUp(self):
        super().setUp()
        self.request = self._request(date_start=date(2027, 1, 11), date_end=date(2027, 1, 22))
        self.request.received_date = "2027-01-05 08:00:00"
        companies = self.env.registry["res.company"]
        after = patch.object(companies, "_get_today", lambda company: date(2028, 1, 10))
        self.startPatcher(after)
        reports = self.env["commune.replacement.report"].with_user(self.coordinator)
        self.report = reports.create({"year": 2027, "foreword": "Une année d’essai."})

    def _get_value(self, code):
        rows = self.report._get_content()["rows"]
        (row,) = [row for row in rows if (row["code"], row["key"]) == (code, "")]
        return row["value"]

    def test_what_is_frozen_does_not_follow_the_requests_any_more(self):
        self.assertEqual(self._get_value("half_days"), 4)
        self.report.action_freeze()
        self._request(date_start=date(2027, 2, 1), date_end=date(2027, 2, 5))
        self.assertEqual(self._get_value("half_days"), 4)
        figures = self.env["commune.replacement.figures"]
        rows = figures._get_rows(date(2027, 1, 1), date(2027, 12, 31))
        self.assertEqual([r["value"] for r in rows if r["code"] == "half_days"], [6])
        for refused in (
            lambda: self.report.write({"figures": {}}),
            lambda: self.report.write({"year": 2026}),
            self.report.unlink,
        ):
            with self.assertRaises(UserError):
                refused()

    def test_a_year_that_is_not_over_is_not_frozen(self):
        report = self.report.create({"year": 2028})
        with self.assertRaisesRegex(UserError, "2028"):
            report.action_freeze()

    @mute_logger("odoo.sql_db")
    def test_one_report_a_year(self):
        with self.assertRaises(IntegrityError), self.env.cr.savepoint():
            self.report.create({"year": 2027})

    def test_each_table_adds_up_to_the_indicator_of_the_same_name(self):
        self._request(job_family="Paie", date_start=date(2027, 3, 1), date_end=date(2027, 3, 2))
        content = self.report._get_content()
        for name in ("months", "reasons", "jobs", "bands"):
            rows = content["tables"][name]
            self.assertEqual(sum(row[2] for row in rows), self._get_value("half_days"), name)
        self.assertEqual(len(content["tables"]["months"]), 12)
        self.assertIn(
            ["Paie", 0, 2, 0], [row[:1] + [0] + row[2:] for row in content["tables"]["jobs"]]
        )

    def test_no_name_of_an_agent_is_published(self):
        self.assertNotIn("Nadia F.", str(self.report._get_content()))

    def test_the_workbook_holds_the_figures_and_charts_of_its_own(self):
        maker = self.env["report.commune_relations.replacement_report_xlsx"]
        content, _kind = maker.with_user(self.reader).create_xlsx_report(self.report.ids, {})
        book = openpyxl.load_workbook(io.BytesIO(content))
        rows = {row[1]: row[4] for row in book.worksheets[0].iter_rows(values_only=True)}
        self.assertEqual(rows["Half-days asked"], 4)
        self.assertEqual(len(book.worksheets[-1]._charts), 4)

    def test_the_page_says_what_is_missing_until_it_is_written(self):
        html = (
            self.env["ir.actions.report"]
            ._render_qweb_html("commune_relations.replacement_report", self.report.ids)[0]
            .decode()
        )
        self.assertIn("Une année d’essai.", html)
        self.assertIn("To be completed: lessons.", html)
        self.assertIn("data:image/svg+xml", html)
        self.report.lesson_note = "Anticiper."
        html = (
            self.env["ir.actions.report"]
            ._render_qweb_html("commune_relations.replacement_report", self.report.ids)[0]
            .decode()
        )
        self.assertNotIn("To be completed: lessons.", html)


@tagged("post_install", "-at_install")
class TestContinuity(ReplacementCase):
    def setUp(self):
        super().setUp()
        companies = self.env.registry["res.company"]
        monday = patch.object(companies, "_get_today", lambda company: date(2027, 1, 11))
        self.startPatcher(monday)

    def _get_lines(self, user=None):
        lines = self.env["commune.replacement.continuity"].with_user(user or self.reader)
        found = lines.search(lines._open()["domain"])
        return {line.commune_id: line for line in found}

    def test_who_could_go_tomorrow_morning(self):
        lines = self._get_lines()
        self.assertEqual(lines[self.commune_a].cover, "covered")
        self.assertIn("2", lines[self.commune_a].agent_text)
        self.assertEqual(lines[self.commune_b].cover, "no_agreement")
        # Both agents are taken on that Tuesday morning.
        for agent in (self.nadia, self.karim):
            request = self._request(
                date_start=date(2027, 1, 12), date_end=date(2027, 1, 12), mon_am=False
            )
            request._assign(agent, request.slot_ids)
        self.assertEqual(self._get_lines()[self.commune_a].cover, "nobody")

    def _open_map(self, measure=None):
        """(what the map receives, queries that it asked)"""
        self.env.flush_all()
        self.env.invalidate_all()
        before = self.env.cr.sql_log_count
        data = self.env["res.partner"].with_user(self.reader).get_commune_map(measure=measure)
        return data, self.env.cr.sql_log_count - before

    def test_the_map_works_out_who_could_go_once_asked(self):
        for measure in (None, "continuity"):  # what is read once for all
            self._open_map(measure)
        data, queries = self._open_map("population")
        self.assertNotIn("continuity", [one["code"] for one in data["measures"]])
        self.assertIn("continuity", [one["code"] for one in data["later"]])
        asked, more = self._open_map("continuity")
        self.assertIn("continuity", [one["code"] for one in asked["measures"]])
        covers = {one["id"]: one["values"]["continuity"] for one in asked["communes"]}
        self.assertEqual(covers[self.commune_a.id], "covered")
        self.assertEqual(covers[self.commune_b.id], "no_agreement")
        self.env.company.uses_replacement = False
        without, _queries = self._open_map("continuity")
        self.assertEqual(without["later"], [])
        self.assertGreater(more, queries)

    def test_a_software_that_nobody_knows_leaves_nobody(self):
        self.commune_a.commune_software_ids = self.software["COSOLUCE"]
        self.assertEqual(self._get_lines()[self.commune_a].cover, "nobody")

    def test_a_town_hall_depends_on_one_person_when_one_alone_is_known(self):
        office = self.env["commune.replacement.continuity"]
        for count in (0, 1, 2):
            mandates = self.env["commune.mandate"].search([]).grouped("partner_id")
            mandates = self.env["commune.mandate"].union(*list(mandates.values())[:count])
            self.assertEqual(len(mandates.partner_id), count)
            found = office._prepare_office(self.commune_a, mandates)
            self.assertEqual((found["staff_count"], found["is_alone"]), (count, count == 1))

    def test_ten_times_the_communes_ask_no_more_queries(self):
        office = self.env["commune.replacement.continuity"].with_user(self.reader)

        def count():
            self.env.flush_all()
            self.env.invalidate_all()
            before = self.env.cr.sql_log_count
            lines = office._prepare_lines(date(2027, 1, 12))
            return self.env.cr.sql_log_count - before, len(lines)

        count()
        few, communes = count()
        self.env["res.partner"].create(
            [
                {
                    "name": f"Commune {rank}",
                    "is_company": True,
                    "is_commune": True,
                    "insee_code": f"578{rank:02}",
                    "population": 500,
                    "epci_id": self.epci.id,
                }
                for rank in range(9 * communes)
            ]
        )
        count()  # the rules that Odoo keeps for a user are worked out again after a creation
        many, all_communes = count()
        self.assertEqual(all_communes, 10 * communes)
        self.assertLessEqual(many, few)

    def test_a_need_that_comes_back_becomes_a_draft_of_a_project(self):
        for _time in range(2):
            self._request(post="Paie", received_date="2026-12-01 09:00:00")
        line = self._get_lines(self.manager)[self.commune_a]
        self.assertEqual(line.need_text, "Paie (2)")
        action = line.sudo(False).action_share_post()
        project = self.env["commune.service.project"].browse(action["res_id"])
        self.assertEqual(project.stage, "idea")
        self.assertIn(self.commune_a, project.need_ids.commune_ids)


@tagged("post_install", "-at_install")
class TestDemand(ReplacementCase):
    def test_less_than_a_year_is_shown_and_agents_are_counted(self):
        # 12 half-days in January: the three months to come are worth as much.
        self._request(date_end=date(2027, 1, 29), mon_pm=True, tue_pm=True, tue_am=True)
        companies = self.env.registry["res.company"]
        day = patch.object(companies, "_get_today", lambda company: date(2027, 2, 15))
        self.startPatcher(day)
        screens = self.env["commune.replacement.demand"].with_user(self.reader)
        screen = screens.browse(screens._open()["res_id"])
        self.assertIn("less than a year", screen.verdict)
        self.assertEqual(screen.month_ids.mapped("half_days"), [12, 12, 12])
        (skill,) = screen.skill_ids
        self.assertEqual((skill.half_days, skill.agents_needed, skill.agents_known), (36, 1, 2))
        self.assertTrue(screen.peak_ids)
        past = screen.past_ids
        self.assertEqual(past.mapped("asked"), [0] * 11 + [12])
        self.assertEqual(past[-1][self.commune_a.population_band], 12)
        self.assertIn("2027", past[-1].name)

    def _open_after(self, months):
        """The screen after these months of history, the last one being January 2027."""
        first = date(2027, 2, 1)
        known = {
            first - relativedelta(months=len(months) - rank): count
            for rank, count in enumerate(months)
        }
        screens = self.env.registry["commune.replacement.demand"]
        companies = self.env.registry["res.company"]
        with (
            patch.object(screens, "_get_history", lambda self, until: known),
            patch.object(companies, "_get_today", lambda company: date(2027, 2, 15)),
        ):
            return self.env["commune.replacement.demand"].browse(
                self.env["commune.replacement.demand"]._open()["res_id"]
            )

    def test_chance_is_not_forecast_and_the_screen_says_so(self):
        draw = random.Random(1)
        months = [draw.gauss(100, 20) for _month in range(60)]
        screen = self._open_after(months)
        self.assertIn("We know no better than the mean", screen.verdict)
        self.assertNotIn("Forecast by smoothing", screen.verdict)
        # February, March, April: the mean of the same months of the five years.
        for rank, line in enumerate(screen.month_ids):
            self.assertAlmostEqual(line.half_days, sum(months[rank::12]) / 5, delta=0.06)

    def test_a_demand_that_grows_is_forecast(self):
        draw = random.Random(5)
        screen = self._open_after([20 + 2 * rank + draw.gauss(0, 3) for rank in range(60)])
        self.assertIn("Forecast by smoothing", screen.verdict)
        for rank, line in enumerate(screen.month_ids):
            self.assertAlmostEqual(line.half_days, 140 + 2 * rank, delta=15)
