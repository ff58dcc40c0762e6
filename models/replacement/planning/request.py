"""Requests in front of the staffing engine: a plan, candidates, and every rule before a choice."""

from collections import Counter

from odoo import api, fields, models
from odoo.exceptions import UserError

from ....engine.staffing import (
    Assignment,
    as_dict,
    check,
    regret,
    solve,
    why_none,
    with_arrivals,
)
from ....engine.staffing.messages import message
from ....engine.staffing.model import monday
from .choice_reasons import Motives
from .engine_adapter import agent_code, build, half_day, request_code

TO_PLAN = ("submitted", "qualified", "searching", "proposed", "partially_filled")
MOST_REASONS = 6


class CommuneReplacementRequest(models.Model):
    _inherit = "commune.replacement.request"

    proposal_ids = fields.One2many("commune.replacement.proposal", "request_id")
    mission_ids = fields.One2many("commune.replacement.mission", "request_id")

    @api.model
    def plan(self, requests, solver="cpsat", seconds=15):
        """The best plan for requests; nothing is saved.

        :param requests: recordset or list of ids
        :param solver: `greedy` (at once) or `cpsat`
        :return: dict of plain values, the same as `python -m engine.staffing`
        """
        self.check_access("write")
        ids = requests.ids if isinstance(requests, models.BaseModel) else list(requests or ())
        requests = self.browse(ids).exists()
        requests.check_access("write")
        staffing = build(requests.sudo())
        problem, board = staffing.problem, staffing.board
        plan = solve(problem, solver, seconds=min(max(seconds, 1), 600), board=board)
        return as_dict(problem, plan, board)

    def _get_candidates(self):
        """Agents for the open half-days, best first, then those stopped, with the exact rule.

        Anyone who takes the most of them comes first, then costs the others least, knows the
        commune, lives near, has the least work.

        :return: list of dicts `agent, eligible, slots, text, lost, words`: `text` is the rule, or
            what the choice costs elsewhere; `words` why this agent rather than another
        """
        self.ensure_one()
        requests = self.sudo()
        others = requests.search(
            [
                ("state", "in", TO_PLAN),
                ("id", "!=", self.id),
                # The choice costs nothing to those who need nobody on these days.
                ("slot_ids.date", "in", requests.slot_ids.mapped("date")),
            ]
        )
        staffing = build(requests | others)
        motives = Motives(staffing)
        opened = {half_day(slot) for slot in requests._get_open_slots()}
        reasons = why_none(staffing.board, request_code(self))
        found = [
            self._prepare_candidate(staffing, motives, name, opened, reasons.get(name, ""))
            for name in staffing.agents
        ]
        found.sort(key=lambda c: (not c["eligible"], -len(c["slots"]), c["lost"], c.pop("rank")))
        return found

    def _prepare_candidate(self, staffing, motives, name, opened, reason):
        """One line of `_get_candidates`, with its `rank` among those who take as much.

        :param reason: why this agent takes nothing, if that is so
        """
        board, code, agent = staffing.board, request_code(self), staffing.agents[name]
        line = {"agent": agent, "eligible": False, "slots": (), "lost": 0, "words": ""}
        if stops := board.stops[code][name]:
            text = self._join_reasons(stop.reason for stop in stops)
            return {**line, "text": text, "rank": (agent.name,)}
        cost = regret(board, code, name)
        slots = tuple(slot for slot in cost.covered if slot in opened)
        if not slots:
            return {**line, "text": reason, "rank": (agent.name,)}
        choices = [Assignment(code, slot, name) for slot in slots]
        if broken := self._get_broken_rules(agent, choices, staffing):
            return {**line, "text": self._join_reasons(broken), "rank": (agent.name,)}
        standing = motives.get(code, name)
        return {
            **line,
            "eligible": True,
            "slots": slots,
            "lost": cost.lost,
            "text": cost.text,
            "words": ", ".join(
                filter(
                    None,
                    (motives.describe(code, name), self._describe_arrivals(board, name, choices)),
                )
            ),
            "rank": (*standing.rank, agent.name),
        }

    def _describe_arrivals(self, board, name, choices):
        """What an evening, of this request or of another, puts off on the days of a choice."""
        code, slots = request_code(self), self.env["commune.replacement.slot"]
        held = tuple(one for one in board.problem.locked if one.agent == name)
        late = [
            {
                "date": one.half_day.date,
                "half_day": one.half_day.half,
                "arrival_hour": one.start.hour + one.start.minute / 60,
            }
            for one in with_arrivals(board, (*held, *choices))
            if one.start and one.request == code
        ]
        words = slots.union(*map(slots.new, late))._describe_late_arrivals()
        return words and self.env._("arrives later: %s", words)

    @api.model
    def _join_reasons(self, reasons):
        return "\N{NO-BREAK SPACE}; ".join(reasons)

    def _check_agent(self, agent, slots):
        """Every rule again for an agent on half-days, with all that the agent already holds.

        :raise UserError: the exact rules, in French sentences
        """
        self.ensure_one()
        agent = agent.sudo()
        code, name = request_code(self), agent_code(agent)
        choices = [Assignment(code, half_day(slot), name) for slot in slots]
        self._check_choices(agent, choices, build(self.sudo(), agent))

    def _check_choices(self, agent, choices, staffing):
        """The same for choices of the engine, with what was read and the choices made since."""
        agent = agent.sudo()  # its name alone is shown
        if not agent.is_replacement_agent:
            raise UserError(self.env._("%s is not an agent of the pool.", agent.name))
        broken = self._get_broken_rules(agent, choices, staffing)
        if broken:
            raise UserError(
                self.env._(
                    "%(agent)s cannot be sent to the commune %(commune)s:\n%(reasons)s",
                    agent=agent.name,
                    commune=self.commune_id._of_place(public=True),
                    reasons="\n".join(f"– {reason}" for reason in broken[:MOST_REASONS]),
                )
            )

    def _get_broken_rules(self, agent, choices, staffing):
        """Rules that this choice breaks and that were not broken before; a date where it helps.

        Each day is judged from the arrival that the rest and the length of the day ask for, the
        same that the half-days will bear: see `_refresh_arrivals`.
        """
        locked = staffing.problem.locked
        code, name = request_code(self), agent_code(agent)
        # Half-days of colleagues on a shared request are not this agent's business.
        held = tuple(one for one in locked if one.agent == name)
        board, problem = staffing.board, staffing.problem
        before = set(check(problem, with_arrivals(board, held)))
        after = check(problem, with_arrivals(board, (*held, *choices)))
        # A breach that an agreement already accepts does not excuse the days that are added.
        broken = [
            one
            for one in after
            if one not in before or (one.rule == "agreement" and one.request == code)
        ]
        team = {one.agent for one in locked if one.request == code}
        reasons = []
        if team and name not in team and not self.is_splittable:
            names = staffing.problem.label_all({*team, name})
            reasons.append(message("continuity", value=names))
        for one in broken:
            reason = one.reason
            if one.rule == "overlap" and one.request != code:
                # The engine names whichever comes first: what matters is where the agent is.
                reason = message("overlap", value=staffing.problem.label(one.request))
            day = f"{one.half_day.date:%d/%m/%Y}\N{NO-BREAK SPACE}: " if one.half_day else ""
            reasons.append(f"{day}{reason}")
        return list(dict.fromkeys(reasons))

    def _assign(self, agent, slots, reasons=""):
        """Choose an agent: the rules are run again, then the half-days are held."""
        self.ensure_one()
        self.check_access("write")
        if not slots:
            raise UserError(self.env._("There is no half-day to give to %s.", agent.name))
        self._check_agent(agent, slots)
        return self._hold(agent, slots, reasons)

    def _move_open_slots(self, missing, wanted):
        """A counter-proposal: other days than those asked, which the commune ticked.

        Open half-days that the plan leaves aside are cancelled in exchange, one for one, in the
        same week.
        """
        self.ensure_one()
        if not set(missing) <= set(self._get_other_half_days()):
            raise UserError(
                self.env._(
                    "%s does not accept these other days: compute the plan again.", self.name
                )
            )
        spare = self._get_open_slots().filtered(lambda s: (s.date, s.half_day) not in wanted)
        self._take_of_weeks(spare, Counter(monday(day) for day, _half in missing))._cancel(
            "service"
        )
        return self.env["commune.replacement.slot"]._create_checked(
            [
                {"request_id": self.id, "date": day, "half_day": half, "origin": "single"}
                for day, half in missing
            ]
        )

    def _take_of_weeks(self, slots, counts):
        """The first half-days of each week, as many as `counts` gives."""
        taken = slots.browse()
        for slot in slots.sorted(lambda s: (s.date, s.half_day)):
            if counts[monday(slot.date)] > 0:
                counts[monday(slot.date)] -= 1
                taken |= slot
        return taken

    def action_candidates(self):
        """Open the list of the agents for this request.

        :raise UserError: each half-day has its agent, or is over
        """
        self.ensure_one()
        self.check_access("write")
        if not self._get_open_slots():
            raise UserError(
                self.env._(
                    "No half-day of %s is left to fill: see its proposals and its missions.",
                    self.name,
                )
            )
        wizard = self.env["commune.replacement.candidates"]._open_for(self)
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Who can go?"),
            "res_model": wizard._name,
            "res_id": wizard.id,
            "view_mode": "form",
            "target": "new",
        }

    # Proposals and missions of a request.

    def _get_open_slots(self):
        return self.slot_ids.filtered(lambda s: s.state == "open")

    def _hold(self, agent, slots, reasons=""):
        """A proposal that holds these half-days for an agent; nothing is sent yet."""
        self.ensure_one()
        values = {
            "request_id": self.id,
            "employee_id": agent.id,
            "slot_ids": [fields.Command.set(slots.ids)],
            "reasons": reasons,
        }
        proposal = self.env["commune.replacement.proposal"].sudo().create(values)
        proposal = proposal.with_env(self.env)
        slots._give_to(agent, proposal)
        if self.state in ("submitted", "qualified"):
            self.sudo().state = "searching"
        return proposal

    def _get_decline_labels(self, choices):
        """(value, label in the language of the person)."""
        field = self.env["commune.replacement.proposal"]._fields["decline_reason"]
        labels = dict(field._description_selection(self.env))
        return [(value, labels[value]) for value, _label in choices]
