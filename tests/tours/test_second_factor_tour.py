"""On a phone: the dialog of two-factor authentication, and the buttons of the colleagues."""

from odoo.tests import tagged

from ..territory.portal_case import PortalCase


@tagged("post_install", "-at_install")
class TestSecondFactorTour(PortalCase):
    browser_size = "375x812"

    def test_a_wrong_code_is_said_in_words(self):
        self.start_tour("/my/security", "commune_relations.second_factor", login="test_mayor_a")
        self.assertFalse(self.portal_a.totp_enabled)

    def test_the_buttons_that_unfold_look_like_buttons(self):
        self.start_tour(
            "/my/colleagues", "commune_relations.colleague_buttons", login="test_mayor_a"
        )
