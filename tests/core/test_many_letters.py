"""Letters to many: the press returns at once, the queue writes and sends them, each once."""

from contextlib import contextmanager
from unittest.mock import patch

from odoo.exceptions import UserError
from odoo.tests import tagged
from odoo.tools import mute_logger

from odoo.addons.commune_relations.models.core.mail_delivery import unwritten
from odoo.addons.commune_relations.models.network.event import invitation

from ..network.event_case import EventHttpCase
from ..requests.smtp_case import SmtpCase

LOGGER = "odoo.addons.commune_relations.models.core.mail_delivery.unwritten"


@tagged("post_install", "-at_install")
class TestManyLetters(EventHttpCase, SmtpCase):
    def setUp(self):
        super().setUp()
        self.startPatcher(patch.object(unwritten, "MOST_NOW", 1))  # two are many
        self.persons = (self.portal_a | self.portal_b).partner_id
        self.event.invited_ids = self.persons
        self.env["mail.mail"].search([("state", "=", "outgoing")]).unlink()
        self.outbox.take()

    def _invite(self, action="action_invite"):
        """What the person who presses reads."""
        event = self.event.with_user(self.officer).with_context(lang="fr_FR")
        answer = getattr(event, action)()
        # Nothing of the request is left to the queue but its rows.
        self.env.flush_all()
        self.env.invalidate_all()
        return answer["params"]["message"]

    def _mails(self):
        return self.env["mail.mail"].search([("state", "=", "outgoing")])

    def _arrived(self):
        """(address, message) of what leaves, in that order."""
        return [(recipients[0], message) for recipients, message in self._outgoing()]

    def _addresses(self):
        return sorted(address for address, _message in self._arrived())

    def _everybody(self):
        return sorted(self.persons.mapped("email"))

    def test_the_person_is_informed_and_nothing_passes_for_sent(self):
        message = self._invite()
        self.assertIn("2", message)
        self.assertIn("arrière-plan", message)
        self.assertFalse(self._mails())
        self.assertEqual(self.event.letters_state, "queued")
        self.assertFalse(any(self.event.invitation_ids.mapped("sent_date")))
        received = dict(self._arrived())
        self.assertEqual(sorted(received), self._everybody())
        self.env.invalidate_all()
        self.assertEqual(self.event.letters_state, "left")
        self.assertTrue(all(self.event.invitation_ids.mapped("sent_date")))
        first = received[self.portal_a.partner_id.email]
        self.assertEqual(first["From"].addresses[0].display_name, "Les Deux Rives")
        self.assertIn("Madame AUBRY", first.get_body(("html",)).get_content())
        (calendar,) = first.iter_attachments()
        self.assertEqual(calendar.get_filename(), "invitation.ics")

    def test_few_letters_are_written_at_once(self):
        self.event.invited_ids = self.portal_a.partner_id
        self.assertNotIn("arrière-plan", self._invite())
        self.assertEqual(len(self._mails()), 1)

    def test_nobody_is_written_to_twice(self):
        self._invite()
        self.assertIn(": 0", self._invite().replace("\N{NO-BREAK SPACE}", " "))
        self._invite("action_invite_again")
        self.assertEqual(self._addresses(), self._everybody())
        self.assertEqual(self._addresses(), [])

    def test_a_queue_that_is_cut_begins_again(self):
        self._invite()
        Delivery = self.env["commune.letter.delivery"]
        with self.env.cr.savepoint() as point:
            self.assertEqual(Delivery._write_next(), 2)
            self.assertEqual(len(self._mails()), 2)
            point.rollback()
            self.env.invalidate_all()
        self.assertFalse(self._mails())
        self.assertEqual(self._addresses(), self._everybody())
        self.assertEqual(self._addresses(), [])

    def test_the_scheduled_job_goes_on_by_batches(self):
        self.event.invited_ids |= self.portal_both.partner_id
        self._invite()
        delivery = type(self.env["commune.letter.delivery"])
        write_next, written = delivery._write_next, []

        def note(letters):
            written.append(write_next(letters))
            return written[-1]

        with patch.object(delivery, "_write_next", note):
            self.env.ref("mail.ir_cron_mail_scheduler_action").method_direct_trigger()
        self.assertEqual(written, [1, 1, 1])
        received = [recipients[0] for _sender, recipients, _content in self.outbox.take()]
        self.assertEqual(
            sorted(received), sorted(self.event.invitation_ids.partner_id.mapped("email"))
        )

    @contextmanager
    def _unwritable(self, person):
        """The text for this person fails."""
        letter = type(self.env["commune.event.invitation"])
        greet = letter._get_letter_greeting

        def fail(record):
            if record.partner_id == person:
                raise UserError("Sans texte")
            return greet(record)

        with patch.object(letter, "_get_letter_greeting", fail), mute_logger(LOGGER):
            yield

    def test_one_that_cannot_be_written_holds_back_nobody(self):
        self._invite()
        with self._unwritable(self.portal_b.partner_id):
            self.assertEqual(self._addresses(), [self.portal_a.partner_id.email])
        self.assertEqual(self.event.letters_state, "lost")
        lost = self.env["commune.letter.delivery"].search([("state", "=", "lost")])
        self.assertEqual(lost.partner_id, self.portal_b.partner_id)
        self.assertIn("Sans texte", lost.server_reply)
        lost.with_user(self.officer).action_try_again()
        reached = [address for address in self._addresses() if address in self._everybody()]
        self.assertEqual(reached, [self.portal_b.partner_id.email])

    def test_a_later_letter_does_not_arrive_first(self):
        self._invite()
        self.event._register_persons(self.mandate_a, self.env.user.partner_id)
        subjects = [
            message["Subject"]
            for address, message in self._arrived()
            if address == self.portal_a.partner_id.email
        ]
        self.assertEqual(len(subjects), 2)
        self.assertIn("Invitation", subjects[0])
        self.assertNotIn("Invitation", subjects[1])

    def test_invitations_are_made_by_batches_and_counted_together(self):
        sizes, model = [], self.env.registry["commune.event.invitation"]
        send = model._send_invitations

        def measured(invitations):
            sizes.append(len(invitations))
            return send(invitations)

        with (
            patch.object(invitation, "MOST_TOGETHER", 1),
            patch.object(model, "_send_invitations", measured),
        ):
            self.assertIn("2", self._invite())
        self.assertEqual(sizes, [1, 1])
        self.assertEqual(len(self.event.invitation_ids), 2)
        self.assertEqual(self._addresses(), self._everybody())

    def test_an_event_called_off_is_written_by_the_queue(self):
        for mandate in (self.mandate_a, self.mandate_b):
            self.event._register_persons(mandate, self.env.user.partner_id)
        self.assertEqual(self._addresses(), self._everybody())
        self.event.with_user(self.officer).action_cancel_event()
        self.assertFalse(self._mails())
        received = self._arrived()
        self.assertEqual(sorted(address for address, _message in received), self._everybody())
        for _address, message in received:
            self.assertIn("annul", message["Subject"].lower())

    def test_letters_wait_for_our_sender_as_others_do(self):
        company = type(self.env.company)
        with patch.object(company, "_holds_letters", lambda _company: True):
            self._invite()
            self.assertEqual(self.event.letters_state, "held")
            self.assertEqual(self._addresses(), [])
        self.assertEqual(self._addresses(), self._everybody())

    def test_a_letter_about_what_is_gone_does_not_leave(self):
        self._invite()
        self.event.invitation_ids.filtered(
            lambda one: one.partner_id == self.portal_b.partner_id
        ).unlink()
        self.assertEqual(self._addresses(), [self.portal_a.partner_id.email])
