"""The dashboard: what its screen shows for a period and a scope, and the lists that it opens."""

from datetime import date

from odoo import api, models
from odoo.exceptions import UserError

from ....engine.steering import Span, before, move, span_of
from ...core.api_arguments import parse_code
from .catalogue import SECTIONS
from .figures import YEARS, Scope

WEEKS = (4, 8, 12, 26)
MOST_SILENCE = 520
MOST_YEARS = 10  # of a period that is typed
# The screen where the list of a model opens.
WINDOWS = {
    "helpdesk.ticket": "commune_request_action",
    "commune.request.transfer": "commune_request_transfer_action",
    "res.partner": "commune_action",
    "commune.session": "commune_session_action",
    "commune.decision": "commune_decision_action",
    "commune.attendance.stat": "commune_attendance_stat_action",
    "event.event": "commune_event_action",
    "event.registration": "steering_registration_action",
    "commune.mailing.stat": "commune_mailing_stat_action",
    "commune.service.subscription": "commune_service_subscription_cost_action",
    "agreement": "commune_agreement_action",
    "commune.replacement.request": "commune_replacement_request_action",
    "commune.replacement.slot": "commune_replacement_slot_action",
    "commune.survey.campaign": "commune_survey_campaign_action",
    "commune.survey.target": "commune_survey_target_action",
    "commune.guide.view": "commune_guide_view_action",
    "commune.watch.item": "commune_watch_item_action",
    "commune.watch.view": "commune_watch_view_action",
}


class CommuneSteering(models.AbstractModel):
    _inherit = "commune.steering"

    @api.model
    @api.readonly
    def get_board(self, choices=None):
        """What the dashboard shows, for the web client and for integrations.

        :param choices: dict, all of it optional: `period` (`twelve_months`, `year`, `quarter`,
            `month` or `free`), `day` (ISO: a day of it), `step` (spans to move by), `start`, `end`
            (ISO, of a free period), `sector` (id), `band` (code), `weeks` (without a sign)
        :return: dict `choices` (as they were understood), `periods`, `sectors`, `bands`, `weeks`,
            `period_text`, `before_text`, `is_over` (else the period before is no measure),
            `scope_text`, `sections` [{code, label, figures, charts}], `equity`, `map`
        :raise AccessError: for anyone who is not reader or referent
        :raise UserError: a choice that is none
        """
        self._check_open()
        choices = self._read_choices(choices if isinstance(choices, dict) else {})
        span = Span(date.fromisoformat(choices["start"]), date.fromisoformat(choices["end"]))
        scope = Scope(choices["sector"], choices["band"], choices["weeks"])
        letter = self.env.company
        past = before(span)
        by_commune = self._get_by_commune(span, scope)
        return {
            "choices": choices,
            **self._get_offered(),
            "period_text": letter._format_document_period(span.start, span.end),
            "before_text": letter._format_document_period(past.start, past.end),
            "is_over": span.end <= letter._get_today(),
            "scope_text": self._describe_scope(scope),
            "sections": self._get_sections(span, scope),
            "equity": self._get_equity(span, scope, by_commune),
            "map": self._get_map(span, scope, by_commune),
        }

    def _get_sections(self, span, scope):
        """The figures and charts by subject, in the order of the catalogue."""
        figures, charts = self._get_figures(span, scope), self._get_series(span, scope)
        for figure in figures:
            figure["window"] = WINDOWS.get(figure["model"], "")
        sections = [
            {
                "code": code,
                "label": self.env._(label),
                "figures": [figure for figure in figures if figure["section"] == code],
                "charts": [chart for chart in charts if chart["section"] == code],
            }
            for code, (label, _pillar) in SECTIONS.items()
        ]
        return [section for section in sections if section["figures"]]

    # choices

    def _get_offered(self):
        """What may be chosen."""
        labels = {
            "twelve_months": self.env._("Twelve months"),
            "year": self.env._("Year"),
            "quarter": self.env._("Quarter"),
            "month": self.env._("Month"),
            "free": self.env._("Free period"),
        }
        sectors = self.env["commune.sector"].search([("commune_ids", "!=", False)])
        bands = self.env["commune.replacement.figures"]._get_labels(
            "res.partner", "population_band"
        )
        return {
            "periods": [{"code": code, "label": label} for code, label in labels.items()],
            "sectors": [{"id": sector.id, "name": sector.name} for sector in sectors],
            "bands": [{"code": code, "label": label} for code, label in bands.items()],
            "weeks": sorted({*WEEKS, self._get_default_silence_weeks()}),
        }

    def _get_default_silence_weeks(self):
        """The default of the list of silent communes, so that both agree at first."""
        return min(self.env.company.silence_weeks, MOST_SILENCE)

    def _read_choices(self, choices):
        """The choices as plain values, each checked: what is missing has its default.

        :raise UserError: one that is none of those offered
        """
        try:
            kind = choices.get("period") or "twelve_months"
            day = date.fromisoformat(choices.get("day") or str(self.env.company._get_today()))
            if kind == "free":
                ends = (choices.get("start"), choices.get("end"))
                span = Span(*(date.fromisoformat(end) if end else day for end in ends))
            else:
                day = move(kind, day, int(choices.get("step") or 0))
                span = span_of(kind, day)
            sector = int(choices.get("sector") or 0)
            weeks = int(choices.get("weeks") or self._get_default_silence_weeks())
        except (TypeError, ValueError, OverflowError) as error:
            raise UserError(
                self.env._("This period does not exist: choose another one.")
            ) from error
        self._check_span(span)
        band = parse_code(choices.get("band") or "")
        self._check_choices(sector, band, weeks)
        return {
            "period": kind,
            "day": str(day),
            "start": str(span.start),
            "end": str(span.end),
            "sector": sector,
            "band": band,
            "weeks": weeks,
        }

    @api.model
    def _check_span(self, span):
        """:raise UserError: ends before it starts, too long, or with nothing before or after it"""
        is_known = YEARS[0] <= span.start.year and span.end.year <= YEARS[1]
        if span.start <= span.end and not is_known:
            raise UserError(self.env._("This period does not exist: choose another one."))
        if span.end < span.start or (span.end - span.start).days > 366 * MOST_YEARS:
            raise UserError(
                self.env._("A period ends after it starts, and is of %s years at most.", MOST_YEARS)
            )

    def _check_choices(self, sector, band, weeks):
        bands = dict(self.env["res.partner"]._fields["population_band"].selection)
        known = not sector or self.env["commune.sector"].browse(sector).exists()
        if not known or (band and band not in bands) or not 1 <= weeks <= MOST_SILENCE:
            raise UserError(
                self.env._("This sector, size or number of weeks does not exist: choose another.")
            )

    def _describe_scope(self, scope):
        """“North, 1,000 to 3,499”; empty for all the communes."""
        labels = self.env["commune.replacement.figures"]._get_labels(
            "res.partner", "population_band"
        )
        names = [self.env["commune.sector"].browse(scope.sector).name if scope.sector else ""]
        names.append(labels.get(scope.band, ""))
        return ", ".join(name for name in names if name)
