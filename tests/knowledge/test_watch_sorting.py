"""Sorting: what the screen shows, what its actions do, what the share link opens."""

from odoo.exceptions import AccessError, UserError
from odoo.tests import HttpCase, tagged

from .watch_case import WatchCase, make_item


@tagged("post_install", "-at_install")
class TestWatchSorting(WatchCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.Item.search([]).unlink()
        cls.voirie = make_item(
            cls.env, "Voirie : un décret sur les nids-de-poule de la chaussée", date="2026-10-02"
        )
        cls.eau = make_item(cls.env, "Eau potable : qui paie la fuite après compteur ?")
        cls.eau.date = "2026-10-01"
        cls.own = cls.Item.with_user(cls.officer)

    def test_the_items_nobody_has_looked_at_with_their_topics(self):
        make_item(self.env, "Trié").with_user(self.manager).sort("keep", "other", [])
        data = self.own.get_sorting()
        self.assertEqual([one["id"] for one in data["items"]], [self.voirie.id, self.eau.id])
        self.assertEqual((data["count"], data["can_sort"]), (2, True))
        cards = self.env["commune.topic"].orient(self.voirie.name + ". ")
        proposed = [one["id"] for one in data["items"][0]["proposed"]]
        self.assertEqual(proposed[0], cards[0]["topic_id"])
        self.assertEqual(len(self.own.get_sorting([self.voirie.id])["items"]), 1)
        self.assertFalse(self.Item.with_user(self.reader).get_sorting()["can_sort"])

    def test_kept_archived_undone(self):
        topic = self.voirie.suggested_topic_ids[0]
        item = self.voirie.with_user(self.officer)
        answer = item.sort("keep", "law", [topic.id])
        self.assertEqual(answer, {"count": 1, "refusal": ""})
        self.assertEqual((item.state, item.user_id), ("kept", self.officer))
        self.assertEqual((item.kind, item.topic_ids), ("law", topic))
        self.assertEqual(item.unsort(), {"count": 2, "refusal": ""})
        self.assertFalse(item.user_id)
        item.sort("put_away", "other", [])
        self.assertEqual(item.state, "archived")
        item.unsort()
        self.assertEqual((item.state, item.sorted_date), ("to_sort", False))

    def test_what_is_kept_says_so_and_is_no_more_to_sort(self):
        item = self.voirie.with_user(self.officer)
        item.action_keep()
        self.assertEqual(dict(item._fields["state"].selection)[item.state], "To analyse")
        self.assertEqual([one["id"] for one in self.own.get_sorting()["items"]], [self.eau.id])
        # An item kept by a colleague stays with them.
        self.voirie.with_user(self.manager).action_keep()
        self.assertEqual(item.user_id, self.officer)

    def test_a_colleague_was_faster(self):
        self.voirie.with_user(self.manager).sort("put_away", "other", [])
        answer = self.voirie.with_user(self.officer).sort("keep", "law", [])
        self.assertIn(self.manager.name, answer["refusal"])
        self.assertEqual((self.voirie.state, self.voirie.kind), ("archived", "other"))
        self.assertTrue(self.voirie.with_user(self.officer).unsort()["refusal"])
        self.assertEqual(self.voirie.state, "archived")

    def test_who_may_not_write_does_not_sort(self):
        for who in (self.reader, self.referent, self.portal_a):
            with self.assertRaises(AccessError):
                self.voirie.with_user(who).sort("keep", "law", [])
        with self.assertRaises(UserError):
            self.voirie.with_user(self.officer).sort("unlink", "law", [])

    def test_the_form_of_a_page_that_is_shared(self):
        form = self.own.get_form("https://a.example/1?utm_source=x", "Un <b>titre</b>")
        self.assertFalse(form["res_id"])
        self.assertEqual(form["context"]["default_name"], "Un titre")
        self.assertEqual(form["context"]["default_link"], "https://a.example/1")
        self.voirie.link = "https://a.example/1"
        self.assertEqual(self.own.get_form("http://a.example/1/", "")["res_id"], self.voirie.id)

    def test_five_thousand_items_cost_what_five_do(self):
        counts = []
        for count in (5, 5, 5000):
            self.Item.create([{"name": f"Nouvelle {count} {n}"} for n in range(count)])
            self.env.flush_all()
            self.env.invalidate_all()
            before = self.env.cr.sql_log_count
            self.own.web_search_read(
                [], {"name": {}, "commune_count": {}, "topic_ids": {}, "source_ids": {}}, limit=80
            )
            self.own.get_sorting()
            counts.append(self.env.cr.sql_log_count - before)
        self.assertLessEqual(counts[2], counts[1] + 2, counts)


@tagged("post_install", "-at_install")
class TestWatchAdd(WatchCase, HttpCase):
    def test_the_link_opens_a_form_and_saves_nothing(self):
        before = self.Item.search_count([])
        page = "/watch/add?url=https%3A%2F%2Fa.example%2F1%3Fb%3D2&title=Un%20titre"
        self.authenticate("test_officer", "test_officer")
        answer = self.url_open(page, allow_redirects=False)
        self.assertEqual(answer.status_code, 303)
        self.assertTrue(
            answer.headers["Location"].endswith(
                "/odoo/watch-add?page_link=https%3A%2F%2Fa.example%2F1%3Fb%3D2&page_title=Un%20titre"
            ),
            answer.headers["Location"],
        )
        for login in ("test_reader", "test_mayor_a"):
            self.authenticate(login, login)
            self.assertEqual(self.url_open(page, allow_redirects=False).status_code, 404)
        self.assertEqual(self.Item.search_count([]), before)
