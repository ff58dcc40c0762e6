"""Wizard: invite several persons to the portal, with a preview of who is invited and who is not."""

from odoo import api, fields, models
from odoo.exceptions import UserError

from ...models.core.window_actions import open_record


class CommunePortalInvite(models.TransientModel):
    _name = "commune.portal.invite"
    _description = "Invite to the portal"

    partner_ids = fields.Many2many("res.partner", string="Persons")
    ready_ids = fields.Many2many(
        "res.partner", string="Invitations to send", compute="_compute_ready_ids"
    )
    ready_count = fields.Integer(compute="_compute_ready_ids")
    problems = fields.Text(
        string="Cannot be invited",
        compute="_compute_ready_ids",
        help="One line per person; nothing is done for them.",
    )
    sent_ids = fields.Many2many(
        "res.partner", "commune_portal_invite_sent_rel", string="Invitations sent", readonly=True
    )
    state = fields.Selection([("draft", "To send"), ("done", "Sent")], default="draft")

    @api.depends("partner_ids")
    def _compute_ready_ids(self):
        for wizard in self:
            problems = self.env["commune.portal.account"]._get_portal_problems(wizard.partner_ids)
            wizard.ready_ids = wizard.partner_ids.filtered(lambda p, found=problems: p not in found)
            wizard.ready_count = len(wizard.ready_ids)
            wizard.problems = "\n".join(problem.sentence for problem in problems.values())

    def action_send(self):
        """Send the invitations that can be, all of them or none."""
        self.ensure_one()
        self.env["commune.mandate"].check_access("write")
        if not self.ready_ids:
            raise UserError(self.env._("None of these persons can be invited."))
        persons = self.ready_ids
        self.env["commune.portal.account"]._invite_to_portal(persons)
        self.write({"sent_ids": [fields.Command.set(persons.ids)], "state": "done"})
        return self._open()

    def _open(self):
        return open_record(self, name=self.env._("Invite to the portal"), target="new")
