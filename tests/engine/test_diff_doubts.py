"""What is left to the user: homonyms, absences, silent communes."""

from datetime import date
from unittest import TestCase

from diff_cases import EPCI, METZ, NEW, OLD, Database, counts, reasons, row, ticked_former

COUNCIL = date(2026, 3, 22)
LATER = date(2026, 6, 30)
PELTRE = "57534"


class TestHomonyms(TestCase):
    def setUp(self):
        self.db = Database((METZ, PELTRE))

    def lines(self, *rows):
        return [line for line in self.db.compare(*rows) if line.change != "incomplete"]

    def test_two_known_persons_of_that_name(self):
        first, second = (self.db.add("MULLER Jean", date_start=OLD) for _twin in range(2))
        (line,) = self.lines(row("MULLER Jean", "mayor", function_date=COUNCIL))
        self.assertEqual((line.change, line.reason), ("ambiguous", "same_name"))
        self.assertEqual((line.candidates, line.partner_id), ((first, second), 0))
        self.assertFalse(line.selected)

    def test_the_one_in_office_is_preferred(self):
        self.db.add("MULLER Jean", date_start=date(2014, 4, 4), date_end=date(2020, 5, 17))
        second = self.db.add("MULLER Jean", date_start=OLD)
        (line,) = self.lines(row("MULLER Jean"))
        self.assertEqual((line.change, line.partner_id), ("changed", second))

    def test_two_lines_of_one_file(self):
        rows = row("MULLER Jean", line=2), row("MULLER Jean", line=3)
        lines = self.lines(*rows)
        self.assertEqual(reasons(lines), [("ambiguous", "homonyms")] * 2)
        self.assertEqual(len({line.person_key for line in lines}), 2)
        # Once the user has created both, there is nothing left to choose.
        self.db.apply(lines, lambda line: True)
        self.assertEqual(len(self.db.names), 2)
        self.assertEqual(reasons(self.lines(*rows)), [("unchanged", "same")] * 2)

    def test_two_lines_for_one_known_person(self):
        known = self.db.add("MULLER Jean", date_start=OLD)
        lines = self.lines(row("MULLER Jean", line=2), row("MULLER Jean", line=3))
        self.assertEqual([line.candidates for line in lines], [(known,), (known,)])
        self.assertEqual(counts(lines), {"ambiguous": 2})

    def test_two_first_names_that_complete_the_known_one(self):
        known = self.db.add("MULLER Jean")
        lines = self.lines(row("MULLER Jean Paul"), row("MULLER Jean Pierre"))
        self.assertEqual(reasons(lines), [("ambiguous", "same_name")] * 2)
        self.assertEqual({line.candidates for line in lines}, {(known,)})
        lines = self.lines(row("MULLER Jean"), row("MULLER Jean Pierre"))
        self.assertEqual([line.change for line in lines], ["unchanged", "new"])

    def test_a_delegate_is_the_councillor_of_his_commune(self):
        self.db.add("MULLER Jean", place=PELTRE)
        metz = self.db.add("MULLER Jean", place=METZ)
        (line,) = self.lines(row("MULLER Jean", "community_councillor"))
        self.assertEqual((line.change, line.partner_id), ("new", metz))

    def test_a_delegate_known_in_another_commune_only(self):
        peltre = self.db.add("MULLER Jean", place=PELTRE)
        (line,) = self.lines(row("MULLER Jean", "community_councillor"))
        self.assertEqual((line.change, line.reason), ("ambiguous", "other_commune"))
        self.assertEqual(line.candidates, (peltre,))
        # In the same load his own commune knows him: he is somebody else.
        lines = self.lines(row("MULLER Jean", "community_councillor"), row("MULLER Jean"))
        self.assertEqual(
            [(line.change, line.partner_id) for line in lines if line.row], [("new", 0)] * 2
        )

    def test_a_delegate_without_his_commune(self):
        peltre = self.db.add("MULLER Jean", place=PELTRE)
        (line,) = self.lines(row("MULLER Jean", "community_councillor", commune=""))
        self.assertEqual((line.change, line.partner_id), ("new", peltre))

    def test_a_delegate_without_his_commune_is_the_delegate_whom_we_know(self):
        self.db.add("MULLER Jean", place=PELTRE)
        delegate = self.db.add("MULLER Jean", "community_councillor")
        (line,) = [
            line
            for line in self.lines(row("MULLER Jean", "community_councillor", commune=""))
            if line.row
        ]
        self.assertEqual((line.change, line.partner_id), ("unchanged", delegate))

    def test_a_councillor_known_as_delegate(self):
        known = self.db.add("MULLER Jean", "community_councillor")
        (line,) = self.lines(row("MULLER Jean"))
        self.assertEqual((line.change, line.partner_id), ("new", known))
        # Two communes have a councillor of that name: which one is the delegate?
        lines = self.lines(row("MULLER Jean"), row("MULLER Jean", place=PELTRE))
        self.assertEqual(reasons(lines), [("ambiguous", "same_name")] * 2)
        delegate = row("MULLER Jean", "community_councillor")
        lines = self.lines(row("MULLER Jean"), row("MULLER Jean", place=PELTRE), delegate)
        found = {(line.place, line.change, line.partner_id) for line in lines}
        self.assertEqual(
            found,
            {(METZ, "new", known), (PELTRE, "new", 0), (EPCI, "unchanged", known)},
        )

    def test_two_deputies_of_one_name_are_distinguished_by_their_rank(self):
        for rank in (1, 2):
            self.db.add("MULLER Jean", "deputy_mayor", rank=rank)
        first, second = (row("MULLER Jean", "deputy_mayor", rank=n, line=n + 1) for n in (1, 2))
        lines = self.lines(first, second)
        self.assertEqual(
            [(line.change, line.mandate_ids) for line in lines],
            [("unchanged", (1,)), ("unchanged", (2,))],
        )
        # Nobody of that name is the third deputy: which of the two, or a third person?
        third = row("MULLER Jean", "deputy_mayor", rank=3, line=3)
        self.assertEqual(
            [line.change for line in self.lines(first, third)], ["unchanged", "ambiguous"]
        )

    def test_a_married_name_of_three_letters_is_shown(self):
        known = self.db.add("ROY Anne")
        (line,) = [x for x in self.lines(row("MARTIN ROY/Anne")) if x.change == "new"]
        self.assertEqual(line.candidates, (known,))


class TestAbsent(TestCase):
    def setUp(self):
        self.db = Database()

    def ended(self, *rows, covered=None):
        lines = self.db.compare(*rows, covered=covered)
        return [line for line in lines if line.change == "ended"]

    def test_absence_is_reported_and_never_selected(self):
        self.db.add("ROUX Zoé", "deputy_mayor", rank=1, function_date=COUNCIL)
        self.db.add("PETIT Luc")
        (line,) = self.ended(row("PETIT Luc"), row("BLANC Guy", function_date=LATER))
        self.assertEqual((line.person_name, line.action), ("Zoé ROUX", "end"))
        self.assertEqual((line.mandate_ids, line.former_term, line.selected), ((1,), False, False))
        self.assertEqual(line.date_end, date(2026, 8, 31))
        self.assertEqual(
            line.message,
            "Absente de la source, qui couvre ce conseil\u00a0: Premier adjoint au maire.",
        )

    def test_a_former_term_ends_the_day_before_the_next(self):
        self.db.add("ROUX Zoé", "mayor", date_start=OLD)
        lines = self.db.compare(row("PETIT Luc"))
        (line,) = [line for line in lines if line.change == "ended"]
        self.assertTrue(line.former_term)
        self.assertEqual(line.date_end, date(2026, 3, 14))
        self.db.apply(lines, ticked_former)
        self.assertEqual(self.ended(row("PETIT Luc")), [])

    def test_the_file_of_mayors_lists_mayors_only(self):
        self.db.add("ROUX Zoé", "mayor", date_start=OLD)
        self.db.add("BLANC Guy", "deputy_mayor", rank=1, date_start=OLD)
        (line,) = self.ended(row("PETIT Luc", "mayor", kind="mayor"))
        self.assertEqual(line.person_name, "Zoé ROUX")

    def test_a_mayor_present_in_either_file_is_present(self):
        self.db.add("ROUX Zoé", "mayor", function_date=COUNCIL)
        mayors = {"mayor": {METZ}, "municipal": {METZ}}
        self.assertEqual(self.ended(row("ROUX Zoé", "mayor"), covered=mayors), [])
        self.assertEqual(self.ended(row("ROUX Zoé", "mayor", kind="mayor"), covered=mayors), [])

    def test_a_place_that_is_not_covered_is_silent(self):
        self.db.add("ROUX Zoé", "mayor", date_start=OLD)
        self.assertEqual(self.ended(row("PETIT Luc"), covered={"municipal": set()}), [])
        self.assertEqual(self.ended(covered={"mayor": set()}), [])

    def test_a_mandate_newer_than_the_file_is_not_absent(self):
        self.db.add("ROUX Zoé", date_start=LATER)
        self.assertEqual(self.ended(row("PETIT Luc", function_date=COUNCIL)), [])
        self.assertEqual(len(self.ended(row("PETIT Luc", function_date=LATER))), 1)

    def test_an_end_already_known_is_not_asked_again(self):
        self.db.add("ROUX Zoé", date_start=OLD, date_end=date(2026, 12, 31))
        self.assertEqual(self.ended(row("PETIT Luc")), [])

    def test_a_second_function_that_is_over(self):
        self.db.add("ROUX Zoé", "deputy_mayor", rank=1, function_date=COUNCIL)
        self.db.add("ROUX Zoé", "delegated_mayor", partner=1, function_date=COUNCIL)
        deputy = row("ROUX Zoé", "deputy_mayor", rank=1, function_date=COUNCIL)
        self.assertEqual(self.ended(deputy), [])
        (line,) = self.ended(deputy, row("PETIT Luc", "delegated_mayor", function_date=LATER))
        self.assertEqual((line.reason, line.mandate_ids), ("function_absent", (2,)))

    def test_staff_and_other_functions_are_left_alone(self):
        self.db.add("ROUX Zoé", "dgs", date_start=OLD)
        self.assertEqual(self.ended(row("PETIT Luc")), [])


class TestIncomplete(TestCase):
    def setUp(self):
        self.db = Database((METZ, PELTRE))

    def incomplete(self, *rows, covered=None):
        lines = self.db.compare(*rows, covered=covered)
        return [(line.place, line.reason) for line in lines if line.change == "incomplete"]

    def test_communes_without_a_line(self):
        self.assertEqual(
            self.incomplete(row("ROUX Zoé", "mayor", kind="mayor")), [(PELTRE, "no_line_mayor")]
        )
        self.assertEqual(self.incomplete(row("ROUX Zoé", "mayor")), [(PELTRE, "no_line_municipal")])
        self.assertEqual(
            self.incomplete(covered={"community": set()}), [(EPCI, "no_line_community")]
        )

    def test_a_council_without_a_mayor(self):
        rows = row("ROUX Zoé", "mayor"), row("PETIT Luc", place=PELTRE)
        self.assertEqual(self.incomplete(*rows), [(PELTRE, "no_mayor")])
        mayor = row("PETIT Luc", "mayor", kind="mayor", place=PELTRE)
        self.assertEqual(self.incomplete(*rows, mayor), [])
        # Reported once when the file of mayors is silent too.
        both = {"mayor": {METZ}, "municipal": {METZ, PELTRE}}
        self.assertEqual(self.incomplete(*rows, covered=both), [(PELTRE, "no_mayor")])

    def test_lines_that_could_not_be_read(self):
        rows = row("ROUX Zoé", "mayor"), row("PETIT Luc", "mayor", place=PELTRE)
        self.assertEqual(
            self.incomplete(*rows, covered={"municipal": {METZ}}), [(PELTRE, "partly_read")]
        )

    def test_a_commune_without_delegates(self):
        self.db.add("PETIT Luc", place=PELTRE)
        self.db.add("PETIT Luc", "vice_president", partner=1, date_start=OLD, rank=2)
        self.db.add("BLANC Guy", "community_councillor", date_start=OLD)
        lines = self.db.compare(row("ROUX Zoé", "president"))
        self.assertEqual(
            [(line.change, line.reason, line.mandate_ids) for line in lines if not line.row],
            [("ended", "former_term", (3,)), ("incomplete", "no_delegate", (2,))],
        )
        self.assertEqual(lines[-1].params["commune"], PELTRE)
        self.assertIn(PELTRE, lines[-1].message)

    def test_a_delegate_of_today_who_sat_elsewhere_before(self):
        """Councillor of Peltre, of which the source forgets the delegates, once of Metz."""
        self.db.add("PETIT Luc", place=PELTRE)
        self.db.add("PETIT Luc", partner=1, date_start=OLD, date_end=date(2026, 3, 14))
        self.db.add("PETIT Luc", "vice_president", partner=1, date_start=OLD, rank=2)
        lines = self.db.compare(row("ROUX Zoé", "president"))
        self.assertEqual(
            [(line.change, line.reason, line.mandate_ids) for line in lines if not line.row],
            [("incomplete", "no_delegate", (3,))],
        )

    def test_the_mandate_of_a_mayor_is_not_ended_by_a_silent_file(self):
        self.db.add("PETIT Luc", "mayor", place=PELTRE, date_start=OLD)
        lines = self.db.compare(row("ROUX Zoé", "mayor", kind="mayor"))
        self.assertEqual(counts(lines), {"new": 1, "incomplete": 1})
        self.assertEqual(NEW, lines[0].row.date_start)
