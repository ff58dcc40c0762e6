"""What people write freely in a register: a denial or a doubt is never taken for an order."""

from datetime import date, datetime, time
from unittest import TestCase

from hypothesis import given
from hypothesis import strategies as st
from property_cases import often

from engine.replacement_csv import Events, closed_days, read_events, read_flexibility, read_pattern
from engine.staffing import WORKING_WEEK, HalfDay, Pattern

# Tuesday, whole: the request; a day that may replace it is then whole too.
ASKED = Pattern(frozenset({(1, "am"), (1, "pm")}))
LETTERS = "lun mar mer jeu ven sam dim".split()


def describe(pattern):
    """`mer, jeu:A`: days of the week in the order of the calendar, with their half if not both."""
    if pattern is None:
        return ""
    days = []
    for number, name in enumerate(LETTERS):
        halves = pattern.halves(number)
        if halves:
            days.append(name + {("am",): ":M", ("pm",): ":A"}.get(halves, ""))
    return ", ".join(days)


# The sentence, and the days that the commune accepts.
AFFIRMED = {
    "mercredi": "mer",
    "Mercredi accepté": "mer",
    "MERCREDI ACCEPTÉ": "mer",
    "le mercredi est possible": "mer",
    "OK le mercredi": "mer",
    "oui, le mercredi": "mer",
    "D’accord le mercredi.": "mer",
    "le mercredi nous convient aussi": "mer",
    "nous acceptons le mercredi ou le jeudi": "mer, jeu",
    "mercredi, jeudi acceptés": "mer, jeu",
    "mer. et jeu. possibles": "mer, jeu",
    "mercredis + vendredis": "mer, ven",
    "mercredi matin accepté": "mer:M",
    "mercredi et jeudi matin acceptés": "mer:M, jeu:M",
    "mercredi matin, jeudi après-midi": "mer:M, jeu:A",
    "mercredi matin et jeudi acceptés": "mer:M, jeu",
    "le matin du jeudi": "jeu:M",
    "l’après-midi": "lun:A, mar:A, mer:A, jeu:A, ven:A",
    "du lundi au jeudi": "lun, mar, mer, jeu",
    "du vendredi au lundi": "lun, ven, sam, dim",
    "tous les jours": "lun, mar, mer, jeu, ven",
    "toute la semaine, merci": "lun, mar, mer, jeu, ven",
    "tous les matins": "lun:M, mar:M, mer:M, jeu:M, ven:M",
    "mercredi-vendredi": "mer, ven",
    "autres jours possibles : mercredi, jeudi": "mer, jeu",
}
# What is left is what is affirmed elsewhere in the sentence.
DENIED = {
    "pas le mercredi": "",
    "Pas le mercredi !": "",
    "PAS LE MERCREDI": "",
    "surtout pas le mercredi": "",
    "impossible le mercredi": "",
    "le mercredi est impossible": "",
    "nous fermons le mercredi": "",
    "le mercredi nous sommes fermés": "",
    "la mairie est fermée le mercredi": "",
    "sauf le mercredi": "",
    "Hors mercredi": "",
    "le mercredi exclu": "",
    "mercredi et jeudi exclus": "",
    "mercredi, jeudi exclus": "",
    "exclus : mercredi, jeudi": "",
    "jamais le mercredi": "",
    "le mercredi, jamais": "",
    "le mercredi ? non": "",
    "non, pas le mercredi": "",
    "le mercredi n’est pas possible": "",
    "le mercredi ne convient pas": "",
    "mercredi non accepté": "",
    "mercredi refusé": "",
    "nous n'acceptons pas le mercredi": "",
    "nous n’acceptons plus le mercredi": "",
    "ni le mercredi ni le jeudi": "",
    "aucun autre jour que le mercredi": "",
    "tout sauf mercredi": "",
    "fermé le mercredi après-midi": "",
    "pas d’agent le mercredi": "",
    "mercredi interdit": "",
    "jeudi accepté, pas le mercredi": "jeu",
    "pas le mercredi, jeudi accepté": "jeu",
    "pas le mercredi mais le jeudi": "jeu",
    "Pas le mercredi. Jeudi possible.": "jeu",
    "pas le mercredi, jeudi": "",
    "mercredi accepté et jeudi exclu": "",
    "mercredi accepté ; nous fermons le mercredi": "",
    "mercredi et jeudi, fermé le mercredi après-midi": "",
    "mercredi et jeudi acceptés, fermé le mercredi après-midi": "mer:M, jeu",
    "mercredi mais pas le matin": "mer:A",
    "mercredi accepté, jamais le matin": "mer:A",
    "tous les jours sauf mercredi": "lun, mar, jeu, ven",
    "tous les jours, sauf le mercredi et le jeudi": "lun, mar, ven",
    "tous les jours sauf mercredi, jeudi": "lun, mar, ven",
    "tous les jours hors mercredi après-midi": "lun, mar, mer:M, jeu, ven",
    "tous les jours excepté le mercredi": "lun, mar, jeu, ven",
    "tous les jours à l’exception du mercredi": "lun, mar, jeu, ven",
    "tous les jours mais pas le mercredi": "lun, mar, jeu, ven",
    "Du lundi au vendredi, fermé le mercredi": "",
}
DOUBTFUL = (
    "",
    "selon les congés",
    "mercredi ?",
    "mercredi peut-être",
    "éventuellement le mercredi",
    "mercredi si possible",
    "mercredi à confirmer",
    "mercredi accepté (à confirmer)",
    "mercredi accepté, sous réserve",
    "mercredi accepté sauf vacances scolaires",
    "mercredi accepté. Question au maire d’abord.",
    "un mercredi sur deux",
    "mercredi 13 janvier",
    "en mars",
    "le secrétaire vient le mercredi",
    "oui",
)


class TestFlexibility(TestCase):
    def test_what_is_affirmed(self):
        for text, wanted in AFFIRMED.items():
            with self.subTest(text):
                self.assertEqual(describe(read_flexibility(text, ASKED)), wanted)

    def test_what_is_denied(self):
        for text, wanted in DENIED.items():
            with self.subTest(text):
                self.assertEqual(describe(read_flexibility(text, ASKED)), wanted)

    def test_a_day_refused_whole_replaces_none_of_those_asked(self):
        """Four days asked and four that remain: Friday stays a morning."""
        asked = read_pattern("lun:J mar:J jeu:J ven:M")
        found = read_flexibility("tous les jours sauf mercredi", asked)
        self.assertEqual(describe(found), "lun, mar, jeu, ven:M")

    def test_what_is_doubtful_accepts_nothing(self):
        for text in DOUBTFUL:
            with self.subTest(text):
                self.assertIsNone(read_flexibility(text, ASKED))

    def test_accents_capitals_and_signs_change_nothing(self):
        for text, wanted in (AFFIRMED | DENIED).items():
            for other in (text.upper(), text.replace("’", "'"), f"  {text}  "):
                with self.subTest(other):
                    self.assertEqual(describe(read_flexibility(other, ASKED)), wanted)

    @often(200)
    @given(
        st.sampled_from(sorted(AFFIRMED)),
        st.sampled_from(("pas", "jamais", "refusé", "xyz", "ne", "?", "fermés")),
        st.integers(0, 12),
    )
    def test_a_word_that_is_not_known_never_adds_a_day(self, text, word, place):
        words = text.split()
        words.insert(min(place, len(words)), word)
        before, after = (read_flexibility(one, ASKED) for one in (text, " ".join(words)))
        self.assertLessEqual(after.weekly if after else set(), before.weekly)


class TestPattern(TestCase):
    def test_exceptions_alone_are_taken_off_the_week(self):
        for text, wanted in {
            "sauf mercredi": "lun, mar, jeu, ven",
            "Hors le mercredi": "lun, mar, jeu, ven",
            "excepté mercredi après-midi": "lun, mar, mer:M, jeu, ven",
            "lun-ven hormis mer et jeu": "lun, mar, ven",
            "lundi et mardi mais pas le mardi matin": "lun, mar:A",
        }.items():
            with self.subTest(text):
                self.assertEqual(describe(read_pattern(text)), wanted)

    def test_a_denial_in_other_words_is_refused_rather_than_guessed(self):
        for text in (
            "pas le mercredi",
            "lun-ven pas le mercredi",
            "nous fermons le mercredi",
            "lundi, fermé le mardi",
            "jamais mercredi",
            "mercredi exclu",
            "lundi sauf",
            "lundi sauf lundi matin sauf",
        ):
            with self.subTest(text), self.assertRaises(ValueError):
                read_pattern(text)

    def test_nothing_stated_is_not_the_week(self):
        self.assertFalse(read_pattern(" "))
        self.assertEqual(read_pattern("tous les jours").weekly, WORKING_WEEK)

    def test_week_that_turns(self):
        self.assertEqual(len(read_pattern("ven-lun:M").weekly), 4)

    def test_nothing_stated(self):
        self.assertEqual(read_pattern("").weekly, frozenset())

    def test_unknown_words(self):
        for text in (
            "xyz:J",
            "lun:AM",
            "lun-xyz",
            "2027-13-01:J",
            "l:J",
            "lun une semaine sur deux",
            "semaines paires",
        ):
            with self.assertRaises(ValueError):
                read_pattern(text)

    def test_days_as_people_write_them(self):
        for pattern, wanted in {
            "lundi matin, mardi": "lun:M mar:J",
            "lun. matin et mardi après-midi": "lun:M mar:A",
            "mer après-midi": "mer:A",
            "lundi (matin), jeudi (journée)": "lun:M jeu:J",
            "du lundi au jeudi": "lun-jeu:J",
            "les lundis et jeudis": "lun:J jeu:J",
            "tous les jours": "lun-ven:J",
            "tous les matins": "lun-ven:M",
            "lun–ven sauf mercredi": "lun:J mar:J jeu:J ven:J",
            "lun/mar/jeu": "lun:J mar:J jeu:J",
        }.items():
            with self.subTest(pattern):
                self.assertEqual(read_pattern(pattern).weekly, read_pattern(wanted).weekly)

    def test_holidays_of_any_department(self):
        good_friday = date(2027, 3, 26)
        self.assertIn(good_friday, closed_days("57")(2027))
        self.assertNotIn(good_friday, closed_days("57", good_friday=False)(2027))
        self.assertNotIn(good_friday, closed_days("75")(2027))
        self.assertIn(HalfDay(date(2026, 12, 25), "am").date, closed_days("")(2026))


class TestEvents(TestCase):
    period = (date(2026, 12, 1), date(2027, 2, 26))

    def test_a_denial_or_a_doubt_changes_nothing(self):
        for text in (
            "Pas de fin de mission le 22/01/2027",
            "La fin n'est pas reportée au 26/02/2027",
            "Fin reportée au 26/02/2027 refusée",
            "Fin reportée au 26/02/2027 ?",
            "Fin de mission le 22/01/2027 à confirmer",
            "Pas de prolongation jusqu'au 31/03/2027",
            "Prolongation refusée jusqu'au 31/03/2027",
            "Prolongation demandée jusqu’au 31/03/2027",
            "Convention non signée le 15/12/2026",
            "La convention n'a jamais été convention signée le 15/12/2026",
            "Pas de conseil municipal le 14/01 de 20 h à 22 h 30",
            "Conseil municipal annulé du 14/01 de 20 h à 22 h 30",
            "N'a pas été annulée par la commune le 09/12/2026 à 16 h 30",
            "Non annulée le 09/12/2026",
            "Projet d'avenant du 04/01/2027 : + vendredi",
            "Avenant du 04/01/2027 refusé : + vendredi",
            "Avenant du 04/01/2027 : pas de + vendredi",
            "Avenant du 04/01/2027 : + vendredi impossible",
            "Avenant du 04/01/2027 : l'agent ne vient plus le vendredi",
        ):
            with self.subTest(text):
                self.assertEqual(read_events(text, *self.period), Events())
                self.assertEqual(read_events(text.upper(), *self.period), Events())

    def test_a_denial_beside_does_not_undo_what_is_stated(self):
        found = read_events(
            "Pas de changement d'agent ; fin de mission le 22/01/2027, sans prolongation",
            *self.period,
        )
        self.assertEqual(found.end, date(2027, 1, 22))
        found = read_events("Avenant du 04/01/2027 : + lundi, pas de mardi", *self.period)
        self.assertEqual(found.amendments[0][1], {(0, "am"), (0, "pm")})
        found = read_events("Avenant du 04/01/2027 : + lundi, mardi exclu", *self.period)
        self.assertEqual(found.amendments[0][1], {(0, "am"), (0, "pm")})
        found = read_events("Avenant du 04/01/2027 : + lundi, mardi refusé", *self.period)
        self.assertEqual(found.amendments[0][1], {(0, "am"), (0, "pm")})
        found = read_events("Avenant du 04/01/2027 : sans le lundi matin", *self.period)
        self.assertEqual(found.amendments[0][1:], (frozenset(), {(0, "am")}))

    def test_a_day_without_year_is_the_first_one_of_the_period(self):
        """Thirteen months have 4 January twice, and their first day counts."""
        period = date(2027, 1, 4), date(2028, 1, 31)
        self.assertEqual(read_events("Fin de mission le 04/01", *period).end, period[0])

    def test_the_last_hour_of_a_day(self):
        found = read_events("Annulée par la commune le 09/12/2026 à 23 h 59", *self.period)
        self.assertEqual(found.cancelled, datetime.combine(date(2026, 12, 9), time(23, 59)))

    def test_sentences_that_change_nothing(self):
        for text in (
            "Prolongation possible jusqu'au 31/03/2027",
            "Prolongation possible de 2 semaines (grossesse pathologique)",
            "Changement d'agent en cours de mission : fiche de passation",
            "Déclaration de décès attendue à 10 h ; le maire signe",
            "Deux dimanches de scrutin (dates officielles à paramétrer)",
            "Avenant du 99/99/2027 : + vendredi",
        ):
            found = read_events(text, *self.period)
            self.assertEqual((found.end, found.cancelled, found.signed), (None, None, None))
            self.assertEqual((found.amendments, found.evenings), ((), ()))
