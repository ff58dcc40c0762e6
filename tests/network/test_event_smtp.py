"""An invitation over real SMTP: what arrives opens in a calendar and answers in one press."""

import re

from odoo.tests import tagged

from ..requests.smtp_case import SmtpCase
from .event_case import EventHttpCase


@tagged("post_install", "-at_install")
class TestEventSmtp(EventHttpCase, SmtpCase):
    def _arrived(self):
        """Send what is queued; {address: last message}."""
        self.env["mail.mail"].sudo().search([("state", "=", "outgoing")]).send()
        return {
            address: message for recipients, message in self._outgoing() for address in recipients
        }

    def _html(self, message):
        return message.get_body(("html",)).get_content()

    def test_the_invitation_the_answer_and_the_confirmation(self):
        self.event.invited_ids = (self.portal_a | self.portal_b).partner_id
        self.event.action_invite()
        received = self._arrived()
        self.assertEqual(
            sorted(received), sorted(u.partner_id.email for u in self.portal_a | self.portal_b)
        )
        message = received[self.portal_a.partner_id.email]
        self.assertIn(self.event.name, message["Subject"])
        self.assertEqual(message["From"].addresses[0].display_name, "Les Deux Rives")
        (calendar,) = message.iter_attachments()
        self.assertEqual(calendar.get_content_type(), "text/calendar")
        self.assertEqual(calendar.get_filename(), "invitation.ics")
        content = calendar.get_content()
        content = content.decode() if isinstance(content, bytes) else content
        start, _end = self.event.half_day_ids.sorted()[0]._get_moments()
        self.assertIn(f"DTSTART:{start:%Y%m%dT%H%M%SZ}", content)
        self.assertIn(f"/my/events/{self.event.id}", content.replace("\r\n ", ""))

        (link,) = set(re.findall(r'href="[^"]*(/event-invitation/[^"/]+)"', self._html(message)))
        other = received[self.portal_b.partner_id.email]
        self.assertNotIn(link, self._html(other))
        self._login(None)
        # A scanner of mail opens the link: nothing is answered.
        self.assertEqual(self.url_open(link).status_code, 200)
        self.assertFalse(self._places())
        self.assertEqual(self._post(f"{link}/answer", answer="yes").status_code, 200)
        self.assertEqual(self._places().attendee_partner_id, self.portal_a.partner_id)

        confirmation = self._arrived()[self.portal_a.partner_id.email]
        self.assertIn(link, self._html(confirmation))
        (calendar,) = confirmation.iter_attachments()
        self.assertEqual(calendar.get_content_type(), "text/calendar")
