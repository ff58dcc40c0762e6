"""Feeds as sites write them: what is read of each quirk, and what is refused."""

import gzip
import json
import os
import re
import subprocess
import sys
from datetime import date
from pathlib import Path
from unittest import TestCase

from hypothesis import given
from hypothesis import strategies as st
from pattern_cases import is_linear, patterns_of
from property_cases import often

from engine import feed
from engine.feed import duplicate_news, entries, links, plain_text, repair

ROOT = Path(__file__).parents[2]
FILES = ROOT / "tests/fixtures/feeds"
# Files of real sites, when they lie beside the repository.
REAL = ROOT.parent / "shared/data/feeds"
PIECES = (
    *("<rss version='2.0'>", "<channel>", "<item>", "</item>", "<title>", "</title>", "<link>"),
    *("<![CDATA[", "]]>", "<?xml ", "&", "&eacute;", "&#0;", "<a ", "<", ">", "'", "é", "\x00"),
    *("<pubDate>Wed,07", "<dc:date>", "<!--", "<!DOCTYPE a [", "<entry/>", "http://a.fr/?a=1&"),
)


def rss(*items):
    return f"<rss version='2.0'><channel>{''.join(items)}</channel></rss>".encode()


class TestFeedFiles(TestCase):
    def read(self, name, **more):
        return feed.read((FILES / f"{name}.rss").read_bytes(), **more)

    def refuse(self, code, content):
        with self.assertRaises(feed.FeedError) as error:
            feed.read(content)
        self.assertEqual(error.exception.code, code)

    def test_bytes_of_utf8_win_over_the_encoding_declared(self):
        first, second, third = self.read(
            "wrong_encoding", base="https://assemblee.example/"
        ).entries
        self.assertEqual(
            first.title, "Proposition de loi relative à l'eau et à l'assainissement des communes"
        )
        self.assertEqual(first.summary[:15], "Texte n° 41 dép")
        self.assertIn("Œuvres sociales, 100 €", second.title)
        # One guid for two pages: they are two; a link from the root; half past midnight in France.
        self.assertEqual(first.link, "https://assemblee.example/textes/ppl26-041.html")
        self.assertEqual(second.link, "https://assemblee.example/textes/avis26-112.html")
        self.assertEqual(third.link, "https://assemblee.example/rap/r26-007.html")
        days = [date(2026, 10, 7), date(2026, 10, 6), date(2026, 10, 6)]
        self.assertEqual([one.day for one in (first, second, third)], days)

    def test_an_encoding_that_is_true_is_believed(self):
        self.assertIn("60 000 € en Haute-Œuvre", self.read("right_encoding").entries[0].title)

    def test_what_the_server_says_serves_when_nothing_else_is_stated(self):
        content = (
            "<rss version='2.0'><channel><item><title>Été à 5 €</title></item></channel></rss>"
        )
        found = feed.read(content.encode("iso-8859-15"), declared_charset="ISO-8859-15")
        self.assertEqual(found.entries[0].title, "Été à 5 €")
        found = feed.read(content.encode("cp1252"), declared_charset="utf-8")
        self.assertEqual(found.entries[0].title, "Été à 5 €")

    def test_tags_of_titles_and_dates_and_what_follows_the_reader(self):
        first, second = self.read("tags_and_tracking").entries
        self.assertEqual(first.title, "Projet de loi relatif aux services publics de proximité")
        self.assertEqual(first.link, "https://portail.example/loi/3047-services-publics?page=2")
        self.assertEqual(first.day, date(2026, 10, 3))
        self.assertTrue(first.summary.startswith("Ce que contient le texte : maisons France serv"))
        self.assertLessEqual(len(first.summary), 300)
        self.assertTrue(first.summary.endswith("les premières…"))
        self.assertEqual(second.title, "Loi n° 2026-911 du 30 septembre 2026 sur l'habitat")
        self.assertEqual(second.link, "https://portail.example/loi/3049-habitat")
        self.assertEqual((second.day, second.summary), (date(2026, 10, 1), ""))

    def test_an_entry_written_twice_is_one(self):
        first, second = self.read("duplicated_ids").entries
        self.assertEqual(first.link, "https://journal.example/jorf/id/TEXTE880")
        self.assertEqual(first.day, date(2026, 9, 19))
        self.assertTrue(first.summary.startswith("Article 1 A l'article 3 du décret"))
        self.assertIn("Arrêté du 3 septembre 2026 portant", second.title)
        self.assertEqual(second.link, "https://journal.example/jorf/id/TEXTE881")

    def test_rss_1(self):
        found = self.read("rss_1")
        self.assertEqual((found.kind, found.title), ("rss10", "La lettre d'essai"))
        self.assertEqual([one.day.day for one in found.entries], [1, 2])
        self.assertEqual(found.entries[0].summary, "Un résumé court.")

    def test_broken_xml_is_read_as_far_as_it_goes(self):
        first, second = self.read("broken").entries
        self.assertEqual(first.title, "Déchets & propreté : ce qui change")
        self.assertEqual(first.link, "https://actualites.example/lire?id=12&rubrique=3")
        self.assertEqual((first.day, first.summary), (None, "Une page mal fermée"))
        self.assertEqual(second.link, "https://actualites.example/lire?id=13&rubrique=3")

    def test_a_source_of_titles_gives_no_summary(self):
        for one in self.read("tags_and_tracking", titles_only=True).entries:
            self.assertEqual(one.summary, "")

    def test_what_is_no_feed_says_so(self):
        self.refuse("empty", b" \n")
        self.refuse(
            "not_a_feed", b"<!DOCTYPE html><html><body><p>Acc\xc3\xa8s refus\xc3\xa9</body>"
        )
        self.refuse("not_a_feed", b"Bonjour")
        self.refuse("not_a_feed", gzip.compress(b"x"))

    def test_what_would_fill_the_memory_is_refused(self):
        bomb = b'<!DOCTYPE r [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;">]><rss version="2.0">&b;</rss>'
        self.refuse("entities", bomb)
        read_file = b'<!DOCTYPE r [<!ENTITY a SYSTEM "file:///etc/hostname">]><rss>&a;</rss>'
        self.refuse("entities", read_file)
        self.refuse("too_deep", b"<rss version='2.0'>" + b"<a>" * 200)
        self.refuse("too_deep", b"<rss version='2.0'>" + b"<a/>" * (repair.MOST_ELEMENTS + 2))
        self.refuse("too_large", b"<rss>" + b" " * repair.LONGEST)

    def test_so_many_entries_at_most(self):
        items = [
            f"<item><title>N{n}</title><link>http://a.fr/{n}</link></item>" for n in range(503)
        ]
        found = feed.read(rss(*items, "<item/>"))
        self.assertEqual((len(found.entries), found.left_out), (entries.MOST_ENTRIES, 4))

    def test_the_real_files_beside_the_repository(self):
        """What is counted otherwise: the different names of a file, by a pattern."""
        for path in sorted(REAL.glob("*.xml")):
            content = path.read_text()
            names = set(re.findall(r"<(?:id|guid[^>]*)>(.*?)</", content.partition("<logo>")[2]))
            names |= set(re.findall(r"<guid[^>]*>(.*?)</", content))
            with self.subTest(path.name):
                found = feed.read(path.read_bytes())
                self.assertEqual(len(found.entries), len(names))
                self.assertTrue(all(one.day and one.link for one in found.entries))
                self.assertNotIn("egn-", "".join(one.link for one in found.entries))

    @given(st.lists(st.sampled_from(PIECES), max_size=40))
    @often(300)
    def test_whatever_is_written_it_is_read_or_refused(self, pieces):
        try:
            for one in feed.read("".join(pieces).encode()).entries:
                self.assertNotIn("\x00", one.title + one.link + one.summary)
                self.assertLessEqual(len(one.summary), 300)
        except feed.FeedError:
            pass

    def test_the_time_of_patterns_is_in_proportion(self):
        for module in (links, repair, duplicate_news, plain_text, entries):
            for name, pattern in patterns_of(module):
                with self.subTest(name):
                    self.assertTrue(is_linear(pattern), name)


class TestFeedCommand(TestCase):
    def run_command(self, *arguments):
        return subprocess.run(
            [sys.executable, "-m", "engine.feed", *arguments],
            capture_output=True,
            cwd=ROOT,
            env=os.environ | {"PYTHONPATH": str(ROOT)},
        )

    def test_json_of_a_file(self):
        done = self.run_command(str(FILES / "rss_1.rss"), "--titles-only")
        data = json.loads(done.stdout)
        self.assertEqual(data["kind"], "rss10")
        expected = {"title": "Eau : une commune met ses compteurs en commun", "summary": ""}
        expected |= {"link": "https://lettre.example/2", "date": "2026-10-02"}
        self.assertEqual(data["entries"][1], expected)

    def test_an_error_is_a_line(self):
        for arguments in ([], ["absent.xml"], ["a.xml", "b.xml"], ["--wrong"]):
            done = self.run_command(*arguments)
            self.assertEqual((done.returncode, done.stdout), (2, b""))
            self.assertEqual(done.stderr.count(b"\n"), 1)
