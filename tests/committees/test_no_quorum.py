"""A council that decides without its quorum is informed where its decisions are written."""

from uuid import uuid4

from lxml import etree

from odoo.tests import Form, freeze_time, tagged

from .committee_case import CommitteeCase

BEGIN = "2026-12-14 17:30:00"


@tagged("post_install", "-at_install")
class TestNoQuorum(CommitteeCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.people = cls.env["res.partner"].create(
            [{"firstname": "Élu", "lastname": f"N{number}"} for number in range(5)]
        )

    def _held(self, place, present, kind="council", **values):
        committee = self._committee(f"Conseil {place.name}", kind, place_id=place.id, **values)
        self.env["commune.committee.member"].create(
            [{"committee_id": committee.id, "person_id": person.id} for person in self.people]
        )
        session = self._session(committee, date_begin=BEGIN)
        session.write({"state": "held", "notice_date": "2026-12-01 09:00:00", "opened_at": BEGIN})
        self.env["commune.attendance.presence"].create(
            [
                {"attendance_id": line.id, "arrived_at": BEGIN}
                for line in session.attendance_ids[:present]
            ]
        )
        return session

    def _decide(self, session, **values):
        return self.env["commune.decision"].create(
            {"session_id": session.id, "text": "Acheter le sel", **values}
        )

    # wording of the mention, and when it appears

    def test_it_names_the_article_of_the_place(self):
        cases = [
            (self.commune_a, "general", "art. L. 2121-17)"),
            (self.commune_b, "alsace_moselle", "art. L. 2541-4)"),
            (self.epci, "alsace_moselle", "art. L. 5211-1 and L. 2121-17)"),
        ]
        for place, law, article in cases:
            place.local_law = law
            text = self._held(place, 2).no_quorum_text
            self.assertIn("the council cannot deliberate", text)
            self.assertIn("second convocation", text)
            self.assertIn(article, text)

    def test_nothing_is_shown_with_the_quorum(self):
        session = self._held(self.commune_a, 3)
        self.assertEqual(session.quorum_required, 3)
        self.assertFalse(session.no_quorum_text)
        session.attendance_ids.presence_ids[0].left_at = "2026-12-14 18:30:00"
        self.assertIn("cannot deliberate", session.no_quorum_text)

    def test_nothing_is_shown_before_the_session_is_opened(self):
        session = self._held(self.commune_a, 2)
        session.state = "convened"
        self.assertFalse(session.no_quorum_text)
        self.assertFalse(self._decide(session).no_quorum_text)

    def test_another_committee_keeps_its_own_word(self):
        session = self._held(self.epci, 2, "copil", quorum_mode="majority")
        self.assertTrue(session.lacked_quorum)
        self.assertFalse(session.no_quorum_text)
        self.assertEqual(session.get_meeting()["session"]["no_quorum"], "")

    def test_a_second_sitting_deliberates_with_any_number_present(self):
        session = self._held(self.commune_a, 2)
        with freeze_time("2026-12-14 20:00:00"):
            session.with_user(self.officer).action_call_again()
        second = session.second_session_ids
        # Whatever an organisation wrote in its rules.
        second.notice_rule_id.quorum = "majority"
        second.write({"state": "held", "notice_date": "2026-12-14 20:30:00"})
        self.env["commune.attendance.presence"].create(
            {"attendance_id": second.attendance_ids[0].id, "arrived_at": second.date_begin}
        )
        self.assertTrue(second.lacked_quorum)
        self.assertFalse(second.no_quorum_text)
        self.assertEqual(second.get_meeting()["session"]["no_quorum"], "")

    def test_presences_that_nobody_noted_are_asked_for(self):
        session = self._held(self.commune_a, 0)
        self.assertIn("Nobody is noted as present", session.no_quorum_text)
        self.assertIn("when 3 of its members", session.no_quorum_text)
        session.state = "minutes_sent"
        self.assertFalse(session.no_quorum_text)

    # where a decision is written

    def test_the_meeting_screen_has_the_same_words(self):
        session = self._held(self.commune_a, 2)
        sentence = session.get_meeting()["session"]["no_quorum"]
        self.assertEqual(sentence, session.no_quorum_text)

    def test_the_form_of_a_decision_says_it_and_keeps_it(self):
        session = self._held(self.commune_a, 2)
        form = Form(self.env["commune.decision"])
        form.session_id = session
        self.assertIn("cannot deliberate", form.no_quorum_text)
        form.text = "Acheter le sel"
        decision = form.save()
        self.assertEqual(session.decision_ids, decision)

    def test_what_was_decided_before_the_quorum_was_lost_is_valid(self):
        session = self._held(self.commune_a, 3)
        first = self._note(session, "Avant", "2026-12-14 18:30:00")
        session.attendance_ids.presence_ids[0].left_at = "2026-12-14 19:00:00"
        second = self._note(session, "Après", "2026-12-14 19:30:00")
        self.assertFalse(first.no_quorum_text)
        self.assertIn("cannot deliberate", second.no_quorum_text)

    def _note(self, session, text, moment):
        """A decision, noted at that moment on the meeting screen."""
        operation = {
            "uid": str(uuid4()),
            "kind": "decision",
            "item": session.item_ids[0].id,
            "text": text,
        }
        with freeze_time(moment):
            session.with_user(self.officer).apply_meeting_operations([operation])
        return session.decision_ids.filtered(lambda one: one.text == text)

    def test_the_sheet_says_it_above_its_decisions(self):
        arch = etree.fromstring(self.env["commune.session"].get_view(view_type="form")["arch"])
        shown = "//sheet/div[field[@name='no_quorum_text']]"
        (warning,) = arch.xpath(shown)
        self.assertEqual(warning.get("invisible"), "not no_quorum_text")
