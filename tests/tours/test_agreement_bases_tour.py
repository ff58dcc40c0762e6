"""Conventions of each kind of organisation from their draft to their force: the officer and the
president in the office, the mayor on a phone. `test_agreement_bases` has every legal basis."""

from datetime import timedelta

from odoo.tests import HttpCase, tagged

from ..common import CommuneCase
from ..services.service_case import complete_epci, get_president, make_offer, make_service
from .common import without_missing_asset

OFFICE, PHONE = ("1400x900", False), ("375x667", True)
# Kind of the intercommunality -> code of the basis: price of an option that it allows, and of one
# that it refuses. A management centre is no intercommunality: a database without a kind is for it.
BASES = {
    "CC": {"L5211-4-1": ("unit", "free"), "L5211-4-2": ("compensation", None)},
    "METRO": {"L5215-27": ("unit", "compensation")},
    "CA": {"L5216-7-1": ("free", "compensation")},
    "CDG": {"CGFP L452-44": ("unit", "free")},
}
FIGURES = {
    "free": {},
    "unit": {"unit": 250, "unit_name": "jour"},
    "compensation": {"fixed": 3_000},
}


@tagged("post_install", "-at_install")
class TestAgreementBasesTour(CommuneCase, HttpCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        complete_epci(cls)
        cls.portal_a.partner_id.email = "anne.aubry@aubrive.example"
        cls.options = {}
        for bases in BASES.values():
            for code, (allowed, refused) in bases.items():
                cls.options[code] = cls._offer(f"Option {code}", allowed)
                if refused:
                    cls._offer(f"Refused {code}", refused)

    @classmethod
    def _offer(cls, name, kind):
        return make_offer(cls, make_service(cls, name), name, kind=kind, **FIGURES[kind])

    def _tour(self, name, user, screen=OFFICE, path="/odoo/conventions"):
        user.password = user.login
        self.browser_size, self.touch_enabled = screen
        tour = f"commune_relations.agreement_bases_{name}"
        self.start_tour(path, tour, login=user.login, timeout=240)

    def _in_each_place(self, name, path):
        for kind in BASES:
            self.epci.epci_kind = kind != "CDG" and kind
            self._tour(f"{name}_{kind}", self.officer, path=path)

    def test_a_convention_of_each_kind_comes_into_force(self):
        without_missing_asset(self.env)
        bases = self.env["commune.legal.basis"].search([("code", "in", list(self.options))])
        unread = bases.filtered(lambda basis: not basis.version_read)
        unread.confirmed_by = "Service juridique, 3 février 2027"
        self._in_each_place("draft", "/odoo/conventions/new")
        self._tour("vote", self.portal_a, PHONE, "/my/agreements")
        self._in_each_place("deliberate", "/odoo/conventions")
        self._tour("mayor", self.portal_a, PHONE, "/my/agreements")
        self._tour("president", get_president(self))
        for code, option in self.options.items():
            with self.subTest(basis=code):
                self._check_in_force(code, option)

    def _check_in_force(self, code, option):
        agreement = self.env["agreement"].search([("name", "=", f"Convention {code}")])
        self.assertEqual(agreement.legal_basis_id.code, code)
        self.assertEqual(agreement.state, "active")
        self.assertEqual(agreement.subscription_ids.offer_id, option)
        self.assertEqual(agreement.subscription_ids.date_start, self.today)
        signed = (agreement.sign_name, agreement.epci_sign_name)
        self.assertEqual(signed, ("Anne AUBRY", "Paule PRESLE"))
        days = {
            "commune_deliberation_date": 20,
            "commune_transmission_date": 15,
            "commune_publication_date": 10,
            "epci_deliberation_date": 18,
            "epci_transmission_date": 12,
            "epci_publication_date": 8,
            "signature_date": 0,
        }
        for name, ago in days.items():
            self.assertEqual(agreement[name], self.today - timedelta(days=ago), name)
        words = agreement.legal_basis_id.citation.split()[:5]
        self.assertIn(" ".join(words), " ".join(str(agreement.document_body).split()))
