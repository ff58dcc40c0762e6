"""Sources of the day page that rest on several records: what others are asked for, who is absent
from a list. Each line names the commune and the day, goes once it is done, and is nobody else's."""

from datetime import timedelta

from odoo.tests import tagged

from .my_day_case import DaySourceCase
from .requests.test_validation import ValidationCase


@tagged("post_install", "-at_install")
class TestMyDayCompound(DaySourceCase):
    def _record_of(self, user, name, field="user_id", **values):
        """The record of this name, held by the user."""
        record = self.records[name].sudo()
        self._write(record, user, {field: "my" if field == "owner_id" else "me", **values})
        return record

    def _line(self, user, source, record):
        line = self._schedule(user, source).get(record.id)
        self.assertTrue(line, source)
        return line

    def _assert_nobody_reads(self, source, record, *users):
        for user in users:
            self.assertNotIn(record.id, self._schedule(user, source), user.login)

    def test_a_contribution_that_one_has_asked_for(self):
        asked = self._get_record("commune.request.contribution")
        due = self.today + timedelta(days=3)
        self._write(asked.ticket_id, self.officer, {"user_id": "me"})
        waits = {"state": "asked", "date_due": due}
        self._write(asked, self.referent, {"user_id": "me", **waits})
        line = self._line(self.officer, "contribution_asked", asked)
        self.assertEqual((line["commune"], line["day"]), ("Aubrive", str(due)))
        self.assertEqual((line["section"], line["person"]), ("others", self.referent.name))
        self._assert_nobody_reads("contribution_asked", asked, self.referent, self.manager)
        asked.answer = "<p>Le fossé sera curé.</p>"
        asked.action_answer()
        self._assert_nobody_reads("contribution_asked", asked, self.officer)

    def test_an_election_review_that_one_has_asked_for(self):
        look = self._record_of(self.officer, "election_review", state="asked")
        self._put_on(look, self.officer, "create_date", self.today - timedelta(days=1))
        line = self._line(self.officer, "look_asked", look)
        self.assertEqual((line["day"], line["title"]), (str(self.today + timedelta(1)), "Lettre"))
        self.assertEqual(line["person"], self.manager.name)
        self._assert_nobody_reads("look_asked", look, self.manager, self.referent)
        self._write(look, self.officer, {"state": "read", "read_date": "2026-01-01"})
        self._assert_nobody_reads("look_asked", look, self.officer)

    def test_a_letter_that_is_being_approved(self):
        letter = self._get_record("mailing.mailing")
        self._write(letter, self.officer, {"user_id": "me", "state": "draft"})
        self._write(letter, self.officer, {"approval_state": "requested", "subject": "Vœux"})
        line = self._line(self.officer, "mailing_asked", letter)
        self.assertEqual((line["title"], line["section"]), ("Vœux", "others"))
        # Who approves it reads it as a thing to do.
        self._assert_nobody_reads("mailing_asked", letter, self.manager, self.referent)
        self.assertIn(letter.id, self._schedule(self.manager, "mailing_approve"))
        self._write(letter, self.officer, {"approval_state": "approved"})
        self._assert_nobody_reads("mailing_asked", letter, self.officer)

    def _event(self, days):
        event = self._record_of(self.officer, "event")
        self._put_on(event, self.officer, "date_begin", self.today + timedelta(days=days))
        self._put_on(event, self.officer, "date_end", self.today + timedelta(days=days))
        registration = self.records["registration"].sudo()
        self._write(registration, self.officer, {"state": "open", "is_waiting": False})
        return event, registration

    def test_an_event_to_come(self):
        event, _registration = self._event(4)
        day = str(self.today + timedelta(days=4))
        for user, button in ((self.officer, "Prepare"), (self.reader, "")):
            line = self._line(user, "event", event)
            self.assertEqual((line["day"], line["section"]), (day, "week"))
            self.assertEqual((line["title"], line["button"]), ("Réunion (essai)", button))
        self._assert_nobody_reads("event", event, self.manager, self.employee)
        self._write(event, self.officer, {"kanban_state": "cancel"})
        self._assert_nobody_reads("event", event, self.officer, self.reader)

    def test_an_event_where_somebody_waits_for_a_place(self):
        event, registration = self._event(4)
        self._write(registration, self.officer, {"state": "draft", "is_waiting": True})
        line = self._line(self.officer, "event_queue", event)
        self.assertEqual(line["day"], str(self.today + timedelta(days=4)))
        self._assert_nobody_reads("event_queue", event, self.manager, self.reader)
        self._assert_nobody_reads("event", event, self.officer)
        self._write(registration, self.officer, {"state": "open", "is_waiting": False})
        self._assert_nobody_reads("event_queue", event, self.officer)

    def test_an_event_without_attendance(self):
        event, registration = self._event(-5)
        line = self._line(self.officer, "event_presence", event)
        self.assertEqual((line["day"], line["section"]), (str(self.today), "today"))
        self._assert_nobody_reads("event_presence", event, self.manager, self.reader)
        registration._mark_attendance(self.records["half_day"].sudo(), "present")
        self._assert_nobody_reads("event_presence", event, self.officer)

    def test_a_decision_that_another_is_late_with(self):
        decision = self._get_record("commune.decision")
        day = self.today - timedelta(days=2)
        self._write(decision.session_id, self.officer, {"secretary_id": "me"})
        self._write(decision, self.referent, {"owner_id": "my", "state": "to_do"})
        self._write(decision, self.referent, {"deadline": day})
        for user, section in ((self.officer, "others"), (self.reader, "late")):
            line = self._line(user, "decision_late", decision)
            self.assertEqual((line["day"], line["section"]), (str(day), section))
            self.assertEqual(line["person"], self.referent.partner_id.name)
        self._assert_nobody_reads("decision_late", decision, self.referent, self.manager)
        decision.state = "done"
        self._assert_nobody_reads("decision_late", decision, self.officer, self.reader)

    def test_documents_for_the_municipal_councillors_leave_in_place(self):
        dispatch = self._get_record("commune.dispatch")
        day = self.today + timedelta(days=1)
        self._write(dispatch.session_id, self.officer, {"secretary_id": "me"})
        self._write(dispatch, self.officer, {"deadline": day, "sent_at": None})
        owner = {"res_model": dispatch._name, "res_id": dispatch.id}
        file = {"name": "Avis.pdf", "raw": b"avis", **owner}
        dispatch.document_ids = self.env["ir.attachment"].create(file)
        line = self._line(self.officer, "dispatch", dispatch)
        self.assertEqual((line["day"], line["section"]), (str(day), "week"))
        self._assert_nobody_reads("dispatch", dispatch, self.manager, self.reader)
        answer = self.env["commune.my.day"].with_user(self.officer).act("dispatch", dispatch.id)
        self.assertFalse(answer.get("refusal"))
        self._assert_nobody_reads("dispatch", dispatch, self.officer)

    def test_a_survey_that_waits_for_answers(self):
        campaign = self._record_of(self.officer, "survey_campaign", state="open")
        target = self.records["survey_target"].sudo()
        line = self._line(self.officer, "survey", campaign)
        self.assertEqual((line["day"], line["section"]), (str(campaign.date_end), "others"))
        self._assert_nobody_reads("survey", campaign, self.manager, self.referent)
        self._write(target, self.officer, {"state": "done"})
        self._assert_nobody_reads("survey", campaign, self.officer)

    def test_a_town_hall_to_call_for_a_survey(self):
        self._record_of(self.officer, "survey_campaign", state="open")
        target = self.records["survey_target"].sudo()
        self._write(target, self.officer, {"state": "pending"})
        self._put_on(target, self.officer, "create_date", self.today - timedelta(days=2))
        line = self._line(self.officer, "survey_call", target)
        self.assertEqual((line["commune"], line["day"]), ("Aubrive", str(self.today)))
        self._assert_nobody_reads("survey_call", target, self.manager, self.referent)
        act = self.env["commune.my.day"].with_user(self.officer).act("survey_call", target.id)
        self.assertTrue(act["action"])
        self._write(target, self.officer, {"state": "done"})
        self._assert_nobody_reads("survey_call", target, self.officer)


@tagged("post_install", "-at_install")
class TestDayValidation(ValidationCase):
    def _codes(self, user):
        """{source: line of the request} of what the user reads; it is promised in three days."""
        self.env.flush_all()
        self.env.cr.execute(
            "UPDATE helpdesk_ticket SET promised_date = %s WHERE id = %s",
            (self.today + timedelta(days=3), self.request.id),
        )
        self.env.invalidate_all()
        lines = self.env["commune.my.day"].with_user(user).get_day()["sections"]
        return {
            line["source"]: line
            for section in lines
            for line in section["lines"]
            if line["id"] == self.request.id
        }

    def test_an_answer_to_validate_goes_from_one_to_the_next(self):
        self._as(self.referent).action_ask_validation()
        line = self._codes(self.lead)["request_validate"]
        self.assertEqual((line["commune"], line["button"]), ("Aubrive", "Read"))
        self.assertEqual(line["day"], str(self.today + timedelta(days=3)))
        self.assertNotIn("request_validate", self._codes(self.director))
        self._as(self.lead).action_validate_answer()
        self.assertNotIn("request_validate", self._codes(self.lead))
        self.assertIn("request_validate", self._codes(self.director))
        self._as(self.director).action_validate_answer()
        self.assertNotIn("request_validate", self._codes(self.director))

    def test_who_has_written_it_waits_for_them(self):
        self._as(self.referent).action_ask_validation()
        line = self._codes(self.referent)["request_validated"]
        self.assertEqual((line["commune"], line["waits"]), ("Aubrive", "others"))
        self.assertEqual(line["day"], str(self.today + timedelta(days=3)))
        self.assertNotIn("request_validated", self._codes(self.lead))
        self._as(self.lead).action_validate_answer()
        self._as(self.director).action_validate_answer()
        self.assertNotIn("request_validated", self._codes(self.referent))
