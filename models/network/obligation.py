"""What the law asks of communes and of their intercommunality, with its text and its day."""

from datetime import timedelta

from dateutil.relativedelta import relativedelta

from odoo import api, fields, models
from odoo.fields import Domain

from ...engine.calendar import next_on
from ..core.pillar import when_used
from ..territory.reference_epci.local_time import at_local_time

NOTICE_DAYS = 30
TRIGGERS = [
    ("renewal", "After each renewal of the councils"),
    ("yearly", "Each year, on a day"),
    ("event", "After an event"),
    ("once", "Once, before a day"),
]


class CommuneObligation(models.Model):
    """One obligation, at its next date; what is done each year is then due a year later.

    Delays after the installation of a council are counted from the renewal, which is earlier:
    the date is on the safe side.
    """

    _name = "commune.obligation"
    _inherit = ["commune.readonly.fields.mixin", "mail.thread", "mail.activity.mixin"]
    _description = "Obligation of communes and intercommunalities"
    _order = "is_settled, date_due, scope, id"
    _readonly_fields = frozenset({"done_for"})

    name = fields.Char(required=True, translate=True)
    scope = fields.Selection(
        [("epci", "Intercommunality"), ("commune", "Communes")], required=True, default="epci"
    )
    population_min = fields.Integer(string="From (inhabitants)", help="0: no limit.")
    population_max = fields.Integer(string="Up to (inhabitants)", help="0: no limit.")
    trigger = fields.Selection(TRIGGERS, string="When", required=True, default="renewal")
    delay = fields.Integer(required=True, default=1)
    delay_unit = fields.Selection(
        [("months", "months"), ("days", "days")], required=True, default="months"
    )
    yearly_month = fields.Integer(string="Month of the year")
    yearly_day = fields.Integer(string="Day of the month")
    event_date = fields.Date(
        string="Day of the event", help="Empty while it has not happened: nothing is due."
    )
    source = fields.Char(required=True, help="Article of the law, as it is quoted.")
    version = fields.Char(string="Version read", translate=True)
    to_confirm = fields.Char(string="To be confirmed", translate=True)
    note = fields.Text(translate=True)
    user_id = fields.Many2one("res.users", string="Followed by", tracking=True)
    date_due = fields.Date(string="Due before", compute="_compute_date_due", store=True)
    done_date = fields.Date(string="Done on", tracking=True)
    done_for = fields.Date(readonly=True, copy=False, help="Day for which it was last done.")
    aside_reason = fields.Char(
        string="Not concerned, because",
        tracking=True,
        help="Why it does not concern you: written, nothing is recalled any more.",
    )
    is_settled = fields.Boolean(
        string="Nothing left to do",
        compute="_compute_is_settled",
        store=True,
        help="Done, or not concerned.",
    )
    state = fields.Selection(
        [
            ("coming", "Coming"),
            ("soon", "Soon"),
            ("late", "Late"),
            ("done", "Done"),
            ("aside", "Not concerned"),
        ],
        compute="_compute_state",
    )
    reminded_for = fields.Date(
        readonly=True, copy=False, help="Day due for which an agent was notified."
    )
    active = fields.Boolean(default=True)
    _delay_check = models.Constraint("CHECK(delay > 0)", "A delay is a positive number.")
    _yearly_check = models.Constraint(
        "CHECK(trigger <> 'yearly' OR (COALESCE(yearly_month, 0) BETWEEN 1 AND 12"
        " AND COALESCE(yearly_day, 0) BETWEEN 1 AND 31))",
        "What comes each year has its month, from 1 to 12, and its day, from 1 to 31.",
    )
    _population_check = models.Constraint(
        "CHECK(population_min >= 0 AND population_max >= 0"
        " AND (population_max = 0 OR population_max >= population_min))",
        "The highest population is above the lowest.",
    )

    @api.depends(
        "trigger",
        "delay",
        "delay_unit",
        "yearly_month",
        "yearly_day",
        "event_date",
        "done_for",
    )
    def _compute_date_due(self):
        renewal = self.env.company.last_renewal_date
        for obligation in self:
            if obligation.trigger == "yearly":
                obligation.date_due = obligation._get_next_day()
                continue
            if obligation.trigger == "once":
                obligation.date_due = obligation.event_date
                continue
            start = obligation.event_date if obligation.trigger == "event" else renewal
            step = relativedelta(**{obligation.delay_unit or "months": obligation.delay})
            obligation.date_due = start and start + step

    def _get_next_day(self):
        """After the day for which it was last done, else the first one since it is known here."""
        if not (0 < self.yearly_month < 13 and 0 < self.yearly_day < 32):
            return False
        company, created = self.env.company, self.create_date
        known = company._get_organisation_date(created) if created else company._get_today()
        return next_on(
            self.yearly_month, self.yearly_day, self.done_for or known - timedelta(days=1)
        )

    @api.depends("done_date", "trigger", "event_date", "aside_reason")
    def _compute_is_settled(self):
        for obligation in self:
            obligation.is_settled = bool(obligation.aside_reason) or obligation._is_done()

    @api.depends("is_settled", "date_due", "aside_reason")
    def _compute_state(self):
        today = self.env.company._get_today()
        for obligation in self:
            due = obligation.date_due
            if obligation.aside_reason:
                obligation.state = "aside"
            elif obligation.is_settled:
                obligation.state = "done"
            elif due and due < today:
                obligation.state = "late"
            elif due and due <= today + timedelta(days=NOTICE_DAYS):
                obligation.state = "soon"
            else:
                obligation.state = "coming"

    def _is_done(self):
        """Done for a former term or event does not count for this one; a yearly obligation is due
        again at once."""
        if self.trigger == "yearly" or not self.done_date:
            return False
        if self.trigger == "once":
            return True
        renewal = self.env.company.last_renewal_date
        start = self.event_date if self.trigger == "event" else renewal
        return bool(start and self.done_date >= start)

    def action_done(self):
        """Done today; the activity that recalled it is closed."""
        self.check_access("write")
        today = self.env.company._get_today()
        for obligation in self:
            obligation._set({"done_date": today, "done_for": obligation.date_due})
        self.activity_feedback(["mail.mail_activity_data_todo"])

    def action_undo(self):
        """Not done after all: what comes each year is due again for the day just noted."""
        self.check_access("write")
        year = relativedelta(years=1)
        for obligation in self:
            former = obligation.trigger == "yearly" and obligation.done_for
            obligation._set({"done_date": False, "done_for": former and former - year})

    @api.model
    @when_used("network")
    @at_local_time
    def _cron_remind(self):
        """One activity thirty days before, once for each day due; none long after the date."""
        for obligation in self.search(Domain.TRUE):
            due = obligation.date_due
            if obligation.state not in ("soon", "late") or obligation.reminded_for == due:
                continue
            obligation.reminded_for = due
            obligation.activity_schedule(
                "mail.mail_activity_data_todo",
                date_deadline=due,
                summary=obligation.name,
                note=obligation.source,
                user_id=obligation._get_agent().id,
            )

    @api.model
    def _follow_renewal(self):
        """The councils are renewed on another day: the dates follow."""
        known = self.with_context(active_test=False).search(Domain.TRUE)
        for name in ("date_due", "is_settled"):
            self.env.add_to_compute(self._fields[name], known)

    @api.model
    def _get_for(self, places):
        """Those that concern one of these communes or intercommunalities, nearest first."""
        return self.search(Domain.TRUE).filtered(
            lambda one: any(one._concerns(place) for place in places)
        )

    def _get_calendar_title(self):
        """Title of the calendar entry on its day."""
        self.ensure_one()
        return self.env._("Before this day: %s", self.name)

    def _concerns(self, place):
        if self.scope != ("epci" if place.is_epci else "commune"):
            return False
        population = place.population
        return population >= self.population_min and (
            not self.population_max or population <= self.population_max
        )

    def _get_agent(self):
        """Anyone who follows it, else the last manager named."""
        self.ensure_one()
        return self.user_id or self.env["res.users"]._get_organisation_manager()
