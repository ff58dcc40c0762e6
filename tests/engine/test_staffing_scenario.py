"""The 25 requests of the scenario, one test a case: who could, who could not, who goes."""

from collections import Counter
from unittest import TestCase

from staffing_cases import best_plan, board, expected, greedy_plan, plain, scenario

from engine.staffing import check, explain, near_misses


class TestCases(TestCase):
    def case(self, code, team=None):
        """Columns of the file; `team`: half-days of each agent in the best plan."""
        row = expected()[code]
        self.assertEqual(len(board().requests[code].slots), int(row["demi_journees"]))
        self.assertEqual("|".join(board().eligible[code]), row["agents_eligibles"])
        near = " | ".join(f"{a} : {why}" for a, why in near_misses(board(), code).items())
        self.assertEqual(plain(near), row["presque_eligibles_un_seul_motif"])
        self.assertEqual(greedy_plan().filled_of(code), int(row["pourvues_fil_de_l_eau"]))
        self.assertEqual(best_plan().filled_of(code), int(row["pourvues_optimum"]))
        count = Counter(one.agent for one in best_plan().assignments if one.request == code)
        if team is not None:
            self.assertEqual(dict(count), team)
        return count

    def slots(self, code):
        return sorted(o.half_day for o in best_plan().assignments if o.request == code)

    def why(self, code, plan=None):
        return plain(explain(board(), plan or best_plan(), code).text)

    def notices(self, code):
        return [plain(one.reason) for one in best_plan().notices if one.request == code]

    def test_r01_same_day_urgency(self):
        self.assertIn(self.case("R01").most_common()[0][0], ("A06", "A03"))

    def test_r02_next_day_leaves_the_tuesday_pair_alone(self):
        self.case("R02", {"A02": 2})

    def test_r03_long_maternity_avoids_the_trap(self):
        self.case("R03", {"A05": 124})

    def test_r04_two_communes_with_a_relief_during_leave(self):
        self.case("R04", {"A11": 7, "A01": 2})
        relief = [
            o.half_day.date.isoformat()
            for o in best_plan().assignments
            if (o.request, o.agent) == ("R04", "A01")
        ]
        self.assertEqual(relief, ["2026-12-22", "2026-12-29"])

    def test_r05_same_agent_as_the_neighbour_every_tuesday(self):
        self.case("R05", {"A11": 7, "A01": 2})
        who = {
            code: {o.half_day.date: o.agent for o in best_plan().assignments if o.request == code}
            for code in ("R04", "R05")
        }
        self.assertEqual(who["R04"], who["R05"])

    def test_r06_morning_far_from_the_afternoon(self):
        self.case("R06", {"A03": 3})

    def test_r07_lunch_to_guarantee_between_two_far_communes(self):
        self.case("R07", {"A03": 3})
        self.assertEqual(
            self.notices("R07"),
            ["29 km de Roncourt à Coin-sur-Seille entre midi et deux : pause de 45 min à garantir"],
        )

    def test_r08_wanted_agent_on_monday_and_tuesday(self):
        self.case("R08", {"A04": 8})

    def test_r09_same_agent_on_other_days(self):
        self.case("R09", {"A04": 8})
        self.assertEqual({slot.date.weekday() for slot in self.slots("R09")}, {2, 3})
        self.assertEqual(
            self.notices("R09"),
            ["contre-proposition de jours : 09/12/2026, 10/12/2026, 16/12/2026, 17/12/2026"],
        )
        self.assertEqual(
            self.why("R09", greedy_plan()),
            "8 demi-journées sans agent (07/12/2026, 08/12/2026, 14/12/2026, 15/12/2026)."
            " A04 : pris par R08 (8).",
        )

    def test_r10_skill_that_nobody_has(self):
        self.case("R10", {})
        self.assertEqual(
            self.why("R10"),
            "Compétence absente : personne n'a URB 3."
            " Logiciel absent : personne ne connaît CARTADS.",
        )

    def test_r11_part_time_agent_and_a_relay(self):
        self.case("R11", {"A09": 24, "A03": 2})

    def test_r12_agent_refused_after_a_conflict(self):
        self.case("R12", {"A01": 10, "A10": 16})

    def test_r13_conflict_of_interest_and_rest_after_a_council(self):
        self.case("R13", {"A05": 5})
        starts = {
            (o.half_day.date.isoformat(), o.half_day.half): f"{o.start:%H:%M}"
            for o in best_plan().assignments
            if o.request == "R13" and o.start
        }
        # The evening ends at 22:30: 12 hours of amplitude before, 11 hours of rest after.
        self.assertEqual(starts, {("2026-12-08", "am"): "10:30", ("2026-12-09", "am"): "09:30"})

    def test_r14_amended_request_with_a_gap(self):
        self.case("R14", {"A02": 60})
        slots = board().requests["R14"].slots
        fridays = [slot.date.isoformat() for slot in slots if slot.date.weekday() == 4]
        self.assertEqual(
            (len(fridays), min(fridays), max(fridays)), (16, "2027-01-08", "2027-02-26")
        )
        self.assertEqual(
            self.why("R14"),
            "4 demi-journées sans agent (29/12/2026, 31/12/2026). A02 : absent (4).",
        )

    def test_r15_early_end(self):
        self.case("R15", {"A04": 12})
        self.assertEqual(str(board().requests["R15"].slots[-1].date), "2027-01-20")

    def test_r16_cancelled_too_late_stays_asked(self):
        self.assertIn(self.case("R16").most_common()[0][0], ("A06", "A12", "A04"))

    def test_r17_vacancy_that_one_agent_can_fill(self):
        self.case("R17", {"A01": 122})
        self.assertIn("A01 : pris par R03 (88)", self.why("R17", greedy_plan()))

    def test_r18_category_a(self):
        self.case("R18", {"A10": 42})
        reasons = [plain(stop.reason) for stop in board().stops["R18"]["A01"]]
        self.assertIn("catégorie B (minimum A)", reasons)

    def test_r19_elections(self):
        self.case("R19", {"A03": 20})

    def test_r20_gap_reported_before_the_plan_is_saved(self):
        self.case("R20", {"A12": 14})
        self.assertEqual(
            self.why("R20"),
            "2 demi-journées sans agent (20/01/2027). A01 : pris par R17 (2) ;"
            " A12 : absent (2) ; A03 : ne travaille pas ce jour-là (2).",
        )

    def test_r21_civil_registry_needs_a_tenured_official(self):
        self.case("R21", {"A09": 18, "A03": 2})
        reasons = [plain(stop.reason) for stop in board().stops["R21"]["A06"]]
        self.assertEqual(
            reasons,
            [
                "compétence EC 2/3",
                "logiciel BL-EMAGNUS",
                "signature état civil réservée à un titulaire de la commune (contractuel)",
            ],
        )
        self.assertIn("R. 2122-10", self.notices("R21")[0])

    def test_r22_local_holidays(self):
        self.case("R22", {"A06": 16})
        days = {slot.date.isoformat() for slot in board().requests["R22"].slots}
        self.assertFalse(days & {"2027-03-26", "2027-03-29"})

    def test_r23_twelve_dates(self):
        self.case("R23", {"A07": 24})

    def test_r24_tutor_on_other_days(self):
        self.case("R24", {"A11": 12})
        self.assertEqual({slot.date.weekday() for slot in self.slots("R24")}, {3, 4})

    def test_r25_agreement_signed_meanwhile(self):
        self.case("R25")
        days = [slot.date.isoformat() for slot in board().requests["R25"].slots]
        self.assertEqual(days, ["2026-12-16", "2026-12-17", "2026-12-18"])


class TestTotals(TestCase):
    def test_order_of_arrival(self):
        plan = greedy_plan()
        self.assertEqual((plan.requested, plan.filled, plan.solver), (593, 465, "greedy"))
        full = sum(plan.filled_of(r.code) == len(r.slots) for r in scenario().requests)
        self.assertEqual(full, 19)

    def test_best(self):
        plan = best_plan()
        self.assertEqual((plan.requested, plan.filled, plan.bound), (593, 571, 571))
        self.assertTrue(plan.optimal)
        self.assertEqual(plan.gap, 0)
        full = sum(plan.filled_of(r.code) == len(r.slots) for r in scenario().requests)
        self.assertEqual(full, 22)

    def test_no_rule_is_broken(self):
        self.assertEqual(check(scenario(), greedy_plan()), [])
        self.assertEqual(check(scenario(), best_plan()), [])

    def test_an_absence_is_never_explained_by_health(self):
        texts = " ".join(explain(board(), greedy_plan(), code).text for code in board().requests)
        texts += " ".join(one.reason for one in greedy_plan().notices)
        self.assertNotIn("maladie", texts)
