"""What the intercommunality votes: who signs, from when and until when, prices and payment."""

from datetime import date, timedelta

from odoo.tests import tagged

from ...models.core.inside import Inside
from .pack_case import PackCase, plain
from .service_case import make_agreement


@tagged("post_install", "-at_install")
class TestAgreementVoteText(PackCase):
    def _body(self, agreements):
        report = self.env["report.commune_relations.agreement_epci_vote"]
        return plain(str(report._get_report_values([], {"agreement_ids": agreements.ids})["body"]))

    def _second(self):
        return make_agreement(
            self,
            self.commune_b,
            self.days,
            start_date="2028-01-01",
            end_date="2028-12-31",
            notice_months=7,
        )

    def _vice_president(self):
        person = self.env["res.partner"].create(
            {"firstname": "Vincent", "lastname": "VIDAL", "civility": "m"}
        )
        self._mandate(person, self.epci, "vice_president", rank=1)

    def _preside(self, person):
        self.epci.mayor_id.held_mandate_ids.date_end = self.today - timedelta(days=1)
        self._mandate(person, self.epci, "president")
        self.epci.invalidate_recordset(["mayor_id"])
        self._vice_president()

    # who signs

    def test_the_president_signs_or_the_delegate(self):
        decision = self._body(self.agreement).split("2°")[1]
        self.assertIn("or the person who has received the delegation, à les signer", decision)
        self.assertNotIn("PRESLE", decision)

    def test_the_first_vice_president_is_named_when_the_president_is_the_mayor(self):
        self._preside(self.commune_a.mayor_id)
        decision = self._body(self.agreement).split("2°")[1]
        self.assertRegex(decision, r"VIDAL, .*being mayor of the commune, à les signer")
        self.assertNotIn("who has received the delegation", decision)
        self.assertIn(
            self.agreement.env["commune.agreement.signatory"]._name_epci_signatory(self.agreement),
            decision,
        )
        # The mention stays when the mayor has delegated to a chosen deputy.
        vice, deputy = (
            self.agreement.env["commune.agreement.signatory"]
            ._get_epci_mandate(self.agreement)
            .partner_id,
            self.portal_both.partner_id,
        )
        self.agreement.write({"signatory_id": deputy.id, "epci_signatory_id": vice.id})
        self.assertRegex(self._body(self.agreement), r"2°.*VIDAL, .*being mayor of the commune, à")

    def test_of_several_conventions_only_that_of_the_mayor_is_signed_by_another(self):
        second = self._second()
        self._preside(self.commune_b.mayor_id)
        decision = self._body(self.agreement | second).split("2°")[1]
        self.assertIn("or the person who has received the delegation, and, for", decision)
        self.assertEqual(decision.count("VIDAL"), 1)
        self.assertRegex(
            decision, rf"{second.code} with the commune .*{self.commune_b.name}.*VIDAL"
        )
        self.assertNotIn(self.agreement.code, decision)

    def test_anyone_who_signs_several_agreements_is_named_once(self):
        third = make_agreement(self, self.commune_b, self.per_head, start_date="2028-01-01")
        self._vice_president()
        vice = self.env["res.partner"].search([("name", "ilike", "VIDAL")], limit=1)
        (self.agreement | third).epci_signatory_id = vice
        decision = self._body(self.agreement | self._second() | third).split("2°")[1]
        self.assertEqual(decision.count("VIDAL"), 1)
        self.assertRegex(decision, rf"{self.agreement.code} .*{third.code} .*VIDAL")

    def test_a_delegate_is_named_with_the_order(self):
        person = self.env["res.partner"].create({"firstname": "Denis", "lastname": "DELAGE"})
        self._mandate(
            person,
            self.epci,
            "dgs",
            sign_delegation_ref="arrêté n° 14",
            sign_delegation_start="2026-04-01",
        )
        self.agreement.epci_signatory_id = person
        decision = self._body(self.agreement).split("2°")[1]
        self.assertRegex(decision, r"DELAGE, .*\(arrêté n° 14\), à les signer")
        self.assertNotIn("being mayor", decision)

    # what is voted

    def test_days_notice_prices_and_payment_are_those_of_each_convention(self):
        body = self._body(self.agreement | self._second())
        for day in (date(2027, 7, 2), date(2030, 12, 31), date(2028, 1, 1), date(2028, 12, 31)):
            self.assertIn(self.env.company._format_document_date(day), body)
        for notice in ("3 months", "7 months"):
            self.assertIn(notice, body)
        self.assertEqual(body.count("Invoiced each year"), 2)
        # An option that both take is mentioned once.
        rates = str(
            self.agreement.env["commune.agreement.document"]
            .with_context(voted_ids=Inside(self.agreement.ids))
            ._render_rates(self.agreement.with_context(voted_ids=Inside(self.agreement.ids)))
        )
        self.assertEqual((rates.count("Archives"), rates.count("<tr>")), (1, 3))
        self.assertIn(
            self.agreement.env["commune.agreement.document"]._describe_price(
                self.agreement, self.per_head, 1_250
            ),
            rates,
        )
        self.assertNotIn("<tfoot>", rates)

    # the impact sheet

    def test_an_impact_sheet_covers_the_shared_services_alone(self):
        """A framework convention has options of several bases: bases of the others are neither
        put in common nor counted among the effects."""
        shared = self.env.ref("commune_relations.legal_basis_l5211_4_2")
        self.service.legal_basis_id = shared
        self.agreement.impact_organisation = "Rien ne change."
        sheet = plain(
            str(self.agreement.env["commune.agreement.document"]._render_impact(self.agreement))
        )
        self.assertIn("Réponse écrite", sheet)
        self.assertNotIn("Journée d’archiviste", sheet)
        # 1,250 inhabitants at 0.50 euros; the days of the archivist are 365 euros and more.
        self.assertRegex(sheet, r"(?s)Total.*625,00")
        self.assertIn("Journée d’archiviste", self._body(self.agreement))
        # A sheet that no basis asks for covers them all.
        self.service.legal_basis_id = False
        self.assertIn(
            "Journée d’archiviste",
            plain(
                str(self.agreement.env["commune.agreement.document"]._render_impact(self.agreement))
            ),
        )
