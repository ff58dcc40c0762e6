"""The first morning of a manager, and the visit of a mayor, in a browser."""

from odoo.tests import HttpCase, new_test_user, tagged

from ..common import CommuneCase
from .common import without_missing_asset


@tagged("post_install", "-at_install")
class TestFirstMorningTour(HttpCase):
    def test_from_the_first_login_to_the_elected_officials(self):
        without_missing_asset(self.env)
        self.env.company.epci_id = False
        self.env["res.partner"].search([("is_commune", "=", True)]).active = False
        new_test_user(self.env, "first_manager", "commune_relations.group_manager")
        self.start_tour("/odoo", "commune_relations.first_morning", login="first_manager")
        communes = self.env["res.partner"].search([("is_commune", "=", True)])
        self.assertEqual(len(communes), 46)
        metz = communes.filtered(lambda c: c.insee_code == "57463")
        self.assertEqual(metz.mayor_id.name, "Jeanne EXEMPLE")


@tagged("post_install", "-at_install")
class TestPortalTour(CommuneCase, HttpCase):
    def test_the_mayor_confirms_the_contact_data(self):
        self.start_tour("/my", "commune_relations.mayor_confirms", login="test_mayor_a")
        self.assertEqual(self.commune_a.contact_confirmed_date, self.today)
