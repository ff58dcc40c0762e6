"""Sensitive requests: the lead, then the management, validate before anything is sent."""

from odoo.exceptions import AccessError, UserError
from odoo.tests import new_test_user, tagged

from .answer_case import AnswerCase

ACTIVITY = "commune_relations.mail_activity_request_validation"


class ValidationCase(AnswerCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.request.write({"is_sensitive": True, "answer_html": "<p>Réponse délicate</p>"})

    def _pending(self):
        return self.request.activity_ids.filtered(
            lambda a: a.activity_type_id == self.env.ref(ACTIVITY)
        )

    def _log(self):
        return [(v.step, v.decision, v.user_id) for v in self.request.validation_ids]


@tagged("post_install", "-at_install")
class TestValidation(ValidationCase):
    def test_owner_then_lead_then_management(self):
        self._as(self.referent).action_ask_validation()
        self.assertEqual(self.request.stage_kind, "to_validate")
        self.assertEqual(self._pending().user_id, self.lead)
        self._as(self.lead).action_validate_answer()
        self.assertEqual(self.request.validation_step, "direction")
        self.assertEqual(self._pending().user_id, self.director)
        self._as(self.director).action_validate_answer()
        self.assertEqual(self.request.validation_step, "validated")
        self.assertFalse(self._pending())
        self.assertEqual(
            self._log(),
            [
                ("owner", "asked", self.referent),
                ("lead", "validated", self.lead),
                ("direction", "validated", self.director),
            ],
        )
        self.assertEqual(len(set(self.request.validation_ids.mapped("answer_hash"))), 1)
        self._as(self.referent).action_send_answer()
        self.assertEqual(self.request.stage_kind, "answered")

    def test_no_route_is_open_before(self):
        """Button, step written by the API, step moved by code, by the administrator too."""
        stages = {
            kind: self.env["helpdesk.ticket.stage"]._get_kind(kind)
            for kind in ("answered", "rerouted", "closed")
        }
        for user in (self.referent, self.manager, self.env.user):
            request = self._as(user)
            with self.subTest(user=user.login), self.assertRaisesRegex(UserError, "sensitive"):
                request.action_send_answer()
            for kind, stage in stages.items():
                with self.subTest(user=user.login, kind=kind):
                    with self.assertRaisesRegex(UserError, "sensitive"):
                        request.write({"stage_id": stage.id})
                    with self.assertRaisesRegex(UserError, "sensitive"):
                        request.write({"stage_id": stage.id, "is_sensitive": False})
                    with self.assertRaisesRegex(UserError, "sensitive"):
                        request.sudo()._move_to(kind)
        self.assertFalse(self.request.answer_sent_html)

    def test_the_validation_itself_cannot_be_written(self):
        for values in ({"validation_step": "validated"}, {"validation_hash": "x"}):
            with self.assertRaises(AccessError):
                self._as(self.manager).write(values)
            with self.assertRaises(AccessError):
                self.env["helpdesk.ticket"].with_user(self.manager).create(
                    {"name": "x", "description": "x", **values}
                )
        with self.assertRaises(AccessError):
            self.env["commune.request.validation"].with_user(self.manager).create(
                {"ticket_id": self.request.id, "step": "lead", "decision": "validated"}
            )

    def test_a_change_after_the_validation_asks_again(self):
        self._validate()
        self._as(self.referent).answer_html = "<p>Tout autre chose</p>"
        self.assertFalse(self.request.validation_step)
        self.assertEqual(self._log()[-1], ("owner", "reset", self.referent))
        with self.assertRaisesRegex(UserError, "sensitive"):
            self._as(self.referent).action_send_answer()

    def test_a_file_joined_after_the_validation_asks_again(self):
        self._validate()
        values = {"name": "plan.txt", "raw": b"plan", "res_model": "helpdesk.ticket"}
        file = self.env["ir.attachment"].create({**values, "res_id": self.request.id})
        self._as(self.referent).answer_file_ids = file
        self.assertFalse(self.request.validation_step)

    def test_another_contact_outside_asks_again(self):
        """The commune would call a number that nobody validated."""
        self._as(self.referent).write(
            {"level_answer": "departement", "outside_contact": "03 87 01 02 03"}
        )
        for name, value in (
            ("outside_contact", "03 87 09 09 09"),
            ("outside_name", "Unité technique de Metz"),
        ):
            self._validate()
            self._as(self.referent)[name] = value
            self.assertFalse(self.request.validation_step, name)

    def test_a_change_while_it_is_waited_for_asks_again(self):
        self._as(self.referent).action_ask_validation()
        self._as(self.referent).answer_html = "<p>Autre</p>"
        self.assertEqual(self.request.stage_kind, "in_progress")
        self.assertFalse(self._pending())
        with self.assertRaisesRegex(UserError, "No validation"):
            self._as(self.lead).action_validate_answer()

    def test_the_same_text_saved_again_changes_nothing(self):
        self._validate()
        self._as(self.referent).answer_html = self.request.answer_html
        self._as(self.referent).priority = "2"
        self.assertEqual(self.request.validation_step, "validated")

    def test_a_hand_over_asks_again(self):
        self._validate()
        self.request.with_user(self.referent)._transfer(self.water, "Pas pour nous")
        self.assertFalse(self.request.validation_step)

    def test_only_those_asked_decide(self):
        self._as(self.referent).action_ask_validation()
        for user in (self.referent, self.director, self.officer, self.manager, self.reader):
            with self.subTest(user=user.login), self.assertRaises(AccessError):
                self._as(user).action_validate_answer()
        self._as(self.lead).action_validate_answer()
        for user in (self.lead, self.officer, self.reader):
            with self.subTest(user=user.login), self.assertRaises(AccessError):
                self._as(user).action_validate_answer()
        self.assertTrue(self._as(self.director).can_validate)
        self.assertFalse(self._as(self.lead).can_validate)

    def test_sent_back_with_a_note_the_owner_reads(self):
        self._as(self.referent).action_ask_validation()
        wizard = self.env["commune.request.send.back"].with_user(self.lead)
        with self.assertRaisesRegex(UserError, "what is to be changed"):
            wizard.create({"ticket_id": self.request.id, "note": " "}).action_send_back()
        wizard.create({"ticket_id": self.request.id, "note": "Donner la date"}).action_send_back()
        self.assertEqual(self.request.validation_step, "sent_back")
        self.assertEqual(self.request.stage_kind, "in_progress")
        self.assertEqual(self._log()[-1], ("lead", "sent_back", self.lead))
        self.assertFalse(self._pending())
        note = self.request.message_ids[0]
        self.assertIn("Donner la date", note.body)
        self.assertIn(self.referent.partner_id, note.notified_partner_ids)
        self.assertTrue(note.subtype_id.internal)
        self._as(self.referent).action_ask_validation()
        self.assertEqual(self.request.validation_step, "lead")

    def test_the_management_sends_back_too(self):
        self._as(self.referent).action_ask_validation()
        self._as(self.lead).action_validate_answer()
        self._as(self.director).env["commune.request.validation"]._decide_validation(
            self._as(self.director), "sent_back", "Trop long"
        )
        self.assertEqual(self._log()[-1], ("direction", "sent_back", self.director))

    def test_the_log_is_neither_rewritten_nor_erased(self):
        self._as(self.referent).action_ask_validation()
        line = self.request.validation_ids
        with self.assertRaises(UserError):
            line.write({"decision": "validated"})
        with self.assertRaises(UserError):
            line.unlink()

    def test_only_those_who_validate_mark_it_as_not_sensitive(self):
        with self.assertRaisesRegex(UserError, "not sensitive any more"):
            self._as(self.referent).is_sensitive = False
        with self.assertRaisesRegex(UserError, "not sensitive any more"):
            self._as(self.officer).is_sensitive = False
        self._as(self.lead).is_sensitive = False
        self._as(self.referent).action_send_answer()
        self.assertEqual(self.request.stage_kind, "answered")

    def test_the_commune_may_close_its_request_at_any_time(self):
        self.request.with_user(self.portal_a).sudo()._move_to("closed")
        self.assertEqual(self.request.stage_kind, "closed")

    def test_no_first_answer_beside_the_validated_one_but_questions(self):
        with self.assertRaisesRegex(UserError, "one answer"):
            self._as(self.referent).env["commune.request.answer"]._give_first_answer(
                self._as(self.referent), "<p>Alors…</p>"
            )
        self._as(self.referent).env["commune.request.answer"]._ask_commune(
            self._as(self.referent), "<p>Où ?</p>"
        )
        self.assertEqual(self.request.stage_kind, "waiting")

    def test_a_reopened_request_is_validated_again(self):
        self._validate()
        self._as(self.referent).action_send_answer()
        self._as(self.referent).action_reopen()
        self._as(self.referent).answer_html = "<p>Suite</p>"
        with self.assertRaisesRegex(UserError, "sensitive"):
            self._as(self.referent).action_send_answer()

    def _validate(self):
        self._as(self.referent).action_ask_validation()
        self._as(self.lead).action_validate_answer()
        self._as(self.director).action_validate_answer()


@tagged("post_install", "-at_install")
class TestValidators(ValidationCase):
    def test_a_person_who_is_lead_and_management_validates_once(self):
        self.env.company.request_direction_ids = self.director | self.lead
        self._as(self.referent).action_ask_validation()
        self._as(self.lead).action_validate_answer()
        self.assertEqual(self.request.validation_step, "validated")
        self.assertEqual(len(self.request.validation_ids), 3)

    def test_a_lead_who_writes_the_answer_validates_it(self):
        self._as(self.lead).action_ask_validation()
        self.assertEqual(self.request.validation_step, "direction")
        self.assertEqual(self._pending().user_id, self.director)
        self._as(self.director).action_validate_answer()
        self.assertEqual(self.request.validation_step, "validated")

    def test_nobody_alone_but_a_lead_of_the_management(self):
        """The author of the answer validates alone only when he leads the team and is the
        management."""
        self.env.company.request_direction_ids = self.officer
        self._as(self.officer).action_ask_validation()
        with self.assertRaises(AccessError):
            self._as(self.officer).action_validate_answer()
        self._as(self.lead).action_validate_answer()
        self._as(self.officer).action_validate_answer()
        self.assertEqual(self.request.validation_step, "validated")

    def test_without_management_a_sentence_says_whom_to_ask(self):
        self.env.company.request_direction_ids = False
        with self.assertRaisesRegex(UserError, "ask an administrator"):
            self._as(self.referent).action_ask_validation()
        self.assertEqual(self.request.stage_kind, "received")
        self.assertFalse(self.request.validation_ids)

    def test_without_lead_a_sentence_says_whom_to_ask(self):
        self.roads.user_id = False
        self.env["helpdesk.ticket.team"]._get_desk().user_id = False
        with self.assertRaisesRegex(UserError, "Voirie.*ask a manager"):
            self._as(self.referent).action_ask_validation()

    def test_while_the_lead_is_absent_the_one_above_may(self):
        head = new_test_user(self.env, "test_head", groups="commune_relations.group_referent")
        department = self.env["helpdesk.ticket.team"].create(
            {"name": "Pôle (essai)", "user_id": head.id}
        )
        self.roads.parent_id = department
        self.assertEqual(
            self.request.env["commune.request.validation"]._get_validators(self.request, "lead"),
            self.lead,
        )
        self.lead.write({"out_of_office_from": "2000-01-01", "out_of_office_to": "2100-01-01"})
        self.env.flush_all()
        self.assertEqual(
            self.request.env["commune.request.validation"]._get_validators(self.request, "lead"),
            self.lead | head,
        )
        self._as(self.referent).action_ask_validation()
        self.assertEqual(self._pending().user_id, head)
        self._as(head).action_validate_answer()
        self.assertEqual(self.request.validation_step, "direction")

    def test_an_ordinary_request_needs_none(self):
        ordinary = self._ask(answer_html="<p>Oui</p>")
        with self.assertRaisesRegex(UserError, "needs no validation"):
            self._as(self.referent, ordinary).action_ask_validation()
        self._as(self.referent, ordinary).action_send_answer()
        self.assertEqual(ordinary.stage_kind, "answered")

    def test_a_sensitive_topic_makes_sensitive_requests(self):
        self.topic.is_sensitive = True
        request = self._ask(answer_html="<p>Oui</p>")
        with self.assertRaisesRegex(UserError, "sensitive"):
            self._as(self.referent, request).action_send_answer()
