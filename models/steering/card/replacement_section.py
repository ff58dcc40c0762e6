"""Replacement on a visit card: missions done and to come, half-days not filled, what was billed,
and, for those who may read them alone, the difficulties in progress."""

from odoo import api, models
from odoo.fields import Domain

from ...replacement.incident.labels import ENDED
from ...replacement.statement.statement import FROZEN
from .card import YEAR

# Requests of which the commune still waits for something, or did not get all.
WANTING = (
    "submitted",
    "qualified",
    "searching",
    "proposed",
    "partially_filled",
    "unfilled",
)


class CommuneCard(models.AbstractModel):
    _inherit = "commune.card"

    @api.model
    def _collect_missions(self, communes, today):
        """Missions of the last 12 months, in progress and to come; these first."""
        missions = self.env["commune.replacement.mission"].search(
            Domain("commune_id", "in", communes.ids)
            & Domain("date_end", ">=", today - YEAR)
            & Domain("state", "!=", "cancelled"),
            order="date_start, id",
        )
        billed = self._get_billed(communes, today)
        rows = [
            {
                "id": mission.id,
                "record": mission,
                "commune_id": mission.commune_id.id,
                "agent": mission.employee_id.sudo().name,
                "start": mission.date_start,
                "end": mission.date_end,
                "half_days": mission.half_day_count,
                "coming": mission.date_end >= today,
                "billed": None if billed is None else billed.get(mission.commune_id.id, 0.0),
            }
            for mission in missions
        ]
        coming = [row for row in rows if row["coming"]]
        return self._group(coming + [row for row in reversed(rows) if not row["coming"]])

    @api.model
    def _get_billed(self, communes, today):
        """{commune id: euros} of the statements issued over the last 12 months, those cancelled
        taken off; None for anyone who does not read them."""
        Statement = self.env["commune.replacement.statement"]
        if not Statement.has_access("read"):
            return None
        groups = Statement._read_group(
            Domain("commune_id", "in", communes.ids)
            & Domain("state", "in", FROZEN)
            & Domain("date_end", ">=", today - YEAR),
            ["commune_id"],
            ["amount_total:sum"],
        )
        return {commune.id: total for commune, total in groups}

    @api.model
    def _prepare_missions_row(self, row, card):
        coming = row["coming"]
        if not coming:
            mark = ""
        elif row["start"] > card["today"]:
            mark = self.env._("to come")
        else:
            mark = self.env._("in progress")
        return {
            "text": row["agent"],
            "detail": [
                self._format_days(row["start"], row["end"]),
                self.env._("half-days: %s", row["half_days"]),
            ],
            "mark": mark,
            "tone": "good" if coming else "",
            "record": row["record"],
        }

    @api.model
    def _get_missions_note(self, rows, _card):
        if not rows:
            return self.env._("No mission in the last 12 months.")
        count = sum(row["half_days"] for row in rows if not row["coming"])
        if rows[0]["billed"] is None:
            return self.env._("Half-days of missions ended over 12 months: %s", count)
        return self.env._(
            "Half-days of missions ended over 12 months: %(count)s; billed: %(total)s",
            count=count,
            total=self._format_amount(rows[0]["billed"]),
        )

    @api.model
    def _format_days(self, start, end):
        if start == end:
            return self._format_date(start)
        return f"{self._format_date(start)} – {self._format_date(end)}"

    @api.model
    def _collect_unfilled(self, communes, today):
        """Requests of the last 12 months and to come that lack half-days."""
        requests = self.env["commune.replacement.request"].search(
            Domain("commune_id", "in", communes.ids)
            & Domain("date_end", ">=", today - YEAR)
            & Domain("state", "in", WANTING)
        )
        rows = [
            {
                "id": request.id,
                "record": request,
                "commune_id": request.commune_id.id,
                "post": request.post,
                "start": request.date_start,
                "end": request.date_end,
                "missing": request.slot_count - request.filled_count,
                "coming": request.date_end >= today,
            }
            for request in requests
        ]
        rows = [row for row in rows if row["missing"] > 0]
        rows.sort(key=lambda row: (not row["coming"], row["start"], row["id"]))
        return self._group(rows)

    @api.model
    def _prepare_unfilled_row(self, row, _card):
        return {
            "text": row["post"],
            "detail": [
                self._format_days(row["start"], row["end"]),
                self.env._("half-days missing: %s", row["missing"]),
            ],
            "mark": self.env._("being searched") if row["coming"] else self.env._("not filled"),
            "tone": "wait" if row["coming"] else "late",
            "record": row["record"],
        }

    @api.model
    def _collect_incidents(self, communes, _today):
        """Incidents in progress that the current user may read; their content stays hidden."""
        found = self.env["commune.replacement.incident"].search_fetch(
            Domain("commune_id", "in", communes.ids) & Domain("step", "not in", ENDED),
            ["commune_id"],
        )
        return self._group(
            [
                {
                    "id": incident.id,
                    "record": incident,
                    "commune_id": incident.commune_id.id,
                }
                for incident in found
            ]
        )

    @api.model
    def _prepare_incidents_row(self, row, _card):
        return {
            "text": self.env._("Difficulty in progress"),
            "mark": self.env._("confidential"),
            "tone": "late",
            "record": row["record"],
        }
