"""Topics on the rise: by hand, proposed once to the technical committee, without a name."""

from datetime import timedelta

from odoo import fields
from odoo.exceptions import AccessError, UserError
from odoo.tests import freeze_time, tagged

from ..requests.request_case import RequestCase
from .steering_case import make_rise, set_created


@tagged("post_install", "-at_install")
class TestTopicTrend(RequestCase):
    def _plan_session(self):
        committee = self.env["commune.committee"].create(
            {"name": "COTECH", "kind": "cotech", "place_id": self.epci.id}
        )
        return self.env["commune.session"].create(
            {
                "committee_id": committee.id,
                "date_begin": fields.Datetime.now() + timedelta(days=20),
            }
        )

    def _rises(self):
        return self.env["commune.topic.trend"].search([]).topic_id

    def test_half_as_many_again_and_five_at_least(self):
        topics = self.env["commune.topic"].search([("parent_id", "!=", False)], limit=6)
        figures = [(6, 4), (5, 4), (5, 0), (4, 0), (9, 6), (8, 6)]
        for topic, (recent, former) in zip(topics, figures, strict=True):
            make_rise(self, topic, recent, former)
        wanted = [topics[0], topics[2], topics[4]]
        self.assertEqual(self._rises(), self.env["commune.topic"].union(*wanted))
        rise = self.env["commune.topic.trend"].browse(topics[0].id)
        self.assertEqual((rise.recent_count, rise.former_count, rise.growth), (6, 4, 50))
        opened = rise.with_user(self.reader).action_open_requests()
        self.assertEqual(self.env["helpdesk.ticket"].search_count(opened["domain"]), 6)

    def test_three_months_over_the_three_before(self):
        """Weeks 2 to 12 are of the last three months, weeks 14 to 25 of those before."""
        for weeks in (2, 3, 6, 8, 10, 12, 14, 18, 22, 25, 28):
            set_created(self._request(topic_id=self.road_topic.id), weeks)
        rise = self.env["commune.topic.trend"].search([("topic_id", "=", self.road_topic.id)])
        self.assertEqual((rise.recent_count, rise.former_count), (6, 4))

    def test_it_is_proposed_once_with_its_counts_and_no_name(self):
        session = self._plan_session()
        make_rise(self, self.road_topic, 4, 2)
        make_rise(
            self,
            self.road_topic,
            1,
            0,
            name="Madame Aubry d’Aubrive attend",
            description="<p>Appeler le 03 87 00 00 01</p>",
        )
        rise = make_rise(
            self, self.road_topic, 1, 0, name="Affaire personnelle", confidentiality="perso"
        )
        rise.with_user(self.officer).action_propose()
        item = session.item_ids
        self.assertEqual((item.state, item.topic_id), ("proposed", self.road_topic))
        self.assertEqual((item.trend_topic_id, item.trend_date), (self.road_topic, self.today))
        self.assertIn("6 requests over the last three months, 2 over", item.description)
        self.assertIn("3,500 to 9,999", item.description)
        for name in ("Aubry", "Aubrive", "03 87", "Affaire personnelle"):
            self.assertNotIn(name, item.description)
        # Once more, by another officer: what is there opens.
        rise.invalidate_recordset()
        opened = rise.with_user(self.manager).action_propose()
        self.assertEqual((opened["res_id"], len(session.item_ids)), (session.id, 1))
        # Three months later, other requests: it may be proposed again.
        with freeze_time(fields.Datetime.now() + timedelta(days=95)):
            self.env.invalidate_all()
            make_rise(self, self.road_topic, 9, 0)
            rise.invalidate_recordset()
            self.assertFalse(rise.item_id)

    def test_nobody_else_says_that_an_item_comes_from_requests(self):
        session, found_values = self._plan_session(), {"trend_topic_id": self.road_topic.id}
        items = self.env["commune.session.item"].with_user(self.manager)
        item = items.create({"session_id": session.id, "name": "Voirie"})
        for values in (found_values, {"trend_date": self.today}):
            with self.subTest(values=values):
                with self.assertRaisesRegex(UserError, "not written by hand"):
                    item.write(values)
                with self.assertRaisesRegex(UserError, "not written by hand"):
                    items.create({"session_id": session.id, "name": "Voirie", **values})
        by_default = items.with_context(default_rising_topic_id=self.road_topic.id)
        made = by_default.create({"session_id": session.id, "name": "Eau"})
        self.assertFalse(made.trend_topic_id)

    def test_many_cases_do_not_fill_the_agenda(self):
        session = self._plan_session()
        make_rise(self, self.road_topic, 20, 0).with_user(self.officer).action_propose()
        self.assertEqual(session.item_ids.description.count("<li>"), 13)
        self.assertIn("and 8 others", session.item_ids.description)

    def test_without_a_session_in_preparation_it_says_so(self):
        rise = make_rise(self, self.road_topic, 5, 0)
        self.env["commune.session"].search([]).active = False
        with self.assertRaisesRegex(UserError, "No session"):
            rise.with_user(self.officer).action_propose()

    def test_a_reader_proposes_nothing(self):
        self._plan_session()
        rise = make_rise(self, self.road_topic, 5, 0)
        with self.assertRaisesRegex(AccessError, "officers propose"):
            rise.with_user(self.reader).action_propose()
