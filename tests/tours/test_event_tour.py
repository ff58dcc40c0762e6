"""From the invitation to the certificate, on the screens."""

from odoo.tests import HttpCase, tagged

from ..network.event_case import EventCase


@tagged("post_install", "-at_install")
class TestEventTour(EventCase, HttpCase):
    browser_size = "375x667"
    touch_enabled = True

    def test_from_the_registration_to_the_certificate(self):
        self.event.write({"portal_scope": "all", "seats_limited": True, "seats_max": 2})
        mandates = self._colleagues(3)
        self.start_tour("/my/events", "commune_relations.event_register", login="test_mayor_a")
        self.assertEqual(
            [self._registration(m).state for m in mandates], ["cancel", "open", "open"]
        )
        self.assertIn("libre", self._letters(mandates[2].partner_id)[-1].subject)
        self._bring_to_today()
        morning = self.event.half_day_ids.sorted()[0]
        self.officer.password = "test_officer"
        self.start_tour(
            f"/commune/check-in/{self.event.id}?half_day={morning.id}",
            "commune_relations.event_check_in",
            login="test_officer",
        )
        present = self._registration(mandates[2])
        self.assertEqual((present.state, present.attended_hours), ("done", 2.5))
        self.assertEqual(present.action_print_certificate()["type"], "ir.actions.report")
        self.assertFalse(self._registration(mandates[1]).attended_half_days)

    def test_an_invitation_is_answered_three_times_without_an_account(self):
        self.event.invited_ids = self.portal_a.partner_id
        self.event.action_invite()
        invitation = self.event.invitation_ids
        self.start_tour(
            f"/event-invitation/{invitation.token}", "commune_relations.event_invitation"
        )
        self.assertEqual(invitation.answer, "no")
        self.assertEqual(set(self._places().mapped("state")), {"cancel"})
