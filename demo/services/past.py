"""Services of the year before: former prices, subscriptions that ended with it, and their use."""

import random
from datetime import date

from odoo.fields import Command

from .services import OBJECTS

YEAR = 2025
FORMER = 0.96  # what a price was of that of today
STAYED = 0.7  # share of the communes of today that already had the service


class PastServicesDemo:
    def _create_past_subscriptions(self):
        """Subscriptions of past years: mostly the same communes, at the price of then."""
        rng = random.Random("services")
        subscriptions = self.env["commune.service.subscription"].search(
            [("date_start", ">=", date(YEAR + 1, 1, 1)), ("agreement_id", "=", False)], order="id"
        )
        kept = subscriptions.filtered(lambda _line: rng.random() < STAYED)
        self._create_former_prices(kept.offer_id)
        lines = self.env["commune.service.subscription"].create(
            [
                {
                    "commune_id": one.commune_id.id,
                    "offer_id": one.offer_id.id,
                    "date_start": date(YEAR, 1, 1),
                    "date_end": date(YEAR, 12, 31),
                    "forecast_quantity": one.forecast_quantity,
                }
                for one in kept
            ]
        )
        self.env["commune.service.usage"].create(
            [
                {
                    "subscription_id": line.id,
                    "date": date(YEAR, month, 2 + rank % 20),
                    "quantity": self._get_demo_use(line, rank + 3, turn),
                    "description": OBJECTS[line.unit_name][turn],
                }
                for rank, line in enumerate(lines.filtered("forecast_quantity"))
                for turn, month in enumerate((3, 6, 11))
            ]
        )

    def _create_former_prices(self, offers):
        first = date(YEAR + 1, 1, 1)
        prices = offers.price_ids.filtered(lambda price: price.date_start == first)
        self.env["commune.service.price"].create(
            [
                {
                    "offer_id": price.offer_id.id,
                    "kind": price.kind,
                    "fixed": round(price.fixed * FORMER, 2),
                    "unit": round(price.unit * FORMER, 2),
                    "rate": price.rate,
                    "date_start": date(YEAR, 1, 1),
                    "date_end": date(YEAR, 12, 31),
                    "source": "Délibération du 16 décembre 2024",
                    "band_ids": [
                        Command.create(
                            {
                                "population_from": band.population_from,
                                "amount": round(band.amount * FORMER),
                            }
                        )
                        for band in price.band_ids
                    ],
                }
                for price in prices
            ]
        )
