"""Other organisations, other calendars: invented files with the best number worked out by hand.

The checks of this file are its own: they share no line with the engine. The most that a small
problem can hold is found by trying everything.
"""

import io
import random
from datetime import date, timedelta
from itertools import combinations, product
from unittest import TestCase
from unittest.mock import patch

from engine.replacement_csv import read_problem
from engine.staffing import (
    AM,
    PM,
    Absence,
    Agent,
    Board,
    Exclusion,
    HalfDay,
    Problem,
    Request,
    explain_all,
    solve,
)
from engine.staffing.fictitious import fictive

REQUEST = "demande_id;date_demande;commune;code_insee;date_debut;date_fin;jours;fractionnable"
AGENT = "agent_id;categorie;statut;jours_travailles;competences;logiciels;indisponibilites"
MONDAY = date(2027, 3, 1)


def table(header, *lines):
    source = io.BytesIO("\n".join((header, *lines, "")).encode())
    source.name = "essai.csv"
    return source


def make_problem(requests, agents, more="", more_agent=""):
    """A problem read from lines; `more`: other columns of the requests."""
    return read_problem(table(REQUEST + more, *requests), table(AGENT + more_agent, *agents))


def fits(request, agent):
    """Whether an agent may hold a mission, day and hour excepted."""
    return (
        (not request.category or not agent.category or agent.category <= request.category)
        and all(agent.skills.get(code, 0) >= level for code, level in request.skills.items())
        and (not request.software or bool(request.software & agent.software))
        and (agent.civil_registry or not request.civil_registry)
        and agent.code not in request.refused
    )


def is_there(request, agent, slot):
    """Whether an agent works then and may be sent to this commune."""
    day = slot.date
    if (agent.start and day < agent.start) or (agent.end and day > agent.end):
        return False
    if (day.weekday(), slot.half) not in agent.pattern:
        return False
    if any(one.first <= slot <= one.last for one in agent.absences):
        return False
    return not any(
        one.commune == request.commune and (one.start or day) <= day <= (one.end or day)
        for one in agent.exclusions
    )


def faults(problem, plan):
    """Broken rules, seen without the engine."""
    requests = {one.code: one for one in problem.requests}
    agents = {one.code: one for one in problem.agents}
    found = []
    for one in plan.assignments:
        request, agent = requests[one.request], agents[one.agent]
        if not (fits(request, agent) and is_there(request, agent, one.half_day)):
            found.append(("unfit", one))
        if not request.agreement or one.half_day not in request.all_slots:
            found.append(("not to fill", one))
    for one, other in combinations(plan.assignments, 2):
        if one.half_day == other.half_day and one.agent == other.agent:
            found.append(("in two places", one, other))
        if (one.request, one.half_day) == (other.request, other.half_day):
            found.append(("filled twice", one, other))
        alone = not requests[one.request].splittable
        if alone and one.request == other.request and one.agent != other.agent:
            found.append(("shared", one, other))
    return found


def choices(problem, request):
    """All the ways to fill a request: sets of (half-day, agent)."""
    if not request.agreement:
        return [frozenset()]
    team = [agent for agent in problem.agents if fits(request, agent)]
    found = {frozenset()}
    for slots in request.variants:
        for group in [team] if request.splittable else [[agent] for agent in team]:
            free = [
                [None, *(a.code for a in group if is_there(request, a, slot))] for slot in slots
            ]
            for row in product(*free):
                pairs = frozenset((s, a) for s, a in zip(slots, row, strict=True) if a)
                if len(pairs) <= len(request.slots):
                    found.add(pairs)
    return sorted(found, key=len, reverse=True)


def most(problem):
    """The most half-days of any plan, by trying everything."""
    ways = [choices(problem, request) for request in problem.requests]
    best = 0

    def fill(index, taken, count):
        nonlocal best
        if count + sum(len(way[0]) for way in ways[index:]) <= best:
            return
        if index == len(ways):
            best = count
            return
        for pairs in ways[index]:
            if not pairs & taken:
                fill(index + 1, taken | pairs, count + len(pairs))

    fill(0, frozenset(), 0)
    return best


def small(seed):
    """A small problem without evenings or distances, so that the rules above are all there is."""
    source = random.Random(seed)
    slots = [HalfDay(MONDAY + timedelta(days=n), half) for n in range(3) for half in (AM, PM)]
    later = (None, None, MONDAY + timedelta(days=1), MONDAY + timedelta(days=2))

    def person(number):
        first, last = sorted(source.sample(slots, 2))
        start, end = source.choice(later), source.choice(later)
        return Agent(
            code=f"A{number}",
            category=source.choice(("", "A", "B", "C")),
            pattern=frozenset(
                (day, half) for day in range(5) for half in (AM, PM) if source.random() < 0.8
            ),
            start=source.choice(later[:3]),
            skills={source.choice("XY"): source.randint(0, 3)},
            software=frozenset(source.sample(("U", "V"), source.randint(0, 2))),
            civil_registry=source.random() < 0.7,
            absences=(Absence(first, last, "x"),) if source.random() < 0.4 else (),
            exclusions=(Exclusion(source.choice("KLM"), "r", start, end),)
            if source.random() < 0.4
            else (),
        )

    def asked(number):
        moved = tuple(sorted(source.sample(slots, source.randint(1, 4))))
        return Request(
            code=f"R{number}",
            slots=tuple(sorted(source.sample(slots, source.randint(1, 4)))),
            alternatives=(moved,) if source.random() < 0.3 else (),
            commune=source.choice("KLM"),
            category=source.choice(("", "", "B")),
            skills={source.choice("XY"): 1} if source.random() < 0.4 else {},
            software=frozenset(source.sample(("U", "V"), 1))
            if source.random() < 0.3
            else frozenset(),
            civil_registry=source.random() < 0.2,
            refused=frozenset({"A0"}) if source.random() < 0.2 else frozenset(),
            splittable=source.random() < 0.6,
            agreement=source.random() < 0.9,
        )

    people = tuple(person(number) for number in range(source.randint(1, 3)))
    return Problem(tuple(asked(number) for number in range(source.randint(1, 4))), people)


class TestTheMost(TestCase):
    def test_the_solver_finds_what_trying_everything_finds(self):
        for seed in range(200):
            problem = small(seed)
            plan, simple = solve(problem, seconds=20), solve(problem, "greedy")
            with self.subTest(seed):
                self.assertEqual(plan.filled, most(problem))
                self.assertTrue(plan.optimal)
                self.assertGreaterEqual(plan.bound, plan.filled)
                self.assertLessEqual(simple.filled, plan.filled)
                self.assertEqual(faults(problem, plan) + faults(problem, simple), [])


class TestOrganisations(TestCase):
    def plan(self, problem, filled, requested):
        """The best plan, which breaks no rule; the same again at another run."""
        plan = solve(problem, seconds=20)
        self.assertEqual((plan.filled, plan.requested), (filled, requested))
        self.assertTrue(plan.optimal)
        for other in (plan, solve(problem, "greedy")):
            self.assertEqual(faults(problem, other), [])
        self.assertEqual(solve(problem, seconds=20).assignments, plan.assignments)
        return plan

    def why(self, problem, plan):
        return {one.request: one.text for one in explain_all(Board(problem), plan)}

    def test_nobody_and_nothing(self):
        nobody = make_problem(["D1;;Beaune;21054;2027-03-01;2027-03-05;lun-ven:J;oui"], [])
        self.assertIn("liste des agents est vide", self.why(nobody, self.plan(nobody, 0, 10))["D1"])
        self.plan(make_problem([], ["X1;B;titulaire;lun-ven:J;;;"]), 0, 0)

    def test_leave_across_christmas_and_new_year(self):
        # 14/12 to 8/1: 20 weekdays less 25/12 and 1/1 = 18 days asked. X1 is away from 21/12 to
        # 2/1: 8 of these days. X2 works on Tuesdays only: 22/12 and 29/12 are left to her.
        problem = make_problem(
            ["D1;;Beaune;21054;14/12/2026;08/01/2027;lun-ven:J;oui"],
            [
                "X1;B;titulaire;lun-ven:J;;;du 21/12/2026 au 02/01/2027 : congés",
                "X2;B;titulaire;mardi;;;",
            ],
        )
        plan = self.plan(problem, 24, 36)
        text = self.why(problem, plan)["D1"]
        self.assertIn("12 demi-journées", text)
        self.assertIn("23/12/2026", text)
        self.assertNotIn("22/12/2026", text)
        self.assertNotIn("congés", text)

    def test_overseas_week_with_a_holiday(self):
        # Monday 24 May to Friday 28 May 2027: Thursday 27 is a holiday in Guadeloupe alone.
        for code, days in (("97101", 4), ("97209", 5), ("21054", 5)):
            problem = make_problem(
                [f"D1;;Bourg;{code};2027-05-24;2027-05-28;lun-ven:J;oui"],
                ["X1;C;titulaire;lun-ven:J;;;"],
            )
            with self.subTest(code):
                self.plan(problem, 2 * days, 2 * days)

    def test_thirty_requests_for_one_agent(self):
        # 15 mornings and 15 afternoons of the same Monday: one of each.
        problem = make_problem(
            [
                f"D{n};2026-11-02 09:{n:02};Beaune;21054;2027-03-01;2027-03-01;"
                f"lundi {('matin', 'après-midi')[n % 2]};oui"
                for n in range(30)
            ],
            ["X1;B;titulaire;lun-ven:J;;;"],
        )
        plan = self.plan(problem, 2, 30)
        reasons = self.why(problem, plan)
        self.assertEqual(sum("pris par" in text for text in reasons.values()), 28)

    def test_continuity_against_the_number(self):
        # X1 alone could hold 4 days of D1 (Monday, Tuesday), X2 5 (Wednesday, Thursday and the
        # Friday mornings): one of the two, 10 half-days at most, and D2 takes X1's Mondays.
        problem = make_problem(
            [
                "D1;2026-11-02;Beaune;21054;2027-03-01;2027-03-12;lun-ven:J;non",
                "D2;2026-11-03;Nolay;21461;2027-03-01;2027-03-12;les lundis;oui",
            ],
            [
                "X1;B;titulaire;lundi, mardi;;;",
                "X2;B;titulaire;mercredi, jeudi, vendredi matin;;;",
            ],
        )
        plan = self.plan(problem, 14, 24)
        self.assertEqual(plan.filled_of("D1"), 10)
        self.assertEqual({one.agent for one in plan.assignments if one.request == "D1"}, {"X2"})

    def test_other_skills_and_software(self):
        # D1 wants a programme that only X2 knows; D2 a level that only X2 has: one of the two.
        problem = make_problem(
            [
                "D1;2026-11-02;Alba;07005;2027-03-01;2027-03-01;lun:J;oui;FOR 1;Sedit, Parascol",
                "D2;2026-11-03;Berzème;07032;2027-03-01;2027-03-01;lun:J;oui;FOR(3)|TEL:2;",
                "D3;2026-11-04;Alba;07005;2027-03-01;2027-03-01;lun:J;oui;XYZ:1;",
            ],
            [
                "X1;B;titulaire;lun-ven:J;FOR=2;Autre;",
                "X2;B;titulaire;lun-ven:J;for:3, tel:2;PARASCOL;",
            ],
            more=";competences_requises;logiciels_requis_un_parmi",
        )
        plan = self.plan(problem, 2, 6)
        reasons = self.why(problem, plan)
        self.assertIn("XYZ", reasons["D3"])
        lost = "D2" if plan.filled_of("D1") else "D1"
        kept = {"D1": "D2", "D2": "D1"}[lost]
        self.assertIn(f"X2 : pris par {kept}", reasons[lost].replace("\u00a0", " "))

    def test_exclusions_that_overlap(self):
        # Mondays 1, 8, 15, 22 March (29 is Easter Monday): excluded until the 10th, then until
        # the 16th for another reason: the 22nd is left.
        problem = make_problem(
            ["D1;;Beaune;21054;2027-03-01;2027-03-31;lun:J;oui"],
            [
                "X1;B;titulaire;lun-ven:J;;;;Beaune : conflit (du 01/03/2027 au 10/03/2027)"
                "|Beaune, Nolay : refus jusqu'au 16/03/2027"
            ],
            more_agent=";communes_exclues",
        )
        plan = self.plan(problem, 2, 8)
        self.assertEqual({one.half_day.date for one in plan.assignments}, {date(2027, 3, 22)})

    def test_two_towns_at_the_ends_of_the_country(self):
        problem = make_problem(
            [
                "D1;2026-11-02;Brest;29019;2027-03-01;2027-03-01;lundi matin;oui",
                "D2;2026-11-03;Nice;06088;2027-03-01;2027-03-01;lundi après-midi;oui",
            ],
            ["X1;B;titulaire;lun-ven:J;;;"],
        )
        reasons = self.why(problem, self.plan(problem, 1, 2))
        self.assertTrue(any("trajet" in text for text in reasons.values()))

    def test_council_then_the_morning(self):
        # Until 23:30: eleven hours later it is 10:30. The morning of the next day begins late,
        # with a warning; it is filled all the same.
        problem = make_problem(
            [
                "D1;;Beaune;21054;2027-03-01;2027-03-02;lundi après-midi, mardi matin;oui;"
                "Conseil municipal le 1er mars 2027 de 20h à 23h30"
            ],
            ["X1;B;titulaire;lun-ven:J;;;"],
            more=";evenement_ulterieur",
        )
        plan = self.plan(problem, 2, 2)
        late = [one.start for one in plan.assignments if one.half_day.date.day == 2]
        self.assertEqual([f"{start:%H:%M}" for start in late], ["10:30"])

    def test_past_and_leap_days(self):
        problem = make_problem(
            [
                "D1;;Beaune;21054;2020-03-02;2020-03-06;lun-ven:J;oui",
                "D2;;Beaune;21054;2028-02-28;2028-03-01;lun-ven:J;oui",
            ],
            ["X1;B;titulaire;;;;"],
        )
        self.plan(problem, 16, 16)

    def test_a_short_search_gives_a_plan_that_holds(self):
        problem = fictive(120, 25, seed=7)
        plan = solve(problem, seconds=1)
        self.assertGreaterEqual(plan.filled, solve(problem, "greedy").filled)
        self.assertLessEqual(plan.filled, plan.bound)
        self.assertEqual(faults(problem, plan), [])

    def test_without_the_library(self):
        problem = small(3)
        with patch("engine.staffing.cpsat.is_available", return_value=False):
            plan = solve(problem)
        self.assertEqual((plan.solver, faults(problem, plan)), ("greedy", []))
        self.assertIn("ortools", plan.message)
