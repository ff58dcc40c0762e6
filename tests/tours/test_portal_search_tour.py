"""The search box of the portal on a telephone: typed wrong, why it was found, call, write."""

from odoo.tests import tagged

from ..common import CommuneCase
from .common import SlowPhoneCase


@tagged("post_install", "-at_install")
class TestPortalSearchTour(CommuneCase, SlowPhoneCase):
    browser_size = "375x667"
    touch_enabled = True

    def test_a_mayor_looks_for_who_answers(self):
        self.env["res.lang"]._activate_lang("fr_FR")
        self.portal_a.lang = "fr_FR"
        self.env.company.phone = "03 87 00 00 00"
        topic = self.env["commune.topic"].search([("code", "=", "VOI-ECL")])
        self.officer.partner_id.write(
            {"firstname": "Claire", "lastname": "VAUTRIN", "phone": "03 87 11 22 33"}
        )
        self.env["commune.topic.referent"].create(
            {"topic_id": topic.id, "user_id": self.officer.id}
        )
        self.start_tour("/my", "commune_relations.portal_search", login="test_mayor_a")
