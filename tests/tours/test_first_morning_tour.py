"""The first morning of a communauté de communes, in a browser, without the demonstration."""

from unittest.mock import patch

from odoo.tests import HttpCase, new_test_user, tagged

from ..core.sender_case import OUTSIDE, SenderCase
from .common import without_missing_asset
from .test_sender_tour import DRAWN

PEOPLE = [("is_fictitious", "=", True)]


@tagged("post_install", "-at_install")
class TestFirstMorningTour(SenderCase, HttpCase):
    def test_from_the_first_login_to_the_first_commune_invited(self):
        without_missing_asset(self.env)
        self.company.write({"epci_id": False, "email": False, "name": "My Company"})
        self.company.currency_id = self.env.ref("base.USD")
        self.env["res.partner"].search([("is_commune", "=", True)]).active = False
        manager = new_test_user(self.env, "first_manager", "commune_relations.group_manager")
        manager.lang = "en_US"
        self.outbox.take()
        with patch(DRAWN, lambda _end: 12345):
            self.start_tour("/odoo", "commune_relations.first_morning", login=manager.login)
        self.assertEqual((manager.lang, self.company.currency_id.name), ("fr_FR", "EUR"))
        self.assertEqual(self.company.epci_id.mayor_id.name, "Paule PRESLE")
        commune = self.company.epci_id.member_ids.filtered(lambda c: c.insee_code == "01010")
        self.assertEqual(commune.mayor_id.name, "Jeanne EXEMPLE")
        self.assertEqual(commune.mayor_id.user_ids.login, "mairie@anglefort.example")
        [(_sender, recipients, _content)] = self.outbox.take()
        self.assertEqual(recipients, [OUTSIDE])
        [(_recipients, letter)] = [
            sent for sent in self._outgoing() if "mairie@anglefort.example" in sent[0]
        ]
        self.assertIn(OUTSIDE, letter["From"])
        self.assertNotIn("example.com", letter.as_string())


@tagged("post_install", "-at_install")
class TestFirstMorningOfThree(SenderCase):
    """A communauté de communes, an overseas agglomération, a métropole of local law."""

    def test_no_dollar_no_address_of_odoo_nobody_invented(self):
        for siren in ("200070852", "200018653", "246700488"):
            with self.subTest(siren=siren), self.env.cr.savepoint() as savepoint:
                self.company.write({"epci_id": False, "email": False, "name": "My Company"})
                self.company.currency_id = self.env.ref("base.USD")
                Reference = self.env["commune.reference.epci"]
                list(Reference._set_up_everything(siren, online=False))
                self.env.invalidate_all()
                # An event of the house says its cost in this currency.
                self.assertEqual(self.company.currency_id.symbol, "€")
                self.assertFalse(self.env["res.partner"].search_count(PEOPLE))
                # Odoo would write from odoobot@example.com.
                self.assertFalse(self.company._get_house_sender())
                savepoint.rollback()
            self.env.invalidate_all()
