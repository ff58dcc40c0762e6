"""Contacts and bank accounts of communes: who writes them, who reads them, from which company."""

from odoo.exceptions import AccessError
from odoo.fields import Command
from odoo.tests import new_test_user, tagged

from ..common import CommuneCase

IBAN = "FR7630006000011234567890189"
CONTACTS = "base.group_user,base.group_partner_manager"


@tagged("post_install", "-at_install")
class TestOtherCompanyContacts(CommuneCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.env.company.epci_id = cls.epci
        cls.other = cls.env["res.company"].create({"name": "Menuiserie Durand"})
        cls.joiner = new_test_user(
            cls.env,
            "test_joiner",
            CONTACTS,
            company_id=cls.other.id,
            company_ids=[Command.set(cls.other.ids)],
        )
        cls.clerk = new_test_user(cls.env, "test_clerk", CONTACTS)
        cls.banks = cls.env["res.partner.bank"].create(
            [
                {"acc_number": f"{IBAN}{rank}", "partner_id": owner.id}
                for rank, owner in enumerate((cls.commune_a, cls.epci, cls.env.company.partner_id))
            ]
        )

    def _writes(self, record, user, **values):
        try:
            with self.cr.savepoint():
                record.with_user(user).write(values)
        except AccessError:
            return False
        return True

    def test_a_commune_and_its_persons_are_not_written_from_another_company(self):
        for contact in (self.commune_a, self.epci, self.portal_a.partner_id):
            for values in ({"email": "x@y.example"}, {"phone": "0387000000"}, {"street": "x"}):
                with self.subTest(contact.name, **values):
                    self.assertFalse(self._writes(contact, self.joiner, **values))
                    self.assertTrue(self._writes(contact, self.clerk, **values))
                    self.assertTrue(self._writes(contact, self.officer, **values))
            with self.assertRaises(AccessError), self.cr.savepoint():
                contact.with_user(self.joiner).unlink()

    def test_another_company_plans_nothing_on_a_commune(self):
        with self.assertRaises(AccessError), self.cr.savepoint():
            self.commune_a.with_user(self.joiner).activity_schedule(
                "mail.mail_activity_data_todo", user_id=self.joiner.id
            )

    def test_another_company_keeps_its_own_customers(self):
        customer = self.env["res.partner"].with_user(self.joiner).create({"name": "CLIENT"})
        customer.email = "client@ailleurs.example"
        bank = self.env["res.partner.bank"].with_user(self.joiner)
        own = bank.create({"acc_number": f"{IBAN}9", "partner_id": customer.id})
        own.acc_number = f"{IBAN}8"
        self.assertEqual(bank.search([("id", "in", (own | self.banks).ids)]), own)
        self.joiner.partner_id.with_user(self.joiner).phone = "0387000001"

    def test_the_bank_account_of_a_commune_is_written_by_officers_alone(self):
        for bank in self.banks:
            for user in (self.joiner, self.clerk, self.reader):
                with self.subTest(user=user.login, owner=bank.partner_id.name):
                    self.assertFalse(self._writes(bank, user, acc_number="FR76"))
                    with self.assertRaises(AccessError), self.cr.savepoint():
                        bank.with_user(user).unlink()
            self.assertTrue(self._writes(bank, self.officer, acc_holder_name="Trésorerie"))
        for user in (self.joiner, self.clerk):
            with self.assertRaises(AccessError), self.cr.savepoint():
                self.banks.with_user(user).create(
                    {"acc_number": f"{IBAN}7", "partner_id": self.commune_b.id}
                )
            with self.assertRaises(AccessError), self.cr.savepoint():
                self.env["res.partner.bank"].with_user(user).create(
                    {"acc_number": f"{IBAN}6", "partner_id": user.partner_id.id}
                ).partner_id = self.commune_b

    def test_the_bank_account_of_a_commune_is_read_with_a_role(self):
        for user, read in ((self.joiner, 0), (self.clerk, 0), (self.employee, 0), (self.reader, 3)):
            with self.subTest(user=user.login):
                banks = self.env["res.partner.bank"].with_user(user)
                self.assertEqual(banks.search_count([("id", "in", self.banks.ids)]), read)
        commune = self.commune_a.with_user(self.clerk)
        self.assertFalse(commune.bank_ids)  # the contact opens
