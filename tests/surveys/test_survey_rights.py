"""What nobody writes by hand in a survey: steps, refusals, official answers and their questions."""

from odoo.exceptions import AccessError, UserError
from odoo.fields import Command
from odoo.tests import new_test_user, tagged

from .survey_case import SurveyCase, SurveyHttpCase, create_questionnaire

LONG_AGO = "2020-01-01 08:00:00"


@tagged("post_install", "-at_install")
class TestSurveyProofs(SurveyCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.campaign.action_open()
        cls.mayor = cls.portal_a.partner_id
        cls.official = cls._answer(cls.commune_a, cls.mayor, cls.mayor)
        cls.target_b = cls._target(cls.commune_b)

    def _refused(self, record, **values):
        with self.assertRaises(UserError, msg=values), self.cr.savepoint():
            record.write(values)
            record.flush_recordset()

    def test_a_user_of_surveys_without_a_role_neither_reads_nor_changes_an_answer(self):
        user = new_test_user(self.env, "test_survey_user", groups="survey.group_survey_user")
        own = self.env["survey.survey"].with_user(user).create({"title": "Une autre"})
        answer, line = self.official.with_user(user), self.official.user_input_line_ids[:1]
        self.assertFalse(answer.search([("id", "=", answer.id)]))
        self.assertFalse(line.with_user(user).search([("id", "=", line.id)]))
        other = create_questionnaire(self.env, "Pas encore répondue")
        self.campaign.copy({"name": "Autre", "survey_id": other.id})
        question = other.question_ids[:1]
        refused = [
            lambda: answer.write({"test_entry": True}),
            lambda: answer.read(["state"]),
            lambda: answer.unlink(),
            lambda: line.with_user(user).read(["answer_type"]),
            lambda: other.with_user(user).write({"title": "Autre"}),
            lambda: question.with_user(user).write({"title": "Autre"}),
            lambda: question.suggested_answer_ids[:1].with_user(user).write({"value": "Autre"}),
        ]
        for number, act in enumerate(refused):
            with self.subTest(number=number), self.assertRaises(AccessError):
                act()
        own.title = "La mienne"
        self._refused(self.official.with_user(self.officer), test_entry=True)

    def _ask_elsewhere(self):
        """Questionnaires of an event, at once and later, and of a path."""
        names = ("À chaud", "À froid", "Quiz")
        at_once, later, quiz = (create_questionnaire(self.env, name) for name in names)
        event = self.env["event.event"].create(
            {
                "name": "Journée",
                "date_begin": "2027-03-01 08:00:00",
                "date_end": "2027-03-01 10:00:00",
                "hot_survey_id": at_once.id,
                "cold_survey_id": later.id,
            }
        )
        step = {"name": "Quiz", "kind": "quiz", "survey_id": quiz.id}
        self.env["commune.path"].create(
            {"name": "Premiers jours", "step_ids": [Command.create(step)]}
        )
        return event, at_once | later | quiz

    def test_what_is_asked_at_an_event_or_on_a_path_is_changed_by_officers(self):
        _event, asked = self._ask_elsewhere()
        user = new_test_user(self.env, "test_survey_user", groups="survey.group_survey_user")
        inputs = self.env["survey.user_input"].with_user(user)
        own = self.env["survey.survey"].with_user(user).create({"title": "La mienne"})
        filed = inputs.create({"survey_id": own.id})
        own_question = create_questionnaire(self.env, "Une autre").question_ids[:1].with_user(user)
        own_choice = own_question.suggested_answer_ids[:1]
        for survey in (*asked, self.survey):
            question = survey.question_ids[:1]
            acts = [
                lambda survey=survey: survey.with_user(user).write({"title": "Autre"}),
                lambda survey=survey: survey.with_user(user).unlink(),
                lambda survey=survey: survey.with_user(user).action_start_session(),
                lambda survey=survey: survey.with_user(user).action_end_session(),
                lambda question=question: question.with_user(user).write({"title": "Autre"}),
                lambda question=question: (
                    question.suggested_answer_ids[:1].with_user(user).write({"value": "Autre"})
                ),
                lambda survey=survey: inputs.create({"survey_id": survey.id, "state": "done"}),
                lambda survey=survey: filed.write({"survey_id": survey.id}),
                lambda survey=survey: own_question.write({"survey_id": survey.id}),
                lambda question=question: own_choice.write({"question_id": question.id}),
            ]
            for number, act in enumerate(acts):
                with self.subTest(survey=survey.title, number=number):
                    # An official answer refuses a change of its questions by itself.
                    with self.assertRaises(UserError), self.cr.savepoint():
                        act()
        for survey in asked:
            survey.with_user(self.officer).description = "Merci"

    def test_a_questionnaire_that_was_answered_at_an_event_is_kept(self):
        event, asked = self._ask_elsewhere()
        answer = asked[0]._create_answer(user=self.portal_a, check_attempts=False)
        registration = {"event_id": event.id, "name": "Ève", "hot_input_id": answer.id}
        self.env["event.registration"].create(registration)
        with self.assertRaisesRegex(UserError, "À chaud"), self.cr.savepoint():
            asked[0].with_user(self.officer).unlink()
        asked[1].with_user(self.officer).unlink()
        self.assertFalse(event.cold_survey_id)

    def test_an_officer_does_not_write_the_steps_of_a_campaign(self):
        campaign = self.campaign.with_user(self.officer)
        for name, value in [
            ("state", "published"),
            ("date_open", "2020-01-01"),
            ("published_date", "2020-01-01"),
            ("survey_id", self.survey.copy().id),
        ]:
            self._refused(campaign, **{name: value})
        with self.assertRaises(UserError):
            campaign.create({"name": "Forcée", "survey_id": self.survey.id, "state": "published"})
        campaign.action_close()
        campaign.action_publish()
        self.assertEqual(self.campaign.state, "published")
        campaign.action_withdraw()
        campaign.action_reopen()
        self.assertEqual(self.campaign.state, "open")

    def test_the_smallest_group_shown_is_not_lowered_once_communes_were_asked(self):
        campaign = self.campaign.with_user(self.officer)
        campaign.minimum_group = 5
        self._refused(campaign, minimum_group=4)
        self.assertEqual(campaign.minimum_group, 5)

    def test_whose_access_was_withdrawn_is_not_asked_and_does_not_answer(self):
        mayor_b = self.portal_b.partner_id
        self.assertEqual(self.target_b._get_rights(mayor_b), {"prepare", "validate"})
        self.mandate_b.with_user(self.officer).action_portal_withdraw()
        self.assertEqual(self.target_b._get_rights(mayor_b), set())
        asked = self.campaign._get_addressees(self.target_b)
        self.assertNotIn(mayor_b, [person for _target, person in asked])

    def test_an_officer_neither_refuses_nor_answers_for_a_commune(self):
        target = self.target_b.with_user(self.officer)
        for name, value in [
            ("refused_date", LONG_AGO),
            ("refusal_reason", "Trop long"),
            ("state", "done"),
            ("reminder_count", 0),
            ("commune_id", self.commune_c.id),
        ]:
            self._refused(target, **{name: value})
        target.message_post(body="Appelée")
        answers = self.env["survey.user_input"].with_user(self.officer)
        with self.assertRaises(UserError):
            answers.create(
                {
                    "survey_id": self.survey.id,
                    "commune_target_id": target.id,
                    "partner_id": self.portal_b.partner_id.id,
                    "is_official": True,
                    "official_date": LONG_AGO,
                    "validated_by_id": self.portal_b.partner_id.id,
                }
            )
        draft = self.target_b._prepare(self.portal_b.partner_id)
        for name, value in [("respondent_name", "Bruno"), ("commune_target_id", False)]:
            self._refused(draft.with_user(self.officer), **{name: value})

    def test_what_was_official_is_kept_as_it_was(self):
        official = self.official.with_user(self.officer)
        self._refused(official, respondent_name="Personne")
        self._refused(official, email="autre@mel.example")
        self._refused(official, end_datetime=LONG_AGO)
        self._refused(official, survey_id=self.survey.copy().id)
        self._refused(official, representative_partner_id=self.officer.partner_id.id)
        self._target(self.commune_a)._reopen(self.mayor)
        self.assertTrue(self.official.is_superseded)
        line = self.official.user_input_line_ids[0]
        self._refused(line.with_user(self.officer), skipped=True)
        self._refused(official, user_input_line_ids=[Command.delete(line.id)])
        self._refused(official, state="new")

    def test_the_questions_that_were_answered_stay(self):
        question = self._question("Voulez-vous").with_user(self.officer)
        yes, no = question.suggested_answer_ids
        before = len(self.official.user_input_line_ids)
        self._refused(question, title="Refusez-vous un service commun ?")
        self._refused(yes, value="Non")
        for record in (question, yes):
            with self.assertRaises(UserError), self.cr.savepoint():
                record.unlink()
        self.assertEqual(len(self.official.user_input_line_ids), before)
        no.value = "Non, merci"
        self.assertEqual(no.value, "Non, merci")

    def test_a_reader_does_not_get_the_secret_of_an_answer(self):
        draft = self.target_b._prepare(self.portal_b.partner_id).with_user(self.reader)
        self.assertEqual(draft.read(["state"])[0]["state"], "in_progress")
        with self.assertRaises(AccessError):
            draft.read(["access_token"])
        with self.assertRaises(AccessError):
            draft.search([("access_token", "!=", False)])


@tagged("post_install", "-at_install")
class TestSurveyForms(SurveyHttpCase):
    def test_a_null_character_in_a_reason_breaks_nothing(self):
        self.campaign.action_open()
        target = self._target(self.commune_a)
        self._login(self.portal_a)
        page = self._post(
            f"/my/surveys/{target.id}/refuse",
            commune_id=self.commune_a.id,
            reason="Trop\x00 long",
        )
        self.assertEqual(page.status_code, 200)
        target.invalidate_recordset()
        self.assertEqual(target.refusal_reason, "Trop long")
