"""Amounts of the subscriptions, the matrix and its workbook, the alert at 80 %."""

import io
import re
from decimal import Decimal

from openpyxl import load_workbook

from odoo.exceptions import AccessError
from odoo.fields import Command
from odoo.tests import freeze_time, tagged

from ..common import CommuneCase
from ..core.pdf_reading import Pdf
from .service_case import make_agreement, make_offer, make_service, on_paper


@tagged("post_install", "-at_install")
class TestServiceCost(CommuneCase):
    """Aubrive (4,200 inhabitants) and Bellefontaine (640)."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.service = make_service(cls)

    def test_each_model_against_a_calculation_by_hand(self):
        bands = [(0, 400), (1000, 900), (3500, 2400.5)]
        cases = [
            # price, what the commune used, amount of 2026 from 1 July on (184 days of 365)
            ({"kind": "free"}, 3, "0"),
            # 4200 × 0.5 × 184 / 365 = 1058.63
            ({"kind": "inhabitant", "unit": 0.5}, 0, "1058.63"),
            # 2.5 × 252.30 = 630.75
            ({"kind": "unit", "unit": 252.3}, 2.5, "630.75"),
            # 2400.50 × 184 / 365 = 1210.1150…
            ({"kind": "band", "bands": bands}, 0, "1210.12"),
            # 300 × 184 / 365 = 151.2328… → 151.23; 4 × 27.10 = 108.40
            ({"kind": "fixed_variable", "fixed": 300, "unit": 27.1}, 4, "259.63"),
            # 1.8 % of 48,333.33 = 869.99994
            ({"kind": "works", "rate": 1.8}, 48333.33, "870.00"),
            # 1500 × 184 / 365 = 756.1643…
            ({"kind": "compensation", "fixed": 1500}, 0, "756.16"),
        ]
        for rank, (price, used, amount) in enumerate(cases):
            offer = make_offer(self, self.service, f"Offre {rank}", unit_name="jour", **price)
            line = self._subscribe(self.commune_a, offer, "2026-07-01")
            if used:
                self._use(line, "2026-09-01", used)
            with self.subTest(kind=price["kind"]):
                cost = line._get_costs(2026)[line.id]["actual"]
                self.assertEqual(cost.total, Decimal(amount))

    def test_a_price_that_changes_in_the_year(self):
        offer = make_offer(self, self.service, kind="inhabitant", unit=0.4)
        offer.price_ids.date_end = "2026-03-31"
        self.env["commune.service.price"].create(
            {"offer_id": offer.id, "kind": "inhabitant", "unit": 0.5, "date_start": "2026-04-01"}
        )
        line = self._subscribe(self.commune_b, offer, "2024-01-01")
        # 256 × 90 / 365 = 63.12; 320 × 275 / 365 = 241.10
        self.assertEqual(line._get_costs(2026)[line.id]["actual"].total, Decimal("304.22"))

    def test_the_population_of_the_year(self):
        offer = make_offer(self, self.service, kind="inhabitant", unit=1)
        line = self._subscribe(self.commune_b, offer, "2024-01-01")
        self.env["commune.service.population"]._freeze(2025)
        self.commune_b.population = 700
        totals = [line._get_costs(year)[line.id]["actual"].total for year in (2025, 2026)]
        self.assertEqual(totals, [Decimal(640), Decimal(700)])

    def test_an_amount_of_its_own_charged_to_the_compensation(self):
        offer = make_offer(self, self.service, kind="compensation", fixed=1500)
        line = self._subscribe(self.commune_b, offer, "2024-01-01")
        line.write({"has_compensation": True, "compensation": 1234.56})
        self.assertEqual(line._get_costs(2026)[line.id]["actual"].total, Decimal("1234.56"))

    @freeze_time("2026-11-25")
    def test_the_referent_is_notified_once_that_80_percent_is_used(self):
        offer = make_offer(self, self.service, kind="unit", unit=10, unit_name="jour")
        line = self._subscribe(self.commune_a, offer, "2026-01-01")
        line.forecast_quantity = 10
        self._use(line, "2026-02-01", 7.99)
        self.assertFalse(line.activity_ids)
        self._use(line, "2026-03-01", 0.01)
        self.assertEqual(line.activity_ids.user_id, self.referent)
        self.assertIn("80", line.activity_ids.summary)
        self._use(line, "2026-04-01", 5)
        self.assertEqual(len(line.activity_ids), 1)

    @freeze_time("2026-11-25")
    def test_the_use_of_last_year_does_not_count(self):
        offer = make_offer(self, self.service, kind="unit", unit=10, unit_name="jour")
        line = self._subscribe(self.commune_a, offer, "2025-01-01")
        line.forecast_quantity = 10
        self._use(line, "2025-12-31", 9)
        self.assertFalse(line.activity_ids)
        self.assertEqual(line.used_quantity, 0)

    def test_the_matrix_adds_up(self):
        flat = make_offer(self, self.service, "Forfait", kind="band", bands=[(0, 100), (1000, 300)])
        head = make_offer(self, self.service, "Habitant", kind="inhabitant", unit=0.5)
        self._subscribe(self.commune_a, flat, "2026-01-01")
        self._subscribe(self.commune_b, flat, "2026-01-01")
        self._subscribe(self.commune_a, head, "2026-01-01")
        matrix = self.env["commune.service.matrix"].with_user(self.reader).get_matrix(2026)
        rows = {row["id"]: row for row in matrix["communes"]}
        self.assertEqual(rows[self.commune_a.id]["actual"], 2400)
        self.assertEqual(rows[self.commune_b.id]["actual"], 100)
        # 2400 / 4200 = 0.571…
        self.assertEqual(rows[self.commune_a.id]["actual_per_inhabitant"], 0.57)
        columns = {offer["id"]: offer for offer in matrix["offers"]}
        self.assertEqual((columns[flat.id]["count"], columns[flat.id]["actual"]), (2, 400))
        self.assertEqual(matrix["totals"]["actual"], 2500)
        self.assertFalse(matrix["can_edit"])
        self.assertIn(f"{self.commune_b.id}-{flat.id}", matrix["cells"])
        self.assertNotIn(f"{self.commune_b.id}-{head.id}", matrix["cells"])

    def test_a_part_of_a_year_expects_its_part_everywhere(self):
        """From 1 July 2026, 184 days of 365: the agreement, the subscription, the matrix and the
        statement agree."""
        offer = make_offer(
            self, self.service, kind="fixed_variable", fixed=300, unit=27.1, unit_name="jour"
        )
        agreement = make_agreement(
            self,
            self.commune_a,
            offer,
            start_date="2026-07-01",
            end_date="2030-12-31",
            forecast_ids=[Command.create({"offer_id": offer.id, "quantity": 20})],
        )
        line = self._subscribe(self.commune_a, offer, "2026-07-01")
        line.forecast_quantity = 20
        matrix = self.env["commune.service.matrix"].get_matrix(2026)
        cell = matrix["cells"][f"{self.commune_a.id}-{offer.id}"]
        costs = self.env["commune.service.year"]._get_service_costs(self.commune_a, 2026)
        # 300 × 184 / 365 = 151.23; 20 × 27.10 × 184 / 365 = 273.2273…
        self.assertEqual(
            {
                "deliberation": float(
                    agreement.env["commune.service.year"]._get_expected_costs(agreement)[
                        agreement.id
                    ]["first"]
                ),
                "matrix": cell["forecast"],
                "statement": costs["forecast"],
            },
            dict.fromkeys(("deliberation", "matrix", "statement"), 424.46),
        )
        # 20 × 184 / 365 = 10.082…
        self.assertEqual((cell["expected"], costs["lines"][0]["expected"]), (10.08, 10.08))

    def test_two_subscriptions_of_a_year_expect_what_one_would(self):
        offer = make_offer(self, self.service, kind="unit", unit=10, unit_name="jour")
        before = self._subscribe(self.commune_a, offer, "2026-01-01")
        before.write({"date_end": "2026-06-30", "forecast_quantity": 36.5})
        self._subscribe(self.commune_a, offer, "2026-07-01").forecast_quantity = 36.5
        matrix = self.env["commune.service.matrix"].get_matrix(2026)
        cell = matrix["cells"][f"{self.commune_a.id}-{offer.id}"]
        # 18.1 and 18.4 days
        self.assertEqual((cell["expected"], cell["forecast"]), (36.5, 365))
        self.assertEqual(
            self.env["commune.service.year"]._get_service_costs(self.commune_a, 2026)["forecast"],
            365,
        )

    @freeze_time("2026-11-25")
    def test_the_alert_looks_at_the_part_of_the_year(self):
        offer = make_offer(self, self.service, kind="unit", unit=10, unit_name="jour")
        line = self._subscribe(self.commune_a, offer, "2026-07-01")
        line.forecast_quantity = 36.5  # 18.4 for the 184 days: 80 % are 14.72
        self._use(line, "2026-08-01", 14.71)
        self.assertFalse(line.activity_ids)
        self._use(line, "2026-09-01", 0.01)
        self.assertEqual(len(line.activity_ids), 1)

    def test_a_population_that_nobody_knows_has_no_amount(self):
        offer = make_offer(self, self.service, kind="band", bands=[(0, 180), (1000, 300)])
        self.commune_b.population = 0
        line = self._subscribe(self.commune_b, offer, "2026-01-01")
        for cost in (
            line._get_costs(2026)[line.id]["actual"],
            line._get_costs(2026)[line.id]["forecast"],
        ):
            self.assertEqual((cost.total, cost.unpriced_days), (0, 365))
        self.assertEqual(offer.price_ids._describe_for(0), "")

    def test_what_is_withheld_has_its_own_line_in_the_statement_and_the_matrix(self):
        withheld = make_offer(self, self.service, "Retenue", kind="compensation", fixed=365)
        paid = make_offer(self, self.service, "Payée", kind="unit", unit=12.5, unit_name="jour")
        self._subscribe(self.commune_a, withheld, "2026-07-01")
        self._use(self._subscribe(self.commune_a, paid, "2026-01-01"), "2026-03-02", 4)
        costs = self.env["commune.service.year"]._get_service_costs(self.commune_a, 2026)
        totals = {name: costs[name] for name in ("actual", "actual_due", "actual_withheld")}
        # 184 days at one euro; 4 × 12.50
        self.assertEqual(totals, {"actual": 234, "actual_due": 50, "actual_withheld": 184})
        matrix = self.env["commune.service.matrix"].get_matrix(2026)
        row = next(row for row in matrix["communes"] if row["id"] == self.commune_a.id)
        self.assertEqual({name: row[name] for name in totals}, totals)
        self.assertEqual(row["forecast_withheld"], 184)

    def test_the_statement_lists_the_uses_and_their_unit_cost(self):
        """Two at 10 euros before July, three at 12.50 after it."""
        self.service.legal_basis_id = self.env.ref("commune_relations.legal_basis_l5211_4_1")
        offer = make_offer(self, self.service, kind="unit", unit=10, unit_name="jour")
        offer.price_ids.date_end = "2026-06-30"
        self.env["commune.service.price"].create(
            {"offer_id": offer.id, "kind": "unit", "unit": 12.5, "date_start": "2026-07-01"}
        )
        line = self._subscribe(self.commune_a, offer, "2026-01-01")
        self._use(line, "2026-08-03", 3)
        self._use(line, "2026-02-02", 2).description = "Accueil du public"
        report = self.env["report.commune_relations.service_year"]
        values = report._get_report_values(self.commune_a.ids, {"year": 2026})
        (shown,) = values["used_lines"]
        self.assertEqual(
            [(str(use["date"]), use["object"], use["quantity"]) for use in shown["uses"]],
            [("2026-02-02", "Accueil du public", 2), ("2026-08-03", "", 3)],
        )
        counts = [(count["quantity"], count["base"], count["amount"]) for count in shown["counts"]]
        self.assertEqual(counts, [(2, 10, 20), (3, 12.5, 37.5)])
        self.assertEqual(values["costs"]["actual_due"], 57.5)
        self.assertIn(offer.display_name, values["unit_cost_note"])
        self.assertIn("D. 5211-16", values["unit_cost_note"])
        self.assertEqual(values["cost_heading"], "Unit cost")
        # Without that basis, the same figures are a price.
        self.service.legal_basis_id = self.env.ref("commune_relations.legal_basis_l5214_16_1")
        values = report._get_report_values(self.commune_a.ids, {"year": 2026})
        html = str(self.env["ir.qweb"]._render("commune_relations.service_year", values))
        self.assertIn("Units of the year × price", html)
        self.assertNotIn("unit cost", html.lower())

    def test_a_convention_is_named_where_there_is_one(self):
        withheld = make_offer(self, self.service, "Retenue", kind="compensation", fixed=365)
        paid = make_offer(self, self.service, "Payée", kind="unit", unit=12.5, unit_name="jour")
        retained = self._subscribe(self.commune_a, withheld, "2026-01-01")
        line = self._subscribe(self.commune_a, paid, "2026-01-01")
        line.forecast_quantity = 4
        report = self.env["report.commune_relations.service_year"]

        def draw():
            values = report._get_report_values(self.commune_a.ids, {"year": 2026})
            return str(self.env["ir.qweb"]._render("commune_relations.service_year", values))

        html = draw()
        self.assertNotIn("Foreseen by the convention", html)
        self.assertEqual(html.count("Without convention"), 1)
        agreement = self.env["agreement"].create(
            {
                "name": "Services",
                "code": "CV-7",
                "commune_id": self.commune_a.id,
                "start_date": "2026-01-01",
            }
        )
        (retained | line).sudo().agreement_id = agreement
        self.assertNotIn("CV-7", draw())  # nobody has signed it
        agreement.sudo().write({"state": "active", **on_paper("2025-12-20")})
        html = draw()
        self.assertIn("Foreseen by the convention", html)
        self.assertEqual(html.count("Convention: CV-7"), 2)
        self.assertNotIn("Without convention", html)

    def test_a_commune_without_service_has_no_line_about_amounts(self):
        self.commune_a.write({"population": 900, "population_year": 2022})
        report = self.env["report.commune_relations.service_year"]
        empty = report._get_report_values(self.commune_a.ids, {"year": 2026})
        self.assertFalse(empty["per_head"] or empty["population_source"])
        html = str(self.env["ir.qweb"]._render("commune_relations.service_year", empty))
        self.assertNotIn("due by days", html)
        offer = make_offer(self, self.service, kind="unit", unit=10, unit_name="jour")
        self._use(self._subscribe(self.commune_a, offer, "2026-01-01"), "2026-02-02", 2)
        found = report._get_report_values(self.commune_a.ids, {"year": 2026})
        self.assertTrue(found["per_head"])
        self.assertIn("2022", found["population_source"])  # in force on 1 January 2025
        self.assertIn("2025", found["population_source"])

    def test_d5211_16_is_not_cited_for_another_basis(self):
        for basis in (False, self.env.ref("commune_relations.legal_basis_l5214_16_1")):
            self.service.legal_basis_id = basis
            offer = make_offer(self, self.service, f"{basis}", kind="unit", unit=10)
            self._subscribe(self.commune_a, offer, "2026-01-01")
        report = self.env["report.commune_relations.service_year"]
        values = report._get_report_values(self.commune_a.ids, {"year": 2026})
        self.assertFalse(values["unit_cost_note"])

    def test_the_matrix_of_one_family(self):
        other = make_service(
            self, "Carte", family=self.env.ref("commune_relations.service_family_digital")
        )
        offer, hidden = make_offer(self, other, "SIG"), make_offer(self, self.service, "Avis")
        matrix = self.env["commune.service.matrix"].get_matrix(2026, other.family_id.id)
        shown = [column["id"] for column in matrix["offers"]]
        self.assertIn(offer.id, shown)
        self.assertNotIn(hidden.id, shown)

    def test_the_matrix_is_not_for_the_portal(self):
        self.assertTrue(self.env["commune.service.matrix"].with_user(self.officer).get_matrix())
        with self.assertRaises(AccessError):
            self.env["commune.service.matrix"].with_user(self.employee).get_matrix()

    def test_a_thousand_communes_cost_as_many_queries_as_ten(self):
        self._fill(10)
        few = self._count_queries()
        self._fill(1000)
        self.assertEqual(self._count_queries(), few)

    def test_the_workbook_says_the_same(self):
        offer = make_offer(self, self.service, "Forfait", kind="band", bands=[(0, 100)])
        self._subscribe(self.commune_a, offer, "2026-01-01")
        report = self.env["report.commune_relations.service_matrix_xlsx"]
        content, _kind = report.create_xlsx_report([], {"year": 2026})
        book = load_workbook(io.BytesIO(content))
        page = book.worksheets[1]
        header = [cell.value for cell in page[2]]
        column = header.index(offer.display_name)
        found = {row[0].value: row[column].value for row in page.iter_rows(min_row=3)}
        self.assertEqual((found["Aubrive"], found["Bellefontaine"]), (100, None))
        self.assertEqual(len(book.worksheets[-1]._charts), 3)

    @freeze_time("2026-11-25")
    def test_the_totals_of_the_workbook_keep_two_flows_separate(self):
        """2100 to pay, 320 withheld; (2100 + 320) / 4840 inhabitants = 0.50."""
        self.env["commune.service.subscription"].search([]).active = False
        offer = make_offer(self, self.service, "Tête", kind="inhabitant", unit=0.5)
        self._subscribe(self.commune_a, offer, "2026-01-01")
        withheld = make_offer(self, self.service, "Retenue", kind="compensation", fixed=320)
        self._subscribe(self.commune_b, withheld, "2026-01-01")
        report = self.env["report.commune_relations.service_matrix_xlsx"]
        content, _kind = report.create_xlsx_report([], {"year": 2026})
        book = load_workbook(io.BytesIO(content), data_only=True)
        real, communes = book.worksheets[1:3]
        self.assertEqual([cell.value for cell in list(real.rows)[-1][-2:]], [2100, 320])
        self.assertNotIn(2420, [cell.value for cell in list(real.rows)[-1]])
        # expected, real, to pay, withheld, expected and real per inhabitant
        last = [cell.value for cell in list(communes.rows)[-1]]
        self.assertEqual(last[3:], [2420, 2420, 2100, 320, 0.5, 0.5])

    @freeze_time("2026-11-25")
    def test_what_is_real_of_a_year_that_is_not_over_is_provisional(self):
        offer = make_offer(self, self.service, "Forfait", kind="band", bands=[(0, 100)])
        self._subscribe(self.commune_a, offer, "2025-01-01")
        make_offer(self, self.service, "Autre forfait", kind="band", bands=[(0, 100)])
        report = self.env["report.commune_relations.service_matrix_xlsx"]
        for year, provisional in ((2026, True), (2025, False)):
            content, _kind = report.create_xlsx_report([], {"year": year})
            book = load_workbook(io.BytesIO(content))
            for page in book.worksheets[1:4]:
                self.assertEqual("Provisional" in str(page["A1"].value), provisional, page.title)
            self.assertNotIn("Provisional", book.worksheets[0]["A1"].value)
            # Charts draw the lines of the communes and of the offers, header and total aside.
            for chart, page in zip(book.worksheets[-1]._charts, (2, 3), strict=False):
                area = chart.series[0].cat.strRef.f.split("!")[1].replace("$", "")
                names = [row[0].value for row in book.worksheets[page][area]]
                self.assertNotIn("Total", names)
                column = [cell.value for cell in book.worksheets[page]["A"] if cell.value]
                start = 2 if page == 3 or provisional else 1
                self.assertEqual(names, column[start:-1])

    def test_the_total_of_the_yearly_statement_appears_once(self):
        """Sixty lines: two pages at least, and the sum under the last line only."""
        for rank in range(60):
            offer = make_offer(self, self.service, f"Offre {rank:02d}", kind="band", bands=[(0, 7)])
            self._subscribe(self.commune_a, offer, "2025-01-01")
        report = self.env["ir.actions.report"].with_context(force_report_rendering=True)
        content, _kind = report._render_qweb_pdf(
            "commune_relations.service_year_report", self.commune_a.ids, {"year": 2025}
        )
        pdf = Pdf(content)
        self.assertGreater(len(pdf), 1)
        self.assertEqual(len(re.findall(r"420[.,]00", pdf.text)), 2, "to pay, and forecast")

    def _fill(self, count):
        """Communes with four offers each, of different models, and a use."""
        kinds = ("inhabitant", "band", "unit", "fixed_variable")
        offers = [
            make_offer(self, self.service, f"{kind} {count}", kind=kind, unit=1, bands=[(0, 10)])
            for kind in kinds
        ]
        communes = self.env["res.partner"].create(
            [
                {
                    "name": f"Commune {count}-{rank}",
                    "is_company": True,
                    "is_commune": True,
                    "insee_code": f"{count % 97:02d}{rank:03d}",
                    "population": 100 + rank,
                    "epci_id": self.epci.id,
                }
                for rank in range(count)
            ]
        )
        lines = self.env["commune.service.subscription"].create(
            [
                {"commune_id": commune.id, "offer_id": offer.id, "date_start": "2026-01-01"}
                for commune in communes
                for offer in offers
            ]
        )
        self.env["commune.service.usage"].create(
            [{"subscription_id": line.id, "date": "2026-05-01", "quantity": 2} for line in lines]
        )

    def _count_queries(self):
        self.env.flush_all()
        self.env.invalidate_all()
        matrix = self.env["commune.service.matrix"].with_user(self.reader)
        matrix.get_matrix(2026)
        self.env.invalidate_all()
        before = self.env.cr.sql_log_count
        matrix.get_matrix(2026)
        return self.env.cr.sql_log_count - before

    def _subscribe(self, commune, offer, start):
        return self.env["commune.service.subscription"].create(
            {"commune_id": commune.id, "offer_id": offer.id, "date_start": start}
        )

    def _use(self, line, day, quantity):
        return self.env["commune.service.usage"].create(
            {"subscription_id": line.id, "date": day, "quantity": quantity}
        )
