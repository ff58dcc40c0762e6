"""Prepare the statements of a period: one draft per commune that owes something."""

from datetime import timedelta

from odoo import api, fields, models
from odoo.exceptions import UserError


class CommuneReplacementStatementPrepare(models.TransientModel):
    _name = "commune.replacement.statement.prepare"
    _description = "Prepare statements"

    date_start = fields.Date(
        string="From the", required=True, default=lambda self: self._get_first_month()[0]
    )
    date_end = fields.Date(
        string="Until", required=True, default=lambda self: self._get_first_month()[1]
    )
    commune_ids = fields.Many2many(
        "res.partner",
        string="Communes",
        domain="[('is_commune', '=', True)]",
        help="Empty: all those that owe something.",
    )
    found_text = fields.Char(compute="_compute_found_text")

    @api.model
    def _get_first_month(self):
        """The oldest month that has something to bill, else last month."""
        today = self.env["commune.replacement.timesheet"]._get_today()
        domain = self.env["commune.replacement.statement"]._get_billable_domain(
            today - timedelta(days=4 * 365), today
        )
        lines = self.env["commune.replacement.timesheet.line"].sudo()
        first = lines.search(domain, order="date", limit=1)
        if not first:
            return self._get_last_month()
        start = first.date.replace(day=1)
        return start, (start + timedelta(days=31)).replace(day=1) - timedelta(days=1)

    @api.model
    def _get_last_month(self):
        end = self.env.company._get_today().replace(day=1) - timedelta(days=1)
        return end.replace(day=1), end

    @api.depends("date_start", "date_end", "commune_ids")
    def _compute_found_text(self):
        """What will be made, before it is made."""
        statements = self.env["commune.replacement.statement"]
        for wizard in self:
            wizard.found_text = ""
            if not wizard.date_start or not wizard.date_end:
                continue
            communes = wizard.commune_ids._origin
            works = statements._get_works(wizard.date_start, wizard.date_end, communes)
            places = {source["commune"] for _work, source in works}
            wizard.found_text = self.env._(
                "To bill: %(half_days)s, %(communes)s.",
                half_days=self.env["commune.replacement.slot"]._format_count(len(works)),
                communes=self.env._("1 commune")
                if len(places) == 1
                else self.env._("%s communes", len(places)),
            )

    def action_prepare(self):
        self.ensure_one()
        statements = self.env["commune.replacement.statement"]._prepare_statements(
            self.date_start, self.date_end, self.commune_ids
        )
        if not statements:
            raise UserError(
                self.env._(
                    "Nothing to bill in this period: hours must be validated by the commune, then"
                    " checked."
                )
            )
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "commune_relations.commune_replacement_statement_action"
        )
        return {**action, "domain": [("id", "in", statements.ids)], "context": {}}
