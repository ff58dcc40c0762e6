"""Which of two plans is chosen: what each wish is worth, and where one wish outweighs another."""

import math
from unittest import TestCase

from staffing_cases import agent, am, arrived, given, pm, problem, request

from engine.replacement_csv import read_pattern
from engine.staffing import Absence, Board, Weights, greedy, solve
from engine.staffing.local_search import Polish
from engine.staffing.objective import Wishes


def weekly(text):
    return read_pattern(text).weekly


class TestGreedyChoice(TestCase):
    def who(self, asked, people, **values):
        """(request, half-day) -> agent."""
        return greedy(problem(asked, people, **values)).by_slot

    def test_a_skill_that_is_only_wished_goes_first_to_who_has_it(self):
        people = [agent("A1"), agent("A2", skills={"CPT": 1})]
        self.assertEqual(
            set(self.who([request(skills={"CPT": 0})], people).values()),
            {"A2"},
        )

    def test_skills_that_are_not_asked_do_not_count(self):
        people = [agent("A1", skills={"CPT": 1}), agent("A2", skills={"CPT": 1, "EC": 3})]
        self.assertEqual(set(self.who([request(skills={"CPT": 1})], people).values()), {"A1"})

    def test_at_equal_skills_the_first_agent_of_the_list(self):
        people = [agent("A2"), agent("A1")]
        self.assertEqual(set(self.who([request()], people).values()), {"A2"})

    def test_days_that_a_person_moved_are_completed_and_not_exceeded(self):
        """Two half-days asked on Monday; Tuesday morning is locked: Tuesday afternoon follows."""
        asked = request(alternatives=((am(5), pm(5)),))
        found = self.who([asked], [agent(), agent("A2")], locked=given("R1", "A2", am(5)))
        self.assertEqual(found, {("R1", am(5)): "A2", ("R1", pm(5)): "A1"})

    def test_days_moved_that_are_fewer_are_all_that_is_taken(self):
        """Two half-days asked on Monday, one in the variant where it is locked: no Monday."""
        asked = request(alternatives=((am(5),),))
        found = self.who([asked], [agent()], locked=given("R1", "A1", am(5)))
        self.assertEqual(found, {("R1", am(5)): "A1"})

    def test_more_days_in_the_other_variant_are_not_taken(self):
        """One half-day asked, two in the variant where one is locked: one is enough."""
        asked = request(slots=(am(4),), alternatives=((am(5), pm(5)),))
        found = self.who([asked], [agent()], locked=given("R1", "A1", am(5)))
        self.assertEqual(found, {("R1", am(5)): "A1"})

    def test_one_agent_holds_a_mission_that_may_not_be_shared(self):
        """A2 was chosen for the morning: A1, first of the list, does not take the afternoon."""
        asked = request(splittable=False)
        people = [agent("A1"), agent("A2")]
        found = self.who([asked], people, locked=given("R1", "A2", am(4)))
        self.assertEqual(found, {("R1", am(4)): "A2", ("R1", pm(4)): "A2"})

    def test_nothing_without_an_agreement(self):
        self.assertEqual(self.who([request(agreement=False)], [agent()]), {})

    def test_seven_mornings_leave_a_day_of_rest(self):
        slots = tuple(am(day) for day in range(4, 11))
        found = self.who([request(slots=slots)], [agent(pattern=weekly("lun-dim:M"))])
        self.assertEqual(set(found), {("R1", slot) for slot in slots[:6]})


class TestWorth(TestCase):
    """Costs in hundredths of a point, with the weights of the organisation."""

    def cost(self, asked, person, kept=None, **values):
        board = Board(problem([asked], [person], **values))
        return Wishes(board, kept, 10).half_day((asked.code, am(4), person.code))

    def test_a_kilometre_is_a_fifth_of_a_point(self):
        self.assertEqual(self.cost(request(km=10), agent()), 200)
        self.assertEqual(self.cost(request(), agent()), 0)

    def test_kilometres_are_those_from_home_when_home_is_known(self):
        """30 km from home, 10 km from the seat."""
        road = {"distance": lambda one, other, _detour: {"Loin": 30}.get(one[0])}
        self.assertEqual(self.cost(request(km=10), agent(home="Loin"), **road), 600)
        self.assertEqual(self.cost(request(km=10), agent(home="Ailleurs"), **road), 200)
        self.assertEqual(self.cost(request(km=10), agent(), **road), 200)
        self.assertEqual(self.cost(request(km=10, commune=""), agent(home="Loin"), **road), 200)

    def test_a_small_commune_has_less_than_two_thousand_inhabitants(self):
        self.assertEqual(self.cost(request(population=1999), agent()), -1000)
        self.assertEqual(self.cost(request(population=2000), agent()), 0)

    def test_another_agent_than_the_one_who_was_wished(self):
        self.assertEqual(self.cost(request(wished=frozenset({"A2"})), agent()), 2000)
        self.assertEqual(self.cost(request(wished=frozenset({"A1"})), agent()), 0)

    def test_each_category_above_the_one_asked(self):
        for asked, has, wanted in (
            ("C", "A", 800),
            ("C", "B", 400),
            ("B", "B", 0),
            ("A", "C", 0),
            ("", "A", 0),
            ("C", "", 0),
        ):
            with self.subTest(asked=asked, has=has):
                self.assertEqual(self.cost(request(category=asked), agent(category=has)), wanted)

    def test_a_half_day_that_stays_as_it_was(self):
        """Ten points of change saved, on this half-day and for this agent only."""
        self.assertEqual(self.cost(request(), agent(), {("R1", am(4)): "A1"}), -1000)
        self.assertEqual(self.cost(request(), agent(), {("R1", am(4)): "A2"}), 0)
        self.assertEqual(self.cost(request(), agent(), {("R1", pm(4)): "A1"}), 0)

    def test_who_is_not_in_the_problem_costs_nothing(self):
        wishes = Wishes(Board(problem([request(km=10)], [agent()])))
        self.assertEqual(wishes.half_day(("R9", am(4), "A1")), 0)
        self.assertEqual(wishes.half_day(("R1", am(4), "A9")), 0)


class TestBalance(TestCase):
    """Where one wish outweighs another: a few kilometres decide."""

    def test_one_far_agent_or_two_near_ones(self):
        """Two half-days, on Monday and on Tuesday, at x km from A1's home and next to the two
        others. One agent costs 200 + 2 × 0.2 x + 2 × 5; two cost 2 × 200 + 5: up to 487 km."""
        asked = request(slots=(am(4), am(5)))
        people = [
            agent("A1", home="Loin"),
            agent("A2", home="Près", pattern=weekly("lun:M")),
            agent("A3", home="Près", pattern=weekly("mar:M")),
        ]
        for km, team in ((487, {"A1"}), (488, {"A2", "A3"})):
            case = problem(
                [asked], people, distance=lambda one, _other, _detour, km=km: _km(one, km)
            )
            self.assertEqual({one.agent for one in solve(case).assignments}, team)

    def test_one_agent_for_the_day_or_one_each(self):
        """A morning and an afternoon in two communes; A1 lives x km from the second one. A1 alone
        goes out once: 6 + 2 × 5 + 0.2 x; with A2: 2 × 6 + 5. Up to 4 km."""
        asked = [
            request("R1", slots=(am(4),)),
            request("R2", slots=(pm(4),)),
        ]
        people = [agent("A1", home="Un"), agent("A2", home="Deux")]
        km = {("Un", "R2"): 4, ("Deux", "R1"): 60}
        for far, team in ((4, ["A1", "A1"]), (6, ["A1", "A2"])):
            km["Un", "R2"] = far
            case = problem(
                asked,
                people,
                distance=lambda one, other, _detour, km=dict(km): km.get((one[0], other[0]), 0),
            )
            plan = solve(case)
            self.assertEqual([one.agent for one in plan.assignments], team)

    def test_a_weight_of_zero_leaves_the_wish_out(self):
        """Without the weight of agents and trips, the load alone is left: one half-day each."""
        asked = [request("R1", slots=(am(4),)), request("R2", slots=(pm(4),))]
        case = problem(asked, [agent("A1"), agent("A2")], weights=Weights(agents=0, trips=0))
        self.assertEqual({one.agent for one in solve(case).assignments}, {"A1", "A2"})
        case = problem(asked, [agent("A1"), agent("A2")], weights=Weights(agents=0, load=0))
        self.assertEqual(len({one.agent for one in solve(case).assignments}), 1)


def _km(one, km):
    return km if one[0] == "Loin" else 0


class TestPolish(TestCase):
    """Moves and exchanges before the solver weighs them."""

    def polished(self, asked, people, chosen, end=math.inf, **values):
        board = Board(problem(asked, people, **values))
        return Polish(board, Wishes(board), chosen, end).run()

    def both(self, code, morning, afternoon, day=4):
        return {(code, am(day)): morning, (code, pm(day)): afternoon}

    def test_a_request_goes_to_one_agent(self):
        people = [agent("A1"), agent("A2")]
        found = self.polished([request()], people, self.both("R1", "A1", "A2"))
        self.assertEqual(found, self.both("R1", "A1", "A1"))

    def test_time_that_is_over_moves_nothing(self):
        start = self.both("R1", "A1", "A2")
        self.assertEqual(self.polished([request()], [agent("A1"), agent("A2")], start, 0), start)

    def test_two_requests_exchange_an_afternoon(self):
        asked, people = [request("R1"), request("R2")], [agent("A1"), agent("A2")]
        start = self.both("R1", "A1", "A2") | self.both("R2", "A2", "A1")
        found = self.polished(asked, people, start)
        self.assertEqual(found, self.both("R1", "A1", "A1") | self.both("R2", "A2", "A2"))

    def test_no_exchange_with_a_mission_that_may_not_be_shared(self):
        """A1 holds Monday afternoon and Tuesday for R2, as a whole."""
        asked = [request("R1"), request("R2", slots=(pm(4), am(5)), splittable=False)]
        people = [agent("A1"), agent("A2", pattern=weekly("lun:J"))]
        start = self.both("R1", "A1", "A2") | {("R2", pm(4)): "A1", ("R2", am(5)): "A1"}
        found = self.polished(asked, people, start)
        self.assertEqual({found["R2", pm(4)], found["R2", am(5)]}, {"A1"})
        self.assertEqual((found["R1", am(4)], found["R1", pm(4)]), ("A2", "A2"))

    def test_what_is_locked_stays(self):
        asked, people = [request("R1"), request("R2")], [agent("A1"), agent("A2")]
        start = self.both("R1", "A1", "A2") | self.both("R2", "A2", "A1")
        for code in ("R1", "R2"):
            locked = given(code, "A2" if code == "R1" else "A1", pm(4))
            found = self.polished(asked, people, start, locked=locked)
            self.assertEqual((found["R1", pm(4)], found["R2", pm(4)]), ("A2", "A1"))

    def test_nobody_is_sent_where_he_cannot_go(self):
        """A1 is away in the afternoon and A2 in the morning."""
        people = [
            agent("A1", absences=(Absence(pm(4), pm(4)),)),
            agent("A2", absences=(Absence(am(4), am(4)),)),
        ]
        start = self.both("R1", "A1", "A2")
        self.assertEqual(self.polished([request()], people, start), start)

    def test_who_leaves_an_exchange_can_do_the_other_request(self):
        """R2 needs a skill that A2 has not: the afternoons are not exchanged."""
        asked = [request("R1"), request("R2", slots=(pm(4),), skills={"CPT": 1})]
        people = [agent("A1", skills={"CPT": 1}), agent("A2", pattern=weekly("lun:A"))]
        start = self.both("R1", "A1", "A2") | {("R2", pm(4)): "A1"}
        self.assertEqual(self.polished(asked, people, start), start)

    def test_a_mission_that_may_not_be_shared_moves_as_a_whole(self):
        asked = request(splittable=False, wished=frozenset({"A2"}))
        start = self.both("R1", "A1", "A1")
        found = self.polished([asked], [agent("A1"), agent("A2")], start)
        self.assertEqual(found, self.both("R1", "A2", "A2"))
        half = agent("A2", pattern=weekly("lun:A"))
        self.assertEqual(self.polished([asked], [agent("A1"), half], start), start)

    def test_a_way_that_is_too_long_is_not_taken(self):
        """60 km at noon do not leave 45 minutes of lunch: R2 stays with A2."""
        asked = [
            request("R1", slots=(am(4),)),
            request("R2", slots=(pm(4),), wished=frozenset({"A1"})),
        ]
        people = [agent("A1"), agent("A2")]
        start = {("R1", am(4)): "A1", ("R2", pm(4)): "A2"}
        near, far = ({"distance": lambda one, other, _detour, km=km: km} for km in (40, 60))
        self.assertEqual(self.polished(asked, people, start, **far), start)
        self.assertEqual(self.polished(asked, people, start, **near)["R2", pm(4)], "A1")

    def test_a_day_out_is_worth_thirty_kilometres(self):
        """R2 next to A2, x km from A1 who is out that morning: 6 points of a day, 0.2 x."""
        asked = [request("R1", slots=(am(4),)), request("R2", slots=(pm(4),))]
        people = [agent("A1", home="Un"), agent("A2", home="Deux", pattern=weekly("lun:A"))]
        start = {("R1", am(4)): "A1", ("R2", pm(4)): "A2"}
        for far, who in ((29, "A1"), (30, "A2"), (31, "A2")):
            km = {("Un", "R2"): far}
            found = self.polished(
                asked,
                people,
                start,
                distance=lambda one, other, _detour, km=km: km.get((one[0], other[0]), 0),
            )
            self.assertEqual(found["R2", pm(4)], who, far)

    def test_an_agent_less_is_worth_a_thousand_kilometres(self):
        """Two half-days; A1, next to them, does the first day only; A2, x km away, holds the
        second and takes both when 0.2 x is less than 200."""
        asked = request(slots=(am(4), am(5)))
        people = [agent("A1", home="Un", pattern=weekly("lun:M")), agent("A2", home="Loin")]
        start = {("R1", am(4)): "A1", ("R1", am(5)): "A2"}
        for km, who in ((999, "A2"), (1000, "A1"), (1001, "A1")):
            found = self.polished(
                [asked], people, start, distance=lambda one, _other, _detour, km=km: _km(one, km)
            )
            self.assertEqual((found["R1", am(4)], found["R1", am(5)]), (who, "A2"), km)

    def test_requests_in_order_of_arrival(self):
        """R1 and R2 wish A1, free in the morning: the one that came first has her."""
        asked = [
            request("R1", slots=(am(4),), wished=frozenset({"A1"}), received=arrived(2)),
            request("R2", slots=(am(4),), wished=frozenset({"A1"}), received=arrived(1)),
        ]
        people = [agent("A1"), agent("A2"), agent("A3")]
        start = {("R1", am(4)): "A2", ("R2", am(4)): "A3"}
        found = self.polished(asked, people, start)
        self.assertEqual(found, {("R1", am(4)): "A2", ("R2", am(4)): "A1"})
