"""A town-hall secretary on her telephone: her communes, a choice, a new colleague."""

from unittest.mock import patch

from odoo.tests import HttpCase, tagged

from ..common import CommuneCase
from ..test_portal_home import HomeCase
from .common import SlowPhoneCase


@tagged("post_install", "-at_install")
class TestPortalHomeTour(CommuneCase, SlowPhoneCase):
    browser_size = "375x667"
    touch_enabled = True

    def test_a_secretary_chooses_a_commune_and_invites_a_colleague(self):
        self.env.company.email = "relations@deuxrives.example"
        self.start_tour("/my", "commune_relations.portal_home", login="test_secretary_ab")
        self.assertEqual(self.portal_both.portal_commune_id, self.commune_b)
        colleague = self.env["res.partner"].search([("lastname", "=", "NEUVE")])
        self.assertEqual(colleague.held_mandate_ids.commune_id, self.commune_b)
        self.assertEqual(colleague.user_ids.login, "zoe.neuve@bellefontaine.example")


@tagged("post_install", "-at_install")
class TestPortalHomeHeight(HomeCase, HttpCase):
    """What waits and the four families, on two screens of a small telephone: even for who has used
    everything, in French, with more to do than is shown."""

    browser_size = "375x667"
    touch_enabled = True

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.env["res.lang"]._activate_lang("fr_FR")
        cls.env.company.phone = "03 87 00 00 00"
        cls.third = cls.env["res.partner"].create(
            {
                "name": "Longeville-sur-l’Orne",
                "is_company": True,
                "is_commune": True,
                "insee_code": "57999",
                "epci_id": cls.epci.id,
            }
        )

    def _measure(self, user, communes):
        user.lang = "fr_FR"
        for number, commune in enumerate(communes * 5):
            self._ask_answer_of(commune, f"Les services aux communes en {2026 + number}", 9)
        home = self.env.registry["commune.portal.home"]
        used = patch.object(home, "_get_known", lambda _self, cards: {one.url for one in cards})
        with used:
            self.start_tour("/my", "commune_relations.home_on_two_screens", login=user.login)

    def test_a_mayor(self):
        self._seat(self.portal_a)
        self._measure(self.portal_a, [self.commune_a])

    def test_the_whole_page_of_a_busy_mayor(self):
        """Foot included; what the commune uses not is folded."""
        self.portal_a.lang = "fr_FR"
        self.env.company.email = "relations@deuxrives.example"
        for number in range(4):
            self._ask_word_of(self.commune_a, self.portal_a.partner_id, "Avaloir bouché au coin")
            self._ask_answer_of(self.commune_a, f"Les services aux communes {number}", 9)
        self.start_tour(
            "/my", "commune_relations.home_whole_on_two_screens", login=self.portal_a.login
        )

    def test_a_secretary_of_three_communes(self):
        self.env["commune.mandate"].create(
            self._mandate_values(self.portal_both, self.third, "town_hall_secretary")
        )
        self._measure(self.portal_both, [self.commune_a, self.commune_b, self.third])

    def test_a_councillor(self):
        self._measure(self.portal_a_limited, [self.commune_a])
