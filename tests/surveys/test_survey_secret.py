"""The secret of an answer: nobody of the staff reads it, third-party surveys are as without us."""

from odoo.exceptions import AccessError, UserError
from odoo.tests import new_test_user, tagged

from .survey_case import SurveyHttpCase, create_questionnaire


@tagged("post_install", "-at_install")
class TestSurveySecret(SurveyHttpCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.campaign.action_open()
        cls.target = cls._target(cls.commune_a)
        cls.answer = cls.target._prepare(cls.portal_a.partner_id)
        cls.secret = cls.answer.sudo().access_token
        cls.asker = new_test_user(
            cls.env, "test_asker", groups="survey.group_survey_manager,base.group_allow_export"
        )
        cls.staff = cls.officer | cls.manager | cls.asker | cls.reader | cls.coordinator
        cls.env.flush_all()

    def setUp(self):
        super().setUp()
        self.env.invalidate_all()

    def test_no_staff_member_reads_it(self):
        routes = {
            "read": lambda answers: answers.read(["access_token"]),
            "web_read": lambda answers: answers.web_read({"access_token": {}}),
            "export": lambda answers: answers.export_data(["access_token"])["datas"],
            "start": lambda answers: answers.get_start_url(),
            "print": lambda answers: answers.get_print_url(),
            "read button": lambda answers: answers.action_print_answers(),
            "everything": lambda answers: answers.read(),
            "lines": lambda answers: answers.env["survey.user_input.line"].search_read(
                [("user_input_id", "in", answers.ids)], ["user_input_id"]
            ),
        }
        for user in self.staff:
            for name, route in routes.items():
                self.env.invalidate_all()
                with self.subTest(user=user.login, route=name):
                    try:
                        found = route(self.answer.with_user(user))
                    except UserError:  # AccessError among them
                        continue
                    self.assertNotIn(self.secret, str(found))

    def test_no_search_guesses_it(self):
        for user in self.staff:
            answers = self.env["survey.user_input"].with_user(user)
            lines = self.env["survey.user_input.line"].with_user(user)
            guess = ("=like", f"{self.secret[:3]}%")
            for action in (
                lambda a=answers, g=guess: a.search([("access_token", *g)]),
                lambda li=lines, g=guess: li.search([("user_input_id.access_token", *g)]),
                lambda a=answers: a.search([], order="access_token"),
                lambda a=answers: a.formatted_read_group([], ["access_token"], ["__count"]),
            ):
                with self.subTest(user=user.login), self.assertRaises(AccessError):
                    action()

    def test_third_party_surveys_are_as_without_us(self):
        survey = create_questionnaire(self.env, "Enquête de la maison").with_user(self.asker)
        answer = survey._create_answer(email="someone@elsewhere.example")
        secret = answer.sudo().access_token
        self.env.flush_all()
        self.env.invalidate_all()
        answer = answer.with_user(self.asker)
        self.assertEqual(answer.read(["access_token"])[0]["access_token"], secret)
        self.assertIn(secret, answer.get_start_url())
        self.assertIn(secret, answer.get_print_url())
        self.assertIn(secret, survey.action_start_survey(answer)["url"])

    def test_the_staff_reads_the_answer_without_the_secret(self):
        self._fill(self.answer)
        url = self.answer.with_user(self.officer).action_print_answers()["url"]
        self._login(self.officer)
        page = self.url_open(url)
        self.assertIn("Budget", page.text)
        self.assertNotIn(self.secret, page.text)
        for user in (self.portal_b, self.employee):
            self._login(user)
            self.assertEqual(self.url_open(url).status_code, 404)
