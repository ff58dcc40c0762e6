"""Persons of a warning: those whom its facts name, proposed on the incident it opened.

A person of an incident sees on the portal that there is one: a coordinator adds them by a button,
never automatically.
"""

from odoo import api, fields, models
from odoo.fields import Command

from ..incident.incident import COORDINATOR
from ..incident.labels import ENDED

# Persons named by the source record of a fact, beside the agent.
PEOPLE = {
    "commune.replacement.evaluation": "person_id",
    "commune.replacement.timesheet": "sign_partner_id",
    "commune.replacement.proposal": "answered_by_id",
}


class CommuneReplacementAlert(models.Model):
    _inherit = "commune.replacement.alert"

    def _get_people(self):
        """The agent, then those who answered, signed or were asked (res.partner, as superuser);
        colleagues of the organisation who noted an answer are no part of it."""
        ids = {}
        for key in self.fact_ids.mapped("key"):
            model, number = key.partition(":")[0].split(",")
            ids.setdefault(model, set()).add(int(number))
        agents = self.employee_id
        people = self.env["res.partner"]
        for agent in agents:
            people |= agent.user_id.partner_id or agent.work_contact_id
        for model, name in PEOPLE.items():
            named = self.env[model].browse(ids.get(model, ())).exists()[name]
            people |= named.filtered(
                lambda one: not one.is_company and all(user.share for user in one.user_ids)
            )
        return people


class CommuneReplacementIncident(models.Model):
    _inherit = "commune.replacement.incident"

    proposed_partner_ids = fields.Many2many(
        "res.partner",
        string="Named by the facts of the warning",
        compute="_compute_proposed_partner_ids",
        groups=COORDINATOR,
    )

    @api.depends("party_ids.partner_id", "step")
    def _compute_proposed_partner_ids(self):
        self = self.sudo()  # reviewers see neither each answer nor each agent
        alerts = self.env["commune.replacement.alert"]
        opened = alerts.search([("incident_id", "in", self.ids)]).grouped("incident_id")
        for case in self:
            running = case.step not in ENDED
            people = opened.get(case, alerts)._get_people() if running else alerts.commune_id
            case.proposed_partner_ids = people - case.party_ids.partner_id

    def action_add_people(self):
        """Add the proposed persons to the incident; nobody is notified."""
        self.ensure_one()
        self.check_access("write")
        self.party_ids = [
            Command.create({"partner_id": person.id, "role": "concerned"})
            for person in self.proposed_partner_ids
        ]
