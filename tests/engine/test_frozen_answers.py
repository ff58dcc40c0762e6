"""Ranks and scores of the two searches, frozen: a change of their layout moves none of them.

A change of words or of a weight moves some on purpose: `python -m unittest` names them, and
`PYTHONPATH=.:tests/engine python tests/engine/test_frozen_answers.py --write` freezes the new ones.
"""

import csv
import re
import sys
import unittest
from functools import cache
from html import unescape
from pathlib import Path

from orientation_cases import LIGHTS, TOPICS, WASTE, topic

from engine.finder import Document, DocumentCache, Library
from engine.orientation import Index, default_topics, enriched, examples

ROOT = Path(__file__).parents[2]
FROZEN = ROOT / "tests" / "fixtures" / "orientation" / "frozen_answers.csv"
GUIDES = sorted((ROOT / "demo" / "knowledge").glob("guides_*.html"))
_ARTICLE = re.compile(r'topics="([^"]*)".*?<h1>(.*?)</h1>(.*?)</article>', re.DOTALL)


@cache
def shipped():
    return Index(default_topics())


@cache
def guides():
    """The guides of the demonstration; those of a family are about all its topics."""
    found = [part for path in GUIDES for part in _ARTICLE.findall(path.read_text("utf-8"))]
    families = {one.code: [one.code] for one in shipped().topics}
    for one in shipped().topics:
        families.get(one.parent, []).append(one.code)
    return Library(
        [
            Document("guide", number, title, body=_plain(body), topics=tuple(codes.split()))
            for number, (codes, title, body) in enumerate(found, 1)
        ],
        shipped(),
        families,
    )


def _plain(page):
    return unescape(re.sub(r"<[^>]*>", " ", page))


@cache
def many():
    """Enough documents for common words to be left out of their texts; kept, then read again."""
    sentences = [(code, text) for code, found in examples().items() for text in found[:15]]
    cache = DocumentCache(
        Document(
            ("answer", "guide")[number % 2],
            number,
            text,
            keywords="mairie" if number % 7 == 0 else "",
            body=f"{sentences[number - 1][1]} {sentences[number - 2][1]} Voir la mairie.",
            topics=(code,) if number % 3 == 0 else (),
        )
        for number, (code, text) in enumerate(sentences)
    )
    cache.drop(range(0, len(sentences), 11))
    return Library(DocumentCache.from_bytes(cache.to_bytes()), shipped())


@cache
def small():
    """The small list, beside topics that share words with it, one of another level."""
    hens = topic("HENS", "Poulailler", "poule, poulets, nid", level="etat")
    return Index([*TOPICS, hens, topic("PATHS", "Chemins et trottoirs", "chaussée, sentier")])


@cache
def lent():
    """A short list, completed from the shipped topics."""
    return Index(enriched([*TOPICS[:1], topic("R", "Voirie", "chaussée"), LIGHTS, WASTE]))


ANSWERS = {
    "topics": lambda question: shipped().answer(question),
    "small": lambda question: small().rank(question, 5, {"PATHS": 1.2}),
    "lent": lambda question: lent().rank(question),
    "guides": lambda question: guides().find(question, 5),
    "many": lambda question: many().find(question, 6),
}


def format_found(found):
    """A topic with its score and what it would lose; a document with its score."""
    if hasattr(found, "code"):
        return f"{found.code} {round(found.score, 6):g} {round(found.lost, 6):g}"
    return f"{found.id} {round(found.score, 6):g}"


def read_frozen():
    with FROZEN.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file, delimiter=";"))


def get_answer(row):
    return " | ".join(map(format_found, ANSWERS[row["search"]](row["question"])))


class TestFrozenAnswers(unittest.TestCase):
    def test_each_rank_and_each_score_is_the_frozen_one(self):
        rows = read_frozen()
        self.assertEqual({row["search"] for row in rows}, set(ANSWERS))
        for row in rows:
            with self.subTest(row["search"], question=row["question"]):
                self.assertEqual(get_answer(row), row["found"])


if __name__ == "__main__":
    if sys.argv[1:] != ["--write"]:
        unittest.main()
    frozen = [row | {"found": get_answer(row)} for row in read_frozen()]
    with FROZEN.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, list(frozen[0]), delimiter=";", lineterminator="\n")
        writer.writeheader()
        writer.writerows(frozen)
