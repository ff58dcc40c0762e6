"""A load of the RNE against what is known: function, rank, dates, terms of office."""

import random
from datetime import date
from unittest import TestCase

from diff_cases import METZ, NEW, OLD, TODAY, Database, counts, reasons, row, ticked_former
from rne_cases import COUNCILS, DELEGATES, MAYORS, communes_of

COUNCIL = date(2026, 3, 22)
LATER = date(2026, 6, 30)


class DiffCase(TestCase):
    def setUp(self):
        self.db = Database()

    def only(self, *rows):
        """The only difference, without what the source lacks."""
        (found,) = [line for line in self.db.compare(*rows) if line.change != "incomplete"]
        return found

    def check_stable(self, *rows):
        """Apply, then compare again: nothing changes."""
        self.db.apply(self.db.compare(*rows))
        again = [line for line in self.db.compare(*rows) if line.change != "incomplete"]
        self.assertEqual({line.change for line in again}, {"unchanged"}, reasons(again))


class TestNew(DiffCase):
    def test_a_new_person(self):
        line = self.only(row("ROUX Zoé", "deputy_mayor", rank=2, function_date=COUNCIL, civility="mme"))
        self.assertEqual((line.change, line.action, line.partner_id), ("new", "create", 0))
        self.assertTrue(line.selected)
        self.assertEqual(line.person_name, "Zoé ROUX")
        self.assertEqual(
            line.values,
            {"function": "deputy_mayor", "rank": 2, "date_start": NEW, "function_date": COUNCIL},
        )
        self.assertEqual(line.message, "Personne nouvelle\u00a0: Deuxième adjointe au maire.")

    def test_one_new_person_in_three_files_is_created_once(self):
        rows = (
            row("ROUX Zoé"),
            row("Roux Zoe Marie", "mayor", kind="mayor", function_date=COUNCIL),
            row("ROUX Zoé", "vice_president", rank=3),
        )
        lines = self.db.compare(*rows)
        self.assertEqual(len({line.person_key for line in lines}), 1)
        self.assertEqual(
            sorted(reasons(lines)),
            [("new", "new_person"), ("new", "new_person"), ("unchanged", "implied")],
        )
        self.check_stable(*rows)
        self.assertEqual(len(self.db.names), 1)

    def test_the_same_name_in_two_communes_is_two_persons(self):
        self.db.communes = (METZ, "57017")
        rows = row("LAURENT Pierre"), row("LAURENT Pierre", place="57017")
        lines = self.db.compare(*rows)
        self.assertEqual(len({line.person_key for line in lines if line.row}), 2)
        self.check_stable(*rows)
        self.assertEqual(len(self.db.names), 2)

    def test_a_person_who_left_and_comes_back(self):
        self.db.add("ROUX Zoé", date_start=date(2014, 4, 4), date_end=date(2020, 5, 17))
        line = self.only(row("ROUX Zoé"))
        self.assertEqual((line.change, line.reason, line.partner_id), ("new", "new_mandate", 1))
        self.check_stable(row("ROUX Zoé"))

    def test_a_married_name_is_suggested(self):
        self.db.add("SAMUEL Nadia", date_start=OLD)
        line = next(line for line in self.db.compare(row("BILAINE SAMUEL Nadia")) if line.row)
        self.assertEqual((line.change, line.reason, line.candidates), ("new", "new_similar", (1,)))


class TestSame(DiffCase):
    def test_the_same_mandate(self):
        self.db.add("ROUX Zoé", "deputy_mayor", rank=1, function_date=COUNCIL)
        for name, match in (
            ("ROUX Zoé", "exact"),
            ("Roux ZOE", "spelling"),
            ("ROUX Zoé Anne", "first_name"),
        ):
            with self.subTest(name):
                line = self.only(row(name, "deputy_mayor", rank=1, function_date=COUNCIL))
                self.assertEqual((line.change, line.action, line.match), ("unchanged", "none", match))
                self.assertEqual((line.mandate_ids, line.partner_id), ((1,), 1))

    def test_small_corrections_are_made_in_place(self):
        self.db.add("ROUX Zoé", "deputy_mayor", rank=0, date_start=None)
        rows = [row("ROUX Zoé", "deputy_mayor", rank=2, function_date=COUNCIL)]
        line = self.only(*rows)
        self.assertEqual((line.change, line.action, line.mandate_ids), ("changed", "update", (1,)))
        self.assertEqual(line.values, {"rank": 2, "date_start": NEW, "function_date": COUNCIL})
        self.check_stable(*rows)
        line = self.only(row("ROUX Zoé", "deputy_mayor", rank=2, date_start=COUNCIL))
        self.assertEqual(line.action, "none")
        line = self.only(row("ROUX Zoé", "deputy_mayor", rank=3, function_date=COUNCIL))
        self.assertEqual((line.action, line.values), ("update", {"rank": 3}))

    def test_sixty_days_make_a_correction_and_sixty_one_a_term(self):
        self.db.add("ROUX Zoé", date_start=date(2026, 1, 14))
        line = self.only(row("ROUX Zoé"))
        self.assertEqual((line.action, line.values), ("update", {"date_start": NEW}))
        self.db = Database()
        self.db.add("ROUX Zoé", date_start=date(2026, 1, 13))
        self.assertEqual(self.only(row("ROUX Zoé")).reason, "re_elected")

    def test_what_the_source_does_not_tell_is_kept(self):
        self.db.add("ROUX Zoé", "vice_president", rank=4, function_date=COUNCIL)
        line = self.only(row("ROUX Zoé", "vice_president"))
        self.assertEqual(line.change, "unchanged")
        line = self.only(row("ROUX Zoé", "vice_president", date_start=None))
        self.assertEqual(line.change, "unchanged")


class TestChanged(DiffCase):
    def test_a_change_of_function_keeps_the_history(self):
        self.db.add("ROUX Zoé")
        rows = [row("ROUX Zoé", "deputy_mayor", rank=3, function_date=LATER)]
        line = self.only(*rows)
        self.assertEqual((line.change, line.action, line.mandate_ids), ("changed", "replace", (1,)))
        self.assertEqual(line.date_end, date(2026, 6, 29))
        self.assertEqual(line.values["date_start"], LATER)
        self.assertEqual(line.partner_id, 1)
        self.check_stable(*rows)

    def test_a_change_of_rank(self):
        self.db.add("ROUX Zoé", "deputy_mayor", rank=2, function_date=COUNCIL)
        rows = [row("ROUX Zoé", "deputy_mayor", rank=1, function_date=LATER)]
        line = self.only(*rows)
        self.assertEqual((line.action, line.reason), ("replace", "rank_changed"))
        self.assertEqual(line.date_end, date(2026, 6, 29))
        self.check_stable(*rows)
        self.assertEqual(self.db.running(), [("ROUX", "deputy_mayor", 1)])

    def test_a_second_change_within_the_term(self):
        self.db.add("ROUX Zoé", "deputy_mayor", rank=2, function_date=COUNCIL)
        self.check_stable(row("ROUX Zoé", "deputy_mayor", rank=1, function_date=LATER))
        rows = [row("ROUX Zoé", "mayor", function_date=date(2026, 8, 1))]
        self.assertEqual(self.only(*rows).reason, "function_changed")
        self.check_stable(*rows)

    def test_a_re_election_keeps_the_history(self):
        self.db.add("ROUX Zoé", "mayor", date_start=OLD, function_date=date(2020, 5, 25))
        rows = [row("ROUX Zoé", "deputy_mayor", rank=1, function_date=COUNCIL)]
        line = self.only(*rows)
        self.assertEqual((line.action, line.reason), ("replace", "re_elected"))
        self.assertEqual(line.date_end, date(2026, 3, 14))
        self.assertEqual(line.values["date_start"], NEW)
        self.check_stable(*rows)

    def test_two_functions_at_once(self):
        rows = (
            row("ROUX Zoé", "deputy_mayor", rank=1, function_date=COUNCIL),
            row("ROUX Zoé", "delegated_mayor", function_date=COUNCIL),
        )
        self.db.add("ROUX Zoé", "deputy_mayor", rank=1, function_date=COUNCIL)
        self.assertEqual(
            reasons(line for line in self.db.compare(*rows) if line.row),
            [("unchanged", "same"), ("new", "new_mandate")],
        )
        self.check_stable(*rows)
        self.assertEqual(len(self.db.running()), 2)

    def test_the_loss_of_a_function(self):
        self.db.add("ROUX Zoé", "deputy_mayor", rank=1, function_date=COUNCIL)
        rows = row("ROUX Zoé"), row("PETIT Luc", "deputy_mayor", rank=1, function_date=LATER)
        line = next(line for line in self.db.compare(*rows) if line.row is rows[0])
        self.assertEqual((line.action, line.reason), ("replace", "function_lost"))
        self.assertEqual(line.date_end, date(2026, 8, 31))
        self.check_stable(*rows)

    def test_a_function_that_the_source_never_gives_is_kept(self):
        self.db.add("ROUX Zoé", "delegated_councillor", function_date=COUNCIL)
        line = self.only(row("ROUX Zoé"))
        self.assertEqual((line.change, line.reason), ("unchanged", "not_told"))

    def test_a_mayor_who_is_a_plain_councillor_in_another_file(self):
        """Mayors loaded first, then councillors without their functions."""
        self.check_stable(row("ROUX Zoé", "mayor", kind="mayor", function_date=COUNCIL))
        self.check_stable(row("ROUX Zoé"), row("PETIT Luc"))
        self.assertEqual(self.db.running(), [("PETIT", "councillor", 0), ("ROUX", "mayor", 0)])
        other = row("PETIT Luc", "mayor", kind="mayor", function_date=LATER)
        self.check_stable(row("ROUX Zoé"), row("PETIT Luc"), other)
        self.assertEqual(self.db.running(), [("PETIT", "mayor", 0), ("ROUX", "councillor", 0)])


class TestOlder(DiffCase):
    def test_an_older_file_neither_shortens_nor_resurrects(self):
        self.db.add("ROUX Zoé", "mayor", function_date=COUNCIL)
        self.db.add("PETIT Luc", date_start=OLD, date_end=date(2026, 3, 14))
        rows = (
            row("ROUX Zoé", "deputy_mayor", rank=1, date_start=OLD, function_date=OLD),
            row("PETIT Luc", date_start=OLD),
            row("SIMON Paul", date_start=OLD),
        )
        lines = self.db.compare(*rows)
        self.assertEqual(
            reasons(lines),
            [("unchanged", "older"), ("unchanged", "already_ended"), ("ambiguous", "old_term")],
        )
        self.assertFalse(any(line.selected for line in lines))

    def test_an_older_file_of_the_same_term(self):
        self.db.add("ROUX Zoé", "deputy_mayor", rank=1, date_start=LATER, function_date=LATER)
        self.db.add("ROUX Zoé", partner=1, date_end=date(2026, 6, 29))
        rows = row("ROUX Zoé"), row("PETIT Luc", "deputy_mayor", rank=1, function_date=COUNCIL)
        lines = self.db.compare(*rows)
        self.assertEqual(reasons(lines)[0], ("unchanged", "older"))

    def test_the_vintages_of_one_load_are_told_apart(self):
        rows = [row(f"NOM{n} Luc", date_start=OLD, file="2025.csv") for n in range(5)]
        rows += [row(f"NOM{n} Luc", file="2026.csv") for n in range(3, 8)]
        lines = [line for line in self.db.compare(*rows) if line.row]
        self.assertEqual(counts(lines), {"new": 5, "ambiguous": 3, "unchanged": 2})
        old = [line.row.last_name for line in lines if line.change == "ambiguous"]
        self.assertEqual(old, ["NOM0", "NOM1", "NOM2"])

    def test_members_who_joined_between_two_elections_are_not_of_a_new_term(self):
        for number in range(15):
            self.db.add(f"NOM{number} Luc", date_start=OLD)
        later = date(2023, 10, 22)
        rows = [row(f"NOM{n} Luc", date_start=later if n > 11 else OLD) for n in range(1, 15)]
        rows.append(row("SIMON Paul", date_start=later))
        lines = self.db.compare(*rows)
        self.assertEqual(
            counts(lines), {"unchanged": 11, "changed": 3, "new": 1, "ended": 1, "incomplete": 1}
        )
        (ended,) = [line for line in lines if line.change == "ended"]
        self.assertFalse(ended.former_term)


class TestFiles(TestCase):
    """The invented persons, in the order in which a user may load the three files."""

    def setUp(self):
        self.db = Database(communes_of(COUNCILS))

    def test_any_order_gives_the_same_persons_and_is_stable(self):
        files = [COUNCILS, MAYORS, DELEGATES]
        pictures = []
        for order in ([files], [[COUNCILS], [MAYORS], [DELEGATES]], [[DELEGATES], [MAYORS, COUNCILS]]):
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
            name = f"{person.last_name} {person.first_name}"
            self.db.add(name, place=person.insee_code, date_start=OLD)
            self.db.add(f"PARTI{place} Luc", place=person.insee_code, date_start=OLD)
        lines = self.db.load(COUNCILS)
        self.assertEqual(
            counts(lines), {"changed": 434, "new": 434, "ended": 434, "incomplete": 1}
        )
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
            yield name, function, {
                "rank": rank, "date_start": start, "function_date": function_date
            }

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
            rows = [row(*args, **values) for *args, values in self.mandates(rng, rng.randrange(1, 6))]
            with self.subTest(seed):
                lines = db.compare(*rows)
                self.assertEqual(len([line for line in lines if line.row]), len(rows))
                self.assertTrue(all(line.message for line in lines))
                db.apply(lines)
                again = [line for line in db.compare(*rows) if line.selected]
                self.assertEqual(again, [])
        self.assertEqual(TODAY, db.today)
