"""The amounts of the replacement service in the yearly statement and the matrix of the services."""

import io
from datetime import date, timedelta
from unittest.mock import patch

from openpyxl import load_workbook

from odoo.tests import freeze_time, tagged

from ..services.service_case import make_offer, make_service
from .hours_case import HoursCase
from .replacement_case import MONDAY, get_replacement_offer


@tagged("post_install", "-at_install")
class TestReplacementYear(HoursCase):
    def _issued(self):
        """Two half-days: 2 × 94.50 + 2 × 6.40 = 201.80 €."""
        sheet = self._sheet(self._mission())
        self._sign(sheet)
        statement = self._billed(sheet)
        statement.action_check()
        statement.with_user(self.coordinator).action_issue()
        return statement

    def test_the_statements_of_the_year_are_there_with_their_numbers(self):
        statement = self._issued()
        commune = statement.commune_id
        before = commune.env["commune.service.year"]._get_service_costs(commune, 2026)
        costs = commune.env["commune.service.year"]._get_service_costs(commune, 2027)
        line = costs["lines"][-1]
        self.assertEqual((line["actual_due"], line["actual_withheld"]), (201.8, 0))
        self.assertEqual((line["used"], line["unit"]), (7, "hour"))
        self.assertIn(statement.name, line["period"])
        self.assertEqual(
            costs["actual_due"] - sum(one["actual_due"] for one in costs["lines"][:-1]), 201.8
        )
        self.assertNotIn(statement.name, str(before["lines"]))
        report = self.env["report.commune_relations.service_year"]
        values = report._get_report_values(commune.ids, {"year": 2027})
        self.assertFalse(line["by_unit_cost"])
        # 2 half-days of 3.5 h: 7 × 27 €; 40 km × 0.32 €. Anyone who reads can count again.
        uses = values["used_lines"][-1]["uses"]
        self.assertEqual([(use["amount"], use["quantity"]) for use in uses], [(189, 7), (12.8, 0)])
        self.assertIn("7 ×", uses[0]["object"])
        self.assertRegex(uses[0]["object"], "27[.,]00")
        self.assertIn("40 km", uses[1]["object"])

    def test_the_article_is_cited_when_the_convention_rests_on_l5211_4_1(self):
        statement = self._issued()
        basis = self.env.ref("commune_relations.legal_basis_l5211_4_1")
        # Signed: its basis is no longer written by an action.
        self.env.cr.execute(
            "UPDATE agreement SET legal_basis_id = %s WHERE id = %s",
            (basis.id, statement.agreement_id.id),
        )
        self.env.invalidate_all()
        line = self.env["commune.service.year"]._get_service_costs(statement.commune_id, 2027)[
            "lines"
        ][-1]
        self.assertTrue(line["by_unit_cost"])

    def test_of_two_conventions_each_judges_its_own_days(self):
        """Monday is billed under the first, Tuesday under the one that follows it and alone rests
        on the article: travel of 20 km each way is a charge within its unit cost."""
        sheet = self._sheet()
        self._sign(sheet)
        following = self._agree(self.commune_a)
        basis = self.env.ref("commune_relations.legal_basis_l5211_4_1")
        tuesday = MONDAY + timedelta(days=1)
        # Signed: neither dates nor basis are written by an action any more.
        query = "UPDATE agreement SET start_date = %s, end_date = %s, legal_basis_id = %s"
        for agreement, values in (
            (self.agreement, ("2026-02-01", MONDAY, None)),
            (following, (tuesday, None, basis.id)),
        ):
            self.env.cr.execute(f"{query} WHERE id = %s", (*values, agreement.id))
        self.env.invalidate_all()
        statement = self._billed(sheet)
        self.assertEqual(statement.agreement_id, self.agreement)
        self.assertEqual(statement.line_ids.mapped("date"), [MONDAY, tuesday])
        self.assertIn(self.tariff.name, statement.ground_warning)
        line = statement.line_ids.filtered(lambda line: line.date == tuesday)
        travel, amount = line.travel_amount, line.amount
        line.write({"travel_amount": 0, "amount": amount - travel})
        self.assertNotIn(self.tariff.name, statement.ground_warning)
        line.write({"travel_amount": travel, "amount": amount})  # as it is worked out: issued so
        statement.action_check()
        statement.action_issue()
        costs = self.env["commune.service.year"]._get_service_costs(statement.commune_id, 2027)
        [line] = [one for one in costs["lines"] if statement.name in (one["period"] or "")]
        self.assertTrue(line["by_unit_cost"])

    def test_what_was_cancelled_is_taken_away(self):
        statement = self._issued()
        opposite = self.statements.browse(statement.action_cancel_statement()["res_id"])
        opposite.action_check()
        opposite.action_issue()
        line = self.env["commune.service.year"]._get_service_costs(statement.commune_id, 2027)[
            "lines"
        ][-1]
        self.assertEqual((line["actual_due"], line["used"]), (0, 0))
        self.assertIn(opposite.name, line["period"])

    def test_a_draft_is_no_amount(self):
        sheet = self._sheet(self._mission(), date(2027, 1, 18))
        self._sign(sheet)
        statement = self._billed(sheet)
        costs = self.env["commune.service.year"]._get_service_costs(statement.commune_id, 2027)
        self.assertEqual(costs["actual_due"], 0)

    def _matrix(self, user=None):
        return self.env["commune.service.matrix"].with_user(user or self.reader).get_matrix(2027)

    def _get_cell(self, commune=None):
        """(expected, real) of the last column for a commune, and its cell."""
        matrix = self._matrix()
        column = matrix["offers"][-1]
        self.assertEqual(column["label"], "Service of replacement")
        cell = matrix["cells"][f"{(commune or self.commune_a).id}-{column['id']}"]
        return (cell["forecast"], cell["actual"]), cell

    def _foresee(self, days):
        """The option of the convention, at 100 € a day from January to December 2027."""
        service = make_service(self, "Agents de remplacement")
        offer = make_offer(self, service, "Agent", kind="unit", unit=100)
        offer.is_replacement = True
        return self.env["commune.service.subscription"].create(
            {
                "commune_id": self.commune_a.id,
                "offer_id": offer.id,
                "date_start": "2027-01-01",
                "forecast_quantity": days,
            }
        )

    def test_the_matrix_adds_what_was_issued_and_what_was_agreed(self):
        """Four half-days of 100.90 €: two issued, two agreed of the week after."""
        before = self._matrix()
        self.assertNotIn("Service of replacement", [one["label"] for one in before["offers"]])
        statement = self._issued()
        amounts, cell = self._get_cell()
        self.assertEqual(amounts, (403.6, 201.8))
        self.assertEqual((cell["used"], cell["expected"]), (7, 14))
        matrix = self._matrix()
        row = next(row for row in matrix["communes"] if row["id"] == self.commune_a.id)
        self.assertEqual((row["forecast"], row["actual"], row["actual_due"]), (403.6, 201.8, 201.8))
        self.assertEqual(matrix["totals"]["actual"] - before["totals"]["actual"], 201.8)
        # The yearly statement of the commune gives the same figures.
        costs = self.env["commune.service.year"]._get_service_costs(statement.commune_id, 2027)
        self.assertEqual((costs["forecast"], costs["actual"]), (403.6, 201.8))

    def test_hours_that_were_written_count_instead_of_the_plan(self):
        """One half-day of the week ends an hour later: 27 € more; the other is not billed."""
        sheet = self._sheet(self._mission(), submit=False)
        first, second = sheet.line_ids
        first.hour_end += 1
        self.assertEqual(self._get_cell()[0], (430.6, 0))
        sheet._submit(self.agent_user.partner_id)
        self._sign(sheet, {1: "Non"})
        second.with_user(self.coordinator).action_drop()
        # 94.50 + 27 + 6.40, then the two of the next week
        self.assertEqual(self._get_cell()[0], (329.7, 0))

    def test_what_is_cancelled_is_deducted_and_is_to_be_billed_again(self):
        statement = self._issued()
        opposite = self.statements.browse(statement.action_cancel_statement()["res_id"])
        self.assertEqual(self._get_cell()[0], (403.6, 201.8))
        opposite.action_check()
        opposite.action_issue()
        self.assertEqual(self._get_cell()[0], (403.6, 0))

    def test_a_draft_is_expected_once(self):
        sheet = self._sheet(self._mission())
        self._sign(sheet)
        self._billed(sheet)
        self.assertEqual(self._get_cell()[0], (403.6, 0))

    def test_what_the_convention_foresees_is_in_the_same_column(self):
        """300 € foreseen, 403.60 € agreed: 403.60 € are expected; 500 € foreseen: 500 €. The option
        has no column of its own any more, not even among its family."""
        self._issued()
        line = self._foresee(3)
        for family in (None, line.family_id.id):
            matrix = self.env["commune.service.matrix"].get_matrix(2027, family)
            labels = [one["label"] for one in matrix["offers"]]
            self.assertNotIn(line.offer_id.display_name, labels)
            self.assertEqual(labels.count("Service of replacement"), 1)
        amounts, cell = self._get_cell()
        self.assertEqual((amounts, cell["expected"]), ((403.6, 201.8), 14))
        self.assertEqual(self._matrix()["totals"]["forecast"], 403.6)
        line.forecast_quantity = 5
        amounts, cell = self._get_cell()
        self.assertEqual((amounts, cell["expected"]), ((500, 201.8), 5))
        self.assertEqual(self._matrix()["totals"]["forecast"], 500)

    def test_what_the_convention_foresees_is_in_the_same_line_of_the_statement(self):
        """300 € foreseen for 3 days, 403.60 € agreed, 201.80 € issued: one line, its documents and
        the period of the option; alone, the option has its own."""
        line = self._foresee(3)
        alone = self.env["commune.service.year"]._get_service_costs(self.commune_a, 2027)["lines"]
        self.assertEqual([one["offer"] for one in alone], [line.offer_id.display_name])
        statement = self._issued()
        for days, forecast, expected in ((3, 403.6, 14), (5, 500, 5)):
            line.forecast_quantity = days
            costs = self.env["commune.service.year"]._get_service_costs(self.commune_a, 2027)
            (joined,) = costs["lines"]
            self.assertEqual((joined["forecast"], joined["actual_due"]), (forecast, 201.8))
            self.assertEqual((costs["forecast"], costs["actual_due"]), (forecast, 201.8))
            self.assertEqual((joined["used"], joined["expected"]), (7, expected))
            self.assertIn(statement.name, joined["period"])
            self.assertIn("2027", joined["period"])
            # Days are not hours: the agreement is not compared with the unit of the tariffs.
            self.assertEqual(joined["foreseen"], 0)
        line.offer_id.unit_name = "hour"
        for hours, expected in ((3, 14), (5, 5)):
            line.forecast_quantity = hours
            (joined,) = self.env["commune.service.year"]._get_service_costs(self.commune_a, 2027)[
                "lines"
            ]
            self.assertEqual((joined["foreseen"], joined["expected"]), (hours, expected))
            self.assertIn(str(expected), joined["use"])

    def test_a_commune_that_only_has_the_option_is_in_the_same_column(self):
        line = self._foresee(3)
        line.commune_id = self.commune_b
        labels = [one["label"] for one in self._matrix()["offers"]]
        self.assertIn(line.offer_id.display_name, labels)  # nothing was billed nor agreed
        self._issued()
        amounts, cell = self._get_cell(self.commune_b)
        self.assertEqual((amounts, cell["ids"]), ((300, 0), line.ids))

    def test_units_are_those_of_the_price_and_the_travel_is_separate(self):
        """7 h × 27 € = 189 €, and 40 km × 0.32 € = 12.80 €: the column can be counted again."""
        self._issued()
        column = self._matrix()["offers"][-1]
        self.assertEqual((column["unit"], column["used"], column["expected"]), ("hour", 7, 14))
        self.assertRegex(column["price"], "^27.00.* per hour, travel .*0.32.* per kilometre$")
        self.assertEqual((column["actual"], column["travel"]), (201.8, 12.8))
        content, _kind = self.env[
            "report.commune_relations.service_matrix_xlsx"
        ].create_xlsx_report([], {"year": 2027})
        page = load_workbook(io.BytesIO(content))["By offer"]
        header = [cell.value for cell in page[2]]
        row = next(row for row in page.iter_rows(values_only=True) if row[0] == column["label"])
        self.assertEqual(row[header.index("Of which travel (€)")], 12.8)

    def test_tariffs_of_several_units_are_counted_in_half_days(self):
        self._issued()
        self._tariff(category="A", unit="half_day", amount=120, name="Tarif A")
        column = self._matrix()["offers"][-1]
        self.assertEqual((column["unit"], column["used"], column["expected"]), ("half-day", 2, 4))

    def test_days_without_a_tariff_are_shown(self):
        self._mission()
        self.tariff.date_end = "2027-01-17"
        amounts, cell = self._get_cell()
        self.assertEqual((amounts, cell["unpriced"]), ((201.8, 0), 2))

    def test_the_cell_opens_the_statements_of_the_commune_and_year(self):
        statement = self._issued()
        model, domain = self._get_cell()[1]["opens"]
        found = self.env[model].with_user(self.reader).search(domain)
        self.assertEqual(found, statement)
        self._agree(self.commune_b)
        self._mission(self.karim, commune=self.commune_b)
        _amounts, cell = self._get_cell(self.commune_b)
        self.assertFalse(self.env[model].search(cell["opens"][1]))

    def test_the_workbook_has_the_column(self):
        self._issued()
        report = self.env["report.commune_relations.service_matrix_xlsx"]
        content, _kind = report.create_xlsx_report([], {"year": 2027})
        for page, amount in zip(load_workbook(io.BytesIO(content)), (403.6, 201.8), strict=False):
            header = [cell.value for cell in page[2]]
            column = header.index("Service of replacement")
            found = {row[0].value: row[column].value for row in page.iter_rows(min_row=3)}
            self.assertEqual((found["Aubrive"], found["Bellefontaine"]), (amount, None))

    def test_one_family_leaves_it_out(self):
        self._issued()
        family = get_replacement_offer(self).family_id
        matrix = self.env["commune.service.matrix"].get_matrix(2027, family.id)
        self.assertFalse([one for one in matrix["offers"] if one["other"]])

    def test_the_brochure_says_the_tariffs_in_force_with_the_travel(self):
        service = make_service(self, "Agents de remplacement")
        offer = make_offer(self, service, "Agent de passage", kind="unit", unit=99)
        other = make_offer(self, service, "Autre chose", kind="unit", unit=77)
        offer.is_replacement = True
        self._tariff(category="A", amount=36, name="Tarif A")
        with freeze_time("2027-02-01"):
            offer.invalidate_recordset()
            everybody, managers = offer._get_price_lines()
            report = self.env["report.commune_relations.brochure_document"]
            values = report._get_report_values(service.family_id.ids)
            self.assertIn(service, values["families"][0][1])
            page = self.env["ir.qweb"]._render(
                "commune_relations.brochure_service", {**values, "service": service}
            )
        self.assertRegex(everybody, "27.00.* per hour, travel .*0.32.* per kilometre")
        self.assertRegex(managers, "^Agent of category A: .*36.00")
        self.assertIn(managers, page)
        self.assertNotIn("99.00", page)
        self.assertIn(other.price_label, page)
        with freeze_time("2026-12-31"):  # no tariff yet
            self.assertEqual(offer._get_price_lines(), [offer.price_label])

    def test_ten_times_the_communes_cost_as_many_queries(self):
        self._fill(2)
        few = self._count_queries()
        self._fill(20)
        self.assertEqual(self._count_queries(), few)

    def _fill(self, count):
        """Communes with a mission agreed, an issued statement each."""
        sources = self._issued() if not self.statements.search_count([]) else None
        self.model = sources or self.model
        communes = self.env["res.partner"].create(
            [
                {
                    "name": f"Commune {count}-{rank}",
                    "is_company": True,
                    "is_commune": True,
                    "insee_code": f"{count:02d}{rank:03d}",
                    "population": 100 + rank,
                    "epci_id": self.epci.id,
                }
                for rank in range(count)
            ]
        )
        # The letters of these missions would take nearly all the time.
        slots = self.env.registry["commune.replacement.slot"]
        self.startPatcher(patch.object(slots, "_notify_changes", lambda *_args: None))
        for rank, commune in enumerate(communes):
            self._agree(commune)
            agent = self._agent(f"Z{count}{rank}", f"Agent {rank}", "B", "titulaire", {"ACC": 3})
            self._mission(agent, commune=commune)
            draft = self.statements.create(
                {
                    "commune_id": commune.id,
                    "date_start": "2027-01-01",
                    "date_end": "2027-01-31",
                    "agreement_id": self.agreement.id,
                }
            )
            self.model.line_ids[:1].copy({"statement_id": draft.id, "is_live": False})
            issued = {"name": f"EL-{count}-{rank}", "document_sha256": "0" * 64, "state": "issued"}
            draft.sudo().write(issued)

    def _count_queries(self):
        self._matrix()
        self.env.flush_all()
        self.env.invalidate_all()
        before = self.env.cr.sql_log_count
        self._matrix()
        return self.env.cr.sql_log_count - before
