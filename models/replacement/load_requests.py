"""Requests of a file: preview, then the request with exactly the half-days of the engine."""

from odoo import fields, models
from odoo.fields import Command

from ...engine.register import read_date, read_pattern
from ...engine.text import flat
from .load_files import Line

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


def _urgency(text):
    text = flat(text)
    if "jour meme" in text:
        return "same_day"
    if "j+1" in text:
        return "next_day"
    return "planned" if "planifi" in text else "normal"


class CommuneReplacementRequest(models.Model):
    _inherit = "commune.replacement.request"

    def _preview_requests(self, asked, rows, agent_codes):
        places = self._get_places_by_name()
        skills = self.env["hr.skill"]._by_commune_code()
        known = set(self.search([("code", "!=", False)]).mapped("code"))
        today = fields.Date.context_today(self)
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
            note = "; ".join(problem)
            if change == "new" and not place._get_replacement_agreement(today):
                note = self.env._("Missing convention: it stays a draft.")
            name = f"{request.commune} – {row.get('poste_remplace', '')}"
            yield Line("request", request.code, name, change, note, (request, row))

    def _write_request(self, request, row, context):
        places, skills, _levels, softwares = context
        place = places.get(request.insee_code) or places.get(flat(request.commune))
        wanted = self.env["hr.employee"].search([("agent_code", "in", list(request.wished))])
        evening = request.evenings[0] if request.evenings else None
        slots = request.all_slots if not request.slots else request.slots
        record = self.create(
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
                "distance_km": int(request.km or 0),
                **self._prepare_period(row, slots),
                "evening_date": evening.date if evening else False,
                "evening_start": evening.start.hour + evening.start.minute / 60 if evening else 0,
                "evening_end": evening.end.hour + evening.end.minute / 60 if evening else 0,
            }
        )
        record._set_slots(slots)
        record._set_pattern(read_pattern(row.get("jours", "")))
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

    def _set_slots(self, wanted):
        """Exactly these half-days, as single dates."""
        self.ensure_one()
        self.env["commune.replacement.slot"]._create_checked(
            [
                {"request_id": self.id, "date": day, "half_day": half, "origin": "single"}
                for day, half in wanted
            ]
        )

    def _set_pattern(self, pattern):
        """Show the week; the half-days are already there and keep their dates."""
        week = self.env["commune.week.grid"]._prepare_week(pattern.weekly)
        self.sudo().with_context(replacement_keep_slots=True).write(week)
