"""The end of a survey of the addon: a visible button, one thank-you, a way home."""

from lxml import html

from odoo import fields
from odoo.tests import tagged

from .survey_case import SurveyHttpCase, create_questionnaire

# Thanks of Odoo and of the organisation, in the languages of the case.
THANKS = ("Thank", "Merci")
# What the organisation has written to be read then, if anything.
WORDS = (False, "<p>Merci de vos réponses, à bientôt.</p>")


@tagged("post_install", "-at_install")
class TestSurveyEnd(SurveyHttpCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.campaign.action_open()
        cls.target = cls._target(cls.commune_a)

    def _ask_at_an_event(self, **values):
        """The answer of a person who was at an event."""
        survey = create_questionnaire(self.env, "À chaud")
        survey.write({"questions_layout": "page_per_question", **values})
        person = self.portal_a.partner_id
        day = {"date_begin": fields.Datetime.now(), "date_end": fields.Datetime.now()}
        event = self.env["event.event"].create(
            {"name": "Journée", "hot_survey_id": survey.id, **day}
        )
        answer = survey.sudo()._create_answer(partner=person, check_attempts=False)
        self.env["event.registration"].sudo().create(
            {"event_id": event.id, "partner_id": person.id, "hot_input_id": answer.id}
        )
        return answer

    def _open(self, answer, user=None):
        self.env.flush_all()
        self._login(user)
        return html.fromstring(self.url_open(answer.get_start_url()).text)

    def _get_button(self, answer):
        """(classes, words) of the button on the last page."""
        page = self._open(answer, self.portal_a)
        [button] = page.xpath("//form//button[@type='submit' and @value='finish']")
        return set(button.get("class").split()), button.text_content().strip()

    def assertMain(self, answer):
        classes, words = self._get_button(answer)
        self.assertIn("btn-primary", classes)
        self.assertNotIn("btn-secondary", classes)
        self.assertIn(words, ("Send", "Envoyer"))

    def test_the_button_that_sends_is_the_main_one(self):
        draft = self.target._prepare(self.portal_a.partner_id)
        draft.last_displayed_page_id = self.survey.page_ids[0]
        self.assertMain(draft)
        answer = self._ask_at_an_event()
        answer.write(
            {"state": "in_progress", "last_displayed_page_id": answer.survey_id.question_ids[-2].id}
        )
        self.assertMain(answer)
        answer = self._ask_at_an_event(questions_layout="one_page")
        answer.state = "in_progress"
        self.assertMain(answer)

    def test_odoo_s_keeps_the_look_that_odoo_gives_it(self):
        survey = create_questionnaire(self.env, "Satisfaction")
        survey.access_mode = "public"
        for layout in ("page_per_section", "page_per_question", "one_page"):
            survey.questions_layout = layout
            person = self.portal_a.partner_id
            answer = survey.sudo()._create_answer(partner=person, check_attempts=False)
            questions = survey.question_ids if layout == "page_per_question" else survey.page_ids
            answer.write({"state": "in_progress", "last_displayed_page_id": questions[-2].id})
            classes, words = self._get_button(answer)
            self.assertIn("btn-secondary", classes, layout)
            self.assertIn(words, ("Submit", "Soumettre"), layout)

    def _read_end(self, answer, user=None):
        """(how often one is thanked, texts, addresses) of what follows the sending."""
        self._login(user)
        survey, answer = answer.survey_id, answer.sudo()
        last = survey.page_ids[-1]
        answer.write({"state": "in_progress", "last_displayed_page_id": last.id})
        path = f"/survey/submit/{survey.access_token}/{answer.access_token}"
        sent = self.make_jsonrpc_request(path, {"page_id": last.id})[1]["survey_content"]
        [end] = html.fromstring(sent).xpath("//div[contains(@class, 'o_survey_finished')]")
        text = " ".join(end.text_content().split())
        return sum(text.count(word) for word in THANKS), text, end.xpath(".//a/@href")

    def test_one_is_thanked_once_and_led_home(self):
        for own in WORDS:
            for user in (self.portal_a, None):
                answer = self._ask_at_an_event(
                    description_done=own, questions_layout="page_per_section"
                )
                thanks, text, links = self._read_end(answer, user)
                self.assertEqual(thanks, 1, text)
                self.assertEqual("/my" in links, bool(user), links)
                # Another answer would be that of nobody.
                self.assertFalse([link for link in links if "/survey/retry/" in link])

    def test_the_same_once_a_commune_has_answered(self):
        """A mayor whose answer counts at once, a councillor whose answer is to be read."""
        councillor = self.portal_a_limited
        for own in WORDS:
            self.survey.description_done = own
            for commune, user in ((self.commune_a, councillor), (self.commune_b, self.portal_b)):
                target = self._target(commune)
                answer = self._fill(target._prepare(user.partner_id))
                thanks, text, links = self._read_end(answer, user)
                self.assertEqual(thanks, 1, text)
                self.assertLessEqual({f"/my/surveys/{target.id}", "/my"}, set(links))
                target.invalidate_recordset()
            self.assertTrue(target.official_id)
            target._reopen(self.portal_b.partner_id)

    def test_a_third_party_survey_ends_as_in_odoo(self):
        survey = create_questionnaire(self.env, "Satisfaction")
        survey.write({"access_mode": "public", "description_done": "<p>Merci à vous.</p>"})
        person = self.portal_a.partner_id
        answer = survey.sudo()._create_answer(partner=person, check_attempts=False)
        thanks, _text, links = self._read_end(answer, self.portal_a)
        self.assertEqual(thanks, 2)
        self.assertNotIn("/my", links)
        self.assertTrue([link for link in links if "/survey/retry/" in link])
