"""The watch, by two persons or two readings at the same moment."""

from datetime import timedelta
from unittest.mock import patch

from odoo import fields
from odoo.tests import tagged

from odoo.addons.commune_relations.engine.web.fetch import Page
from odoo.addons.commune_relations.models.knowledge.watch import feed_polling

from ..race_case import RaceCase
from .watch_case import ANSWERS

FEED = (
    "<rss version='2.0'><channel><item><title>Décret de la course n° {0}</title>"
    "<link>https://course.example/{0}</link></item></channel></rss>"
)


@tagged("post_install", "-at_install")
class TestWatchRace(RaceCase):
    def _make_item(self, **values):
        def make(env):
            item = env["commune.watch.item"].create(
                {"name": "Décret de la course", "kind": "cancelled", **ANSWERS, **values}
            )
            self._keep(item)
            return item.id

        return self._in_transaction(make)

    def _look(self, item_id):
        return lambda env: env["commune.watch.item"].browse(item_id).mapped("name")

    def _both(self, item_id, action):
        """The same action of two persons, who have both seen the item before."""
        work = [
            lambda env: action(env["commune.watch.item"].browse(item_id)),
            lambda env: action(env["commune.watch.item"].browse(item_id)),
        ]
        return self._at_once(self._look(item_id), *work)

    def test_two_officers_make_one_guide_of_it(self):
        item_id = self._make_item()

        def see(env):
            guides = env["commune.guide"].search([("watch_item_id", "=", item_id)])
            versions = guides.version_ids
            self.rows[:0] = [(one._table, one._name, one.ids) for one in (versions, guides)]
            return len(guides)

        _begun, errors = self._both(item_id, lambda item: item.action_propose_guide())
        self.assertEqual((errors, self._in_transaction(see)), ([], 1))

    def test_two_officers_begin_one_version_of_a_guide(self):
        def make(env):
            guide = env["commune.guide"].create({"name": "Guide de la course"})
            guide.action_publish()
            return guide.id

        guide_id = self._in_transaction(make)

        def see(env):
            guide = env["commune.guide"].browse(guide_id)
            versions = guide.version_ids
            self.rows[:0] = [(one._table, one._name, one.ids) for one in (versions, guide)]
            return sorted(versions.mapped("number"))

        begin = [lambda env: env["commune.guide"].browse(guide_id).action_new_version()] * 2
        look = self._at_once(
            lambda env: env["commune.guide"].browse(guide_id).version_ids.mapped("state"), *begin
        )
        begun, errors = look
        self.assertEqual((begun, errors, self._in_transaction(see)), (3, [], [1, 2]))

    def test_two_officers_find_what_it_touches(self):
        def law(env):
            basis = env["commune.legal.basis"].search([], limit=1)
            return {(basis._name, basis.id): ("reference", "Cité.")}

        item_id = self._make_item()

        def see(env):
            reviews = env["commune.review"].search([("item_id", "=", item_id)])
            self.rows.insert(0, (reviews._table, reviews._name, reviews.ids))
            return len(reviews)

        _begun, errors = self._both(item_id, lambda item: item._make_reviews(law(item.env)))
        self.assertEqual((errors, self._in_transaction(see)), ([], 1))

    def test_two_officers_prepare_one_letter(self):
        item_id = self._make_item(state="validated")

        def address(env):
            env.user.email = env.user.email or "robot@metropole.example"
            return env["mailing.mailing"].search([("watch_item_ids", "!=", False)]).ids

        self.assertEqual(self._in_transaction(address), [])
        _begun, errors = self._both(item_id, lambda item: item.action_prepare_digest())

        def see(env):
            letters = env["mailing.mailing"].search([("watch_item_ids", "in", [item_id])])
            self.rows.insert(0, (letters._table, letters._name, letters.ids))
            return len(letters)

        self.assertEqual((errors, self._in_transaction(see)), ([], 1))

    def test_two_officers_put_it_once_on_the_agenda(self):
        item_id = self._make_item()

        def plan(env):
            place = env["res.partner"].create(
                {"name": "Course", "is_company": True, "is_commune": True, "insee_code": "57999"}
            )
            committee = env["commune.committee"].create(
                {"name": "Course", "kind": "copil", "place_id": place.id}
            )
            moment = fields.Datetime.now() + timedelta(days=30)
            session = env["commune.session"].create(
                {"committee_id": committee.id, "date_begin": moment}
            )
            self.rows[:0] = [
                (one._table, one._name, one.ids) for one in (session, committee, place)
            ]
            return session.id

        session_id = self._in_transaction(plan)

        def choose(item):
            item._propose_in(item.env["commune.session"].browse(session_id))

        _begun, errors = self._both(item_id, choose)

        def see(env):
            points = env["commune.session.item"].search([("watch_item_id", "=", item_id)])
            self.rows.insert(0, (points._table, points._name, points.ids))
            return len(points)

        self.assertEqual((errors, self._in_transaction(see)), ([], 1))

    def test_a_source_that_is_held_stops_no_other(self):
        """A colleague reads the first one now; the run reads the second."""

        def make(env):
            sources = env["commune.watch.source"].create(
                [{"name": f"Course {n}", "url": f"https://course.example/{n}.xml"} for n in (1, 2)]
            )
            return sources.ids

        first, second = self._in_transaction(make)

        asked = []

        def serve(url, *_args):
            asked.append(url)
            return Page(url, 200, FEED.format(url[-5]).encode())

        def run(env):
            sources = env["commune.watch.source"].browse((first, second))
            with (
                patch.object(type(sources), "search", lambda *_args, **_kwargs: sources),
                patch.object(type(sources), "_notify_feed_failure", lambda _sources: None),
                patch.object(type(env["ir.cron"]), "_commit_progress", lambda *_a, **_k: 60),
            ):
                sources._cron_read()

        with self.registry.cursor() as held, patch.object(feed_polling, "fetch", serve):
            held.execute("SELECT id FROM commune_watch_source WHERE id = %s FOR UPDATE", [first])
            self._in_transaction(run)

        def see(env):
            sources = env["commune.watch.source"].browse((first, second))
            self._keep(env["commune.watch.item"].search([("source_ids", "in", sources.ids)]))
            self._keep(sources)
            return [bool(one.last_success) for one in sources]

        self.assertEqual(self._in_transaction(see), [False, True])
        # The site of the first one was not even called.
        self.assertEqual(asked, ["https://course.example/2.xml"])
