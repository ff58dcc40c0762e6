"""An officer asks the communes and follows; a councillor prepares and the DGS validates."""

from datetime import timedelta

from odoo.fields import Command
from odoo.tests import HttpCase, tagged

from ..surveys.survey_case import SurveyCase
from .common import SlowPhoneCase, without_missing_asset


@tagged("post_install", "-at_install")
class TestSurveyOfficeTour(SurveyCase, HttpCase):
    def test_from_the_audience_to_the_results(self):
        without_missing_asset(self.env)
        self.campaign.unlink()
        self.env["commune.audience"].create(
            {
                "name": "Maires de l’essai",
                "function_ids": [Command.set(self.functions["mayor"].ids)],
                "commune_ids": [Command.set((self.commune_a | self.commune_b).ids)],
            }
        )
        self.start_tour(
            "/odoo/survey-campaigns", "commune_relations.survey_send", login="test_officer"
        )
        campaign = self.env["commune.survey.campaign"].search([("name", "=", "Essai 2027")])
        self.assertEqual(campaign.state, "open")
        self.assertEqual(campaign.target_ids.commune_id, self.commune_a | self.commune_b)
        person = self.portal_a.partner_id
        self._answer(self.commune_a, person, person, campaign)
        campaign.target_ids.last_letter_date = self.today - timedelta(days=8)
        before = self._count_letters()
        campaign.minimum_group = 1
        self.start_tour(
            f"/odoo/survey-campaigns/{campaign.id}",
            "commune_relations.survey_follow",
            login="test_officer",
        )
        new = [a - b for a, b in zip(self._count_letters(), before, strict=True)]
        # The reminder to Bellefontaine only, the letter on the results to both.
        self.assertEqual(new, [0, 1, 1, 1])
        self.assertEqual(campaign.state, "published")

    def _count_letters(self):
        """Of the campaign to the two mayors, then on its results to the two."""
        return [
            len(self._letters(user).filtered(lambda mail, name=name: mail.model == name))
            for name in ("commune.survey.link", "commune.survey.notice")
            for user in (self.portal_a, self.portal_b)
        ]


@tagged("post_install", "-at_install")
class TestSurveyPortalTour(SurveyCase, SlowPhoneCase):
    browser_size = "375x667"
    touch_enabled = True

    def test_the_button_keeps_its_words_when_an_answer_opens_a_page(self):
        questions = self.survey.question_and_page_ids
        yes = questions.suggested_answer_ids.filtered(lambda answer: answer.value == "Oui")
        behind = questions.filtered(lambda one: one.page_id == questions.filtered("is_page")[1])
        behind.triggering_answer_ids = yes
        self.campaign.action_open()
        draft = self._target(self.commune_a)._prepare(self.portal_a.partner_id)
        self.start_tour(
            draft.get_start_url(), "commune_relations.survey_last_page", login="test_mayor_a"
        )

    def test_a_councillor_prepares_and_the_dgs_validates(self):
        dgs = self._portal("dgs_a", "Jeanne", "DORÉ", "mme")
        self._mandate(dgs, self.commune_a, "dgs")
        self.campaign.action_open()
        self.start_tour("/my", "commune_relations.survey_prepare", login="test_councillor_a")
        target = self._target(self.commune_a)
        target.invalidate_recordset()
        draft = target.answer_ids
        self.assertEqual((draft.state, target.state), ("done", "draft"))
        self.start_tour("/my/surveys", "commune_relations.survey_validate", login="test_dgs_a")
        target.invalidate_recordset()
        self.assertEqual((target.official_id, target.validated_by_id), (draft, dgs.partner_id))
        lines = {q["title"]: q["lines"] for q in draft._get_reading()}
        self.assertEqual(lines["Voulez-vous un service commun ?"], ["Non"])
        self.assertEqual(lines["Combien d’agents ?"], ["4"])
