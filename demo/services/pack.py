"""Demonstration: a shared service that a council is to vote on, with its impact sheet."""

from odoo import fields


class PackDemo:
    def _create_demo_pack(self):
        mayor = self._get_demo_user("maire").partner_id
        commune = mayor.held_mandate_ids.commune_id.filtered("is_commune")[:1]
        offer = self.env["commune.service.offer"].search([("code", "=", "ADS-INSTRUCTION")])
        if not commune or not offer:
            return
        agreement = self.env["agreement"].create(
            {
                "name": "Convention de service commun d’instruction des autorisations d’urbanisme",
                "commune_id": commune.id,
                "legal_basis_id": self.env.ref("commune_relations.legal_basis_l5211_4_2").id,
                "contract_form": "shared",
                "user_id": self._get_demo_user("charge-mission").id,
                "offer_ids": [fields.Command.set(offer.ids)],
                "start_date": "2027-07-01",
                "end_date": "2030-12-31",
                "epci_opinion_date": "2026-10-06",
                "epci_opinion": "favourable",
                "commune_opinion_body": "cdg",
                "commune_opinion_date": "2026-10-13",
                "commune_opinion": "favourable",
                "forecast": "La commune dépose surtout des déclarations préalables.",
                "forecast_ids": [
                    fields.Command.create(
                        {"offer_id": offer.id, "quantity": max(4, commune.population // 60)}
                    )
                ],
                "impact_ids": [
                    fields.Command.create(
                        {
                            "name": "Instructrice ou instructeur des autorisations d’urbanisme",
                            "category": "B",
                            "share": 5,  # a day a month, for the few files of a small commune
                            "full_time_cost": 42300,
                            "place_before": "Mairie",
                            "place_after": "Mairie, un jour par mois au siège",
                        }
                    )
                ],
                "impact_organisation": "Le service commun instruit ; le maire signe les décisions."
                "\nL’agent reçoit ses instructions du chef du service commun pour cette part de"
                " son temps, du secrétariat de mairie pour le reste.",
                "impact_conditions": "Un jour par mois au siège, remboursement des trajets,"
                " un jour de télétravail possible.",
                "impact_pay": "Régime indemnitaire maintenu ; prime de responsabilité inchangée.",
                "impact_rights": "Congés, compte épargne-temps et action sociale restent ceux de"
                " la commune.",
            }
        )
        unread = agreement._get_bases().filtered(lambda basis: not basis._is_quotable())
        document = self.env["commune.agreement.document"]
        if unread or document._find_missing_vote_values(agreement):  # no known mayor or president
            return  # it stays in preparation
        agreement.action_send_pack()
