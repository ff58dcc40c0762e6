"""Unit costs: worked out, set as yearly price, notified to communes before the budget."""

from datetime import date
from unittest.mock import patch

from psycopg2 import IntegrityError

from odoo.exceptions import UserError
from odoo.fields import Command
from odoo.tests import freeze_time, tagged
from odoo.tools import mute_logger

from odoo.addons.commune_relations.models.core.inside import NO_LETTERS
from odoo.addons.commune_relations.models.core.mail_delivery import unwritten

from ..common import CommuneCase
from .service_case import make_agreement, make_offer, make_service, make_unit_cost


@tagged("post_install", "-at_install")
class TestUnitCost(CommuneCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.basis = cls.env.ref("commune_relations.legal_basis_l5211_4_1")
        cls.service = make_service(cls, "Archives", legal_basis_id=cls.basis.id)
        cls.days = make_offer(cls, cls.service, "Journée", kind="unit", unit=110, unit_name="jour")
        cls.sheet = make_unit_cost(cls, cls.service).with_user(cls.officer)

    def _subscribe(self, commune, start="2026-01-01"):
        return self.env["commune.service.subscription"].create(
            {"commune_id": commune.id, "offer_id": self.days.id, "date_start": start}
        )

    def test_the_cost_is_the_charges_by_the_units(self):
        """(98,000 + 2,050) / 800 = 125.0625; with 6.20 euros of supplies 125.0703 (up)."""
        self.assertEqual((self.sheet.amount, self.sheet.charge_total), (125.06, 100_050))
        self.sheet.charge_ids = [
            Command.create({"nature": "supplies", "name": "Boîtes", "observed": 6.2})
        ]
        self.assertEqual((self.sheet.amount, self.sheet.posts), (125.07, 2))
        self.assertEqual((self.sheet.accounts_year, self.sheet.unit_name), (2026, "jour"))

    def test_once_set_it_is_the_price_of_the_year(self):
        line = self._subscribe(self.commune_a)
        for day, quantity in (("2026-12-31", 1), ("2027-01-01", 2)):
            self.env["commune.service.usage"].create(
                {"subscription_id": line.id, "date": day, "quantity": quantity}
            )
        self.sheet.action_set()
        costs = [
            self.env["commune.service.year"]._get_service_costs(self.commune_a, year)["actual"]
            for year in (2026, 2027)
        ]
        # 1 × 110; 2 × 125.06
        self.assertEqual(costs, [110, 250.12])
        self.assertEqual(self.days.price_ids._at(date(2028, 5, 1)).unit, 125.06)

    def test_a_correction_before_the_communes_are_notified_changes_the_price(self):
        self.sheet.action_set()
        with self.assertRaises(UserError):
            self.sheet.units = 900
        with self.assertRaises(UserError):
            self.sheet.charge_ids.observed = 1
        with self.assertRaises(UserError):
            self.days.price_ids.filtered("unit_cost_id").with_user(self.officer).unit = 1
        self.sheet.action_back_to_draft()
        self.sheet.units = 1000
        self.sheet.action_set()
        prices = self.days.price_ids.filtered(lambda price: price.date_start.year == 2027)
        self.assertEqual(prices.mapped("unit"), [100.05])

    def test_a_price_that_changes_within_the_year_is_named(self):
        self.days.price_ids.date_end = "2027-06-30"
        self.env["commune.service.price"].create(
            {"offer_id": self.days.id, "kind": "unit", "unit": 1, "date_start": "2027-07-01"}
        )
        with self.assertRaisesRegex(UserError, self.days.name), self.env.cr.savepoint():
            self.sheet.action_set()
        self.assertEqual(self.sheet.state, "draft")

    def test_the_price_of_the_year_ends_the_day_before_the_next_one(self):
        """Nothing ran on 1 January 2027; two prices begin later, the first one on 1 March 2028,
        a leap year."""
        self.days.price_ids.date_end = "2025-12-31"
        self.env["commune.service.price"].create(
            [
                {"offer_id": self.days.id, "kind": "unit", "unit": unit, **dates}
                for unit, dates in (
                    (3, {"date_start": "2029-01-01"}),
                    (2, {"date_start": "2028-03-01", "date_end": "2028-12-31"}),
                )
            ]
        )
        self.sheet.action_set()
        price = self.days.price_ids.filtered("unit_cost_id")
        self.assertEqual((price.date_start, price.date_end), (date(2027, 1, 1), date(2028, 2, 29)))
        prices = [self.days.price_ids._at(date(*day)) for day in ((2028, 2, 29), (2028, 3, 1))]
        self.assertEqual([one.unit for one in prices], [125.06, 2])

    def test_the_price_of_the_year_takes_the_end_of_the_one_it_replaces(self):
        """110 euros until the end of 2030: then nobody has set anything, as before."""
        self.days.price_ids.date_end = "2030-12-31"
        self.sheet.action_set()
        old, new = self.days.price_ids.sorted("date_start")
        self.assertEqual((old.unit, old.date_end), (110, date(2026, 12, 31)))
        self.assertEqual((new.unit, new.date_end), (125.06, date(2030, 12, 31)))

    def test_another_basis_has_no_unit_cost_of_this_article(self):
        self.service.legal_basis_id = self.env.ref("commune_relations.legal_basis_l5211_4_2")
        with self.assertRaisesRegex(UserError, "L5211-4-2"):
            self.sheet.action_set()

    def test_a_service_that_is_lent_has_no_flat_price_and_none_per_inhabitant(self):
        for kind in ("inhabitant", "band", "fixed_variable", "works", "compensation"):
            with self.subTest(kind=kind), self.assertRaises(UserError):
                self.days.price_ids.kind = kind
        other = make_service(self, "Conseil")
        make_offer(self, other, kind="inhabitant", unit=1)
        with self.assertRaisesRegex(UserError, "Conseil"), self.env.cr.savepoint():
            other.legal_basis_id = self.basis
        other.offer_ids.price_ids.date_end = "2020-12-31"
        other.legal_basis_id = self.basis

    def test_without_units_or_charges_nothing_is_set(self):
        self.sheet.units = 0
        self.assertEqual(self.sheet.amount, 0)
        with self.assertRaises(UserError):
            self.sheet.action_set()

    def test_a_service_has_one_sheet_for_a_year(self):
        with self.assertRaises(IntegrityError), mute_logger("odoo.sql_db"):
            make_unit_cost(self, self.service)

    def test_the_communes_are_notified_once_and_the_list_shows_who(self):
        self._subscribe(self.commune_a)
        self._subscribe(self.commune_b, "2027-09-01")
        self.portal_a.partner_id.email = "maire@aubrive.example"
        self.commune_a.email = "mairie@aubrive.example"
        self.commune_b.email = self.commune_b.mayor_id.email = False
        with self.assertRaises(UserError):
            self.sheet.action_notify()
        self.sheet.action_set()
        self.sheet.action_notify()
        notices = {notice.commune_id: notice for notice in self.sheet.notice_ids}
        self.assertEqual(set(notices), {self.commune_a, self.commune_b})
        delivery = self.env["commune.letter.delivery"].sudo()
        domain = [("kind", "=", "mail_template_unit_cost")]
        letter = delivery.search(domain)
        self.assertEqual(letter.res_id, notices[self.commune_a].id)
        self.assertEqual(len(letter.mail_id.attachment_ids), 1)
        self.assertIn("125,06", letter.mail_id.body_html)
        self.sheet.action_notify()
        self.assertEqual(delivery.search_count(domain), 1)
        notices[self.commune_a]._after_letters_sent(letter)
        self.assertEqual(self.sheet.state, "set")
        notices[self.commune_b].action_mark_notified()
        self.assertEqual(self.sheet.state, "notified")
        self.assertEqual([n.state for n in notices.values()].count("told"), 1)
        with self.assertRaises(UserError):
            self.sheet.action_back_to_draft()

    def test_many_communes_are_written_to_by_the_queue_with_the_sheet(self):
        for commune in (self.commune_a, self.commune_b):
            self._subscribe(commune)
            commune.mayor_id.email = commune.email = f"mairie{commune.id}@aubrive.example"
        self.sheet.action_set()
        with patch.object(unwritten, "MOST_NOW", 1):
            self.sheet.action_notify()
        letters = (
            self.env["commune.letter.delivery"]
            .sudo()
            .search([("kind", "=", "mail_template_unit_cost")])
        )
        self.assertEqual(len(letters), 2)
        self.assertFalse(letters.mail_id)
        self.sheet.action_notify()
        self.assertEqual(letters.search_count([("kind", "=", "mail_template_unit_cost")]), 2)
        self.env.flush_all()
        self.env.invalidate_all()
        letters._write_next()
        self.assertEqual([len(mail.attachment_ids) for mail in letters.mail_id], [1, 1])
        self.assertEqual(self.sheet.state, "set")  # nothing has left yet

    def test_until_a_commune_is_notified_the_sheet_shows_nothing_of_it(self):
        """Neither a number nor a technical name."""
        for step in (lambda: None, self.sheet.action_set):
            step()
            self.assertEqual(self.sheet.read(["notified_text"])[0]["notified_text"], False)
        self._subscribe(self.commune_a)
        self.sheet.action_notify()
        self.assertEqual(self.sheet.notified_text, "0 of 1")

    def test_anyone_who_follows_the_service_is_notified_before_the_budget(self):
        self._subscribe(self.commune_a)
        lent = self.service
        with freeze_time("2027-02-28"):
            lent._cron_remind_unit_costs()
        self.assertFalse(lent.activity_ids)
        with freeze_time("2027-03-01"):  # 45 days before 15 April
            lent._cron_remind_unit_costs()
            lent._cron_remind_unit_costs()
        self.assertEqual(lent.activity_ids.user_id, self.referent)
        self.assertEqual(str(lent.activity_ids.date_deadline), "2027-04-14")

    def test_nobody_is_recalled_what_the_communes_know(self):
        self._subscribe(self.commune_a)
        self.sheet.sudo().write({"state": "notified", "set_date": "2027-01-10"})
        with freeze_time("2027-03-20"):
            self.service._cron_remind_unit_costs()
        self.assertFalse(self.service.activity_ids)

    def test_the_sheet_is_annexed_to_the_convention_of_the_year(self):
        agreement = make_agreement(
            self, self.commune_a, self.days, start_date="2027-03-01", end_date="2029-12-31"
        )
        self.assertFalse(
            agreement.env["commune.agreement.pack"]._make_unit_cost_documents(agreement)
        )
        self.sheet.action_set()
        ((name, document),) = agreement.env["commune.agreement.pack"]._make_unit_cost_documents(
            agreement
        )
        self.assertIn("2027", name)
        self.assertTrue(document)

    def test_the_document_has_recipients_date_author_and_sources(self):
        """Aubrive is notified on 24 March; Bellefontaine is due before 15 April 2027."""
        self._subscribe(self.commune_a)
        self._subscribe(self.commune_b)
        self.sheet.write({"units_source": "registre de 2026", "accounts_vote_date": "2027-02-22"})
        with freeze_time("2027-03-10 09:00:00"):
            self.sheet.action_set()
            self.sheet.with_context(**NO_LETTERS).action_notify()
        with freeze_time("2027-03-24 09:00:00"):
            notices = self.sheet.notice_ids
            notices.filtered(lambda n: n.commune_id == self.commune_a).action_mark_notified()
        report = self.env["report.commune_relations.service_unit_cost"]
        values = report._get_report_values(self.sheet.ids)
        day = self.env.company._format_document_date
        first, last = values["notices"]
        self.assertEqual((first[1], last[1]), (self.commune_a.name, self.commune_b.name))
        self.assertIn(day(date(2027, 3, 24)), first[0])
        self.assertIn(day(self.sheet.budget_day), last[0])
        html = str(self.env["ir.qweb"]._render("commune_relations.service_unit_cost", values))
        for words in (
            "registre de 2026",
            day(date(2027, 2, 22)),
            day(date(2027, 3, 10)),
            self.basis._get_title(),
            "L. 1612-2",
        ):
            self.assertIn(words, html)

    def test_the_document_adds_up(self):
        self.sheet.charge_ids = [
            Command.create({"nature": "goods", "name": "Scanner", "observed": 900, "change": -100})
        ]
        report = self.env["report.commune_relations.service_unit_cost"]
        rows = report._get_report_values(self.sheet.ids)["rows"]
        figures = [(row["observed"], row["change"], row["kept"]) for row in rows]
        self.assertEqual(figures, [(98_000, 2_050, 100_050), (900, -100, 800)])
