"""Lines of the text of an agreement: editable only while the text is."""

from odoo import api, fields, models
from odoo.exceptions import RedirectWarning

from ...core.window_actions import open_dialog


class CommuneAgreementPart(models.AbstractModel):
    """A line in the text of an agreement: it changes while that text may."""

    _name = "commune.agreement.part"
    _description = "Line of a convention"

    agreement_id = fields.Many2one("agreement", required=True, index=True, ondelete="cascade")

    @api.model_create_multi
    def create(self, vals_list):
        parts = super().create(vals_list)
        parts.agreement_id._check_text_open()
        return parts

    def write(self, vals):
        self.agreement_id._check_text_open()
        result = super().write(vals)
        self.agreement_id._check_text_open()
        return result

    @api.ondelete(at_uninstall=False)
    def _unlink_except_frozen(self):
        self.agreement_id._check_text_open()


class CommuneAgreementForecast(models.Model):
    """What a commune expects to use of an option in a year (CGCT, art. D5211-16)."""

    _name = "commune.agreement.forecast"
    _inherit = ["commune.agreement.part"]
    _description = "Forecast of use of an option"
    _order = "agreement_id, id"
    _rec_name = "offer_id"

    offer_id = fields.Many2one(
        "commune.service.offer", string="Option", required=True, ondelete="restrict", index=True
    )
    unit_name = fields.Char(related="offer_id.unit_name")
    quantity = fields.Float(
        string="Expected per year",
        digits=(16, 2),
        required=True,
        aggregator=None,
        help="Units, or euros of works: taken over by the subscription on its first day.",
    )
    _offer_uniq = models.Constraint(
        "UNIQUE(agreement_id, offer_id)", "This option already has its forecast."
    )
    _quantity_check = models.Constraint("CHECK(quantity > 0)", "A forecast is a positive number.")


class Agreement(models.Model):
    _inherit = "agreement"

    forecast_ids = fields.One2many(
        "commune.agreement.forecast", "agreement_id", string="Forecast by option", copy=True
    )

    def _check_text_open(self):
        """:raise UserError: the text is signed, or waits for its signature"""
        self._check_frozen({"body": False})

    def _get_forecasts(self):
        """{offer: units expected in a year} of the options chosen."""
        self.ensure_one()
        lines = self.sudo().forecast_ids
        return {line.offer_id: line.quantity for line in lines if line.offer_id in self.offer_ids}

    # before the vote

    def _get_unforecast_offers(self):
        """Options whose price has a part by use from the first day on, without their forecast."""
        self.ensure_one()
        start, known = self._get_price_day(), self._get_forecasts()
        return self.offer_ids.filtered(
            lambda offer: offer not in known and offer.price_ids._is_by_use(start)
        )

    def _check_forecasts(self):
        """No assembly votes “and according to use”: it reads how much that is expected to be.

        :raise RedirectWarning: names the options, and opens the line of the first one
        """
        self.ensure_one()
        offers = self._get_unforecast_offers()
        if not offers:
            return
        message = self.env._(
            "“%(name)s”: the price of these options depends on their use, and the councils vote on"
            " a sum. Before the vote, give the forecast of: %(options)s.",
            name=self.display_name,
            options=", ".join(offers.mapped("display_name")),
        )
        title = self.env._("Forecast of “%s”", offers[0].display_name)
        line = {"default_agreement_id": self.id, "default_offer_id": offers[0].id}
        dialog = open_dialog(self, "commune.agreement.forecast", title, **line)
        raise RedirectWarning(message, dialog, title)
