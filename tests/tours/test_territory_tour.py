"""The visit of a mayor, in a browser."""

from odoo.tests import HttpCase, tagged

from ..common import CommuneCase


@tagged("post_install", "-at_install")
class TestPortalTour(CommuneCase, HttpCase):
    def test_the_mayor_confirms_the_contact_data(self):
        self.start_tour("/my", "commune_relations.mayor_confirms", login="test_mayor_a")
        self.assertEqual(self.commune_a.contact_confirmed_date, self.today)
