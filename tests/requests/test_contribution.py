"""Contributions of several departments: one owner, one answer."""

from datetime import timedelta

from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.tests import Form, tagged

from .answer_case import AnswerCase

WIZARD = "commune_relations.commune_request_contribution_ask_view_form"
FORM = "commune_relations.commune_request_contribution_view_form"


@tagged("post_install", "-at_install")
class TestContribution(AnswerCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.contribution = cls.env["commune.request.contribution"].create(
            {
                "ticket_id": cls.request.id,
                "team_id": cls.water.id,
                "user_id": cls.other.id,
                "question": "Le réseau est-il touché ?",
                "date_due": cls.request.promised_date,
            }
        )

    def test_several_are_asked_at_once(self):
        form = Form(
            self.env["commune.request.contribution.ask"]
            .with_user(self.referent)
            .with_context(default_ticket_id=self.request.id),
            view=WIZARD,
        )
        self.assertEqual(form.date_due, self.request.promised_date)
        form.question = "Votre avis ?"
        with form.line_ids.new() as line:
            line.team_id = self.water
            line.user_id = self.other
        with form.line_ids.new() as line:
            line.team_id = self.roads
            self.assertEqual(line.user_id, self.lead)
            line.question = "Combien cela coûte-t-il ?"
        form.save().action_ask()
        asked = self.request.contribution_ids - self.contribution
        self.assertEqual(asked.mapped("question"), ["Votre avis ?", "Combien cela coûte-t-il ?"])
        self.assertEqual(asked.activity_ids.user_id, self.other | self.lead)
        self.assertEqual(self._as(self.referent).contribution_waited_count, 3)

    def test_a_contribution_being_written_does_not_show_a_third_party_request(self):
        """By programs one names any request: its text would be shown before anything is kept."""
        shown = {"ticket_id": {}, "request_text": {}, "request_name": {}}
        contributions = self.env["commune.request.contribution"].with_user(self.other)
        named = contributions.with_context(default_ticket_id=self.request.id)
        with self.assertRaises(AccessError):
            contributions.onchange({"ticket_id": self.request.id}, ["ticket_id"], shown)
        with self.assertRaises(AccessError):
            named.onchange({}, [], shown)
        found = named.with_user(self.referent).onchange({}, [], shown)["value"]
        self.assertIn("Un trou devant", found["request_text"])

    def test_the_contributor_sees_the_question_not_the_request(self):
        seen = self.contribution.with_user(self.other)
        self.assertFalse(self._as(self.other).has_access("read"))
        form = Form(seen, view=FORM)
        self.assertIn("Un trou devant", form.request_text)
        self.assertEqual(form.request_name, "Trou rue des Lilas")
        self.assertEqual(form.commune_id, self.commune_a)
        with self.assertRaises(AccessError):
            self._as(self.other).read(["description"])

    def test_the_answer_goes_to_the_owner_and_into_the_draft(self):
        self.assertEqual(self.contribution.activity_ids.user_id, self.other)
        seen = self.contribution.with_user(self.other)
        seen.answer = "<p>Non, le réseau est sain.</p>"
        seen.action_answer()
        self.assertEqual(seen.state, "answered")
        self.assertFalse(seen.activity_ids)
        note = self.request.message_ids[0]
        self.assertIn("le réseau est sain", note.body)
        self.assertIn(self.referent.partner_id, note.notified_partner_ids)
        self.assertTrue(note.subtype_id.internal)
        self.request.answer_html = "<p>Bonjour.</p>"
        self.contribution.with_user(self.referent).action_insert()
        self.assertIn("Bonjour.", self.request.answer_html)
        self.assertIn("le réseau est sain", self.request.answer_html)
        self.assertTrue(self.contribution.is_inserted)
        with self.assertRaisesRegex(UserError, "no longer"):
            seen.action_answer()

    def test_nothing_empty(self):
        with self.assertRaisesRegex(UserError, "Write your contribution"):
            self.contribution.with_user(self.other).action_answer()

    def test_a_contributor_writes_his_text_only(self):
        seen = self.contribution.with_user(self.other)
        for values in (
            {"question": "Autre"},
            {"date_due": "2030-01-01"},
            {"user_id": self.lead.id},
            {"state": "answered"},
            {"ticket_id": self._ask().id},
        ):
            with self.subTest(values=values), self.assertRaises(AccessError):
                seen.write(values)

    def test_nobody_reads_a_request_by_asking_himself_a_contribution(self):
        values = {
            "ticket_id": self.request.id,
            "team_id": self.water.id,
            "user_id": self.other.id,
            "question": "?",
            "date_due": self.request.promised_date,
        }
        with self.assertRaises(AccessError):
            self.env["commune.request.contribution"].with_user(self.other).create(values)

    def test_due_by_the_promised_date(self):
        with self.assertRaisesRegex(ValidationError, "at the latest"):
            self.contribution.date_due = self.request.promised_date + timedelta(days=1)
        late = self._ask()
        late.promised_date = self.today - timedelta(days=3)
        self.contribution.copy({"ticket_id": late.id, "date_due": self.today})

    def test_somebody_who_could_not_open_it_is_not_asked(self):
        for user in (self.employee, self.portal_a, self.reader):
            with self.subTest(user=user.login), self.assertRaisesRegex(ValidationError, "role"):
                self.contribution.copy({"user_id": user.id})

    def test_the_answer_given_frees_the_contributors(self):
        self.request.answer_html = "<p>Sans attendre</p>"
        self._as(self.referent).action_send_answer()
        self.assertEqual(self.contribution.state, "cancelled")
        self.assertFalse(self.contribution.activity_ids)

    def test_only_the_owner_cancels_and_nobody_deletes(self):
        with self.assertRaises(AccessError):
            self.contribution.with_user(self.other).action_cancel()
        with self.assertRaises(UserError):
            self.contribution.unlink()
        self.contribution.with_user(self.referent).action_cancel()
        self.assertEqual(self.contribution.state, "cancelled")
