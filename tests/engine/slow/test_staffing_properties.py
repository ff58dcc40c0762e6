"""Whatever the requests and the agents: no plan breaks a rule, the solver never does worse."""

from datetime import date, time, timedelta
from unittest import TestCase

from hypothesis import assume, given
from hypothesis import strategies as st
from property_cases import often
from staffing_cases import MONDAY, arrived

from engine.replacement_csv import read_pattern
from engine.staffing import (
    AM,
    PM,
    Absence,
    Agent,
    Assignment,
    Board,
    Evening,
    Exclusion,
    HalfDay,
    Problem,
    Request,
    check,
    explain_all,
    greedy,
    half_days,
    solve,
    what_if_absent,
)
from engine.staffing.local_search import Polish
from engine.staffing.objective import Wishes

SKILLS, SOFTWARE, PLACES = ("ACC", "CPT"), ("JVS", "CIRIL"), ("Alpha", "Bravo", "Charlie")
KM = {"Alpha": 0, "Bravo": 20, "Charlie": 75}
PATTERNS = ("lun-ven:J", "lun:J mar:M", "mar:A jeu:M", "lun-dim:J", "ven-lun:J", "mer:M sam:J")
HALVES = ("lun-ven:M", "lun-ven:A", "lun-dim:J", "lun-dim:J", "mar:M mer:A", *PATTERNS)
easy = st.dictionaries(st.sampled_from(SKILLS), st.integers(0, 2), max_size=1)
levels = st.dictionaries(st.sampled_from(SKILLS), st.integers(0, 3), max_size=2)
software = st.frozensets(st.sampled_from(SOFTWARE), max_size=2)
days = st.integers(0, 24).map(lambda n: MONDAY + timedelta(days=n))
slots = st.builds(HalfDay, days, st.sampled_from((AM, PM)))


def distance(one, other, detour):
    """Charlie is too far from the others for one day."""
    return abs(KM[one[0]] - KM[other[0]])


@st.composite
def periods(draw):
    first, last = sorted((draw(slots), draw(slots)))
    return Absence(first, last, "congé maladie")


weeks = st.sampled_from(("lun-dim:J", "lun-ven:J", *PATTERNS)).map(
    lambda text: read_pattern(text).weekly
)
until = st.none() | days
refusals = st.builds(Exclusion, st.sampled_from(PLACES), st.just("refus"), st.none(), until)
agents = st.builds(
    Agent,
    code=st.just(""),
    category=st.sampled_from(("", "A", "B", "C")),
    statut=st.sampled_from(("titulaire", "contractuel")),
    pattern=st.sampled_from(("lun-dim:J", "lun-ven:J", *PATTERNS)).map(
        lambda text: read_pattern(text).weekly
    ),
    start=st.none() | st.none() | days,
    skills=levels,
    software=software,
    civil_registry=st.booleans(),
    licence=st.booleans(),
    radius=st.none() | st.just(10.0),
    absences=st.lists(periods(), max_size=1).map(tuple),
    exclusions=st.lists(refusals, max_size=1).map(tuple),
)


@st.composite
def requests(draw, number):
    start = draw(days)
    end = start + timedelta(days=draw(st.integers(0, 18)))
    pattern = read_pattern(draw(st.sampled_from(HALVES)))
    asked = half_days(pattern, start, end)
    other = half_days(read_pattern("mer-jeu:J"), start, end)
    moved = draw(st.booleans()) and other and other != asked
    evenings = ()
    if asked and draw(st.booleans()):
        day = draw(st.sampled_from(asked)).date
        # From 17:30 until 22:30 there would be no break after the afternoon.
        begin = draw(st.sampled_from((time(17, 30), time(20))))
        evenings = (Evening(day, begin, draw(st.sampled_from((time(22, 30), time(1))))),)
    return Request(
        code=f"R{number}",
        slots=asked,
        alternatives=(other,) if moved else (),
        commune=draw(st.sampled_from(PLACES)),
        received=arrived(draw(st.integers(1, 20))),
        category=draw(st.sampled_from(("", "C", "B"))),
        skills=draw(easy),
        software=draw(software) if draw(st.booleans()) else frozenset(),
        civil_registry=draw(st.integers(0, 4)) == 0,
        splittable=draw(st.booleans()),
        km=draw(st.sampled_from((None, 4.0, 12.0))),
        agreement=draw(st.integers(0, 9)) > 0,
        evenings=evenings,
    )


@st.composite
def problems(draw):
    people = [
        Agent(**{**vars(person), "code": f"A{number}"})
        for number, person in enumerate(draw(st.lists(agents, min_size=1, max_size=4)))
    ]
    asked = [draw(requests(number)) for number in range(draw(st.integers(1, 5)))]
    return Problem(tuple(asked), tuple(people), distance=distance)


def always_same(count):
    return often(count, derandomize=True, database=None)


class TestAnyProblem(TestCase):
    @always_same(150)
    @given(problems())
    def test_order_of_arrival_breaks_no_rule(self, problem):
        plan = greedy(problem)
        self.assertEqual(check(problem, plan), [])
        self.assertLessEqual(plan.filled, plan.bound)
        self.assertLessEqual(plan.filled, plan.requested)

    @always_same(60)
    @given(problems())
    def test_solver_breaks_no_rule_and_fills_as_much(self, problem):
        plan, simple = solve(problem, seconds=30), greedy(problem)
        self.assertEqual(check(problem, plan), [])
        self.assertGreaterEqual(plan.filled, simple.filled)
        self.assertLessEqual(plan.filled, plan.bound)
        self.assertLessEqual(plan.bound, simple.bound)

    @always_same(25)
    @given(problems())
    def test_same_problem_same_plan(self, problem):
        self.assertEqual(
            solve(problem, seconds=30).assignments, solve(problem, seconds=30).assignments
        )

    @always_same(60)
    @given(problems())
    def test_each_unfilled_half_day_is_explained(self, problem):
        plan = greedy(problem)
        for found in explain_all(Board(problem), plan):
            full = found.filled == found.requested > 0
            self.assertEqual(found.text == "", full)
            explained = {slot for one in found.obstacles for slot in one.slots}
            if found.obstacles:
                self.assertEqual(explained, set(found.unfilled))

    @always_same(60)
    @given(problems())
    def test_polishing_loses_nothing_and_breaks_nothing(self, problem):
        board = Board(problem)
        before = greedy(problem).by_slot
        after = Polish(board, Wishes(board), before, float("inf")).run()
        self.assertEqual(set(after), set(before))
        plan = solve(problem, "greedy").assignments
        moved = tuple(
            Assignment(one.request, one.half_day, after[one.request, one.half_day], one.start)
            for one in plan
        )
        kinds = {found.rule for found in check(problem, moved)}
        # The hours of arrival are worked out afterwards.
        self.assertLessEqual(kinds, {"rest", "amplitude"})

    @always_same(25)
    @given(problems(), days, days)
    def test_repair_leaves_the_absent_agent_out(self, problem, one, other):
        start, end = sorted((one, other))
        plan = greedy(problem)
        repair = what_if_absent(problem, plan, "A0", start, end, seconds=20)
        away = [
            found
            for found in repair.plan.assignments
            if found.agent == "A0" and start <= found.half_day.date <= end
        ]
        self.assertEqual(away, [])
        self.assertEqual(check(problem, repair.plan), [])
        touched = sum(map(len, repair.touched.values()))
        self.assertLessEqual(repair.lost, touched)

    @always_same(40)
    @given(problems(), st.data())
    def test_locked_choices_stay(self, problem, data):
        plan = greedy(problem)
        assume(plan.assignments)
        locked = tuple(data.draw(st.lists(st.sampled_from(plan.assignments), unique=True)))
        held = Problem(problem.requests, problem.agents, locked=locked, distance=distance)
        found = solve(held, seconds=20)
        for one in locked:
            self.assertEqual(found.by_slot[one.request, one.half_day], one.agent)
        self.assertGreaterEqual(found.filled, greedy(held).filled)


class TestDates(TestCase):
    @always_same(200)
    @given(days, st.integers(0, 60), st.sampled_from(PATTERNS))
    def test_half_days_are_those_of_the_pattern_on_open_days(self, start, length, text):
        end, pattern = start + timedelta(days=length), read_pattern(text)
        found = half_days(pattern, start, end, lambda year: {date(year, 1, 6)})
        wanted = [
            HalfDay(day, half)
            for day in (start + timedelta(days=n) for n in range(length + 1))
            for half in (AM, PM)
            if (day.weekday(), half) in pattern.weekly and day != date(2027, 1, 6)
        ]
        self.assertEqual(list(found), wanted)
