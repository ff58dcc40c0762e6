"""The sheet of a day of visits: hours, addresses, persons to meet, what to talk about."""

from odoo import api, models


class VisitTourDocument(models.AbstractModel):
    _name = "report.commune_relations.visit_tour"
    _description = "Tour of visits (PDF)"

    @api.model
    def _get_report_values(self, docids, data=None):
        tour = self.env["commune.visit.tour"].browse(docids)[:1]
        tour.check_access("read")
        day = self.env["commune.letter"]._format_date(tour.date)
        return {
            "docs": tour,
            "title": self.env._("Tour of visits – %s", day),
            "heading": self.env._("Tour of visits"),
            "kind": self.env._("Tour of visits"),
            "subtitle": " · ".join(filter(None, (day, tour.user_id.name))),
            "start": self.env._(
                "Departure at %(hour)s, %(seat)s. Kilometres in the day, return included: %(km)s.",
                hour=self._format_hour(tour.start_hour),
                seat=self.env.company._get_replacement_base().name,
                km=round(tour.total_km),
            ),
            "rows": [self._get_row(stop) for stop in tour.stop_ids.sorted()],
        }

    @api.model
    def _get_row(self, stop):
        return {
            "hours": (self._format_hour(stop.arrive), self._format_hour(stop.leave)),
            "commune": stop.commune_id.name,
            "phone": stop.commune_id.phone or "",
            "address": (stop.address or "").split("\n"),
            "persons": [line for line in (stop.persons or "").split("\n") if line],
            "points": [line.removeprefix("– ") for line in (stop.points or "").split("\n") if line],
        }

    @api.model
    def _format_hour(self, hour):
        """`9 h 05`, as French letters write it."""
        minutes = round(hour * 60)
        return f"{minutes // 60}\N{NO-BREAK SPACE}h\N{NO-BREAK SPACE}{minutes % 60:02d}"
