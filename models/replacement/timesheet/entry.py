"""The agent writes a week on a phone: the half-days of the mission are there already."""

import re
from datetime import UTC, timedelta

from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError

from ...core.date_input import read_day
from ...core.inside import INSIDE
from ...core.text_limits import LENGTHS
from ...requests.ticket.portal_list import clean_text
from ..week_grid import PERIODS

CLOCK = re.compile(r"([01]?\d|2[0-3])[:hH]([0-5]\d)|24[:hH]00")
MAX_KM = 1000


class CommuneReplacementTimesheet(models.Model):
    _inherit = "commune.replacement.timesheet"

    @api.model
    def _get_agent(self):
        """The agent behind the current account, as superuser; empty for anybody else."""
        return (
            self.env["hr.employee"]
            .sudo()
            .search(
                [("user_id", "=", self.env.uid), ("is_replacement_agent", "=", True)],
                limit=1,
            )
        )

    @api.model
    def _get_agent_missions(self):
        """Missions of the agent behind the current account, as superuser."""
        return (
            self.env["commune.replacement.mission"]
            .sudo()
            .search([("employee_id", "in", self._get_agent().ids), ("state", "!=", "cancelled")])
        )

    @api.model
    def _get_agent_weeks(self):
        """Weeks of the current agent that have begun, those to write first: (mission, Monday,
        sheet)."""
        today = self._get_today()
        missions = self._get_agent_missions()
        sheets = self.sudo().search([("mission_id", "in", missions.ids)])
        known = {(sheet.mission_id, sheet.week_start): sheet for sheet in sheets}
        keys = set(known)
        for slot in missions.slot_ids.filtered(lambda s: s.state == "filled" and s.date <= today):
            keys.add((slot.mission_id, self._get_monday(slot.date)))
        weeks = [
            (mission, day, known.get((mission, day), sheets.browse())) for mission, day in keys
        ]

        def rank(week):
            waits = not week[2] or week[2].state in ("draft", "contested")
            return (not waits, -week[1].toordinal(), week[0].id)

        return sorted(weeks, key=rank)

    @api.model
    def _get_agent_todos(self):
        """What waits for the current agent on the first page: weeks to write, or to answer."""
        todos = []
        for mission, monday, sheet in self._get_agent_weeks():
            if sheet and sheet.state not in ("draft", "contested"):
                continue
            contested = sheet and sheet.state == "contested"
            commune = mission.commune_id
            todos.append(
                {
                    "title": self.env._("Answer the commune: hours contested")
                    if contested
                    else self.env._("Send my hours"),
                    "url": f"/my/missions/{mission.id}/hours/{monday}",
                    "place": commune.brand_name or commune.name,
                    "text": self.env._(
                        "Week of %s", self.env.company._format_document_date(monday)
                    ),
                }
            )
        return todos

    @api.model
    def _get_entries(self, mission, monday):
        """Lines of a week as the agent finds them: written ones, else what was planned until
        today."""
        sheet, today = self._find_sheet(mission, monday), self._get_today()
        written = {(line.date, line.half_day): line for line in sheet.line_ids}
        planned = self._get_planned(mission, monday).filtered(lambda s: s.date <= today)
        read = sheet.entered_until or sheet.week_end
        entries = {
            (line.date, line.half_day): self._prepare_written(line) for line in written.values()
        }
        travelled = {line.date for line in sheet.line_ids if line.km}
        for slot in planned.sorted(lambda s: (s.date, s.half_day)):
            for period in slot._get_periods():
                key = (slot.date, period[0])
                if key not in entries:
                    entries[key] = self._prepare_planned(slot, period, read, travelled)
        return [entries[key] for key in sorted(entries)]

    @api.model
    def _get_planned(self, mission, monday):
        """Half-days of a mission in a week."""
        return mission.slot_ids.filtered(
            lambda s: s.state == "filled" and monday <= s.date <= monday + timedelta(days=6)
        )

    @api.model
    def _prepare_written(self, line):
        return {
            "date": line.date,
            "half_day": line.half_day,
            "label": line._format_half_day(),
            "worked": line.state != "dropped",
            "start": line.hour_start,
            "end": line.hour_end,
            "km": line.km,
            "task": line.task or "",
            "planned": line.is_planned,
            "state": line.state,
            "reason": line.contest_reason or "",
            "answer": line.agent_note or "",
            "editable": line.sheet_id.state == "draft" or line.state == "contested",
        }

    @api.model
    def _prepare_planned(self, slot, period, read, travelled):
        """Hours of the half-day or of the evening, the way there and back once a day, the task of
        the mission.

        :param read: day until which the agent wrote the week, False before: what was planned until
            then and is not written was not worked
        """
        half_day, start, stop = period
        first = slot.date not in travelled
        travelled.add(slot.date)
        mission = slot.mission_id
        task = (mission.tasks or mission.request_id.post or "").strip().split("\n")[0]
        return {
            "date": slot.date,
            "half_day": half_day,
            "label": slot.new({"date": slot.date, "half_day": half_day})._format_slot(),
            "worked": not read or slot.date > read,
            "start": start,
            "end": stop,
            "km": 2 * mission.distance_km if first else 0,
            "task": task[: LENGTHS["task"]],
            "planned": True,
            "state": "entered",
            "reason": "",
            "answer": "",
            "editable": True,
        }

    @api.model
    def _find_sheet(self, mission, monday):
        """The week of a mission, as superuser, for the agent who writes it.

        :param mission: as superuser
        :raise AccessError: the mission is somebody else's
        """
        if not self.env.su and mission.employee_id != self._get_agent():
            raise AccessError(self.env._("Each agent writes the hours of their own missions."))
        return self.sudo().search(
            [("mission_id", "=", mission.id), ("week_start", "=", monday)], limit=1
        )

    @api.model
    def _save_entries(self, mission, monday, entries):
        """Write what the agent typed; what was not worked is left out.

        :param entries: dicts as `_get_entries` makes them, with what was typed
        :return: the sheet, as superuser
        """
        sheet = self._find_sheet(mission, monday)
        if not sheet:
            sheet = sheet.create({"mission_id": mission.id, "week_start": monday})
        sheet._lock()
        sheet._expect("draft", "contested")
        sheet._write_entries(entries)
        sheet.entered_until = self._get_today()
        if sheet.state == "submitted":
            sheet._notify_hours_sent()
        return sheet

    def _write_entries(self, entries):
        """The lines of a week, judged all together: half-days may change places."""
        before = self.line_ids._get_stretches()
        self.line_ids._defer_overlap()
        sheet = self.with_context(hours_judged_later=INSIDE)
        known = {(line.date, line.half_day): line for line in sheet.line_ids}
        draft, values = sheet.state == "draft", []
        for entry in entries:
            line = known.get((entry["date"], entry["half_day"]))
            if line and not (draft or line.state == "contested"):
                continue
            if not entry["worked"]:
                sheet._leave_out(line, draft)
            elif line:
                contested = line.state == "contested"
                line.write(self._prepare_line(entry))
                if contested:
                    line._answer(entry["answer"])
            elif draft:
                values.append(
                    {**self._prepare_line(entry), "sheet_id": sheet.id, "date": entry["date"]}
                    | {"half_day": entry["half_day"], "is_planned": entry["planned"]}
                )
        sheet.line_ids.create(values)
        self.line_ids._check_day()
        self.line_ids._check_extended(before)

    def _leave_out(self, line, draft):
        if line and draft:
            line.unlink()
        elif line:
            line.action_drop()

    @api.model
    def _prepare_line(self, entry):
        return {
            "hour_start": entry["start"],
            "hour_end": entry["end"],
            "km": entry["km"],
            "task": entry["task"],
        }

    @api.model
    def _get_week_days(self, monday):
        """(date, name) of the days of a week, for the half-day that is added by hand."""
        days = [monday + timedelta(days=number) for number in range(7)]
        return [(day, self.env["commune.letter"]._format_date(day)) for day in days]

    @api.model
    def _format_clock(self, hours):
        """`08:30`, as the field of a page wants it; `00:00` for the midnight of an end."""
        if hours is None:
            return ""
        minutes = round(hours * 60) % (24 * 60)
        return f"{minutes // 60:02}:{minutes % 60:02}"

    def _get_state_label(self):
        self.ensure_one()
        if self.state == "checked":
            return self.env._("Checked by the service")
        return dict(self._fields["state"]._description_selection(self.env))[self.state]

    # what is typed

    @api.model
    def _read_entries(self, form, entries, monday):
        """(entries, sentences) from the fields of the page, and the half-day added by hand."""
        read, problems = [], []
        for entry in entries:
            if entry["editable"]:
                prefix = f"{entry['date']}_{entry['half_day']}"
                typed = {**entry, **self._read_line(form, prefix)}
                problems += self._get_line_problems(typed) or self._get_answer_problems(
                    entry, typed
                )
                entry = typed
            read.append(entry)
        extra = self._read_extra(form, monday)
        if extra:
            if any((e["date"], e["half_day"]) == (extra["date"], extra["half_day"]) for e in read):
                problems.append(self.env._("%s is already in the list.", extra["label"]))
            else:
                problems += self._get_line_problems(extra)
                read.append(extra)
        return read, problems

    def _read_line(self, form, prefix):
        return {
            "worked": form.get(f"{prefix}_worked") == "1",
            "start": self._read_clock(form.get(f"{prefix}_start")),
            "end": self._read_end(form.get(f"{prefix}_end")),
            "km": self._read_km(form.get(f"{prefix}_km")),
            "task": clean_text(form.get(f"{prefix}_task"))[: LENGTHS["task"]],
            "answer": clean_text(form.get(f"{prefix}_answer"))[: LENGTHS["contest"]],
        }

    def _read_extra(self, form, monday):
        """A half-day that was not planned: an evening, a Saturday."""
        day = read_day(form.get("extra_date"))
        if not day:
            return None
        half = form.get("extra_half") if form.get("extra_half") in dict(PERIODS) else "am"
        if not monday <= day <= monday + timedelta(days=6):
            raise UserError(self.env._("The half-day added is not in this week."))
        slot = self.env["commune.replacement.slot"].new({"date": day, "half_day": half})
        return {
            **self._read_line(form, "extra"),
            "date": day,
            "half_day": half,
            "label": slot._format_slot(),
            "worked": True,
            "planned": False,
            "state": "entered",
            "reason": "",
            "editable": True,
        }

    def _get_line_problems(self, entry):
        if not entry["worked"]:
            return []
        if entry["start"] is None or entry["end"] is None:
            return [self.env._("%s: write the times as 08:30.", entry["label"])]
        if entry["end"] <= entry["start"]:
            return [self.env._("%s: the end comes before the start.", entry["label"])]
        if entry["km"] is None or not 0 <= entry["km"] <= MAX_KM:
            return [self.env._("%s: the kilometres are a number up to 1,000.", entry["label"])]
        return []

    def _get_answer_problems(self, entry, typed):
        """What a commune contests is corrected, left out or answered; never sent as it was."""
        names = ("worked", "answer", "start", "end", "km", "task")
        same = all(typed[name] == entry[name] for name in names)
        if entry["state"] != "contested" or not same:
            return []
        return [
            self.env._("%s: correct the hours, or answer what the commune says.", entry["label"])
        ]

    @api.model
    def _read_clock(self, text):
        """`8:30`, `8h30`, or `24:00` for midnight, as hours; None otherwise."""
        found = CLOCK.fullmatch((text or "").strip().replace(" ", ""))
        if not found:
            return None
        return int(found[1]) + int(found[2]) / 60 if found[1] else 24

    @api.model
    def _read_end(self, text):
        """The same for an end: the field of a browser holds no 24:00, midnight is 00:00 there."""
        hours = self._read_clock(text)
        return 24 if hours == 0 else hours

    @api.model
    def _read_km(self, text):
        text = (text or "0").strip().replace(",", ".")
        return float(text) if re.fullmatch(r"\d{1,4}(\.\d)?", text) else None


class CommuneReplacementSlot(models.Model):
    _inherit = "commune.replacement.slot"

    def _get_hours(self):
        """Start and end on the clock of the communes, in hours."""
        self.ensure_one()
        zone = self.env.company._get_zone()
        return [
            local.hour + local.minute / 60
            for local in (
                fields.Datetime.to_datetime(moment).replace(tzinfo=UTC).astimezone(zone)
                for moment in (self.start_datetime, self.stop_datetime)
            )
        ]
