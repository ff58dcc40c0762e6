"""A convention from its draft to its force: the officer, the mayor on a phone, the president."""

from odoo.tests import tagged

from ..common import CommuneCase
from ..services.service_case import get_president, make_agreement, make_offer, make_service
from .common import SlowPhoneCase, without_missing_asset


class LifeCase(CommuneCase, SlowPhoneCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.offer = make_offer(cls, make_service(cls), kind="free")
        cls.agreement = make_agreement(
            cls, cls.commune_a, cls.offer, commune_publication_date=False
        )

    def _tour(self, name, user):
        user.password = user.login
        path = f"/odoo/conventions/{self.agreement.id}"
        self.start_tour(path, f"commune_relations.{name}", login=user.login)


@tagged("post_install", "-at_install")
class TestAgreementOfficeTour(LifeCase):
    def test_an_officer_then_the_president(self):
        without_missing_asset(self.env)
        self._tour("agreement_deliberate", self.officer)
        self.assertEqual(self.agreement.commune_publication_date, self.today)
        self.agreement.commune_signature_date = self.today
        self.agreement.action_sign_paper()
        self._tour("agreement_president", get_president(self))
        self.assertEqual(self.agreement.state, "active")
        self.assertEqual(self.agreement.epci_sign_name, "Paule PRESLE")
        self.assertTrue(self.agreement.epci_signature)


@tagged("post_install", "-at_install")
class TestAgreementPhoneTour(LifeCase):
    browser_size = "375x667"
    touch_enabled = True

    def test_the_mayor_signs_and_reads_what_it_waits_for(self):
        self.agreement.commune_publication_date = "2026-04-14"
        self.agreement.action_deliberate()
        self.start_tour("/my", "commune_relations.agreement_mayor", login="test_mayor_a")
        self.assertEqual(self.agreement.signature_step, "commune")
        self.assertEqual(self.agreement.sign_name, "Anne AUBRY")
