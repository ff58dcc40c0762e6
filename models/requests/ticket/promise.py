"""The promised date of a request, and whether it is kept."""

from datetime import datetime, time, timedelta

from pytz import timezone, utc

from odoo import api, fields, models
from odoo.fields import Domain
from odoo.tools import SQL

from ....engine.calendar import Milestone, Pause, clock
from ..stage import OPEN_KINDS

# A change of these moves the promise.
MOVES_CLOCKS = frozenset(
    {
        "topic_id",
        "team_id",
        "commune_id",
        "stage_id",
        "reopened_date",
        "acknowledged_date",
        "first_response_date",
        "answered_date",
        "company_id",
    }
)
SOON = 2


class HelpdeskTicket(models.Model):
    _inherit = "helpdesk.ticket"

    promised_date = fields.Date(
        string="Promised for",
        readonly=True,
        copy=False,
        index=True,
        tracking=True,
        help="Day by which the commune has been promised the final answer.",
    )
    acknowledged_date = fields.Datetime(string="Acknowledged on", readonly=True, copy=False)
    first_response_date = fields.Datetime(
        string="First useful answer on", readonly=True, copy=False
    )
    answered_date = fields.Datetime(string="Answered on", readonly=True, copy=False)
    reopened_date = fields.Datetime(string="Reopened on", readonly=True, copy=False)
    reopen_count = fields.Integer(string="Reopenings", readonly=True, copy=False, aggregator="sum")
    pause_ids = fields.One2many("commune.request.pause", "ticket_id", string="Waits")
    promise_state = fields.Selection(
        [
            ("on_time", "On time"),
            ("soon", "Due soon"),
            ("overdue", "Overdue"),
            ("waiting", "Waiting for the commune"),
            ("kept", "Answered in time"),
            ("late", "Answered late"),
        ],
        string="Promise",
        compute="_compute_promise_state",
        search="_search_promise_state",
        help="Due soon: promised for today or for the two next days.",
    )
    days_to_answer = fields.Float(
        string="Days to the answer",
        compute="_compute_days_to_answer",
        store=True,
        aggregator="avg",
        help="Days of the calendar from the arrival to the final answer.",
    )

    @api.depends("answered_date", "create_date")
    def _compute_days_to_answer(self):
        for ticket in self:
            ticket.days_to_answer = (
                (ticket.answered_date - ticket.create_date).total_seconds() / 86400
                if ticket.answered_date and ticket.create_date
                else False
            )

    def _read_group_select(self, aggregate_spec, query):
        """An open request has no days to its answer yet: it does not count for 0 in the mean."""
        if aggregate_spec != "days_to_answer:avg":
            return super()._read_group_select(aggregate_spec, query)
        return SQL(
            "AVG(%s) FILTER (WHERE %s IS NOT NULL)",
            self._field_to_sql(self._table, "days_to_answer", query),
            self._field_to_sql(self._table, "answered_date", query),
        )

    @api.depends("promised_date", "stage_id", "answered_date")
    def _compute_promise_state(self):
        today = self.env.company._get_today()
        for ticket in self:
            ticket.promise_state = self.env["commune.request.clock"]._get_promise_state(
                ticket, today
            )

    def _search_promise_state(self, operator, value):
        if operator != "in":
            return NotImplemented
        running = Domain("stage_kind", "in", [k for k in OPEN_KINDS if k != "waiting"]) & Domain(
            "promised_date", "!=", False
        )
        domains = {
            "on_time": running & Domain("promised_date", ">", f"today +{SOON}d"),
            "soon": running
            & Domain("promised_date", ">=", "today")
            & Domain("promised_date", "<=", f"today +{SOON}d"),
            "overdue": running & Domain("promised_date", "<", "today"),
            "waiting": Domain("stage_kind", "=", "waiting"),
        }
        if {"kept", "late"} & set(value):
            domains |= self._search_promise_kept()
        return Domain.OR(domains[state] for state in value if state in domains)

    def _search_promise_kept(self):
        """Answered requests, distinguished by their final clock."""
        answered = Domain("answered_date", "!=", False) & Domain(
            "stage_kind", "in", ["answered", "closed", "rerouted"]
        )
        final = Domain("milestone", "=", "final_answer")
        kept = Domain("ticket_sla_ids", "any", final & Domain("state", "=", "accomplished"))
        return {"kept": answered & kept, "late": answered & ~kept}

    # the clocks

    def set_sla(self):
        """Create no row for commune requests: `_update_clocks` creates them.

        helpdesk_mgmt_sla creates its rows here, at creation.
        """
        return super(HelpdeskTicket, self - self._filter_managed()).set_sla()

    def refresh_sla(self):
        if not self._filter_managed():
            return super().refresh_sla()
        self.check_access("write")
        return self.env["commune.request.clock"]._update_clocks(self)

    def _get_sla(self):
        self.ensure_one()
        if not self._filter_managed():
            return super()._get_sla()
        return self.env["helpdesk.sla"]._get_commitments()._get_most_precise(self)

    def _get_sla_ticket_domain(self):
        """The charter promises nothing to the customers of other teams."""
        return Domain(super()._get_sla_ticket_domain()) & Domain("milestone", "=", False)

    def _start_clocks(self, vals_list):
        managed = self._filter_managed()
        managed.env["commune.request.clock"]._update_clocks(managed)

    def _move_clocks(self, vals):
        self.env["commune.request.clock"]._update_clocks(self)

    def _get_working_days(self, known):
        calendar = self.team_id.resource_calendar_id
        key = (self.company_id, calendar, False if self.company_id.epci_id else self.commune_id)
        if key not in known:
            known[key] = self.company_id._get_working_days(calendar, self.commune_id)
        return known[key]

    def _get_zone(self):
        """Time zone of the days; not UTC, the default of a new database."""
        calendar = self.team_id.resource_calendar_id or self.company_id.resource_calendar_id
        company = self.company_id or self.env.company
        chosen = calendar.tz if calendar.tz != "UTC" else None
        return timezone(chosen or company._get_zone_name())


class CommuneRequestClock(models.AbstractModel):
    _name = "commune.request.clock"
    _description = "Clocks of the promises of a request"

    def _get_promise_state(self, ticket, today):
        promised, kind = ticket.promised_date, ticket.stage_kind
        if not promised or kind == "cancelled":
            return False
        if ticket.answered_date and kind not in OPEN_KINDS:
            answered = self._to_day(ticket, ticket.answered_date)
            return "kept" if answered <= promised else "late"
        if kind == "waiting":
            return "waiting"
        if promised < today:
            return "overdue"
        return "soon" if promised <= today + timedelta(days=SOON) else "on_time"

    def _update_clocks(self, tickets):
        """Bring the commitments and the promised date in step with what the requests are now.

        One read of the charter and of each calendar, one write per changed row.
        """
        if not tickets:
            return
        commitments = self.env["helpdesk.sla"]._get_commitments()
        tickets = tickets.sudo()  # no user writes what is promised
        working, values, gone = {}, [], tickets.env["helpdesk.ticket.sla"]
        for ticket in tickets:
            rows = {row.sla_id: row for row in ticket.ticket_sla_ids}
            wanted = commitments.browse()
            if ticket.is_commune_request:
                wanted = commitments._get_most_precise(ticket)
            gone |= ticket.ticket_sla_ids.filtered(lambda r, w=wanted: r.sla_id not in w)
            promised = False
            for sla in wanted:
                found = self._get_clock(ticket, sla, ticket._get_working_days(working))
                vals = self._prepare_clock(ticket, sla, found)
                if sla.milestone == "final_answer":
                    promised = found.deadline
                if sla in rows:
                    self._write_changes(rows[sla], vals)
                else:
                    values.append({"ticket_id": ticket.id, "sla_id": sla.id, **vals})
            self._write_changes(ticket, {"promised_date": promised or False})
        gone.unlink()
        gone.create(values)

    def _write_changes(self, record, vals):
        changed = {name: value for name, value in vals.items() if record[name] != value}
        if changed:
            record.write(changed)

    def _get_reached(self, ticket, milestone):
        dates = {
            "acknowledged": ticket.acknowledged_date or ticket.first_response_date,
            "first_answer": ticket.first_response_date or ticket.answered_date,
            "final_answer": ticket.answered_date,
        }
        return dates[milestone]

    def _get_clock(self, ticket, sla, working):
        ticket.ensure_one()
        return clock(
            Milestone(sla.days, self._to_day(ticket, self._get_reached(ticket, sla.milestone))),
            self._to_day(ticket, ticket.create_date or fields.Datetime.now()),
            working,
            today=self.env.company._get_today(),
            pauses=[
                Pause(self._to_day(ticket, pause.date_start), self._to_day(ticket, pause.date_end))
                for pause in ticket.pause_ids
            ],
            reopened=(
                self._to_day(ticket, ticket.reopened_date)
                if sla.milestone == "final_answer"
                else None
            ),
            reopening_days=ticket.company_id.request_reopening_days,
            excluded=ticket.stage_kind == "cancelled",
        )

    def _prepare_clock(self, ticket, sla, found):
        """Values of the row of a service commitment.

        An expired commitment shows as late from its deadline, without a write: no job at midnight.
        """
        reached = self._get_reached(ticket, sla.milestone)
        running = found.state == "expired" and not reached
        return {
            "deadline_date": found.deadline or False,
            "deadline": self._end_of_day(ticket, found.deadline) if found.deadline else False,
            "state": "in_progress" if running else found.state,
            "reached_date": reached,
        }

    def _to_day(self, ticket, moment):
        return utc.localize(moment).astimezone(ticket._get_zone()).date() if moment else None

    def _end_of_day(self, ticket, day):
        end = ticket._get_zone().localize(datetime.combine(day, time(23, 59, 59)))
        return end.astimezone(utc).replace(tzinfo=None)
