"""Older files, and terms of office distinguished by their dates."""

from datetime import date

from diff_cases import OLD, Database, counts, reasons, row
from test_diff import DiffCase

COUNCIL = date(2026, 3, 22)
LATER = date(2026, 6, 30)


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

    def test_a_line_of_the_former_term_is_older_unless_it_states_a_later_function(self):
        """Mayor since 22 March 2026; the line has the term of 2020 and a date of the function."""
        for stated, wanted in (
            (None, "older"),
            (OLD, "older"),
            (date(2026, 3, 21), "older"),
            (COUNCIL, "same"),
            (date(2026, 4, 1), "corrected"),
        ):
            db = Database()
            db.add("ROUX Zoé", "mayor", function_date=COUNCIL)
            line = db.compare(row("ROUX Zoé", "mayor", date_start=OLD, function_date=stated))[0]
            self.assertEqual(line.reason, wanted, stated)

    def test_an_older_file_of_the_same_term(self):
        self.db.add("ROUX Zoé", "deputy_mayor", rank=1, date_start=LATER, function_date=LATER)
        self.db.add("ROUX Zoé", partner=1, date_end=date(2026, 6, 29))
        rows = row("ROUX Zoé"), row("PETIT Luc", "deputy_mayor", rank=1, function_date=COUNCIL)
        lines = self.db.compare(*rows)
        self.assertEqual(reasons(lines)[0], ("unchanged", "older"))

    def test_a_function_given_up_is_not_given_back_by_an_older_file(self):
        """Nor held twice at a time, which the database refuses."""
        self.db.add("ROUX Zoé", "deputy_mayor", rank=1, date_end=LATER, function_date=COUNCIL)
        after = date(2026, 7, 1)
        self.db.add("ROUX Zoé", "mayor", partner=1, date_start=after, function_date=after)
        line = self.only(row("ROUX Zoé", "deputy_mayor", rank=1, function_date=COUNCIL))
        self.assertEqual((line.change, line.reason), ("unchanged", "already_ended"))
        rows = [row("ROUX Zoé", "deputy_mayor", rank=2, function_date=date(2026, 8, 1))]
        self.assertEqual(self.only(*rows).action, "replace")
        self.check_stable(*rows)

    def test_the_vintages_of_one_load_are_distinguished(self):
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
