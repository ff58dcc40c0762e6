"""Subscriptions: which commune takes which offer, from when to when."""

from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.fields import Domain

from ...core.row_lock import lock_rows
from ..catalogue.service import OPEN


class CommuneServiceSubscription(models.Model):
    _name = "commune.service.subscription"
    _inherit = ["commune.readonly.fields.mixin", "commune.staff.thread", "mail.activity.mixin"]
    _description = "Subscription of a commune"
    _order = "date_start desc, commune_id, id"
    _readonly_fields = frozenset({"alert_year"})

    # As superuser: a subscription is named even where its offer is not open.
    display_name = fields.Char(compute_sudo=True)
    commune_id = fields.Many2one(
        "res.partner",
        required=True,
        index=True,
        ondelete="restrict",
        domain="[('is_commune', '=', True)]",
        tracking=True,
    )
    offer_id = fields.Many2one(
        "commune.service.offer", required=True, index=True, ondelete="restrict", tracking=True
    )
    service_id = fields.Many2one(related="offer_id.service_id", store=True, index=True)
    family_id = fields.Many2one(related="offer_id.family_id", store=True)
    unit_name = fields.Char(related="offer_id.unit_name")
    agreement_id = fields.Many2one(
        "agreement",
        string="Convention",
        index="btree_not_null",
        ondelete="restrict",
        domain="[('commune_id', '=', commune_id)]",
    )
    date_start = fields.Date(
        string="Start",
        required=True,
        default=lambda self: self.env.company._get_today(),
        tracking=True,
    )
    date_end = fields.Date(
        string="End", tracking=True, help="Last day, included; empty while it lasts."
    )
    state = fields.Selection(
        [("future", "To come"), ("active", "Running"), ("ended", "Over")],
        compute="_compute_state",
        search="_search_state",
        help="Follows the dates.",
    )
    forecast_quantity = fields.Float(
        string="Forecast of the year",
        digits=(16, 2),
        aggregator=None,
        help="Units (or euros of works) expected in a year.",
    )
    compensation = fields.Float(
        string="Amount withheld per year",
        digits=(16, 2),
        aggregator=None,
        help="Charged to the attribution de compensation: amount decided for this commune, when"
        " it differs from the price of the offer.",
    )
    has_compensation = fields.Boolean(string="Amount of its own")
    usage_ids = fields.One2many("commune.service.usage", "subscription_id", string="Uses")
    active = fields.Boolean(default=True, help="Archive a subscription typed by mistake.")
    note = fields.Text(groups="base.group_user")
    _running_excl = models.Constraint(
        "EXCLUDE USING gist (commune_id WITH =, offer_id WITH =,"
        " daterange(date_start, date_end, '[]') WITH &&) WHERE (active)",
        "This commune already has this offer over that period.",
    )
    _period_check = models.Constraint(
        "CHECK(date_end IS NULL OR date_end >= date_start)",
        "A subscription cannot end before it starts.",
    )
    _figures_check = models.Constraint(
        "CHECK(forecast_quantity >= 0 AND compensation >= 0)", "A forecast is a positive number."
    )

    @api.depends("commune_id.name", "offer_id.display_name")
    def _compute_display_name(self):
        for subscription in self:
            offer = subscription.offer_id.display_name
            subscription.display_name = f"{subscription.commune_id.name} – {offer}"

    @api.depends("date_start", "date_end")
    def _compute_state(self):
        today = self.env.company._get_today()
        for subscription in self:
            start, end = subscription.date_start, subscription.date_end
            if end and end < today:
                subscription.state = "ended"
            elif start and start > today:
                subscription.state = "future"
            else:
                subscription.state = "active"

    def _search_state(self, operator, value):
        if operator != "in":
            return NotImplemented
        lasts = Domain("date_end", "=", False) | Domain("date_end", ">=", "today")
        domains = {
            "ended": Domain("date_end", "<", "today"),
            "future": Domain("date_start", ">", "today") & lasts,
            "active": Domain("date_start", "<=", "today") & lasts,
        }
        return Domain.OR(domains[state] for state in value if state in domains)

    def _flush_periods(self, vals_list):
        """An end that was just written counts: PostgreSQL compares the periods."""
        self.flush_model(["date_start", "date_end", "active"])

    def _check_new_subscriptions(self, vals_list):
        self._check_open()

    def _check_changed_subscriptions(self, vals):
        """A subscription that resumes after its end is a new commitment.

        Any other change of the end only requires a seat."""
        today = self.env.company._get_today()
        ended = self.filtered(lambda s: s.date_end and s.date_end < today)
        yield
        if {"commune_id", "offer_id", "active"} & set(vals) and vals.get("active", True):
            self._check_open()
        elif {"date_start", "date_end"} & set(vals):
            ended.filtered(lambda s: not s.date_end or s.date_end >= today)._check_open()
            self._check_seats()

    @api.constrains("date_start", "date_end")
    def _check_uses(self):
        """Uses stay within the period of the subscription, which prices them."""
        if self.ids:
            uses = self.env["commune.service.usage"].sudo()
            uses.search(Domain("subscription_id", "in", self.ids))._check_date()

    def _check_open(self):
        """The service takes subscriptions, the commune may have it, and a seat is left."""
        for subscription in self:
            service = subscription.offer_id.service_id
            if service.state not in OPEN:
                raise UserError(service._get_closed_sentence())
            reason = subscription._get_place_problem() or service._get_ineligible(
                subscription.commune_id
            )
            if reason:
                raise UserError(reason)
        self._check_seats()

    def _get_place_problem(self):
        """A commune that was merged, or a partner that is none, takes nothing new."""
        commune = self.commune_id
        if commune.is_commune and commune.active:
            return ""
        return self.env._("“%s” is not a commune in activity: it takes no service.", commune.name)

    def _check_seats(self):
        limited = self.offer_id.filtered(lambda offer: offer.seats > 0)
        if not limited:
            return
        # Two officers who give the last seat at the same time: the second one counts again.
        lock_rows(limited)
        for offer in limited:
            periods = self.sudo().search(
                Domain("offer_id", "=", offer.id)
                & (Domain("date_end", "=", False) | Domain("date_end", ">=", "today"))
            )
            starts = (self & periods).mapped("date_start")
            most = max((len(periods._on(day).commune_id) for day in starts), default=0)
            most = max([most, *(len(periods._on(p.date_start).commune_id) for p in periods)])
            if most > offer.seats:
                raise UserError(
                    self.env._(
                        "“%(offer)s” is full: communes served at the same time, %(seats)s at most.",
                        offer=offer.display_name,
                        seats=offer.seats,
                    )
                )

    def _on(self, day):
        return self.filtered(
            lambda s: s.date_start <= day and (not s.date_end or s.date_end >= day)
        )

    @api.ondelete(at_uninstall=False)
    def _unlink_except_never(self):
        raise UserError(self.env._("A subscription is ended or archived, not deleted."))

    def _mail_get_partner_fields(self, introspect_fields=False):
        return ["commune_id"]


class CommuneService(models.Model):
    _inherit = "commune.service"

    def _get_closed_sentence(self):
        """Why nobody can subscribe at the moment."""
        self.ensure_one()
        sentences = {
            "retired": self.env._(
                "“%(name)s” is retired since %(date)s: it takes no new subscription.",
                name=self.name,
                date=self._format_date(self.state_date),
            ),
            "frozen": self.env._(
                "“%(name)s” is frozen since %(date)s: it takes no new subscription for now.",
                name=self.name,
                date=self._format_date(self.state_date),
            ),
        }
        not_yet = self.env._("“%s” is not open yet: it takes no subscription.", self.name)
        return sentences.get(self.state, not_yet)

    def _format_date(self, moment):
        day = self.env.company._get_organisation_date(moment) if moment else False
        return self.env.company._format_document_date(day)
