"""The same agent for two communes: morning here, afternoon there, proposed in one action."""

from dataclasses import replace

from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.fields import Command, Domain

from ...engine.staffing import solve
from ...models.replacement.planning.engine_adapter import agent_code, build, request_code
from ...models.replacement.planning.request import TO_PLAN


class CommuneReplacementPair(models.TransientModel):
    _name = "commune.replacement.pair"
    _description = "The same agent for two requests"

    request_id = fields.Many2one("commune.replacement.request", required=True, readonly=True)
    other_id = fields.Many2one(
        "commune.replacement.request",
        string="With the request",
        domain="[('id', 'in', possible_ids)]",
    )
    possible_ids = fields.Many2many("commune.replacement.request", compute="_compute_possible_ids")
    line_ids = fields.One2many("commune.replacement.pair.line", "wizard_id")
    message = fields.Char(readonly=True)

    @api.depends("request_id")
    def _compute_possible_ids(self):
        for wizard in self:
            wizard.possible_ids = wizard.request_id._find_other_halves()

    def action_look(self):
        """Agents who can take both, with every rule: the way between, lunch, hours of the day."""
        self.ensure_one()
        self.request_id.check_access("write")
        if not self.other_id:
            raise UserError(self.env._("Choose the other request."))
        lines = self._get_lines()
        self.line_ids.unlink()
        self.write(
            {
                "line_ids": [Command.create(line) for line in lines],
                "message": False
                if lines
                else self.env._("Nobody can take both requests: look for two agents."),
            }
        )
        return self._reopen()

    def _get_lines(self):
        both = (self.request_id | self.other_id).sudo()
        staffing = build(both)
        board = staffing.board
        codes = [request_code(one) for one in both]
        found = []
        for name, agent in staffing.agents.items():
            if any(board.stops[code][name] for code in codes):
                continue
            plan = solve(replace(staffing.problem, agents=(board.agents[name],)), "greedy")
            days = {code: [] for code in codes}
            for one in plan.assignments:
                if (one.request, one.half_day) not in staffing.standing and one.request in days:
                    days[one.request].append([str(one.half_day.date), one.half_day.half])
            if all(days.values()):
                found.append(self._prepare_line(agent, plan, days, codes))
        return sorted(found, key=lambda line: -line["first_count"] - line["other_count"])

    def _prepare_line(self, agent, plan, days, codes):
        notes = [n.reason for n in plan.notices if n.agent in ("", agent_code(agent))]
        first, other = (days[code] for code in codes)
        return {
            "employee_id": agent.id,
            "days": [first, other],
            "first_count": len(first),
            "other_count": len(other),
            "note": "\n".join(dict.fromkeys(notes)),
        }

    def _reopen(self):
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("The same agent for two communes"),
            "res_model": self._name,
            "res_id": self.id,
            "view_mode": "form",
            "target": "new",
        }


class CommuneReplacementPairLine(models.TransientModel):
    _name = "commune.replacement.pair.line"
    _description = "An agent for two requests"

    wizard_id = fields.Many2one("commune.replacement.pair", ondelete="cascade", index=True)
    employee_id = fields.Many2one("hr.employee", string="Agent", readonly=True)
    days = fields.Json(readonly=True)
    first_count = fields.Integer(string="Half-days of this request", readonly=True)
    other_count = fields.Integer(string="Half-days of the other", readonly=True)
    note = fields.Text(string="To know", readonly=True)

    def action_choose(self):
        """Two proposals at once, or none: the rules are run for each with the other held."""
        self.ensure_one()
        proposals = self.env["commune.replacement.proposal"]
        pair = (self.wizard_id.request_id, self.wizard_id.other_id)
        for request, days in zip(pair, self.days or ((), ()), strict=True):
            wanted = {tuple(day) for day in days}
            slots = request._get_open_slots().filtered(
                lambda s, wanted=wanted: (str(s.date), s.half_day) in wanted
            )
            proposals |= request._assign(self.employee_id, slots, self.note or "")
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Proposals"),
            "res_model": proposals._name,
            "view_mode": "list,form",
            "domain": [("id", "in", proposals.ids)],
        }


class CommuneReplacementRequest(models.Model):
    _inherit = "commune.replacement.request"

    def _find_other_halves(self):
        """Requests to fill that leave free, on a day of this one, the half that this one takes."""
        opened = self._get_open_slots()
        days = set(opened.mapped("date"))
        if not days:
            return self.browse()
        same_day = Domain("state", "=", "open") & Domain("date", "in", sorted(days))
        others = self.search(
            Domain("state", "in", TO_PLAN)
            & Domain("id", "not in", self.ids)
            & Domain("slot_ids", "any", same_day)
        )
        taken = {(slot.date, slot.half_day) for slot in opened}
        return others.filtered(
            lambda r: not any((s.date, s.half_day) in taken for s in r._get_open_slots())
        )

    def action_pair(self):
        self.ensure_one()
        self.check_access("write")
        wizard = self.env["commune.replacement.pair"].create(
            {"request_id": self.id, "other_id": self._find_other_halves()[:1].id}
        )
        return wizard.action_look() if wizard.other_id else wizard._reopen()
