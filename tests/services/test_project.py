"""Projects of services: gates, simulation, and needs that feed ideas."""

import io

from openpyxl import load_workbook

from odoo.exceptions import UserError
from odoo.fields import Command
from odoo.tests import tagged

from ..common import CommuneCase
from ..requests.request_case import get_request_records

EVIDENCE = [
    # step, what lets it pass
    ("idea", {"description": "<p>Une brigade.</p>"}),
    ("need", {"survey_ref": "Enquête de mai", "volume": "2 communes"}),
    ("legal", {"legal_note": "Convention L. 5215-27"}),
    ("price", {"yearly_cost": 1000}),
    ("pilot", {"pilot_start": "2026-09-01", "pilot_end": "2026-12-31", "pilot_result": "Utile"}),
    ("decision", {"decision": "go", "decision_date": "2027-01-10", "decision_by": "COPIL"}),
    ("launch", {"launch_ref": "2027-02-01-3", "launch_date": "2027-03-01"}),
    ("review", {"review_note": "Deux communes, satisfaites"}),
]


@tagged("post_install", "-at_install")
class TestProject(CommuneCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.project = cls.env["commune.service.project"].create({"name": "Police partagée"})

    def test_each_gate_refuses_then_lets_pass(self):
        project = self.project.with_user(self.officer)
        for step, values in EVIDENCE:
            with self.subTest(step=step):
                self.assertEqual(project.stage, step)
                with self.assertRaisesRegex(UserError, "Missing"):
                    project.action_next()
                project.write({**values, **self._get_links(step)})
                project.action_next()
        self.assertEqual(project.stage, "done")
        self.assertEqual(str(project.review_date), "2027-09-01")
        self.assertEqual(project.service_id.state, "study")
        self.assertEqual(project.service_id.commune_ids, self.commune_b)

    def _get_links(self, step):
        if step == "idea":
            return {
                "department_id": self.env["helpdesk.ticket.team"]._get_desk().id,
                "family_id": self.env.ref("commune_relations.service_family_prevention").id,
            }
        if step == "need":
            return {"interested_commune_ids": [Command.set(self.commune_a.ids)]}
        if step == "legal":
            return {"legal_basis_id": self.env.ref("commune_relations.legal_basis_l5214_16_1").id}
        if step == "price":
            scenario = self.env["commune.service.scenario"].create(
                {"project_id": self.project.id, "name": "Gratuit"}
            )
            return {
                "scenario_id": scenario.id,
                "pilot_commune_ids": [Command.set(self.commune_b.ids)],
                "pilot_start": "2026-09-01",
            }
        return {"decision_note": "Besoin confirmé"} if step == "decision" else {}

    def test_a_pilot_is_not_opened_without_its_communes(self):
        scenario = self.env["commune.service.scenario"].create(
            {"project_id": self.project.id, "name": "Gratuit"}
        )
        self.project._pass_to("price")
        self.project.write({"yearly_cost": 10, "scenario_id": scenario.id})
        with self.assertRaisesRegex(UserError, "Pilot communes"):
            self.project.action_next()

    def test_a_shared_service_needs_the_committee(self):
        self.project.family_id = self.env.ref("commune_relations.service_family_prevention")
        self.project._pass_to("legal")
        self.project.write(
            {
                "legal_basis_id": self.env.ref("commune_relations.legal_basis_l5211_4_2").id,
                "legal_note": "Service commun",
            }
        )
        with self.assertRaisesRegex(UserError, "Opinion of the staff committee"):
            self.project.action_next()

    def test_the_kanban_does_not_jump_over_gates(self):
        with self.assertRaisesRegex(UserError, "one after the other"):
            self.project.stage = "launch"
        with self.assertRaisesRegex(UserError, "Missing"):
            self.project.stage = "need"
        self.assertEqual(self.project.stage, "idea")

    def test_a_no_go_drops_the_project(self):
        self.project._pass_to("decision")
        self.project.write(
            {
                "decision": "no_go",
                "decision_date": "2027-01-01",
                "decision_by": "COPIL",
                "decision_note": "Trop cher",
            }
        )
        with self.assertRaisesRegex(UserError, "no go"):
            self.project.action_next()
        self.project.action_drop()
        self.assertEqual(self.project.stage, "dropped")

    def test_the_simulation_against_a_calculation_by_hand(self):
        """Aubrive 4,200 inhabitants, Bellefontaine 640; the part per unit is an estimate."""
        self.project.write(
            {
                "yearly_cost": 5000,
                "interested_commune_ids": [Command.set(self.commune_a.ids)],
                "scenario_ids": [
                    Command.create({"name": "Habitant", "kind": "inhabitant", "unit": 0.5}),
                    Command.create(
                        {
                            "name": "Mixte",
                            "kind": "fixed_variable",
                            "fixed": 100,
                            "unit": 20,
                            "quantity": 5,
                        }
                    ),
                    Command.create(
                        {
                            "name": "Tranches",
                            "kind": "band",
                            "band_ids": [
                                Command.create({"population_from": 0, "amount": 300}),
                                Command.create({"population_from": 3500, "amount": 900}),
                            ],
                        }
                    ),
                ],
            }
        )
        simulation = self.project.get_simulation()
        amounts = {row["name"]: row["amounts"] for row in simulation["rows"]}
        # 4.2 × 5 × 20 = 420; 0.64 × 5 × 20 = 64
        self.assertEqual(amounts["Aubrive"], [2100, 520, 900])
        self.assertEqual(amounts["Bellefontaine"], [320, 164, 300])
        self.assertEqual(simulation["scenarios"][0]["total"], 2420)
        self.assertEqual(simulation["scenarios"][0]["interested_total"], 2100)
        # 2100 / 5000
        self.assertEqual(self.project.scenario_ids[0].coverage, 0.42)
        report = self.env["report.commune_relations.service_simulation_xlsx"]
        content, _kind = report.create_xlsx_report(self.project.ids, {})
        page = load_workbook(io.BytesIO(content)).worksheets[0]
        found = {row[0].value: row[5].value for row in page.iter_rows(min_row=3)}
        self.assertEqual((found["Aubrive"], found["Bellefontaine"]), (520, 164))

    def test_the_workbook_says_its_legal_basis_and_heads_its_printed_pages(self):
        report = self.env["report.commune_relations.service_simulation_xlsx"]

        def read():
            content, _kind = report.create_xlsx_report(self.project.ids, {})
            return load_workbook(io.BytesIO(content)).worksheets

        self.project.legal_basis_id = False
        self.assertIn("Legal basis: not chosen yet", read()[0]["A1"].value)
        self.project.legal_basis_id = self.env.ref("commune_relations.legal_basis_l5211_4_1")
        for page in read()[:2]:
            self.assertIn("L. 5211-4-1", page["A1"].value.replace("\N{NO-BREAK SPACE}", " "))
            self.assertEqual(page.oddHeader.right.text, self.project.name)
            self.assertIn(self.epci.name, page.oddHeader.left.text)
            self.assertTrue(page.print_title_rows)

    def test_without_a_commune_interested_the_receipts_of_all_are_counted(self):
        self.project.write(
            {
                "yearly_cost": 4840,
                "scenario_ids": [
                    Command.create({"name": "Habitant", "kind": "inhabitant", "unit": 0.5})
                ],
            }
        )
        simulation = self.project.get_simulation()
        self.assertTrue(simulation["notice"])
        (scenario,) = simulation["scenarios"]
        self.assertEqual((scenario["total"], scenario["interested_total"]), (2420, None))
        self.assertEqual(self.project.scenario_ids.coverage, 0.5)
        report = self.env["report.commune_relations.service_simulation_xlsx"]
        content, _kind = report.create_xlsx_report(self.project.ids, {})
        book = load_workbook(io.BytesIO(content), data_only=True)
        self.assertIn(simulation["notice"], book.worksheets[0]["A1"].value)
        # The receipts of all, none of the communes interested, and the same part as on the form.
        last = [cell.value for cell in list(book.worksheets[1].rows)[-1]]
        self.assertEqual(last[2:], [2420, None, 0.5])
        # 2420 / 4840 inhabitants in the line of totals
        self.assertEqual(list(book.worksheets[0].rows)[-1][4].value, 0.5)
        self.project.interested_commune_ids = self.commune_a
        self.assertFalse(self.project.get_simulation()["notice"])

    def test_a_commune_without_a_known_population_has_no_amount(self):
        self.commune_b.population = 0
        self.project.scenario_ids = [
            Command.create({"name": "Habitant", "kind": "inhabitant", "unit": 0.5})
        ]
        simulation = self.project.get_simulation()
        amounts = {row["name"]: row["amounts"] for row in simulation["rows"]}
        self.assertEqual(amounts["Bellefontaine"], [None])
        self.assertEqual(simulation["scenarios"][0]["total"], 2100)
        self.assertIn("–", self.project.simulation_table)

    def test_needs_join_the_project_about_the_same_thing(self):
        feed = self.env["commune.service.project"]._feed
        first = feed("replacement", "ADS", self.commune_a)
        same = feed("survey", " ads ! ", self.commune_b)
        other = feed("meeting", "Cimetières", self.commune_b)
        self.assertEqual(first, same)
        self.assertNotEqual(first, other)
        self.assertEqual(first.asking_commune_ids, self.commune_a | self.commune_b)
        self.assertEqual((first.stage, first.need_count), ("idea", 2))

    def test_a_need_does_not_wake_a_dropped_project(self):
        feed = self.env["commune.service.project"]._feed
        first = feed("meeting", "Cimetières", self.commune_a)
        first.decision_note = "Autre priorité"
        first.action_drop()
        self.assertNotEqual(feed("meeting", "cimetieres", self.commune_b), first)

    def test_a_request_feeds_an_idea_once(self):
        request = get_request_records(self)["request_a"].with_user(self.officer)
        first = request.action_feed_idea()
        again = request.action_feed_idea()
        self.assertEqual(first["res_id"], again["res_id"])
        project = self.env["commune.service.project"].browse(first["res_id"])
        self.assertEqual(project.need_ids.ticket_id, request)
        self.assertEqual(project.asking_commune_ids, self.commune_a)
