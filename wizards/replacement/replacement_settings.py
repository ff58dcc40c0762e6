"""Hours of the half-days, time to answer and accounts: settings a manager changes alone."""

from odoo import api, fields, models

NAMES = (
    "half_day_am_start",
    "half_day_am_end",
    "half_day_pm_start",
    "half_day_pm_end",
    "proposal_answer_hours",
    "replacement_account_in",
    "replacement_account_out",
)


class CommuneReplacementSettings(models.TransientModel):
    """The general settings of Odoo are for its administrators; these belong to the service."""

    _name = "commune.replacement.settings"
    _description = "Settings of the replacement service"

    half_day_am_start = fields.Float(string="Morning starts at", required=True)
    half_day_am_end = fields.Float(string="Morning ends at", required=True)
    half_day_pm_start = fields.Float(string="Afternoon starts at", required=True)
    half_day_pm_end = fields.Float(string="Afternoon ends at", required=True)
    proposal_answer_hours = fields.Integer(string="Hours to answer a proposal", required=True)
    replacement_account_in = fields.Char(string="Account of the receipts")
    replacement_account_out = fields.Char(string="Account of the commune")

    @api.model
    def default_get(self, names):
        self.browse().check_access("create")
        company = self.env.company.sudo()
        values = {name: company[name] for name in NAMES if name in names}
        return {**super().default_get(names), **values}

    def action_save(self):
        self.ensure_one()
        self.check_access("write")
        self.env.company.sudo().write({name: self[name] for name in NAMES})
        return {"type": "ir.actions.act_window_close"}
