"""What each commune asks and gets: tables by size and by distance, ranks, the map."""

from collections import defaultdict
from fractions import Fraction

from odoo import api, models
from odoo.fields import Domain

from ....engine.indicators import median, rate
from ....engine.staffing.places import road_km
from ....engine.steering import LEAST_CASES, Span, per_thousand, rank, ring_of
from ....engine.steering.equity import RINGS
from .figures import Scope
from .knowledge_figures import GUIDE, READ
from .network_figures import REGISTRATION
from .requests_figures import TICKET, days_within
from .services_figures import REQUEST, SLOT, SUBSCRIPTION

MOST_RANKED = 10
COMMUNE = [
    "name",
    "insee_code",
    "sector_id",
    "population",
    "population_band",
    "partner_latitude",
    "partner_longitude",
]


class CommuneSteering(models.AbstractModel):
    _inherit = "commune.steering"

    @api.model
    def _get_by_commune(self, period, scope=None):
        """Requests and results of each commune, with the access rights of the user.

        :return: {measure: {commune id: number}}, and `delays`: {commune id: days, a list}
        """
        scope, uses = scope or Scope(), self.env.company._uses
        whole = self.env["commune.replacement.figures"]._get_period(period.start, period.end)
        found = {}
        if uses("requests") and self._reads(TICKET):
            found |= self._count_requests(whole, scope)
        if uses("network") and self._reads(REGISTRATION):
            present = self._get_registered_domain(whole, scope) & Domain("state", "=", "done")
            found["present"] = self._count_by_commune(REGISTRATION, present)
        if uses("services") and self._reads(SUBSCRIPTION):
            running = self._get_running_domain(whole, scope)
            found["services"] = self._count_by_commune(SUBSCRIPTION, running)
        if uses("replacement") and self._reads(REQUEST) and self._reads(SLOT):
            asked = self.env["commune.replacement.figures"]._get_asked_domain(whole)
            filled = asked & Domain("state", "=", "filled") & scope.on()
            found["filled"] = self._count_by_commune(SLOT, filled)
        if uses("knowledge") and self._reads(GUIDE) and self._reads(READ):
            read = days_within("date", whole) & scope.on()
            found["readings"] = defaultdict(int)
            for model in (GUIDE, READ):
                for commune_id, count in self._count_by_commune(model, read).items():
                    found["readings"][commune_id] += count
        return found

    def _count_requests(self, period, scope):
        answered = self._get_answered_domain(period, scope)
        promised = answered & Domain("promised_date", "!=", False)
        kept = promised & Domain("promise_state", "=", "kept")
        groups = self.env[TICKET]._read_group(
            answered, ["commune_id"], ["days_to_answer:array_agg"]
        )
        received = self._get_received_domain(period, scope)
        return {
            "received": self._count_by_commune(TICKET, received),
            "promised": self._count_by_commune(TICKET, promised),
            "kept": self._count_by_commune(TICKET, kept),
            "delays": {commune.id: days for commune, days in groups},
        }

    def _count_by_commune(self, model, domain):
        groups = self.env[model]._read_group(domain, ["commune_id"], ["__count"])
        return {commune.id: count for commune, count in groups}

    def _get_communes(self, scope):
        """Members of the scope (res.partner), with what the tables and the map need."""
        members = self._get_communes_domain() & scope.on("")
        return self.env["res.partner"].search_fetch(members, COMMUNE)

    # tables

    @api.model
    def _get_equity(self, period, scope=None, found=None):
        """Tables of equity of a period.

        :param period: anything with a `start` and an `end`
        :param found: result of `_get_by_commune` for the same period and scope, if available
        :return: dict `columns` [{code, label}], `tables` [{title, rows [{label, cells}]}],
            `ranking` {title, rows [{rank, name, text, cases}], left_out}; None without the requests
        """
        self._check_open()
        scope = scope or Scope()
        found = found or self._get_by_commune(Span(period.start, period.end), scope)
        communes = self._get_communes(scope)
        if "received" not in found or not communes:
            return None
        columns = self._get_equity_columns(found)
        labels = self.env["commune.replacement.figures"]._get_labels
        bands = labels("res.partner", "population_band")
        by_band = communes.grouped("population_band")
        by_ring = self._group_by_ring(communes)
        return {
            "columns": [{"code": code, "label": label} for code, label in columns.items()],
            "tables": [
                {
                    "title": self.env._("By number of inhabitants"),
                    "rows": [
                        self._get_equity_row(label, by_band[band], found, columns)
                        for band, label in bands.items()
                        if by_band.get(band)
                    ],
                },
                {
                    "title": self.env._("By distance from the seat, in a straight line"),
                    "rows": [
                        self._get_equity_row(self._name_ring(ring), places, found, columns)
                        for ring, places in by_ring.items()
                    ],
                },
            ],
            "ranking": self._get_ranking(communes, found),
        }

    def _group_by_ring(self, communes):
        """{ring: communes}, the nearest first; those of unknown place last, under None."""
        base = self.env.company._get_replacement_base()
        seat = (base.partner_latitude, base.partner_longitude)
        rings = defaultdict(communes.browse)
        for commune in communes:
            place = (commune.partner_latitude, commune.partner_longitude)
            known = any(seat) and any(place)
            rings[ring_of(road_km(seat, place, 1.0) if known else None)] |= commune
        return dict(sorted(rings.items(), key=lambda pair: (pair[0] is None, pair[0] or 0)))

    def _name_ring(self, ring):
        if ring is None:
            return self.env._("Distance not known")
        if not ring:
            return self.env._("Less than %s km", RINGS[0])
        if ring == len(RINGS):
            return self.env._("%s km and more", RINGS[-1])
        return self.env._("%(low)s to %(high)s km", low=RINGS[ring - 1], high=RINGS[ring])

    def _get_equity_columns(self, found):
        """{code: label} of what may be read, in order."""
        columns = {
            "communes": self.env._("Communes"),
            "people": self.env._("Inhabitants"),
            "received": self.env._("Requests"),
            "per_thousand": self.env._("Requests per 1,000 inhabitants"),
            "kept": self.env._("Requests answered in time"),
            "delays": self.env._("Median time to answer"),
            "present": self.env._("Presences at events"),
            "services": self.env._("Subscriptions per commune"),
            "filled": self.env._("Half-days of replacement"),
        }
        always = {"communes", "people", "per_thousand"}
        return {code: label for code, label in columns.items() if code in always | found.keys()}

    def _get_equity_row(self, label, communes, found, columns):
        ids, people = communes.ids, sum(communes.mapped("population"))
        sums = {
            name: sum(counts.get(one, 0) for one in ids)
            for name, counts in found.items()
            if name != "delays"
        }
        days = [day for one in ids for day in found["delays"].get(one, ())]
        write = self.env["commune.replacement.figures"]._format_value
        values = {
            "communes": write(len(communes), "number"),
            "people": write(people, "number"),
            "kept": self._write_share(sums["kept"], sums["promised"]),
            "delays": self._write_median(days),
            # Hundredths: five requests of a large town are not none.
            "per_thousand": self._write_or_dash(
                per_thousand(sums["received"], people), "decimal"
            ),
            "services": self._write_or_dash(
                Fraction(sums["services"], len(communes)) if "services" in sums else None
            ),
            **{name: write(sums[name], "number")
               for name in ("received", "present", "filled") if name in sums},
        }  # fmt: skip
        return {"label": label, "cells": [values[code] for code in columns]}

    def _write_share(self, part, whole):
        """“82.1 % (23 of 28)”, “2 of 3”, “–”."""
        figure = rate(part, whole)
        text = self._format_figure(figure, "percent")
        if figure.value is None or whole < LEAST_CASES:
            return text
        return self.env._("%(share)s (%(part)s of %(whole)s)", share=text, part=part, whole=whole)

    def _write_median(self, days):
        """“12 d (7 answers)”; below five, the number of answers alone."""
        if not days:
            return "–"
        if len(days) < LEAST_CASES:
            return self.env._("%s answers", len(days)) if days[1:] else self.env._("1 answer")
        value = median(days).value
        write = self.env["commune.replacement.figures"]._format_value
        text = write(float(value), "days")
        return self.env._("%(days)s (%(count)s answers)", days=text, count=len(days))

    def _write_or_dash(self, value, unit="one_decimal"):
        if value is None:
            return "–"
        return self.env["commune.replacement.figures"]._format_value(float(value), unit)

    def _get_ranking(self, communes, found):
        """The communes that wait the longest, among those with answers enough."""
        delays = {one: found["delays"].get(one, []) for one in communes.ids}
        ranked = rank({one: (median(days).value, len(days)) for one, days in delays.items()})
        names = {commune.id: commune.name for commune in communes}
        write = self.env["commune.replacement.figures"]._format_value
        shown = [one for one in ranked if one.rank]
        return {
            "title": self.env._("Communes that wait the longest for an answer"),
            "rows": [
                {
                    "rank": one.rank,
                    "name": names[one.key],
                    "text": write(float(one.value), "days"),
                    "cases": one.cases,
                }
                for one in shown[:MOST_RANKED]
            ],
            "left_out": len(communes) - len(shown),
        }
