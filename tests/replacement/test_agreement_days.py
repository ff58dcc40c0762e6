"""A convention is judged on the days asked for, not on the day on which the question is put."""

from datetime import date, timedelta
from unittest.mock import patch

from odoo.exceptions import UserError
from odoo.tests import Form, HttpCase, tagged
from odoo.tools import html2plaintext

from .replacement_case import MONDAY, TODAY, ReplacementCase

TUESDAY = MONDAY + timedelta(days=1)


@tagged("post_install", "-at_install")
class TestAgreementDays(ReplacementCase, HttpCase):
    @classmethod
    def setUpClass(cls):
        """Estimates and conventions to come are judged before the days asked for."""
        super().setUpClass()
        companies = cls.env.registry["res.company"]
        cls.startClassPatcher(patch.object(companies, "_get_today", lambda company: TODAY))

    def _end(self, agreement, day):
        """Its end was written so before it was signed: its dates do not change any more."""
        self.env.flush_all()
        self.env.cr.execute("UPDATE agreement SET end_date = %s WHERE id = %s", (day, agreement.id))
        self.env.invalidate_all()

    def _print(self, name, record):
        """The text of a document, one space between words."""
        values = self.env[f"report.commune_relations.{name}"]._get_report_values(record.ids)
        html = self.env["ir.qweb"]._render(f"commune_relations.{name}", values)
        return " ".join(html2plaintext(str(html)).split())

    def test_one_that_ends_before_the_days_does_not_count(self):
        """In force today, over on the Monday asked for; and until the Monday for a Tuesday too."""
        self._agree(self.commune_b, end_date=MONDAY - timedelta(days=1))
        with self.assertRaisesRegex(UserError, "Bellefontaine"):
            self._request(self.commune_b, date_end=TUESDAY)
        self._agree(self.commune_b, start_date=MONDAY, end_date=MONDAY)
        with self.assertRaisesRegex(UserError, "12 janvier 2027|January 12, 2027"):
            self._request(self.commune_b, date_end=TUESDAY)
        self.assertTrue(self._request(self.commune_b, date_end=MONDAY).agreement_id)

    def test_one_signed_for_later_counts_from_its_first_day(self):
        later = self._agree(self.commune_b, state="signed", start_date=MONDAY)
        request = self._request(self.commune_b, date_end=MONDAY)
        self.assertEqual((request.state, request.agreement_id), ("submitted", later))
        with self.assertRaises(UserError):
            early = MONDAY - timedelta(days=7)
            self._request(self.commune_b, date_start=early, date_end=MONDAY)
        request._assign(self.nadia, request.slot_ids)
        self.authenticate("test_mayor_b", "test_mayor_b")
        self.assertNotIn("alert-warning", self.url_open("/my/replacements/new").text)

    def test_one_that_is_signed_and_did_not_come_into_force_does_not_count(self):
        """Its day has passed and something stopped it: somebody looks first."""
        self._agree(self.commune_b, state="signed", start_date="2026-02-01")
        with self.assertRaises(UserError):
            self._request(self.commune_b)

    def test_two_that_follow_one_another(self):
        """The mission is under the one of its own first day; the estimate names both with what each
        covers, as the order of mission and the statement of an agent who goes on both days."""
        self._end(self.agreement, MONDAY)
        following = self._agree(self.commune_a, start_date=TUESDAY)
        request = self._request(date_end=TUESDAY)
        self.assertTrue(request.has_agreement)
        html = self._print("replacement_quote", request)
        both = [
            f"{self.agreement.name} ({self.agreement.code}): 11 janvier 2027",
            f"{following.name} ({following.code}): 12 janvier 2027",
        ]
        for named in both:
            self.assertIn(named, html)
        first, second = request.slot_ids.sorted("date")
        missions = self.env["commune.replacement.mission"]
        for slot, agent in ((first, self.nadia), (second, self.karim)):
            proposal = request._assign(agent, slot)
            proposal._answer("agent", True, None)
            proposal._answer("commune", True, None)
            missions |= proposal.mission_id
        self.assertEqual(
            {mission.employee_id: mission.agreement_id for mission in missions},
            {self.nadia: self.agreement, self.karim: following},
        )
        # Each mission of one day names its own alone, without a day.
        for mission, (own, other) in zip(missions, (both, both[::-1]), strict=True):
            html = self._print("mission_entry", mission)
            self.assertIn(own.split(":")[0], html)
            self.assertNotIn(own, html)
            self.assertNotIn(other.split(":")[0], html)

    def test_a_mission_over_two_names_both(self):
        self._end(self.agreement, MONDAY)
        following = self._agree(self.commune_a, start_date=TUESDAY)
        request = self._request(date_end=TUESDAY)
        proposal = request._assign(self.nadia, request.slot_ids)
        proposal._answer("agent", True, None)
        proposal._answer("commune", True, None)
        mission = proposal.mission_id
        html = self._print("mission_entry", mission)
        self.assertIn(f"{self.agreement.name} ({self.agreement.code}): 11 janvier 2027", html)
        self.assertIn(f"{following.name} ({following.code}): 12 janvier 2027", html)
        place = dict(mission._get_order_place())["Convention"]
        with Form(mission.with_user(self.coordinator)) as form:
            shown = form.agreement_names
        for one, day in ((self.agreement, "11 janvier 2027"), (following, "12 janvier 2027")):
            self.assertIn(f"{one.display_name} ({day})", place)
            self.assertIn(f"{one.display_name} ({day})", shown)

    def test_the_form_of_a_mission_names_the_convention_of_its_days(self):
        """A mission agreed under the first, whose days are all moved under the second."""
        request = self._request(date_end=MONDAY)
        proposal = request._assign(self.nadia, request.slot_ids)
        proposal._answer("agent", True, None)
        proposal._answer("commune", True, None)
        mission = proposal.mission_id
        self.assertFalse(mission.agreement_names)
        self._end(self.agreement, MONDAY - timedelta(days=1))
        following = self._agree(self.commune_a, start_date=MONDAY)
        self.env.invalidate_all()
        self.assertEqual(
            mission.with_user(self.coordinator).agreement_names, following.display_name
        )

    def test_ended_since_it_was_asked_for(self):
        """Nobody is chosen, agreed or prolonged beyond the convention."""
        request = self._request(date_end=TUESDAY)
        proposal = request._assign(self.nadia, request.slot_ids)
        proposal._answer("agent", True, None)
        self._end(self.agreement, MONDAY)
        with self.assertRaisesRegex(UserError, "12 janvier 2027|January 12, 2027"):
            proposal._answer("commune", True, None)
        other = self._request(date_end=MONDAY)
        mission = other._assign(self.karim, other.slot_ids)
        mission._answer("agent", True, None)
        mission._answer("commune", True, None)
        with self.assertRaisesRegex(UserError, "convention"):
            week = {(0, "am"), (1, "am")}
            mission.mission_id._amend(week, MONDAY, TUESDAY, "Un jour de plus")
        quote = self.env["report.commune_relations.replacement_quote"]
        self.assertFalse(quote._get_report_values(request.ids)["agreements"])

    def test_the_second_half_day_of_an_agent_is_judged_too(self):
        """Monday is held under the convention; Tuesday is beyond it: list, board and choice agree.
        What is agreed already does not stop what the next convention covers."""
        request = self._request(date_end=TUESDAY)
        first, second = request.slot_ids.sorted("date")
        request._assign(self.nadia, first)
        self._end(self.agreement, MONDAY)
        with self.assertRaisesRegex(UserError, "convention"):
            request._check_agent(self.nadia, second)
        self.assertFalse([line for line in request._get_candidates() if line["eligible"]])
        takers = self.env["commune.replacement.board"].get_takers(second.ids)
        self.assertTrue(all(one["reasons"] for one in takers))
        self._agree(self.commune_a, start_date=TUESDAY)
        self.env.invalidate_all()
        request._assign(self.nadia, second)

    def test_the_days_of_an_expired_one_stay_its_own(self):
        """Billed after its end, what was worked under it is under it."""
        self._end(self.agreement, MONDAY)
        self.agreement.state = "expired"
        found = self.commune_a._get_agreements_of_days([MONDAY, TUESDAY])
        self.assertEqual((found[MONDAY], bool(found[TUESDAY])), (self.agreement, False))

    def test_one_ended_early_covers_its_notice(self):
        """Ended on the Monday: that day is asked for, agreed and billed under it, not Tuesday; an
        amendment that was to begin later never covers anything."""
        later = self._agree(
            self.commune_a, parent_id=self.agreement.id, state="signed", start_date=TUESDAY
        )
        self.agreement.with_user(self.officer).write(
            {"termination_date": MONDAY, "termination_reason": "Essai"}
        )
        self.env.flush_all()
        self.env.cr.execute("UPDATE agreement SET notice_months = 0")
        self.env.invalidate_all()
        self.agreement.with_user(self.officer).action_terminate()
        self.env.flush_all()
        self.env.invalidate_all()
        self.assertEqual((self.agreement.state, later.state), ("terminated", "terminated"))
        found = self.commune_a._get_agreements_of_days([MONDAY, TUESDAY])
        self.assertEqual((found[MONDAY], bool(found[TUESDAY])), (self.agreement, False))
        self.assertEqual(self._request(date_end=MONDAY).agreement_id, self.agreement)
        with self.assertRaisesRegex(UserError, "12 janvier 2027|January 12, 2027"):
            self._request(date_end=TUESDAY)
        self.authenticate("test_mayor_a", "test_mayor_a")
        self.assertNotIn("alert-warning", self.url_open("/my/replacements/new").text)

    def test_one_given_up_covers_nothing(self):
        self.agreement.state = "terminated"
        self.assertFalse(self.commune_a._get_replacement_agreement(MONDAY))

    def test_many_requests_are_judged_in_as_many_queries_as_one(self):
        requests = self.env["commune.replacement.request"]
        for week in range(4):
            start = date(2027, 1, 11) + timedelta(weeks=week)
            requests |= self._request(date_start=start, date_end=start + timedelta(days=1))
        one = self._queries_of(lambda: requests[:1]._get_agreements_by_day())
        self.assertEqual(self._queries_of(lambda: requests._get_agreements_by_day()), one)
