"""Requests that are not for the intercommunality; duplicates."""

from odoo.exceptions import AccessError, UserError
from odoo.tests import Form, tagged

from .answer_case import AnswerCase

WIZARD = "commune_relations.commune_request_reroute_view_form"


@tagged("post_install", "-at_install")
class TestReroute(AnswerCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.topic.write(
            {
                "level": "departement",
                "outside_name": "Département, service des routes",
                "outside_contact": "03 00 00 00 00",
            }
        )

    def _form(self, user, request=None):
        return Form(
            self.env["commune.request.reroute"]
            .with_user(user)
            .with_context(default_ticket_id=(request or self.request).id),
            view=WIZARD,
        )

    def test_the_topic_proposes_who_to_ask_and_a_text(self):
        form = self._form(self.referent)
        self.assertEqual(form.level, "departement")
        self.assertEqual(form.outside_name, "Département, service des routes")
        self.assertEqual(form.outside_contact, "03 00 00 00 00")
        self.assertIn("Département", form.explanation)
        form.level = "commune"
        self.assertIn("police", form.explanation)

    def test_the_commune_receives_the_contact_and_the_request_is_counted_separately(self):
        form = self._form(self.referent)
        form.outside_contact = "routes@example.org"
        before = self._comments()
        form.save().action_send()
        self.assertEqual(self.request.stage_kind, "rerouted")
        self.assertEqual(self.request.level_answer, "departement")
        self.assertEqual(self.request.rerouted_count, 1)
        sent = self._comments() - before
        self.assertEqual(len(sent), 1)
        self.assertEqual(sent.body.count("routes@example.org"), 1)
        self.assertNotIn("03 00 00 00 00", sent.body.replace("\xa0", " "))
        self.assertIn(
            "routes@example.org",
            self._as(self.portal_a)
            .env["commune.request.portal"]
            ._get_portal_answer(self._as(self.portal_a))["body"],
        )
        groups = self.env["helpdesk.ticket"]._read_group(
            [("id", "=", self.request.id)], ["level_answer"], ["rerouted_count:sum"]
        )
        self.assertEqual(groups, [("departement", 1)])

    def test_somebody_must_be_named(self):
        wizard = self.env["commune.request.reroute"].with_user(self.referent)
        wizard = wizard.create({"ticket_id": self.request.id, "level": "etat", "outside_name": " "})
        with self.assertRaisesRegex(UserError, "who the commune is to ask"):
            wizard.action_send()
        self.assertEqual(self.request.stage_kind, "received")
        wizard.level = "commune"
        wizard.explanation = "<p>C’est le pouvoir de police du maire.</p>"
        wizard.action_send()
        self.assertEqual(self.request.stage_kind, "rerouted")

    def test_officers_teach_the_contact_to_the_topic(self):
        form = self._form(self.officer)
        form.outside_contact = "nouveau@example.org"
        form.remember = True
        form.save().action_send()
        self.assertEqual(self.topic.outside_contact, "nouveau@example.org")
        other = self._ask()
        wizard = self._form(self.referent, other).save()
        wizard.write({"remember": True, "outside_contact": "x@example.org"})
        wizard.action_send()
        self.assertEqual(self.topic.outside_contact, "nouveau@example.org")

    def test_a_sensitive_one_is_validated_first_with_its_contact(self):
        self.request.is_sensitive = True
        wizard = self._form(self.referent).save()
        with self.assertRaisesRegex(UserError, "sensitive"):
            wizard.action_send()
        wizard.action_ask_validation()
        self.assertEqual(self.request.validation_step, "lead")
        self._as(self.lead).action_validate_answer()
        self._as(self.director).action_validate_answer()
        self._as(self.referent).outside_contact = "autre"
        self.assertFalse(self.request.validation_step)
        self._as(self.referent).action_ask_validation()
        self._as(self.lead).action_validate_answer()
        self._as(self.director).action_validate_answer()
        self._as(self.referent).action_send_answer()
        self.assertEqual(self.request.stage_kind, "rerouted")

    def test_a_draft_is_kept_and_may_be_managed_after_all(self):
        self._form(self.referent).save().action_keep()
        self.assertEqual(self.request.level_answer, "departement")
        self.assertEqual(self.request.stage_kind, "received")
        self._as(self.referent).action_no_reroute()
        self.assertFalse(self.request.level_answer)
        self._as(self.referent).action_send_answer()
        self.assertEqual(self.request.stage_kind, "answered")

    def test_reopened_it_is_managed_again(self):
        self._form(self.referent).save().action_send()
        self._as(self.referent).action_reopen()
        self.assertFalse(self.request.level_answer)
        self.assertEqual(self.request.rerouted_count, 0)


@tagged("post_install", "-at_install")
class TestDuplicates(AnswerCase):
    def test_the_duplicate_leads_to_the_other_with_its_files(self):
        main = self._ask(partner_id=self.portal_both.partner_id.id)
        file = self.env["ir.attachment"].create(
            {
                "name": "photo.txt",
                "raw": b"photo",
                "res_model": "helpdesk.ticket",
                "res_id": self.request.id,
            }
        )
        self.request.commune_file_ids = file
        before = self._comments()
        self._as(self.referent).env["commune.request.duplicate"]._attach_to(
            self._as(self.referent), main
        )
        self.assertEqual(self.request.stage_kind, "cancelled")
        self.assertEqual(self.request.duplicate_id, main)
        self.assertFalse(self.request.promise_state)
        self.assertEqual(main.commune_file_ids.mapped("name"), ["photo.txt"])
        self.assertEqual(self.request.commune_file_ids, file)
        comments = self._comments() - before
        self.assertIn(main.number, comments.body)
        self.assertIn(self.portal_a.partner_id, main.message_partner_ids)

    def test_a_confidential_request_is_opened_to_nobody(self):
        main = self._ask(partner_id=self.portal_both.partner_id.id, confidentiality="perso")
        wizard = self.env["commune.request.attach"].with_user(self.referent)
        wizard = wizard.create({"ticket_id": self.request.id, "main_id": main.id})
        self.assertTrue(wizard.is_hidden_from_requester)
        wizard.action_attach()
        self.assertNotIn(self.portal_a.partner_id, main.message_partner_ids)
        self.assertFalse(main.with_user(self.portal_a).has_access("read"))

    def test_only_to_an_open_request_of_the_same_commune(self):
        elsewhere = self._ask(commune_id=self.commune_b.id, partner_id=self.portal_b.partner_id.id)
        closed = self._ask(answer_html="<p>Fini</p>")
        closed.env["commune.request.answer"]._send_answer(closed)
        attached = self._ask()
        attached.env["commune.request.duplicate"]._attach_to(attached, self._ask())
        for other in (elsewhere, closed, attached, self.request):
            with (
                self.subTest(other=other.number),
                self.assertRaisesRegex(UserError, "same commune"),
            ):
                self._as(self.referent).env["commune.request.duplicate"]._attach_to(
                    self._as(self.referent), other
                )
        with self.assertRaises(AccessError):
            self._as(self.other).env["commune.request.duplicate"]._attach_to(
                self._as(self.other), self._ask()
            )
        self.assertEqual(self.request.stage_kind, "received")

    def test_duplicates_of_a_duplicate_follow(self):
        middle, main = self._ask(), self._ask()
        self.request.env["commune.request.duplicate"]._attach_to(self.request, middle)
        middle.env["commune.request.duplicate"]._attach_to(middle, main)
        self.assertEqual(self.request.duplicate_id, main)

    # the one answer that is promised

    def _answer(self, main):
        main.answer_html = "<p>Le trou est rebouché.</p>"
        known = self.env["mail.mail"].sudo().search([])
        self._as(self.referent, main).action_send_answer()
        self.env.flush_all()
        mails = self.env["mail.mail"].sudo().search([]) - known
        return mails.filtered(lambda mail: "rebouché" in (mail.body_html or ""))

    def _get_receivers(self, mails):
        found = [*mails.recipient_ids.mapped("email"), *filter(None, mails.mapped("email_to"))]
        return sorted(found)

    def _attach(self, ticket, main):
        ticket.env["commune.request.duplicate"]._attach_to(self._as(self.referent, ticket), main)

    def test_who_asked_without_account_is_written_the_answer_that_was_promised(self):
        self.portal_a.active = False  # the mayor knows of it by her letters alone
        self.portal_both.partner_id.email = "sophie@example.org"
        main = self._ask(partner_id=self.portal_both.partner_id.id)
        again = self._ask(name="Le même trou")
        self._attach(self.request, main)
        self._attach(again, main)
        mails = self._answer(main)
        self.assertEqual(
            self._get_receivers(mails), ["mairie.aubrive@example.org", "sophie@example.org"]
        )
        [letter] = mails.filtered(lambda m: self.portal_a.partner_id in m.recipient_ids)
        self.assertIn(self.request.number, letter.subject)
        self.assertIn("AUBRY", letter.body_html)
        self.assertFalse(self._get_reminders(main))

    def test_who_asked_twice_or_reads_the_copy_has_one_letter(self):
        self.commune_a.email = self.portal_a.partner_id.email
        self.portal_both.partner_id.email = "sophie@example.org"
        main = self._ask(partner_id=self.portal_both.partner_id.id)
        self._attach(self.request, main)
        self.assertEqual(
            self._get_receivers(self._answer(main)),
            ["mairie.aubrive@example.org", "sophie@example.org"],
        )

    def test_an_address_of_the_town_hall_without_person_is_written_to(self):
        self.portal_both.partner_id.email = "sophie@example.org"
        main = self._ask(partner_id=self.portal_both.partner_id.id)
        ticket = self._ask(partner_id=False, partner_email="accueil@aubrive.example")
        self._attach(ticket, main)
        self.assertEqual(
            self._get_receivers(self._answer(main)),
            ["accueil@aubrive.example", "sophie@example.org"],
        )

    def _get_reminders(self, main):
        return main.activity_ids.filtered(lambda a: "attached-" in (a.request_reminder or ""))

    def test_who_may_not_read_the_answer_is_given_it_by_the_owner(self):
        """The mayor's request is confidential: a councillor who asked the same has it from an
        agent, who is reminded of it when the answer leaves."""
        councillor = self.portal_a_limited.partner_id
        councillor.email = "luc@example.org"
        main = self._ask(confidentiality="maire_dgs")
        ticket = self._ask(partner_id=councillor.id)
        phone = self._ask(partner_id=self.portal_both.partner_id.id, confidentiality="perso")
        phone.partner_id.email = False
        phone.partner_email = False
        self._attach(ticket, main)
        self._attach(phone, main)
        mails = self._answer(main)
        self.assertEqual(self._get_receivers(mails), ["mairie.aubrive@example.org"])
        reminders = self._get_reminders(main)
        self.assertEqual(reminders.user_id, self.referent)
        summaries = " ".join(reminders.mapped("summary"))
        self.assertIn(councillor.name, summaries)
        self.assertIn(self.portal_both.partner_id.name, summaries)

    # the other one is cancelled

    def _cancel(self, main):
        known = self.env["mail.mail"].sudo().search([])
        self._as(self.referent, main).action_cancel()
        self.env.flush_all()
        return self.env["mail.mail"].sudo().search([]) - known

    def test_who_was_promised_the_answer_of_a_cancelled_request_reads_that_none_comes(self):
        self.portal_both.partner_id.email = "sophie@example.org"
        main = self._ask(partner_id=self.portal_both.partner_id.id)
        phone = self._ask(partner_id=self.portal_both.partner_id.id, confidentiality="perso")
        self._attach(self.request, main)
        self._attach(phone, main)
        phone.sudo().write({"partner_id": False, "partner_email": False})
        before = self._comments()
        mails = self._cancel(main)
        self.assertEqual(self._get_receivers(mails), ["mairie.aubrive@example.org"])
        self.assertIn(self.request.number, mails.subject)
        self.assertIn("ne recevra pas de réponse", mails.body_html)
        [written] = self._comments() - before
        self.assertIn(main.number, written.body)
        asked = main.activity_ids.filtered(lambda a: "cancelled-" in (a.request_reminder or ""))
        self.assertEqual(len(asked), 1)
        self.assertIn(phone.number, asked.note)
        self.assertEqual(asked.user_id, self.referent)

    def test_an_attached_request_that_is_taken_up_again_is_followed_for_itself(self):
        main = self._ask()
        self._attach(self.request, main)
        self._cancel(main)
        letter = self._comments().sorted("id")[-1]
        self.request.message_post(
            body="Le trou est toujours là.",
            author_id=self.portal_a.partner_id.id,
            message_type="comment",
            parent_id=letter.id,
            subtype_xmlid="mail.mt_comment",
        )
        self.assertEqual(self.request.stage_kind, "in_progress")
        self.assertFalse(self.request.duplicate_id)
        self.assertEqual(main.stage_kind, "cancelled")

    def test_a_reply_goes_to_the_request_itself_once_the_other_one_is_cancelled(self):
        main = self._ask()
        self._attach(self.request, main)
        mail, route = self.env["commune.request.mail"], ("helpdesk.ticket", self.request.id, None)
        route = (*route, self.env.uid, None)
        self.assertEqual(mail._sort_reply({}, route, False, "doubt")[1], main.id)
        self._cancel(main)
        self.assertEqual(mail._sort_reply({}, route, False, "doubt")[1], self.request.id)
