"""Sources read from a real server: what comes in, what fails, what never stops the others."""

import gzip
from contextlib import suppress
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from unittest.mock import patch

from odoo.exceptions import AccessError
from odoo.tests import tagged
from odoo.tools import mute_logger

from odoo.addons.commune_relations.models.knowledge.watch import feed_polling

from .watch_case import WatchCase

REAL = Path(__file__).parents[3] / "shared/data/feeds"
WEEK = timedelta(days=7)


class Stopped(BaseException):
    """No error of the program: it ends."""


@tagged("post_install", "-at_install")
class TestWatchReading(WatchCase):
    def _names(self, source):
        return self.Item.search([("source_ids", "in", source.ids)], order="id").mapped("name")

    def test_the_items_of_a_feed(self):
        source = self._source("tags_and_tracking", kind="law")
        self._run()
        first, second = self.Item.search([("source_ids", "in", source.ids)], order="id")
        self.assertEqual(first.name, "Projet de loi relatif aux services publics de proximité")
        self.assertEqual(first.link, "https://portail.example/loi/3047-services-publics?page=2")
        self.assertEqual(str(first.date), "2026-10-03")
        self.assertEqual((first.kind, first.state), ("law", "to_sort"))
        self.assertLessEqual(len(first.summary), 300)
        self.assertFalse(second.summary)
        self.assertEqual((source.last_count, source.item_count, source.state), (2, 2, "fine"))
        self.assertFalse(source.last_error)

    def test_press_gives_titles_alone(self):
        source = self._source("rss_1", titles_only=True)
        self._run()
        items = self.Item.search([("source_ids", "in", source.ids)])
        self.assertEqual(len(items), 2)
        self.assertEqual(items.mapped("summary"), [False, False])

    def test_read_again_nothing_comes_twice(self):
        source = self._source("duplicated_ids")
        self._read(source)
        self.assertEqual(len(self._names(source)), 2)
        self.server.asked.clear()
        self._read(source)
        self.assertEqual(len(self._names(source)), 2)
        [(_path, headers)] = self.server.asked
        self.assertEqual(headers.get("If-None-Match"), '"duplicated_ids"')

    def test_nothing_new_is_a_success(self):
        source = self._source("known")
        source.sudo().write({"etag": '"1"', "failing_since": "2026-01-01", "last_error": "Panne"})
        self._read(source)
        self.assertTrue(source.last_success)
        self.assertFalse(source.failing_since or source.last_error)

    def test_what_two_sources_report_is_one_item(self):
        page = (
            "<rss version='2.0'><channel><item><title>{title}</title><link>{link}</link>"
            "<pubDate>Fri, 02 Oct 2026 10:00:00 +0200</pubDate></item></channel></rss>"
        )
        read_items = {
            "one": ("Loi n° 2026-911 du 30 septembre 2026 sur l'habitat", "https://a.example/1"),
            "page": ("Habitat", "http://www.a.example/1/?utm_source=rss"),
            "text": ("La loi n°2026-911 est parue", "https://b.example/habitat"),
            "near": ("Loi n° 2026-911 du 30 septembre 2026 sur l’habitat", "https://c.example/9"),
            "other": ("Projet de loi sur l'habitat rural", "https://d.example/2"),
        }
        for name, (title, link) in read_items.items():
            self.server.files[name] = page.format(title=title, link=link).encode()
        before = self.Item.search([])
        sources = [self._source(name) for name in read_items]
        self._run()
        items = self.Item.search([]) - before
        self.assertEqual(len(items), 2)
        first = items.filtered(lambda item: "911" in item.name)
        self.assertEqual(first.name, read_items["one"][0])
        self.assertEqual(first.source_ids, self.Source.union(*sources[:4]))

    def test_one_broken_source_stops_no_other(self):
        broken = {
            "refused": "refuse les lectures automatiques (réponse 403)",
            "failing": "est en panne (réponse 500)",
            "gone": "n’existe pas ou plus",
            "loop": "renvoie sans fin d’une adresse à une autre",
            "to-internal": "127.0.0.2 » est une adresse du réseau interne",
            "slow": "trop lent",
            "silent": "trop lent",
            "endless": "refusée par sécurité",
            "huge": "refusée par sécurité",
            "bomb": "refusée par sécurité",
            "cut": "incomplète ou abîmée",
            "fine": "une page, pas par un flux",
        }
        sources = {name: self._source(name) for name in broken}
        last = self._source("wrong_encoding")
        with self._in_haste():
            self._run()
        for name, sentence in broken.items():
            with self.subTest(name):
                self.assertIn(sentence, sources[name].last_error.replace("\u00a0", " "))
                self.assertEqual(sources[name].state, "failing")
                self.assertTrue(sources[name].last_try and not sources[name].last_success)
        self.assertEqual(len(self._names(last)), 3)
        self.assertEqual(last.state, "fine")

    def test_gzip_is_read(self):
        source = self._source("packed-feed")
        content = gzip.compress(self.server.files["rss_1"])
        with patch.object(
            self.server.RequestHandlerClass,
            "do_packed_feed",
            lambda handler: handler.answer(content=content, Content_Encoding="gzip"),
            create=True,
        ):
            self._read(source)
        self.assertEqual(len(self._names(source)), 2)

    def test_an_unforeseen_error_is_that_of_one_source(self):
        first, second = self._source("rss_1"), self._source("duplicated_ids")
        take = type(self.Item)._take

        def fail(items, source, entries):
            if source == first:
                items.create({"name": "Perdu"})
                raise ZeroDivisionError
            return take(items, source, entries)

        with (
            patch.object(type(self.Item), "_take", fail),
            mute_logger("odoo.addons.commune_relations.models.knowledge.watch.feed_polling"),
        ):
            self._run()
        self.assertTrue(first.last_error)
        self.assertFalse(self.Item.search([("name", "=", "Perdu")]))
        self.assertEqual(len(self._names(second)), 2)

    def test_a_source_rests_between_two_readings(self):
        source = self._source("rss_1")
        self._run()
        self.server.asked.clear()
        self._run()
        self.assertFalse(self.server.asked)
        source.sudo().last_try -= feed_polling.REST + timedelta(seconds=1)
        self._run()
        self.assertEqual(len(self.server.asked), 1)

    def _kill(self, source, run=None):
        """The server is stopped while it reads a source.

        :param run: what reads it; by itself when it is not given
        """
        fetch = type(source)._fetch

        stopped = []

        def stop(self):
            if self == source:
                stopped.append(True)
                raise Stopped
            return fetch(self)

        # `assertRaises` of Odoo would take back what was committed.
        with patch.object(type(source), "_fetch", stop), suppress(Stopped):
            (run or self._run)()
        self.assertTrue(stopped)
        self.env.invalidate_all()

    def test_a_source_that_stops_the_server_is_not_the_first_again(self):
        deadly, other = self._source("rss_1"), self._source("duplicated_ids")
        self._kill(deadly)
        self.assertTrue(deadly.last_try)
        self.assertFalse(deadly.last_success)
        self.assertFalse(other.last_try)
        self._run()
        self.assertTrue(other.last_success)
        self.assertFalse(deadly.last_success)

    def test_read_by_hand_it_is_counted_too(self):
        deadly = self._source("rss_1", user_id=self.officer.id)
        for count in (1, 2, 3):
            self._kill(deadly, lambda: self._read(deadly.with_user(self.officer)))
            self.assertEqual((deadly.cut_count, deadly.active), (count, True))
            self.assertTrue(deadly.last_try)
        self.server.asked.clear()
        read_items = self._read(deadly.with_user(self.officer))
        self.assertFalse(self.server.asked)
        self.assertFalse(deadly.active)
        self.assertIn("3", read_items["params"]["message"])
        # Followed again and read, nothing is left of it.
        deadly.with_user(self.officer).active = True
        self._read(deadly.with_user(self.officer))
        self.assertEqual((deadly.cut_count, deadly.state), (0, "fine"))

    def test_the_third_time_it_is_put_aside_and_somebody_is_notified(self):
        deadly = self._source("rss_1", user_id=self.officer.id)
        for count in (1, 2, 3):
            self._kill(deadly)
            self.assertEqual((deadly.cut_count, deadly.active), (count, True))
            self.assertFalse(deadly.activity_ids)
            deadly.sudo().last_try -= feed_polling.REST + timedelta(seconds=1)
        self.server.asked.clear()
        self._run()
        self.assertFalse(self.server.asked)
        self.assertFalse(deadly.active)
        self.assertIn("3", deadly.last_error)
        self.assertEqual(deadly.activity_ids.user_id, self.officer)
        self.assertIn("rss_1", deadly.activity_ids.summary)
        # Followed again, its readings begin anew.
        deadly.with_user(self.officer).active = True
        deadly.sudo().last_try = False
        self._run()
        self.assertEqual((deadly.cut_count, deadly.state), (0, "fine"))

    def test_a_feed_that_holds_its_reader_three_times_is_put_aside_and_the_rest_is_read(self):
        """The process that reads it dies, and the server goes on."""
        spaces = "".join(f"<x{n}:a xmlns:x{n}='u{n}'/>" for n in range(20_000))
        bomb = f"<rss version='2.0'><channel><title>t</title><item>{spaces}</item></channel></rss>"
        deadly, other = (
            self._source("rss_1", user_id=self.officer.id),
            self._source("duplicated_ids"),
        )
        fetch = type(deadly)._fetch

        def answer(source):
            page = fetch(source)
            return replace(page, content=bomb.encode()) if source == deadly else page

        with patch.object(type(deadly), "_fetch", answer):
            for count in (1, 2, 3):
                (deadly | other).sudo().last_try = False
                self._run()
                # Put aside, it begins anew when somebody follows it again.
                self.assertEqual((deadly.cut_count, deadly.active), (count % 3, count < 3))
                self.assertEqual((other.cut_count, other.state), (0, "fine"))
                if count < 3:
                    self.assertIn("trop de temps ou de mémoire", deadly.last_error)
                    self.assertFalse(deadly.activity_ids)
        self.assertIn("3", deadly.last_error)
        self.assertEqual(deadly.activity_ids.user_id, self.officer)
        self.assertTrue(self._names(other))

    def test_readings_that_end_are_not_counted(self):
        source, wrong = self._source("rss_1"), self._source("gone")
        for _turn in range(4):
            (source | wrong).sudo().last_try = False
            self._run()
        self.assertEqual((source.cut_count, wrong.cut_count), (0, 0))
        self.assertTrue(source.active and wrong.active)

    def test_without_the_setting_the_internal_network_is_not_read(self):
        source = self._source("rss_1")
        self.env["ir.config_parameter"].set_param(
            feed_polling.ALLOWED, "127.0.0.1:1, intranet.example"
        )
        self.server.asked.clear()
        self._read(source)
        self.assertIn("adresse du réseau interne", source.last_error)
        self.assertFalse(self.server.asked)

    def test_a_week_of_failure_is_notified_once(self):
        owned, alone = self._source("failing", user_id=self.officer.id), self._source("gone")
        young = self._source("refused")
        self._run()
        for source in (owned, alone):
            source.sudo().failing_since -= WEEK
        young.sudo().failing_since -= WEEK - timedelta(hours=1)
        for _turn in range(2):
            (owned | alone | young).sudo().last_try = False
            self._run()
        self.assertEqual(len(owned.activity_ids), 1)
        self.assertEqual(owned.activity_ids.user_id, self.officer)
        self.assertIn("en panne", owned.activity_ids.note)
        self.assertEqual(alone.activity_ids.user_id, self.env.company._get_service_manager())
        self.assertFalse(young.activity_ids)
        # Read again: nothing is left to do.
        self.server.files["failing"] = self.server.files["rss_1"]
        self._read(owned)
        self.assertFalse(owned.activity_ids)
        del self.server.files["failing"]

    def test_another_address_starts_anew(self):
        source = self._source("duplicated_ids")
        self._read(source)
        source.url = f"http://{self.host}/rss_1"
        self.assertFalse(source.etag)
        self._read(source)
        self.assertEqual(len(self._names(source)), 4)

    def test_the_sources_shipped(self):
        shipped = self.Source.with_context(active_test=False).search(
            [("id", "in", self._get_shipped())]
        )
        self.assertEqual(len(shipped), 14)
        press = shipped.filtered("titles_only").mapped("name")
        self.assertEqual(len(press), 3)
        self.assertIn("La Gazette des communes", press)

    def _get_shipped(self):
        data = self.env["ir.model.data"].search(
            [("module", "=", "commune_relations"), ("model", "=", "commune.watch.source")]
        )
        return data.mapped("res_id")

    def test_the_real_files_beside_the_repository(self):
        """18 texts, 3 of decrees of which one is in both files, 2 bills; counted by hand."""
        expected = {
            "legifrance-rss_2021-03_cohesion-territoires": 18,
            "legifrance-rss_2021-03_decrets-cohesion-territoires": 2,
            "vie-publique_lois-feeds_2026-10_extrait": 2,
        }
        for name, count in expected.items():
            path = REAL / f"{name}.xml"
            if path.exists():
                self.server.files["real"] = path.read_bytes()
                before = self.Item.search_count([])
                self._read(self._source("real", url=f"http://{self.host}/real?{name}"))
                self.assertEqual(self.Item.search_count([]) - before, count, name)

    def test_queries_do_not_grow_with_the_items(self):
        def page(count, start):
            items = "".join(
                f"<item><title>Nouvelle {n} de la commune {n * 7}</title>"
                f"<link>https://n.example/{n}</link></item>"
                for n in range(start, start + count)
            )
            return f"<rss version='2.0'><channel>{items}</channel></rss>".encode()

        source = self._source("many")
        counts = []
        for count, start in ((3, 0), (10, 100), (300, 1000)):
            self.server.files["many"] = page(count, start)
            source.sudo().etag = False
            self.env.flush_all()
            self.env.invalidate_all()
            before = self.env.cr.sql_log_count
            source.sudo()._try_to_read()
            self.env.flush_all()
            counts.append(self.env.cr.sql_log_count - before)
        self.assertEqual(source.item_count, 313)
        self.assertLessEqual(counts[2], counts[1] + 8, counts)

    def test_rights(self):
        source = self._source("rss_1")
        for who in (self.reader, self.referent):
            self.assertEqual(source.with_user(who).name, "rss_1")
            with self.assertRaises(AccessError):
                source.with_user(who).action_read()
        self._read(source.with_user(self.officer))
        self.assertEqual(self.env.company._get_organisation_date(source.last_try), self.today)
