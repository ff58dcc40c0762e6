"""What follows when the file of an agent changes, and how a coordinator keeps it."""

from odoo import api, models

from ...core import record_changes
from ...core.record_changes import AROUND, Subscriber
from .hr_employee import COORDINATOR
from .rate import RATE

SUBSCRIBERS = (
    Subscriber(
        "replacement",
        "write",
        AROUND,
        "_date_changed_rates",
        "hours of before keep their category and cost",
        frozenset({*RATE, "rate_date_start"}),
    ),
)


class HrEmployee(models.Model):
    _inherit = "hr.employee"

    @api.model_create_multi
    def create(self, vals_list):
        """A coordinator adds agents of the pool without the rights of the HR department."""
        agents_only = all(vals.get("is_replacement_agent") for vals in vals_list)
        if agents_only and not self.env.su and self.env.user.has_group(COORDINATOR):
            self.browse().check_access("create")
            split = [self._split_coordinator_values(vals) for vals in vals_list]
            agents = super(HrEmployee, self.sudo()).create([own for own, _lines in split])
            agents = agents.sudo(False)
            for agent, (_own, lines) in zip(agents, split, strict=True):
                if lines:
                    agent.write(lines)
            return agents
        return super().create(vals_list)

    def write(self, vals):
        chosen = record_changes.select(SUBSCRIBERS, "write", vals)
        by_coordinator = not self.env.su and self._opens_agent_form()
        do_write = self._write_file if by_coordinator else super().write
        return record_changes.write(self, vals, chosen, do_write)

    def _write_file(self, vals):
        """A coordinator keeps the file of these agents without the rights of the HR department:
        Odoo writes a name through the resource of the employee, which is for that department."""
        self.check_access("write")
        own, _lines = self._split_coordinator_values(vals)
        others = {name: value for name, value in vals.items() if name not in own}
        if own:
            super(HrEmployee, self.sudo()).write(own)
        return super().write(others) if others else True
