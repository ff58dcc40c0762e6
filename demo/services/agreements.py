"""Demonstration of the conventions: voted, transmitted, published, then signed by both sides."""

from datetime import date, timedelta

from odoo import fields

from ...models.core.inside import NO_LETTERS

HOURS = 30  # of replacement that a commune expects in a year
HOUR_COST = 34  # euros: its unit cost, as the sheet of the demonstration sets it
# Of the president to the first vice-president: what was signed before is the president's.
DELEGATION, DELEGATION_DAY = "arrêté n° 2026-52 du 15 avril 2026", date(2026, 4, 15)
BEFORE = date(2020, 7, 10)  # councils and assemblies of the mandate before are all in office
ACTS = {
    "epci_deliberation_ref": "2026-09-28-12",
    "epci_deliberation_date": "2026-09-28",
    "epci_transmission_date": "2026-09-30",
    "epci_publication_date": "2026-09-30",
    "commune_deliberation_ref": "2026-10-15-04",
    "commune_deliberation_date": "2026-10-15",
    "commune_transmission_date": "2026-10-19",
    "commune_publication_date": "2026-10-16",
}
OPINIONS = {
    "epci_opinion_date": "2026-09-10",
    "epci_opinion": "favourable",
    "commune_opinion_body": "cdg",
    "commune_opinion_date": "2026-09-22",
    "commune_opinion": "favourable",
}
IMPACT = {
    "impact_organisation": "Le service commun instruit et conseille ; la commune garde un"
    " interlocuteur. Aucun agent de la commune ne change de service.",
    "impact_conditions": "Sans effet sur les lieux et les horaires de travail des agents.",
    "impact_pay": "Sans effet sur la rémunération des agents de la commune.",
    "impact_rights": "Sans effet sur les droits acquis des agents de la commune.",
}


def move_years(values, years):
    """The same acts, some years earlier or later, on the same day of the week: nobody votes on a
    Sunday. References begin with a day too."""
    moved = {}
    for name, value in values.items():
        moved[name] = value
        if value[:4].isdigit():
            day = date.fromisoformat(value[:10]) + timedelta(weeks=52 * years)
            moved[name] = f"{day}{value[10:]}"
    return moved


class AgreementsDemo:
    def _delegate_demo_signature(self):
        """The first vice-president, to whom the president delegates the signature; empty where no
        vice-president is known, and the president signs."""
        signatory = self.env["commune.agreement.signatory"]
        first = signatory._get_first_vice_president(signatory._get_epci_mandates())
        if first and not first.sign_delegation_ref:
            first.write(
                {
                    "sign_delegation_ref": DELEGATION,
                    "sign_delegation_start": DELEGATION_DAY,
                }
            )
        return first.partner_id

    def _prepare_demo_agreement(self, values):
        """Values of a draft with its acts, and what the bases of its options require.

        Empty when the territory lacks a value that a signed text contains.
        """
        signatory, voted = self._delegate_demo_signature(), values["epci_deliberation_date"]
        Agreement = self.env["agreement"].with_context(**NO_LETTERS)
        commune = self.env["res.partner"].browse(values["commune_id"])
        # Nobody signs for both sides, nor by a delegation to come: the president does.
        if signatory == commune.mayor_id or fields.Date.to_date(voted) < DELEGATION_DAY:
            signatory = signatory.browse()
        agreement = Agreement.create({"epci_signatory_id": signatory.id, **values})
        files = max(4, commune.population // 250)
        agreement.forecast_ids = [
            fields.Command.create(
                {"offer_id": offer.id, "quantity": HOURS if offer.is_replacement else files}
            )
            for offer in agreement._get_unforecast_offers()
        ]
        agreement._check_forecasts()
        if agreement.needs_committee:
            years = agreement.epci_deliberation_date.year - 2026
            months = agreement.epci_deliberation_date.month - 10
            agreement.write(self._move_opinions(years, months))
            if agreement.commune_id.population >= 3500:  # agents enough for its own committee
                agreement.commune_opinion_body = "own"
        if agreement._has_impact_sheet():
            agreement.write(IMPACT)
        return agreement

    def _move_opinions(self, years, months):
        moved, working = move_years(OPINIONS, years), self.env.company._get_working_days()
        for name in ("epci_opinion_date", "commune_opinion_date"):
            day = fields.Date.to_date(moved[name])
            moved[name] = working.add(fields.Date.add(day, months=months), 0)
        return moved

    def _sign_demo_agreement(self, values, commune_day, epci_day):
        """Deliberated, then signed on paper by the commune and by the intercommunality."""
        agreement = self._prepare_demo_agreement(values)
        document = self.env["commune.agreement.document"]
        if document._has_missing_values(agreement):  # no known mayor or president: in preparation
            return agreement
        agreement.action_deliberate()
        signatory = self.env["commune.agreement.signatory"]
        agreement.write(
            {
                "commune_signature_date": commune_day,
                "epci_signature_date": epci_day,
                "epci_signatory": signatory._name_epci_signatory(agreement),
            }
        )
        agreement.action_sign_paper()
        self._record_former_mandates(agreement, commune_day)
        return agreement

    def _record_former_mandates(self, agreement, day):
        """Anyone who signed before the elections of 2026 was in office already: the same function,
        in the mandate before."""
        signatory = self.env["commune.agreement.signatory"]
        mayor = agreement.commune_id._get_current_mandates(
            [("partner_id", "=", signatory._get_commune_signatory(agreement).id)]
        ).filtered("function_id.signs_agreements")
        for one in (mayor | signatory._get_epci_mandate(agreement)).sudo():
            Mandate = self.env["commune.mandate"].sudo()
            same = [
                (name, "=", one[name].id) for name in ("partner_id", "commune_id", "function_id")
            ]
            held = Mandate.search([*same, ("date_start", "<=", day)], limit=1)
            if not held:
                former = {"date_start": BEFORE, "date_end": one.date_start - timedelta(days=1)}
                one.copy({**former, "function_date": False})

    def _get_demo_replacement_offer(self):
        """The service to which the conventions of replacement give a right, made once."""
        offers = self.env["commune.service.offer"]
        if offer := offers.search([("is_replacement", "=", True)], limit=1):
            return offer
        desk = self.env["helpdesk.ticket.team"]._get_desk()
        topics = self.env["commune.topic"]
        topic = topics.search([("code", "=", "RH-REM")], limit=1) or topics.search(
            [("parent_id", "!=", False)], limit=1
        )
        service = self.env["commune.service"].create(
            {
                "name": "Remplacement dans les mairies",
                "code": "REMPLACEMENT",
                "family_id": self.env.ref("commune_relations.service_family_hr").id,
                "summary": "Un agent de l’équipe mutualisée remplace une absence en mairie",
                "content": "<p>Un agent qualifié vient en mairie pendant une absence : accueil,"
                " dossiers d’état civil (sans recevoir ni signer les actes), comptabilité,"
                " élections.</p>",
                "audience": "Communes qui ont signé la convention de remplacement.",
                "contract_form": "framework",
                "legal_basis_id": self.env.ref("commune_relations.legal_basis_l5211_4_1").id,
                "topic_id": topic.id,
                "department_id": desk.id,
                "referent_id": self._get_demo_user("charge-mission").id,
            }
        )
        service.state = "study"
        service.state = "active"
        return offers.create(
            {
                "service_id": service.id,
                "name": "Agent de remplacement",
                "code": "REMPLACEMENT-AGENT",
                "unit_name": "heure",
                "is_replacement": True,
                "price_ids": [
                    fields.Command.create(
                        {
                            "kind": "unit",
                            "unit": HOUR_COST,
                            "date_start": "2024-01-01",
                            "source": "Délibération du 18 décembre 2023",
                        }
                    )
                ],
            }
        )

    def _sign_demo_replacement(self, places):
        """Replacement agreements in force since 1 July 2024, without the communes that have
        one."""
        self._give_demo_address()
        offer = self._get_demo_replacement_offer()
        covered = places._get_replacement_agreements(places.env.company._get_today()).commune_id
        acts = {
            "epci_deliberation_ref": "2024-05-06-08",
            "epci_deliberation_date": "2024-05-06",
            "epci_transmission_date": "2024-05-07",
            "epci_publication_date": "2024-05-07",
            "commune_deliberation_date": "2024-05-27",
            "commune_transmission_date": "2024-05-29",
            "commune_publication_date": "2024-05-28",
        }
        for rank, place in enumerate((places - covered).sorted("insee_code")):
            self._sign_demo_agreement(
                {
                    **acts,
                    "name": self.env._("Replacement convention – %s", place.name),
                    "commune_id": place.id,
                    "legal_basis_id": offer.service_id.legal_basis_id.id,
                    "contract_form": "framework",
                    "user_id": self._get_demo_user("coordination").id,
                    "offer_ids": [fields.Command.set(offer.ids)],
                    "commune_deliberation_ref": f"2024-05-27-{rank % 9 + 1:02d}",
                    "start_date": date(2024, 7, 1),
                    "end_date": date(2029, 12, 31),
                },
                date(2024, 6, 17),
                date(2024, 6, 24),
            )

    def _give_demo_address(self):
        """Addresses of both parties, without which an agreement cannot be signed."""
        epci = self.env.company.epci_id
        if not self.env.company._get_document_identity()["address"]:
            place = epci._get_members().sorted("population")[-1:]
            epci.write(
                {"street": "1 place de la Démonstration", "zip": place.zip, "city": place.name}
            )
