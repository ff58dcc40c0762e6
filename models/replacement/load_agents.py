"""Agents of a file: preview, then skills, exclusions and absences."""

from datetime import date

from odoo import models
from odoo.fields import Command

from ...engine.text import flat
from .load_files import Line


class CommuneReplacementRequest(models.Model):
    _inherit = "commune.replacement.request"

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
        """Leaves of the working calendar, without their reason: it may tell of health."""
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
