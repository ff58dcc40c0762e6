"""The communes on a map, coloured by what they asked and got in a period."""

from odoo import api, models

from ....engine.indicators import median
from ....engine.steering import LEAST_CASES, Span, per_thousand
from ...territory.partner.map_figures import MapMeasure
from .figures import Scope
from .requests_figures import SILENCE


class CommuneSteering(models.AbstractModel):
    _inherit = "commune.steering"

    @api.model
    def _get_map(self, period, scope=None, found=None):
        """The map of the communes of a scope, as `res.partner.get_commune_map` draws it.

        :param found: result of `_get_by_commune` for the same period and scope, if available
        :return: dict `width, height, communes, measures`; None without commune or measure
        """
        self._check_open()
        scope = scope or Scope()
        communes = self._get_communes(scope)
        if not communes:
            return None
        found = found or self._get_by_commune(Span(period.start, period.end), scope)
        measures = self._get_measures(communes, found)
        if not measures:
            return None
        drawing = self.env["commune.map"]._project_contours(communes)
        classified = {measure.code: measure._classify(communes) for measure in measures}
        return {
            "width": drawing.width,
            "height": drawing.height,
            "communes": [
                self.env["commune.map"]._get_map_commune(commune, drawing, measures, classified)
                for commune in communes
            ],
            "measures": [
                measure._describe(self.env, classified[measure.code]) for measure in measures
            ],
        }

    def _get_measures(self, communes, found):
        """What the map may be coloured by; a rate or a median of fewer than five cases is none."""
        counted = [
            self._get_counted(code, label, unit, definition, communes, found[code])
            for code, label, unit, definition in self._get_simple_counts()
            if code in found
        ]
        return [
            *(self._get_request_measures(communes, found) if "received" in found else []),
            *counted,
            *([self._get_silence_measure(communes)] if self._reads(SILENCE) else []),
        ]

    def _get_simple_counts(self):
        """(code, label, unit, definition) of what is simply counted."""
        persons = self.env._("person"), self.env._("persons")
        services = self.env._("subscription"), self.env._("subscriptions")
        halves = self.env._("half-day"), self.env._("half-days")
        readings = self.env._("reading"), self.env._("readings")
        return [
            ("present", self.env._("Presences at events"), persons,
             self.env._("Persons of the commune noted as present at the events of the period.")),
            ("services", self.env._("Services in use"), services,
             self.env._("Subscriptions of the commune on the last day of the period.")),
            ("filled", self.env._("Half-days of replacement"), halves,
             self.env._("Half-days of the period with an agent agreed by both sides.")),
            ("readings", self.env._("Readings of guides and watch"), readings,
             self.env._("Each person and guide or item of the watch once a day.")),
        ]  # fmt: skip

    def _get_counted(self, code, label, unit, definition, communes, counts):
        return MapMeasure(
            code=code,
            label=label,
            unit=unit,
            definition=definition,
            values={one: counts.get(one, 0) for one in communes.ids},
            additive=True,
        )

    def _get_request_measures(self, communes, found):
        requests = self.env._("request"), self.env._("requests")
        received, few = found["received"], self.env._("Fewer than %s answers", LEAST_CASES)
        definition = self.env._("Requests of the commune that arrived in the period.")
        delays = {
            one: median(days).value
            for one, days in found["delays"].items()
            if len(days) >= LEAST_CASES
        }
        shares = {
            one: 100 * found["kept"].get(one, 0) / whole
            for one, whole in found["promised"].items()
            if whole >= LEAST_CASES
        }
        people = {commune.id: commune.population for commune in communes}
        density = {one: per_thousand(received.get(one, 0), people[one]) for one in people}
        return [
            self._get_counted(
                "received", self.env._("Requests received"), requests, definition,
                communes, received,
            ),
            self._get_measured(
                "per_thousand", self.env._("Requests per 1,000 inhabitants"), ("", ""),
                self.env._("Requests that arrived in the period, for 1,000 inhabitants."),
                density, self.env._("Population not known"), digits=2,
            ),
            self._get_measured(
                "delays", self.env._("Median time to answer"),
                (self.env._("day"), self.env._("days")),
                self.env._("Half of the requests answered in the period took less."),
                {one: delays.get(one) for one in people}, few, palette="delay",
            ),
            self._get_measured(
                "kept", self.env._("Answered in time (%)"), ("%", "%"),
                self.env._("Requests answered on the promised day or before, among those"
                           " answered in the period."),
                {one: shares.get(one) for one in people}, few,
            ),
        ]  # fmt: skip

    def _get_measured(
        self, code, label, unit, definition, values, none_label, palette="amount", digits=1
    ):
        return MapMeasure(
            code=code,
            label=label,
            unit=unit,
            definition=definition,
            values={
                one: None if value is None else round(float(value), digits)
                for one, value in values.items()
            },
            none_label=none_label,
            palette=palette,
            digits=digits,
        )

    def _get_silence_measure(self, communes):
        lines = self.env[SILENCE].search_fetch([("commune_id", "in", communes.ids)], ["date"])
        return self.env["commune.map"]._get_days_measure(
            {
                line.id: line.date and self.env.company._get_organisation_date(line.date)
                for line in lines
            },
            code="silence",
            label=self.env._("Days since the last sign"),
            definition=self.env._(
                "Days from the last request, event, answer or login of the commune, or the last"
                " contact noted by the staff, to today."
            ),
            none_label=self.env._("No sign yet"),
        )
