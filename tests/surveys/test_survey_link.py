"""The personal link: opened, altered, expired, of another commune."""

from datetime import timedelta

from lxml import html

from odoo.tests import tagged

from .survey_case import SurveyHttpCase


@tagged("post_install", "-at_install")
class TestSurveyLink(SurveyHttpCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.campaign.action_open()
        cls.target = cls._target(cls.commune_a)
        cls.mayor = cls.portal_a.partner_id

    def setUp(self):
        super().setUp()
        self.path = self._link(self.target, self.portal_a)
        self._login(None)

    def test_opening_changes_nothing_but_opened(self):
        page = self.url_open(self.path)
        self.assertEqual(page.status_code, 200)
        self.assertIn("Aubrive", page.text)
        self.assertEqual(page.headers["Cache-Control"], "no-store")
        self.target.invalidate_recordset()
        self.assertEqual(self.target.state, "opened")
        for step in ("prepare", "validate", "reopen", "refuse"):
            self.assertIn(self.url_open(f"{self.path}/{step}").status_code, (404, 405))
        self.assertFalse(self.target.answer_ids)

    def test_from_the_questionnaire_to_the_official_answer(self):
        self.url_open(self.path)
        page = self._post(f"{self.path}/prepare")
        draft = self.target.answer_ids
        self.assertEqual((draft.partner_id, draft.state), (self.mayor, "in_progress"))
        self.assertIn(draft.access_token, page.url)
        self.assertIn("Voulez-vous un service commun", page.text)
        self.assertIn("Aubrive", page.text)
        # The arrow of the next page has a name for a screen reader; on the last page the text of
        # the button is its name, and no other name contradicts it.
        arrow = html.fromstring(page.text).xpath("//button[i[contains(@class, 'chevron-right')]]")
        self.assertEqual(len(arrow[0].xpath(".//span[@class='visually-hidden']")), 1)
        self.assertNotIn("aria-label", arrow[0].attrib)
        self._fill(draft)
        self.assertIn(self.path, self.url_open(page.url).text)
        reading = self.url_open(f"{self.path}/answer/{draft.id}")
        self.assertIn("Budget", reading.text)
        self._post(f"{self.path}/validate", answer_id=draft.id)
        self.target.invalidate_recordset()
        self.assertEqual(self.target.official_id, draft)
        # The questionnaire does not open any more, even with the address of before.
        closed = self.url_open(page.url)
        self.assertNotIn("o_survey-fill-form", closed.text)
        answer = self.make_jsonrpc_request(
            f"/survey/submit/{self.survey.access_token}/{draft.access_token}",
            {"page_id": self.survey.page_ids[0].id},
        )
        self.assertEqual(answer[1]["error"], "commune_closed")

    def test_the_last_page_is_sent(self):
        self.url_open(self.path)
        self._post(f"{self.path}/prepare")
        draft = self.target.answer_ids
        path = f"/survey/submit/{self.survey.access_token}/{draft.access_token}"
        first = self.survey.page_ids[0]
        shared = self._question("Voulez-vous")
        answers = {str(shared.id): str(shared.suggested_answer_ids[0].id)}
        shown = self.make_jsonrpc_request(path, {"page_id": first.id, **answers})[1]
        for part in ("survey_content", "survey_navigation"):
            self.assertRegex(shown[part], "Envoyer|Send")
            self.assertNotIn("Soumettre", shown[part])
        self.assertRegex(shown["survey_progress"], "50\xa0% (fait|done)")

    def _send_all(self, draft):
        """The last page sent by its button; the pages before it are kept already."""
        self._fill(draft)
        draft.write({"state": "in_progress", "end_datetime": False})
        path = f"/survey/submit/{self.survey.access_token}/{draft.access_token}"
        last = self.survey.page_ids[-1]
        values = {
            str(line.question_id.id): str(line.suggested_answer_id.id or line.value_scale or "")
            for line in draft.user_input_line_ids
            if line.question_id in last.question_ids
        }
        return self.make_jsonrpc_request(path, {"page_id": last.id, **values})

    def test_what_the_mayor_sends_counts_at_once(self):
        self.url_open(self.path)
        page = self._post(f"{self.path}/prepare")
        self.assertIn("vaut validation", page.text)
        self.assertIn("--organisation:", page.text)
        self.assertIn(".o_survey_progress .progress-bar{", page.text)
        self.assertNotIn("Généré par", page.text)
        self.assertNotIn("odoo_logo", page.text)
        self.assertRegex(page.text, "0\xa0% (fait|done)")
        draft = self.target.answer_ids
        answer = self._send_all(draft)
        self.target.invalidate_recordset()
        self.assertEqual(self.target.official_id, draft)
        self.assertEqual(draft.validated_by_id, self.mayor)
        self.assertIn("validées pour la commune", str(answer))
        self.assertNotIn("Relire et valider", str(answer))

    def test_what_somebody_else_sends_waits(self):
        """The secretary may validate, and has the mayor read first."""
        secretary = self.portal_both.partner_id
        draft = self.target._prepare(secretary)
        self.assertIn("validate", self.target._get_rights(secretary))
        self._login(self.portal_both)
        self.assertNotIn("vaut validation", self.url_open(draft.get_start_url()).text)
        answer = self._send_all(draft)
        self.target.invalidate_recordset()
        self.assertEqual(draft.state, "done")
        self.assertFalse(self.target.official_id)
        self.assertIn("Relire et valider", str(answer))

    def test_the_town_hall_prepares_but_does_not_validate(self):
        target = self._target(self.commune_c)
        path = self._link(target, self.commune_c)
        self.url_open(path)
        self._post(f"{path}/prepare")
        draft = self._fill(target.answer_ids)
        page = self._post(f"{path}/validate", answer_id=draft.id)
        self.assertEqual(page.status_code, 422)
        target.invalidate_recordset()
        self.assertFalse(target.official_id)

    def test_dead_links_show_it_and_change_nothing(self):
        self.url_open(self.path)
        other = self._link(self._target(self.commune_b), self.portal_b)
        for path in (f"{self.path}x", self.path[:-3], "/commune-survey/abc"):
            self.assertEqual(self.url_open(path).status_code, 404, path)
            self.assertEqual(self._post(f"{path}/prepare").status_code, 404, path)
        draft = self._fill(self.target._prepare(self.mayor))
        # The link of another commune neither reads nor validates this answer.
        self.assertEqual(self.url_open(f"{other}/answer/{draft.id}").status_code, 404)
        self.assertEqual(self._post(f"{other}/validate", answer_id=draft.id).status_code, 422)
        self.assertFalse(self.target.official_id)
        self.mandate_a.date_end = self.today
        self.assertEqual(self.url_open(self.path).status_code, 404)
        self.assertEqual(self._post(f"{self.path}/prepare").status_code, 404)
        # Nor does the address of the questionnaire survive the mandate.
        url = draft.get_start_url()
        self.assertNotIn("o_survey-fill-form", self.url_open(url).text)
        self.assertNotIn("Budget", self.url_open(draft.get_print_url()).text)

    def test_a_closed_campaign(self):
        self.url_open(self.path)
        self.campaign.date_end = self.today - timedelta(days=1)
        page = self.url_open(self.path)
        self.assertEqual(page.status_code, 404)
        self.assertEqual(self._post(f"{self.path}/prepare").status_code, 404)
        self.assertFalse(self.target.answer_ids)

    def test_the_survey_has_no_public_route(self):
        self.url_open(f"/survey/start/{self.survey.access_token}")
        self.assertFalse(self.survey.user_input_ids)
        draft = self.target._prepare(self.mayor)
        self.url_open(f"/survey/retry/{self.survey.access_token}/{draft.access_token}")
        self.assertEqual(self.survey.user_input_ids, draft)

    def test_what_cannot_be_done_is_shown_on_the_page(self):
        self.url_open(self.path)
        page = self._post(f"{self.path}/refuse", reason=" ")
        self.assertEqual(page.status_code, 422)
        self.assertIn('role="alert"', page.text)
        self.assertEqual(self._post(f"{self.path}/explode").status_code, 404)
        self._post(f"{self.path}/refuse", reason="<b>Trop petit</b>")
        self.target.invalidate_recordset()
        self.assertEqual(self.target.state, "refused")
        self.assertNotIn("<b>Trop", self.url_open(self.path).text)
