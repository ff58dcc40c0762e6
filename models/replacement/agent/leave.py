"""Leaves of the agents of the pool: the plan believes them, so not everybody writes them."""

from odoo import models

from .hr_employee import FILE


class ResourceCalendarLeaves(models.Model):
    _inherit = "resource.calendar.leaves"

    def write(self, vals):
        """A leave of one's own is not turned into that of an agent: rules are only asked before."""
        result = super().write(vals)
        if "resource_id" in vals:
            agents = self.sudo().filtered("resource_id.employee_id.is_replacement_agent")
            agents.sudo(False).check_access("write")
        return result


class ResPartner(models.Model):
    _inherit = "res.partner"

    def _get_employees_from_attendees(self, everybody=False):
        """Hide the working hours of pool agents from other employees.

        The calendar shows every employee when a colleague works, hence when he is away. The hours
        of an agent of the pool are shown to himself and to users who manage his file."""
        found = super()._get_employees_from_attendees(everybody)
        if self.env.user.has_groups(FILE):
            return found
        kept = {
            partner: employees.filtered(
                lambda one: not one.is_replacement_agent or one.user_id == self.env.user
            )
            for partner, employees in found.items()
        }
        return {partner: employees for partner, employees in kept.items() if employees}
