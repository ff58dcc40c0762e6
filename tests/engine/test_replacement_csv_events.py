"""What happened to a request: each sentence with what it changes, and nothing else."""

import sys
from datetime import date, datetime, time
from unittest import TestCase
from unittest.mock import patch

from staffing_cases import am, pm

from engine.french_messages import FrenchError
from engine.replacement_csv import Events, read_events
from engine.replacement_csv.events import apply_amendments, is_kept
from engine.replacement_csv.tables import closed_days
from engine.staffing import AM, PM, HalfDay

FIRST, LAST = date(2026, 12, 1), date(2027, 2, 26)


def read(text):
    return read_events(text, FIRST, LAST)


class TestHolidays(TestCase):
    def test_without_its_library_the_public_holidays_are_missed_in_words(self):
        with patch.dict(sys.modules, {"holidays": None}), self.assertRaises(FrenchError) as caught:
            closed_days("57")(2093)
        self.assertEqual(caught.exception.code, "no_library")
        self.assertIn("« holidays »", str(caught.exception).replace("\u00a0", " "))


class TestLeapYear(TestCase):
    def test_the_29th_of_february_is_in_the_years_that_have_one(self):
        for first, last, found in (
            (date(2027, 11, 2), date(2028, 3, 31), date(2028, 2, 29)),
            (date(2028, 1, 3), date(2028, 3, 31), date(2028, 2, 29)),
            (date(2026, 1, 5), date(2026, 3, 27), None),
        ):
            with self.subTest(first=first):
                events = read_events("Convention signée le 29/02", first, last)
                self.assertEqual(events.signed, found)


class TestSentences(TestCase):
    def same(self, name, sentences):
        """Each sentence changes the expected field, and no other."""
        for text, value in sentences.items():
            with self.subTest(text):
                self.assertEqual(read(text), Events(**{name: value}))

    def test_ends(self):
        january = date(2027, 1, 22)
        self.same(
            "end",
            {
                "Fin de mission le 22/01/2027": january,
                "Fin de la mission au 22/01/2027": january,
                "fin du remplacement le 22/01": january,
                "Fin anticipée au 22 janvier": january,
                "Fin avancée du 29/01 au 22/01/2027": january,
                "fin reportée du 15/01/2027 au 2027-01-22": january,
                "Fin à 22/01/27": january,
                "Prolongation jusqu'au 22/01": january,
                "Mission prolongée d'une semaine jusqu'au 22 janvier 2027": january,
                "Prolongé au 1er février": date(2027, 2, 1),
                "Fin de mission le 1er janvier 2027": date(2027, 1, 1),
                "Fin de mission le 3 février 2027": date(2027, 2, 3),
                # The last statement counts.
                "Fin de mission le 15/01, fin reportée au 22/01": january,
                "Prolongation jusqu'au 29/01 ; fin avancée au 22/01": january,
                "Fin avancée au 15/01 ; prolongation jusqu'au 22/01": january,
                # A date that does not exist is left aside, the one before it counts.
                "Fin de mission le 22/01, fin reportée au 31/02": january,
            },
        )

    def test_agreements(self):
        self.same(
            "signed",
            {
                "Convention signée le 15/12/2026": date(2026, 12, 15),
                "convention a été signée le 15 décembre": date(2026, 12, 15),
                "Convention signée 15/12": date(2026, 12, 15),
                "Convention signée le 31/02, convention signée le 15/12": date(2026, 12, 15),
                "Convention signée le 15/12 puis convention signée le 16/12": date(2026, 12, 15),
            },
        )

    def test_cancellations(self):
        day = date(2026, 12, 9)
        self.same(
            "cancelled",
            {
                "Annulée par la commune le 09/12/2026 à 16 h 30": datetime.combine(
                    day, time(16, 30)
                ),
                "annulé le 9/12 à 8h": datetime.combine(day, time(8)),
                "Annulée le 09/12/2026": datetime.combine(day, time()),
                "Annulée le 09/12/2026 à 08:05": datetime.combine(day, time(8, 5)),
                "Annulée le 09/12/2026 à 24 h": datetime.combine(day, time()),
                "Annulée le 09/12/2026 à 10 h 60": datetime.combine(day, time(10)),
                "Annulée le 31/02/2027, annulée le 09/12/2026": datetime.combine(day, time()),
                "Annulée le 09/12/2026 à 10 h ; annulée le 10/12/2026": datetime.combine(
                    day, time(10)
                ),
            },
        )
        self.assertEqual(read("Demande annulée à moins de 24 h le 09/12/2026"), Events())

    def test_evenings(self):
        for text, begin, finish in (
            ("Conseil municipal le 14/01 de 20 h à 22 h 30", time(20), time(22, 30)),
            ("réunion publique du 14/01/2027 18h30-20h", time(18, 30), time(20)),
            ("Commission des finances le 14/01, 17:45 à 19:05", time(17, 45), time(19, 5)),
            ("Séance le 14 janvier de 20 h à 24 h", time(20), time()),
            ("Séance le 14 janvier de 20 h à 0 h 30", time(20), time(0, 30)),
        ):
            with self.subTest(text):
                found = read(text)
                (evening,) = found.evenings
                self.assertEqual(
                    (evening.date, evening.start, evening.end), (date(2027, 1, 14), begin, finish)
                )
                self.assertEqual(found, Events(evenings=found.evenings))
        for text in (
            "Conseil le 14/01 de 24 h à 25 h",
            "Conseil le 14/01 de 20 h 75 à 22 h",
            "Conseil le 31/02 de 20 h à 22 h",
        ):
            self.assertEqual(read(text), Events(), text)
        both = read(
            "Conseil le 31/02 de 20 h à 22 h ; conseil le 14/01 de 25 h à 22 h ;"
            " conseil le 14/01 de 20 h à 22 h, conseil le 15/01 de 20 h à 21 h"
        )
        self.assertEqual([one.date.day for one in both.evenings], [14, 15])

    def test_dates_without_a_year_are_taken_in_the_period_else_in_its_first_year(self):
        for text, wanted in {
            "01/12": date(2026, 12, 1),
            "31/12": date(2026, 12, 31),
            "01/01": date(2027, 1, 1),
            "26/02": date(2027, 2, 26),
            "27/02": date(2026, 2, 27),
            "30/11": date(2026, 11, 30),
            "3/4/99": date(2099, 4, 3),
            "1er mars 2031": date(2031, 3, 1),
        }.items():
            self.assertEqual(read(f"Fin de mission le {text}").end, wanted, text)


class TestAmendments(TestCase):
    def amendments(self, text):
        """(first day, days added, days taken away), each day as its number and half."""
        return [
            (first, "".join(sorted(f"{d}{h[0]} " for d, h in added)).strip(),
             "".join(sorted(f"{d}{h[0]} " for d, h in removed)).strip())
            for first, added, removed in read(text).amendments
        ]  # fmt: skip

    def test_what_is_added_and_taken_away(self):
        for text, added, removed in (
            ("+ vendredi", "4a 4p", ""),
            ("+ vendredi matin", "4a", ""),
            ("+ le vendredi après-midi", "4p", ""),
            ("+ les vendredis matins", "4a", ""),
            ("+ vendredi journée", "4a 4p", ""),
            ("ajout du jeudi", "3a 3p", ""),
            ("- mardi", "", "1a 1p"),
            ("sans le mardi matin", "", "1a"),
            ("+ lundi, mardi et mercredi matin", "0a 0p 1a 1p 2a", ""),
            ("- lundi et mardi", "", "0a 0p 1a 1p"),
            ("+ vendredi - mardi", "4a 4p", "1a 1p"),
            ("+ vendredi matin, mardi ; - jeudi, lundi après-midi", "1a 1p 4a", "0p 3a 3p"),
            # A day refused in a row ends the row.
            ("+ lundi, mardi refusé, mercredi", "0a 0p", ""),
            ("+ samedi et dimanche", "5a 5p 6a 6p", ""),
        ):
            with self.subTest(text):
                self.assertEqual(
                    self.amendments(f"Avenant du 04/01/2027 : {text}"),
                    [(date(2027, 1, 4), added, removed)],
                )

    def test_two_amendments_each_with_its_own(self):
        self.assertEqual(
            self.amendments("Avenant du 04/01 : + vendredi ; avenant n° 2 du 18/01 : - vendredi"),
            [(date(2027, 1, 4), "4a 4p", ""), (date(2027, 1, 18), "", "4a 4p")],
        )

    def test_the_days_of_an_amendment_that_is_refused_are_not_those_of_the_one_before(self):
        self.assertEqual(
            self.amendments("Avenant du 04/01 : + vendredi ; avenant du 18/01 refusé : - vendredi"),
            [(date(2027, 1, 4), "4a 4p", "")],
        )

    def test_an_amendment_without_a_day_or_a_date_is_none(self):
        for text in (
            "Avenant du 04/01/2027 : horaires",
            "Avenant du 31/02/2027 : + vendredi",
            "Avenant : + vendredi",
            "+ vendredi à compter du 04/01/2027",
        ):
            self.assertEqual(self.amendments(text), [], text)

    def test_days_change_from_the_first_day_to_the_end_both_included(self):
        """Mondays to Wednesdays of January 2027, 4 to 20; 13 January is closed."""
        slots = [make(day) for day in (4, 11, 18) for make in (am, pm)]
        events = read("Avenant du 06/01/2027 : + mercredi, - lundi après-midi")
        found = apply_amendments(
            slots, events, date(2027, 1, 20), lambda _year: {date(2027, 1, 13)}
        )
        self.assertEqual(found, (am(4), pm(4), am(6), pm(6), am(11), am(18), am(20), pm(20)))

    def test_an_amendment_behind_the_end_changes_nothing(self):
        events = read("Avenant du 21/01/2027 : - lundi")
        slots = (am(4), am(18))
        for last, first in ((20, "21/01"), (18, "19/01")):
            events = read(f"Avenant du {first}/2027 : - lundi")
            found = apply_amendments(slots, events, date(2027, 1, last), lambda _year: ())
            self.assertEqual(found, slots)
        on_the_day = read("Avenant du 18/01/2027 : - lundi")
        found = apply_amendments(slots, on_the_day, date(2027, 1, 18), lambda _year: ())
        self.assertEqual(found, (am(4),))


class TestKept(TestCase):
    def test_a_day_of_notice_before_the_doors_open(self):
        """At 8 for a morning, at 13:30 for an afternoon; on the minute is in time."""
        for half, hour in ((AM, time(8)), (PM, time(13, 30))):
            slot = HalfDay(date(2027, 1, 5), half)
            in_time = datetime.combine(date(2027, 1, 4), hour)
            self.assertFalse(is_kept(slot, in_time), half)
            self.assertTrue(is_kept(slot, in_time.replace(minute=hour.minute + 1)), half)
        self.assertTrue(is_kept(am(4), None))
