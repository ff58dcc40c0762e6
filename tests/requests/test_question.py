"""What a commune asked stays in its words; what an agent noted is corrected until the answer."""

from odoo.exceptions import AccessError
from odoo.tests import Form, new_test_user, tagged

from .mail_case import MailCase
from .portal_request_case import PortalRequestCase

REWRITTEN = "<p>La commune n’a rien demandé.</p>"


@tagged("post_install", "-at_install")
class TestQuestion(MailCase, PortalRequestCase):
    def setUp(self):
        super().setUp()
        roles = "base.group_system,commune_relations.group_manager"
        self.admin = new_test_user(self.env, "question_admin", roles)

    def _note(self):
        """A call, noted by the officer."""
        quick = self.env["commune.request.quick"].with_user(self.officer)
        quick = quick.create({"commune_id": self.commune_a.id, "question": "Un trou, rue Basse."})
        return self.env["helpdesk.ticket"].browse(quick.action_save_and_open()["res_id"])

    def _again(self, ticket, user):
        """The request in a later call of this user."""
        self.env.flush_all()
        self.env.invalidate_all()
        return ticket.with_user(user)

    def _form(self, ticket):
        view = "commune_relations.commune_request_view_form"
        return Form(self._again(ticket, self.officer), view)

    def _assert_fixed(self, ticket):
        asked = ticket.description
        for user in (self.officer, self.manager, self.admin):
            with self.subTest(user=user.login):
                for values in (
                    {"description": REWRITTEN},
                    {"description": REWRITTEN, "place": "x"},
                ):
                    with self.assertRaises(AccessError):
                        self._again(ticket, user).write(values)
                self.assertEqual(self._again(ticket, user).description, asked)
        with (
            Form(
                self._again(ticket, self.officer), "commune_relations.commune_request_view_form"
            ) as form,
            self.assertRaisesRegex(AssertionError, "readonly"),
        ):
            form.description = REWRITTEN

    def test_a_question_of_the_portal_is_rewritten_by_nobody(self):
        self._login(self.portal_a)
        self._file(name="Trou")
        ticket = self._latest()
        self._assert_fixed(ticket)
        self._again(ticket, self.officer).write({"place": "Rue Basse"})
        self.assertEqual(ticket.place, "Rue Basse")

    def _assert_refused(self, ticket, **values):
        for user in (self.officer, self.manager, self.admin):
            with self.subTest(user=user.login, **values), self.assertRaises(AccessError):
                self._again(ticket, user).write(values)

    def test_the_title_and_the_readers_that_a_commune_chose_stay(self):
        self._login(self.portal_a)
        self._file(name="Trou", confidentiality="perso")
        ticket = self._latest()
        self._assert_refused(ticket, name="Trou rue Basse")
        self._assert_refused(ticket, confidentiality="commune")
        with (
            self._form(ticket) as form,
            self.assertRaisesRegex(AssertionError, "readonly"),
        ):
            form.name = "Trou rue Basse"
        self.assertEqual((ticket.name, ticket.confidentiality), ("Trou", "perso"))

    def test_a_message_chooses_no_reader(self):
        ticket = self._receive(self._mail("anne.aubry@mel.example", "Trou", "Rue de la Gare."))
        self._assert_refused(ticket, name="Trou rue Basse")
        self._again(ticket, self.officer).confidentiality = "maire_dgs"
        self.assertEqual(ticket.confidentiality, "maire_dgs")

    def test_the_title_of_what_was_noted_is_corrected(self):
        ticket = self._note()
        with self._form(ticket) as form:
            form.name = "Trou rue Haute"
            form.confidentiality = "maire_dgs"
        self.assertEqual((ticket.name, ticket.confidentiality), ("Trou rue Haute", "maire_dgs"))

    def test_a_message_is_rewritten_by_nobody(self):
        for sender in ("anne.aubry@mel.example", "inconnu@ailleurs.example"):
            with self.subTest(sender=sender):
                self._assert_fixed(self._receive(self._mail(sender, "Trou", "Rue de la Gare.")))

    def test_a_refusal_among_several_changes_none(self):
        self._login(self.portal_a)
        self._file()
        filed = self._latest()
        noted = self._note()
        both = noted | filed
        with self.assertRaises(AccessError):
            self._again(both, self.officer).write({"description": REWRITTEN})
        self.assertIn("rue Basse", self._again(noted, self.officer).description)

    def test_what_was_noted_is_corrected_until_it_is_answered(self):
        ticket = self._note()
        with self._form(ticket) as form:
            form.description = "<p>Un trou, rue Haute.</p>"
        self.assertIn("rue Haute", ticket.description)
        self._again(ticket, self.manager).description = "<p>Deux trous.</p>"
        for kind in ("answered", "closed"):
            ticket._move_to(kind)
            self._assert_fixed(ticket)
        ticket._move_to("in_progress")
        self._again(ticket, self.officer).description = "<p>Trois trous.</p>"
        self.assertIn("Trois trous", ticket.description)

    def test_a_ticket_of_another_team_is_rewritten_as_without_the_addon(self):
        team = self.env["helpdesk.ticket.team"].create({"name": "Informatique"})
        ticket = (
            self.env["helpdesk.ticket"]
            .with_user(self.portal_b)
            .sudo()
            .create({"name": "Écran", "description": "Noir", "team_id": team.id})
        )
        helper = new_test_user(self.env, "question_helper", "helpdesk_mgmt.group_helpdesk_manager")
        self._again(ticket, helper).description = "<p>Blanc</p>"
        self.assertIn("Blanc", ticket.description)

    def test_a_repeated_request_is_attached_and_keeps_its_words(self):
        self._login(self.portal_a)
        self._file()
        ticket, main = self._latest(), self._note()
        asked = ticket.description
        self.env["commune.request.duplicate"].with_user(self.manager)._attach_to(
            self._again(ticket, self.manager), self._again(main, self.manager)
        )
        self.assertEqual((ticket.duplicate_id, ticket.description), (main, asked))
