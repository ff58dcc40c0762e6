"""Demonstration of the services: twenty-five sheets in our own words, invented figures."""

import csv
from datetime import date

from odoo import fields
from odoo.fields import Domain
from odoo.tools import file_open, plaintext2html

from ...models.core.inside import NO_LETTERS
from .agreements import ACTS, move_years

SERVICES = "commune_relations/demo/services/services.csv"
OFFERS = "commune_relations/demo/services/offers.csv"
# Options that each commune takes by agreement.
CONVENED = {
    "dgs": ["JUR-CONSEIL", "DPO-SOCLE", "ADS-INSTRUCTION"],
    "secretaire": ["JUR-CONSEIL"],
    "maire": ["ADS-INSTRUCTION"],
}
# What a use of the year is for, by the unit of its offer: counted in whole or half units.
OBJECTS = {
    "acte": ("Délibération du budget", "Arrêté de circulation", "Délibération sur le personnel"),
    "dossier": ("Permis de construire", "Déclarations préalables", "Permis d’aménager"),
    "jour": ("Classement des registres", "Éliminations réglementaires", "Versements de l’année"),
    "demi-journée": ("Visite et bilan", "Préparation d’une manifestation", "Suivi de l’automne"),
    "bulletin": ("Paies du premier trimestre", "Paies du printemps", "Paies de l’été"),
    "heure": ("Sortie des écoles", "Surveillance du marché", "Fête de la commune"),
    "véhicule": ("Véhicule sans plaque", "Épave signalée", "Véhicule abandonné"),
    "euros de travaux": ("Situation de travaux n° 1", "Situation n° 2", "Décompte de l’automne"),
}
# A demonstration writes to nobody.
QUIET = {"tracking_disable": True, "mail_create_nolog": True, **NO_LETTERS}


def _read(name):
    with file_open(name, "r") as file:
        return list(csv.DictReader(file, delimiter=";"))


class ServicesDemo:
    def _load(self, epci=None):
        sentences = super()._load(epci)
        demo = self.with_context(**QUIET, mail_activity_quick_update=True)
        if not self.env["commune.service"].search_count([], limit=1):
            demo._create_services()
            demo._create_offers()
            demo._create_demo_subscriptions((epci or self.env.company.epci_id)._get_members())
            demo._create_past_subscriptions()
            demo._create_demo_agreements()
            demo._create_demo_pack()
            demo._create_demo_projects()
        return sentences

    def _create_services(self):
        families = {f.code: f for f in self.env["commune.service.family"].search(Domain.TRUE)}
        topics = {t.code: t for t in self.env["commune.topic"].search(Domain.TRUE)}
        bases = {b.code: b for b in self.env["commune.legal.basis"].search(Domain.TRUE)}
        officer = self._get_demo_user("charge-mission")
        for rank, row in enumerate(_read(SERVICES)):
            topic = topics.get(row["topic"]) or self.env["commune.topic"]
            service = self.env["commune.service"].create(
                {
                    "name": row["name"],
                    "code": row["code"],
                    "family_id": families[row["family"]].id,
                    "sequence": rank,
                    "summary": row["summary"],
                    "content": plaintext2html(row["content"]),
                    "audience": row["audience"],
                    "excluded": row["excluded"],
                    "delay": row["delay"],
                    "how_to_ask": row["how_to_ask"],
                    "contract_form": row["form"],
                    "legal_basis_id": self._get_demo_basis(bases.get(row["basis"])).id,
                    "topic_id": topic.id,
                    "department_id": (
                        topic.team_id or self.env["helpdesk.ticket.team"]._get_desk()
                    ).id,
                    "referent_id": officer.id,
                    "scope": row["scope"],
                    "population_min": int(row["population_min"] or 0),
                    "population_max": int(row["population_max"] or 0),
                }
            )
            service.state = "study"
            if row["state"] != "study":
                service.state = "active"

    def _get_demo_basis(self, basis=None):
        """A basis that is open here; a service is entrusted by a text of its own to each kind of
        intercommunality, the kinds without one lend it."""
        refs = ("l5215_27", "l5216_7_1", "l5214_16_1", "l5211_4_2")
        entrusted = [self.env.ref(f"commune_relations.legal_basis_{ref}") for ref in refs]
        known = [basis or entrusted[0], *entrusted]
        return next(basis for basis in known if not basis._get_closed_sentence())

    def _create_offers(self):
        services = {s.code: s for s in self.env["commune.service"].search(Domain.TRUE)}
        for rank, row in enumerate(_read(OFFERS)):
            bands = [band.split(":") for band in row["bands"].split()]
            offer = self.env["commune.service.offer"].create(
                {
                    "service_id": services[row["service"]].id,
                    "name": row["name"],
                    "code": row["code"],
                    "sequence": rank,
                    "description": row["description"],
                    "unit_name": row["unit_name"],
                    "seats": int(row["seats"] or 0),
                }
            )
            self.env["commune.service.price"].create(
                {
                    "offer_id": offer.id,
                    "kind": row["kind"],
                    "fixed": float(row["fixed"] or 0),
                    "unit": float(row["unit"] or 0),
                    "rate": float(row["rate"] or 0),
                    "date_start": "2026-01-01",
                    "source": "Délibération du 15 décembre 2025",
                    "band_ids": [
                        fields.Command.create({"population_from": low, "amount": amount})
                        for low, amount in bands
                    ],
                }
            )

    def _create_demo_subscriptions(self, communes):
        """A plausible spread: each offer has one commune out of three to nine, used each year."""
        today = self.env.company._get_today()
        start = date(2026, 1, 1)
        ordered = communes.sorted("insee_code")
        offers = self.env["commune.service.offer"].search([("service_id.state", "=", "active")])
        values, convened = [], self._get_demo_convened()
        for index, offer in enumerate(offers):
            service, step = offer.service_id, 2 + index % 5
            chosen = [c for i, c in enumerate(ordered) if (i + index) % step == 0]
            chosen = [c for c in chosen if not service._get_ineligible(c)]
            chosen = [c for c in chosen if offer.code not in convened.get(c, ())]
            for rank, commune in enumerate(chosen[: offer.seats or None]):
                values.append(
                    {
                        "commune_id": commune.id,
                        "offer_id": offer.id,
                        "date_start": date(2026, 4, 1) if rank % 5 == 4 else start,
                        "forecast_quantity": self._get_demo_forecast(offer, commune),
                    }
                )
        subscriptions = self.env["commune.service.subscription"].create(values)
        counted = subscriptions.filtered("forecast_quantity")
        self.env["commune.service.usage"].create(
            [
                {
                    "subscription_id": line.id,
                    "date": day,
                    "quantity": self._get_demo_use(line, rank, turn),
                    "description": OBJECTS[line.unit_name][turn],
                }
                for year in range(start.year, today.year + 1)
                for rank, line in enumerate(counted)
                for turn, month in enumerate((4, 7, 10))
                if (day := date(year, month, 3 + rank % 23)) <= today
            ]
        )

    def _get_demo_use(self, line, rank, turn):
        """About a fifth of what is expected, more or less: days by halves, the rest whole."""
        part = line.forecast_quantity * (0.12 + rank % 8 * 0.022) * (0.8, 1.3, 0.9)[turn]
        step = 2 if line.unit_name == "jour" else 1
        return max(1, round(part * step)) / step

    def _get_demo_convened(self):
        """{commune: codes} of the options that an agreement will add: not billed twice."""
        convened = {}
        for login, codes in CONVENED.items():
            commune = self._get_demo_user(login).partner_id.held_mandate_ids.commune_id
            convened.setdefault(commune.filtered("is_commune")[:1], set()).update(codes)
        return convened

    def _get_demo_forecast(self, offer, commune):
        if offer.price_ids.kind == "works":
            return 60 * commune.population
        return offer.unit_name and max(6, round(commune.population / 400))

    def _create_demo_agreements(self):
        """One agreement to sign for the commune of the DGS, one in force that ends soon."""
        dgs = self._get_demo_user("dgs").partner_id
        commune = dgs.held_mandate_ids.commune_id[:1]
        offers = self.env["commune.service.offer"].search([("code", "in", CONVENED["dgs"])])
        if not commune or not offers:
            return
        self._give_demo_address()
        values = {
            "legal_basis_id": self._get_demo_basis().id,
            "contract_form": "framework",
            "user_id": self._get_demo_user("charge-mission").id,
            "forecast": "Environ vingt questions juridiques et deux audits par an.",
            "name": "Convention-cadre de services",
        }
        convention = self._prepare_demo_agreement(
            {
                **values,
                **ACTS,
                "commune_id": commune.id,
                "offer_ids": [fields.Command.set(offers.ids)],
                "start_date": "2027-01-01",
                "end_date": "2029-12-31",
                "signatory_id": dgs.id,
                "delegation_ref": "arrêté du 2 avril 2026",
            }
        )
        document = self.env["commune.agreement.document"]
        if document._has_missing_values(convention):  # no known president: both in preparation
            return
        convention.action_deliberate()
        secretary = self._get_demo_user("secretaire").partner_id
        other = secretary.held_mandate_ids.commune_id[:1]
        self._sign_demo_agreement(
            {
                **values,
                **move_years(ACTS, -1),
                "commune_id": other.id,
                "offer_ids": [fields.Command.set(offers[:1].ids)],
                "start_date": "2026-01-01",
                "end_date": "2027-03-31",
            },
            date(2025, 12, 1),
            date(2025, 12, 8),
        )

    def _create_demo_projects(self):
        """A project under way, an idea."""
        projects = self.env["commune.service.project"]
        communes = self.env.company.epci_id._get_members().sorted("population")
        projects._feed("request", "Entretien des cimetières", communes[:3])
        projects._feed("meeting", "Police municipale partagée", communes[4:9])
        project = projects.search([("need_key", "=", "police municipale partagee")], limit=1)
        project.write(
            {
                "description": "<p>Une brigade commune pour les communes sans police.</p>",
                "department_id": self.env["helpdesk.ticket.team"]._get_desk().id,
                "family_id": self.env.ref("commune_relations.service_family_prevention").id,
                "survey_ref": "Entretiens avec les maires, octobre 2026",
                "legal_basis_id": self.env.ref("commune_relations.legal_basis_csi_l512_2").id,
                "interested_commune_ids": [fields.Command.set(communes[4:12].ids)],
                "volume": "8 communes, 2 agents",
                "yearly_cost": 118000,
                "scenario_ids": [
                    fields.Command.create(
                        {"name": "Par habitant", "kind": "inhabitant", "unit": 9.5}
                    ),
                    fields.Command.create(
                        {
                            "name": "Part fixe et heures",
                            "kind": "fixed_variable",
                            "fixed": 2500,
                            "unit": 42,
                            "unit_name": "heure",
                            "quantity": 180,
                        }
                    ),
                ],
            }
        )
        project.action_next()
