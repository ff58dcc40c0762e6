"""The figures of the management: what each is called, counted in, and made of."""

from odoo.tools import LazyTranslate

_lt = LazyTranslate(__name__)

# Each with the pillar that it goes with: off, its figures are gone. `""`: always there.
SECTIONS = {
    "requests": (_lt("Requests"), "requests"),
    "relation": (_lt("Relation with the communes"), ""),
    "committees": (_lt("Sessions and decisions"), "committees"),
    "network": (_lt("Events and letters"), "network"),
    "services": (_lt("Services and conventions"), "services"),
    "replacement": (_lt("Replacement"), "replacement"),
    "surveys": (_lt("Surveys"), "surveys"),
    "knowledge": (_lt("Guides and watch"), "knowledge"),
}
# code: (label, definition, section, unit). Units: `number` (a count), `percent`, `days`, `hours`
# (medians), `euros`. What a figure of today is has no period before: see TODAY.
FIGURES = {
    "requests_received": (
        _lt("Requests received"),
        _lt("Requests that arrived in the period, those cancelled since excluded."),
        "requests",
        "number",
    ),
    "requests_open": (
        _lt("Open requests"),
        _lt("Requests without final answer today, whenever they arrived."),
        "requests",
        "number",
    ),
    "requests_overdue": (
        _lt("Overdue requests"),
        _lt("Open requests whose promised day is past today; those that wait for the commune"
            " are not overdue."),
        "requests",
        "number",
    ),
    "requests_answered": (
        _lt("Requests answered"),
        _lt("Requests whose final answer was given in the period, those cancelled excluded."),
        "requests",
        "number",
    ),
    "requests_in_time": (
        _lt("Requests answered in time"),
        _lt("Requests answered in the period on the promised day or before, among those answered"
            " in the period for which a day was promised."),
        "requests",
        "percent",
    ),
    "requests_delay": (
        _lt("Time to answer"),
        _lt("Median of the days of the calendar from the arrival to the final answer, of the"
            " requests answered in the period: half of them took less."),
        "requests",
        "days",
    ),
    "requests_transfers": (
        _lt("Hand-overs"),
        _lt("Passages of a request from one team to another in the period."),
        "requests",
        "number",
    ),
    "requests_reopened": (
        _lt("Requests reopened"),
        _lt("Requests that were opened again in the period after an answer; each once, on the"
            " last day."),
        "requests",
        "number",
    ),
    "communes_asking": (
        _lt("Communes with a request"),
        _lt("Communes of which a request arrived in the period, among all the communes."),
        "relation",
        "percent",
    ),
    "communes_silent": (
        _lt("Silent communes"),
        _lt("Communes that have given no sign for %(weeks)s weeks today – request, event, answer,"
            " login to the portal or contact noted by the staff –, among all the communes."),
        "relation",
        "percent",
    ),
    "contacts_made": (
        _lt("Visits, calls and meetings"),
        _lt("Contacts with the communes noted by the staff that took place in the period."),
        "relation",
        "number",
    ),
    "communes_met": (
        _lt("Communes met or called"),
        _lt("Communes with which a contact of the period is noted, among all the communes."),
        "relation",
        "percent",
    ),
    "promises_kept": (
        _lt("Promises kept"),
        _lt("Promises made to a commune that were kept in the period."),
        "relation",
        "number",
    ),
    "promises_late": (
        _lt("Late promises"),
        _lt("Promises made to a commune that are not kept and whose day is past today."),
        "relation",
        "number",
    ),
    "sessions_next": (
        _lt("Sessions to come"),
        _lt("Sessions from today on that are being prepared or called."),
        "committees",
        "number",
    ),
    "sessions_held": (
        _lt("Sessions held"),
        _lt("Sessions of the period that were held."),
        "committees",
        "number",
    ),
    "sessions_attendance": (
        _lt("Attendance at the sessions"),
        _lt("Members present or by video, among those called to the sessions held in the"
            " period."),
        "committees",
        "percent",
    ),
    "decisions_made": (
        _lt("Decisions"),
        _lt("Decisions of the sessions of the period."),
        "committees",
        "number",
    ),
    "decisions_late": (
        _lt("Late decisions"),
        _lt("Decisions not carried out whose day is past today."),
        "committees",
        "number",
    ),
    "decisions_done": (
        _lt("Decisions carried out in time"),
        _lt("Decisions carried out on their day or before, among those carried out in the period"
            " that had one."),
        "committees",
        "percent",
    ),
    "events_held": (
        _lt("Events"),
        _lt("Events for the communes that begin in the period, those called off excluded."),
        "network",
        "number",
    ),
    "events_registered": (
        _lt("Registrations"),
        _lt("Persons of the communes registered for the events of the period, those on a waiting"
            " list excluded."),
        "network",
        "number",
    ),
    "events_attendance": (
        _lt("Attendance at the events"),
        _lt("Persons noted as present, among those registered for the events of the period that"
            " are over."),
        "network",
        "percent",
    ),
    "events_waiting": (
        _lt("On a waiting list"),
        _lt("Persons who wait today for a place at an event to come."),
        "network",
        "number",
    ),
    "events_communes": (
        _lt("Communes that came"),
        _lt("Communes of which a person was present at an event of the period, among all."),
        "network",
        "percent",
    ),
    "letters_arrived": (
        _lt("Letters that arrived"),
        _lt("Letters to the communes written in the period that left and were not returned: one"
            " for each person and commune."),
        "network",
        "number",
    ),
    "letters_opened": (
        _lt("Letters opened"),
        _lt("Letters opened or clicked, among those that arrived: a mail program that hides it"
            " makes it less than the truth."),
        "network",
        "percent",
    ),
    "services_taken": (
        _lt("Services in use"),
        _lt("Subscriptions of the communes that run on the last day of the period."),
        "services",
        "number",
    ),
    "services_communes": (
        _lt("Communes with a service"),
        _lt("Communes with a subscription on the last day of the period, among all."),
        "services",
        "percent",
    ),
    "services_expected": (
        _lt("Expected cost of the services"),
        _lt("What the subscriptions of the calendar year in which the period ends should cost"
            " that whole year, by their forecasts and prices."),
        "services",
        "euros",
    ),
    "services_actual": (
        _lt("Cost from the real use"),
        _lt("What the same subscriptions cost that year by the uses noted so far; what the"
            " replacement service bills is in its own figures."),
        "services",
        "euros",
    ),
    "agreements_running": (
        _lt("Conventions in force"),
        _lt("Conventions with the communes in force today, each once with its amendments, those"
            " to renew included."),
        "services",
        "number",
    ),
    "agreements_renew": (
        _lt("Conventions to renew"),
        _lt("Conventions in force today that end within six months, each once with its"
            " amendments."),
        "services",
        "number",
    ),
    "replacement_requests": (
        _lt("Requests of replacement"),
        _lt("Requests received in the period, drafts and those cancelled by the commune"
            " excluded."),
        "replacement",
        "number",
    ),
    "replacement_filled": (
        _lt("Fill rate, half-days"),
        _lt("Half-days with an agent agreed by both sides, among those asked for the period; one"
            " lost because the agent or the service ended a mission counts as not filled."),
        "replacement",
        "percent",
    ),
    "replacement_unfilled": (
        _lt("Requests not filled"),
        _lt("Requests received in the period and closed without agent, among those received."),
        "replacement",
        "percent",
    ),
    "surveys_opened": (
        _lt("Surveys"),
        _lt("Surveys opened in the period."),
        "surveys",
        "number",
    ),
    "surveys_answers": (
        _lt("Rate of answers to the surveys"),
        _lt("Official answers of the communes, among those asked in the surveys opened in the"
            " period."),
        "surveys",
        "percent",
    ),
    "guides_read": (
        _lt("Readings of the guides"),
        _lt("Each person and guide once a day, in the period."),
        "knowledge",
        "number",
    ),
    "watch_sent": (
        _lt("Watch distributed"),
        _lt("Items of the watch distributed to communes in the period."),
        "knowledge",
        "number",
    ),
    "watch_read": (
        _lt("Readings of the watch"),
        _lt("Each person and item of the watch once a day, in the period."),
        "knowledge",
        "number",
    ),
}  # fmt: skip
# Figures of today: whatever the period, and nothing to compare with.
TODAY = frozenset(
    {
        "requests_open",
        "requests_overdue",
        "communes_silent",
        "promises_late",
        "sessions_next",
        "decisions_late",
        "events_waiting",
        "agreements_running",
        "agreements_renew",
    }
)
# More of it is worse.
WORSE = frozenset(
    {
        "requests_open",
        "requests_overdue",
        "requests_delay",
        "requests_transfers",
        "requests_reopened",
        "communes_silent",
        "promises_late",
        "decisions_late",
        "replacement_unfilled",
    }
)
