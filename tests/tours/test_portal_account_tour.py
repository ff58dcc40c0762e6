"""On a phone: one's own contact data, two-factor authentication, the buttons of the colleagues."""

from odoo.tests import tagged

from ..territory.portal_case import PortalCase


@tagged("post_install", "-at_install")
class TestPortalAccountTour(PortalCase):
    browser_size = "375x812"

    def test_a_wrong_code_is_shown_in_words(self):
        self.start_tour("/my/security", "commune_relations.second_factor", login="test_mayor_a")
        self.assertFalse(self.portal_a.totp_enabled)

    def test_a_mayor_changes_an_address(self):
        self.portal_a.partner_id.email = "anne.aubry@aubrive.example"
        self.start_tour("/my/account", "commune_relations.own_account", login="test_mayor_a")
        self.assertEqual(self.portal_a.email, "anne@nouveau.example")

    def test_the_buttons_that_unfold_look_like_buttons(self):
        self.start_tour(
            "/my/colleagues", "commune_relations.colleague_buttons", login="test_mayor_a"
        )
