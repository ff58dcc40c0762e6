"""The scenario of 25 requests and 12 agents, from the files to the plan."""

from pathlib import Path
from unittest.mock import patch

from odoo.exceptions import UserError
from odoo.tests import TransactionCase, tagged

from ...models.core.background_task import Watch
from ..services.service_case import on_paper
from .replacement_case import get_replacement_offer

FOLDER = Path(__file__).parents[1] / "fixtures" / "staffing"
FILES = [
    (name, (FOLDER / name).read_bytes())
    for name in ("replacement_agents.csv", "replacement_requests.csv")
]


@tagged("post_install", "-at_install")
class TestReplacementPlan(TransactionCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.env = cls.env(context=dict(cls.env.context, tracking_disable=True))
        cls.requests = cls.env["commune.replacement.request"]
        cls.csv_import = cls.env["commune.replacement.csv.import"]
        # The communes of the file, with their codes; the agents' homes are among them or not.
        asked = {}
        for row in FILES[1][1].decode().splitlines()[1:]:
            cells = row.split(",")
            asked[cells[4]] = cells[3]
        cls.communes = cls.env["res.partner"].create(
            [
                {"name": name, "is_company": True, "is_commune": True, "insee_code": code}
                for code, name in sorted(asked.items())
            ]
        )
        cls.env["agreement"].create(
            [
                {
                    "name": "Convention",
                    "commune_id": commune.id,
                    "state": "active",
                    "offer_ids": get_replacement_offer(cls).ids,
                    **on_paper("2026-01-15"),
                    "start_date": "2026-02-01",
                }
                for commune in cls.communes
            ]
        )
        lines = cls.csv_import._read_files(*FILES)
        cls.errors = [line for line in lines if line.change == "error"]
        cls.agents, cls.asked = cls.csv_import._apply_lines(lines)
        cls.by_code = {request.code: request for request in cls.asked}
        cls.agent = {agent.agent_code: agent for agent in cls.agents}

    def test_twelve_agents_and_25_requests_without_error(self):
        self.assertEqual(self.errors, [])
        self.assertEqual(len(self.agents), 12)
        self.assertEqual(len(self.asked), 25)
        self.assertEqual(sum(self.asked.mapped("slot_count")), 593)
        wednesday = {half for day, half in self.agent["A03"]._get_week() if day == 2}
        self.assertEqual(wednesday, set())

    def test_loading_the_files_again_changes_nothing(self):
        lines = self.csv_import._read_files(*FILES)
        self.assertEqual({line.change for line in lines}, {"changed", "known"})
        _agents, requests = self.csv_import._apply_lines(lines)
        self.assertFalse(requests)
        self.assertEqual(len(self.agent["A01"].employee_skill_ids), 9)

    def test_two_periods_of_exclusion_from_one_commune_are_both_kept(self):
        content = (
            "agent_id;communes_exclues\n"
            "A02;Peltre : conflit du 01/03/2027 au 10/03/2027 | Peltre : refus du 12/04/2027 au"
            " 30/04/2027\n"
        )
        for _time in range(2):
            self.csv_import._apply_lines(
                self.csv_import._read_files(("agents.csv", content.encode()))
            )
            found = self.agent["A02"].exclusion_ids.sorted("date_start")
            self.assertEqual(
                [(f"{one.date_start:%d/%m}", f"{one.date_end:%d/%m}") for one in found],
                [("01/03", "10/03"), ("12/04", "30/04")],
            )

    def test_a_wrong_cell_is_reported_and_nothing_is_written(self):
        content = FILES[1][1].replace(b"2026-12-01,2027-01-26", b"2026-13-01,2027-01-26")
        with self.assertRaisesRegex(UserError, "2026-13-01"):
            self.csv_import._read_files(None, ("demandes.csv", content))

    def test_greedy_fills_465_of_593(self):
        plan = self.requests.plan(self.asked, solver="greedy")
        self.assertEqual((plan["requested"], plan["filled"]), (593, 465))
        self.assertEqual(set(self.asked.slot_ids.mapped("state")), {"open"})

    def test_the_best_plan_fills_571_of_593(self):
        """The bound of the scenario; the time allowed is wide, the search takes seconds."""
        plan = self.requests.plan(self.asked, solver="cpsat", seconds=120)
        self.assertEqual((plan["requested"], plan["filled"]), (593, 571))

    def test_a_search_that_runs_is_stopped_and_the_best_so_far_is_kept(self):
        """Somebody presses “Stop” as soon as a first count is shown."""
        progress = []
        plan = self._plan(solver="cpsat", seconds=600)
        with (
            patch.object(
                Watch, "update", lambda watch, figures: progress.append(figures["filled"])
            ),
            patch.object(Watch, "is_stopped", lambda watch: bool(progress)),
            self.enter_registry_test_mode(),
        ):
            self.env.ref("commune_relations.ir_cron_work_replacement_plans").method_direct_trigger()
        plan.invalidate_recordset()
        self.assertEqual((plan.state, plan.stop_asked), ("done", False))
        self.assertTrue(progress)
        self.assertGreaterEqual(plan.filled, 465)
        self.assertEqual(sum(plan.line_ids.mapped("half_day_count")), plan.filled)

    def test_the_search_is_informed_that_its_plan_is_gone(self):
        self.assertTrue(Watch(self.env["commune.replacement.plan"].browse(2**31 - 1)).is_stopped())

    def _plan(self, **values):
        plan = self.env["commune.replacement.plan"].create(
            {"date_start": "2026-12-01", "date_end": "2027-06-30", **values}
        )
        plan.action_compute()
        return plan

    def test_the_same_agent_for_two_communes_in_one_action(self):
        """E2: R04 and R05, Tuesday morning and afternoon; R06 and R07, Thursday."""
        for first, other, agent, counts in (
            ("R04", "R05", "A01", (9, 9)),
            ("R06", "R07", "A03", (3, 3)),
        ):
            with self.subTest(first=first):
                wizard = self.env["commune.replacement.pair"].create(
                    {"request_id": self.by_code[first].id, "other_id": self.by_code[other].id}
                )
                self.assertIn(self.by_code[other], wizard.possible_ids)
                wizard.action_look()
                line = wizard.line_ids[0]
                self.assertEqual(line.employee_id, self.agent[agent])
                self.assertEqual((line.first_count, line.other_count), counts)
                line.action_choose()
                pair = self.by_code[first] | self.by_code[other]
                self.assertEqual(pair.slot_ids.employee_id, self.agent[agent])
                self.assertEqual(pair.mapped("filled_count"), list(counts))
                self.assertEqual(len(pair.proposal_ids), 2)

    def test_two_requests_of_the_same_half_days_are_no_pair(self):
        """R08 and R09 ask for the same Mondays and Tuesdays."""
        self.assertNotIn(self.by_code["R09"], self.by_code["R08"]._find_other_halves())

    def test_trainings_are_ranked_by_the_half_days_they_unlock(self):
        plan = self._plan(solver="greedy")
        counts = plan.learning_ids.mapped("half_day_count")
        self.assertTrue(counts)
        self.assertEqual(counts, sorted(counts, reverse=True))
        self.assertLessEqual(counts[0], sum(plan.unfilled_ids.mapped("missing")))
        first = plan.learning_ids[0]
        self.assertIn(f"{first.employee_id.name} ({first.half_day_count})", first.agent_text)
        unfilled = {f"{r.commune_id.name} ({r.name})" for r in plan.unfilled_ids.request_id}
        self.assertLessEqual(set(first.request_text.split(", ")), unfilled)

    def test_candidates_of_r17_with_the_exact_rules(self):
        """M4: A01 eligible, A05 stopped by civil registry 0/2, A11 by the software, in words."""
        found = {c["agent"].agent_code: c for c in self.by_code["R17"]._get_candidates()}
        self.assertEqual([code for code, c in found.items() if c["eligible"]], ["A01"])
        self.assertIn("Civil registry (without the acts) 0/2", found["A05"]["text"])
        software = self.env["commune.software"]._by_code()["BL-EMAGNUS"]
        software.name = "Logiciel de la mairie"
        found = {c["agent"].agent_code: c for c in self.by_code["R17"]._get_candidates()}
        self.assertIn("Logiciel de la mairie", found["A11"]["text"])
        text = " ".join(c["text"] + c["words"] for c in found.values())
        self.assertNotRegex(text, r"\b[AR][0-9]{2}\b|\bEC\b|BL-EMAGNUS")

    def test_choosing_a01_for_r03_shows_what_r17_loses(self):
        found = {c["agent"].agent_code: c for c in self.by_code["R03"]._get_candidates()}
        agent, asked = self.agent["A05"], self.by_code["R17"]
        self.assertEqual(
            found["A01"]["text"],
            f"{asked.commune_id.name} ({asked.name}) perdrait 88 demi-journées, {agent.name}"
            " convient",
        )
        self.assertEqual(found["A05"]["text"], "")

    def test_an_excluded_agent_is_refused_with_the_reason(self):
        """M5: A05 never goes to Vernéville (R12), nor A08 to Peltre (R13)."""
        for code, agent in (("R12", "A05"), ("R13", "A08")):
            request = self.by_code[code]
            with self.subTest(code=code), self.assertRaisesRegex(UserError, "exclusion"):
                request._assign(self.agent[agent], request.slot_ids)

    def test_overlap_is_refused_wednesday_is_accepted(self):
        """M6: A04 holds the Mondays of R08; R09 has the same Mondays."""
        first, second = self.by_code["R08"], self.by_code["R09"]
        first._assign(self.agent["A04"], first.slot_ids)
        with self.assertRaisesRegex(UserError, f"Marieulles .{first.name}"):
            second._assign(self.agent["A04"], second.slot_ids[:1])
        second.slot_ids[0].write({"date": "2026-12-09", "half_day": "am"})  # a Wednesday
        proposal = second._assign(self.agent["A04"], second.slot_ids[0])
        self.assertEqual(second.slot_ids[0].state, "held")
        self.assertEqual(proposal.employee_id, self.agent["A04"])

    def test_civil_registry_is_not_signed_by_a_contract_agent(self):
        """M10: R21 with A06 is refused; with A09 the legal check comes before the start."""
        request = self.by_code["R21"]
        with self.assertRaisesRegex(UserError, "contractuel"):
            request._assign(self.agent["A06"], request.slot_ids[:1])
        proposal = request._assign(self.agent["A09"], request.slot_ids[:1])
        proposal._answer("agent", True, None)
        proposal._answer("commune", True, None)
        with self.assertRaisesRegex(UserError, "R2122-10"):
            proposal.mission_id.action_confirm()
        proposal.mission_id.legal_check_done = True
        proposal.mission_id.access_ids.state = "open"
        proposal.mission_id.action_confirm()
        self.assertEqual(proposal.mission_id.state, "confirmed")

    def test_leaves_of_the_working_calendar_stop_an_agent(self):
        """A02 is away from 28 December: R14 has 4 half-days on the 29th and the 31st."""
        request = self.by_code["R14"]
        days = request.slot_ids.filtered(lambda s: str(s.date) == "2026-12-29")
        self.assertEqual(len(days), 2)
        with self.assertRaisesRegex(UserError, "absent"):
            request._assign(self.agent["A02"], days)
        leave = self.env["resource.calendar.leaves"].search(
            [("resource_id", "=", self.agent["A08"].resource_id.id)]
        )
        self.assertNotIn("maladie", leave.mapped("name")[0].lower())

    def test_the_rest_after_an_evening_council_is_checked(self):
        """M7: council until 22:30 on the 8th: the 9th does not start at 8:30."""
        plan = self.requests.plan(self.by_code["R13"], solver="greedy")
        rest = [n for n in plan["notices"] if n["rule"] == "rest" and n["date"] == "2026-12-09"]
        self.assertEqual(len(rest), 1)
        self.assertIn("9 h 30", rest[0]["reason"].replace("\xa0", " "))
