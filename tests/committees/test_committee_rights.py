"""What nobody writes by hand, what the members do not read, what a form may not break."""

from odoo import fields, http
from odoo.exceptions import AccessError, UserError
from odoo.fields import Command
from odoo.tests import tagged

from .committee_case import CommitteeCase, CommitteeHttpCase

LONG_AGO = "2020-01-01 08:00:00"


@tagged("post_install", "-at_install")
class TestCommitteeProofs(CommitteeCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.meeting = cls._session(days=40)
        cls.meeting.action_approve_agenda()
        cls.meeting.action_send_notice()
        cls.line = cls._line(cls, cls.meeting, cls.portal_a)
        cls.decision = cls.env["commune.decision"].create(
            {
                "session_id": cls.meeting.id,
                "text": "Acheter du sel ensemble",
                "owner_id": cls.referent.partner_id.id,
            }
        )

    def _refused(self, record, **values):
        with self.assertRaises(UserError, msg=values), self.cr.savepoint():
            record.write(values)
            record.flush_recordset()

    def test_an_officer_does_not_write_the_steps_of_a_session(self):
        session = self.meeting.with_user(self.officer)
        for name, value in [
            ("state", "approved"),
            ("notice_date", LONG_AGO),
            ("notice_date", False),
            ("notice_deadline", "2020-01-01"),
            ("minutes_sent_date", LONG_AGO),
            ("minutes_approved_date", "2020-01-01"),
            ("agenda_approved_by_id", self.chair.id),
            ("notice_attachment_id", False),
            ("date_begin", "2035-01-01 10:00:00"),
            ("active", False),
        ]:
            self._refused(session, **{name: value})
        with self.assertRaises(UserError):
            self.env["commune.session"].with_user(self.officer).create(
                {
                    "committee_id": self.copil.id,
                    "date_begin": "2035-01-01 10:00:00",
                    "state": "approved",
                }
            )
        session.room = "Salle des fêtes"
        self.assertEqual(self.meeting.room, "Salle des fêtes")

    def test_neither_a_context_nor_a_default_of_ones_own_begins_a_session_further_on(self):
        sessions = self.env["commune.session"].with_user(self.officer)
        self.env["ir.default"].with_user(self.officer).set(
            "commune.session", "notice_date", LONG_AGO, user_id=True
        )
        session = sessions.with_context(default_state="held").create(
            {"committee_id": self.copil.id, "date_begin": "2035-01-01 10:00:00"}
        )
        self.assertEqual((session.state, session.notice_date), ("draft", False))

    def test_a_decision_that_is_done_is_dated_today_for_every_user(self):
        decision = self.decision.with_user(self.officer)
        decision.state = "done"
        self.assertEqual(decision.done_date, self.env.company._get_today())
        self._refused(decision, state="done", done_date="2020-01-01")
        decision.state = "in_progress"
        self.assertFalse(decision.done_date)

    def test_the_operations_of_an_officer_still_move_the_session(self):
        session = self._session(days=60).with_user(self.officer)
        session.action_approve_agenda()
        session.action_send_notice()
        session.action_start()
        self.assertEqual(session.state, "held")
        session.action_prepare_minutes()
        session.action_send_minutes()
        self.assertEqual(session.state, "minutes_sent")

    def test_an_officer_does_not_write_what_a_member_answered(self):
        line = self.line.with_user(self.officer)
        for name, value in [
            ("sent_at", LONG_AGO),
            ("opened_at", LONG_AGO),
            ("answer", "present"),
            ("answered_at", LONG_AGO),
            ("comment", "Je viens"),
            ("partner_id", self.portal_b.partner_id.id),
        ]:
            self._refused(line, **{name: value})
        self._refused(
            self.meeting.with_user(self.officer),
            attendance_ids=[Command.update(line.id, {"sent_at": LONG_AGO})],
        )
        self._refused(line, presence_ids=[Command.create({"mode": "room"})])
        line.sudo().presence_ids = [Command.create({"mode": "room"})]
        self.assertEqual(self.line.actual, "present")

    def test_a_dispatch_that_left_does_not_change(self):
        dispatches = self.env["commune.dispatch"].with_user(self.officer)
        with self.assertRaises(UserError):
            dispatches.create({"session_id": self.meeting.id, "sent_at": LONG_AGO})
        dispatch = dispatches.create({"session_id": self.meeting.id, "note": "<p>Lisez</p>"})
        self._refused(dispatch, sent_at=LONG_AGO)
        dispatch.note = "<p>Bonjour</p>"
        dispatch.sudo().sent_at = fields.Datetime.now()
        self._refused(dispatch, note="<p>Autre chose</p>")
        self._refused(dispatch, document_ids=[Command.clear()])

    def test_a_referent_notes_the_progress_of_a_decision_only(self):
        decision = self.decision.with_user(self.referent)
        for name, value in [
            ("text", "Acheter des chasse-neige"),
            ("is_published", True),
            ("scope", "all"),
            ("impact_text", "<p>Rien</p>"),
            ("owner_id", self.officer.partner_id.id),
            ("number", "ESSAI-1"),
        ]:
            self._refused(decision, **{name: value})
        decision._add_note("Trois devis demandés", "in_progress")
        self.assertEqual(self.decision.state, "in_progress")
        self.assertEqual(self.decision.text, "Acheter du sel ensemble")
        self._refused(self.decision.with_user(self.officer), number="ESSAI-1")

    def test_the_file_of_the_notice_does_not_change(self):
        notice = self.meeting.notice_attachment_id
        before = notice.raw
        self._refused(notice.with_user(self.officer), raw=b"autre")
        self.assertEqual(notice.raw, before)

    # what a member does not read

    def test_the_messages_of_the_staff_are_not_for_the_members(self):
        self.decision.write(
            {
                "scope": "chosen",
                "chosen_commune_ids": self.commune_a.ids,
                "is_published": True,
            }
        )
        for record in (self.copil, self.meeting, self.line, self.decision):
            message = record.with_user(self.officer).message_post(
                body="Entre nous", message_type="comment", subtype_xmlid="mail.mt_comment"
            )
            record.with_user(self.portal_a).check_access("read")
            seen = self.env["mail.message"].with_user(self.portal_a)
            self.assertFalse(seen.search([("id", "=", message.id)]), record._name)
            with self.assertRaises(AccessError):
                seen.browse(message.id).read(["body"])

    def test_what_people_type_stays_text_in_the_activities_of_the_secretary(self):
        typed = "<b onclick=alert(1)>ici</b>"
        self.meeting._notify_secretary("session_notice_unreached", "À rappeler", f"Luc {typed}")
        note = self.meeting.activity_ids.filtered(lambda a: a.summary == "À rappeler").note
        self.assertNotIn("<b", note)
        self.assertIn("&lt;b onclick", note)
        line = self.line
        line._reply("represented", "link", represented_by=typed, comment=typed)
        item = self._session(days=80)._propose_item(
            self.commune_a, self.portal_a.partner_id, typed, typed
        )
        self.assertNotIn("<b", item.description)
        self.assertNotIn(typed, item.session_id.message_ids[0].body)

    def test_a_member_does_not_read_the_minutes_before_they_leave(self):
        self.meeting.minutes_html = "<p>Brouillon</p>"
        session = self.meeting.with_user(self.portal_a)
        self.assertEqual(session.read(["state"])[0]["state"], "convened")
        with self.assertRaises(AccessError):
            session.read(["minutes_html"])
        with self.assertRaises(AccessError):
            session.search([("minutes_html", "like", "Brouillon")])
        with self.assertRaises(AccessError):
            session.action_print_file()


@tagged("post_install", "-at_install")
class TestCommitteeForms(CommitteeHttpCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.meeting = cls._session(days=40, name="Séance de rentrée")
        cls.meeting.action_approve_agenda()
        cls.meeting.action_send_notice()
        cls.draft = cls._session(days=90)

    def _post_file(self, path, name, **data):
        """A file where a text is due."""
        data = {"csrf_token": http.Request.csrf_token(self), **data}
        return self.url_open(path, data=data, files={name: ("a.txt", b"texte")})

    def test_a_null_character_or_a_file_breaks_nothing(self):
        self._login(self.portal_a)
        path = f"/my/sessions/{self.meeting.id}/answer"
        answer = self._post(path, answer="present", comment="Je\x00 viens")
        self.assertEqual(answer.status_code, 200)
        line = self._line(self.meeting, self.portal_a)
        line.invalidate_recordset()
        self.assertEqual((line.answer, line.comment), ("present", "Je viens"))
        for name in ("answer", "comment", "holder", "represented_by"):
            values = {"answer": "represented", "represented_by": "Luc"}
            values.pop(name, None)
            status = self._post_file(path, name, **values).status_code
            self.assertIn(status, (200, 422), name)
        propose = f"/my/sessions/{self.draft.id}/propose/send"
        place = self.commune_a.id
        self.assertEqual(self._post_file(propose, "title", commune_id=place).status_code, 422)
        self._post(propose, commune_id=place, title="Sel\x00", text="Du\x00 sel")
        self.assertEqual(self.draft.item_ids.filtered("proposed_by_id").name, "Sel")

    def test_the_link_of_the_agenda_is_that_of_the_chair_of_today(self):
        self.draft.chair_id = self.portal_a.partner_id
        self.draft.action_ask_approval()
        path = f"/session-agenda/{self.draft.agenda_token}"
        self._login(None)
        self.assertEqual(self.url_open(path).status_code, 200)
        seat = self.copil.member_ids.filtered(lambda m: m.mandate_id == self.mandate_a)
        seat.date_end = self.today
        self.assertEqual(self.url_open(path).status_code, 404)
        seat.date_end = False
        self.assertEqual(self.url_open(path).status_code, 200)
        self.draft.chair_id = self.chair
        self.assertEqual(self.url_open(path).status_code, 404)
        self._post(f"{path}/answer", answer="approve")
        self.draft.invalidate_recordset()
        self.assertEqual(self.draft.state, "draft")

    def test_the_link_of_the_agenda_is_for_the_chair_or_for_a_browser_without_account(self):
        self.draft.chair_id = self.portal_a.partner_id
        self.draft.action_ask_approval()
        path = f"/session-agenda/{self.draft.agenda_token}"
        for user in (self.portal_b, self.officer):
            self._login(user)
            self.assertEqual(self.url_open(path).status_code, 403)
            self._post(f"{path}/answer", answer="approve")
        self.draft.invalidate_recordset()
        self.assertEqual(self.draft.state, "draft")
        self._login(self.portal_a)
        self.assertEqual(self.url_open(path).status_code, 200)

    def test_the_link_of_a_chair_without_a_seat_dies_with_the_mandate(self):
        mandate = self._mandate(self.chair, self.epci, "vice_president")
        self.copil.chair_id = False
        self.draft.chair_id = self.chair
        self.draft.action_ask_approval()
        find = self.env["commune.session"]._find_by_agenda_token
        self.assertEqual(find(self.draft.agenda_token), self.draft)
        mandate.date_end = self.today
        self.assertFalse(find(self.draft.agenda_token))
