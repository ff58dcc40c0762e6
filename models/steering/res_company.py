"""Steering settings: the number of weeks after which a commune counts as silent."""

from odoo import fields, models

SPREADSHEETS = ("requests", "services", "replacement")


class ResCompany(models.Model):
    _inherit = "res.company"

    silence_weeks = fields.Integer(
        string="Weeks without a sign before a commune is silent",
        default=12,
        help="No request, event, answer, connection to the portal or contact for that long.",
    )
    _silence_weeks_check = models.Constraint(
        "CHECK(silence_weeks > 0)", "A commune is silent after one week at least."
    )

    def _publish_spreadsheets(self, vals):
        """The spreadsheet of a pillar that is switched off leaves the dashboards, and comes back
        with it."""
        for pillar in SPREADSHEETS:
            if f"uses_{pillar}" in vals or "uses_steering" in vals:
                self._publish_spreadsheet(pillar)

    def _publish_spreadsheet(self, pillar):
        board = self.env.ref(f"commune_relations.spreadsheet_dashboard_{pillar}", False)
        if board:
            used = self.env.company._uses(pillar) and self.env.company._uses("steering")
            board.sudo().is_published = used


class CommuneOrganisationSettingsMixin(models.AbstractModel):
    _inherit = "commune.organisation.settings.mixin"

    silence_weeks = fields.Integer(related="company_id.silence_weeks", readonly=False)
