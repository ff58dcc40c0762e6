"""Whole files and random cases: the same persons in any order, and applying once is enough."""

import random
from datetime import date
from unittest import TestCase

from diff_cases import NEW, OLD, Database, counts, row, ticked_former
from rne_cases import COUNCILS, DELEGATES, MAYORS, communes_of

COUNCIL = date(2026, 3, 22)
LATER = date(2026, 6, 30)


class TestFiles(TestCase):
    """The invented persons, in the order in which a user may load the three files."""

    def setUp(self):
        self.db = Database(communes_of(COUNCILS))

    def test_any_order_gives_the_same_persons_and_is_stable(self):
        files = [COUNCILS, MAYORS, DELEGATES]
        pictures = []
        for order in (
            [files],
            [[COUNCILS], [MAYORS], [DELEGATES]],
            [[DELEGATES], [MAYORS, COUNCILS]],
        ):
            self.setUp()
            for load in order:
                self.db.apply(self.db.load(*load))
            pictures.append(self.db.running())
            self.assertEqual(len(self.db.names), 868)
            for load in (*order, files):
                again = counts(self.db.load(*load))
                self.assertEqual(set(again), {"unchanged", "incomplete"})
        self.assertEqual(pictures[0], pictures[1])
        self.assertEqual(pictures[0], pictures[2])

    def test_the_renewal_of_the_councils(self):
        """Half of the councillors served since 2020, and as many others have left."""
        people = [line.row for line in self.db.load(COUNCILS) if line.row]
        kept = people[::2]
        for place, person in enumerate(kept):
            name = f"{person.last_name}/{person.first_name}"
            self.db.add(name, place=person.insee_code, date_start=OLD)
            self.db.add(f"PARTI{place} Luc", place=person.insee_code, date_start=OLD)
        lines = self.db.load(COUNCILS)
        self.assertEqual(counts(lines), {"changed": 434, "new": 434, "ended": 434, "incomplete": 1})
        ended = [line for line in lines if line.change == "ended"]
        self.assertTrue(all(line.former_term and not line.selected for line in ended))
        self.assertEqual({line.date_end for line in ended}, {date(2026, 3, 14), date(2026, 3, 21)})
        self.db.apply(lines, ticked_former)
        self.assertEqual(counts(self.db.load(COUNCILS)), {"unchanged": 868, "incomplete": 1})
        self.assertEqual(len(self.db.running()), 868)


class TestProperty(TestCase):
    """Whatever is known and whatever is read, applying once is enough."""

    FUNCTIONS = ("councillor", "councillor", "deputy_mayor", "mayor", "delegated_councillor")
    DATES = (None, OLD, date(2023, 10, 22), NEW, COUNCIL, LATER)

    def mandates(self, rng, count):
        for _number in range(count):
            name = f"NOM{rng.randrange(6)} {rng.choice(['Luc', 'Luc Marie', 'Ève'])}"
            function = rng.choice(self.FUNCTIONS)
            rank = rng.randrange(4) if function == "deputy_mayor" else 0
            start = rng.choice(self.DATES)
            later = [day for day in self.DATES if day and day >= (start or OLD)]
            function_date = None if function == "councillor" else rng.choice([None, *later])
            yield (
                name,
                function,
                {"rank": rank, "date_start": start, "function_date": function_date},
            )

    def test_applying_once_is_enough(self):
        for seed in range(400):
            rng = random.Random(seed)
            db = Database()
            for name, function, values in self.mandates(rng, rng.randrange(6)):
                end = rng.choice([None, None, date(2026, 3, 14), date(2026, 8, 1)])
                end = max(end, values["date_start"] or end) if end else None
                try:
                    before = dict(db.known)
                    db.add(name, function, date_end=end, **values)
                    db._check_overlaps()
                except (AssertionError, TypeError):
                    db.known = before
            rows = [
                row(*args, **values) for *args, values in self.mandates(rng, rng.randrange(1, 6))
            ]
            with self.subTest(seed):
                lines = db.compare(*rows)
                self.assertEqual(len([line for line in lines if line.row]), len(rows))
                self.assertTrue(all(line.message for line in lines))
                db.apply(lines)
                again = [line for line in db.compare(*rows) if line.selected]
                self.assertEqual(again, [])
