"""The demonstration: what it shows, and that no letter leaves it."""

from odoo.tests import tagged

from odoo.addons.commune_relations.demo import Demo

from .survey_case import SurveyCase


@tagged("post_install", "-at_install")
class TestSurveyDemo(SurveyCase):
    def test_a_published_campaign_and_an_open_one(self):
        self.campaign.unlink()
        letters = self.env["mail.mail"].search_count([])
        self.mayor_c.is_fictitious = True
        Demo(self.env)._create_surveys(self.communes.sorted("name"))
        following, last = self.env["commune.survey.campaign"].search([])
        self.assertEqual((last.state, last.done_count), ("published", 3))
        self.assertEqual((following.state, following.previous_campaign_id), ("open", last))
        self.assertEqual(following.target_count, 3)
        self.assertTrue(last.action_ids)
        self.assertEqual(self.env["mail.mail"].search_count([]), letters)

    def test_nothing_is_put_into_the_mouth_of_a_real_person(self):
        Demo(self.env)._create_surveys(self.communes.sorted("name"))
        answers = self.env["survey.user_input"].search([("is_official", "=", True)])
        self.assertTrue(answers)
        self.assertTrue(all(answers.mapped("validated_by_id.is_fictitious")))
        self.assertTrue(all(answers.mapped("partner_id.is_fictitious")))
