"""What a choice costs the others, what an absence ends, what training would unlock."""

from collections import Counter
from datetime import date
from unittest import TestCase

from staffing_cases import (
    agent,
    am,
    best_plan,
    board,
    days,
    given,
    plain,
    pm,
    problem,
    request,
    scenario,
)

from engine.replacement_csv import read_pattern
from engine.staffing import (
    Board,
    Plan,
    by_learning,
    check,
    regret,
    skill_gaps,
    sole_agent,
    solve,
    what_if_absent,
)


class TestRegret(TestCase):
    def test_warning_before_the_trap_of_the_scenario(self):
        found = regret(board(), "R03", "A01")
        self.assertEqual(plain(found.text), "R17 perdrait 88 demi-journées, A05 convient")
        self.assertEqual((len(found.covered), found.lost, found.instead), (124, 88, ("A05",)))
        self.assertEqual(set(found.losses), {"R17"})

    def test_a_choice_that_costs_nothing(self):
        found = regret(board(), "R03", "A05")
        self.assertEqual((found.text, found.lost), ("", 0))

    def test_what_is_decided_is_not_lost(self):
        asked = [request("R1"), request("R2", skills={"EC": 1})]
        case = Board(problem(asked, [agent("A1", skills={"EC": 1}), agent("A2")]))
        self.assertEqual(regret(case, "R1", "A1").lost, 2)
        decided = Plan(given("R2", "A1", am(4)))
        found = regret(case, "R1", "A1", decided)
        self.assertEqual((found.covered, found.lost), ((pm(4),), 1))
        self.assertEqual(found.instead, ("A2",))

    def test_an_agent_kept_elsewhere_does_not_help(self):
        asked = [request("R1"), request("R2"), request("R3")]
        case = Board(problem(asked, [agent("A1"), agent("A2")]))
        decided = Plan(given("R3", "A2", am(4), pm(4)))
        self.assertEqual(regret(case, "R1", "A1", decided).losses, {"R2": (am(4), pm(4))})
        self.assertEqual(regret(case, "R1", "A1").losses, {})


class TestAbsence(TestCase):
    def test_missions_touched_by_two_weeks(self):
        # Four days a week for R03, from 11 to 24 January: 16 half-days that nobody can take.
        repair = what_if_absent(
            scenario(), best_plan(), "A05", date(2027, 1, 11), date(2027, 1, 24)
        )
        self.assertEqual({code: len(ones) for code, ones in repair.touched.items()}, {"R03": 16})
        self.assertEqual((repair.lost, len(repair.changes), repair.plan.filled), (16, 16, 555))

    def test_repair_moves_few_others(self):
        start, end = date(2026, 12, 14), date(2026, 12, 18)
        repair = what_if_absent(scenario(), best_plan(), "A09", start, end)
        simple = what_if_absent(scenario(), best_plan(), "A09", start, end, solver="greedy")
        # A03 is off on Wednesday and in Roncourt and Coin-sur-Seille on Thursday 17.
        self.assertEqual((repair.lost, simple.lost), (3, 4))
        self.assertEqual(check(scenario(), repair.plan), [])
        moved = Counter((c.request, c.before, c.after) for c in repair.changes)
        self.assertEqual(
            moved, {("R11", "A09", "A03"): 6, ("R11", "A09", ""): 3, ("R06", "A03", "A01"): 1}
        )

    def test_nothing_touched_nothing_changed(self):
        repair = what_if_absent(
            scenario(), best_plan(), "A05", date(2026, 11, 1), date(2026, 11, 8)
        )
        self.assertEqual((repair.touched, repair.changes, repair.lost), ({}, (), 0))


class TestGaps(TestCase):
    def test_training_that_unlocks_most(self):
        gaps = skill_gaps(board(), best_plan())
        first = gaps[0]
        self.assertEqual((first.unlocked, {code for code, _slot in first.half_days}), (16, {"R10"}))
        self.assertEqual(
            [(one.kind, one.code, one.level) for one in first.learnings],
            [("skill", "URB", 3), ("software", "CARTADS", 0)],
        )
        bundle, count = next(iter(by_learning(gaps).items()))
        self.assertEqual((bundle, count), ((("skill", "URB", 3), ("software", "CARTADS", 0)), 16))
        self.assertIn("formation URB 2 → 3", {one.text for gap in gaps for one in gap.learnings})

    def test_training_does_not_mend_everything(self):
        asked = request(skills={"EC": 2}, category="B", km=20)
        people = [
            agent("A1", category="C"),
            agent("A2", category="B", radius=10.0),
            agent("A3", category="B", skills={"EC": 1}, pattern=read_pattern("lun:M").weekly),
            agent("A4", category="B"),
        ]
        case = problem([asked], people)
        gaps = skill_gaps(Board(case), solve(case))
        self.assertEqual([(gap.agent, gap.unlocked) for gap in gaps], [("A4", 2), ("A3", 1)])

    def test_the_easiest_first_when_they_unlock_as_much(self):
        case = problem([request(skills={"EC": 2})], [agent("A1"), agent("A2", skills={"EC": 1})])
        gaps = skill_gaps(Board(case), solve(case))
        self.assertEqual([gap.agent for gap in gaps], ["A2", "A1"])


class TestSole(TestCase):
    def test_the_only_one(self):
        found, text = sole_agent(board(), "R17")
        self.assertEqual(found, "A01")
        self.assertEqual(
            plain(text),
            "A01 seul : personne d'autre ne réunit SGM 3 + CPT 2 + EC 2 + BL-EMAGNUS.",
        )
        self.assertIsNone(sole_agent(board(), "R03"))

    def test_nobody_has_it_all(self):
        people = [agent("A1", skills={"EC": 2}), agent("A2", software=frozenset({"JVS"}))]
        asked = request(
            skills={"EC": 2}, software=frozenset({"JVS"}), slots=days("lun:M", date(2027, 1, 4))
        )
        case = problem([asked], people)
        from engine.staffing import explain

        self.assertEqual(
            plain(explain(Board(case), solve(case), "R1").text),
            "Aucun agent ne réunit toutes les exigences ; au plus près : A1 (logiciel JVS),"
            " A2 (compétence EC 0/2).",
        )
