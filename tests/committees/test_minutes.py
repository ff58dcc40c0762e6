"""Minutes: written from the notes, sent, approved, frozen."""

import base64
import hashlib
from datetime import timedelta

from odoo import fields
from odoo.exceptions import UserError
from odoo.fields import Command
from odoo.tests import freeze_time, tagged

from ..core.pdf_reading import Pdf
from .committee_case import CommitteeCase


@tagged("post_install", "-at_install")
class HeldCase(CommitteeCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.env = cls.env(context=dict(cls.env.context, force_report_rendering=True))
        # Monday 12 October 2026; five working days later: Monday 19.
        cls.session = cls._held("2026-10-12 15:30:00")
        cls.item = cls.session._get_agenda()[0]

    @classmethod
    def _held(cls, begin, **values):
        session = cls._session(
            date_begin=begin,
            opened_at=begin,
            closed_at=fields.Datetime.to_datetime(begin) + timedelta(hours=2),
            **values,
        )
        session.write({"state": "held", "notice_date": "2026-01-05 09:00:00"})
        return session.with_env(cls.env)

    def _decide(self, text="Acheter le sel ensemble", **values):
        return self.env["commune.decision"].create(
            {"session_id": self.session.id, "item_id": self.item.id, "text": text, **values}
        )

    def _arrive(self, user, **values):
        line = self._line(self.session, user)
        return self.env["commune.attendance.presence"].create(
            {"attendance_id": line.id, "arrived_at": self.session.opened_at, **values}
        )

    def _pdf(self, report):
        reports = self.env["ir.actions.report"].with_context(lang="fr_FR")
        name = f"commune_relations.{report}"
        return Pdf(reports._render_qweb_pdf(name, self.session.ids)[0])


class TestMinutes(HeldCase):
    def test_the_first_text_says_who_came_what_was_discussed_and_decided(self):
        self._arrive(self.portal_a)
        self._arrive(
            self.portal_both,
            arrived_at=self.session.opened_at + timedelta(minutes=40),
            left_at=self.session.opened_at + timedelta(minutes=60),
        )
        line = self._line(self.session, self.portal_b)
        holder = self._line(self.session, self.portal_a)
        line.write({"answer": "proxy", "proxy_to_id": holder.id, "proxy_rank": 1})
        self._line(self.session, self.portal_a_limited).answer = "excused"
        self.item.notes = "Première ligne.\n\nSeconde <ligne>."
        self.item.outcome = "Le groupement est lancé."
        self._decide(owner_id=self.chair.id, deadline="2026-12-31")
        self.session.action_prepare_minutes()
        text = (
            str(self.session.minutes_html).replace("&nbsp;", " ").replace("\N{NO-BREAK SPACE}", " ")
        )
        for words in (
            "Anne AUBRY (Aubrive)",
            "18 h 10",
            "18 h 30",
            "Bruno BLANC (Bellefontaine)",
            "Luc ARNAUD (Aubrive)",
            "<p>Première ligne.</p>",
            "Seconde &lt;ligne&gt;.",
            "Le groupement est lancé.",
            "Acheter le sel ensemble",
            "Vera VICE",
            "31 décembre 2026",
            "17 h 30",
            "19 h 30",
        ):
            self.assertIn(words, text)

    def test_minutes_of_an_item_written_on_its_sheet_replace_the_notes(self):
        self.item.write({"notes": "brouillon", "minutes_html": "<p>Texte propre</p>"})
        self.session.action_prepare_minutes()
        self.assertIn("Texte propre", self.session.minutes_html)
        self.assertNotIn("brouillon", self.session.minutes_html)

    def test_empty_minutes_do_not_leave(self):
        with self.assertRaises(UserError):
            self.session.action_send_minutes()
        self.session.minutes_html = "<p><br></p>"
        with self.assertRaises(UserError):
            self.session.action_send_minutes()
        self.assertEqual(self.session.state, "held")

    def test_each_member_receives_both_documents_and_the_version_is_what_was_sent(self):
        self._decide()
        self.session.action_prepare_minutes()
        self.session.with_user(self.officer).action_send_minutes()
        self.assertEqual(self.session.state, "minutes_sent")
        version = self.session.version_ids
        self.assertEqual((version.number, version.kind), (1, "sent"))
        self.assertEqual(version.author_id, self.officer)
        content = base64.b64decode(version.pdf)
        self.assertEqual(version.sha256, hashlib.sha256(content).hexdigest())
        for user in (self.portal_a, self.portal_b, self.portal_both, self.portal_a_limited):
            letter = self._letters(user)[-1]
            self.assertEqual(len(letter.attachment_ids), 2)
            self.assertIn(content, letter.attachment_ids.mapped("raw"))
        self.assertFalse(self._letters(self.portal_ended))

    def test_a_refusal_of_letters_does_not_hold_back_the_minutes(self):
        self.env["mail.blacklist"]._add(self.portal_a.partner_id.email)
        self.session.minutes_html = "<p>Texte</p>"
        self.session.action_send_minutes()
        letter = self._letters(self.portal_a)[-1]
        self.assertEqual(letter.state, "outgoing")

    def test_a_member_without_an_address_is_reported(self):
        self.portal_b.partner_id.email = False
        self.session.minutes_html = "<p>Texte</p>"
        action = self.session.action_send_minutes()
        self.assertIn("BLANC", action["params"]["message"])
        self.assertIn("Bruno BLANC", str(self.session.activity_ids.mapped("note")))

    def test_approved_minutes_keep_their_fingerprint_whatever_is_edited_later(self):
        self.session.minutes_html = "<p>Texte approuvé</p>"
        self.session.action_send_minutes()
        later = self._held("2026-11-09 16:30:00")
        self.session.action_approve_minutes()
        self.assertEqual(self.session.state, "approved")
        self.assertEqual(self.session.minutes_approved_session_id, later)
        self.assertEqual(str(self.session.minutes_approved_date), "2026-11-09")
        approved = self.session.version_ids.filtered(lambda v: v.kind == "approved")
        before, fingerprint = approved.pdf, approved.sha256
        self.assertIn("Texte approuvé", Pdf(base64.b64decode(before)).text)
        self.session.minutes_html = "<p>Texte changé après coup</p>"
        self.assertEqual(
            self.session.version_ids.sorted("number").mapped("kind"),
            ["sent", "approved", "corrected"],
        )
        corrected = self.session.version_ids.filtered(lambda v: v.kind == "corrected")
        self.assertIn("changé", Pdf(base64.b64decode(corrected.pdf)).text)
        self.assertNotEqual(corrected.sha256, fingerprint)
        self.env.invalidate_all()
        self.assertEqual(approved.pdf, before)
        self.assertEqual(hashlib.sha256(base64.b64decode(before)).hexdigest(), fingerprint)
        with self.assertRaises(UserError):
            approved.sudo().write({"html": "<p>x</p>"})

    def test_saving_the_same_text_makes_no_version(self):
        self.session.minutes_html = "<p>Texte</p>"
        self.session.action_send_minutes()
        self.session.minutes_html = self.session.minutes_html
        self.session.room = "Salle B"
        self.assertEqual(len(self.session.version_ids), 1)

    def test_only_a_later_session_that_is_held_approves(self):
        self.session.minutes_html = "<p>Texte</p>"
        with self.assertRaises(UserError):
            self.session.action_approve_minutes()
        self.session.action_send_minutes()
        self._held("2026-09-07 15:30:00")
        self._session(date_begin="2026-11-09 16:30:00")
        with self.assertRaises(UserError):
            self.session.action_approve_minutes()
        self.assertEqual(self.session.state, "minutes_sent")

    def test_the_delay_counts_working_days_and_is_recalled_once(self):
        self.assertEqual(str(self.session.minutes_deadline), "2026-10-19")
        sessions = self.env["commune.session"]
        with freeze_time("2026-10-16 06:00:00"):
            self.assertNotIn(self.session, sessions._remind_minutes())
            self.assertEqual(self.session.minutes_state, "soon")
        with freeze_time("2026-10-19 06:00:00"):
            sessions._remind_minutes()
            sessions._remind_minutes()
        self.assertEqual(len(self.session.activity_ids), 1)
        self.assertEqual(self.session.activity_ids.user_id, self.officer)
        with freeze_time("2026-10-20 06:00:00"):
            self.session.invalidate_recordset(["minutes_state"])
            self.assertEqual(self.session.minutes_state, "late")
        self.session.minutes_html = "<p>Texte</p>"
        self.session.action_send_minutes()
        self.assertFalse(self.session.activity_ids)

    def test_minutes_that_come_back_do_not_touch_the_proof_of_the_notice(self):
        self.session.minutes_html = "<p>Texte</p>"
        self.session.action_send_minutes()
        line = self._line(self.session, self.portal_a)
        line._message_receive_bounce(line.partner_id.email, line.partner_id)
        self.assertFalse(line.bounced_at)
        self.assertEqual(len(self.session.activity_ids), 1)


class TestDocuments(HeldCase):
    def test_the_sheet_has_a_line_for_each_member_and_room_to_sign(self):
        holder = self._line(self.session, self.portal_a)
        self._line(self.session, self.portal_b).write(
            {"answer": "proxy", "proxy_to_id": holder.id, "proxy_rank": 1}
        )
        pdf = self._pdf("session_sheet_report")
        for name in ("Anne AUBRY", "Bruno BLANC", "Luc ARNAUD", "Sophie COLIN"):
            self.assertIn(name, pdf.text)
        self.assertIn("Communauté de communes des Deux Rives", pdf.text)
        self.assertGreater(pdf.text.count("Anne AUBRY"), 1)
        places = [y for text, _x, y in pdf.words_at(0) if text in ("Aubrive", "Bellefontaine")]
        gaps = [b - a for a, b in zip(sorted(places), sorted(places)[1:], strict=False) if b > a]
        self.assertTrue(gaps)
        self.assertGreaterEqual(min(gaps), 10)

    def test_forty_six_members_are_all_on_the_sheet(self):
        people = self.env["res.partner"].create(
            [{"firstname": "Élu", "lastname": f"N{number:02}"} for number in range(46)]
        )
        board = self._committee("Bureau", "copil", quorum_mode="majority")
        self.env["commune.committee.member"].create(
            [
                {"committee_id": board.id, "person_id": p.id, "college": f"Collège {p.id % 3}"}
                for p in people
            ]
        )
        self.session = self._session(board)
        pdf = self._pdf("session_sheet_report")
        for person in people:
            self.assertIn(person.name, pdf.text)
        self.assertLessEqual(len(pdf), 6)

    def test_minutes_wait_for_the_session(self):
        coming = self._session()
        document = self.env["report.commune_relations.session_minutes"]
        with self.assertRaises(UserError):
            document._get_report_values(coming.ids)
        values = document._get_report_values(self.session.ids)
        self.assertEqual(values["presiding_title"], values["chair_title"])

    def test_the_record_follows_the_numbers(self):
        first, second = self._decide(), self._decide()
        (first | second).invalidate_recordset()
        second.sequence, first.sequence = 1, 2
        document = self.env["report.commune_relations.session_decisions"]
        found = document._get_report_values(self.session.ids)["decisions"]
        self.assertEqual(found.mapped("number"), sorted(found.mapped("number")))

    def test_the_record_holds_decisions_and_what_they_change(self):
        self._decide(
            owner_id=self.chair.id, deadline="2026-12-01", impact_text="<p>Commande en mai</p>"
        )
        pdf = self._pdf("session_decisions_report")
        for words in ("ESSAI-2026-001", "Acheter le sel", "Vera VICE", "1er décembre", "en mai"):
            self.assertIn(words, pdf.text)

    def test_attendance_over_time_by_member_commune_and_college(self):
        self._arrive(self.portal_a)
        self._line(self.session, self.portal_b).answer = "excused"
        other = self._held("2026-09-07 15:30:00")
        self.env["commune.attendance.presence"].create(
            [
                {"attendance_id": self._line(other, user).id, "mode": mode}
                for user, mode in ((self.portal_a, "room"), (self.portal_b, "remote"))
            ]
        )
        self._session()  # not held: it does not count
        self.env.flush_all()
        # called, attended, excused, missed, %
        self.assertEqual(
            self.copil._get_attendance_rows("partner_id"),
            [
                ["Luc ARNAUD", 2, 0, 0, 2, 0.0],
                ["Anne AUBRY", 2, 2, 0, 0, 100.0],
                ["Bruno BLANC", 2, 1, 1, 0, 50.0],
                ["Sophie COLIN", 2, 0, 0, 2, 0.0],
                ["Vera VICE", 2, 0, 0, 2, 0.0],
            ],
        )
        self.assertEqual(
            self.copil._get_attendance_rows("commune_id"),
            [
                ["Aubrive", 6, 2, 0, 4, 33.3],
                ["Bellefontaine", 2, 1, 1, 0, 50.0],
                ["–", 2, 0, 0, 2, 0.0],
            ],
        )
        self.assertEqual(
            self.copil._get_attendance_rows("college"),
            [
                ["Élus et agents", 4, 0, 0, 4, 0.0],
                ["Maires", 4, 3, 1, 0, 75.0],
                ["Without a college", 2, 0, 0, 2, 0.0],
            ],
        )
        report = self.env["report.commune_relations.attendance_xlsx"]
        content, kind = report.create_xlsx_report(self.copil.ids, {})
        self.assertEqual((kind, content[:2]), ("xlsx", b"PK"))

    def test_the_view_says_the_same_as_the_line_of_the_member(self):
        self._arrive(self.portal_a, mode="remote")
        self._line(self.session, self.portal_b).answer = "excused"
        self._line(self.session, self.portal_both).answer = "present"
        self.env.flush_all()
        stats = self.env["commune.attendance.stat"].search([("session_id", "=", self.session.id)])
        presences = {stat.partner_id: stat.actual for stat in stats}
        self.assertEqual(
            presences, {line.partner_id: line.actual for line in self.session.attendance_ids}
        )


class TestDecisions(HeldCase):
    def _late(self, deadline="2026-11-01", **values):
        return self._decide(deadline=deadline, owner_id=self.chair.id, **values)

    def test_late_decisions_come_first_on_the_next_agenda_the_oldest_before(self):
        second = self._late("2026-11-10")
        first = self._late("2026-10-20")
        self._late("2999-01-01")
        self._late(state="done")
        other = self._committee("Autre comité", "copil")
        stranger = self._session(other)
        self.assertFalse(stranger.item_ids.followed_decision_id)
        following = self._session()
        agenda = following._get_agenda()
        self.assertEqual(agenda[:2].followed_decision_id, first | second)
        self.assertEqual(agenda[0].followed_decision_id, first)
        self.assertEqual(agenda[2].name, "Bilan des demandes")
        self.assertEqual(agenda[0].rapporteur_id, self.chair)

    def test_only_the_nearest_agenda_takes_them_and_once(self):
        decision = self._late()
        near = self._session(days=20)
        far = self._session(days=60)
        self.assertEqual(near._get_agenda()[0].followed_decision_id, decision)
        self.assertFalse(far.item_ids.followed_decision_id)
        self.env["commune.session"]._cron_follow_up()
        self.assertEqual(len(decision.followed_item_ids), 1)

    def test_a_decision_that_becomes_late_afterwards_is_added_in_the_morning(self):
        following = self._session(days=30)
        decision = self._late()
        self.env["commune.session"]._cron_follow_up()
        self.assertEqual(following._get_agenda()[0].followed_decision_id, decision)

    def test_a_decision_done_in_the_meantime_leaves_the_agenda(self):
        decision = self._late()
        following = self._session(days=30)
        decision.state = "done"
        self.assertFalse(following.item_ids.followed_decision_id)
        self.assertEqual(decision.done_date, self.env.company._get_today())
        decision.state = "in_progress"
        self.assertFalse(decision.done_date)

    def test_a_postponed_session_takes_the_late_decision_along_once(self):
        decision = self._late()
        following = self._session(days=30)
        later = following._call_off("Salle indisponible", following.date_begin + timedelta(days=7))
        self.assertEqual(later.item_ids.followed_decision_id, decision)
        self.assertEqual(len(later.item_ids), 3)

    def test_one_thing_to_do_for_each_late_decision(self):
        decision = self._late()
        self.env["commune.decision"]._remind_late()
        self.env["commune.decision"]._remind_late()
        self.assertEqual(len(decision.activity_ids), 1)
        self.assertEqual(decision.activity_ids.user_id, self.officer)
        decision.activity_ids.action_feedback()
        self.env["commune.decision"]._remind_late()
        self.assertFalse(decision.activity_ids)
        decision.deadline = "2026-11-02"
        decision.owner_id = self.referent.partner_id
        self.env["commune.decision"]._remind_late()
        self.assertEqual(decision.activity_ids.user_id, self.referent)
        decision.state = "done"
        self.assertFalse(decision.activity_ids)

    def test_progress_notes_stay(self):
        decision = self._late()
        decision.owner_id = self.referent.partner_id
        own = decision.with_user(self.referent)
        own._add_note("Trois devis demandés", "in_progress")
        own._add_note("Deux devis reçus")
        self.assertEqual(decision.state, "in_progress")
        self.assertEqual(decision.progress_note, "Deux devis reçus")
        self.assertEqual(len(decision.note_ids), 2)
        with self.assertRaises(UserError):
            decision.note_ids[0].sudo().text = "Autre"
        with self.assertRaises(UserError):
            decision.note_ids[0].sudo().unlink()
        with self.assertRaises(UserError):
            own._add_note("  ")

    def test_minutes_publish_decisions_that_concern_communes_only(self):
        everywhere = self._decide(scope="all")
        nowhere = self._decide()
        self.session.minutes_html = "<p>Texte</p>"
        self.session.action_send_minutes()
        self.assertTrue(everywhere.is_published)
        self.assertTrue(everywhere.published_date)
        self.assertFalse(nowhere.is_published)

    def test_requests_and_events_are_linked_both_ways(self):
        request = self.env["helpdesk.ticket"].create({"name": "Sel", "description": "Sel"})
        event = self.env["event.event"].create(
            {
                "name": "Visite",
                "date_begin": "2027-01-01 08:00:00",
                "date_end": "2027-01-01 10:00:00",
            }
        )
        decision = self._decide(
            request_ids=[Command.link(request.id)], event_ids=[Command.link(event.id)]
        )
        self.assertEqual(request.decision_ids, decision)
        self.assertEqual(event.decision_ids, decision)
