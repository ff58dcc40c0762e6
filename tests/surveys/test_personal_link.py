"""A personal link opens without account or for its person: nothing for anybody else."""

from datetime import timedelta

from odoo.tests import tagged

from ..network.event_case import EventCase
from .survey_case import SurveyHttpCase

OTHER = "Ce lien est personnel"


@tagged("post_install", "-at_install")
class TestPersonalLinkIsPersonal(SurveyHttpCase):
    """The links of the mayor of Aubrive, in the browser of everybody else."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.mayor = cls.portal_a.partner_id
        cls.campaign.action_open()
        cls.target = cls._target(cls.commune_a)
        cls.draft = cls.target._prepare(cls.mayor)
        event = EventCase._event.__func__
        cls.body = cls.env["commune.training.body"].create(
            {"name": "Institut (essai)", "accreditation": "n° 57-001"}
        )
        cls.event = event(cls, invited_ids=cls.mayor.ids)
        cls.event.action_invite()
        cls.directory = cls.env["commune.directory.campaign"].create(
            {
                "name": "Automne",
                "date_end": cls.today + timedelta(days=20),
                "commune_ids": cls.commune_a.ids,
            }
        )
        cls.commune_a.email = "mairie@aubrive.example"
        cls.directory.action_open()
        asked = cls.directory.recipient_ids
        cls.recipient = asked.filtered(lambda r: r.partner_id == cls.mayor)
        cls.town_hall = asked.filtered(lambda r: r.partner_id == cls.commune_a)
        cls.invitation = cls.event.invitation_ids
        cls.pages = {
            "survey": cls._link(cls, cls.target, cls.portal_a),
            "questionnaire": cls.draft.sudo().get_start_url(),
            "event": f"/event-invitation/{cls.invitation.token}",
            "directory": f"/directory-campaign/{cls.recipient.token}",
        }
        cls.steps = {
            "survey": (f"{cls.pages['survey']}/refuse", {"reason": "Non"}),
            "event": (f"{cls.pages['event']}/answer", {"answer": "no"}),
            "directory": (f"{cls.pages['directory']}/answer", {"answer": "right"}),
        }

    def test_somebody_else_sees_nothing_and_does_nothing(self):
        others = (self.portal_both, self.portal_b, self.officer, self.manager, self.employee)
        for user in others:
            self._login(user)
            for name, path in self.pages.items():
                with self.subTest(link=name, user=user.login):
                    page = self.url_open(path)
                    self.assertEqual(page.status_code, 403)
                    self.assertIn(OTHER, page.text)
                    self.assertNotIn("AUBRY", page.text)
                    self.assertNotIn("Aubrive", page.text)
            for name, (path, values) in self.steps.items():
                with self.subTest(step=name, user=user.login):
                    self.assertIn(OTHER, self._post(path, **values).text)
        self._assert_nothing_was_done()

    def _assert_nothing_was_done(self):
        self.env.invalidate_all()
        self.assertFalse(self.target.refused_date)
        self.assertFalse(self.target.link_ids.filtered("opened_date"))
        self.assertFalse(self.invitation.answer)
        self.assertFalse(self.recipient.answered_date)

    def test_the_pages_of_the_questionnaire_take_no_answer_of_somebody_else(self):
        path = f"/survey/submit/{self.survey.access_token}/{self.draft.sudo().access_token}"
        self._login(self.officer)
        answer = self.make_jsonrpc_request(path, {"page_id": self.survey.page_ids[0].id})
        self.assertEqual(answer[1]["error"], "commune_other")

    def test_the_person_and_a_browser_without_account_open_it(self):
        for user in (None, self.portal_a):
            self._login(user)
            for name, path in self.pages.items():
                with self.subTest(link=name, user=user and user.login):
                    page = self.url_open(path)
                    self.assertEqual(page.status_code, 200)
                    self.assertNotIn(OTHER, page.text)
        self._post(*self.steps["event"][:1], answer="no")
        self.assertEqual(self.invitation.answer, "no")

    def test_the_link_of_a_town_hall_is_for_those_who_act_for_it(self):
        path = f"/directory-campaign/{self.town_hall.token}"
        for user, status in (
            (None, 200),
            (self.portal_a, 200),
            (self.portal_both, 200),
            (self.portal_a_limited, 403),
            (self.portal_b, 403),
            (self.officer, 403),
        ):
            self._login(user)
            with self.subTest(user=user and user.login):
                self.assertEqual(self.url_open(path).status_code, status)
