"""Demonstration of unit costs: set in March, then notified to the communes of the service.

Dated as if it had been done in time: no letter is made.
"""

from odoo.fields import Command

from ...models.core.inside import NO_LETTERS

FIELDS = ("nature", "name", "posts", "observed", "change", "reason")
# year, then the days of the accounts, of the sheet and of its notices
THIS_YEAR = (2026, "2026-03-02", "2026-03-10", "2026-03-24")
LAST_YEAR = (2025, "2025-03-03", "2025-03-11", "2025-03-25")
# Communes in their first year receive the cost with the draft agreement, before the votes.
FIRST_YEAR = (2024, "2024-03-04", "2024-03-12", "2024-04-29")
HALF_DAYS = (
    "demi-journées faites en 2025, d’après le registre",
    "Charges de fonctionnement du service, divisées par les demi-journées faites dans l’année.",
)
HOURS = (
    "heures à faire en mairie dans l’année, d’après l’effectif de l’équipe",
    "Charges de fonctionnement de l’équipe, frais de déplacement compris, divisées par les heures"
    " faites en mairie dans l’année : un seul coût, quel que soit le grade de l’agent.",
)
# code of the service: units, where they come from and the method, charges (nature, name, full-time
# equivalents, euros of the accounts, change of the budget, why). 118,400 € by 800 are 148 €;
# 55,600 € by 400 are 139 €; 326,400 € by 9,600 are 34 €, `HOUR_COST` of the conventions.
SHEETS = {
    "PREVENTION": (
        800,
        HALF_DAYS,
        (
            (
                "personnel",
                "Deux conseillers de prévention",
                2,
                104600,
                2600,
                "avancement d’échelon",
            ),
            ("supplies", "Carburant, fournitures", 0, 3900, 150, "prix du carburant"),
            ("goods", "Renouvellement des appareils de mesure", 0, 2600, 0, ""),
            ("contracts", "Vérification des appareils, téléphonie", 0, 4550, 0, ""),
        ),
    ),
    "COMMUNICATION": (
        400,
        HALF_DAYS,
        (
            ("personnel", "Un graphiste", 1, 48000, 1200, "avancement d’échelon"),
            ("supplies", "Papier, encres", 0, 2400, 0, ""),
            ("goods", "Renouvellement des ordinateurs", 0, 1500, 0, ""),
            ("contracts", "Logiciels de mise en page", 0, 2500, 0, ""),
        ),
    ),
    "REMPLACEMENT": (
        9600,
        HOURS,
        (
            ("personnel", "Équipe de remplacement", 6.8, 299800, 5200, "avancement d’échelon"),
            ("supplies", "Frais de déplacement des agents", 0, 11900, 300, "barème kilométrique"),
            ("supplies", "Petites fournitures", 0, 3200, 0, ""),
            ("goods", "Renouvellement des ordinateurs portables", 0, 2400, 0, ""),
            ("contracts", "Logiciels, téléphonie, assurance", 0, 3600, 0, ""),
        ),
    ),
}
YEARS = {"REMPLACEMENT": (FIRST_YEAR, LAST_YEAR, THIS_YEAR)}


class UnitCostDemo:
    def _load(self, epci=None):
        sentences = super()._load(epci)
        if not self.env["commune.service.unit.cost"].search_count([], limit=1):
            for code in SHEETS:
                self._load_unit_cost(code)
        return sentences

    def _load_unit_cost(self, code):
        """The sheet of a service that is in use; the replacement service comes later."""
        service = self.env["commune.service"].search([("code", "=", code)], limit=1)
        if service.state == "active":
            demo = self.with_context(**NO_LETTERS)
            for days in YEARS.get(code, (THIS_YEAR,)):
                demo._create_unit_cost(service, days, *SHEETS[code])

    def _create_unit_cost(self, service, days, units, words, charges):
        year, voted, set_on, notified_on = days
        source, method = words
        sheet = self.env["commune.service.unit.cost"].create(
            {
                "service_id": service.id,
                "year": year,
                "units": units,
                "units_source": source,
                "accounts_vote_date": voted,
                "method": method,
                "charge_ids": [
                    Command.create(dict(zip(FIELDS, charge, strict=True))) for charge in charges
                ],
            }
        )
        sheet.action_set()
        sheet.set_date = set_on
        prices = self.env["commune.service.price"].search([("unit_cost_id", "=", sheet.id)])
        prices.source = sheet._name_source()
        if sheet._get_beneficiaries():
            sheet.action_notify()
            sheet.notice_ids.action_mark_notified()
            sheet.notice_ids.date = notified_on
