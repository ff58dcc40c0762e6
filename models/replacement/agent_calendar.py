"""The calendar of an agent, followed from a phone by a private address."""

import secrets

import pytz

from odoo import api, fields, models

from ...engine.calendar.ics import Entry, calendar
from ..core.private_link import TOKEN_BYTES, find_by_token


class HrEmployee(models.Model):
    _inherit = "hr.employee"

    agent_calendar_token = fields.Char(groups="base.group_system", copy=False, index=True)
    agent_calendar_url = fields.Char(
        string="Address of the calendar",
        compute="_compute_agent_calendar_url",
        groups="commune_relations.group_replacement_coordinator",
        help="The agent adds it once to the calendar of a phone; renew it if it has leaked.",
    )

    @api.depends("agent_calendar_token")
    def _compute_agent_calendar_url(self):
        for agent in self:
            token = agent.sudo().agent_calendar_token
            agent.agent_calendar_url = (
                f"{agent.get_base_url()}/replacement-calendar/{token}.ics" if token else False
            )

    def action_renew_agent_calendar(self):
        """A new private address; the one before opens nothing any more."""
        self.check_access("write")
        for agent in self:
            agent.sudo().agent_calendar_token = secrets.token_urlsafe(TOKEN_BYTES)

    @api.model
    def _find_by_agent_calendar_token(self, token):
        """The agent of a private address, as superuser; empty when it opens nothing."""
        return find_by_token(self, "agent_calendar_token", token)

    def _get_agent_calendar(self):
        """Half-days held: agreed ones firm, proposed ones tentative."""
        self.ensure_one()
        database = self.env["ir.config_parameter"].sudo().get_param("database.uuid")
        slots = self.sudo().slot_ids.filtered(lambda s: s.state in ("held", "filled"))
        entries = [
            Entry(
                uid=f"half-day-{slot.id}@{database}",
                title=self.env._("Replacement at %s", slot.commune_id.name),
                start=pytz.utc.localize(slot.start_datetime),
                end=pytz.utc.localize(slot.stop_datetime),
                stamp=pytz.utc.localize(slot.write_date),
                text=slot.request_id.post or "",
                place=slot.request_id.workplace or slot.commune_id.name,
                tentative=slot.state == "held",
            )
            for slot in slots
        ]
        return calendar(self.env._("My missions"), entries)
