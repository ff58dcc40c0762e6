"""Proposals and missions of a request."""

from odoo import fields, models


class CommuneReplacementRequest(models.Model):
    _inherit = "commune.replacement.request"

    proposal_ids = fields.One2many("commune.replacement.proposal", "request_id")
    mission_ids = fields.One2many("commune.replacement.mission", "request_id")

    def _get_open_slots(self):
        return self.slot_ids.filtered(lambda s: s.state == "open")

    def _hold(self, agent, slots, reasons=""):
        """A proposal that holds these half-days for an agent; nothing is sent yet."""
        self.ensure_one()
        values = {
            "request_id": self.id,
            "employee_id": agent.id,
            "slot_ids": [fields.Command.set(slots.ids)],
            "reasons": reasons,
        }
        proposal = self.env["commune.replacement.proposal"].sudo().create(values)
        proposal = proposal.sudo(self.env.su)
        slots._give_to(agent, proposal)
        if self.state in ("submitted", "qualified"):
            self.sudo().state = "searching"
        return proposal

    def _get_decline_labels(self, choices):
        """(value, label in the language of the person)."""
        field = self.env["commune.replacement.proposal"]._fields["decline_reason"]
        labels = dict(field._description_selection(self.env))
        return [(value, labels[value]) for value, _label in choices]
