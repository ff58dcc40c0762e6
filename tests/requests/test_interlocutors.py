"""The person given to a commune: territory first, then presence, never nobody."""

from datetime import timedelta

from odoo import fields
from odoo.tests import freeze_time, tagged

from .request_case import RequestCase


@tagged("post_install", "-at_install")
@freeze_time("2026-11-25 10:00:00")
class TestInterlocutors(RequestCase):
    def _referent(self, user, topic=None, **values):
        return self.env["commune.topic.referent"].create(
            {"topic_id": (topic or self.road_topic).id, "user_id": user.id, **values}
        )

    def _person(self, commune=None, topic=None):
        topic = topic or self.road_topic
        return topic._get_interlocutors(commune or self.commune_a)[topic.id]

    def _check_person(self, role, user):
        person = self._person()
        self.assertEqual((person["role"], person["user_id"]), (role, user.id))

    def _leave(self, user):
        user.write(
            {
                "out_of_office_from": fields.Datetime.now() - timedelta(days=1),
                "out_of_office_to": fields.Datetime.now() + timedelta(days=1),
            }
        )

    def test_the_referent_of_the_commune_goes_before_the_sector_s_and_the_general_one(self):
        sector = self.env["commune.sector"].create({"name": "Secteur d’essai"})
        self.commune_b.sector_id = sector
        self._referent(self.referent)
        self._referent(self.reader, sector_ids=sector.ids)
        self._referent(self.officer, commune_ids=self.commune_a.ids)
        self.assertEqual(self._person()["user_id"], self.officer.id)
        self.assertEqual(self._person(self.commune_b)["user_id"], self.reader.id)
        self.assertEqual(
            self._person(self.env["res.partner"].create({"name": "X"}))["user_id"],
            self.referent.id,
        )

    def test_on_leave_the_backup_is_given_then_the_lead_then_the_desk(self):
        self._referent(self.referent)
        self._referent(self.reader, role="backup")
        self.assertEqual(self._person()["role"], "holder")
        self._leave(self.referent)
        self.assertEqual(self._person()["user_id"], self.reader.id)
        self._leave(self.reader)
        self._check_person("lead", self.manager)
        self._leave(self.manager)
        self._check_person("desk", self.officer)

    def test_when_everybody_is_away_the_holder_is_named_as_absent(self):
        self._referent(self.referent)
        for user in (self.referent, self.manager, self.officer):
            self._leave(user)
        person = self._person()
        self.assertEqual(person["user_id"], self.referent.id)
        self.assertFalse(person["available"])

    def test_a_leave_in_the_working_calendar_counts(self):
        self._referent(self.referent)
        resource = self.env["resource.resource"].create(
            {"name": "Référent", "user_id": self.referent.id}
        )
        self.assertTrue(self._person()["available"])
        self.env["resource.calendar.leaves"].create(
            {
                "name": "Congé",
                "resource_id": resource.id,
                "date_from": "2026-11-24 00:00:00",
                "date_to": "2026-11-26 23:00:00",
            }
        )
        self.assertNotEqual(self._person()["user_id"], self.referent.id)

    def test_somebody_who_does_not_work_on_wednesdays_is_absent_on_wednesday(self):
        calendar = self.env["resource.calendar"].create({"name": "Sans mercredi"})
        calendar.attendance_ids.filtered(lambda a: a.dayofweek == "2").unlink()
        self.env["resource.resource"].create(
            {"name": "R", "user_id": self.referent.id, "calendar_id": calendar.id}
        )
        self.assertTrue(self.referent._get_absent_users())  # 25 November 2026: Wednesday
        self.assertFalse(self.referent._get_absent_users(fields.Date.to_date("2026-11-26")))

    def test_a_past_or_future_referent_is_not_given(self):
        self._referent(self.referent, date_end="2026-11-24")
        self._referent(self.reader, date_start="2026-11-26")
        self.assertEqual(self._person()["role"], "lead")

    def test_a_family_s_referent_serves_its_topics(self):
        self._referent(self.referent, topic=self.road_topic.parent_id)
        self.assertEqual(self._person()["user_id"], self.referent.id)

    def test_a_topic_without_anybody_is_the_desk_s(self):
        topic = self.topics["CUL-EQU"]
        self.assertEqual(self._person(topic=topic)["user_id"], self.officer.id)
        self.assertEqual(topic._get_team(), self.desk)

    def test_an_archived_account_is_passed_over(self):
        self._referent(self.referent)
        self.referent.active = False
        self.assertEqual(self._person()["role"], "lead")

    def test_a_portal_account_cannot_be_a_referent(self):
        with self.assertRaisesRegex(Exception, "portal|portail"):
            self._referent(self.portal_a)

    def test_a_request_goes_to_the_referent_and_to_the_team_of_its_topic(self):
        self._referent(self.referent, commune_ids=self.commune_b.ids)
        ticket = self._request(self.commune_b, self.portal_b)
        self.assertEqual((ticket.team_id, ticket.user_id), (self.roads, self.referent))
        self.assertEqual(self._request().user_id, self.manager)

    def test_the_queries_do_not_grow_with_the_number_of_topics(self):
        topics = self.env["commune.topic"].search([("parent_id", "!=", False)])
        counts = []
        topics._get_interlocutors(self.commune_a)
        for some in (topics[:2], topics):
            self.env.flush_all()
            start = self.env.cr.sql_log_count
            some._get_interlocutors(self.commune_a)
            counts.append(self.env.cr.sql_log_count - start)
        self.assertLessEqual(abs(counts[1] - counts[0]), 2)
        self.assertLessEqual(counts[1], 4)
