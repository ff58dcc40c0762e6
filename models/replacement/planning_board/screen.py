"""What the planning board shows: agents as lines, half-days as cells, what is to fill on top."""

from collections import namedtuple
from datetime import timedelta

from odoo import api, fields, models
from odoo.exceptions import AccessError
from odoo.fields import Domain
from odoo.tools import format_date

from ....engine.staffing.layout import WORKED_DAYS, columns, lay_out
from ....engine.staffing.model import monday
from ....engine.staffing.rules import absence
from ...core.collation import collate
from ..agent.hr_employee import COORDINATOR
from ..planning.engine_adapter import half_day, read_agents
from ..planning.request import TO_PLAN
from ..slot.slot import LIVE

URGENT = ("same_day", "next_day")

MODES = {"week": 1, "month": 0, "four": 4, "eight": 8}  # weeks; a month has its own
SLOT_FIELDS = [
    "date",
    "half_day",
    "state",
    "employee_id",
    "request_id",
    "proposal_id",
    "mission_id",
    "arrival_hour",
]
REQUEST_FIELDS = ["name", "state", "urgency", "post", "commune_id", "evening_date", "evening_end"]
# Default cell, sent as differences only: most are free half-days, alone.
PLAIN_CELL = {"kind": "", "span": 1, "troubled": False, "late": "", "evening": ""}
# Data read to render a line: `held` the half-days of the agents, `opened` those to fill.
Scene = namedtuple("Scene", "shown held opened closed joined")


class CommuneReplacementBoard(models.AbstractModel):
    _name = "commune.replacement.board"
    _description = "Planning board of the replacements"

    @api.model
    def get_window(self, day=None, mode="week"):
        """Everything that the board shows for some weeks, in a constant number of queries.

        Leaves, days of work, load and exclusions are for those who manage the files of the agents;
        others read who holds a half-day.

        :param day: any day of the window (`2027-01-11`); today by default
        :param mode: `week`, `four`, `month` or `eight` (weeks)
        :return: dict of plain values: `days`, `weeks`, `lanes`, `agents`, `requests`…
        """
        self._check_staff()
        today = self.env.company._get_today()
        scene = self._read_scene(fields.Date.to_date(day) or today, mode)
        requests = (scene.held | scene.opened).request_id
        can_edit = self.env["commune.replacement.request"].has_access("write")
        first, last = scene.shown[0].date, scene.shown[-1].date
        return {
            "start": str(first),
            "mode": mode if mode in MODES else "week",
            "title": self.env.company._format_document_period(first, last),
            "can_edit": can_edit,
            "keeps_files": self._keeps_files(),
            "days": self._prepare_days(scene, today),
            "weeks": self._prepare_weeks(scene),
            "lanes": self._prepare_lanes(scene),
            "agents": self._prepare_agents(scene),
            "requests": {one.id: self._prepare_request(one) for one in requests},
        }

    @api.model
    def print_window(self, day=None, mode="week"):
        """The same as a PDF (A3), to print."""
        self._check_staff()
        report = self.env.ref("commune_relations.planning_board_report")
        data = {"day": day, "mode": mode, "document_ids": self.env.company.ids}
        return report.report_action(self.env.company, data=data, config=False)

    @api.model
    def _check_staff(self):
        """A commune and an agent read their own half-days elsewhere, never the whole pool."""
        if not self.env.user.has_group("commune_relations.group_reader"):
            raise AccessError(self.env._("This is for the staff of the intercommunality."))

    @api.model
    def _keeps_files(self):
        return self.env.user.has_group(COORDINATOR)

    @api.model
    def _read_scene(self, day, mode):
        weeks = MODES.get(mode, 1)
        if mode == "month":
            day = day.replace(day=1)
            following = (day + timedelta(days=31)).replace(day=1)
            weeks = (monday(following - timedelta(days=1)) - monday(day)).days // 7 + 1
        shown = columns(day, weeks)
        base = self.env.company._get_replacement_base()
        years = {slot.date.year for slot in shown}
        closed = base._get_days_off(years) if base else set()
        # All at once: what is read as it is needed comes by thousands.
        slots = self.env["commune.replacement.slot"].search_fetch(
            Domain("date", ">=", shown[0].date)
            & Domain("date", "<=", shown[-1].date)
            & Domain("state", "in", ("open", *LIVE)),
            SLOT_FIELDS,
        )
        slots.request_id.fetch(REQUEST_FIELDS)
        opened = slots.filtered(lambda s: s.state == "open" and s.request_id.state in TO_PLAN)
        held = slots.filtered(lambda s: s.state in LIVE)
        return Scene(shown, held, opened, closed, mode != "week")

    # columns

    @api.model
    def _prepare_days(self, scene, today):
        days = dict.fromkeys(slot.date for slot in scene.shown)
        return [
            {
                "date": str(day),
                "label": self._format_date(day),
                "title": self.env["commune.letter"]._format_date(day),
                "today": day == today,
                "past": day < today,
                "closed": day in scene.closed,
                "first": not day.weekday(),
            }
            for day in days
        ]

    @api.model
    def _format_date(self, day):
        """`lun. 23`, `mar. 1er`."""
        text = format_date(self.env, day, date_format="EEE d")
        french = (self.env.lang or "").startswith("fr")
        return f"{text}er" if french and day.day == 1 else text

    @api.model
    def _prepare_weeks(self, scene):
        mondays = sorted({monday(slot.date) for slot in scene.shown})
        return [
            {
                "label": self.env._(
                    "Week %(number)s, %(month)s",
                    number=day.isocalendar().week,
                    month=format_date(self.env, day, date_format="MMMM y"),
                ),
                "short": self.env._("W%s", day.isocalendar().week),
                "span": 2 * WORKED_DAYS,
            }
            for day in mondays
        ]

    # lines

    @api.model
    def _prepare_lanes(self, scene):
        """A line for each request that has a half-day to fill, the first day first."""
        lanes = []
        for request, slots in scene.opened.grouped("request_id").items():
            known = {half_day(slot): slot for slot in slots}
            cells = lay_out(scene.shown, known, same=self._is_same if scene.joined else None)
            lanes.append(
                {
                    "request": request.id,
                    "count": len(slots),
                    "slots": slots.ids,
                    "others": (request._get_open_slots() - slots).ids,
                    "cells": [self._prepare_cell(cell) for cell in cells],
                    "rank": (request.urgency not in URGENT, min(known), request.id),
                }
            )
        return sorted(lanes, key=lambda lane: lane.pop("rank"))

    @api.model
    def _prepare_agents(self, scene):
        """All the agents of the pool for those who keep their files, else those who go out."""
        agents = scene.held.employee_id.sudo()
        keeps = self._keeps_files()
        if keeps:
            agents |= agents.search([("is_replacement_agent", "=", True)])
        first, last = scene.shown[0].date, scene.shown[-1].date
        files = read_agents(agents, first, last) if keeps else {}
        held = scene.held.grouped("employee_id")
        ordered = agents.sorted(lambda one: (collate(one.name), one.id))
        return [
            self._prepare_agent(one, files.get(one), held.get(one, ()), scene) for one in ordered
        ]

    @api.model
    def _prepare_agent(self, agent, file, slots, scene):
        """:param file: agent of the engine; None for anyone who may not read it"""
        known = {half_day(slot): slot for slot in slots}

        def rest(slot):
            if slot.date in scene.closed:
                return "closed"
            found = absence(file, slot) if file else ""
            return "off" if found == "contract" else found

        same = self._is_same if scene.joined else None
        cells = lay_out(scene.shown, known, rest, same)
        line = {
            "id": agent.id,
            "name": agent.name,
            "held": len(known),
            "cells": [self._prepare_cell(cell, rest) for cell in cells],
        }
        if file:
            line |= {
                "workable": sum(not rest(slot) for slot in scene.shown),
                "detail": ", ".join(filter(None, (agent.grade, agent.base_commune_id.name))),
                "sector": agent.base_commune_id.sector_id.name or "",
                "skills": sorted(file.skills),
                "excluded": self._get_excluded(agent, scene),
            }
        return line

    @api.model
    def _get_excluded(self, agent, scene):
        """Communes where the agent is not sent, on a day of the window at least."""
        first, last = scene.shown[0].date, scene.shown[-1].date
        return agent.exclusion_ids.filtered(
            lambda one: one.date_start <= last and (not one.date_end or one.date_end >= first)
        ).commune_id.ids

    @api.model
    def _is_same(self, one, other):
        return (one.request_id, one.state, one.proposal_id) == (
            other.request_id,
            other.state,
            other.proposal_id,
        )

    @api.model
    def _prepare_cell(self, cell, rest=lambda slot: ""):
        if cell.kind != "slot":
            return self._leave_out_plain(
                {"kind": cell.kind, "first": cell.first, "span": cell.span}
            )
        first = cell.keys[0]  # prefetched with the whole window
        slots = first.union(*cell.keys)
        return self._leave_out_plain(
            {
                "kind": first.state,
                "first": cell.first,
                "span": cell.span,
                "slots": slots.ids,
                "request": first.request_id.id,
                "movable": first.state == "open" or first._is_movable(),
                "troubled": any(rest(half_day(slot)) for slot in slots),
                "when": slots._summarise(),
                "late": slots._describe_late_arrivals(),
                "evening": slots._describe_evenings(),
            }
        )

    @api.model
    def _leave_out_plain(self, cell):
        return {name: value for name, value in cell.items() if PLAIN_CELL.get(name) != value}

    @api.model
    def _prepare_request(self, request):
        commune = request.commune_id
        return {
            "id": request.id,
            "name": request.name,
            "commune": commune.name,
            "commune_id": commune.id,
            "post": request.post or "",
            "urgent": request.urgency in URGENT,
            "sector": commune.sector_id.name or "",
            "skills": request.need_ids.skill_id.mapped("name"),
        }


class CommuneReplacementSlot(models.Model):
    _inherit = "commune.replacement.slot"

    def _is_movable(self):
        """Nobody has received the proposal yet: another agent can be chosen by an action."""
        self.ensure_one()
        return (
            self.state == "held"
            and not self.mission_id
            and (not self.proposal_id or self.proposal_id.sudo().state == "draft")
        )
