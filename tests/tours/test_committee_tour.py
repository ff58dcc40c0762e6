"""The secretary from the committee to the notice; a mayor who answers on a telephone."""

from odoo.fields import Command
from odoo.tests import HttpCase, tagged

from ..committees.committee_case import CommitteeCase
from .common import SlowPhoneCase, without_missing_asset


@tagged("post_install", "-at_install")
class TestCommitteeSecretaryTour(CommitteeCase, HttpCase):
    def test_from_the_committee_to_the_answers(self):
        without_missing_asset(self.env)
        self.start_tour(
            "/odoo/committees/new", "commune_relations.committee_secretary", login="test_officer"
        )
        committee = self.env["commune.committee"].search([("name", "=", "COPIL du parcours")])
        meeting = committee.session_ids
        self.assertEqual(meeting.state, "convened")
        self.assertEqual(meeting._get_agenda().mapped("name"), ["Achat de sel"])
        self.assertEqual(len(self._letters(self.portal_a)), 1)
        line = self._line(meeting, self.portal_a)
        self.start_tour(f"/session/{line.token}", "commune_relations.committee_mayor_link")
        self.assertEqual(line.answer, "proxy")
        self.assertEqual(line.proxy_to_id.partner_id, self.portal_b.partner_id)


@tagged("post_install", "-at_install")
class TestCommitteeMayorTour(CommitteeCase, SlowPhoneCase):
    browser_size = "375x667"
    touch_enabled = True

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.meeting = cls._session(days=40)
        cls.meeting.action_approve_agenda()
        cls.meeting.action_send_notice()

    def test_a_mayor_answers_by_the_link_then_gives_a_proxy(self):
        line = self._line(self.meeting, self.portal_a)
        self.start_tour(f"/session/{line.token}", "commune_relations.committee_mayor_link")
        self.assertEqual(line.answer_ids.mapped("answer"), ["proxy", "present"])

    def test_a_mayor_answers_on_the_portal(self):
        self.start_tour("/my", "commune_relations.committee_mayor_portal", login="test_mayor_a")
        self.assertEqual(self._line(self.meeting, self.portal_a).answer, "excused")

    def test_the_holder_of_a_proxy_declines_it_by_the_link(self):
        giver, holder = (self._line(self.meeting, one) for one in (self.portal_a, self.portal_b))
        giver._reply("proxy", "link", holder=holder)
        self.start_tour(f"/session/{holder.token}", "commune_relations.committee_holder_link")
        self.assertFalse(giver.answer)

    def test_documents_are_beside_or_under_the_impact_of_an_item(self):
        item = self.meeting.item_ids[0]
        item.document_ids = self.env["ir.attachment"].create({"name": "Note.txt", "raw": b"x"})
        self.env["commune.decision"].create(
            {
                "session_id": self.meeting.id,
                "item_id": item.id,
                "text": "Acheter ensemble",
                "scope": "chosen",
                "chosen_commune_ids": [Command.link(self.commune_a.id)],
                "impact_text": "<p>Votre sel est livré en octobre.</p>",
                "is_published": True,
            }
        )
        path = f"/my/sessions/{self.meeting.id}"
        for size, touch in (("375x667", True), ("1400x900", False)):
            with self.subTest(size=size):
                self.browser_size, self.touch_enabled = size, touch
                self.start_tour(path, "commune_relations.committee_papers", login="test_mayor_a")
