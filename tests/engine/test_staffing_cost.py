"""What a choice costs the others, what an absence ends, what training unlocks: by hand."""

from datetime import date, timedelta
from unittest import TestCase

from staffing_cases import MONDAY, agent, am, days, given, plain, pm, problem, request

from engine.replacement_csv import read_pattern
from engine.staffing import (
    Absence,
    Board,
    Change,
    Plan,
    by_learning,
    differences,
    regret,
    repaired,
    skill_gaps,
    what_if_absent,
)
from engine.staffing.fictitious import FIRST_DAY, fictive


def weekly(text):
    return read_pattern(text).weekly


class TestRegret(TestCase):
    EC = {"EC": 1}

    def test_the_request_that_loses_most_comes_first_then_by_name(self):
        """A1 alone has EC: R9 loses the whole Monday, R2 and R3 an afternoon each."""
        asked = [
            request("R1"),
            request("R3", slots=(pm(4),), skills=self.EC),
            request("R2", slots=(pm(4),), skills=self.EC),
            request("R9", skills=self.EC),
        ]
        case = Board(problem(asked, [agent("A1", skills=self.EC), agent("A2"), agent("A3")]))
        found = regret(case, "R1", "A1")
        self.assertEqual(
            plain(found.text),
            "R9 perdrait 2 demi-journées, R2 perdrait 1 demi-journée, R3 perdrait 1 demi-journée,"
            " A2, A3 conviennent",
        )
        self.assertEqual((found.lost, found.covered), (4, (am(4), pm(4))))

    def test_who_covers_less_is_not_shown_instead(self):
        """A1 costs R2 and R3 a day each; A3 costs nothing, yet has the morning only; A5 costs
        nothing and takes the day."""
        asked = [
            request("R1"),
            request("R2", skills={"EC": 1}),
            request("R3", skills={"CPT": 1}),
        ]
        people = [
            agent("A1", skills={"EC": 1, "CPT": 1}),
            agent("A3", pattern=weekly("lun:M")),
            agent("A5"),
        ]
        found = regret(Board(problem(asked, people)), "R1", "A1")
        self.assertEqual((found.lost, found.instead), (4, ("A5",)))
        self.assertTrue(plain(found.text).endswith(", A5 convient"))

    def test_least_costly_first(self):
        """A1 alone does R2 (EC), a day; A2 alone does R4 (ELE), an afternoon."""
        asked = [
            request("R1"),
            request("R2", skills={"EC": 1}),
            request("R4", slots=(pm(4),), skills={"ELE": 1}),
        ]
        people = [
            agent("A1", skills={"EC": 1}),
            agent("A2", skills={"ELE": 1}),
            agent("A3"),
        ]
        found = regret(Board(problem(asked, people)), "R1", "A1")
        self.assertEqual((found.lost, found.instead), (2, ("A3", "A2")))

    def test_only_the_half_days_that_are_taken_are_lost(self):
        """R1 takes the morning: the afternoon and Tuesday of R2 stay possible."""
        asked = [
            request("R1", slots=(am(4),)),
            request("R2", slots=(am(4), pm(4), am(5)), skills={"EC": 1}),
        ]
        found = regret(Board(problem(asked, [agent(skills={"EC": 1})])), "R1", "A1")
        self.assertEqual(found.losses, {"R2": (am(4),)})

    def test_days_that_would_replace_others_are_not_lost(self):
        """R2 asks for Tuesday; Monday is only its other variant."""
        asked = [
            request("R1"),
            request("R2", slots=(am(5), pm(5)), alternatives=((am(4), pm(4)),)),
        ]
        self.assertEqual(regret(Board(problem(asked, [agent()])), "R1", "A1").losses, {})

    def test_what_another_holds_is_not_taken(self):
        """A2 already has the morning of R1: A1 would take the afternoon."""
        case = Board(problem([request("R1")], [agent("A1"), agent("A2")]))
        found = regret(case, "R1", "A1", Plan(given("R1", "A2", am(4))))
        self.assertEqual(found.covered, (pm(4),))
        again = regret(case, "R1", "A2", Plan(given("R1", "A2", am(4))))
        self.assertEqual(again.covered, (am(4), pm(4)))

    def test_who_is_not_there_or_not_fit_takes_nothing(self):
        asked = [request("R1", skills={"EC": 1}), request("R2")]
        case = Board(problem(asked, [agent("A1")]))
        self.assertEqual(regret(case, "R1", "A1").covered, ())
        self.assertEqual(regret(case, "R1", "A1").losses, {})


class TestGaps(TestCase):
    def gaps(self, asked, people, plan=(), most=3):
        """(agent, half-days unlocked, steps) in their order."""
        found = skill_gaps(Board(problem(asked, people)), Plan(tuple(plan)), most)
        return [(gap.agent, gap.unlocked, gap.steps) for gap in found]

    def test_steps_of_a_skill_are_levels_and_a_software_is_one(self):
        asked = request(skills={"EC": 3}, software=frozenset({"JVS"}))
        people = [agent("A1", skills={"EC": 1}), agent("A2", software=frozenset({"JVS"}))]
        self.assertEqual(self.gaps([asked], people), [("A2", 2, 3), ("A1", 2, 3)])
        (first, second) = skill_gaps(Board(problem([asked], people)), Plan())
        self.assertEqual([one.text for one in first.learnings], ["formation EC 0 → 3"])
        self.assertEqual(
            [(one.kind, one.code, one.level, one.text) for one in second.learnings],
            [
                ("skill", "EC", 3, "formation EC 1 → 3"),
                ("software", "JVS", 0, "logiciel JVS"),
            ],
        )

    def test_most_half_days_then_fewest_steps_then_names(self):
        asked = [request("R1", slots=(am(4), am(5)), skills={"EC": 2})]
        people = [
            agent("A4", skills={"EC": 1}),
            agent("A3", skills={"EC": 1}),
            agent("A2"),
            agent("A1", skills={"EC": 1}, pattern=weekly("lun:M")),
        ]
        wanted = [("A3", 2, 1), ("A4", 2, 1), ("A2", 2, 2), ("A1", 1, 1)]
        self.assertEqual(self.gaps(asked, people), wanted)

    def test_three_learnings_at_most_for_one_agent(self):
        asked = [request(skills={"EC": 1, "CPT": 1, "ELE": 1})]
        self.assertEqual(self.gaps(asked, [agent()]), [("A1", 2, 3)])
        asked = [request(skills={"EC": 1, "CPT": 1, "ELE": 1, "RH": 1})]
        self.assertEqual(self.gaps(asked, [agent()]), [])
        self.assertEqual(self.gaps(asked, [agent()], most=4), [("A1", 2, 4)])

    def test_a_bundle_unlocks_the_requests_that_need_less(self):
        """EC 2 unlocks R1 and, the day after, R2 that asks for EC 1; EC 1 unlocks R2 alone."""
        asked = [
            request("R1", skills={"EC": 2}),
            request("R2", slots=(am(5),), skills={"EC": 1}),
        ]
        self.assertEqual(self.gaps(asked, [agent()]), [("A1", 3, 2), ("A1", 1, 1)])

    def test_one_place_at_a_time(self):
        """Two requests of the same Monday: two half-days and not four."""
        asked = [request(code, skills={"EC": 1}) for code in ("R1", "R2")]
        self.assertEqual(self.gaps(asked, [agent()]), [("A1", 2, 1)])

    def test_what_training_does_not_mend(self):
        away = agent(absences=(Absence(am(4), pm(4)),))
        asked = request(skills={"EC": 1})
        self.assertEqual(self.gaps([asked], [away]), [])
        self.assertEqual(self.gaps([request(skills={"EC": 1}, agreement=False)], [agent()]), [])
        shared = request(skills={"EC": 1})
        whole = request(skills={"EC": 1}, splittable=False)
        people = [agent("A1", skills={"EC": 1}), agent("A2")]
        begun = given("R1", "A1", am(4))
        self.assertEqual(self.gaps([shared], people, begun), [("A2", 1, 1)])
        self.assertEqual(self.gaps([whole], people, begun), [])

    def test_the_best_of_those_who_could_learn_it(self):
        """EC 1 unlocks two half-days for A1, one for A2; CPT 1 unlocks three."""
        asked = [
            request("R1", skills={"EC": 1}),
            request("R2", slots=(am(5), pm(5), am(6)), skills={"CPT": 1}),
        ]
        people = [agent("A2", pattern=weekly("lun:M mar-mer:J")), agent("A1")]
        found = by_learning(skill_gaps(Board(problem(asked, people)), Plan()))
        self.assertEqual(
            list(found.items()), [((("skill", "CPT", 1),), 3), ((("skill", "EC", 1),), 2)]
        )


class TestAbsence(TestCase):
    def test_from_the_first_morning_to_the_last_afternoon(self):
        """A1 is away on Tuesday and Wednesday, four half-days; the rest is not touched."""
        asked = request(slots=days("lun-jeu:J", MONDAY, date(2027, 1, 7)))
        case = problem([asked], [agent("A1")])
        plan = Plan(given("R1", "A1", *asked.slots))
        for solver in ("greedy", "cpsat"):
            found = what_if_absent(
                case, plan, "A1", date(2027, 1, 5), date(2027, 1, 6), solver=solver
            )
            away = (am(5), pm(5), am(6), pm(6))
            self.assertEqual([one.half_day for one in found.touched["R1"]], list(away))
            self.assertEqual(found.changes, tuple(Change("R1", slot, "A1", "") for slot in away))
            self.assertEqual((found.lost, found.plan.filled), (4, 4))

    def test_somebody_else_comes(self):
        case = problem([request()], [agent("A1"), agent("A2")])
        plan = Plan(given("R1", "A1", am(4), pm(4)))
        found = what_if_absent(case, plan, "A1", MONDAY, MONDAY)
        self.assertEqual(found.plan.by_slot, {("R1", am(4)): "A2", ("R1", pm(4)): "A2"})
        self.assertEqual(found.lost, 0)

    def test_what_is_won_elsewhere_is_not_lost(self):
        """A1 leaves R1 on Monday; A2, free, fills R2 that had nobody: nothing is lost."""
        asked = [
            request("R1", skills={"EC": 1}),
            request("R2", slots=(am(5), pm(5), am(6))),
        ]
        case = problem(asked, [agent("A1", skills={"EC": 1}), agent("A2")])
        plan = Plan(given("R1", "A1", am(4), pm(4)))
        found = what_if_absent(case, plan, "A1", MONDAY, MONDAY, solver="greedy")
        self.assertEqual((found.lost, found.plan.filled), (0, 3))

    def test_what_was_locked_for_these_days_is_no_longer(self):
        """Locked on Monday and on Tuesday; away on Monday."""
        locked = given("R1", "A1", am(4), am(5))
        asked = request(slots=(am(4), am(5)))
        case = problem([asked], [agent("A1"), agent("A2")], locked=locked)
        for solver in ("greedy", "cpsat"):
            found = what_if_absent(case, Plan(locked), "A1", MONDAY, MONDAY, solver=solver)
            self.assertEqual(found.plan.by_slot, {("R1", am(4)): "A2", ("R1", am(5)): "A1"})

    def test_few_changes_rather_than_one_agent(self):
        """A1 is away on Tuesday: A2 takes that day and Monday stays, though two agents cost."""
        asked = request(slots=(am(4), pm(4), am(5), pm(5)))
        case = problem([asked], [agent("A1"), agent("A2")])
        plan = Plan(given("R1", "A1", *asked.slots))
        found = what_if_absent(case, plan, "A1", date(2027, 1, 5), date(2027, 1, 5))
        self.assertEqual(
            found.changes,
            (Change("R1", am(5), "A1", "A2"), Change("R1", pm(5), "A1", "A2")),
        )

    def test_what_a_person_locked_stays_though_a_rule_is_broken(self):
        """A1 does not work on Monday, yet was locked there."""
        locked = given("R1", "A1", am(4), pm(4))
        case = problem([request()], [agent("A1", pattern=weekly("mar:J"))], locked=locked)
        self.assertEqual(repaired(case, Plan(locked), solver="greedy").assignments, locked)

    def test_who_is_no_longer_fit_leaves(self):
        case = problem([request(skills={"EC": 1})], [agent("A1")])
        plan = Plan(given("R1", "A1", am(4), pm(4)))
        found = repaired(case, plan)
        self.assertEqual(found.filled, 0)
        self.assertEqual([(c.before, c.after) for c in differences(plan, found)], [("A1", "")] * 2)

    def test_differences_in_order_of_time_then_of_requests(self):
        before = Plan((*given("R2", "A1", am(4)), *given("R1", "A1", am(5))))
        after = Plan((*given("R2", "A2", am(4)), *given("R1", "A2", am(4))))
        self.assertEqual(
            differences(before, after),
            (
                Change("R1", am(4), "", "A2"),
                Change("R2", am(4), "A1", "A2"),
                Change("R1", am(5), "A1", ""),
            ),
        )


class TestInvented(TestCase):
    def test_as_many_as_wanted_within_the_weeks(self):
        """From Monday 4 January 2027; a request of week 4 lasts at most 110 days more."""
        case = fictive(60, 12, weeks=4)
        self.assertEqual(len(case.requests), 60)
        self.assertEqual([one.code for one in case.agents][::11], ["A01", "A12"])
        self.assertEqual(FIRST_DAY, MONDAY)
        first = {one.all_slots[0].date for one in case.requests if one.slots}
        self.assertEqual(min(first), MONDAY)
        last = MONDAY + timedelta(weeks=2, days=4 + 110)
        self.assertLessEqual(max(s.date for one in case.requests for s in one.all_slots), last)
        self.assertEqual(case, fictive(60, 12, weeks=4))
        self.assertNotEqual(case, fictive(60, 12, seed=2, weeks=4))

    def test_the_measures_of_two_years_are_made_on_the_same_problem(self):
        """Its figures as they were first drawn: another draw would be another measure."""
        case = fictive(100, 30)
        slots = [slot for one in case.requests for slot in one.slots]
        self.assertEqual(
            [sum(slot.date.weekday() == day for slot in slots) for day in range(5)],
            [313, 518, 201, 433, 380],
        )
        self.assertEqual(sum(slot.half == "am" for slot in slots), 950)
        others = [slot for one in case.requests for days in one.alternatives for slot in days]
        self.assertEqual((len(slots), len(others)), (1845, 172))
        received = [one.received for one in case.requests]
        self.assertEqual(
            [f"{moment:%d/%m/%Y}" for moment in (min(received), max(received))],
            ["13/11/2026", "09/06/2027"],
        )
        self.assertEqual(
            (
                sum(one.km for one in case.requests),
                sum(one.population for one in case.requests),
                sum(sum(one.skills.values()) for one in case.requests),
                sum(len(one.software) for one in case.requests),
                sum(one.splittable for one in case.requests),
            ),
            (1051, 296_800, 246, 119, 74),
        )
        self.assertEqual(
            (
                sum(len(one.pattern) for one in case.agents),
                sum(sum(one.skills.values()) for one in case.agents),
                sum(len(one.software) for one in case.agents),
                sum(one.licence for one in case.agents),
                sum(one.radius is None for one in case.agents),
                sum((a.last.date - a.first.date).days + 1 for p in case.agents for a in p.absences),
                [one.commune for person in case.agents for one in person.exclusions],
            ),
            (278, 248, 57, 26, 23, 61, ["Commune 25", "Commune 21", "Commune 45"]),
        )

    def test_other_days_are_never_those_asked(self):
        others = [one for one in fictive(100, 1).requests if one.alternatives]
        self.assertTrue(others)
        for one in others:
            for variant in one.alternatives:
                self.assertTrue(variant)
                self.assertNotEqual(variant, one.slots)
