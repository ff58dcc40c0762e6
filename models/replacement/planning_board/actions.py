"""Giving half-days to an agent on the board: every rule is run again, and the screen of the user
who did not see the last action of a colleague is not believed."""

from dataclasses import replace

from odoo import api, models
from odoo.exceptions import UserError

from ....engine.staffing import Assignment
from ...core.collation import collate
from ...core.row_lock import lock_rows
from ..planning.choice_reasons import Motives
from ..planning.engine_adapter import build, half_day, request_code


class CommuneReplacementBoard(models.AbstractModel):
    _inherit = "commune.replacement.board"

    @api.model
    def give(self, moves, agent_id=False):
        """Give half-days of one request to an agent, or give them back to fill.

        :param moves: pairs (half-day, agent who holds it on the screen, or False)
        :param agent_id: False to give them back
        :raise UserError: the exact rule that stops the agent, or what a colleague did meanwhile
        """
        self.env["commune.replacement.request"].check_access("write")
        slots = self.env["commune.replacement.slot"].browse([slot for slot, _agent in moves])
        slots = slots.exists()
        lock_rows(slots)
        self._check_seen(slots, dict(map(tuple, moves)))
        agent = self.env["hr.employee"].browse(agent_id or ()).exists()
        if agent_id and not agent:
            raise UserError(self.env._("This agent is no longer in the pool: look again."))
        slots.filtered(lambda s: s.employee_id != agent)._give_by_hand(agent)

    @api.model
    def _check_seen(self, slots, seen):
        """Refuse an operation on a board that has changed since it was displayed."""
        if len(slots) < len(seen):
            raise UserError(self.env._("A half-day is no longer asked for: look again."))
        for slot in slots:
            if slot.state == "cancelled":
                raise UserError(
                    self.env._("%s was cancelled: nobody can be sent.", slot.display_name)
                )
            if (slot.employee_id.id or False) == (seen[slot.id] or False):
                continue
            if not slot.employee_id:
                raise UserError(
                    self.env._(
                        "%s is to be filled again: a colleague has just changed it. Look again,"
                        " then choose.",
                        slot.display_name,
                    )
                )
            raise UserError(
                self.env._(
                    "%(slot)s was given to %(agent)s by %(author)s meanwhile. Look again, then"
                    " choose.",
                    slot=slot.display_name,
                    agent=slot.employee_id.sudo().name,
                    author=slot.taken_by_id.sudo().name or "?",
                )
            )

    # who may go

    @api.model
    def get_takers(self, slot_ids):
        """All the agents for half-days of one request: those who may take them all, best first,
        then the others with the rules that stop them, the same as an action would meet.

        :return: list of dicts `id`, `name`, `words` (why this one), `reasons` (why not)
        """
        self.env["commune.replacement.request"].check_access("write")
        slots = self.env["commune.replacement.slot"].browse(slot_ids).exists()
        request = slots.request_id
        if len(request) != 1:
            raise UserError(self.env._("Choose half-days of one request."))
        staffing = self._build_without(request, slots)
        motives = Motives(staffing)
        takers = [
            self._prepare_taker(staffing, motives, slots, name, agent)
            for name, agent in staffing.agents.items()
            if agent.is_replacement_agent
        ]
        return sorted(takers, key=lambda taker: taker.pop("rank"))

    @api.model
    def _build_without(self, request, slots):
        """What the engine needs, as if nobody held these half-days."""
        staffing = build(request.sudo())
        code = request_code(request)
        freed = {(code, half_day(slot)) for slot in slots}
        locked = tuple(
            one for one in staffing.problem.locked if (one.request, one.half_day) not in freed
        )
        return replace(staffing, problem=replace(staffing.problem, locked=locked))

    @api.model
    def _prepare_taker(self, staffing, motives, slots, name, agent):
        request = slots.request_id
        code = request_code(request)
        choices = [Assignment(code, half_day(slot), name) for slot in slots]
        reasons = request._get_broken_rules(agent, choices, staffing)
        standing = motives.get(code, name)
        return {
            "id": agent.id,
            "name": agent.name,
            "reasons": reasons,
            "words": "" if reasons else motives.describe(code, name),
            "rank": (len(reasons), *standing.rank, collate(agent.name), agent.id),
        }


class CommuneReplacementSlot(models.Model):
    _inherit = "commune.replacement.slot"

    def _give_by_hand(self, agent):
        """Half-days dragged one after the other to an agent are one proposal, hence one letter."""
        self._detach()
        if not agent:
            return
        for request, slots in self.grouped("request_id").items():
            waiting = request.sudo().proposal_ids.filtered(
                lambda one: one.state == "draft" and one.employee_id == agent
            )[:1]
            if not waiting:
                request._assign(agent, slots)
                continue
            request._check_agent(agent, slots)
            slots._give_to(agent, waiting)
            waiting.slot_ids |= slots
