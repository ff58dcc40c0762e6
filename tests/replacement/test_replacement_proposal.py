import re
from datetime import timedelta

from odoo import fields, http
from odoo.exceptions import UserError
from odoo.tests import HttpCase, freeze_time, tagged

from .replacement_case import ReplacementCase


@tagged("post_install", "-at_install")
class TestReplacementProposal(ReplacementCase, HttpCase):
    def setUp(self):
        super().setUp()
        self.portal_a.partner_id.email = "anne.aubry@aubrive.example"
        self.demand = self._request(requester_id=self.portal_a.partner_id.id)
        self.proposal = self.demand._assign(self.nadia, self.demand.slot_ids)

    def _post(self, side, **data):
        data = {"csrf_token": http.Request.csrf_token(self), **data}
        return self.url_open(self._path(side) + "/answer", data=data)

    def _path(self, side):
        return f"/replacement-proposal/{self.proposal.sudo()[f'{side}_token']}"

    def test_the_agent_then_the_commune_answer_by_link_without_account(self):
        """M9."""
        self.authenticate(None, None)
        self.proposal.action_send_agent()
        page = self.url_open(self._path("agent"))
        self.assertEqual(page.status_code, 200)
        self.assertIn("Aubrive", page.text)
        self.assertEqual(page.headers["Cache-Control"], "no-store")
        self.assertEqual(self.url_open(self._path("commune")).status_code, 404)
        self._post("agent", answer="yes")
        self.assertEqual(self.proposal.state, "sent_commune")
        page = self.url_open(self._path("commune"))
        self.assertIn("Nadia F.", page.text)
        self._post("commune", answer="yes")
        self.assertEqual(self.proposal.state, "accepted")
        self.assertEqual(self.demand.state, "filled")
        self.assertEqual(self.proposal.answered_by_id, self.portal_a.partner_id)
        again = self._post("commune", answer="no")
        self.assertEqual(again.status_code, 409)
        self.assertEqual(self.proposal.state, "accepted")

    def test_what_a_link_does_is_signed_by_its_holder(self):
        self.authenticate(None, None)
        self.proposal.action_send_agent()
        self.env.cr.flush()
        last = max(self._get_messages().ids, default=0)
        self._post("agent", answer="yes")
        self._post("commune", answer="yes")
        made = self._get_messages().filtered(lambda message: message.id > last)
        self.assertTrue(made)
        self.assertNotIn(self.env.ref("base.public_partner"), made.author_id)
        self.assertIn(self.portal_a.partner_id, made.author_id)

    def _get_messages(self):
        demand = self.demand.sudo()
        demand.invalidate_recordset()
        mission = self.proposal.mission_id
        return demand.message_ids | self.proposal.message_ids | mission.message_ids

    def test_the_links_are_for_their_person_or_for_a_browser_without_account(self):
        self.proposal.action_send_agent()
        self.nadia.user_id = self._portal("nadia", "Nadia", "FERRY", "mme")
        for login in ("test_mayor_a", "test_officer", "test_coordinator"):
            self.authenticate(login, login)
            self.assertEqual(self.url_open(self._path("agent")).status_code, 403)
            self._post("agent", answer="no")
        self.assertEqual(self.proposal.state, "sent_agent")
        self.authenticate("test_nadia", "test_nadia")
        self._post("agent", answer="yes")
        self.assertEqual(self.proposal.state, "sent_commune")
        for login in ("test_nadia", "test_secretary_ab", "test_coordinator"):
            self.authenticate(login, login)
            self.assertEqual(self.url_open(self._path("commune")).status_code, 403)
            self._post("commune", answer="yes")
        self.assertEqual(self.proposal.state, "sent_commune")
        self.authenticate("test_mayor_a", "test_mayor_a")
        self._post("commune", answer="yes")
        self.assertEqual(self.proposal.state, "accepted")

    def test_letters_go_to_the_agent_then_to_the_commune(self):
        mails = self.env["mail.mail"]
        before = mails.search([])
        self.proposal.action_send_agent()
        to_agent = mails.search([]) - before
        self.assertIn(self.nadia.work_contact_id, to_agent.recipient_ids)
        self.assertIn(self.proposal.sudo().agent_token, self._copy(to_agent))
        self.proposal._answer("agent", True, None)
        to_commune = mails.search([]) - before - to_agent
        self.assertIn(self.portal_a.partner_id, to_commune.recipient_ids)
        self.assertIn(self.proposal.sudo().commune_token, self._copy(to_commune))
        self.assertNotIn(self.proposal.sudo().agent_token, self._copy(to_commune))

    def test_the_letter_names_the_post_in_french(self):
        self.env["res.lang"]._activate_lang("fr_FR")
        lines = self.proposal.with_context(lang="fr_FR")._get_letter_lines()
        labels = [label for label, _value in lines]
        self.assertIn("Poste à tenir", labels)
        self.assertNotIn("Agent", labels, "the agent who is asked knows who it is")
        self.assertNotIn("Publier", labels)

    def test_a_decline_has_a_reason_and_the_next_agent_can_be_asked(self):
        self.authenticate(None, None)
        self.proposal.action_send_agent()
        self._post("agent", answer="no", reason="distance", note="Trop loin")
        self.assertEqual(self.proposal.state, "declined_agent")
        self.assertEqual(self.proposal.decline_reason, "distance")
        self.assertEqual(self.demand.state, "searching")
        found = {c["agent"]: c for c in self.demand._get_candidates()}
        self.assertFalse(found[self.nadia]["eligible"])
        self.assertTrue(found[self.karim]["eligible"])

    def test_what_is_withdrawn_gives_its_half_days_back(self):
        slots = self.demand.slot_ids
        self.proposal.action_send_agent()
        self.proposal.action_withdraw()
        self.assertEqual(self.proposal.state, "withdrawn")
        self.assertEqual(set(slots.mapped("state")), {"open"})
        self.assertFalse(slots.employee_id)
        self.assertEqual(self.demand.state, "searching")
        self.assertEqual(self.url_open(self._path("agent")).status_code, 404)
        # The same agent can be asked for the same half-days again.
        again = self.demand._assign(self.nadia, slots)
        self.assertEqual(slots.proposal_id, again)

    def _get_question_states(self):
        letters = self.env["commune.letter.delivery"].search(
            [("res_model", "=", self.proposal._name), ("res_id", "=", self.proposal.id)]
        )
        return [(one.kind.rpartition("_")[2], one.state) for one in letters.sorted("id")]

    def test_a_question_that_waits_for_the_relay_does_not_leave_after_its_answer(self):
        self.proposal.action_send_agent()
        self.assertEqual(self._get_question_states(), [("agent", "queued")])
        self.proposal._answer("agent", True, None)
        asked = [("agent", "replaced"), ("commune", "queued")]
        self.assertEqual(self._get_question_states()[:2], asked)
        self.proposal._answer("commune", True, None)
        self.assertEqual(self._get_question_states()[1], ("commune", "replaced"))

    def test_a_question_that_waits_for_the_relay_does_not_leave_after_a_withdrawal(self):
        self.proposal.action_send_agent()
        self.proposal.action_withdraw()
        self.assertEqual(self._get_question_states()[0], ("agent", "replaced"))

    def test_a_refusal_gives_the_half_days_back(self):
        self.proposal.action_send_agent()
        self.proposal._answer("agent", False, self.env["res.partner"], reason="distance")
        self.assertEqual(set(self.demand.slot_ids.mapped("state")), {"open"})
        self.assertFalse(self.demand.slot_ids.employee_id)

    def test_an_unanswered_proposal_expires(self):
        self.proposal.action_send_agent()
        later = fields.Datetime.now() + timedelta(hours=49)
        with freeze_time(later):
            with self.assertRaises(UserError):
                self.proposal._answer("agent", True, None)
            self.env["commune.replacement.proposal"]._cron_expire()
        self.assertEqual(self.proposal.state, "expired")
        self.assertEqual(set(self.demand.slot_ids.mapped("state")), {"open"})
        self.assertEqual(self.url_open(self._path("agent")).status_code, 404)

    def test_the_link_of_the_commune_dies_with_the_mandate_or_its_access(self):
        self.authenticate(None, None)
        self.proposal.action_send_agent()
        self.proposal._answer("agent", True, None)
        self.assertEqual(self.url_open(self._path("commune")).status_code, 200)
        for ending in ({"date_end": self.today}, {"portal_blocked": True}, {"active": False}):
            self.mandate_a.write(ending)
            self.assertEqual(self.url_open(self._path("commune")).status_code, 404, ending)
            self.assertEqual(self._post("commune", answer="yes").status_code, 404, ending)
            self.mandate_a.write({"date_end": False, "portal_blocked": False, "active": True})
        self.assertEqual(self.proposal.state, "sent_commune")
        self.assertEqual(self.url_open(self._path("commune")).status_code, 200)

    def test_when_the_requester_has_left_the_town_hall_is_asked(self):
        self.proposal.action_send_agent()
        self.mandate_a.date_end = self.today
        mails = self.env["mail.mail"].search([])
        self.proposal._answer("agent", True, None)
        letter = self.env["mail.mail"].search([]) - mails
        self.assertNotIn(self.portal_a.partner_id, letter.recipient_ids)
        self.assertEqual(self.proposal.asked_person_id, self.commune_a)
        self.authenticate(None, None)
        self.assertEqual(self.url_open(self._path("commune")).status_code, 200)

    def test_an_agent_who_asked_for_the_commune_does_not_accept_for_it(self):
        """The secretary who asked is also the agent, by an address of both: the town hall is
        asked, and neither the letter sent before nor the office accepts in that name."""
        self.nadia.work_contact_id.email = "Anne.Aubry@aubrive.example"
        self.proposal.action_send_agent()
        self.proposal._answer("agent", True, None)
        self.assertEqual(self.proposal.asked_person_id, self.commune_a)
        self.proposal.sudo().asked_person_id = self.portal_a.partner_id
        self.authenticate(None, None)
        self._post("commune", answer="yes")
        self.env.invalidate_all()
        self.assertEqual(self.proposal.state, "sent_commune")
        with self.assertRaisesRegex(UserError, "your own"), self.cr.savepoint():
            self.proposal._answer("commune", True, self.portal_a.partner_id)
        self.proposal._answer("commune", True, self.portal_both.partner_id)
        self.assertEqual(self.proposal.state, "accepted")

    def test_a_coordinator_who_acts_for_the_commune_does_not_accept_what_the_service_proposes(self):
        """By the personal link, under another contact; in the office; a colleague does."""
        self.coordinator.partner_id.email = "Anne.Aubry@aubrive.example"
        proposal = self.proposal.with_user(self.coordinator)
        self.demand.sudo().user_id = self.coordinator
        proposal.action_send_agent()
        proposal.action_agent_agrees()
        self.assertEqual(proposal.asked_person_id, self.portal_a.partner_id)
        self.authenticate(None, None)
        page = self._post("commune", answer="yes")
        self.assertEqual(page.status_code, 409)
        self.env.invalidate_all()
        with self.assertRaisesRegex(UserError, "act for the commune"), self.cr.savepoint():
            proposal.action_commune_agrees()
        self.assertEqual(self.proposal.state, "sent_commune")
        self.proposal.action_commune_agrees()  # a colleague of the service
        self.assertEqual(self.proposal.state, "accepted")

    def test_a_version_of_a_mission_is_signed_by_nobody_of_the_mission(self):
        self.proposal._answer("agent", True, None)
        self.proposal._answer("commune", True, None)
        version = self.proposal.mission_id.amendment_ids
        for contact in (self.nadia.work_contact_id, self.portal_both.partner_id):
            contact.email = "coline@rives.example"
            self.coordinator.partner_id.email = "Coline@Rives.example"
            self.env.flush_all()
            self.env.invalidate_all()
            with self.assertRaisesRegex(UserError, "another coordinator"), self.cr.savepoint():
                version.with_user(self.coordinator).action_sign()
            self.assertEqual(version.state, "draft")
            contact.email = False
        self.env.flush_all()
        self.env.invalidate_all()
        version.with_user(self.coordinator).action_sign()
        self.assertEqual(version.state, "signed")

    def test_the_link_of_the_agent_dies_with_the_file_of_the_agent(self):
        self.authenticate(None, None)
        self.proposal.action_send_agent()
        self.nadia.active = False
        self.assertEqual(self.url_open(self._path("agent")).status_code, 404)

    def test_an_unknown_link_opens_nothing(self):
        for token in ("x", "a" * 32, "é" * 40):
            page = self.url_open(f"/replacement-proposal/{token}")
            self.assertEqual(page.status_code, 404)

    def test_opening_the_link_answers_nothing(self):
        self.proposal.action_send_agent()
        self.url_open(self._path("agent"))
        self.url_open(self._path("agent") + "/answer")
        self.assertEqual(self.proposal.state, "sent_agent")

    def test_the_calendar_of_the_agent_is_followed_by_a_private_address(self):
        self.authenticate(None, None)
        mails = self.env["mail.mail"]
        before = mails.search([])
        self.nadia.with_user(self.coordinator).action_send_agent_calendar()
        letter = mails.search([]) - before
        self.assertEqual(letter.recipient_ids, self.nadia.work_contact_id)
        [path] = re.findall(r"(/replacement-calendar/[^\"]+)", self._copy(letter))
        page = self.url_open(path)
        self.assertEqual(page.text.count("BEGIN:VEVENT"), 4)
        self.assertEqual(page.text.count("STATUS:TENTATIVE"), 4)
        # The morning of 11 January 2027 starts at 8:30 in Metz: 7:30 UTC.
        self.assertIn("DTSTART:20270111T073000Z", page.text)
        self.nadia.action_send_agent_calendar()
        self.assertEqual(self.url_open(path).status_code, 404)
