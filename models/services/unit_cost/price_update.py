"""From the unit cost of a year to the price per unit of its offers."""

from datetime import date, timedelta

from odoo import fields, models
from odoo.exceptions import UserError

# What a unit cost decides of a price. Its end may be written, from the end of the year on.
DECIDED = {"kind", "unit", "offer_id", "unit_cost_id", "date_start", "active"}


class CommuneServicePrice(models.Model):
    _inherit = "commune.service.price"

    unit_cost_id = fields.Many2one(
        "commune.service.unit.cost",
        string="Unit cost",
        index="btree_not_null",
        ondelete="restrict",
        readonly=True,
        copy=False,
    )

    def _check_new_prices(self, vals_list):
        if not self.env.su:
            self.filtered("unit_cost_id")._raise_decided_price()

    def _check_decided_prices(self, vals):
        """A price that a unit cost decides is not typed, for the whole of its year."""
        if self.env.su:
            return
        decided = self.filtered("unit_cost_id")
        if DECIDED & vals.keys():
            (self if vals.get("unit_cost_id") else decided)._raise_decided_price()
        end = fields.Date.to_date(vals.get("date_end"))
        decided.filtered(
            lambda p: end and end < date(p.unit_cost_id.year, 12, 31)
        )._raise_decided_price()

    def _raise_decided_price(self):
        """:raise UserError: when there is one of these prices"""
        if self:
            raise UserError(
                self.env._("This price is the unit cost of the year: change its sheet.")
            )


class CommuneServiceUnitCost(models.Model):
    _inherit = "commune.service.unit.cost"

    def _feed_prices(self):
        """Each offer is at the unit cost from January 1st on, until the next one is set. Called
        as superuser, by those who may write the sheet."""
        self.ensure_one()
        Price = self.env["commune.service.price"]
        known = Price.search([("unit_cost_id", "=", self.id)])
        known.unit = self.amount
        for offer in self.offer_ids - known.offer_id:
            Price.create(self._prepare_price(offer, self._free_the_year(offer)))

    def _free_the_year(self, offer):
        """End the price that runs on January 1st.

        :return: last day of the price to come, or False
        :raise UserError: the price of this offer already changes within the year
        """
        first, last = date(self.year, 1, 1), date(self.year, 12, 31)
        later = offer.price_ids.filtered(lambda price: price.date_start > first)
        if later.filtered(lambda price: price.date_start <= last):
            raise UserError(
                self.env._(
                    "The price of “%(offer)s” already changes during %(year)s: end or archive that"
                    " price before the unit cost is set.",
                    offer=offer.display_name,
                    year=self.year,
                )
            )
        running = offer.price_ids._at(first)
        end = running.date_end
        if running.date_start == first:
            running.active = False
        elif running:
            running.date_end = first - timedelta(days=1)
        elif later:
            end = min(later.mapped("date_start")) - timedelta(days=1)
        return end

    def _prepare_price(self, offer, end):
        return {
            "offer_id": offer.id,
            "unit_cost_id": self.id,
            "kind": "unit",
            "unit": self.amount,
            "date_start": date(self.year, 1, 1),
            "date_end": end,
            "source": self._name_source(),
        }

    def _name_source(self):
        """Origin of a price: “Unit cost of 2026, set on 10 March 2026”."""
        return self.env._(
            "Unit cost of %(year)s, set on %(day)s",
            year=self.year,
            day=self.env.company._format_document_date(self.set_date),
        )
