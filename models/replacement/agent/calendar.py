"""The calendar of an agent, followed from a phone by a private address."""

import secrets

from odoo import api, fields, models
from odoo.exceptions import UserError

from ....engine.calendar.ics import calendar
from ...core.display_notification import display_notification
from ...core.private_link import TOKEN_BYTES, find_by_token


class HrEmployee(models.Model):
    _name = "hr.employee"
    _inherit = ["hr.employee", "commune.letter"]

    agent_calendar_token = fields.Char(groups="base.group_system", copy=False, index=True)

    def action_send_agent_calendar(self):
        """Write a new private address to each agent, who alone reads it; the one before opens
        nothing any more."""
        self.check_access("write")
        agents = self.sudo()
        for agent in agents:
            if not agent.work_contact_id.email_normalized:
                raise UserError(
                    self.env._("Write the e-mail address of %s at work first.", agent.name)
                )
            agent.agent_calendar_token = secrets.token_urlsafe(TOKEN_BYTES)
        agents._send_letters("mail_template_replacement_calendar")
        return display_notification(self.env._("The address of the calendar was sent by e-mail."))

    def _get_letter_person(self):
        return self.work_contact_id

    def _get_letter_reply(self):
        """To anyone who follows the week that the letter is about; the one that holds the address
        of the calendar is answered at the desk."""
        if self.env.context.get("contested_sheet"):
            return self._get_contested_sheet().mission_id._get_coordination_reply()
        return super()._get_letter_reply()

    def _get_failed_letter_owner(self, person):
        """A coordinator: an agent is of no commune."""
        known = self.env["commune.replacement.incident"].sudo()._get_coordination_people()
        return known[:1] or super()._get_failed_letter_owner(person)

    def _get_secret_address(self, name, person, email):
        if name != "calendar" or person != self.work_contact_id or not self.agent_calendar_token:
            return ""
        return f"{self.get_base_url()}/replacement-calendar/{self.agent_calendar_token}.ics"

    @api.model
    def _find_by_agent_calendar_token(self, token):
        """The agent of a private address, as superuser; empty when it opens nothing."""
        return find_by_token(self, "agent_calendar_token", token)

    def _get_agent_calendar(self):
        """Half-days held: agreed ones firm, proposed ones tentative."""
        self.ensure_one()
        slots = self.sudo().slot_ids.filtered(lambda s: s.state in ("held", "filled"))
        entries = [slot._get_calendar_entry() for slot in slots]
        return calendar(self.env._("My missions"), entries, followed=True)
