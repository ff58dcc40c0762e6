"""After an election agreements go on; the new mayor may be notified of those in force."""

from datetime import date, timedelta

from odoo.exceptions import UserError
from odoo.tests import tagged

from ..common import CommuneCase
from .service_case import make_agreement, make_offer, make_service, on_paper


@tagged("post_install", "-at_install")
class TestAgreementRenewal(CommuneCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.offer = make_offer(cls, make_service(cls), kind="free")
        cls.portal_a.partner_id.email = "anne.aubry@aubrive.example"
        cls.portal_b.partner_id.email = "bruno.bernard@ban.example"
        cls.env.company.last_renewal_date = date(2026, 3, 15)
        former = {"state": "active", "before_acts": True, **on_paper("2025-01-10")}
        cls.plain, cls.clause, cls.second, cls.other = (
            make_agreement(cls, commune, cls.offer, name=name, start_date="2025-02-01", **former)
            for name, commune in (
                ("Conseil", cls.commune_a),
                ("Mandature", cls.commune_a),
                ("Archives", cls.commune_a),
                ("Voisine", cls.commune_b),
            )
        )
        cls.clause.ends_with_term = True
        cls.managed = cls.plain | cls.clause | cls.second | cls.other

    def test_only_those_whose_clause_says_so_are_to_sign_again(self):
        found = self.env["agreement"].search([("term_ended", "=", True)])
        self.assertEqual(found & self.managed, self.clause)
        self.assertEqual(self.managed.filtered("term_ended"), self.clause)

    def test_a_mayor_who_came_after_the_signature(self):
        listed = self.env["agreement"].search([("new_mayor", "=", True)])
        self.assertFalse(listed & self.managed)
        self.mandate_a.write({"date_start": "2026-03-15", "function_date": "2026-03-22"})
        self.managed.invalidate_recordset(["new_mayor"])
        listed = self.env["agreement"].search([("new_mayor", "=", True)])
        self.assertEqual(listed & self.managed, self.plain | self.clause | self.second)

    def test_one_letter_a_commune_says_all_that_is_in_force(self):
        self.second.sudo().state = "expired"
        before = self.env["mail.mail"].search([])
        self.managed.with_user(self.officer).action_notify_in_force()
        letters = self.env["mail.mail"].search([]) - before
        self.assertEqual(len(letters), 2)
        for again in (self.managed, self.managed[::-1], self.managed[-1:]):  # pressed again
            again.with_user(self.officer).action_notify_in_force()
        self.assertEqual(self.env["mail.mail"].search([]) - before, letters)
        own = letters.filtered(lambda m: self.portal_a.partner_id in m.recipient_ids)
        for word, count in (("Conseil", 1), ("Mandature", 1), ("Archives", 0), ("Voisine", 0)):
            self.assertEqual(own.body_html.count(word), count, word)
        self.assertIn("/my/agreements", own.body_html)

    def test_where_nothing_is_in_force_nobody_is_written_to(self):
        self.other.sudo().state = "expired"
        with self.assertRaises(UserError):
            self.other.action_notify_in_force()

    def test_ten_times_the_conventions_ask_no_more_queries_at_night(self):
        """Their officer is notified once of those that end within six months."""

        def spend(count):
            made = self.env["agreement"].union(
                *(
                    make_agreement(
                        self,
                        self.commune_a,
                        self.offer,
                        name=f"Voirie {number}",
                        start_date="2025-02-01",
                        end_date=self.today + timedelta(days=120),
                        state="active",
                        before_acts=True,
                        user_id=self.officer.id,
                        **on_paper("2025-01-10"),
                    )
                    for number in range(count)
                )
            )
            queries = self._queries_of(self.env["agreement"]._cron_update)
            self.assertEqual(set(made.mapped("state")), {"to_renew"})
            self.assertEqual(len(made.activity_ids), count)
            self.assertEqual(made.activity_ids.user_id, self.officer)
            self.assertFalse(self.managed.activity_ids, "those that go on for years ask nothing")
            return queries

        spend(2)
        few = spend(2)
        self.assertEqual(spend(20), few)
