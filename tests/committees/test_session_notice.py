"""From the call for items to the notice: who approves, what leaves, what is proved."""

import base64
import io
from datetime import timedelta

from PIL import Image

from odoo import fields
from odoo.exceptions import AccessError, UserError
from odoo.tests import freeze_time, tagged
from odoo.tools import mute_logger
from odoo.tools.pdf import PdfReader, PdfWriter

from ..core.pdf_reading import Pdf
from .committee_case import CommitteeCase


def pdf_of(pages, size=(595, 842), rotation=0):
    """A PDF file of blank pages."""
    writer = PdfWriter()
    for _number in range(pages):
        page = writer.add_blank_page(*size)
        if rotation:
            page.rotate(rotation)
    stream = io.BytesIO()
    writer.write(stream)
    return stream.getvalue()


@tagged("post_install", "-at_install")
class TestSessionNotice(CommitteeCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.env = cls.env(context=dict(cls.env.context, force_report_rendering=True))
        cls.session = cls._session(days=40)

    def _attach(self, name, content, mimetype="application/pdf"):
        return self.env["ir.attachment"].create(
            {"name": name, "datas": base64.b64encode(content), "mimetype": mimetype}
        )

    def _convene(self, session=None):
        session = session or self.session
        session.action_approve_agenda()
        session.action_send_notice()
        return session

    def test_a_session_takes_over_members_chair_and_habits(self):
        self.copil.write({"default_room": "Salle Verlaine", "default_duration": 1.5})
        session = self._session(days=60)
        self.assertEqual(session.chair_id, self.chair)
        self.assertEqual(session.room, "Salle Verlaine")
        self.assertEqual(session.duration, 1.5)
        self.assertEqual(
            set(session.attendance_ids.partner_id.mapped("lastname")),
            {"AUBRY", "BLANC", "ARNAUD", "COLIN", "VICE"},
        )
        self.assertEqual(session.items_deadline, session.date - timedelta(days=20))

    def test_the_notice_names_its_addressees_and_the_rule_of_proxies_when_it_is_known(self):
        report = self.env["report.commune_relations.session_notice"]

        def draw():
            values = report._get_report_values(self.session.ids)
            html = str(self.env["ir.qweb"]._render("commune_relations.session_notice", values))
            return " ".join(html.split())

        self.portal_a.partner_id.civility = "mme"
        page = draw()
        self.assertIn("<li>Ms Anne AUBRY, mayor (Aubrive)</li>", page)
        self.assertEqual(page.count("<li>"), len(self.session.attendance_ids))
        self.assertIn("A member who cannot come may give a written proxy", page)
        self.assertNotIn("rules of procedure", page)
        self.copil.own_rule = "article 12 du règlement intérieur du 3 juin 2026"
        page = draw()
        self.assertIn(
            "By the rules of procedure (article 12 du règlement intérieur du 3 juin 2026), a", page
        )
        self.copil.proxy_allowed = False
        self.assertNotIn("written proxy", draw())

    def test_each_state_has_its_phase_for_the_screens_and_the_searches(self):
        phases = {
            "preparing": {"draft", "agenda"},
            "called": {"convened"},
            "held": {"held", "minutes_sent", "approved"},
            "dead": {"postponed", "cancelled"},
        }
        sessions = self.env["commune.session"]
        states = dict(sessions._fields["state"].selection)
        self.assertEqual(set().union(*phases.values()), set(states))
        for phase, wanted in phases.items():
            for state in states:
                self.session.sudo().state = state
                with self.subTest(phase=phase, state=state):
                    self.assertEqual(self.session.phase == phase, state in wanted)
                    found = sessions.search([("phase", "=", phase), ("id", "=", self.session.id)])
                    self.assertEqual(bool(found), state in wanted)
                    noted = state in ("convened", "held")
                    self.assertEqual(self.session.is_noting, noted)

    def test_the_steps_of_a_session_leave_out_what_ends_it_early(self):
        arch = self.env["commune.session"].get_view(view_type="form")["arch"]
        steps = "draft,agenda,convened,held,minutes_sent,approved"
        self.assertIn(f'statusbar_visible="{steps}"', arch)

    def test_the_next_session_of_a_committee_is_the_nearest_that_is_not_called_off(self):
        near, far, called_off = self.session, self._session(days=60), self._session(days=20)
        called_off._call_off("Salle indisponible")
        self._session(days=-5)
        self.copil.invalidate_recordset(["next_session_id"])
        self.assertEqual(self.copil.next_session_id, near)
        near._call_off("Salle indisponible")
        self.copil.invalidate_recordset(["next_session_id"])
        self.assertEqual(self.copil.next_session_id, far)

    def test_a_mandate_that_ends_before_the_session_gives_no_seat(self):
        self.mandate_b.date_end = self.session.date - timedelta(days=1)
        self.session._sync_attendances()
        self.assertNotIn("BLANC", self.session.attendance_ids.partner_id.mapped("lastname"))
        self.assertIn("BLANC", self._session(days=20).attendance_ids.partner_id.mapped("lastname"))

    def test_a_commune_proposes_until_the_date(self):
        item = self.session._propose_item(
            self.commune_b, self.portal_b.partner_id, "Sel de déneigement", "Acheter ensemble ?"
        )
        self.assertEqual((item.state, item.proposed_by_id), ("proposed", self.commune_b))
        self.assertNotIn(item, self.session._get_agenda())
        self.assertIn("Sel", self.session.activity_ids.summary)
        item.action_keep()
        self.assertEqual(item.number, 3)
        with freeze_time(self.session.items_deadline + timedelta(days=1)):
            with self.assertRaises(UserError):
                self.session._propose_item(self.commune_b, self.portal_b.partner_id, "Trop tard")

    def test_the_agenda_is_approved_before_the_notice_leaves(self):
        with self.assertRaises(UserError):
            self.session.action_send_notice()
        empty = self._session(days=50, item_ids=[])
        with self.assertRaises(UserError):
            empty.action_approve_agenda()
        self.session.with_user(self.officer).action_approve_agenda()
        self.assertEqual(self.session.agenda_approved_by_id, self.chair)
        history = " ".join(self.session.message_ids.mapped("body"))
        self.assertIn("VICE", history)
        self.assertIn("test_officer", history)

    def test_what_changes_after_the_approval_has_to_be_approved_again(self):
        self.session.action_approve_agenda()
        self.session.item_ids[0].duration = 45
        self.assertEqual(self.session.state, "agenda")
        self.session.item_ids[0].name = "Autre chose"
        self.assertEqual(self.session.state, "draft")
        self.assertFalse(self.session.agenda_approved_date)

    def test_every_member_gets_a_letter_with_the_notice_and_the_calendar(self):
        self.officer.email = "test_officer@deux-rives.fr"
        self.portal_b.partner_id.email = False
        self._convene()
        self.assertEqual(self.session.state, "convened")
        letter = self._letters(self.portal_a)
        self.assertEqual(len(letter), 1)
        self.assertEqual(
            sorted(name.rsplit(".", 1)[1] for name in letter.attachment_ids.mapped("name")),
            ["ics", "pdf"],
        )
        line = self._line(self.session, self.portal_a)
        self.assertIn(f"/session/{line.token}", self._copy(letter))
        self.assertNotIn(f"/session/{line.token}", self._copy(self._letters(self.portal_both)))
        self.assertIn("test_officer", letter.reply_to)
        self.assertFalse(self._letters(self.portal_b))
        self.assertIn("BLANC", " ".join(self.session.activity_ids.mapped("note")))

    def test_an_opt_out_does_not_hold_the_notice_back(self):
        self.env["commune.contact.preference"].create({"partner_id": self.portal_a.partner_id.id})
        self.env["mail.blacklist"]._add(self.portal_a.partner_id.email)
        self._convene()
        letter = self._letters(self.portal_a)
        self._leave(letter)
        self.assertTrue(self._line(self.session, self.portal_a).sent_at)

    def test_the_proof_says_sent_opened_returned_answered(self):
        self._convene()
        line, other = (self._line(self.session, who) for who in (self.portal_a, self.portal_b))
        self.assertFalse(line.sent_at)
        self._leave(self._letters(self.portal_a))
        self.assertTrue(line.sent_at)
        line._mark_opened()
        first = line.opened_at
        line._mark_opened()
        self.assertEqual(line.opened_at, first)
        other._message_receive_bounce("bruno.blanc@mel.example", other.partner_id)
        self.assertTrue(other.bounced)
        self.assertIn("BLANC", " ".join(self.session.activity_ids.mapped("summary")))
        line._reply("present", "link")
        rows = {row["name"]: row for row in line._get_proof_rows(self.session)}
        self.assertEqual(len(rows), 5)
        own = rows[line.partner_id.name]
        self.assertTrue(own["sent"] and own["opened"] and own["answered"])
        self.assertTrue(rows[other.partner_id.name]["bounced"])

    def test_the_notices_of_a_list_of_sessions_load_no_member(self):
        sessions = self.session | self._session(days=50) | self._session(days=60)
        for session in sessions:
            self._convene(session)
        sessions[0].attendance_ids.sent_at = fields.Datetime.now()
        sessions[1].attendance_ids[1:].sent_at = fields.Datetime.now()
        costs = []
        for some in (sessions[0], sessions):
            self.env.flush_all()
            self.env.invalidate_all()
            before = self.env.cr.sql_log_count
            states = some.mapped("notice_state")
            costs.append(self.env.cr.sql_log_count - before)
            self.assertFalse(sessions.attendance_ids._fields["sent_at"]._get_cache(self.env))
        self.assertEqual(states, ["sent", "leaving", "leaving"])
        self.assertEqual(*costs)

    def test_the_list_of_proof_is_in_the_order_of_a_directory(self):
        self._line(self.session, self.portal_a).commune_id.name = "Chieulles"
        self._line(self.session, self.portal_b).commune_id.name = "Châtel"
        rows = self.session.attendance_ids._get_proof_rows(self.session)
        names = [row["commune"] for row in rows if row["college"] == "Maires"]
        self.assertEqual(names, ["Châtel", "Chieulles"])

    def test_the_list_of_proof_is_exported_and_the_export_is_noted(self):
        self._convene()
        before = self.env["commune.export.log"].search_count([])
        report = self.env["report.commune_relations.notice_proof_xlsx"].with_user(self.officer)
        content, kind = report.create_xlsx_report(self.session.ids, {})
        self.assertEqual((kind, content[:2]), ("xlsx", b"PK"))
        self.assertEqual(self.env["commune.export.log"].search_count([]), before + 1)

    def test_a_late_notice_needs_a_reason_which_the_notice_states(self):
        session = self._session(days=7)  # ten working days are over, two are not
        session.action_approve_agenda()
        self.assertEqual(session.notice_state, "urgent")
        with self.assertRaises(UserError):
            session.action_send_notice()
        self.assertEqual(session.state, "agenda")
        session.urgency_reason = "Crue de la Moselle"
        session.action_send_notice()
        self.assertEqual(session.notice_state, "leaving")
        written = self._waiting(session.attendance_ids)
        self.assertIn("Crue de la Moselle", written[0].body_html)
        self._leave(written)
        self.assertEqual(session.notice_state, "sent_urgent")
        self.assertIn("Crue", Pdf(base64.b64decode(session.notice_attachment_id.datas)).text)

    def test_the_notice_leaves_until_its_last_day_without_a_reason(self):
        session = self._session(days=60)
        session.action_approve_agenda()
        last = fields.Datetime.to_datetime(session.notice_deadline)
        with freeze_time(last + timedelta(days=1, hours=10)):
            with self.assertRaisesRegex(UserError, "reason for urgency"):
                session.action_send_notice()
        with freeze_time(last + timedelta(hours=10)):
            session.action_send_notice()
        self.assertEqual(session.state, "convened")

    def test_below_the_delay_of_an_emergency_nothing_leaves(self):
        session = self._session(days=60)
        session.action_approve_agenda()
        session.urgency_reason = "Crue de la Moselle"
        last = fields.Datetime.to_datetime(session.urgent_deadline)
        with freeze_time(last + timedelta(days=1, hours=10)):
            with self.assertRaisesRegex(UserError, "even in an emergency"):
                session.action_send_notice()
        self.assertEqual(session.state, "agenda")

    def test_the_notice_is_one_accessible_page(self):
        self._convene()
        pdf = Pdf(base64.b64decode(self.session.notice_attachment_id.datas))
        self.assertEqual(len(pdf), 1)
        self.assertTrue(pdf.is_tagged)
        self.assertIn("Groupement de commandes", pdf.text)

    @mute_logger("pypdf._reader")
    def test_the_complete_file_has_the_pages_of_its_documents_and_one_front(self):
        first, second = self.session._get_agenda()
        second.document_ids = self._attach("Rapport.pdf", pdf_of(3))
        first.document_ids = self._attach("Plan.pdf", pdf_of(2, (1190, 842), 90))
        picture = io.BytesIO()
        Image.new("RGB", (300, 200), "navy").save(picture, "PNG")
        self.session.document_ids = self._attach("Photo.png", picture.getvalue(), "image/png")
        second.document_ids |= self._attach("Budget.xlsx", b"PK not a page", "application/zip")
        second.document_ids |= self._attach("Abime.pdf", b"%PDF-1.4 broken")
        pdf = Pdf(self.env["commune.session.file"]._make_file(self.session))
        self.assertEqual(len(pdf), 1 + 1 + 2 + 3)
        self.assertIn("Plan.pdf", pdf.texts[0])
        for page, text in enumerate(pdf.texts, 1):
            self.assertIn(f"page {page} ", text)
            self.assertIn(" 7", text)
        self.assertIn("Budget.xlsx", pdf.texts[0])
        titles = [entry.title for entry in PdfReader(io.BytesIO(pdf.content)).outline]
        self.assertEqual(titles, ["Photo.png", "Plan.pdf", "Rapport.pdf"])

    def test_the_front_of_the_file_printed_alone_has_its_own_page_numbers(self):
        reports = self.env["ir.actions.report"].with_context(force_report_rendering=True)
        content, _kind = reports._render_qweb_pdf(
            "commune_relations.session_file_report", self.session.ids
        )
        self.assertRegex(Pdf(content).texts[0], r"Page 1 (of|sur) 1")

    @mute_logger("pypdf._reader")
    def test_the_complete_file_is_drawn_once_until_something_of_it_changes(self):
        first, second = self.session._get_agenda()
        second.document_ids = self._attach("Rapport.pdf", pdf_of(3))
        drawn = []
        makers = type(self.env["commune.session.file"])
        draw = makers._make_file

        def count(maker, session):
            drawn.append(session.id)
            return draw(maker, session)

        self.patch(makers, "_make_file", count)
        for change in (
            lambda: None,
            lambda: first.write({"name": "Bilan de l’année"}),
            lambda: second.document_ids.write({"raw": pdf_of(4)}),
            lambda: first.write({"document_ids": self._attach("Plan.pdf", pdf_of(1)).ids}),
            lambda: self.session.write({"room": "Salle des actes"}),
        ):
            drawn.clear()
            change()
            for _opening in range(3):
                file = self.env["commune.session.file"]._get_file_attachment(self.session)
            self.assertEqual(len(drawn), 1)
        pdf = Pdf(file.raw)
        self.assertEqual(len(pdf), 1 + 1 + 4)
        self.assertIn("Bilan de l’année", pdf.texts[0])
        self.assertIn("Salle des actes", pdf.texts[0])
        with freeze_time(self.today + timedelta(days=1)):
            # The day of printing is on the page.
            self.env["commune.session.file"]._get_file_attachment(self.session)
        self.assertEqual(len(drawn), 2)

    def test_reminders_once_and_only_to_the_silent(self):
        self._convene()
        self._line(self.session, self.portal_a)._reply("present", "link")
        early = self.session.date - timedelta(days=10)
        for day in (early, self.session.date - timedelta(days=3), self.session.date):
            with freeze_time(fields.Datetime.to_datetime(day) + timedelta(hours=5)):
                self.env["commune.session"]._cron_remind_sessions()
        self.assertEqual(len(self._letters(self.portal_a)), 1)
        self.assertEqual(len(self._letters(self.portal_b)), 2)

    def test_who_no_longer_sits_on_that_day_is_not_reminded(self):
        self._convene()
        line = self._line(self.session, self.portal_a)
        line.member_id.mandate_id.date_end = self.session.date - timedelta(days=8)
        with freeze_time(fields.Datetime.to_datetime(self.session.date) - timedelta(days=2)):
            self.env["commune.session"]._cron_remind_sessions()
        self.assertEqual(len(self._letters(self.portal_a)), 1)
        self.assertEqual(len(self._letters(self.portal_b)), 2)

    def test_the_secretary_is_warned_of_the_last_day(self):
        day = self.session.notice_deadline - timedelta(days=2)
        with freeze_time(fields.Datetime.to_datetime(day) + timedelta(hours=5)):
            self.env["commune.session"]._cron_remind_sessions()
            self.env["commune.session"]._cron_remind_sessions()
        activity = self.session.activity_ids
        self.assertEqual(len(activity), 1)
        self.assertEqual(activity.date_deadline, self.session.notice_deadline)
        self.assertEqual(activity.user_id, self.officer)

    def test_a_session_postponed_comes_back_with_its_agenda_and_members_are_notified(self):
        self._convene()
        new = self.session.date_begin + timedelta(days=14)
        move = self.env["commune.session.move"].create(
            {"session_id": self.session.id, "date_begin": new, "reason": "Neige"}
        )
        later = self.env["commune.session"].browse(move.action_apply()["res_id"])
        self.assertEqual(self.session.state, "postponed")
        self.assertEqual(self.session.postponed_to_id, later)
        self.assertEqual(later._get_agenda().mapped("name"), self.session.item_ids.mapped("name"))
        self.assertEqual((later.state, later.date_begin), ("draft", new))
        self.assertIn("Neige", self._letters(self.portal_a)[-1].body_html)
        ics = self.session._get_ics_content().decode()
        self.assertIn("STATUS:CANCELLED", ics)
        with self.assertRaises(UserError):
            self.session._call_off("encore")

    def test_a_session_that_nobody_knows_is_called_off_in_silence(self):
        self.env["commune.session.move"].create(
            {"session_id": self.session.id, "kind": "cancel"}
        ).action_apply()
        self.assertEqual(self.session.state, "cancelled")
        self.assertFalse(self._letters(self.portal_a))

    def test_a_reader_sends_nothing(self):
        self.session.action_approve_agenda()
        for who in (self.reader, self.referent):
            with self.assertRaises(AccessError):
                self.session.with_user(who).action_send_notice()
        self.assertEqual(self.session.state, "agenda")
