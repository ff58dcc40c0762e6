"""A plan made by hand: each rule that it breaks is reported, and nothing else."""

from datetime import date, time
from unittest import TestCase

from staffing_cases import MONDAY, agent, am, days, given, plain, pm, problem, request

from engine.replacement_csv import read_pattern
from engine.staffing import (
    Absence,
    Assignment,
    Evening,
    Exclusion,
    HalfDay,
    Limits,
    check,
)


def weekly(text):
    return read_pattern(text).weekly


# Twenty minutes after six hours have tests of their own (test_staffing_limits.py).
NO_BREAK = Limits(break_after_hours=24)


class TestCheck(TestCase):
    def found(self, requests, agents, assignments, **values):
        """Rules reported, each once."""
        self.violations = check(problem(requests, agents, **values), assignments)
        return sorted({one.rule for one in self.violations})

    def alone(self, asked, person, start=None, **values):
        """Rules broken when a person takes all the half-days asked."""
        plan = given(asked.code, person.code, *asked.slots, start=start)
        return self.found([asked], [person], plan, **values)

    def test_nothing_wrong(self):
        self.assertEqual(self.alone(request(), agent()), [])

    def test_unknown_request_and_agent(self):
        plan = (Assignment("R9", am(4), "A1"), Assignment("R1", am(4), "A9"))
        self.assertEqual(
            self.found([request()], [agent()], plan), ["unknown_agent", "unknown_request"]
        )

    def test_agent_unfit(self):
        asked = request(
            category="B", skills={"CPT": 2}, software=frozenset({"JVS"}), civil_registry=True, km=12
        )
        person = agent(category="C", skills={"CPT": 1}, licence=False, radius=10.0)
        self.assertEqual(
            self.alone(asked, person),
            ["category", "civil_registry", "licence", "radius", "skill", "software"],
        )
        self.assertEqual(
            [plain(one.reason) for one in self.violations],
            [
                "catégorie C (minimum B)",
                "compétence CPT 1/2",
                "logiciel JVS",
                "signature état civil réservée à un titulaire de la commune (titulaire)",
                "commune non desservie",
                "rayon 12/10 km",
            ],
        )

    def test_excluded_for_ever_or_for_a_time(self):
        asked = request(commune="Vernéville", slots=days("lun:J", MONDAY, date(2027, 1, 11)))
        refused = agent(exclusions=(Exclusion("verneville", "refus"),))
        self.assertEqual(self.alone(asked, refused), ["exclusion"])
        self.assertEqual(len(self.violations), 1)
        ended = agent(exclusions=(Exclusion("Vernéville", "refus", end=date(2027, 1, 8)),))
        self.assertEqual(self.alone(asked, ended), ["exclusion"])
        past = agent(exclusions=(Exclusion("Vernéville", "refus", end=date(2027, 1, 3)),))
        self.assertEqual(self.alone(asked, past), [])

    def test_refused_declined_or_not_chosen(self):
        asked, person = request(), agent()
        self.assertEqual(self.alone(request(refused=frozenset({"A1"})), person), ["exclusion"])
        self.assertEqual(
            self.alone(asked, person, forbidden=frozenset({("R1", "A1")})), ["declined"]
        )
        self.assertEqual(self.alone(asked, person, only={"R1": frozenset({"A2"})}), ["chosen"])

    def test_not_there(self):
        asked = request()
        self.assertEqual(self.alone(asked, agent(pattern=weekly("mar:J"))), ["off"])
        self.assertEqual(self.alone(asked, agent(start=date(2027, 1, 5))), ["contract"])
        self.assertEqual(self.alone(asked, agent(end=date(2027, 1, 3))), ["contract"])
        away = agent(absences=(Absence(pm(4), am(6), "congé maladie"),))
        self.assertEqual(self.alone(asked, away), ["absent"])
        self.assertEqual([one.half_day for one in self.violations], [pm(4)])
        self.assertNotIn("maladie", self.violations[0].reason)

    def test_no_agreement(self):
        self.assertEqual(self.alone(request(agreement=False), agent()), ["agreement"])

    def test_half_day_not_asked_or_filled_twice(self):
        people = [agent(), agent("A2")]
        self.assertEqual(self.found([request()], people, given("R1", "A1", am(5))), ["not_asked"])
        twice = (*given("R1", "A1", am(4)), *given("R1", "A2", am(4)))
        self.assertEqual(self.found([request()], people, twice), ["twice"])

    def test_two_places_at_a_time(self):
        plan = (*given("R1", "A1", am(4)), *given("R2", "A1", am(4)))
        self.assertEqual(self.found([request(), request("R2")], [agent()], plan), ["overlap"])
        self.assertEqual(
            plain(self.violations[0].reason), "déjà pris par R1 à la même demi-journée"
        )

    def test_mission_that_may_not_be_shared(self):
        plan = (*given("R1", "A1", am(4)), *given("R1", "A2", pm(4)))
        people = [agent(), agent("A2")]
        self.assertEqual(self.found([request(splittable=False)], people, plan), ["continuity"])
        self.assertEqual(self.found([request()], people, plan), [])

    def test_as_many_half_days_a_week_as_were_asked(self):
        """One Monday morning in each of two weeks: not two Tuesdays' halves in the first."""
        asked = request(slots=(am(4), am(11)), alternatives=((am(5), pm(5), am(12), pm(12)),))
        for slots, wanted in (((am(5), pm(5)), ["too_many"]), ((am(5), pm(12)), [])):
            self.assertEqual(self.found([asked], [agent()], given("R1", "A1", *slots)), wanted)

    def test_days_of_two_variants(self):
        asked = request(alternatives=(days("mar:J", date(2027, 1, 5)),))
        self.assertEqual(self.found([asked], [agent()], given("R1", "A1", am(5), pm(5))), [])
        self.assertEqual(
            self.found([asked], [agent()], given("R1", "A1", am(4), am(5))), ["variants"]
        )

    def test_more_than_asked(self):
        asked = request(slots=(am(4),), alternatives=((am(5), pm(5)),))
        self.assertEqual(
            self.found([asked], [agent()], given("R1", "A1", am(5), pm(5))), ["too_many"]
        )

    def test_council_then_morning(self):
        council = Evening(MONDAY, time(20), time(22, 30))
        asked = request(slots=(pm(4), am(5)), evenings=(council,))

        def arriving(start):
            plan = (*given("R1", "A1", pm(4)), *given("R1", "A1", am(5), start=start))
            return self.found([asked], [agent()], plan)

        # 22:30 and 11 hours of rest: 9:30.
        self.assertEqual(arriving(time(8)), ["rest"])
        self.assertEqual(
            plain(self.violations[0].reason),
            "prise de poste à 8 h : pas avant 9 h 30 (repos de 11 h)",
        )
        self.assertEqual(arriving(None), ["rest"])
        self.assertEqual(arriving(time(9, 29)), ["rest"])
        self.assertEqual(arriving(time(9, 30)), [])

    def test_amplitude_of_the_day_of_a_council(self):
        council = Evening(MONDAY, time(20), time(22, 30))
        asked = request(evenings=(council,))
        self.assertEqual(self.alone(asked, agent()), ["amplitude"])
        self.assertEqual(self.alone(asked, agent(), start=time(10, 30)), [])

    def test_ten_hours_a_day(self):
        # 3 h 30 + 3 h 30 from 8:30, then 17:30 to 20:30: ten hours; one minute more is too much.
        for end, wanted in ((time(20, 30), []), (time(20, 31), ["amplitude", "day_hours"])):
            asked = request(evenings=(Evening(MONDAY, time(17, 30), end),))
            self.assertEqual(self.alone(asked, agent(), limits=NO_BREAK), wanted)

    def test_forty_eight_hours_a_week_and_a_day_of_rest(self):
        six, seven = (
            request(slots=days(text, MONDAY, date(2027, 1, 10)))
            for text in ("lun-sam:J", "lun-dim:J")
        )
        person = agent(pattern=weekly("lun-dim:J"))
        self.assertEqual(self.alone(six, person), [])  # 42 hours
        self.assertEqual(self.alone(seven, person), ["week_hours", "weekly_rest"])  # 49 hours

    def test_forty_four_hours_on_average_over_twelve_weeks(self):
        # Six days and two evenings of 2 h 30: 47 hours a week; the other weeks hold 42 hours.
        def weeks(late):
            evenings = tuple(
                Evening(date(2027, 1, 4 + 7 * week + day), time(17, 30), time(20))
                for week in range(late)
                for day in (0, 2)
                if 4 + 7 * week + day <= 31
            )
            slots = days("lun-sam:J", MONDAY, date(2027, 3, 28))
            return request(slots=slots, evenings=evenings)

        person = agent(pattern=weekly("lun-sam:J"))
        # (4 × 47 + 8 × 42) / 12 = 43 h 40.
        self.assertEqual(self.alone(weeks(4), person, limits=NO_BREAK), [])
        slots = days("lun-sam:J", MONDAY, date(2027, 3, 28))
        evenings = tuple(
            Evening(slot.date, time(17, 30), time(20))
            for slot in slots
            if slot.half == "pm" and slot.date.weekday() in (0, 2)
        )
        self.assertEqual(
            self.alone(request(slots=slots, evenings=evenings), person, limits=NO_BREAK),
            ["average_hours"],
        )
        self.assertIn("47 h en moyenne sur 12 semaines (44 h au plus)", self.violations[0].reason)

    def test_way_between_two_communes_at_noon(self):
        plan = (*given("R1", "A1", am(4)), *given("R2", "A1", pm(4)))
        asked = [request(), request("R2")]
        # 2 hours at noon, 45 minutes of lunch, 40 km/h: 50 km at most.
        for km, wanted in ((50, []), (51, ["travel"]), (None, [])):
            self.assertEqual(
                self.found(asked, [agent()], plan, distance=lambda *_places, km=km: km), wanted
            )

    def test_limits_are_data(self):
        from engine.staffing import Limits

        slots = (HalfDay(MONDAY, "am"), HalfDay(MONDAY, "pm"))
        self.assertEqual(
            self.alone(request(slots=slots), agent(), limits=Limits(day_hours=6.5)), ["day_hours"]
        )
