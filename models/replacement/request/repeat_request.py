"""Repeat a request: a former one, prefilled, filed again in two taps."""

from datetime import timedelta

from dateutil.relativedelta import relativedelta
from werkzeug.datastructures import MultiDict

from odoo import api, models
from odoo.fields import Domain

from ....engine.calendar.school import school_zone
from ....engine.staffing import Pattern, half_days
from ....engine.text import fold
from ..week_grid import GRID_FIELDS, OTHER_FIELDS, WEEKDAYS
from .portal import BOXES, TEXTS, YEARS_AHEAD
from .request import ENDED

# Requests that came to nothing by somebody's will, or that nobody has sent.
LEFT_ASIDE = ("draft", "cancelled", "refused", "redirected")
# What held for that time only.
OF_THAT_TIME = ("flexibility", "deadlines")
OVER = ("cancelled", "lost")  # half-days for which nobody is looked for any more
MOST_WEEKS = 4  # looked through for a first day that is no holiday


class CommuneReplacementRequest(models.Model):
    _inherit = "commune.replacement.request"

    @api.model
    def _find_last(self, commune):
        """The request that the commune filed last, among those that the person reads; empty
        without."""
        domain = Domain("commune_id", "=", commune.id) & Domain("state", "not in", LEFT_ASIDE)
        return self.search(domain, order="id desc", limit=1)

    def _read_again(self):
        """Values of this request in the format of `_read_portal_form`, as far as they hold again:
        without dates, urgency and what was due then."""
        self.ensure_one()
        self.check_access("read")
        request = self.sudo()
        kept = self._read_portal_form(MultiDict())
        names = {*TEXTS, *BOXES, *OTHER_FIELDS, "is_splittable", "reason"} - {*OF_THAT_TIME}
        return {
            **kept,
            **{name: request[name] or kept[name] for name in names - {"is_splittable"}},
            **request._prepare_week(request._get_usual_week()),
            "is_splittable": request.is_splittable,
            "wanted_agent_name": request._get_wished_name()[: TEXTS["wanted_agent_name"]],
            "needs": {need.skill_id.id: need.level for need in request.need_ids},
            "software": request.software_ids.ids,
        }

    def _get_usual_week(self):
        """Half-days ticked in the week, or of its dates when it has dates only. A set of
        (weekday from 0 for Monday, `am` or `pm`)."""
        asked = {(slot.date.weekday(), slot.half_day) for slot in self.slot_ids}
        return self._get_week() or {(day, half) for day, half in asked if day < len(WEEKDAYS)}

    def _get_wished_name(self):
        """The agent who came most, as long as they are in the pool and go to this commune; else who
        was wished for."""
        domain = [("commune_id", "=", self.commune_id.id), ("is_running", "=", True)]
        excluded, counts = self.env["commune.exclusion"].search(domain).employee_id, {}
        for slot in self.slot_ids.filtered(lambda s: s.state == "filled"):
            agent = slot.employee_id
            if agent.active and agent.is_replacement_agent and agent not in excluded:
                counts[agent] = counts.get(agent, 0) + 1
        return max(counts, key=counts.get).name if counts else self.wanted_agent_name or ""

    def _propose_dates(self):
        """(first, last day): as long as this request, from the next same weekday on, once it is
        over and after today; as many half-days as last time. No holiday is a first day, and none
        is further than the user who asks may go."""
        self.ensure_one()
        self.check_access("read")
        request = self.sudo()
        days = request.slot_ids.mapped("date") or [request.date_start, request.date_end]
        first, last = min(days), max(days)
        today = self._get_today()
        furthest = today + relativedelta(years=YEARS_AHEAD)
        over = min(max(last, today), furthest)
        ahead = over + timedelta(days=1 + (first.weekday() - over.weekday() - 1) % 7)
        weeks = [ahead + timedelta(weeks=number) for number in range(MOST_WEEKS)]
        start = next((day for day in weeks if not request.commune_id._is_closed_on(day)), ahead)
        length = min(last - first, furthest - today)
        return start, max(start, min(start + length, furthest))

    def _preview_again(self, start, end):
        """What the same week asks for on these days, as the request would be filed, for anyone who
        reads before sending: a dict of the sentence, of each half-day with its hours, and of what
        to look at twice (public and school holidays, the same that is asked for already).

        :param start: first day; `end`: last one
        """
        self.ensure_one()
        self.check_access("read")
        request = self.sudo()
        slots = request.env["commune.replacement.slot"]
        pattern, commune = Pattern(frozenset(request._get_usual_week())), request.commune_id
        wanted = half_days(pattern, start, end)
        asked = half_days(pattern, start, end, commune._get_closed_days)
        made = slots.union(*(slots.new({"date": one.date, "half_day": one.half}) for one in asked))
        day = self.env["commune.letter"]._format_date
        off = sorted({one.date for one in wanted} - {one.date for one in asked})
        return {
            "summary": made._summarise(),
            "days": [slot._format_slot(hours=True) for slot in made],
            "off": [day(one) for one in off],
            "school": request._list_school_holidays(start, end) if made else [],
            "same": self._find_same({one.date for one in asked}),
        }

    def _find_same(self, days):
        """What the commune asks for already on one of these days, for the same post: the requests
        that are alive, among those that the person reads."""
        alive = Domain("state", "not in", OVER) & Domain("date", "in", list(days))
        domain = Domain("commune_id", "=", self.commune_id.id) & Domain("state", "not in", ENDED)
        found = self.search(domain & Domain("slot_ids", "any", alive), order="date_start, id")
        return found.filtered(lambda request: fold(request.post) == fold(self.post))

    def _list_school_holidays(self, start, end):
        """`Christmas, from … to …`: the school holidays of the department on these days."""
        zone = school_zone(self.env.company._get_department_code())
        periods = self.env["commune.school.holiday"]._get_periods(zone, start, end)
        day = self.env["commune.letter"]._format_date
        return [
            self.env._(
                "%(name)s, from %(start)s to %(end)s",
                name=period.name,
                start=day(period.date_start),
                end=day(period.date_end),
            )
            for period in periods
        ]

    @api.model
    def _describe_folded(self, kept):
        """Summary of the folded parts of the form: {part: text}.

        :param kept: see `_read_portal_form`
        """
        env = self.sudo().env  # the portal reads neither skills nor software
        skills = env["hr.skill"].browse(kept["needs"])
        software = env["commune.software"].browse(kept["software"])
        labels = {name: self._fields[name]._description_string(self.env) for name in BOXES}
        more = [labels[name] for name in BOXES if kept[name]]
        more += [kept["wanted_agent_name"], kept["workplace"]]
        week = {name: kept[name] for name in (*GRID_FIELDS, *OTHER_FIELDS)}
        return {
            "other": self.new(week)._describe_week("other_"),
            "needs": ", ".join(skills.mapped("name")),
            "software": ", ".join(software.mapped("name")),
            "more": ", ".join(filter(None, more)),
        }

    @api.model
    def _describe_again(self, kept):
        """(label, text) of the request to repeat, for a review before sending."""
        week = {name: kept[name] for name in GRID_FIELDS}
        parts = [
            (self.env._("Post to replace"), kept["post"]),
            (self.env._("Half-days"), self.new(week)._describe_week()),
            (self.env._("Agent wished for"), kept["wanted_agent_name"]),
            (self.env._("Place of work"), kept["workplace"]),
            (self.env._("Tasks"), kept["tasks"]),
        ]
        return [(label, text) for label, text in parts if text]
