"""What a commune asks for on its portal: read from a form, checked, and filed."""

from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.fields import Command
from odoo.tools import plaintext2html

from ...core.date_input import read_day
from ...core.text_limits import LENGTHS
from ...requests.ticket.portal_list import clean_text
from ..week_grid import GRID_FIELDS, OTHER_FIELDS
from .request import ENDED, REASONS, URGENCIES

TEXTS = {
    "post": 100,
    "flexibility": 200,
    "deadlines": 200,
    "wanted_agent_name": 100,
    "workplace": 200,
    "tasks": 5000,
    "access_conditions": 1000,
}
BOXES = ("needs_civil_registry", "telework_possible")
TAKEN_BACK = ("draft", "submitted", "qualified", "searching", "proposed")
MOST_DATES = 12  # single dates in one form
DATES = ("date_start", "date_end")
YEARS_AHEAD = 2  # of the last day, for the user who asks


class CommuneReplacementRequest(models.Model):
    _inherit = "commune.replacement.request"

    @api.model
    def _get_portal_reasons(self):
        """(code, reason) in the words of the commune; the service has its own.

        An illness is never distinguished from another absence: see `REASONS`."""
        plain = {
            "absence": self.env._("Sick leave or another unforeseen absence"),
            "parental": self.env._("A birth: maternity or paternity leave"),
            "leave": self.env._("Holidays"),
            "vacancy": self.env._("Nobody holds the post for now"),
            "workload": self.env._("More work than usual"),
            "discharge": self.env._("The agent is taken by a mandate or a duty"),
            "handover": self.env._("To work beside the person who arrives or leaves"),
            "recurring": self.env._("Help that comes back each week or each month"),
        }
        labels = self._get_labels("reason", REASONS)
        return [(code, plain.get(code, label)) for code, label in labels]

    def _read_portal_form(self, form):
        """Values of the form that may be stored: whitelisted, cut, cast.

        :param form: mapping with `getlist`
        """
        kept = {name: clean_text(form.get(name))[:size] for name, size in TEXTS.items()}
        kept.update({name: bool(form.get(name)) for name in (*GRID_FIELDS, *OTHER_FIELDS, *BOXES)})
        kept["is_splittable"] = form.get("is_splittable") != "no"
        for name, choices, usual in (
            ("reason", REASONS, "absence"),
            ("urgency", URGENCIES, "normal"),
        ):
            value = form.get(name)
            kept[name] = value if value in dict(choices) else usual
        kept.update(self._read_days(form))
        kept["needs"] = {
            skill.id: form.get(f"skill_{skill.id}")
            for skill in self._get_portal_skills()
            if form.get(f"skill_{skill.id}") in ("1", "2", "3")
        }
        allowed = self.env["commune.software"].sudo().search(fields.Domain.TRUE).ids
        asked = {int(v) for v in form.getlist("software") if v.isascii() and v.isdigit()}
        kept["software"] = [number for number in allowed if number in asked]
        return kept

    def _read_days(self, form):
        """The first and the last day, the single dates, and in `unread` what was typed that is no
        date: {field: text}, the single dates being one field."""
        singles = {n: form.get(f"date_{n}") for n in range(MOST_DATES)}
        typed = [("dates", text) for text in singles.values()]
        typed += [(name, form.get(name)) for name in DATES]
        start = read_day(form.get("date_start"))
        return {
            "date_start": start,
            "date_end": read_day(form.get("date_end")) or start,
            "unread": {name: text for name, text in typed if text and not read_day(text)},
            "dates": [
                (day, form.get(f"date_{n}_am") == "1", form.get(f"date_{n}_pm") == "1")
                for n, text in singles.items()
                if (day := read_day(text))
            ],
        }

    def _get_portal_skills(self):
        return self.env["hr.skill"].sudo().search([("commune_code", "!=", False)])

    def _get_portal_problems(self, kept):
        """(field, sentence) of what must be mended before filing."""
        problems = []
        if not kept["post"]:
            problems.append(("post", self.env._("Say which post is to be replaced.")))
        problems += self._get_period_problems(kept)
        week = any(kept[name] for name in GRID_FIELDS)
        if kept["date_start"] and not week and not kept["dates"]:
            problems.append(("grid", self.env._("Tick the half-days of the week, or add dates.")))
        if any(not morning and not afternoon for _day, morning, afternoon in kept["dates"]):
            problems.append(
                ("dates", self.env._("For each single date, tick the morning or the afternoon."))
            )
        days = [day for day, _am, _pm in kept["dates"]]
        found = (self._get_asked_day_problem(kept, "dates", day) for day in days or [None])
        if problem := next(filter(None, found), ""):
            problems.append(("dates", problem))
        return problems

    def _get_period_problems(self, kept):
        """What is wrong with the first and the last day."""
        start, end, found = kept["date_start"], kept["date_end"], {}
        for name in DATES:
            if problem := self._get_asked_day_problem(kept, name, kept[name]):
                found.setdefault(problem, name)  # an empty last day is the first one
        if found:
            return [(name, problem) for problem, name in found.items()]
        if not start and not kept["dates"]:
            return [("date_start", self.env._("Say from when."))]
        if start and end < start:
            return [("date_end", self.env._("The last day is before the first one."))]
        return []

    def _get_asked_day_problem(self, kept, name, day):
        """Why no agent can be requested on this day, as a sentence; else empty.

        :param name: field of the form where the error is shown
        """
        today, typed = self._get_today(), kept["unread"].get(name) or day
        if problem := self.env.company._get_day_problem(typed, YEARS_AHEAD, today):
            return problem
        return self._get_past_sentence(day) if day and day < today else ""

    def _create_from_portal(self, commune, person, kept):
        """File the request in the name of a commune.

        :raise AccessError: the person does not act for the commune
        :raise UserError: no agreement, no half-day left
        """
        commune._check_portal_role(person)
        days = [day for day, _am, _pm in kept["dates"]]
        start = kept["date_start"] or min(days)
        end = kept["date_end"] or max(days)
        grids = (*GRID_FIELDS, *OTHER_FIELDS)
        names = (*TEXTS, *BOXES, *grids, "is_splittable", "reason", "urgency")
        request = self.sudo().create(
            {
                **{name: kept[name] for name in names},
                "commune_id": commune.id,
                "requester_id": person.id,
                "requester_title": commune._get_portal_mandates(person)[:1].title,
                "channel": "portal",
                "user_id": False,
                "date_start": min([start, *days]),
                "date_end": max([end, *days]),
                "need_ids": [
                    Command.create({"skill_id": skill, "level": level})
                    for skill, level in kept["needs"].items()
                ],
                "software_ids": [Command.set(kept["software"])],
            }
        )
        request._add_single_dates(kept["dates"], start, end)
        request.action_submit()
        request._notify_arrival()
        return request

    def _add_single_dates(self, dates, start, end):
        """Dates beside the weekly pattern, which keeps to its own period; holidays are left out.

        :raise UserError: nothing is left but holidays
        """
        self.ensure_one()
        outside = self.slot_ids.filtered(lambda s: not start <= s.date <= end)
        outside._drop()
        known = {(slot.date, slot.half_day) for slot in self.slot_ids}
        wanted = {
            (day, half)
            for day, morning, afternoon in dates
            for half, ticked in (("am", morning), ("pm", afternoon))
            if ticked
        }
        off = {day for day, _half in wanted if self.commune_id._is_closed_on(day)}
        self._mark_days_left_out(off)
        self.env["commune.replacement.slot"].create(
            [
                {"request_id": self.id, "date": day, "half_day": half, "origin": "single"}
                for day, half in sorted(wanted - known)
                if day not in off
            ]
        )
        if off and not self.slot_ids:
            raise UserError(self._get_left_out_sentence())

    def _can_take_back(self):
        """Whether the commune still takes it back by itself: nothing is agreed, nor ended."""
        return self.state in TAKEN_BACK

    def _cancel_from_portal(self, why=""):
        """Cancel on behalf of the commune; read access alone is not enough.

        A request that is already cancelled stays as it is.

        :param why: the reason in the words of the commune, optional
        """
        self.ensure_one()
        request = self.sudo()
        request.commune_id._check_portal_role(self.env.user.partner_id)
        if self.state == "cancelled":
            return
        if not self._can_take_back():
            if self.state in ENDED:
                raise UserError(self.env._("This request has ended: nothing is left to cancel."))
            company = request.env.company
            phone = company.replacement_phone or company._get_organisation_phone()
            sentence = self.env._("The mission is agreed: only the service changes or cancels it.")
            if phone:
                sentence = self.env._(
                    "The mission is agreed: call %s to change it or to cancel it.", phone
                )
            raise UserError(sentence)
        agents = self._get_asked_agents()
        request.action_cancel()
        self._notify_cancellation(agents)
        if why := clean_text(why)[: LENGTHS["refusal"]]:
            request.message_post(
                partner_ids=request.user_id.partner_id.ids,
                body=plaintext2html(why),
                author_id=self.env.user.partner_id.id,
                message_type="comment",
            )

    def _get_labels(self, name, choices):
        """(value, label in the language of the person) of a choice."""
        labels = dict(self._fields[name]._description_selection(self.env))
        return [(value, labels[value]) for value, _label in choices]

    def _get_state_label(self):
        """State label for communes; the labels of `STATES` are for the staff."""
        self.ensure_one()
        return {
            "draft": self.env._("Being prepared"),
            "submitted": self.env._("Received: we read it"),
            "qualified": self.env._("Read: the search begins"),
            "searching": self.env._("We look for an agent"),
            "proposed": self.env._("An agent is proposed"),
            "accepted": self.env._("An agent is found"),
            "filled": self.env._("An agent comes for all the half-days"),
            "partially_filled": self.env._("An agent comes for some of the half-days"),
            "closed": self.env._("The replacement is over"),
            "unfilled": self.env._("Nobody could be found"),
            "refused": self.env._("We could not say yes"),
            "cancelled": self.env._("Cancelled"),
            "redirected": self.env._("Handed to another service"),
        }[self.state]

    def _get_portal_cover(self):
        """How many half-days have an agent: agreed by both sides, and only proposed; empty when
        none is asked for any more."""
        self.ensure_one()
        states = self.slot_ids.mapped("state")
        if not set(states) - {"cancelled"}:
            return ""
        values = {
            "filled": states.count("filled"),
            "held": states.count("held"),
            "total": len(states) - states.count("cancelled"),
        }
        if values["held"]:
            return self.env._(
                "Half-days confirmed: %(filled)s of %(total)s; proposed: %(held)s", **values
            )
        return self.env._("Half-days confirmed: %(filled)s of %(total)s", **values)

    def _get_portal_days(self):
        """(first, last day) of the half-days requested, for the page of the request.

        The period requested when no half-day is left."""
        self.ensure_one()
        days = [slot.date for slot in self.slot_ids if slot.state != "cancelled"]
        days = days or [self.date_start, self.date_end]
        return min(days), max(days)

    def _get_portal_agents(self):
        """(name, half-days) of the agents who come, in order of their first day."""
        self.ensure_one()
        filled = self.slot_ids.filtered(lambda s: s.state == "filled").sudo()
        grouped = filled.sorted(lambda s: (s.date, s.half_day)).grouped("employee_id")
        return [(agent.name, slots._summarise()) for agent, slots in grouped.items()]

    def _describe_asked(self):
        """Answers of the form other than days and tasks: two lists of (label, text), the first
        shown, the second folded."""
        self.ensure_one()
        self.check_access("read")
        request, yes = self.sudo(), self.env._("Yes")
        levels = {"1": self.env._("With help"), "2": self.env._("Alone")}
        levels["3"] = self.env._("Expert")
        skills = [f"{need.skill_id.name} – {levels[need.level]}" for need in request.need_ids]
        urgency = dict(self._get_labels("urgency", URGENCIES))[request.urgency]
        alone = self.env._("One and the same person for the whole period")
        shown = {
            "reason": dict(self._get_portal_reasons())[request.reason],
            "urgency": urgency if request.urgency != "normal" else "",
            "deadlines": request.deadlines,
            "workplace": request.workplace,
        }
        folded = {
            "need_ids": ", ".join(skills),
            "software_ids": ", ".join(request.software_ids.mapped("name")),
            **{name: yes if request[name] else "" for name in BOXES},
            "access_conditions": request.access_conditions,
        }
        shown, folded = (
            [
                (self._fields[name]._description_string(self.env), text)
                for name, text in facts.items()
                if text
            ]
            for facts in (shown, folded)
        )
        return shown, folded if request.is_splittable else [*folded, (alone, yes)]

    def _get_portal_off(self):
        """Holidays left out, in full."""
        self.check_access("read")
        letter = self.env["commune.letter"]
        return [letter._format_date(day) for day in self.sudo()._get_days_off()]
