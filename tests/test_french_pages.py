"""The pages of Odoo that a mayor crosses: not one English word in a French organisation."""

from lxml import html

from odoo.fields import Command
from odoo.tests import tagged

from .french_texts import find_common_english
from .territory.portal_case import PortalCase

OUTSIDE = (
    "/web/login",
    "/web/login?redirect=/my",
    "/web/reset_password",
    "/groups",
    "/nothing-here",
    "/my/requests/999999999?access_token=x",
    "/survey/start/0000-0000",
    "/s",
    "/s/000000",
)
INSIDE = (
    "/my",
    "/my/account",
    "/my/security",
    "/my/tickets",
    "/my/agreements",
    "/my/requests",
    "/groups",
    "/nothing-here",
    "/my/requests/999999999",
)


@tagged("post_install", "-at_install")
class TestFrenchPages(PortalCase):
    maxDiff = None

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        lang = cls.env["res.lang"]._activate_lang("fr_FR")
        modules = cls.env["ir.module.module"].search([("state", "=", "installed")])
        modules._update_translations([lang.code])
        cls.env.company.name = "Les Deux Rives"
        # The language of a visitor, as the set-up of the territory leaves it.
        cls.env["ir.default"].set("res.partner", "lang", "fr_FR")
        cls.env.ref("base.public_user").lang = "fr_FR"

    def _read(self, pages):
        """{text: page} of the English of these pages."""
        found = {}
        for page in pages:
            answer = self.url_open(page, headers={"Accept-Language": "fr-FR"})
            self.assertLess(answer.status_code, 500, page)
            for text in find_common_english(answer.content):
                found.setdefault(text, page)
        return found

    def test_before_logging_in(self):
        self.assertEqual(self._read(OUTSIDE), {})

    def test_wrong_password(self):
        form = {"login": "nobody", "password": "x", "csrf_token": self._get_key()}
        answer = self.url_open("/web/login", data=form, headers={"Accept-Language": "fr-FR"})
        self.assertEqual(find_common_english(answer.content), [])

    def _get_key(self):
        page = html.fromstring(self.url_open("/web/login").content)
        return page.xpath("//input[@name='csrf_token']/@value")[0]

    def test_once_logged_in(self):
        self.portal_a.lang = "fr_FR"
        self._login("mayor_a")
        self.assertEqual(self._read(INSIDE), {})

    def test_a_survey_that_is_answered_in_a_room(self):
        survey = self.env["survey.survey"].create(
            {
                "title": "Vœux des communes",
                "access_mode": "public",
                "question_ids": [
                    Command.create(
                        {
                            "title": "Votre priorité",
                            "question_type": "simple_choice",
                            "suggested_answer_ids": [
                                Command.create({"value": "Voirie"}),
                                Command.create({"value": "Écoles"}),
                            ],
                        }
                    )
                ],
            }
        )
        survey.action_start_session()
        pages = [f"/s/{survey.session_code}", survey.get_start_url()]
        self.assertEqual(self._read(pages), {})
        answer = survey._create_answer(email="x@aubrive.example", is_session_answer=True)
        pages = [f"/survey/{survey.access_token}/{answer.access_token}"]
        survey.session_question_id = survey.question_ids
        survey.session_state = "in_progress"
        self.assertEqual(self._read(pages), {})
        answer._mark_done()
        self.assertEqual(self._read(pages), {})

    def test_the_answer_to_a_meeting(self):
        person = self.portal_a.partner_id
        person.write({"lang": "fr_FR", "email": "anne.aubry@aubrive.example"})
        meeting = self.env["calendar.event"].create(
            {
                "name": "Point voirie",
                "start": "2031-05-06 08:00:00",
                "stop": "2031-05-06 09:00:00",
                "location": "Salle des mariages",
                "description": "<p>Bonjour</p>",
                "partner_ids": [Command.set(person.ids)],
            }
        )
        token = meeting.attendee_ids.access_token
        pages = [
            f"/calendar/meeting/{action}?token={token}&id={meeting.id}"
            for action in ("view", "accept", "decline")
        ]
        self.assertEqual(self._read(pages), {})
        self.assertEqual(meeting.attendee_ids.state, "declined")
        self.assertEqual(self._read([f"/calendar/meeting/view?token=bad&id={meeting.id}"]), {})

    def test_a_discussion_group_and_a_closed_route(self):
        group = self.env.ref("commune_relations.mail_group_dgs_secretaries")
        secretary = self.portal_both
        secretary.write({"lang": "fr_FR", "email": "sophie.colin@aubrive.example"})
        group._sync_members()
        robot = group.with_user(self.env.ref("base.user_root"))
        robot.message_post(
            body="<p>Bonjour</p>", subject="Un modèle", email_from=secretary.partner_id.email
        )
        message = group.mail_group_message_ids
        message.moderation_status = "accepted"
        place = f"/groups/{group.id}"
        self.portal_a.lang = "fr_FR"
        self._login("secretary_ab")
        pages = [place, f"{place}?mode=date", f"{place}/{message.id}"]
        self.assertIn("Un modèle", self.url_open(place).text)
        self.assertEqual(self._read(pages), {})
        self._login("mayor_a")
        self.assertEqual(self.url_open(place).status_code, 403)
        self.assertEqual(self._read(pages), {})

    def test_english_is_found(self):
        page = "<p>Bonjour <b>Sign out</b></p><input placeholder='Your e-mail'><p>Notre page</p>"
        self.assertEqual(find_common_english(page), ["Sign out", "Your e-mail"])
