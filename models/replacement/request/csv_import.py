"""Agents and requests from two CSV files: read by the engine, previewed, then written."""

import io
from collections import namedtuple
from datetime import date

from odoo import models
from odoo.exceptions import UserError
from odoo.fields import Command
from odoo.tools import format_list

from ....engine.french_messages import FrenchError
from ....engine.orientation.csvfile import read_rows
from ....engine.replacement_csv import (
    read_agents,
    read_date,
    read_flexibility,
    read_pattern,
    read_requests,
)
from ....engine.text import flat
from ...core.inside import INSIDE
from ..week_grid import OTHER

Line = namedtuple("Line", "kind code name change message values")
REASONS = {
    "maladie": "absence",
    "absence": "absence",
    "maternite": "parental",
    "paternite": "parental",
    "conges": "leave",
    "formation": "training",
    "decharge": "discharge",
    "vacance": "vacancy",
    "surcroit": "workload",
    "tuilage": "handover",
    "appui recurrent": "recurring",
}
CHANNELS = {"portail": "portal", "telephone": "phone", "courriel": "email", "courrier": "letter"}


def _open(file):
    name, content = file
    stream = io.BytesIO(content)
    stream.name = name
    return stream


class CommuneReplacementCsvImport(models.AbstractModel):
    _name = "commune.replacement.csv.import"
    _description = "Agents and requests read from two CSV files"

    def _read_files(self, agents=None, requests=None):
        """What two files would do, written nowhere.

        :param agents, requests: (file name, bytes) or None
        :return: list of Line, `change` being new, changed, known or error
        :raise UserError: a file that cannot be read, with its line and column
        """
        lines = []
        try:
            if agents:
                people = read_agents(_open(agents))
                rows = [row.values for row in read_rows(_open(agents), ("agent_id",))]
                lines += self._preview_agents(people, rows)
            if requests:
                asked = read_requests(_open(requests))
                rows = [row.values for row in read_rows(_open(requests), ("demande_id",))]
                lines += self._preview_requests(asked, rows, [line.code for line in lines])
        except FrenchError as error:
            raise UserError(str(error)) from None
        return lines

    def _get_places_by_name(self):
        """Communes of the intercommunality by plain name and by INSEE code."""
        communes = self.env["res.partner"].search([("is_commune", "=", True)])
        return {
            **{flat(commune.name): commune for commune in communes},
            **{commune.insee_code: commune for commune in communes if commune.insee_code},
        }

    def _apply_lines(self, lines):
        """Write what `_read_files` has read; nothing at all when one line is wrong.

        :return: (agents, requests)
        """
        wrong = [line for line in lines if line.change == "error"]
        if wrong:
            raise UserError(
                self.env._(
                    "Nothing was imported:\n%s",
                    "\n".join(f"{line.code} – {line.message}" for line in wrong),
                )
            )
        softwares = self.env["commune.software"]._ensure_codes(
            code for line in lines for code in sorted(line.values[0].software)
        )
        levels = {n: self.env.ref(f"commune_relations.skill_level_{n}") for n in range(4)}
        skills = self.env["hr.skill"]._by_commune_code()
        context = (self._get_places_by_name(), skills, levels, softwares)
        agents, requests = self.env["hr.employee"], self.env["commune.replacement.request"]
        for line in lines:
            if line.kind == "agent":
                agents |= self._write_agent(*line.values, context)
            elif line.change == "new":
                requests |= self._write_request(*line.values, context)
        self._submit_those_covered(requests)
        return agents, requests

    def _submit_those_covered(self, requests):
        requests.filtered(lambda request: request.slot_ids and request.has_agreement)._submit()

    # Agents of a file: preview, then skills, exclusions and absences.

    def _preview_agents(self, people, rows):
        places = self._get_places_by_name()
        skills = self.env["hr.skill"]._by_commune_code()
        domain = [("agent_code", "!=", False), ("active", "in", (True, False))]
        known = {a.agent_code for a in self.env["hr.employee"].sudo().search(domain)}
        for agent, row in zip(people, rows, strict=True):
            problem = [
                self.env._("unknown skill: %s", code) for code in agent.skills if code not in skills
            ]
            notes = [
                self.env._("commune not found: %s", one.commune)
                for one in agent.exclusions
                if flat(one.commune) not in places and one.commune not in places
            ]
            change = "error" if problem or notes else "changed" if agent.code in known else "new"
            values = (agent, row)
            name = agent.name or agent.code
            yield Line("agent", agent.code, name, change, "; ".join(problem + notes), values)

    def _write_agent(self, agent, row, context):
        places, skills, levels, softwares = context
        home = places.get(agent.home_code) or places.get(flat(agent.home))
        values = {
            "name": agent.name or agent.code,
            "agent_code": agent.code,
            "is_replacement_agent": True,
            "grade": row.get("grade", ""),
            "category": agent.category or False,
            "statut": next(
                (s for s in ("titulaire", "stagiaire", "contractuel") if s in agent.statut), False
            ),
            "civil_registry_allowed": agent.civil_registry,
            "working_ratio": int(float(row.get("quotite_pct") or 100)),
            "weekly_hours": agent.weekly_hours or 0,
            "agent_date_start": agent.start,
            "agent_date_end": agent.end,
            "base_commune_id": home.id if home else False,
            "has_licence": agent.licence,
            "max_radius_km": int(agent.radius or 0),
            "software_ids": [Command.set([softwares[code].id for code in agent.software])],
            "hourly_cost_charged": agent.hourly_cost or 0,
            "agent_note": row.get("note", ""),
            **self.env["commune.week.grid"]._prepare_week(agent.pattern),
        }
        employees = self.env["hr.employee"].with_context(active_test=False)
        record = employees.search([("agent_code", "=", agent.code)])
        if record:
            record.write(values)
        else:
            record = employees.create(values)
        self._write_skills(record, agent.skills, skills, levels)
        self._write_exclusions(record, agent.exclusions, places)
        self._write_absences(record, agent.absences)
        return record

    def _write_skills(self, record, wanted, skills, levels):
        """Levels that differ from what is known; a level of before stays in the history."""
        known = record._get_skill_ranks()
        self.env["hr.employee.skill"].create(
            [
                {
                    "employee_id": record.id,
                    "skill_type_id": skills[code].skill_type_id.id,
                    "skill_id": skills[code].id,
                    "skill_level_id": levels[rank].id,
                }
                for code, rank in wanted.items()
                if code not in known
            ]
        )
        for line in record.employee_skill_ids:
            rank = wanted.get(line.skill_id.commune_code)
            if rank is not None and rank != line.skill_level_id.commune_rank:
                line.skill_level_id = levels[rank]

    def _write_exclusions(self, record, exclusions, places):
        """Periods that no known exclusion of the same commune holds already."""
        for one in exclusions:
            place = places.get(one.commune) or places.get(flat(one.commune))
            start = one.start or date(2000, 1, 1)
            if any(
                known.commune_id == place
                and known.date_start <= start
                and (not known.date_end or (one.end and one.end <= known.date_end))
                for known in record.exclusion_ids
            ):
                continue
            self.env["commune.exclusion"].create(
                {
                    "employee_id": record.id,
                    "commune_id": place.id,
                    "reason": one.reason or self.env._("Read in the file"),
                    "date_start": start,
                    "date_end": one.end,
                }
            )

    def _write_absences(self, record, absences):
        """Leaves of the working calendar, without their reason: it may reveal health data."""
        leaves = self.env["resource.calendar.leaves"].sudo()
        known = leaves.search([("resource_id", "=", record.resource_id.id)])
        seen = {(leave.date_from, leave.date_to) for leave in known}
        for one in absences:
            start = self.env.company._get_half_day_moments(one.first.date, one.first.half)[0]
            stop = self.env.company._get_half_day_moments(one.last.date, one.last.half)[1]
            if (start, stop) not in seen:
                leaves.create(
                    {
                        "name": self.env._("Absence"),
                        "resource_id": record.resource_id.id,
                        "calendar_id": False,
                        "date_from": start,
                        "date_to": stop,
                    }
                )

    # Requests of a file: preview, then the request with exactly the half-days of the engine.

    def _preview_requests(self, asked, rows, agent_codes):
        places = self._get_places_by_name()
        skills = self.env["hr.skill"]._by_commune_code()
        requests = self.env["commune.replacement.request"]
        known = set(requests.search([("code", "!=", False)]).mapped("code"))
        for request, row in zip(asked, rows, strict=True):
            place = places.get(request.insee_code) or places.get(flat(request.commune))
            problem = [
                self.env._("unknown skill: %s", code)
                for code in request.skills
                if code not in skills
            ]
            if not place:
                problem.append(self.env._("commune not found: %s", request.commune))
            change = "error" if problem else "known" if request.code in known else "new"
            days = {slot.date for slot in request.slots}
            if change == "new" and not all(place._get_agreements_of_days(days).values()):
                problem.append(self.env._("Missing convention: it stays a draft."))
            if change == "new":
                problem += self._describe_flexibility(row)
            note = "; ".join(problem)
            name = f"{request.commune} – {row.get('poste_remplace', '')}"
            yield Line("request", request.code, name, change, note, (request, row))

    def _read_flexibility(self, row):
        """Other half-days of the week that the words of a register accept: read once, here."""
        other = read_flexibility(row.get("flexibilite", ""), read_pattern(row.get("jours", "")))
        return other.weekly if other else frozenset()

    def _describe_flexibility(self, row):
        """What is understood of these words, before anything is written."""
        text = row.get("flexibilite", "")
        requests = self.env["commune.replacement.request"]
        week = requests._prepare_week(self._read_flexibility(row))
        days = requests.new(week)._list_week()
        if days:
            if (self.env.lang or "").startswith("fr"):
                days = [day.lower() for day in days]
            yield self.env._(
                "“%(text)s” read as: other possible days, %(days)s",
                text=text,
                days=format_list(self.env, days),
            )
        elif text:
            yield self.env._("“%s” is kept as a note: it moves no half-day", text)

    def _write_request(self, request, row, context):
        places, skills, _levels, softwares = context
        place = places.get(request.insee_code) or places.get(flat(request.commune))
        wanted = self.env["hr.employee"].search([("agent_code", "in", list(request.wished))])
        evening = request.evenings[0] if request.evenings else None
        slots = request.all_slots if not request.slots else request.slots
        requests = self.env["commune.replacement.request"]
        record = requests.create(
            {
                "code": request.code,
                "commune_id": place.id,
                "requester_title": row.get("demandeur", ""),
                "channel": CHANNELS.get(flat(row.get("canal", "")), "other"),
                "received_date": request.received,
                "reason": REASONS.get(flat(row.get("motif", "")), "absence"),
                "urgency": _urgency(row.get("urgence", "")),
                "post": row.get("poste_remplace") or self.env._("Not said"),
                "post_ratio": int(float(row.get("quotite_poste_pct") or 0)),
                "job_family": row.get("metier", ""),
                "minimum_category": request.category or "C",
                "need_ids": [
                    Command.create({"skill_id": skills[code].id, "level": str(level)})
                    for code, level in request.skills.items()
                    if level
                ],
                "software_ids": [Command.set([softwares[c].id for c in request.software])],
                "needs_civil_registry": request.civil_registry,
                "telework_possible": flat(row.get("teletravail_possible", "")) == "oui",
                "wanted_employee_id": wanted[:1].id,
                "is_splittable": request.splittable,
                "flexibility": row.get("flexibilite", ""),
                **requests._prepare_week(self._read_flexibility(row), OTHER),
                **({} if request.km is None else {"distance_km": int(request.km)}),
                **self._prepare_period(row, slots),
                "evening_date": evening.date if evening else False,
                "evening_start": evening.start.hour + evening.start.minute / 60 if evening else 0,
                "evening_end": evening.end.hour + evening.end.minute / 60 if evening else 0,
            }
        )
        self._set_slots(record, slots)
        self._set_pattern(record, read_pattern(row.get("jours", "")))
        return record

    def _prepare_period(self, row, slots):
        """The period of the file: it may be longer than the days asked for, and other days that
        the commune accepts may lie at its end."""
        start, end = slots[0].date, slots[-1].date
        if row.get("date_debut"):
            start = min(start, read_date(row["date_debut"]))
        if row.get("date_fin"):
            end = max(end, read_date(row["date_fin"]))
        return {"date_start": start, "date_end": end}

    def _set_slots(self, request, wanted):
        """Exactly these half-days, as single dates."""
        request.ensure_one()
        self.env["commune.replacement.slot"]._create_checked(
            [
                {"request_id": request.id, "date": day, "half_day": half, "origin": "single"}
                for day, half in wanted
            ]
        )

    def _set_pattern(self, request, pattern):
        """Show the week; the half-days are already there and keep their dates."""
        week = self.env["commune.week.grid"]._prepare_week(pattern.weekly)
        request.sudo().with_context(replacement_keep_slots=INSIDE).write(week)


def _urgency(text):
    text = flat(text)
    if "jour meme" in text:
        return "same_day"
    if "j+1" in text:
        return "next_day"
    return "planned" if "planifi" in text else "normal"
