"""Surveys on the portal: whose they are, what each role may do, results once published."""

from odoo.tests import tagged

from .survey_case import SurveyHttpCase, create_questionnaire


@tagged("post_install", "-at_install")
class TestSurveyPortal(SurveyHttpCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.campaign.action_open()
        cls.target = cls._target(cls.commune_a)

    def _path(self, suffix="", commune=None):
        return f"/my/surveys/{self._target(commune or self.commune_a).id}{suffix}"

    def _step(self, step, commune=None, **data):
        commune = commune or self.commune_a
        return self._post(self._path(f"/{step}", commune), commune_id=commune.id, **data)

    def test_a_councillor_prepares_and_the_mayor_validates(self):
        self._login(self.portal_a_limited)
        self.assertIn("/my/surveys", self.url_open("/my").text)
        self.assertIn("Formation 2027", self.url_open("/my/surveys").text)
        self._step("prepare")
        draft = self._fill(self.target.answer_ids)
        self.assertEqual(self._step("validate", answer_id=draft.id).status_code, 422)
        self.assertFalse(self.target.official_id)
        self._login(self.portal_a)
        self.assertIn(self.portal_a_limited.name, self.url_open(self._path()).text)
        page = self._step("validate", answer_id=draft.id)
        self.assertIn('id="outcome"', page.text)
        self.target.invalidate_recordset()
        self.assertEqual(self.target.validated_by_id, self.portal_a.partner_id)
        self._login(self.portal_both)
        self.assertEqual(self._step("reopen").status_code, 422)
        self._login(self.portal_a)
        self._step("reopen")
        self.target.invalidate_recordset()
        self.assertEqual(self.target.state, "draft")

    def test_what_one_prepares_oneself_is_shown_once(self):
        draft = self.target._prepare(self.portal_a.partner_id)
        self._login(self.portal_a)
        row = f'data-answer="{draft.id}"'
        page = self.url_open(self._path()).text
        self.assertIn("Ma préparation", page)
        self.assertNotIn(row, page)
        self._login(self.portal_both)
        self.assertIn(row, self.url_open(self._path()).text)
        # Ready, it waits to be read and validated.
        self._fill(draft)
        self._login(self.portal_a)
        self.assertIn(row, self.url_open(self._path()).text)

    def test_another_commune_sees_and_changes_nothing(self):
        draft = self._fill(self.target._prepare(self.portal_a.partner_id))
        for user in (self.portal_b, self.portal_ended):
            self._login(user)
            for path in (self._path(), self._path(f"/answer/{draft.id}")):
                self.assertEqual(self.url_open(path).status_code, 404)
            for step in ("prepare", "validate", "reopen", "refuse"):
                data = {"answer_id": draft.id, "reason": "Non"}
                self.assertEqual(self._step(step, **data).status_code, 404)
        self.target.invalidate_recordset()
        self.assertEqual(self.target.state, "draft")
        self._login(self.portal_b)
        # Another commune's answer through one's own survey.
        path = self._path(f"/answer/{draft.id}", self.commune_b)
        self.assertEqual(self.url_open(path).status_code, 404)

    def test_with_two_tabs_the_commune_of_the_form_counts(self):
        self._login(self.portal_both)
        self.url_open("/my/surveys")
        answer = self._post(self._path("/prepare"), commune_id=self.commune_b.id)
        self.assertEqual(answer.status_code, 404)
        self.assertFalse(self.campaign.target_ids.answer_ids)
        self._step("prepare", self.commune_b)
        self.assertEqual(self._target(self.commune_b).state, "draft")

    def test_who_validated_and_acts_no_more_for_the_commune_reopens_nothing(self):
        person = self.portal_a.partner_id
        self._answer(self.commune_a, person, person)
        self.mandate_a.function_id = self.functions["councillor"]
        self._login(self.portal_a)
        self.assertNotIn("/reopen", self.url_open(self._path()).text)
        self.assertEqual(self._step("reopen").status_code, 422)
        self.assertEqual(self.target.official_id.validated_by_id, person)

    def test_only_answered_surveys_leave_the_count(self):
        person = self.portal_a.partner_id
        self.assertEqual(
            self.commune_a.env["commune.portal.page"]._get_surveys_to_answer(
                self.commune_a, person
            ),
            self._target(self.commune_a),
        )
        self._answer(self.commune_a, person, person)
        self.assertFalse(
            self.commune_a.env["commune.portal.page"]._get_surveys_to_answer(self.commune_a, person)
        )

    def test_results_and_actions_once_published(self):
        person = self.portal_a.partner_id
        self._answer(self.commune_a, person, person)
        self.env["commune.survey.action"].create(
            [
                {"campaign_id": self.campaign.id, "name": "Une formation en mars"},
                {
                    "campaign_id": self.campaign.id,
                    "name": "Une aide à Bellefontaine",
                    "commune_ids": self.commune_b.ids,
                },
            ]
        )
        self.campaign.action_close()
        self._login(self.portal_a)
        page = self.url_open(self._path())
        self.assertNotIn("Une formation en mars", page.text)
        self.assertNotIn('id="survey_results"', page.text)
        self.campaign.action_publish()
        page = self.url_open(self._path())
        self.assertIn("Une formation en mars", page.text)
        self.assertNotIn("Une aide à Bellefontaine", page.text)
        self.assertIn('id="survey_results"', page.text)
        self._login(self.portal_b)
        self.assertIn(
            "Une aide à Bellefontaine", self.url_open(self._path("", self.commune_b)).text
        )

    def test_a_year_mistyped_is_shown_beside_its_question(self):
        """A survey that asks no commune is as before."""
        question, other = self.env["survey.question"].create(
            [
                {"title": "Depuis quand ?", "question_type": kind, "survey_id": survey.id}
                for kind, survey in (
                    ("datetime", self.survey),
                    ("date", create_questionnaire(self.env, "Ailleurs")),
                )
            ]
        )
        for wrong in ("9999-12-31 23:30:00", "0026-12-31 10:00:00"):
            self.assertEqual(list(question.validate_question(wrong)), [question.id])
            self.assertEqual(other.validate_question(wrong[:10]), {})
        self.assertEqual(question.validate_question("1950-01-01 10:00:00"), {})
        self.assertEqual(question.validate_question(""), {})

    def test_a_draft_campaign_is_not_on_the_portal(self):
        campaign = self._campaign(name="Cachée")
        campaign._create_targets(self.communes)
        self._login(self.portal_a)
        self.assertNotIn("Cachée", self.url_open("/my/surveys").text)
        target = self._target(self.commune_a, campaign)
        self.assertEqual(self.url_open(f"/my/surveys/{target.id}").status_code, 404)

    def test_visitors_are_sent_to_the_login_page(self):
        self._login(None)
        self.assertIn("/web/login", self.url_open("/my/surveys").url)

    def test_staff_has_no_answer_to_give_here(self):
        self._login(self.portal_a)
        officer = self.officer
        officer.password = officer.login
        self._login(officer)
        self.assertEqual(self.url_open("/my/surveys").status_code, 404)
        self.assertEqual(self.url_open(self._path()).status_code, 404)
