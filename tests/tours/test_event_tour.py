"""From the invitation to the certificate, on the screens."""

from odoo.tests import tagged

from ..network.event_case import EventCase
from .common import SlowPhoneCase, without_missing_asset


@tagged("post_install", "-at_install")
class TestEventTour(EventCase, SlowPhoneCase):
    browser_size = "375x667"
    touch_enabled = True

    def test_from_the_invitation_to_the_certificate(self):
        self.event.write({"seats_limited": True, "seats_max": 2})
        mandates = self._colleagues(3)
        self._invite_from_the_office()
        self.start_tour("/my", "commune_relations.event_register", login="test_secretary_ab")
        self.assertEqual(
            [self._registration(m).state for m in mandates], ["cancel", "open", "open"]
        )
        self.assertEqual(self._registration(mandates[1]).registered_by_id, self.secretary)
        self.assertIn("libre", self._letters(mandates[2].partner_id)[-1].subject)
        self._bring_to_today()
        morning = self.event.half_day_ids.sorted()[0]
        self.start_tour(
            f"/commune/check-in/{self.event.id}?half_day={morning.id}",
            "commune_relations.event_check_in",
            login="test_officer",
        )
        present = self._registration(mandates[2])
        self.assertEqual((present.state, present.attended_hours), ("done", 2.5))
        self.assertFalse(self._registration(mandates[1]).attended_half_days)
        self.start_tour(
            f"/my/events/{self.event.id}",
            "commune_relations.event_certificate",
            login="test_secretary_ab",
        )
        self.assertTrue(present.certificate_number)
        self.assertFalse(self._registration(mandates[1]).certificate_number)

    def _invite_from_the_office(self):
        """An officer chooses an audience on the form and sends the invitations."""
        without_missing_asset(self.env)
        self.secretary = self.portal_both.partner_id
        self.env["commune.audience"].create(
            {"name": "Secrétaires (essai)", "included_ids": self.secretary.ids}
        )
        self.officer.password = "test_officer"
        self.browser_size, self.touch_enabled = "1366x768", False
        self.start_tour(
            f"/odoo/commune-events/{self.event.id}",
            "commune_relations.event_invite",
            login="test_officer",
        )
        self.browser_size, self.touch_enabled = "375x667", True
        self.assertEqual(self.event.invitation_ids.partner_id, self.secretary)
        self.assertIn("/event-invitation/", self._copy(self._letters(self.secretary)[-1]))

    def test_an_invitation_is_answered_three_times_without_an_account(self):
        self.event.invited_ids = self.portal_a.partner_id
        self.event.action_invite()
        invitation = self.event.invitation_ids
        self.start_tour(
            f"/event-invitation/{invitation.token}", "commune_relations.event_invitation"
        )
        self.assertEqual(invitation.answer, "no")
        self.assertEqual(set(self._places().mapped("state")), {"cancel"})
