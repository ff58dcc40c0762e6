"""Charts of a period: months or weeks side by side, topics, families of services."""

from bisect import bisect_right
from collections import Counter
from datetime import datetime

from odoo import api, models
from odoo.fields import Domain
from odoo.tools import format_date

from ....engine.indicators import median
from ....engine.steering import WEEKLY_UP_TO, Span, cut
from .figures import Scope
from .knowledge_figures import GUIDE, READ
from .network_figures import REGISTRATION
from .requests_figures import TICKET, days_within
from .services_figures import REQUEST, SLOT, SUBSCRIPTION

MOST_TOPICS = 10


class CommuneSteering(models.AbstractModel):
    _inherit = "commune.steering"

    @api.model
    def _get_series(self, period, scope=None):
        """Charts of a period, in a constant number of queries.

        :param period: anything with a `start` and an `end`
        :return: list of dicts `code, section, title, unit, kind` (bar, line, or `lying` for long
            labels), `labels, datasets` [{label, values (None: no value), texts}]
        """
        self._check_open()
        scope, uses = scope or Scope(), self.env.company._uses
        span = Span(period.start, period.end)
        whole = self.env["commune.replacement.figures"]._get_period(span.start, span.end)
        charts = []
        if uses("requests") and self._reads(TICKET):
            charts += self._get_request_charts(span, whole, scope)
        if uses("network") and self._reads(REGISTRATION):
            registered = self._get_registered_domain(whole, scope)
            present = registered & Domain("state", "=", "done")
            counts = {
                self.env._("Persons registered"): self._moments(
                    REGISTRATION, registered, "event_id.date_begin"
                ),
                self.env._("Persons present"): self._moments(
                    REGISTRATION, present, "event_id.date_begin"
                ),
            }
            title = self.env._("Persons at the events")
            charts.append(self._by_time("events", "network", title, span, counts))
        if uses("services") and self._reads(SUBSCRIPTION):
            charts.append(self._get_family_chart(whole, scope))
        if uses("replacement") and self._reads(REQUEST) and self._reads(SLOT):
            charts.append(self._get_half_day_chart(span, whole, scope))
        if uses("knowledge") and self._reads(GUIDE) and self._reads(READ):
            read = days_within("date", whole) & scope.on()
            counts = {
                self.env._("Readings of the guides"): self._moments(GUIDE, read, "date"),
                self.env._("Readings of the watch"): self._moments(READ, read, "date"),
            }
            title = self.env._("Readings")
            charts.append(self._by_time("readings", "knowledge", title, span, counts))
        return [chart for chart in charts if any(map(self._has_value, chart["datasets"]))]

    def _has_value(self, dataset):
        return any(dataset["values"])

    def _get_request_charts(self, span, period, scope):
        received = self._get_received_domain(period, scope)
        answered = self._get_answered_domain(period, scope)
        counts = {
            self.env._("Requests received"): self._moments(TICKET, received, "create_date"),
            self.env._("Requests answered"): self._moments(TICKET, answered, "answered_date"),
        }
        flow = self.env._("Requests received and answered")
        return [
            self._by_time("requests", "requests", flow, span, counts),
            self._get_delay_chart(span, answered),
            self._get_topic_chart(received),
        ]

    def _get_delay_chart(self, span, answered):
        found = self.env[TICKET].search_fetch(answered, ["answered_date", "days_to_answer"])
        parts = self._get_parts(span)
        days = [[] for _part in parts]
        for ticket in found:
            days[self._place(parts, ticket.answered_date)].append(ticket.days_to_answer)
        values = [median(found).value for found in days]
        return self._chart(
            "delay",
            "requests",
            self.env._("Median time to answer"),
            [self._name_part(span, part) for part, _moment in parts],
            {self.env._("Median, in days"): [None if v is None else float(v) for v in values]},
            kind="line",
            unit="days",
        )

    def _get_topic_chart(self, received):
        """Families of topics; beyond the ten first, the others together."""
        counts = Counter()
        for topic, count in self.env[TICKET]._read_group(received, ["topic_id"], ["__count"]):
            topic = topic.sudo()  # a family is named for any reader of the figures
            family = topic.parent_id or topic
            counts[family.name or self.env._("Without topic")] += count
        return self._ordered(
            "topics",
            "requests",
            self.env._("Requests received, by subject"),
            self.env._("Requests received"),
            counts,
        )

    def _get_family_chart(self, period, scope):
        running = self._get_running_domain(period, scope)
        groups = self.env[SUBSCRIPTION]._read_group(running, ["family_id"], ["__count"])
        counts = Counter({family.sudo().name or "–": count for family, count in groups})
        title = self.env._("Subscriptions, by family of services")
        return self._ordered("families", "services", title, self.env._("Subscriptions"), counts)

    def _get_half_day_chart(self, span, period, scope):
        figures = self.env["commune.replacement.figures"]
        asked = figures._get_asked_domain(period) & scope.on()
        filled = asked & Domain("state", "=", "filled")
        counts = {
            self.env._("Half-days asked"): self._moments(SLOT, asked, "date"),
            self.env._("Half-days filled"): self._moments(SLOT, filled, "date"),
        }
        title = self.env._("Half-days of replacement")
        return self._by_time("half_days", "replacement", title, span, counts)

    # shapes

    def _moments(self, model, domain, name):
        """Dates or moments of some records, counted: {value: count}."""
        head, _dot, tail = name.partition(".")
        records = self.env[model].with_context(tz=self.env.company._get_zone_name())
        groups = records._read_group(domain, [head if tail else f"{head}:day"], ["__count"])
        if not tail:
            return {day: count for day, count in groups if day}
        return {record.sudo()[tail]: count for record, count in groups if record}

    def _get_parts(self, span):
        """[(Span, its first moment)]: what a chart has a column for."""
        figures = self.env["commune.replacement.figures"]
        return [(part, figures._get_period(part.start, part.end).first) for part in cut(span)]

    def _place(self, parts, value):
        """The column of a day or of a moment."""
        if isinstance(value, datetime):
            firsts = [moment for _part, moment in parts]
        else:
            firsts = [part.start for part, _moment in parts]
        return max(bisect_right(firsts, value) - 1, 0)

    def _name_part(self, span, part):
        """“nov. 2026” for a month, “4 nov.” for the week that begins there."""
        if (span.end - span.start).days < WEEKLY_UP_TO:
            return self.env.company._format_short_date(part.start)
        return format_date(self.env, part.start, date_format="MMM yyyy")

    def _by_time(self, code, section, title, span, counts):
        """:param counts: {label: {day or moment: number}}"""
        parts, series = self._get_parts(span), {}
        for label, found in counts.items():
            values = [0] * len(parts)
            for value, count in found.items():
                values[self._place(parts, value)] += count
            series[label] = values
        labels = [self._name_part(span, part) for part, _moment in parts]
        return self._chart(code, section, title, labels, series)

    def _ordered(self, code, section, title, label, counts):
        """The largest first; the rest of a long list together, at the end."""
        found = sorted(counts.items(), key=lambda pair: (-pair[1], pair[0]))
        rest = sum(count for _name, count in found[MOST_TOPICS:])
        found = found[:MOST_TOPICS] + ([(self.env._("Others"), rest)] if rest else [])
        values = {label: [count for _name, count in found]}
        return self._chart(code, section, title, [name for name, _n in found], values, "lying")

    def _chart(self, code, section, title, labels, series, kind="bar", unit="number"):
        write = self.env["commune.replacement.figures"]._format_value
        return {
            "code": code,
            "section": section,
            "title": title,
            "kind": kind,
            "unit": unit,
            "labels": labels,
            "datasets": [
                {
                    "label": label,
                    "values": values,
                    "texts": ["–" if v is None else write(v, unit) for v in values],
                }
                for label, values in series.items()
            ],
        }
