"""Refused suggestions of a commune: one service, or all; by whom, and when.

The engine (`engine/service_suggestion/suggest.py`) leaves them out.

A refusal that is withdrawn stays, with its end date: the history of who decided what is complete.
"""

from psycopg2.errors import UniqueViolation

from odoo import api, fields, models
from odoo.fields import Domain
from odoo.tools import mute_logger


class CommuneServiceRefusal(models.Model):
    _name = "commune.service.refusal"
    _description = "Suggestion refused by a commune"
    _order = "date desc, id desc"
    _rec_name = "commune_id"

    commune_id = fields.Many2one(
        "res.partner",
        required=True,
        index=True,
        ondelete="restrict",
        domain="[('is_commune', '=', True)]",
    )
    service_id = fields.Many2one(
        "commune.service",
        index="btree_not_null",
        ondelete="restrict",
        help="The service that is no longer suggested; empty: no suggestion at all.",
    )
    label = fields.Char(string="No longer suggested", compute="_compute_label")
    date = fields.Datetime(
        string="Since", required=True, default=fields.Datetime.now, readonly=True
    )
    partner_id = fields.Many2one(
        "res.partner",
        string="Refused by",
        readonly=True,
        required=True,
        ondelete="restrict",
        index=True,
    )
    end_date = fields.Datetime(string="Taken back on", readonly=True)
    end_partner_id = fields.Many2one(
        "res.partner",
        string="Taken back by",
        readonly=True,
        ondelete="restrict",
        index="btree_not_null",
    )
    _running_uniq = models.UniqueIndex(
        "(commune_id, COALESCE(service_id, 0)) WHERE end_date IS NULL",
        "This commune already refuses this.",
    )

    @api.depends("service_id.name")
    @api.depends_context("lang")
    def _compute_label(self):
        for refusal in self:
            refusal.label = refusal.service_id.name or self.env._("Every service")

    @api.model_create_multi
    def create(self, vals_list):
        """Staff who record an oral refusal are its authors, today."""
        if not self.env.su:
            person = self.env.user.partner_id
            allowed = ("commune_id", "service_id")
            vals_list = [
                {"partner_id": person.id, **{key: vals.get(key) for key in allowed}}
                for vals in vals_list
            ]
        return super().create(vals_list)

    def action_end(self):
        """Staff: suggest it again."""
        self.browse().check_access("create")
        self.check_access("read")
        self.sudo()._end(self.env.user.partner_id)

    def _end(self, person):
        self.filtered(lambda refusal: not refusal.end_date).write(
            {"end_date": fields.Datetime.now(), "end_partner_id": person.id}
        )

    @api.model
    def _set(self, commune, service, refused, person):
        """Record the decision of a person for a commune; a repeated one counts once.

        :param service: empty for every suggestion
        """
        self = self.sudo()  # a person of the portal decides for the commune that it acts for
        commune._check_portal_role(person)
        running = self.search(
            Domain("commune_id", "=", commune.id)
            & Domain("service_id", "=", service.id)
            & Domain("end_date", "=", False)
        )
        if not refused:
            running._end(person)
        elif not running:
            values = {
                "commune_id": commune.id,
                "service_id": service.id,
                "partner_id": person.id,
            }
            try:
                with self.env.cr.savepoint(), mute_logger("odoo.sql_db"):
                    self.create(values)
            except UniqueViolation:  # a colleague, or a second click, a moment ago
                return

    @api.model
    def _get_refused(self, communes):
        """{commune id: ids of the services refused today, False for every suggestion}."""
        groups = self._read_group(
            Domain("commune_id", "in", communes.ids) & Domain("end_date", "=", False),
            ["commune_id", "service_id"],
        )
        found = {}
        for commune, service in groups:
            found.setdefault(commune.id, set()).add(service.id)
        return found
