"""Letters to the network: recipients, approval, limit of the week, figures by commune."""

from unittest.mock import patch

from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged

from odoo.addons.commune_relations.models.core.inside import INSIDE

from .mailing_case import BODY, MailingCase


class QuietCase(MailingCase):
    """The queue of Odoo commits; in a test it must not."""

    def setUp(self):
        super().setUp()
        self.startPatcher(
            patch.object(type(self.env["ir.cron"]), "_commit_progress", lambda *a, **k: 0)
        )


@tagged("post_install", "-at_install")
class TestRecipients(QuietCase):
    def test_a_list_knows_that_it_follows_an_audience_and_nobody_says_otherwise(self):
        """A letter to it would else leave unread by the organisation."""
        followed = self.audience.mailing_list_id.sudo()
        self.assertTrue(followed.follows_audience)
        followed.follows_audience = False
        self.assertTrue(followed.follows_audience)
        letter = self.env["mailing.mailing"].create(
            {"subject": "Lettre", "body_html": BODY, "contact_list_ids": followed.ids}
        )
        self.assertTrue(letter._is_for_communes())
        other = followed.create({"name": "Clientes", "follows_audience": True})
        self.assertFalse(other.follows_audience)
        self.audience.active = False
        followed.invalidate_recordset()
        self.env.add_to_compute(followed._fields["follows_audience"], followed)
        self.assertTrue(followed.follows_audience)

    def test_the_members_of_the_moment_once_each(self):
        both = self.audience | self._audience("mayor", name="Maires")
        letter = self._letter(both)
        self.assertEqual(letter.person_count, 3)
        self._approve(letter).action_launch()
        # One leaves between the launch and the sending, whatever the lists contain.
        self.mandate_b.with_context(audience_refreshing=INSIDE).action_end_today()
        self.env["mailing.mailing"]._process_mass_mailing_queue()
        self.assertEqual(self._written_to(letter), self.mayor_a | self.deputy)
        self.assertEqual(letter.state, "done")
        self.assertEqual(len(self._traces(letter)), 2)

    def test_an_address_shared_by_two_persons_is_written_to_once(self):
        self.deputy.email = self.mayor_a.email
        letter = self._send(self._letter())
        self.assertEqual(len(self._written_to(letter)), 2)
        outcomes = self._outcomes(letter)
        self.assertEqual(
            sorted([outcomes[self.mayor_a], outcomes[self.deputy]]), ["duplicate", "sent"]
        )

    def test_those_without_address_and_those_who_refuse(self):
        self.mayor_b.email = False
        self.env["commune.contact.preference"]._set_preference(self.deputy, True)
        letter = self._letter()
        self.assertEqual((letter.person_count, letter.aside_count), (1, 2))
        action = letter.action_open_aside()
        self.assertEqual(
            self.env["res.partner"].search(action["domain"]), self.mayor_b | self.deputy
        )
        self._send(letter)
        self.assertEqual(
            self._outcomes(letter),
            {self.mayor_a: "sent", self.mayor_b: "no_email", self.deputy: "refused"},
        )

    def test_a_refusal_of_a_theme_leaves_the_others(self):
        theme, other = self.env["commune.topic"].create(
            [{"name": "Eau", "code": "T-EAU"}, {"name": "Voirie", "code": "T-VOI"}]
        )
        self.env["commune.contact.preference"]._set_preference(self.deputy, True, theme=theme)
        self.assertEqual(self._letter(theme_id=theme.id).person_count, 2)
        self.assertEqual(self._letter(theme_id=other.id).person_count, 3)
        self.assertEqual(self._letter().person_count, 3)

    def test_a_service_message_is_never_blocked(self):
        self.env["commune.contact.preference"]._set_preference(self.mayor_a, True)
        self.env["commune.contact.preference"]._set_preference(
            self.mayor_b, True, audience=self.audience
        )
        self.env["mail.blacklist"]._add(self.deputy.email)
        self.assertEqual(self._letter().person_count, 0)
        letter = self._send(self._letter(is_service=True, use_exclusion_list=False))
        self.assertEqual(len(self._written_to(letter)), 3)

    def test_the_refusal_that_survives_the_end_of_a_mandate_stops_the_letter(self):
        self.env["commune.contact.preference"]._set_preference(self.mayor_a, True)
        self.mandate_a.date_end = self.yesterday
        self._mandate(self.mayor_a, self.commune_a, "deputy_mayor", date_start=self.today)
        letter = self._send(self._letter())
        self.assertNotIn(self.mayor_a, self._written_to(letter))

    def test_a_letter_to_the_list_of_an_audience_is_right_too(self):
        mailing_list = self.audience.mailing_list_id
        letter = (
            self.env["mailing.mailing"]
            .with_user(self.officer)
            .create(
                {
                    "subject": "Par la liste",
                    "body_html": "<p>Bonjour</p>",
                    "body_arch": "<p>Bonjour</p>",
                    "mailing_model_id": self.env["ir.model"]._get_id("mailing.list"),
                    "contact_list_ids": mailing_list.ids,
                }
            )
        )
        self._approve(letter).action_launch()
        self.mandate_b.with_context(audience_refreshing=INSIDE).action_end_today()
        self.env["mailing.mailing"]._process_mass_mailing_queue()
        self.assertEqual(self._written_to(letter), self.mayor_a | self.deputy)

    def test_without_audience_nobody(self):
        letter = self._letter()
        letter.audience_ids = False
        self.assertEqual(letter._get_recipients(), [])
        with self.assertRaises(UserError):
            letter.action_request_approval()

    def test_a_letter_stays_for_persons(self):
        letter = self._letter()
        letter.mailing_model_id = self.env["ir.model"]._get("mailing.list")
        self.assertEqual(letter.mailing_model_real, "res.partner")


@tagged("post_install", "-at_install")
class TestApproval(QuietCase):
    def test_nobody_sends_without_approval(self):
        for user in (self.officer, self.manager):
            letter = self._letter(user=user)
            for action in (
                letter.action_launch,
                letter.action_put_in_queue,
                letter.action_send_mail,
            ):
                with self.assertRaises(UserError):
                    action()
            with self.assertRaises(UserError):
                letter.state = "in_queue"
            with self.assertRaises(UserError):
                letter.sudo().action_launch()
            self.assertFalse(self._traces(letter))

    def test_an_officer_cannot_approve_by_any_way(self):
        letter = self._letter()
        letter.action_request_approval()
        with self.assertRaises(AccessError):
            letter.action_approve()
        with self.assertRaises(AccessError):
            letter.approval_state = "approved"
        with self.assertRaises(AccessError):
            self._letter(approval_state="approved")
        forged = (
            self.env["mailing.mailing"]
            .with_user(self.officer)
            .with_context(default_approval_state="approved", default_state="in_queue")
            .create({"subject": "Forgée", "body_html": "<p>x</p>"})
        )
        self.assertEqual((forged.approval_state, forged.state), ("draft", "draft"))

    def test_managers_are_notified_and_then_no_more(self):
        letter = self._letter()
        letter.action_request_approval()
        self.assertIn(self.manager, letter.sudo().activity_ids.user_id)
        letter.with_user(self.manager).action_approve()
        self.assertFalse(letter.sudo().activity_ids)
        self.assertEqual(letter.approved_by_id, self.manager)

    def test_a_change_takes_the_approval_back(self):
        attachment = (
            self.env["ir.attachment"]
            .with_user(self.officer)
            .create({"name": "plan.txt", "raw": b"plan"})
        )
        for change in (
            {"attachment_ids": [(4, attachment.id)]},
            {"subject": "Autre objet"},
            {"body_html": "<p>Autre texte</p>"},
            {"audience_ids": [(6, 0, self._audience("mayor").ids)]},
            {"is_service": True},
        ):
            letter = self._approve(self._letter())
            letter.action_launch()
            self.assertEqual(letter.state, "in_queue")
            letter.write(change)
            self.assertEqual((letter.approval_state, letter.state), ("requested", "draft"))
            self.assertFalse(letter.approved_by_id)
            self.assertIn("approved again", letter.sudo().message_ids[0].body)
            self.assertIn(self.manager, letter.sudo().activity_ids.user_id)
            with self.assertRaises(UserError):
                letter.action_launch()
            letter.with_user(self.manager).action_approve()
            letter.action_launch()
            self.assertEqual(letter.state, "in_queue")

    def test_what_is_sent_back_is_in_preparation_again(self):
        letter = self._letter()
        letter.action_request_approval()
        letter.subject = "Objet relu avant l’approbation"
        self.assertEqual(letter.approval_state, "requested")
        letter.with_user(self.manager).action_send_back()
        self.assertEqual(letter.approval_state, "draft")
        self.assertFalse(letter.sudo().activity_ids)

    def test_what_changes_nothing_keeps_the_approval(self):
        letter = self._approve(self._letter())
        letter.write({"subject": letter.subject, "color": 3})
        self.assertEqual(letter.approval_state, "approved")

    def test_a_queue_with_an_unapproved_mailing_goes_on(self):
        good = self._approve(self._letter())
        good.action_launch()
        bad = self._letter()
        self.env.cr.execute("UPDATE mailing_mailing SET state='in_queue' WHERE id=%s", (bad.id,))
        bad.invalidate_recordset()
        self.env["mailing.mailing"]._process_mass_mailing_queue()
        self.assertEqual(good.state, "done")
        self.assertEqual(bad.state, "draft")
        self.assertFalse(self._traces(bad))

    def test_what_the_model_leaves_to_write_is_not_sent(self):
        wizard = (
            self.env["commune.mailing.new"]
            .with_user(self.officer)
            .create({"kind": "watch", "subject": "Veille", "audience_ids": self.audience.ids})
        )
        letter = self.env["mailing.mailing"].browse(wizard.action_create()["res_id"])
        self.assertEqual(letter.network_kind, "watch")
        self.assertIn("Les Deux Rives", letter.body_html)
        with self.assertRaises(UserError):
            letter.with_user(self.officer).action_request_approval()

    def test_the_test_message_needs_no_approval(self):
        letter = self._letter()
        test = (
            self.env["mailing.mailing.test"]
            .with_user(self.officer)
            .create({"mass_mailing_id": letter.id, "email_to": "claire@metropole.example"})
        )
        test.send_mail_test()
        self.assertFalse(self._traces(letter))

    def test_a_sent_letter_is_kept(self):
        letter = self._send(self._letter())
        with self.assertRaises(UserError):
            letter.unlink()
        self._letter().unlink()
