"""Indicators, by hand on a few half-days."""

from datetime import date, timedelta
from fractions import Fraction
from unittest.mock import patch

from odoo import fields
from odoo.tests import tagged

from odoo.addons.commune_relations.engine.indicators import rate

from .replacement_case import MONDAY, ReplacementCase

to_datetime = fields.Datetime.to_datetime


@tagged("post_install", "-at_install")
class TestIndicatorsByHand(ReplacementCase):
    def _mission(self, agent=None, **values):
        request = self._request(**values)
        proposal = request._assign(agent or self.nadia, request.slot_ids)
        proposal._answer("agent", True, None)
        proposal._answer("commune", True, None)
        return proposal.mission_id

    def _get_rows(self, start=MONDAY, end=MONDAY + timedelta(days=31)):
        rows = self.env["commune.replacement.figures"]._get_rows(start, end)
        return {(row["code"], row["key"]): row for row in rows}

    def _pair(self, row):
        return row["numerator"], row["denominator"]

    def test_what_the_commune_cancels_is_not_asked_and_what_the_agent_leaves_is(self):
        mission = self._mission()
        self.assertEqual(self._pair(self._get_rows()["fill_half_days", ""]), (4, 4))
        # Away for a day: the half-day is open again, and asked once.
        mission._lend(mission.slot_ids.sorted("date")[:1])
        self.assertEqual(self._pair(self._get_rows()["fill_half_days", ""]), (3, 4))
        # The agent gives up after the first week: two half-days were asked and are not filled.
        mission._end_early(MONDAY + timedelta(days=5), "agent", "Essai")
        rows = self._get_rows()
        self.assertEqual(self._pair(rows["fill_half_days", ""]), (1, 4))
        self.assertEqual(self._pair(rows["early_end", "agent"]), (1, 1))
        self.assertNotIn(("early_end", "commune"), rows)

    def test_a_request_of_which_half_days_were_given_up_is_not_filled(self):
        mission = self._mission()
        mission.request_id.received_date = "2027-01-05 08:00:00"
        rows = self._get_rows(date(2027, 1, 1))
        self.assertEqual(self._pair(rows["fill_requests", ""]), (1, 1))
        mission._end_early(MONDAY + timedelta(days=5), "agent", "Essai")
        rows = self._get_rows(date(2027, 1, 1))
        self.assertEqual(self._pair(rows["fill_requests", ""]), (0, 1))

    def test_an_end_that_the_commune_wished_is_not_a_failure_to_fill(self):
        mission = self._mission()
        mission._end_early(MONDAY + timedelta(days=5), "commune", "Essai")
        rows = self._get_rows()
        self.assertEqual(self._pair(rows["fill_half_days", ""]), (2, 2))
        self.assertEqual(rows["early_end", "commune"]["count"], 1)
        mission.request_id.received_date = "2027-01-05 08:00:00"
        rows = self._get_rows(date(2027, 1, 1))
        self.assertEqual(self._pair(rows["fill_requests", ""]), (1, 1))

    def test_the_time_is_a_median_from_the_reception_to_the_commune(self):
        for hours, urgency in ((2, "same_day"), (30, "normal"), (50, "planned"), (10, "normal")):
            mission = self._mission(urgency=urgency)
            moment = to_datetime("2027-01-05 08:00:00")
            mission.request_id.received_date = moment
            mission.proposal_id.sudo().answer_commune_date = moment + timedelta(hours=hours)
            mission._cancel("service", "Essai")  # the next one wants the same half-days
        rows = self._get_rows(date(2027, 1, 1), date(2027, 1, 31))
        self.assertEqual(rows["time_urgent", ""]["value"], 2)
        self.assertEqual(rows["time_planned", ""]["value"], 30)
        self.assertEqual(rows["time_planned", ""]["count"], 3)

    def test_the_time_stops_at_the_first_of_two_agents(self):
        request = self._request(urgency="same_day")
        moment = to_datetime("2027-01-05 08:00:00")
        request.received_date = moment
        slots = request.slot_ids.sorted("date")
        for agent, own, hours in ((self.nadia, slots[:2], 2), (self.karim, slots[2:], 30)):
            proposal = request._assign(agent, own)
            proposal._answer("agent", True, None)
            proposal._answer("commune", True, None)
            proposal.sudo().answer_commune_date = moment + timedelta(hours=hours)
        rows = self._get_rows(date(2027, 1, 1), date(2027, 1, 31))
        self.assertEqual(rows["time_urgent", ""]["value"], 2)

    def test_occupation_leaves_out_holidays_leaves_and_days_to_come(self):
        """Nadia is on leave on the Tuesday after Easter Monday; on the Thursday, she has worked
        two mornings of her two days, and Karim none of his three."""
        easter = date(2027, 3, 29)
        companies = self.env.registry["res.company"]
        today = patch.object(companies, "_get_today", lambda company: easter + timedelta(days=3))
        self.startPatcher(today)
        self.env["resource.calendar.leaves"].create(
            {
                "resource_id": self.nadia.resource_id.id,
                "date_from": "2027-03-30 05:00:00",
                "date_to": "2027-03-30 17:00:00",
            }
        )
        days = dict.fromkeys(("wed_am", "thu_am", "fri_am"), True)
        self._mission(
            mon_am=False,
            tue_am=False,
            date_start=easter,
            date_end=easter + timedelta(days=4),
            **days,
        )
        own = ("is_replacement_agent", "=", True), ("id", "not in", (self.nadia | self.karim).ids)
        self.env["hr.employee"].search(own).is_replacement_agent = False
        rows = self._get_rows(easter, easter + timedelta(days=6))
        # Half-days of three hours and a half.
        self.assertEqual(self._pair(rows["occupation", ""]), (7, 35))
        row = rows["agent_occupation", str(self.nadia.id)]
        self.assertEqual(self._pair(row), (7, 14))
        self.assertEqual(row["count"], 2)

    def test_a_request_of_the_last_minute_of_the_period_is_in_it(self):
        request = self._request()
        for moment, expected in (
            (to_datetime("2027-01-31 22:59:00"), 1),  # 23:59 in Paris
            (to_datetime("2027-01-31 23:00:00"), 0),
        ):
            request.received_date = moment
            rows = self._get_rows(date(2027, 1, 1), date(2027, 1, 31))
            self.assertEqual(rows["requests", ""]["value"], expected)

    def test_a_need_that_lasts_is_the_same_job_twice_in_a_year(self):
        for post, day in (("Paie", 3), ("PAIE ", 4), ("Accueil", 5)):
            self._request(post=post, mon_am=True, received_date=f"2027-01-0{day} 09:00:00")
        row = self._get_rows()["repeated", ""]
        self.assertEqual((self._pair(row), row["count"]), ((2, 3), 2))

    def test_four_answers_show_nothing_and_a_fifth_does(self):
        figures = self.env["commune.replacement.figures"]
        domain = [("state", "=", "answered")]
        shown_figures = {
            count: figures._row_of(
                "again", rate(1, 2), "commune.replacement.evaluation", domain, count
            )
            for count in (4, 5)
        }
        self.assertTrue(shown_figures[4].figure.hidden)
        self.assertEqual(
            (shown_figures[4].figure.value, shown_figures[4].count, shown_figures[4].domain),
            (None, 0, [("id", "=", 0)]),
        )
        self.assertEqual(
            (shown_figures[5].figure.value, shown_figures[5].count), (Fraction(1, 2), 5)
        )

    def test_queries_do_not_grow_with_the_half_days(self):
        figures = self.env["commune.replacement.figures"]
        period = (MONDAY, MONDAY + timedelta(days=31))
        self._mission()
        figures._get_rows(*period)
        counts = []
        for number in (0, 5):
            for rank in range(number):
                agent = self._agent(f"X{rank}", f"Agent {rank}", "B", "titulaire", {"ACC": 2})
                self._mission(agent)
            self.env.invalidate_all()
            before = self.env.cr.sql_log_count
            figures._get_rows(*period)
            counts.append(self.env.cr.sql_log_count - before)
        self.assertEqual(counts[0], counts[1])


@tagged("post_install", "-at_install")
class TestIndicatorScreen(ReplacementCase):
    def test_how_much_an_agent_works_is_for_those_who_keep_the_files(self):
        values = {"name": "Agent de l’essai", "is_replacement_agent": True, "mon_am": True}
        self.env["hr.employee"].create(values)
        # On the first days of a year, nobody has had a day to work in it.
        period = {"date_start": self.today - timedelta(days=365), "date_end": self.today}
        for role, expected in (("reader", False), ("coordinator", True)):
            screens = self.env["commune.replacement.indicators"].with_user(getattr(self, role))
            screen = screens.create(period)
            names = screen.line_ids.mapped("name")
            self.assertTrue(names)
            found = any("Agent de l’essai" in name for name in names)
            self.assertEqual(found, expected, role)

    def test_the_list_opens_with_as_many_lines_as_the_screen_says(self):
        screens = self.env["commune.replacement.indicators"].with_user(self.reader)
        screen = screens.browse(screens._open()["res_id"])
        line = screen.line_ids.filtered(lambda one: one.code == "members")
        action = line.action_open_list()
        found = screens.env[action["res_model"]].search_count(action["domain"])
        self.assertEqual(found, line.record_count)
