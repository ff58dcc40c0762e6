"""A letter asked for by an officer and approved by a manager; an exchange on a telephone."""

from lxml import html

from odoo.tests import HttpCase, tagged

from ..network.mailing_case import MailingCase
from .common import SlowPhoneCase, without_missing_asset


@tagged("post_install", "-at_install")
class TestLetterTour(MailingCase, HttpCase):
    def test_from_the_request_to_the_queue(self):
        without_missing_asset(self.env)
        letter = self._letter()
        for name, login in (("request", "test_officer"), ("approve", "test_manager")):
            self.start_tour(
                f"/odoo/commune-letters/{letter.id}",
                f"commune_relations.letter_{name}",
                login=login,
            )
        self.assertEqual((letter.approval_state, letter.state), ("approved", "in_queue"))
        self.assertEqual(letter.approved_by_id, self.manager)

    def test_a_letter_that_is_typed_in_keeps_its_look(self):
        """The editor of Odoo makes the letter ready for readers of mail when it saves."""
        without_missing_asset(self.env)
        self.env.company.primary_color = "#7a1f3d"
        letter = self._letter(**self.env["mailing.mailing"]._prepare_letter("letter"))
        self.start_tour(
            f"/odoo/commune-letters/{letter.id}",
            "commune_relations.letter_typed",
            login="test_officer",
        )
        page = html.fromstring(letter.body_html)
        self.assertIn("Rendez-vous à Metz", page.text_content())
        [banner] = page.xpath("//td[@bgcolor='#7a1f3d'][p]")
        self.assertIn("background-color:#7a1f3d", banner.get("style").replace(" ", ""))
        for name in ("c-page", "c-card", "c-text", "c-foot", "c-button"):
            self.assertTrue(page.find_class(name), name)


@tagged("post_install", "-at_install")
class TestExchangeTour(MailingCase, SlowPhoneCase):
    browser_size = "375x667"
    touch_enabled = True

    def test_a_mayor_posts_and_settles(self):
        family = self.env["commune.topic"].create({"name": "Verts (essai)", "code": "T-EV"})
        topic = family.create({"name": "Tonte des talus", "code": "T-TON", "parent_id": family.id})
        self.env["commune.exchange"].create(
            {"name": "Tondeuse", "topic_id": topic.id, "commune_id": self.commune_a.id}
        )
        self.start_tour("/my", "commune_relations.exchange_portal", login="test_mayor_b")
        posted = self.env["commune.exchange"].search([("commune_id", "=", self.commune_b.id)])
        self.assertEqual((posted.kind, posted.state), ("need", "settled"))
