"""Demonstration of a unit cost: set in March 2026, then told to the communes that have the service.

As if it had been done in time: no letter is made."""

from odoo.fields import Command

FIELDS = ("nature", "name", "posts", "observed", "change", "reason")
YEAR, SET, TOLD = 2026, "2026-03-10", "2026-03-24"
SERVICE, UNITS = "PREVENTION", 800
# nature, name, full-time equivalents, euros of the accounts, change of the budget, why: 118,400 €
CHARGES = (
    ("personnel", "Deux conseillers de prévention", 2, 104600, 2600, "avancement d’échelon"),
    ("supplies", "Carburant, fournitures", 0, 3900, 150, "prix du carburant"),
    ("goods", "Renouvellement des appareils de mesure", 0, 2600, 0, ""),
    ("contracts", "Vérification des appareils, téléphonie", 0, 4550, 0, ""),
)


class UnitCostDemo:
    def _load(self, epci=None):
        sentences = super()._load(epci)
        sheets = self.env["commune.service.unit.cost"]
        if not sheets.search_count([], limit=1):
            service = self.env["commune.service"].search([("code", "=", SERVICE)], limit=1)
            if service.state == "active":
                self.with_context(no_letters=True)._create_unit_cost(service)
        return sentences

    def _create_unit_cost(self, service):
        sheet = self.env["commune.service.unit.cost"].create(
            {
                "service_id": service.id,
                "year": YEAR,
                "units": UNITS,
                "method": "Charges de fonctionnement du service, divisées par les demi-journées"
                " faites dans l’année (exemple).",
                "charge_ids": [
                    Command.create(dict(zip(FIELDS, charge, strict=True))) for charge in CHARGES
                ],
            }
        )
        sheet.action_set()
        sheet.set_date = SET
        if sheet._get_beneficiaries():
            sheet.action_notify()
            sheet.notice_ids.action_told()
            sheet.notice_ids.date = TOLD
