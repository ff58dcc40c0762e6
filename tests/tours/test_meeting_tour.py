"""The meeting screen on a tablet whose network is cut."""

from uuid import uuid4

from odoo.tests import HttpCase, tagged

from ..committees.committee_case import CommitteeCase
from ..committees.test_meeting import CONVENED
from .common import without_missing_asset


@tagged("post_install", "-at_install")
class TestMeetingTour(CommitteeCase, HttpCase):
    browser_size = "820x1180"
    touch_enabled = True

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        without_missing_asset(cls.env)
        people = cls.env["res.partner"].create(
            [{"firstname": "Élu", "lastname": f"N{number:02}"} for number in range(11)]
        )
        board = cls._committee("Bureau (essai)", "council", quorum_mode="majority")
        cls.env["commune.committee.member"].create(
            [{"committee_id": board.id, "person_id": person.id} for person in people]
        )
        cls.meeting = cls._session(board, days=0)
        cls.meeting.write(CONVENED)
        cls.officer.password = "test_officer"

    def _tour(self, name):
        path = f"/odoo/sessions/{self.meeting.id}"
        self.start_tour(path, f"commune_relations.{name}", login="test_officer")
        self.env.invalidate_all()

    def test_ten_arrivals_without_network_are_sent_once(self):
        self._tour("meeting_offline")
        presences = self.meeting.attendance_ids.presence_ids
        self.assertEqual(len(presences), 10)
        self.assertEqual(len(presences.attendance_id), 10)
        item = self.meeting._get_agenda()[0]
        self.assertEqual(item.notes, "Noté sans réseau")
        self.assertEqual(self.meeting.decision_ids.text, "Acheter le sel ensemble")
        self.assertEqual(set(self.meeting.operation_ids.mapped("outcome")), {"applied"})
        self._tour("meeting_back_online")
        self.assertEqual(len(self.meeting.attendance_ids.presence_ids), 10)
        self.assertEqual(len(presences.filtered("left_at")), 1)

    def test_texts_of_two_tablets_are_put_together_by_a_finger(self):
        item = self.meeting._get_agenda()[0]
        item.notes = "Texte du bureau"
        values = {"target": "item", "field": "notes", "item": item.id, "base": ""}
        operation = {"uid": str(uuid4()), "kind": "text", "value": "Texte de la tablette", **values}
        self.meeting.with_user(self.officer).apply_meeting_operations([operation])
        self._tour("meeting_two_texts")
        self.assertEqual(item.notes, "Texte du bureau\nTexte de la tablette")

    def test_a_council_of_a_commune_meets_in_one_room(self):
        self._tour("meeting_by_video")
        self.meeting.committee_id.place_id = self.commune_a
        self._tour("meeting_in_one_room")
        self.assertEqual(self.meeting.attendance_ids.presence_ids.mode, "room")

    def test_a_decision_without_the_quorum_is_asked_for(self):
        self._tour("meeting_no_quorum")
        decisions = self.meeting.decision_ids.sorted("id")
        self.assertEqual(len(decisions), 2)
        self.assertEqual([bool(one.no_quorum_text) for one in decisions], [True, False])


@tagged("post_install", "-at_install")
class TestSecretaryTour(CommitteeCase, HttpCase):
    """From the meeting screen to the next session, with the late decision first."""

    browser_size = "1024x768"

    def _tour(self, meeting, name):
        path = f"/odoo/sessions/{meeting.id}"
        self.start_tour(path, f"commune_relations.{name}", login="test_officer")
        self.env.invalidate_all()

    def test_from_the_meeting_to_the_late_decision_on_the_next_agenda(self):
        without_missing_asset(self.env)
        self.officer.password = "test_officer"
        meeting = self._session(days=0)
        meeting.write(CONVENED)
        self._tour(meeting, "meeting_to_minutes")
        self.assertEqual(meeting.state, "minutes_sent")
        self.assertTrue(meeting.closed_at)
        self.assertIn("Le bilan est présenté.", meeting.minutes_html)
        self.assertIn("Le groupement est lancé.", meeting.minutes_html)
        decision = meeting.decision_ids
        self.assertEqual(decision.owner_id, self.chair)
        self.assertEqual(str(decision.deadline), "2026-01-31")
        self.assertEqual(len(self._letters(self.portal_a)[-1].attachment_ids), 2)
        following = self._session(days=30)
        self._tour(following, "meeting_next_session")
        self.assertEqual(following._get_agenda()[0].followed_decision_id, decision)
        following.state = "held"
        self._tour(meeting, "meeting_approved")
        self.assertEqual(meeting.version_ids.mapped("kind"), ["approved", "sent"])
