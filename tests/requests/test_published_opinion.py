"""“Was this useful?” on the portal."""

from odoo.tests import tagged

from .portal_request_case import PortalRequestCase

QUESTION = "Un nid de poule rue de la Gare"


@tagged("post_install", "-at_install")
class TestPublishedOpinion(PortalRequestCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.answer = cls.env["commune.published.answer"].create(
            {
                "question": "Qui répare un nid de poule ?",
                "answer": "<p>Le pôle voirie, sous trois jours.</p>",
                "topic_id": cls.road_topic.id,
            }
        )
        cls.answer.action_publish()
        cls.path = f"/my/answers/{cls.answer.id}/opinion"

    def _give(self, useful, path=None):
        return self._post(path or self.path, useful=useful, q=QUESTION)

    def _counts(self):
        self.answer.invalidate_recordset()
        return self.answer.useful_count, self.answer.useless_count

    def test_an_opinion_is_given_where_the_answer_is_read(self):
        self._login(self.portal_a)
        self.assertIn(self.path, self._get("/my/orient", params={"q": QUESTION}).text)
        page = self._give("yes")
        self.assertIn(QUESTION, page.text)
        self.assertIn('<details class="o_commune_similar" open', page.text)
        self._give("yes")
        self.assertEqual(self._counts(), (1, 0))
        self._give("no")
        self.assertEqual(self._counts(), (0, 1))

    def test_the_form_of_a_request_holds_no_other_form(self):
        self._login(self.portal_a)
        page = self._get("/my/requests/new", params={"q": QUESTION})
        self.assertIn("Le pôle voirie, sous trois jours.", page.text)
        self.assertNotIn("/opinion", page.text)

    def test_what_is_not_published_takes_no_opinion(self):
        self._login(self.portal_a)
        self.assertEqual(self._give("maybe").status_code, 404)
        self.answer.action_archive()
        self.assertEqual(self._give("yes").status_code, 404)
        self.assertEqual(self._give("yes", "/my/answers/999999/opinion").status_code, 404)
        self.assertEqual(self._counts(), (0, 0))

    def test_those_without_a_commune_give_none(self):
        self._login(self.portal_ended)
        self.assertEqual(self._give("yes").status_code, 404)
        self.assertEqual(self._counts(), (0, 0))
