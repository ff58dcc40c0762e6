from datetime import date
from unittest.mock import patch

from psycopg2 import IntegrityError

from odoo.exceptions import UserError
from odoo.tests import tagged
from odoo.tools import mute_logger
from odoo.tools.safe_eval import safe_eval

from ...models.replacement.planning import request as planning
from .replacement_case import MONDAY, ReplacementCase


@tagged("post_install", "-at_install")
class TestReplacementRequest(ReplacementCase):
    def test_nine_tuesday_mornings(self):
        """R04 of the scenario: 1 December 2026 to 26 January 2027."""
        request = self._request(
            date_start="2026-12-01", date_end="2027-01-26", mon_am=False, tue_am=True
        )
        self.assertEqual(request.slot_count, 9)
        self.assertEqual(request.slot_ids[0].date, date(2026, 12, 1))
        self.assertEqual(set(request.slot_ids.mapped("half_day")), {"am"})

    def test_the_holidays_of_that_commune_are_left_out(self):
        """R22: ten days in Moselle with Good Friday (26 March) and Easter Monday: 16 half-days."""
        week = {
            f"{day}_{half}": True
            for day in ("mon", "tue", "wed", "thu", "fri")
            for half in ("am", "pm")
        }
        period = {"date_start": "2027-03-22", "date_end": "2027-04-02"}
        self.commune_a.good_friday_church = "yes"
        self.assertEqual(self._request(**week, **period).slot_count, 16)
        self.commune_a.good_friday_church = "no"
        self.assertEqual(self._request(**week, **period).slot_count, 18)

    def test_a_new_pattern_moves_the_open_half_days_only(self):
        request = self._request()
        self.assertEqual(request.slot_count, 4)
        single = self.env["commune.replacement.slot"].create(
            {"request_id": request.id, "date": "2027-01-15", "half_day": "pm"}
        )
        held = request.slot_ids.filtered(lambda s: s.date == MONDAY)
        request._hold(self.nadia, held)
        request.write({"mon_am": False, "wed_am": True})
        self.assertEqual(
            self._days(request.slot_ids),
            [
                ("2027-01-11", "am"),
                ("2027-01-12", "am"),
                ("2027-01-13", "am"),
                ("2027-01-15", "pm"),
                ("2027-01-19", "am"),
                ("2027-01-20", "am"),
            ],
        )
        self.assertEqual(single.state, "open")
        self.assertEqual(request.fill_text, "1 / 6")

    def test_no_convention_no_request(self):
        """M1: blocked with a sentence; signing the convention unblocks."""
        request = self._request(self.commune_b, submit=False)
        with self.assertRaisesRegex(UserError, "Bellefontaine"):
            request.action_submit()
        self.assertEqual(request.state, "draft")
        self._agree(self.commune_b)
        request.action_submit()
        self.assertEqual(request.state, "submitted")
        self.assertTrue(request.agreement_id)

    def test_the_convention_of_another_commune_is_not_borrowed(self):
        other = self.env["agreement"].search([("commune_id", "=", self.commune_a.id)], limit=1)
        request = (
            self.env["commune.replacement.request"]
            .with_user(self.coordinator)
            .with_context(default_agreement_id=other.id)
            .create(
                {
                    "commune_id": self.commune_b.id,
                    "post": "Accueil",
                    "date_start": "2027-03-01",
                    "date_end": "2027-03-05",
                }
            )
        )
        self.assertTrue(other)
        self.assertFalse(request.agreement_id)

    def test_a_convention_that_has_ended_does_not_count(self):
        self._agree(self.commune_b, end_date="2026-06-30")
        with self.assertRaises(UserError):
            self._request(self.commune_b)

    def test_a_request_without_half_day_is_not_submitted(self):
        with self.assertRaises(UserError):
            self._request(mon_am=False, tue_am=False)

    def test_a_request_is_never_deleted(self):
        request = self._request()
        with self.assertRaises(UserError):
            request.unlink()
        with self.assertRaises(UserError):
            request.with_user(self.coordinator).unlink()

    def test_not_filled_closes_with_a_reason_and_a_redirection(self):
        """M25: R10 closes as « compétence absente » and goes to another service."""
        request = self._request()
        with self.assertRaises(UserError):
            request.action_close_unfilled()
        request.write({"unfilled_reason": "skill", "redirection": "service"})
        request.action_close_unfilled()
        self.assertEqual(request.state, "unfilled")
        self.assertEqual(set(request.slot_ids.mapped("state")), {"lost"})
        request.action_reopen()
        self.assertEqual(set(request.slot_ids.mapped("state")), {"open"})

    def test_what_nobody_could_do_feeds_an_idea_of_service_once(self):
        self._agree(self.commune_b)
        requests = [
            self._request(post="Instructeur ADS"),
            self._request(self.commune_b, post="Instructeur ADS"),
            self._request(self.commune_b, post="Cantinier"),
        ]
        for request, reason in zip(requests, ("skill", "no_agent", "exclusion"), strict=True):
            request.write({"unfilled_reason": reason, "redirection": "service"})
            request.with_user(self.coordinator).action_close_unfilled()
        requests[0].action_reopen()
        requests[0].action_close_unfilled()
        ideas = self.env["commune.service.project"].search([("name", "ilike", "instructeur ads")])
        self.assertEqual(len(ideas), 1)
        self.assertEqual(ideas.asking_commune_ids, self.commune_a | self.commune_b)
        self.assertEqual(ideas.need_ids.replacement_request_id, requests[0] | requests[1])
        self.assertEqual(ideas.need_count, 2)
        self.assertFalse(requests[2].service_need_ids)

    def test_the_database_refuses_not_filled_without_a_reason(self):
        request = self._request()
        with self.assertRaises(IntegrityError), mute_logger("odoo.sql_db"):
            request.state = "unfilled"
            self.env.flush_all()

    def test_a_cancelled_request_releases_the_agent(self):
        request = self._request()
        proposal = request._hold(self.nadia, request.slot_ids)
        request.action_cancel()
        self.assertEqual(proposal.state, "withdrawn")
        self.assertEqual(set(request.slot_ids.mapped("state")), {"cancelled"})
        other = self._request()
        other._hold(self.nadia, other.slot_ids)
        self.assertEqual(other.filled_count, 4)

    def test_who_can_go_looks_at_the_requests_of_the_same_days_alone(self):
        """Years of requests that wait elsewhere in time cost nothing, and change nothing."""
        self._agree(self.commune_b)
        request, near = self._request(), self._request(self.commune_b)

        def look():
            with patch.object(planning, "build", wraps=planning.build) as built:
                found = request._get_candidates()
            shown = [(c["agent"], c["eligible"], c["slots"], c["lost"], c["text"]) for c in found]
            return shown, built.call_args.args[0]

        shown, asked = look()
        self.assertEqual(asked, request | near)
        for month in range(3, 12):
            self._request(date_start=f"2027-{month:02}-01", date_end=f"2027-{month:02}-12")
        self.assertEqual(look(), (shown, asked))

    def test_the_agents_of_many_requests_are_read_at_once(self):
        requests = self._request() | self._request(date_start="2027-02-01", date_end="2027-02-05")
        for request, agent in zip(requests, (self.nadia, self.karim), strict=True):
            request._assign(agent, request.slot_ids)

        def read(some):
            self.env.flush_all()
            self.env.invalidate_all()
            before = self.env.cr.sql_log_count
            texts = some.mapped("agent_text")
            return texts, self.env.cr.sql_log_count - before

        texts, one = read(requests[:1])
        self.assertEqual(texts, [self.nadia.name])
        texts, both = read(requests)
        self.assertEqual(texts, [self.nadia.name, self.karim.name])
        self.assertEqual(both, one)

    def test_who_asks_is_chosen_among_the_persons_of_the_commune(self):
        people = self.env["res.partner"].with_user(self.coordinator)
        field = self.env["commune.replacement.request"]._fields["requester_id"]
        domain = safe_eval(field.domain, {"commune_id": self.commune_a.id})
        found = people.search(domain)
        mayor_a, mayor_b = self.portal_a.partner_id, self.portal_b.partner_id
        both, former = self.portal_both.partner_id, self.portal_ended.partner_id
        self.assertLessEqual(mayor_a | both | self.commune_a, found)
        self.assertFalse((mayor_b | former | self.commune_b) & found)

    def test_a_request_without_number_is_named_a_draft(self):
        requests = self.env["commune.replacement.request"].with_context(lang="fr_FR")
        typed = requests.new({"commune_id": self.commune_a.id, "post": "Secrétaire de mairie"})
        self.assertEqual(typed.display_name, "Brouillon – Aubrive – Secrétaire de mairie")
        request = self._request(submit=False)
        self.assertTrue(request.display_name.startswith(f"{request.name} – Aubrive"))
