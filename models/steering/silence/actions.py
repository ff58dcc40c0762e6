"""Actions on the list of silent communes: whom to call, what to talk about."""

from odoo import api, fields, models

from ...core.window_actions import open_record


class CommuneSilence(models.Model):
    _inherit = "commune.silence"

    phone = fields.Char(related="commune_id.phone")
    mayor_name = fields.Char(related="commune_id.mayor_name")
    points = fields.Text(string="To talk about", compute="_compute_points")
    is_silent = fields.Boolean(
        string="Silent for too long", compute="_compute_is_silent", search="_search_is_silent"
    )

    @api.depends_context("lang", "uid")
    def _compute_points(self):
        """Under the rights of the user who reads the list."""
        points = self.env["commune.card"]._get_talks(self.commune_id)
        for one in self:
            one.points = points.get(one.commune_id.id, "")

    def _compute_is_silent(self):
        silent = self._get_silent()
        for one in self:
            one.is_silent = one in silent

    def _search_is_silent(self, operator, value):
        if operator != "in":
            return NotImplemented
        domain = self._get_silent_domain()
        return domain if True in value else ~domain

    def action_log_call(self):
        """A call to the commune, now, by the current user: its silence is over."""
        self.ensure_one()
        self.check_access("read")
        self.env["commune.contact"].create(
            {
                "kind": "call",
                "commune_id": self.commune_id.id,
                "subject": self.env._("Call to have news"),
            }
        )
        return {"type": "ir.actions.client", "tag": "soft_reload"}

    def action_open_commune(self):
        """The sheet of the commune."""
        self.ensure_one()
        self.check_access("read")
        return open_record(self.commune_id, "commune_view_form")

    def action_plan_visits(self):
        """A tour of the current communes, in the order that makes the shortest way."""
        self.check_access("read")
        return self.env["commune.visit.tour"]._open_new(self.commune_id)
