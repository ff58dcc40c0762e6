"""A load of the RNE against what is known: function, rank, dates, terms of office."""

from datetime import date
from unittest import TestCase

from diff_cases import METZ, NEW, OLD, Database, reasons, row

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
        line = self.only(
            row("ROUX Zoé", "deputy_mayor", rank=2, function_date=COUNCIL, civility="mme")
        )
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

    def test_from_one_term_to_the_next_only_the_same_spelling_is_the_same_person(self):
        for name in ("ROUX Zoe", "ROUX Zoé Anne"):
            with self.subTest(name):
                self.db = Database()
                self.db.add("ROUX Zoé", date_start=OLD)
                line = next(line for line in self.db.compare(row(name)) if line.row)
                self.assertEqual((line.change, line.reason), ("new", "new_similar"))
                self.assertEqual((line.partner_id, line.candidates), (0, (1,)))
                # Within a term, or when a date is not known, it is the same person.
                for start in (NEW, None):
                    self.db = Database()
                    self.db.add("ROUX Zoé", date_start=start)
                    self.assertEqual(self.only(row(name)).partner_id, 1)
        self.db = Database()
        self.db.add("roux Zoé", date_start=OLD)
        self.assertEqual(self.only(row("ROUX Zoé")).reason, "re_elected")

    def test_a_married_name_is_suggested(self):
        self.db.add("SAMUEL Nadia", date_start=OLD)
        line = next(line for line in self.db.compare(row("BILAINE SAMUEL/Nadia")) if line.row)
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
                self.assertEqual(
                    (line.change, line.action, line.match), ("unchanged", "none", match)
                )
                self.assertEqual((line.mandate_ids, line.partner_id), ((1,), 1))

    def test_small_corrections_are_made_in_place(self):
        self.db.add("ROUX Zoé", "deputy_mayor", rank=0, date_start=None)
        rows = [row("ROUX Zoé", "deputy_mayor", rank=2, function_date=COUNCIL)]
        line = self.only(*rows)
        self.assertEqual((line.change, line.action, line.mandate_ids), ("changed", "update", (1,)))
        self.assertEqual(line.values, {"rank": 2, "date_start": NEW, "function_date": COUNCIL})
        self.check_stable(*rows)
        line = self.only(row("ROUX Zoé", "deputy_mayor", rank=2, date_start=COUNCIL))
        self.assertEqual((line.action, line.values), ("update", {"date_start": COUNCIL}))
        line = self.only(row("ROUX Zoé", "deputy_mayor", rank=3, function_date=COUNCIL))
        self.assertEqual((line.action, line.values), ("update", {"rank": 3}))

    def test_sixty_days_make_a_correction_and_sixty_one_a_term(self):
        self.db.add("ROUX Zoé", date_start=date(2026, 1, 14))
        line = self.only(row("ROUX Zoé"))
        self.assertEqual((line.action, line.values), ("update", {"date_start": NEW}))
        self.db = Database()
        self.db.add("ROUX Zoé", date_start=date(2026, 1, 13))
        self.assertEqual(self.only(row("ROUX Zoé")).reason, "re_elected")

    def test_what_the_source_does_not_state_is_kept(self):
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

    def test_a_rank_of_an_older_or_undated_line(self):
        """A line that is older than what is known changes nothing; one without a day corrects."""
        self.db.add("ROUX Zoé", "deputy_mayor", rank=2, function_date=LATER)
        line = self.only(row("ROUX Zoé", "deputy_mayor", rank=3, function_date=COUNCIL))
        self.assertEqual((line.change, line.reason), ("unchanged", "older"))
        line = self.only(row("ROUX Zoé", "deputy_mayor", rank=3))
        self.assertEqual((line.action, line.values), ("update", {"rank": 3}))

    def test_a_rank_that_was_never_stated_is_no_other_rank(self):
        self.db.add("ROUX Zoé", "deputy_mayor", function_date=COUNCIL)
        line = self.only(row("ROUX Zoé", "deputy_mayor", rank=1, function_date=LATER))
        self.assertNotEqual(line.reason, "rank_changed")

    def test_a_second_change_within_the_term(self):
        self.db.add("ROUX Zoé", "deputy_mayor", rank=2, function_date=COUNCIL)
        self.check_stable(row("ROUX Zoé", "deputy_mayor", rank=1, function_date=LATER))
        rows = [row("ROUX Zoé", "mayor", function_date=date(2026, 8, 1))]
        self.assertEqual(self.only(*rows).reason, "function_changed")
        self.check_stable(*rows)

    def test_another_function_of_the_same_day_is_a_correction(self):
        """A function that began on 22 March, or whose beginning nobody wrote, was not that one;
        the day before, the line is older than what we know, the day after it is a change."""
        for known, stated, wanted in (
            (date(2026, 3, 22), date(2026, 3, 22), "corrected"),
            (None, date(2026, 3, 14), "corrected"),
            (date(2026, 3, 22), date(2026, 3, 21), "older"),
            (date(2026, 3, 22), date(2026, 3, 23), "function_changed"),
        ):
            db = Database()
            db.add("ROUX Zoé", "deputy_mayor", rank=1, function_date=known)
            line = db.compare(row("ROUX Zoé", "delegated_councillor", function_date=stated))[0]
            self.assertEqual(line.reason, wanted, (known, stated))

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
        self.assertEqual((line.change, line.reason), ("unchanged", "undisclosed"))

    def test_a_mayor_who_is_a_plain_councillor_in_another_file(self):
        """Mayors loaded first, then councillors without their functions."""
        self.check_stable(row("ROUX Zoé", "mayor", kind="mayor", function_date=COUNCIL))
        self.check_stable(row("ROUX Zoé"), row("PETIT Luc"))
        self.assertEqual(self.db.running(), [("PETIT", "councillor", 0), ("ROUX", "mayor", 0)])
        other = row("PETIT Luc", "mayor", kind="mayor", function_date=LATER)
        self.check_stable(row("ROUX Zoé"), row("PETIT Luc"), other)
        self.assertEqual(self.db.running(), [("PETIT", "mayor", 0), ("ROUX", "councillor", 0)])
