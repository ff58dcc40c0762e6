"""The indicators of the replacement service: what each is called, counted in, and made of."""

from odoo.tools import LazyTranslate

_lt = LazyTranslate(__name__)

SECTIONS = {
    "volume": _lt("Activity"),
    "fill": _lt("Requests filled"),
    "speed": _lt("Time to fill"),
    "unfilled": _lt("Requests not filled"),
    "quality": _lt("Quality"),
    "incident": _lt("Incidents"),
    "agent": _lt("Agents"),
    "equity": _lt("Equity between communes"),
    "cost": _lt("Cost and recovery"),
}
# code: (label, definition, section, unit). Units: `percent`, `hours`, `days`, `euros`, `number`
# (a count), `decimal` (to the hundredth).
INDICATORS = {
    "members": (
        _lt("Communes with a convention"),
        _lt("Communes whose convention opens the service on the last day, among all."),
        "volume",
        "percent",
    ),
    "requests": (
        _lt("Requests received"),
        _lt("Requests received in the period, drafts and those cancelled by the commune excluded."),
        "volume",
        "number",
    ),
    "half_days": (
        _lt("Half-days asked"),
        _lt("Half-days of the period that communes asked for and did not cancel."),
        "volume",
        "number",
    ),
    "full_time": (
        _lt("Full-time posts (1,607 hours a year)"),
        _lt("Hours of the half-days filled, divided by 1,607 hours for a year of twelve months."),
        "volume",
        "decimal",
    ),
    "fill_half_days": (
        _lt("Fill rate, half-days"),
        _lt(
            "Half-days with an agent agreed by both sides, among the half-days asked in the period."
            " A half-day cancelled by the commune does not count; one lost because the agent or the"
            " service ended a mission counts as not filled."
        ),
        "fill",
        "percent",
    ),
    "fill_requests": (
        _lt("Fill rate, requests"),
        _lt("Requests received in the period of which every half-day is filled, among all."),
        "fill",
        "percent",
    ),
    "time_urgent": (
        _lt("Time to fill, urgent requests"),
        _lt(
            "Median of the hours from the reception of a request for the same day or the next to"
            " the first agent that the commune accepted."
        ),
        "speed",
        "hours",
    ),
    "time_planned": (
        _lt("Time to fill, other requests"),
        _lt(
            "Median of the hours from the reception of a request to the first agent that the"
            " commune accepted."
        ),
        "speed",
        "hours",
    ),
    "unfilled": (
        _lt("Requests not filled"),
        _lt("Requests received in the period and closed without agent, by reason, among all."),
        "unfilled",
        "percent",
    ),
    "redirected": (
        _lt("Directed elsewhere"),
        _lt("Requests received in the period for which the commune was directed elsewhere."),
        "unfilled",
        "percent",
    ),
    "repeated": (
        _lt("Requests that come back"),
        _lt(
            "Requests of the twelve months before the end of the period whose commune asked for"
            " the same job at least twice, among all: a need that lasts."
        ),
        "unfilled",
        "percent",
    ),
    "satisfaction": (
        _lt("Satisfaction, from 1 to 4"),
        _lt(
            "Mean of the evaluations answered on the missions that ended in the period, each"
            " counted by its half-days; hidden below five answers."
        ),
        "quality",
        "decimal",
    ),
    "marks": (
        _lt("Share of the marks"),
        _lt("Evaluations answered whose mean is nearest to this mark; hidden below five answers."),
        "quality",
        "percent",
    ),
    "again": (
        _lt("Would work together again"),
        _lt("Evaluations answered that say yes; hidden below five answers."),
        "quality",
        "percent",
    ),
    "answers": (
        _lt("Rate of answers"),
        _lt("Evaluations answered, among those asked on the missions that ended in the period."),
        "quality",
        "percent",
    ),
    "regulation": (
        _lt("Time to settle an incident"),
        _lt(
            "Median of the days from the report to the end of the cases ended in the period; hidden"
            " below five cases."
        ),
        "incident",
        "days",
    ),
    "reopened": (
        _lt("Incidents reopened"),
        _lt("Cases ended in the period that had been reopened; hidden below five cases."),
        "incident",
        "percent",
    ),
    "early_end": (
        _lt("Early ends"),
        _lt("Missions that ended in the period before their day, by whom, among all."),
        "quality",
        "percent",
    ),
    "early_cause": (
        _lt("Early ends, by cause"),
        _lt(
            "Missions that ended in the period before their day, by the cause noted, among all;"
            " hidden below five causes."
        ),
        "quality",
        "percent",
    ),
    "occupation": (
        _lt("Occupation"),
        _lt(
            "Hours of missions, among the hours of the week of the agents of the pool, without"
            " public holidays and leaves; up to today."
        ),
        "agent",
        "percent",
    ),
    "agent_occupation": (
        _lt("Occupation of an agent"),
        _lt("The same for each agent, without the others."),
        "agent",
        "percent",
    ),
    "equity": (
        _lt("Share of the half-days filled"),
        _lt("Half-days filled for communes of this size, among all those filled."),
        "equity",
        "percent",
    ),
    "small_refused": (
        _lt("Small communes without answer"),
        _lt(
            "Requests of communes under 1,000 inhabitants turned down or not filled, among theirs."
        ),
        "equity",
        "percent",
    ),
    "unit_cost": (
        _lt("Full cost of an hour"),
        _lt(
            "Hours billed at the full cost of an hour in the file of each agent, divided by these"
            " hours; agents without known cost are left out."
        ),
        "cost",
        "euros",
    ),
    "tariff": (
        _lt("Price of an hour"),
        _lt("Work and fees billed for the same hours, without travel, divided by these hours."),
        "cost",
        "euros",
    ),
    "recovery": (
        _lt("Recovery of the cost"),
        _lt("Work and fees billed, without travel, among the full cost of the same hours."),
        "cost",
        "percent",
    ),
    "billed": (
        _lt("Billed"),
        _lt("Statements issued whose period ends in the period, travel included."),
        "cost",
        "euros",
    ),
    "unpaid": (
        _lt("Statements not paid yet"),
        _lt("Statements issued whose payment is not noted, and which nothing cancels."),
        "cost",
        "euros",
    ),
}
