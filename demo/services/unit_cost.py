"""Demonstration of unit costs: set in March 2026, then told to the communes that have the service.

As if it had been done in time: no letter is made."""

from odoo.fields import Command

FIELDS = ("nature", "name", "posts", "observed", "change", "reason")
YEAR, VOTED, SET, TOLD = 2026, "2026-03-02", "2026-03-10", "2026-03-24"
# code of the service: units, charges (nature, name, full-time equivalents, euros of the accounts,
# change of the budget, why). 118,400 € by 800 are 148 €; 55,600 € by 400 are 139 €.
SHEETS = {
    "PREVENTION": (
        800,
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
        (
            ("personnel", "Un graphiste", 1, 48000, 1200, "avancement d’échelon"),
            ("supplies", "Papier, encres", 0, 2400, 0, ""),
            ("goods", "Renouvellement des ordinateurs", 0, 1500, 0, ""),
            ("contracts", "Logiciels de mise en page", 0, 2500, 0, ""),
        ),
    ),
}


class UnitCostDemo:
    def _load(self, epci=None):
        sentences = super()._load(epci)
        sheets = self.env["commune.service.unit.cost"]
        if not sheets.search_count([], limit=1):
            services = self.env["commune.service"].search([("code", "in", list(SHEETS))])
            for service in services.filtered(lambda one: one.state == "active"):
                demo = self.with_context(no_letters=True)
                demo._create_unit_cost(service, *SHEETS[service.code])
        return sentences

    def _create_unit_cost(self, service, units, charges):
        sheet = self.env["commune.service.unit.cost"].create(
            {
                "service_id": service.id,
                "year": YEAR,
                "units": units,
                "units_source": "demi-journées faites en 2025, d’après le registre",
                "accounts_vote_date": VOTED,
                "method": "Charges de fonctionnement du service, divisées par les demi-journées"
                " faites dans l’année.",
                "charge_ids": [
                    Command.create(dict(zip(FIELDS, charge, strict=True))) for charge in charges
                ],
            }
        )
        sheet.action_set()
        sheet.set_date = SET
        if sheet._get_beneficiaries():
            sheet.action_notify()
            sheet.notice_ids.action_told()
            sheet.notice_ids.date = TOLD
