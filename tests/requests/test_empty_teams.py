"""An empty team receives no request and is never shown: a person does, else the desk."""

from lxml import html

from odoo.exceptions import AccessError
from odoo.fields import Command
from odoo.tests import tagged

from .portal_request_case import PortalRequestCase

CONTACT = {"phone": "03 87 20 10 00", "email": "relations@deux-rives.fr"}


@tagged("post_install", "-at_install")
class TestEmptyTeams(PortalRequestCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.env.company.write(CONTACT)
        cls.desk.alias_name = False
        cls.roads.name = "Pôle voirie déserté"

    def _empty(self, *teams):
        for team in teams:
            team.write({"user_id": False, "user_ids": [(5, 0, 0)]})

    def _nobody(self):
        """The activities that an empty desk leaves."""
        kind = self.env.ref("commune_relations.mail_activity_type_request_nobody")
        return self.env["mail.activity"].search([("activity_type_id", "=", kind.id)])

    # where a request goes

    def test_an_empty_team_gives_way_to_the_desk(self):
        self._empty(self.roads)
        self.assertEqual(self.road_topic._get_team(), self.desk)
        ticket = self._request()
        self.assertEqual((ticket.team_id, ticket.user_id), (self.desk, self.officer))
        self.assertFalse(self._nobody())
        self.roads.user_ids = self.referent
        ticket = self._request()
        self.assertEqual((ticket.team_id, ticket.user_id), (self.roads, self.referent))

    def test_who_cannot_log_in_does_not_people_a_team(self):
        self._empty(self.roads)
        self.roads.user_id = self.referent
        self.assertEqual(self.road_topic._get_team(), self.roads)
        self.referent.active = False
        self.assertEqual(self.road_topic._get_team(), self.desk)
        self.assertEqual(self._request().user_id, self.officer)

    def test_the_family_s_team_comes_before_the_desk(self):
        self._empty(self.roads)
        self.road_topic.parent_id.team_id = self.water
        self.assertEqual(self.road_topic._get_team(), self.water)
        self.assertEqual(self._request().user_id, self.officer)

    def test_a_lead_above_peoples_a_service(self):
        self._empty(self.roads)
        self.roads.parent_id = self.water
        self.assertEqual(self.road_topic._get_team(), self.roads)
        self.assertEqual(self._request().user_id, self.officer)

    def test_an_archived_team_receives_nothing(self):
        self.roads.active = False
        self.assertEqual(self._request().team_id, self.desk)

    def test_an_empty_desk_asks_each_manager_and_one_owns_it(self):
        self._empty(self.roads, self.desk)
        admin = self.env.ref("base.user_admin")
        admin.email = "admin@metropole.example"
        ticket = self._request()
        asked = self._nobody()
        self.assertEqual(asked.user_id, self.manager | admin)
        self.assertEqual(set(asked.mapped("res_id")), {ticket.id})
        self.assertEqual((ticket.team_id, ticket.user_id), (self.desk, self.manager))
        ticket._move_to("in_progress")
        self.assertFalse(self._nobody())

    def test_a_lead_without_address_is_nobody(self):
        self._empty(self.roads)
        admin = self.env.ref("base.user_admin")
        admin.email = False
        self.desk.write({"user_id": admin.id, "user_ids": [Command.clear()]})
        self.assertFalse(self.desk.is_staffed)
        self.assertEqual(self._request().user_id, self.manager)
        self.assertEqual(self._nobody().user_id, self.manager)
        admin.email = "admin@metropole.example"
        self.assertTrue(self.desk.is_staffed)
        self.assertEqual(self._request().user_id, admin)

    def test_a_message_of_nobody_known_is_notified_too(self):
        self._empty(self.desk)
        ticket = self.env["helpdesk.ticket"].create(
            {"name": "Bonjour", "description": "<p>?</p>", "team_id": self.desk.id}
        )
        self.assertFalse(ticket.commune_id)
        self.assertIn(self.manager, self._nobody().user_id)

    def test_the_queries_do_not_grow_with_the_requests(self):
        for people in ((), (self.roads,), (self.roads, self.desk)):
            self._empty(*people)
            counts = []
            for number in (20, 20, 60):
                vals = [
                    {
                        "name": "Trou",
                        "description": "<p>Trou</p>",
                        "commune_id": self.commune_a.id,
                        "topic_id": (self.road_topic if one % 2 else self.water_topic).id,
                    }
                    for one in range(number)
                ]
                self.env.flush_all()
                start = self.env.cr.sql_log_count
                self.env["helpdesk.ticket"]._complete_values(vals)
                counts.append(self.env.cr.sql_log_count - start)
            self.assertLessEqual(counts[2], counts[1], f"{people}: {counts}")
            self.assertLessEqual(counts[2], 10)

    # what the staff sees

    def test_the_staff_reads_who_answers(self):
        self._empty(self.roads)
        roads = self.roads.with_user(self.reader).with_context(lang="fr_FR")
        self.assertEqual(roads.people_note, "Personne\N{NO-BREAK SPACE}: va au guichet")
        self.assertEqual(self.water.people_note, self.officer.name)
        topic = self.road_topic.with_user(self.reader).with_context(lang="fr_FR")
        self.assertEqual(topic.people_note, "Personne\N{NO-BREAK SPACE}: va au guichet")
        self.assertFalse(self.water_topic.people_note)
        self.assertFalse(self.topics["HOR-ELE"].people_note, "not ours")

    def test_the_screen_of_teams_says_that_the_desk_is_empty(self):
        teams = self.env["helpdesk.ticket.team"]
        self.assertEqual(teams.with_user(self.reader).get_desk_notice(), "")
        self._empty(self.desk)
        self.assertIn(self.manager.name, teams.with_user(self.reader).get_desk_notice())
        for user in (self.employee, self.portal_a):
            with self.assertRaises(AccessError):
                teams.with_user(user).get_desk_notice()

    # what a commune reads

    def _get_text(self, path):
        page = html.fromstring(self._get(path).content)
        return " ".join(page.xpath("//main")[0].text_content().split())

    def test_a_mayor_reads_a_person_and_never_the_empty_team(self):
        self._empty(self.roads)
        ticket = self._request()
        self._login(self.portal_a)
        for path in (f"/my/requests/{ticket.id}", "/my/orient?q=nid de poule"):
            text = self._get_text(path)
            self.assertIn(self.officer.name, text, path)
            self.assertNotIn("déserté", text, path)
        self.assertIn(self.officer.name, ticket._get_letter_owner())
        self.assertIn("20\N{NO-BREAK SPACE}10", ticket._get_letter_owner())
        self.assertNotIn("déserté", ticket._get_letter_owner())

    def test_without_anybody_a_mayor_reads_the_desk_its_telephone_and_its_address(self):
        self._empty(self.roads, self.desk)
        ticket = self._request(user_id=False)
        self._login(self.portal_a)
        for path in (f"/my/requests/{ticket.id}", "/my/orient?q=nid de poule"):
            page = self._get(path).text
            text = self._get_text(path)
            self.assertIn("Relations aux communes", text, path)
            self.assertIn("03 87 20 10 00", text, path)
            self.assertIn("mailto:relations@deux-rives.fr", page, path)
            self.assertNotIn("déserté", text, path)
        for part in ("Relations aux communes", "relations@deux-rives.fr"):
            self.assertIn(part, ticket.with_context(lang="fr_FR")._get_letter_owner())
        words = ticket.env["commune.request.answer"]._get_answer_words(ticket)
        self.assertEqual(words["interlocuteur"], "Relations aux communes")
        self.assertEqual(words["telephone"], "03 87 20 10 00")

    def test_a_request_left_in_an_empty_team_is_shown_to_be_at_the_desk(self):
        ticket = self._request()
        self._empty(self.roads)
        self._login(self.portal_a)
        self.assertNotIn("déserté", self._get_text(f"/my/requests/{ticket.id}"))
        self.assertIn(self.manager.name, ticket._get_letter_owner())
        self.assertNotIn("déserté", ticket._get_letter_owner())
        self.assertEqual(
            ticket.env["commune.request.answer"]._get_answer_words(ticket)["equipe"],
            "Relations aux communes",
        )

    def test_call_us_has_a_number_or_is_not_shown(self):
        self._login(self.portal_a)
        text = self._get_text("/my/requests/new")
        self.assertIn("appelez-nous", text)
        self.assertIn("03 87 20 10 00", text)
        self.env.company.phone = False
        self.epci.phone = False
        text = self._get_text("/my/requests/new")
        self.assertIn("112", text)
        self.assertNotIn("appelez-nous", text)
