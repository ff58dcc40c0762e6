"""Tables of the activity report: topics, contacts, sessions, events, services, surveys, guides."""

from fractions import Fraction

from odoo import models
from odoo.fields import Domain

from ...core.collation import collate
from ...services.subscription.cost import COST_FIELDS
from ..figure.committees_figures import ATTENDANCE, DECISION, SESSION
from ..figure.knowledge_figures import CAMPAIGN, GUIDE, TARGET
from ..figure.network_figures import EVENT, REGISTRATION
from ..figure.requests_figures import CONTACT, TICKET, days_within, within
from ..figure.services_figures import SUBSCRIPTION
from .content import column, table

MOST_TOPICS, MOST_GUIDES = 15, 15


def most(counts, limit):
    """The names with the highest counts: [[name, count]]"""
    return sorted(map(list, counts), key=lambda row: (-row[1], collate(row[0])))[:limit]


class CommuneActivityReport(models.Model):
    _inherit = "commune.activity.report"

    def _prepare_topics_table(self, steering, period, scope):
        received = steering._get_received_domain(period, scope) & Domain("topic_id", "!=", False)
        groups = self.env[TICKET]._read_group(received, ["topic_id"], ["__count"])
        columns = [
            column(self.env._("Topic"), "text"),
            column(self.env._("Requests received"), total=False),
        ]
        rows = most(((topic.name, count) for topic, count in groups), MOST_TOPICS)
        return [table("most_topics", self.env._("Topics asked about the most"), columns, rows)]

    def _prepare_contacts_table(self, steering, period, scope):
        """By month, then by kind."""
        noted = within("date", period)
        label = self.env._("Contacts")
        chart = steering._by_time(
            "contacts",
            "relation",
            self.env._("Contacts by month"),
            self._get_span(),
            {label: steering._moments(CONTACT, noted, "date")},
        )
        labels = self.env["commune.replacement.figures"]._get_labels(CONTACT, "kind")
        counts = dict(self.env[CONTACT]._read_group(noted, ["kind"], ["__count"]))
        rows = [[name, counts[kind]] for kind, name in labels.items() if kind in counts]
        columns = [column(self.env._("Nature"), "text"), column(label)]
        kinds = table("contact_kinds", self.env._("Contacts by nature"), columns, rows)
        return [self._get_chart_table(chart), kinds] if rows else []

    def _prepare_sessions_table(self, steering, period, scope):
        sessions = self.env[SESSION].search(
            steering._get_held_domain(period), order="date, date_begin, id"
        )
        seats, present, made = (
            dict(self.env[model]._read_group(domain, ["session_id"], ["__count"]))
            for model, domain in (
                (ATTENDANCE, Domain("session_id", "in", sessions.ids)),
                (
                    ATTENDANCE,
                    Domain("session_id", "in", sessions.ids)
                    & Domain("actual", "in", ("present", "remote")),
                ),
                (DECISION, Domain("session_id", "in", sessions.ids)),
            )
        )
        columns = [
            column(self.env._("Committee"), "text"),
            column(self.env._("Day"), "date"),
            column(self.env._("Members called")),
            column(self.env._("Members present")),
            column(self.env._("Decisions")),
        ]
        rows = [
            [
                one.committee_id.name,
                str(one.date),
                *(counts.get(one, 0) for counts in (seats, present, made)),
            ]
            for one in sessions
        ]
        held = table("sessions", self.env._("Sessions held"), columns, rows)
        return [held, self._prepare_decisions_table(period)]

    def _prepare_decisions_table(self, period):
        """What became of the decisions of the period, by committee."""
        domain, counts = days_within("session_date", period), {}
        groups = self.env[DECISION]._read_group(domain, ["committee_id", "state"], ["__count"])
        for committee, state, count in groups:
            counts.setdefault(committee, {})[state] = count
        labels = self.env["commune.replacement.figures"]._get_labels(DECISION, "state")
        columns = [
            column(self.env._("Committee"), "text"),
            column(self.env._("Decisions")),
            *(column(label) for label in labels.values()),
        ]
        rows = [
            [one.name, sum(found.values()), *(found.get(state, 0) for state in labels)]
            for one, found in sorted(counts.items(), key=lambda pair: collate(pair[0].name))
        ]
        title = self.env._("What became of the decisions of the period")
        return table("decisions", title, columns, rows)

    def _prepare_events_table(self, steering, period, scope):
        events = self.env[EVENT].search_fetch(
            steering._get_events_domain(period), ["name", "date_begin"], order="date_begin, id"
        )
        taken = steering._get_registered_domain(period, scope)
        groups = self.env[REGISTRATION]._read_group(taken, ["event_id", "state"], ["__count"])
        places, present = {}, {}
        for event, state, count in groups:
            places[event] = places.get(event, 0) + count
            if state == "done":
                present[event] = count
        communes = dict(
            self.env[REGISTRATION]._read_group(
                taken & Domain("state", "=", "done"), ["event_id"], ["commune_id:count_distinct"]
            )
        )
        columns = [
            column(self.env._("Event"), "text"),
            column(self.env._("Day"), "date"),
            column(self.env._("Persons registered")),
            column(self.env._("Persons present")),
            column(self.env._("Communes"), total=False),
        ]
        day = self.env.company._get_organisation_date
        rows = [
            [
                one.name,
                str(day(one.date_begin)),
                *(counts.get(one, 0) for counts in (places, present, communes)),
            ]
            for one in events
        ]
        return [table("event_list", self.env._("Events of the period"), columns, rows)]

    def _prepare_services_table(self, steering, period, scope):
        """Subscriptions of the last day; costs of the calendar year in which the period ends."""
        year, lines = period.end.year, self.env[SUBSCRIPTION]
        running = steering._get_running_domain(period, scope)
        taken = dict(lines._read_group(running, ["service_id"], ["__count"]))
        found = lines.search_fetch(lines._get_year_domain(year), [*COST_FIELDS, "service_id"])
        costs, sums = found._get_costs(year), {}
        for line in found:
            row = sums.setdefault(line.service_id, [Fraction(0), Fraction(0)])
            row[0] += Fraction(costs[line.id]["forecast"].total)
            row[1] += Fraction(costs[line.id]["actual"].total)
        columns = [
            column(self.env._("Service"), "text"),
            column(self.env._("Subscriptions")),
            column(self.env._("Expected cost %s (€)", year), "euros"),
            column(self.env._("From the real use %s (€)", year), "euros"),
        ]
        rows = []
        for one in taken | sums:
            forecast, actual = sums.get(one, (0, 0))
            # Replacement is billed by its own statements: nothing is not what it cost.
            is_separate = not actual and any(one.offer_ids.mapped("is_replacement"))
            shown = None if is_separate else float(actual)
            rows.append([one.name, taken.get(one, 0), float(forecast), shown])
        rows.sort(key=lambda row: (-row[1], collate(row[0])))
        return [table("service_list", self.env._("Services of the communes"), columns, rows)]

    def _prepare_replacement_table(self, steering, period, scope):
        """Indicators of the replacement service; its own report adds size, job and reason."""
        figures = self.env["commune.replacement.figures"]
        columns = [
            column(self.env._("Indicator"), "text"),
            column(self.env._("Figure"), "text"),
            column(self.env._("A year before"), "text"),
        ]
        rows = [
            [row["label"], row["text"], row["before_text"]]
            for row in figures._get_rows(period.start, period.end)
            if row["code"] != "agent_occupation" and not row["key"]
        ]
        title = self.env._("Indicators of the replacement service")
        return [table("indicators", title, columns, rows)]

    def _prepare_surveys_table(self, steering, period, scope):
        opened = Domain("state", "!=", "draft") & days_within("date_open", period)
        campaigns = self.env[CAMPAIGN].search(opened, order="date_open, id")
        asked, done = {}, {}
        groups = self.env[TARGET]._read_group(
            Domain("campaign_id", "in", campaigns.ids), ["campaign_id", "state"], ["__count"]
        )
        for campaign, state, count in groups:
            asked[campaign] = asked.get(campaign, 0) + count
            if state == "done":
                done[campaign] = count
        columns = [
            column(self.env._("Survey"), "text"),
            column(self.env._("Opened on"), "date"),
            column(self.env._("Communes asked")),
            column(self.env._("Official answers")),
        ]
        rows = [
            [one.name, str(one.date_open), asked.get(one, 0), done.get(one, 0)] for one in campaigns
        ]
        return [table("survey_list", self.env._("Surveys of the period"), columns, rows)]

    def _prepare_guides_table(self, steering, period, scope):
        read = days_within("date", period)
        groups = self.env[GUIDE]._read_group(
            read, ["guide_id"], ["__count", "commune_id:count_distinct"]
        )
        columns = [
            column(self.env._("Guide"), "text"),
            column(self.env._("Readings"), total=False),
            column(self.env._("Communes"), total=False),
        ]
        rows = most(
            ((guide.name, count, communes) for guide, count, communes in groups), MOST_GUIDES
        )
        return [table("most_guides", self.env._("Guides read the most"), columns, rows)]
