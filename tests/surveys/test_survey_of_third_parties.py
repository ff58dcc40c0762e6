"""Third-party surveys keep Odoo's layout and texts for every reader; surveys of the addon have the
organisation's from their first page to the one of a closed survey."""

from datetime import timedelta

from odoo import fields
from odoo.tests import new_test_user, tagged

from .survey_case import SurveyHttpCase, create_questionnaire

SIGNS = ("o_login_header", "o_login_footer", "--organisation:")


@tagged("post_install", "-at_install")
class TestThirdPartySurvey(SurveyHttpCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.env["res.lang"]._activate_lang("en_US")
        cls.third_party = create_questionnaire(cls.env, "Satisfaction")
        cls.third_party.write({"access_mode": "public", "progression_mode": "percent"})
        cls.campaign.action_open()
        new_test_user(cls.env, "test_customer", groups="base.group_portal", lang="en_US")
        for user in (cls.portal_a, cls.officer):
            user.lang = "en_US"
        cls.people = ("test_customer", "test_mayor_a", "test_officer", None)

    def assertOdoo(self, page, *words):
        for sign in (*SIGNS, "questionnaire"):
            self.assertNotIn(sign, page.text, page.url)
        for word in ("odoo_logo_tiny", *words):
            self.assertIn(word, page.text, page.url)

    def assertOrganisationPage(self, page, *words):
        for word in (*SIGNS, *words):
            self.assertIn(word, page.text, page.url)
        self.assertNotIn("odoo_logo_tiny", page.text, page.url)

    def _start(self, survey):
        return f"/survey/start/{survey.access_token}"

    def test_a_third_party_survey_is_answered_as_in_odoo(self):
        for login in self.people:
            self.authenticate(login, login)
            path = self._start(self.third_party)
            page = self.url_open(path)
            self.assertOdoo(page, "Start Survey")
            answer = self.third_party.user_input_ids.sorted("id")[-1:]
            answer.state = "in_progress"
            self.env.flush_all()
            path = f"/survey/{self.third_party.access_token}/{answer.access_token}"
            self.assertOdoo(self.url_open(path), "Continue", "0% completed")
            answer.last_displayed_page_id = self.third_party.page_ids[0]
            self.env.flush_all()
            self.assertOdoo(self.url_open(path), "Submit", "btn-secondary")
            answer._mark_done()
            self.env.flush_all()
            self.assertOdoo(self.url_open(path), "Thank you!", "Take Again", "Review your answers")

    def test_nor_are_its_stops_those_of_the_organisation(self):
        answers = self.third_party._create_answer(email="client@shop.example", check_attempts=False)
        answers.deadline = fields.Datetime.now() - timedelta(days=1)
        self.env.flush_all()
        start = self._start(self.third_party)
        late = f"{start}?answer_token={answers.access_token}"
        for login in self.people:
            self.authenticate(login, login)
            self.assertOdoo(self.url_open(f"{start}?answer_token=bad"), "Survey Access Error")
            self.third_party.users_login_required = True
            if not login:
                self.assertOdoo(self.url_open(start), "Login required")
            self.third_party.users_login_required = False
            self.assertOdoo(self.url_open(late), "This survey is now closed")
            self.third_party.active = False
            self.assertOdoo(self.url_open(start), "This survey is now closed")
            self.third_party.active = True

    def test_a_managed_record_has_the_organisation_layout_for_everybody(self):
        draft = self._target(self.commune_a)._prepare(self.portal_a.partner_id)
        self.env.flush_all()
        for login in ("test_mayor_a", None):
            self.authenticate(login, login)
            bad = self.url_open(f"{self._start(self.survey)}?answer_token=bad")
            self.assertOrganisationPage(bad, "This questionnaire does not open")
            self.assertOrganisationPage(self.url_open(draft.get_start_url()), self.survey.title)

    def test_the_managed_stops_explain_what_to_do(self):
        asked = create_questionnaire(self.env, "À chaud")
        asked.write({"access_mode": "public", "active": False})
        values = {"name": "Journée", "hot_survey_id": asked.id}
        values |= {"date_begin": fields.Datetime.now(), "date_end": fields.Datetime.now()}
        self.env["event.event"].create(values)
        quiz = create_questionnaire(self.env, "Quiz")
        path = self.env["commune.path"].create(
            {
                "name": "Premiers jours",
                "step_ids": [(0, 0, {"name": "Quiz", "kind": "quiz", "survey_id": quiz.id})],
            }
        )
        self.assertTrue(path)
        quiz.access_mode = "public"
        self.env.flush_all()
        self.authenticate(None, None)
        page = self.url_open(self._start(asked))
        self.assertOrganisationPage(
            page, "<title>This questionnaire is closed</title>", 'href="/my"'
        )
        page = self.url_open(self._start(quiz))
        self.assertOrganisationPage(page, "Log in to answer", "/web/login?redirect=/survey/start/")
        # Anyone who tries the questions sees them as they will be asked.
        self._login(self.manager)
        self.manager.group_ids |= self.env.ref("survey.group_survey_user")
        self.env.flush_all()
        self.assertOrganisationPage(self.url_open(f"/survey/test/{self.survey.access_token}"))
        self.assertOdooFrame(self.url_open(f"/survey/test/{self.third_party.access_token}"))

    def assertOdooFrame(self, page):
        for sign in SIGNS:
            self.assertNotIn(sign, page.text)

    def test_before_an_intercommunality_is_set_up_all_are_odoo_s(self):
        draft = self._target(self.commune_a)._prepare(self.portal_a.partner_id)
        self.env.company.epci_id = False
        self.env.flush_all()
        for login in ("test_mayor_a", None):
            self.authenticate(login, login)
            self.assertOdooFrame(self.url_open(draft.get_start_url()))
            self.assertOdoo(self.url_open(f"{self._start(self.survey)}?answer_token=bad"))

    def test_a_third_party_page_costs_no_more_queries(self):
        """A column of the answer, read with it, holds its owner."""
        answer = self.third_party._create_answer(email="client@shop.example", check_attempts=False)
        self.env.company.epci_id  # noqa: B018 - read by the frame anyway
        answer.state  # noqa: B018
        before = self.env.cr.sql_log_count
        self.assertFalse(self.third_party._uses_organisation_pages(answer))
        self.assertEqual(self.env.cr.sql_log_count, before)
