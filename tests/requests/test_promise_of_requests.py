"""Promised dates of requests: working days, holidays of Moselle, changes, waits, reopenings."""

from datetime import date

from odoo.exceptions import AccessError
from odoo.tests import freeze_time, tagged

from .request_case import RequestCase


@tagged("post_install", "-at_install")
class TestPromiseOfRequests(RequestCase):
    """The charter of the case: acknowledged in 1 working day, first answer 5, final answer 15."""

    def _arrives(self, moment, **values):
        """A request that arrives at a moment, UTC."""
        ticket = self._request(**values)
        # create_date is set by PostgreSQL, which does not know the frozen clock.
        self.env.cr.execute(
            "UPDATE helpdesk_ticket SET create_date = %s, holder_since = %s WHERE id = %s",
            (moment, moment, ticket.id),
        )
        ticket.invalidate_recordset()
        ticket.env["commune.request.clock"]._update_clocks(ticket)
        return ticket

    @freeze_time("2026-11-02 09:00:00")
    def test_fifteen_working_days_leave_out_the_eleventh_of_november(self):
        ticket = self._arrives("2026-11-02 09:00:00")
        self.assertEqual(ticket.promised_date, date(2026, 11, 24))
        clocks = {clock.milestone: clock.deadline_date for clock in ticket.ticket_sla_ids}
        self.assertEqual(
            clocks,
            {
                "acknowledged": date(2026, 11, 3),
                "first_answer": date(2026, 11, 9),
                "final_answer": date(2026, 11, 24),
            },
        )

    def test_what_was_promised_and_kept_is_not_written_by_hand(self):
        ticket = self._request().with_user(self.officer)
        for name in ("promised_date", "answered_date", "first_response_date", "acknowledged_date"):
            with self.assertRaises(AccessError, msg=name):
                ticket.write({name: "2026-01-02"})

    @freeze_time("2025-12-23 09:00:00")
    def test_the_26_of_december_is_a_holiday_in_moselle(self):
        self.env["helpdesk.sla"].search([("milestone", "=", "final_answer")]).days = 3
        ticket = self._arrives("2025-12-23 09:00:00")
        # 24 (1), 25 and 26 off, week-end, 29 (2), 30 (3)
        self.assertEqual(ticket.promised_date, date(2025, 12, 30))
        self.epci.member_ids.write({"insee_code": False, "is_commune": False})
        self.commune_a.write({"is_commune": True, "insee_code": "54901"})
        ticket.env["commune.request.clock"]._update_clocks(ticket)
        self.assertEqual(ticket.promised_date, date(2025, 12, 29))

    @freeze_time("2026-11-02 23:30:00")
    def test_a_request_sent_after_midnight_in_metz_counts_from_the_new_day(self):
        # 23:30 UTC is 0:30 on the 3rd in Paris: one working day later is the 4th.
        ticket = self._arrives("2026-11-02 23:30:00")
        acknowledged = ticket.ticket_sla_ids.filtered(lambda c: c.milestone == "acknowledged")
        self.assertEqual(acknowledged.deadline_date, date(2026, 11, 4))

    @freeze_time("2026-11-02 09:00:00")
    def test_no_working_calendar_is_read_as_monday_to_friday(self):
        self.roads.resource_calendar_id = False
        self.env.company.resource_calendar_id.attendance_ids.unlink()
        ticket = self._arrives("2026-11-02 09:00:00")
        self.assertEqual(ticket.promised_date, date(2026, 11, 24))

    @freeze_time("2026-11-02 09:00:00")
    def test_a_day_closed_by_the_organisation_pushes_the_date(self):
        self.env["resource.calendar.leaves"].create(
            {
                "name": "Pont",
                "date_from": "2026-11-12 00:00:00",
                "date_to": "2026-11-13 22:59:00",
            }
        )
        ticket = self._arrives("2026-11-02 09:00:00")
        # Thursday 12 and Friday 13 are off too: 24 November + 2 working days.
        self.assertEqual(ticket.promised_date, date(2026, 11, 26))

    @freeze_time("2026-11-02 09:00:00")
    def test_a_change_of_team_follows_the_charter_of_the_new_team(self):
        water = self.env["helpdesk.sla"].create(
            {
                "name": "Fuites",
                "milestone": "final_answer",
                "days": 2,
                "team_ids": [(4, self.water.id)],
            }
        )
        ticket = self._arrives("2026-11-02 09:00:00")
        self.assertEqual(ticket.promised_date, date(2026, 11, 24))
        ticket._transfer(self.water, "C’est une fuite")
        self.assertIn(water, ticket.ticket_sla_ids.sla_id)
        self.assertEqual(ticket.promised_date, date(2026, 11, 4))
        self.assertEqual(len(ticket.ticket_sla_ids), 3)

    @freeze_time("2026-11-02 09:00:00")
    def test_a_change_of_topic_follows_the_charter_of_the_topic(self):
        self.env["helpdesk.sla"].create(
            {
                "name": "Eau",
                "milestone": "final_answer",
                "days": 4,
                "topic_ids": [(4, self.water_topic.parent_id.id)],
            }
        )
        ticket = self._arrives("2026-11-02 09:00:00")
        ticket.topic_id = self.water_topic
        self.assertEqual(ticket.promised_date, date(2026, 11, 6))
        self.assertEqual(ticket.team_id, self.water)
        self.assertEqual(ticket.transfer_count, 1)

    def test_waiting_for_the_commune_stops_the_clock(self):
        with freeze_time("2026-11-02 09:00:00"):
            ticket = self._arrives("2026-11-02 09:00:00")
        with freeze_time("2026-11-03 09:00:00"):
            ticket._move_to("waiting")
            self.assertEqual(ticket.promise_state, "waiting")
        with freeze_time("2026-12-20 09:00:00"):
            self.assertEqual(ticket.promise_state, "waiting")
            self.assertFalse(self._search_state("overdue", ticket))
        with freeze_time("2026-11-05 09:00:00"):
            ticket.action_resume()
            # Wednesday 4 and Thursday 5 do not count: 24 November + 2 working days.
            self.assertEqual(ticket.promised_date, date(2026, 11, 26))
            self.assertEqual(ticket.promise_state, "on_time")

    def test_a_reopened_request_is_open_again_and_counted(self):
        with freeze_time("2026-11-02 09:00:00"):
            ticket = self._arrives("2026-11-02 09:00:00")
        with freeze_time("2026-11-24 09:00:00"):
            ticket._move_to("answered")
            self.assertEqual(ticket.promise_state, "kept")
            self.assertEqual(str(ticket.answered_date), "2026-11-24 09:00:00")
        with freeze_time("2026-11-25 09:00:00"):
            ticket._move_to("closed")
        with freeze_time("2026-11-30 09:00:00"):
            ticket.action_reopen()
            self.assertEqual(ticket.reopen_count, 1)
            self.assertFalse(ticket.closed_date)
            self.assertFalse(ticket.answered_date)
            # Five working days after Monday 30 November.
            self.assertEqual(ticket.promised_date, date(2026, 12, 7))
            self.assertEqual(ticket.promise_state, "on_time")

    def test_the_days_for_which_it_was_closed_count_for_nobody(self):
        """Promised for 24 November, closed from the 3rd to the 16th: 8 working days, the 11th
        being a holiday, so 4 December."""
        with freeze_time("2026-11-02 09:00:00"):
            ticket = self._arrives("2026-11-02 09:00:00")
        with freeze_time("2026-11-03 09:00:00"):
            ticket._move_to("answered")
        with freeze_time("2026-11-16 09:00:00"):
            ticket.action_reopen()
            self.assertEqual(ticket.promised_date, date(2026, 12, 4))

    def test_due_soon_from_two_days_before_until_the_promised_day(self):
        """Promised for Tuesday 24 November: soon from the 22nd, overdue on the 25th."""
        with freeze_time("2026-11-02 09:00:00"):
            ticket = self._arrives("2026-11-02 09:00:00")
        self.env.flush_all()
        for day, state in ((21, "on_time"), (22, "soon"), (24, "soon"), (25, "overdue")):
            with freeze_time(f"2026-11-{day} 09:00:00"):
                ticket.invalidate_recordset(["promise_state"])
                self.assertEqual(ticket.promise_state, state, day)

    @freeze_time("2026-11-02 09:00:00")
    def test_the_charter_of_a_topic_comes_before_that_of_its_family(self):
        self.env["helpdesk.sla"].create(
            [
                {
                    "name": "Final",
                    "milestone": "final_answer",
                    "days": days,
                    "topic_ids": [(4, topic.id)],
                }
                for days, topic in ((4, self.water_topic.parent_id), (2, self.water_topic))
            ]
        )
        ticket = self._arrives("2026-11-02 09:00:00", topic_id=self.water_topic.id)
        # Monday 2 November and two working days.
        self.assertEqual(ticket.promised_date, date(2026, 11, 4))

    @freeze_time("2026-12-20 09:00:00")
    def test_a_cancelled_request_is_neither_kept_nor_late(self):
        ticket = self._arrives("2026-11-02 09:00:00")
        self.assertEqual(ticket.promise_state, "overdue")
        ticket.action_cancel()
        self.assertFalse(ticket.promise_state)
        self.assertEqual(set(ticket.ticket_sla_ids.mapped("state")), {"excluded"})
        self.env.flush_all()
        report = self.env["helpdesk.sla.report"].search([("ticket_id", "=", ticket.id)])
        self.assertFalse(report)

    @freeze_time("2026-11-25 09:00:00")
    def test_each_state_is_found_by_its_filter(self):
        late = self._arrives("2026-11-02 09:00:00")
        soon = self._arrives("2026-11-04 09:00:00")  # promised for Thursday 26
        on_time = self._arrives("2026-11-20 09:00:00")
        kept = self._arrives("2026-11-20 09:00:00")
        kept._move_to("answered")
        answered_late = self._arrives("2026-11-02 09:00:00")
        answered_late._move_to("answered")
        self.env.flush_all()
        for state, ticket in [
            ("overdue", late),
            ("soon", soon),
            ("on_time", on_time),
            ("kept", kept),
            ("late", answered_late),
        ]:
            with self.subTest(state=state):
                self.assertEqual(ticket.promise_state, state)
                self.assertEqual(
                    self._search_state(state, late | soon | on_time | kept | answered_late),
                    ticket,
                )

    def _search_state(self, state, among):
        return among.search([("promise_state", "=", state), ("id", "in", among.ids)])

    def test_open_requests_do_not_lower_the_mean_delay(self):
        answered = self._arrives("2026-11-02 09:00:00")
        with freeze_time("2026-11-06 09:00:00"):
            answered._move_to("answered")
        waiting = self._arrives("2026-11-02 09:00:00")
        self.env.flush_all()
        groups = answered._read_group(
            [("id", "in", (answered | waiting).ids)], [], ["days_to_answer:avg", "__count"]
        )
        self.assertEqual(groups, [(4.0, 2)])

    def test_the_queries_do_not_grow_with_the_number_of_requests(self):
        def count(number):
            tickets = self.env["helpdesk.ticket"].create(
                [
                    {
                        "name": f"Demande {n}",
                        "description": "<p>x</p>",
                        "commune_id": self.commune_a.id,
                        "partner_id": self.portal_a.partner_id.id,
                        "topic_id": self.road_topic.id,
                        "number": f"X{number}-{n}",
                    }
                    for n in range(number)
                ]
            )
            self.env.flush_all()
            self.env.invalidate_all()
            start = self.env.cr.sql_log_count
            self.env["commune.request.clock"]._update_clocks(tickets)
            self.env.flush_all()
            return self.env.cr.sql_log_count - start

        count(2)
        few, many = count(5), count(50)
        self.assertLessEqual(abs(many - few), 2)
