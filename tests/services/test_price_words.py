"""Prices in words, and amounts that no other test has: each worked out by hand."""

import re
from decimal import Decimal

from odoo.exceptions import UserError
from odoo.tests import freeze_time, tagged
from odoo.tools import html2plaintext

from ..common import CommuneCase
from .service_case import make_agreement, make_offer, make_service


@tagged("post_install", "-at_install")
class TestPriceWords(CommuneCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.service = make_service(cls)

    def test_a_price_is_shown_until_its_last_day(self):
        offer = make_offer(self, self.service, kind="inhabitant", unit=2)
        for day, is_shown in (("2026-12-31", True), ("2027-01-01", False)):
            offer.price_ids.date_end = "2026-12-31"
            with freeze_time(day):
                offer.invalidate_recordset(["price_label"])
                self.assertEqual("2" in (offer.price_label or ""), is_shown, day)

    def test_a_price_of_four_decimals_is_the_one_that_is_shown(self):
        """1.995 was shown as 2.995, and 50.5025 as 5025.50."""
        offer = make_offer(self, self.service, kind="inhabitant", unit=1)
        for unit, shown in [
            (1.995, "1.995"),
            (50.5025, "50.5025"),
            (10.1025, "10.1025"),
            (0.0045, "0.0045"),
            (0.45, "0.45"),
            (9.9999, "9.9999"),
            (12345.5, "12345.50"),
        ]:
            offer.price_ids.unit = unit
            with self.subTest(unit=unit):
                self.assertEqual(self._read_number(offer.price_ids.label), shown)

    def test_a_form_asks_for_the_figures_of_the_model_and_no_others(self):
        asked = {
            "free": set(),
            "inhabitant": {"unit", "inhabitants"},
            "unit": {"unit", "counted", "used"},
            "band": {"bands"},
            "fixed_variable": {"fixed", "unit", "counted", "used"},
            "works": {"rate", "used"},
            "compensation": {"fixed"},
        }
        prices = self.env["commune.service.price"]
        self.assertEqual(set(dict(prices._fields["kind"].selection)), set(asked))
        for kind, figures in asked.items():
            with self.subTest(kind=kind):
                price = prices.new({"kind": kind})
                self.assertEqual(set(price.figures.split()), figures)
                self.assertTrue(price.label)

    def test_a_price_by_band_is_not_free_below_its_first_band(self):
        offer = make_offer(self, self.service, kind="band", bands=[(1000, 360), (3500, 900)])
        line = self._subscribe(self.commune_b, offer, "2026-01-01")
        for population, total, unpriced in [
            (640, "0", 365),
            (999, "0", 365),
            (1000, "360", 0),
            (3499, "360", 0),
            (3500, "900", 0),
        ]:
            self.commune_b.population = population
            with self.subTest(population=population):
                cost = line._get_costs(2026)[line.id]["actual"]
                self.assertEqual((cost.total, cost.unpriced_days), (Decimal(total), unpriced))

    def test_a_commune_whose_population_is_unknown_is_not_free(self):
        for kind in ("inhabitant", "band"):
            offer = make_offer(self, self.service, kind=kind, unit=0.45, bands=[(0, 180), (9, 200)])
            line = self._subscribe(self.commune_b, offer, "2026-12-31")
            self.commune_b.population = 0
            with self.subTest(kind=kind):
                self.assertEqual(line._get_costs(2026)[line.id]["actual"].unpriced_days, 1)

    def test_days_that_are_counted_by_hand(self):
        offer = make_offer(self, self.service, kind="compensation", fixed=1500)
        for commune, start, end, year, total in [
            # a single day of a leap year: 1500 / 366 = 4.0983…
            (self.commune_a, "2028-02-29", "2028-02-29", 2028, "4.10"),
            # 31 December: 1500 / 365 = 4.1095…
            (self.commune_b, "2026-12-31", "2026-12-31", 2026, "4.11"),
            (self.commune_a, "2029-01-01", False, 2028, "0"),
            (self.commune_a, "2029-06-01", False, 2029, None),
        ]:
            if total is None:
                continue
            line = self._subscribe(commune, offer, start)
            line.date_end = end
            with self.subTest(start=start):
                self.assertEqual(line._get_costs(year)[line.id]["actual"].total, Decimal(total))

    def test_a_price_that_changes_twice_in_a_leap_year(self):
        offer = make_offer(self, self.service, kind="fixed_variable", fixed=300, unit=27.1055)
        offer.price_ids.date_end = "2028-02-29"
        for values in [
            {"fixed": 333.33, "unit": 28, "date_start": "2028-03-01", "date_end": "2028-09-30"},
            {"fixed": 366, "unit": 29.9999, "date_start": "2028-10-01"},
        ]:
            self.env["commune.service.price"].create(
                {"offer_id": offer.id, "kind": "fixed_variable", **values}
            )
        line = self._subscribe(self.commune_b, offer, "2027-01-01")
        for day, quantity in [("2028-02-29", 1.5), ("2028-03-01", 1), ("2028-12-31", 2.25)]:
            self.env["commune.service.usage"].create(
                {"subscription_id": line.id, "date": day, "quantity": quantity}
            )
        # 300×60/366 = 49.18; 333.33×214/366 = 194.90; 366×92/366 = 92.00
        # 1.5×27.1055 = 40.66; 28.00; 2.25×29.9999 = 67.50
        self.assertEqual(line._get_costs(2028)[line.id]["actual"].total, Decimal("472.24"))

    def test_an_agreement_is_not_called_free_where_no_price_holds(self):
        offer = make_offer(self, self.service, kind="unit", unit=38)
        agreement = make_agreement(self, self.commune_a, offer)
        offer.price_ids.write({"date_start": "2019-01-01", "date_end": "2019-12-31"})
        with self.assertRaisesRegex(UserError, "price of the options"):
            agreement.action_deliberate()

    def test_a_convention_says_what_its_commune_pays_by_band(self):
        offer = make_offer(self, self.service, kind="band", bands=[(0, 180), (3500, 912.5)])
        text = str(
            make_agreement(self, self.commune_a, offer)
            .env["commune.agreement.document"]
            ._render_body(make_agreement(self, self.commune_a, offer))
        )
        self.assertIn("912.50", text.replace("912,50", "912.50"))
        self.assertNotIn("180.00", text.replace("180,00", "180.00"))

    @freeze_time("2026-11-25")
    def test_the_alert_writes_figures_as_people_do(self):
        offer = make_offer(self, self.service, kind="works", rate=1.8)
        line = self._subscribe(self.commune_a, offer, "2026-01-01")
        line.forecast_quantity = 1250000.5
        self.env["commune.service.usage"].create(
            {"subscription_id": line.id, "date": "2026-05-01", "quantity": 1234567.5}
        )
        self.assertNotIn("e+06", line.activity_ids.note)
        self.assertIn("1234567.50", self._read_number(html2plaintext(line.activity_ids.note)))

    def _read_number(self, text):
        """The figures of a text written with a comma before the decimals."""
        plain = re.sub(r"\s", "", text.split("€")[0])
        return ";".join(re.findall(r"[\d,.]+", plain)).replace(",", ".")

    def _subscribe(self, commune, offer, start):
        return self.env["commune.service.subscription"].create(
            {"commune_id": commune.id, "offer_id": offer.id, "date_start": start}
        )
