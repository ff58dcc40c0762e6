"""A town-hall secretary on her telephone: her communes, a choice, a new colleague."""

from odoo.tests import HttpCase, tagged

from ..common import CommuneCase


@tagged("post_install", "-at_install")
class TestPortalHomeTour(CommuneCase, HttpCase):
    browser_size = "375x667"
    touch_enabled = True

    def test_a_secretary_chooses_a_commune_and_invites_a_colleague(self):
        self.env.company.email = "relations@deuxrives.example"
        self.start_tour("/my", "commune_relations.portal_home", login="test_secretary_ab")
        self.assertEqual(self.portal_both.portal_commune_id, self.commune_b)
        colleague = self.env["res.partner"].search([("lastname", "=", "NEUVE")])
        self.assertEqual(colleague.held_mandate_ids.commune_id, self.commune_b)
        self.assertEqual(colleague.user_ids.login, "zoe.neuve@bellefontaine.example")
