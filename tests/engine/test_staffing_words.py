"""Report on a plan: unfilled half-days and what stops each agent, arrivals, weeks, notices."""

from datetime import date, time
from unittest import TestCase

from staffing_cases import MONDAY, agent, am, days, given, plain, pm, problem, request

from engine.replacement_csv import read_pattern
from engine.staffing import (
    Absence,
    Board,
    Evening,
    Exclusion,
    Plan,
    as_dict,
    explain,
    explain_all,
    greedy,
    near_misses,
    sole_agent,
)


def weekly(text):
    return read_pattern(text).weekly


class TestUnfilledHalfDays(TestCase):
    def why(self, asked, people, plan=(), **values):
        """The sentence on the first request, when a plan is given."""
        board = Board(problem(asked, people, **values))
        self.found = explain(board, Plan(tuple(plan)), asked[0].code)
        return plain(self.found.text)

    def test_nothing_asked(self):
        self.assertEqual(
            self.why([request(slots=())], [agent()]),
            "Aucune demi-journée à pourvoir dans la période demandée.",
        )
        self.assertEqual((self.found.requested, self.found.filled), (0, 0))

    def test_filled(self):
        self.assertEqual(self.why([request()], [agent()], given("R1", "A1", am(4), pm(4))), "")
        self.assertEqual((self.found.requested, self.found.filled), (2, 2))

    def test_no_agreement(self):
        self.assertEqual(
            self.why([request(agreement=False)], [agent()]),
            "Convention manquante : la commune n'a pas signé.",
        )
        self.assertEqual(self.found.obstacles, ())

    def test_no_agent_at_all(self):
        self.assertEqual(
            self.why([request()], []), "Aucun agent n'est proposé : la liste des agents est vide."
        )

    def test_a_skill_and_a_software_that_nobody_has(self):
        """A2 has the level 1 of 2; EC, that A1 has, is not reported."""
        asked = request(skills={"CPT": 2, "EC": 1}, software=frozenset({"JVS", "CIRIL"}))
        people = [agent("A1", skills={"EC": 1}), agent("A2", skills={"CPT": 1})]
        self.assertEqual(
            self.why([asked], people),
            "Compétence absente : personne n'a CPT 2."
            " Logiciel absent : personne ne connaît CIRIL ou JVS.",
        )

    def test_nobody_is_near(self):
        """Two rules stop the only agent."""
        asked = request(category="A", civil_registry=True)
        self.assertEqual(
            self.why([asked], [agent(category="C")]),
            "Aucun agent ne réunit toutes les exigences.",
        )

    def test_one_rule_away_is_near(self):
        asked = request(category="B", km=12)
        people = [agent("A1", category="C"), agent("A2", category="C", radius=10)]
        board = Board(problem([asked], people))
        self.assertEqual(
            {code: plain(why) for code, why in near_misses(board, "R1").items()},
            {"A1": "catégorie C (minimum B)"},
        )

    def test_the_days_of_the_variant_that_was_begun(self):
        asked = request(alternatives=((am(5), pm(5)),))
        self.assertEqual(
            self.why([asked], [agent()], given("R1", "A1", am(5))),
            "1 demi-journée sans agent (05/01/2027). A1 : disponible (1).",
        )
        self.assertEqual(self.found.unfilled, (pm(5),))

    def test_other_days_that_are_fewer_and_all_taken(self):
        """Two half-days of Monday asked, one of Tuesday may replace them: nothing is left."""
        asked = request(alternatives=((am(5),),))
        self.assertEqual(
            self.why([asked], [agent()], given("R1", "A1", am(5))),
            "Jours de remplacement moins nombreux que les jours demandés : 1 sur 2 demi-journées.",
        )
        self.assertEqual((self.found.unfilled, self.found.obstacles), ((), ()))

    def test_each_obstacle_in_its_words(self):
        """Nearest to a solution first: who is off that day comes last."""
        people = [
            agent("A1", pattern=weekly("mar:J")),
            agent("A2", end=date(2027, 1, 3)),
            agent("A3", absences=(Absence(pm(4), pm(4)),)),
            agent("A4", exclusions=(Exclusion("R1", end=MONDAY),)),
            agent("A5"),
        ]
        asked = request(slots=days("lun-mar:A", MONDAY, date(2027, 1, 5)))
        plan = given("R2", "A5", pm(4), pm(5))
        self.assertEqual(
            self.why([asked, request("R2")], people, plan),
            "2 demi-journées sans agent (04/01/2027, 05/01/2027). A2 : hors contrat (2) ;"
            " A5 : pris par R2 (2) ; A1 : disponible (1) ; A3 : absent (1) ; A3 : disponible (1) ;"
            " A4 : exclusion : R1 (1).",
        )
        self.assertEqual(
            [(one.agent, one.rule, one.other) for one in self.found.obstacles],
            [
                ("A1", "off", ""),
                ("A1", "free", ""),
                ("A2", "contract", ""),
                ("A3", "absent", ""),
                ("A3", "free", ""),
                ("A4", "exclusion", ""),
                ("A4", "free", ""),
                ("A5", "busy", "R2"),
            ],
        )

    def test_a_mission_that_stays_with_its_agent(self):
        asked = request(splittable=False)
        self.assertEqual(
            self.why([asked], [agent("A1"), agent("A2")], given("R1", "A2", am(4))),
            "1 demi-journée sans agent (04/01/2027). A1 : mission non fractionnable partagée"
            " entre A1, A2 (1) ; A2 : disponible (1).",
        )
        self.assertIn("A1 : disponible (2)", self.why([asked], [agent("A1")]))

    def test_a_way_that_is_too_long(self):
        """60 km at 40 km/h: an hour and a half, and 45 minutes of lunch, for two hours."""
        asked = [request("R1", slots=(am(4),)), request("R2", slots=(pm(4),))]
        text = self.why(
            asked, [agent()], given("R2", "A1", pm(4)), distance=lambda one, other, _detour: 60
        )
        self.assertEqual(
            text,
            "1 demi-journée sans agent (04/01/2027). A1 : trajet R1 – R2 (60 km)"
            " et pause de 45 min : 135 min pour 120 min (1).",
        )

    def test_six_reasons_and_the_number_of_the_other_agents(self):
        people = [agent(f"A{n}", absences=(Absence(am(4), pm(4)),)) for n in range(1, 9)]
        text = self.why([request()], people)
        self.assertTrue(text.endswith("A6 : absent (2) ; 2 autres agents non disponibles."), text)
        self.assertNotIn("autres", self.why([request()], people[:6]))

    def test_six_dates_then_three_dots(self):
        for last, end in ((11, "11/01/2027)"), (12, "11/01/2027…)")):
            asked = request(slots=days("lun-ven:J", MONDAY, date(2027, 1, last)))
            self.assertIn(end, self.why([asked], [agent()]))
            self.assertEqual(self.found.text.count("/01/2027"), 6)

    def test_requests_in_their_order(self):
        asked = [request("R2"), request("R1")]
        board = Board(problem(asked, [agent()]))
        found = explain_all(board, Plan(given("R2", "A1", am(4), pm(4))))
        self.assertEqual([(e.request, e.filled) for e in found], [("R2", 2), ("R1", 0)])


class TestSole(TestCase):
    def test_the_only_one_and_what_the_others_have_not(self):
        asked = request(skills={"CPT": 2}, software=frozenset({"JVS", "CIRIL"}))
        people = [
            agent("A1"),
            agent("A2", skills={"CPT": 2}, software=frozenset({"JVS"})),
        ]
        board = Board(problem([asked], people))
        code, text = sole_agent(board, "R1")
        self.assertEqual(
            (code, plain(text)),
            ("A2", "A2 seul : personne d'autre ne réunit CPT 2 + CIRIL ou JVS."),
        )

    def test_the_only_one_when_neither_skill_nor_software_is_asked(self):
        people = [agent("A1", category="C"), agent("A2", category="B")]
        _code, text = sole_agent(Board(problem([request(category="B")], people)), "R1")
        self.assertEqual(plain(text), "A2 seul : personne d'autre ne réunit toutes les exigences.")

    def test_several_or_none(self):
        asked = [request("R1"), request("R2", category="A")]
        people = [agent("A1", category="C"), agent("A2", category="C")]
        board = Board(problem(asked, people))
        self.assertIsNone(sole_agent(board, "R1"))
        self.assertIsNone(sole_agent(board, "R2"))


class TestNotices(TestCase):
    def list_notices(self, asked, people, **values):
        self.plan = greedy(problem(asked, people, **values))
        return [(one.rule, one.half_day, plain(one.reason)) for one in self.plan.notices]

    def test_rest_after_a_council_puts_the_arrival_off(self):
        """The council ends at 22:30: eleven hours later it is 9:30."""
        council = Evening(MONDAY, time(20), time(22, 30))
        asked = request(slots=(pm(4), am(5), pm(5)), evenings=(council,))
        self.assertEqual(
            self.list_notices([asked], [agent()]),
            [
                (
                    "rest",
                    am(5),
                    "prise de poste à 9 h 30 au plus tôt (réunion jusqu'à 22 h 30 : repos de 11 h)",
                )
            ],
        )
        starts = [(one.half_day, one.start) for one in self.plan.assignments]
        self.assertEqual(starts, [(pm(4), None), (am(5), time(9, 30)), (pm(5), None)])

    def test_amplitude_of_the_day_of_a_council(self):
        """From 8:30 to 21:00 would be twelve hours and a half: not before 9:00."""
        council = Evening(MONDAY, time(19), time(21))
        self.assertEqual(
            self.list_notices([request(evenings=(council,))], [agent()]),
            [
                (
                    "amplitude",
                    am(4),
                    "prise de poste à 9 h au plus tôt (réunion jusqu'à 21 h : amplitude de 12 h)",
                )
            ],
        )
        council = Evening(MONDAY, time(19), time(20, 30))
        self.assertEqual(self.list_notices([request(evenings=(council,))], [agent()]), [])

    def test_a_long_way_at_noon_is_reported_once_from_fifteen_kilometres(self):
        asked = [request("R1", slots=(am(4), am(5))), request("R2", slots=(pm(4), pm(5)))]
        wanted = "15 km de R1 à R2 entre midi et deux : pause de 45 min à garantir"
        for km, expected in ((14, []), (15, [("travel", pm(4), wanted)])):
            values = {"distance": lambda one, other, _detour, km=km: km}
            self.assertEqual(self.list_notices(asked, [agent()], **values), expected)
        self.assertEqual(
            self.list_notices([request()], [agent()], distance=lambda one, other, _detour: 99), []
        )

    def test_other_days_than_those_asked_are_reported_once_a_day(self):
        asked = request(slots=(am(4), pm(4)), alternatives=((am(5), pm(5)),))
        found = self.list_notices([asked], [agent()], locked=given("R1", "A1", am(5)))
        self.assertEqual(found, [("other_days", None, "contre-proposition de jours : 05/01/2027")])

    def test_signature_of_civil_acts_for_the_agents_of_the_request_only(self):
        asked = [request("R1", civil_registry=True), request("R2", slots=(am(5),))]
        people = [
            agent("A1", civil_registry=True, pattern=weekly("lun:J")),
            agent("A2", pattern=weekly("mar:J")),
        ]
        self.list_notices(asked, people)
        self.assertEqual(
            [(one.request, one.agent, one.rule) for one in self.plan.notices],
            [("R1", "A1", "civil_registry")],
        )

    def test_what_was_not_understood_is_kept(self):
        found = self.list_notices([request(notes=("« demain » ?",))], [agent()])
        self.assertEqual(found, [("not_understood", None, "« demain » ?")])

    def test_more_than_an_hour_above_the_contract(self):
        """Seven hours on Monday: an hour above a contract of six is a matter of roads."""
        self.assertEqual(self.list_notices([request()], [agent(weekly_hours=6)]), [])
        self.assertEqual(self.list_notices([request()], [agent(weekly_hours=None)]), [])
        self.assertEqual(
            self.list_notices([request()], [agent(weekly_hours=5.5)]),
            [
                (
                    "part_time",
                    am(4),
                    "7 h de travail dans la semaine pour un contrat de 5 h 30",
                )
            ],
        )

    def test_each_week_by_itself(self):
        """A day a week for two weeks, then two days: the third week alone is too much."""
        asked = request(slots=(am(4), pm(4), am(11), pm(11), am(18), pm(18), am(19), pm(19)))
        found = self.list_notices([asked], [agent(weekly_hours=7)])
        self.assertEqual([slot for _rule, slot, _text in found], [am(18)])


class TestPlan(TestCase):
    def test_figures_of_a_plan(self):
        """Three half-days asked, one filled of the two that the only agent could do."""
        asked = request(slots=(am(4), pm(4), am(9)))
        case = problem([asked], [agent(pattern=weekly("lun:J"))])
        plan = Plan(given("R1", "A1", am(4)), 3, Board(case).bound)
        self.assertEqual((plan.filled, plan.bound, plan.gap), (1, 2, 0.5))
        self.assertEqual((plan.filled_of("R1"), plan.filled_of("R2")), (1, 0))
        self.assertEqual(Plan(bound=0).gap, 0)

    def test_a_plan_that_reaches_the_bound_is_the_best(self):
        case = problem([request(slots=(am(4), am(9)))], [agent()])
        self.assertTrue(greedy(case).optimal)
        self.assertEqual(greedy(case).bound, 1)
        late = [request("R1"), request("R2", skills={"EC": 1})]
        case = problem(late, [agent("A1", skills={"EC": 1}), agent("A2")])
        plan = greedy(case)
        self.assertEqual((plan.filled, plan.bound, plan.optimal), (2, 4, False))

    def test_the_bound_of_a_mission_that_may_not_be_shared(self):
        """A1 could do one half-day and A2 two: two, though three have somebody."""
        asked = request(slots=(am(4), am(5), am(6)), splittable=False)
        people = [agent("A1", pattern=weekly("lun:M")), agent("A2", pattern=weekly("mar-mer:M"))]
        self.assertEqual(Board(problem([asked], people)).bound, 2)
        shared = request(slots=(am(4), am(5), am(6)))
        self.assertEqual(Board(problem([shared], people)).bound, 3)

    def test_the_bound_without_agreement_is_what_was_locked(self):
        asked = request(agreement=False)
        case = problem([asked], [agent()], locked=given("R1", "A1", am(4)))
        self.assertEqual(Board(case).bound, 1)

    def test_as_plain_values(self):
        asked = request(category="B")
        people = [agent("A1", category="C"), agent("A2", category="B", pattern=weekly("lun:M"))]
        case = problem([asked], people)
        found = as_dict(case, greedy(case))
        self.assertEqual((found["requested"], found["filled"], found["bound"]), (2, 1, 1))
        self.assertEqual((found["solver"], found["optimal"]), ("greedy", True))
        self.assertEqual(
            found["assignments"],
            [{"request": "R1", "date": "2027-01-04", "half_day": "am", "agent": "A2"}],
        )
        (one,) = found["requests"]
        self.assertEqual((one["eligible"], one["requested"], one["filled"]), (["A2"], 2, 1))
        self.assertEqual([(s["agent"], s["rule"]) for s in one["stopped"]], [("A1", "category")])
        self.assertEqual(
            plain(one["why_unfilled"]),
            "1 demi-journée sans agent (04/01/2027). A2 : ne travaille pas ce jour-là (1).",
        )
        self.assertIsNone(found["message"])
