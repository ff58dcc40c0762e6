"""What the law asks of communes, with its text and its day."""

from datetime import timedelta

from dateutil.relativedelta import relativedelta

from odoo import api, fields, models
from odoo.fields import Domain

from ..territory.reference_epci.zone import at_house_time

NOTICE_DAYS = 30


class CommuneObligation(models.Model):
    _name = "commune.obligation"
    _inherit = ["mail.thread", "mail.activity.mixin"]
    _description = "Obligation after the renewal of the councils"
    _order = "scope, delay_unit desc, delay, id"

    name = fields.Char(required=True, translate=True)
    scope = fields.Selection(
        [("epci", "Intercommunality"), ("commune", "Communes")], required=True, default="epci"
    )
    delay = fields.Integer(required=True, default=1)
    delay_unit = fields.Selection(
        [("months", "months"), ("days", "days")], required=True, default="months"
    )
    source = fields.Char(required=True, help="Article of the law, as it is quoted.")
    note = fields.Text(translate=True)
    user_id = fields.Many2one("res.users", string="Followed by", tracking=True)
    date_due = fields.Date(string="Due before", compute="_compute_date_due")
    done_date = fields.Date(string="Done on", tracking=True)
    state = fields.Selection(
        [("coming", "Coming"), ("soon", "Soon"), ("late", "Late"), ("done", "Done")],
        compute="_compute_state",
    )
    reminded_for = fields.Date(
        readonly=True, copy=False, help="Renewal of the councils for which an agent was told."
    )
    active = fields.Boolean(default=True)
    _delay_check = models.Constraint("CHECK(delay > 0)", "A delay is a positive number.")

    def _compute_date_due(self):
        renewal = self.env.company.last_renewal_date
        for obligation in self:
            step = relativedelta(**{obligation.delay_unit or "months": obligation.delay})
            obligation.date_due = renewal and renewal + step

    @api.depends("done_date", "delay", "delay_unit")
    def _compute_state(self):
        today = fields.Date.context_today(self)
        renewal = self.env.company.last_renewal_date
        for obligation in self:
            due, done = obligation.date_due, obligation.done_date
            # What was done for the former term does not count for this one.
            if done and renewal and done >= renewal:
                obligation.state = "done"
            elif due and due < today:
                obligation.state = "late"
            elif due and due <= today + timedelta(days=NOTICE_DAYS):
                obligation.state = "soon"
            else:
                obligation.state = "coming"

    def action_done(self):
        """Done today; the activity that recalled it is closed."""
        self.check_access("write")
        self.done_date = fields.Date.context_today(self)
        self.activity_feedback(["mail.mail_activity_data_todo"])

    def action_undo(self):
        self.check_access("write")
        self.done_date = False

    @api.model
    @at_house_time
    def _cron_remind(self):
        """One activity thirty days before, once for each renewal; none long after the date."""
        renewal = self.env.company.last_renewal_date
        for obligation in self.search(Domain.TRUE):
            if obligation.state not in ("soon", "late") or obligation.reminded_for == renewal:
                continue
            obligation.reminded_for = renewal
            obligation.activity_schedule(
                "mail.mail_activity_data_todo",
                date_deadline=obligation.date_due,
                summary=obligation.name,
                note=obligation.source,
                user_id=obligation._get_agent().id,
            )

    def _get_agent(self):
        """Whoever follows it, else the last manager named."""
        self.ensure_one()
        group = self.env.ref("commune_relations.group_manager").sudo()
        managers = group.all_user_ids.filtered("active") - self.env.ref("base.user_root").sudo()
        manager = managers.sorted("id", reverse=True)[:1]
        return self.user_id or manager or self.env.ref("base.user_admin")
