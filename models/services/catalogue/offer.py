"""Offers: the options of a service that a commune subscribes to, each with its price."""

from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.fields import Domain


class CommuneServiceOffer(models.Model):
    _name = "commune.service.offer"
    _inherit = ["commune.readonly.fields.mixin"]
    _description = "Offer of a service"
    _order = "service_sequence, sequence, id"
    _rec_names_search = ["name", "service_id.name", "code"]
    _readonly_fields = frozenset()  # what is worked out apart

    # As superuser: an offer of a subscription is named even where its service is not open.
    display_name = fields.Char(compute_sudo=True)
    name = fields.Char(required=True, translate=True)
    code = fields.Char(copy=False)
    service_id = fields.Many2one("commune.service", required=True, index=True, ondelete="restrict")
    family_id = fields.Many2one(related="service_id.family_id", store=True, index=True)
    service_sequence = fields.Integer(
        related="service_id.sequence", store=True, string="Order of the service"
    )
    sequence = fields.Integer(default=10)
    description = fields.Text(translate=True)
    active = fields.Boolean(default=True)
    unit_name = fields.Char(
        string="Unit",
        translate=True,
        help="What is counted: day, file, intervention. For a percentage of works: euros.",
    )
    seats = fields.Integer(help="Communes that can be served at the same time; 0: no limit.")

    # How many communes use it is no secret where the places are counted; elsewhere a commune could
    # work out from it who does: see engine/service_suggestion/disclosure.py.
    seats_taken = fields.Integer(compute="_compute_seats", groups="base.group_user")
    seats_left = fields.Integer(compute="_compute_seats", help="Empty when there is no limit.")
    price_ids = fields.One2many("commune.service.price", "offer_id", string="Prices")
    price_label = fields.Char(compute="_compute_price_label", string="Price today")
    subscription_ids = fields.One2many(
        "commune.service.subscription",
        "offer_id",
        string="Subscriptions",
        groups="base.group_user",
    )
    agreement_ids = fields.Many2many(
        "agreement", "agreement_offer_rel", string="Conventions", groups="base.group_user"
    )
    _seats_check = models.Constraint("CHECK(seats >= 0)", "The number of seats is positive.")

    @api.depends("name", "service_id.name")
    def _compute_display_name(self):
        for offer in self:
            service = offer.service_id.name
            alone = not service or service == offer.name
            offer.display_name = offer.name if alone else f"{service} – {offer.name}"

    @api.depends("seats", "subscription_ids.date_start", "subscription_ids.date_end")
    def _compute_seats(self):
        taken = self._count_taken(self.env.company._get_today())
        for offer in self:
            offer.seats_taken = taken.get(offer.id, 0)
            offer.seats_left = max(offer.seats - offer.seats_taken, 0) if offer.seats else False

    def _count_taken(self, day):
        """{offer id: communes served on a day or signed up for later}."""
        Subscription = self.env["commune.service.subscription"].sudo()
        groups = Subscription._read_group(
            Domain("offer_id", "in", self.ids)
            & (Domain("date_end", "=", False) | Domain("date_end", ">=", day)),
            ["offer_id"],
            ["commune_id:count_distinct"],
        )
        return {offer.id: count for offer, count in groups}

    @api.depends("price_ids.date_start", "price_ids.date_end", "price_ids.label")
    def _compute_price_label(self):
        today = self.env.company._get_today()
        for offer in self:
            offer.price_label = offer.price_ids._at(today).label

    def _get_price_lines(self):
        """Current prices of the offer, as in the brochure: a line per tariff."""
        self.ensure_one()
        return [self.price_label] if self.price_label else []

    def _get_price_sources(self):
        """The decisions that set these prices: “Délibération du 12 mai 2026”."""
        self.ensure_one()
        source = self.price_ids._at(self.env.company._get_today()).source
        return [source] if source else []

    @api.constrains("seats")
    def _check_seats(self):
        """As many seats as communes already served, at least."""
        self.subscription_ids._check_seats()

    def write(self, vals):
        """What communes have chosen and signed stays where they chose it."""
        moved = self.filtered(lambda o: o.service_id.id != vals.get("service_id", o.service_id.id))
        everything = moved.sudo().with_context(active_test=False)
        used = everything.filtered("subscription_ids") or everything.filtered("agreement_ids")
        if used:
            raise UserError(
                self.env._(
                    "Communes have chosen “%s”: it stays with its service. Archive it and create"
                    " another offer.",
                    used[0].display_name,
                )
            )
        return super().write(vals)

    @api.ondelete(at_uninstall=False)
    def _unlink_except_used(self):
        if self.sudo().with_context(active_test=False).subscription_ids:
            raise UserError(self.env._("An offer that communes have chosen is archived."))
