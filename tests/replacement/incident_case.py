"""A case between Nadia and the commune of Aubrive, with a person in each role."""

from odoo.fields import Command

from .hours_case import HoursCase

SECRET = "Zéphyrin"  # a word found nowhere else


class IncidentCase(HoursCase):
    """`case`: the mayor reports, Nadia is concerned, `employee` mediates, the councillor is a
    witness. The mayor and Nadia were each interviewed. `outsiders` have no role in it."""

    outsiders = ("reader", "referent", "officer", "portal_b", "portal_both", "karim_user", "public")

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.cases = cls.env["commune.replacement.incident"]
        for user, name in ((cls.portal_a, "anne"), (cls.agent_user, "nadia")):
            user.partner_id.email = f"{name}@deuxrives.example"
        cls.coordinator.email = "coordination@deuxrives.example"
        cls.manager.email = "direction@deuxrives.example"

    def _open_case(self, **values):
        roles = {
            "reporter": self.portal_a,
            "concerned": self.agent_user,
            "mediator": self.employee,
            "witness": self.portal_a_limited,
        }
        case = self.cases.with_user(self.coordinator).create(
            {
                "kind": "disagreement",
                "commune_id": self.commune_a.id,
                "employee_id": self.nadia.id,
                "facts": f"Faits : {SECRET}",
                "quotes": f"« {SECRET} »",
                "analysis": f"Analyse : {SECRET}",
                "party_ids": [
                    Command.create({"partner_id": user.partner_id.id, "role": role})
                    for role, user in roles.items()
                ],
                **values,
            }
        )
        for role in ("reporter", "concerned"):
            self.env["commune.replacement.incident.interview"].with_user(self.coordinator).create(
                {
                    "incident_id": case.id,
                    "date": "2027-02-01 09:00:00",
                    "party_ids": case.party_ids.filtered(lambda p, r=role: p.role == r).ids,
                    "summary": f"Entretien {role} : {SECRET}",
                    "note": f"Note : {SECRET}",
                }
            )
        return case
