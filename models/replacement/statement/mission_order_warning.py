"""Kilometres without a mission order: warned of before the statement is issued.

Décret n° 2001-654 of 19 July 2001, art. 5: an order is signed before departure."""

from odoo import api, fields, models

from .statement import FROZEN


class CommuneReplacementStatement(models.Model):
    _inherit = "commune.replacement.statement"

    order_warning = fields.Text(
        string="Kilometres without an order",
        compute="_compute_order_warning",
        compute_sudo=True,
        groups="base.group_user",
    )

    @api.depends("state", "kind", "line_ids.km", "line_ids.mission_id.amendment_ids.order_days")
    @api.depends_context("lang")
    def _compute_order_warning(self):
        """A warning per mission, while the statement can be changed; an order may be on paper."""
        day = self.env.company._format_document_date
        for statement in self:
            bare = statement.line_ids.filtered(lambda line: line.km and not line._has_order())
            if statement.state in FROZEN or statement.kind == "cancelling":
                bare = bare.browse()
            statement.order_warning = "\n".join(
                self.env._(
                    "%(mission)s: kilometres without an order of mission issued before departure"
                    " (décret n° 2001-654, art. 5) on %(days)s.",
                    mission=mission.name,
                    days=", ".join(map(day, sorted(set(lines.mapped("date"))))),
                )
                for mission, lines in bare.grouped("mission_id").items()
            )


class CommuneReplacementStatementLine(models.Model):
    _inherit = "commune.replacement.statement.line"

    def _has_order(self):
        """Whether an order of the mission covers the day.

        Orders issued before 19.0.1.11.0 do not list their days: they cover every day from their
        date on."""
        self.ensure_one()
        company = self.env.company
        return any(
            str(self.date) in version.order_days
            if version.order_days
            else version.order_date
            and company._get_organisation_date(version.order_date) <= self.date
            for version in self.mission_id.amendment_ids
        )
