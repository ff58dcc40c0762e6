"""Each legal basis from its draft to its force, by the methods that the pages call: the tour
`agreement_bases` clicks through five of them."""

from datetime import timedelta

from odoo.exceptions import RedirectWarning, UserError, ValidationError
from odoo.fields import Command
from odoo.tests import tagged

from ..common import CommuneCase
from .service_case import (
    OPINIONS,
    complete_epci,
    make_agreement,
    make_offer,
    make_service,
    sign_for_commune,
    sign_for_epci,
)

# Kind of the intercommunality -> code of the basis: form, price of an option that it allows, price
# that it refuses. A management centre is no intercommunality: a database without a kind is for it.
# L5111-1 is missing: it holds between communes, never with their intercommunality.
BASES = {
    "CC": {
        "L5211-4-1": ("paid", "unit", "free"),
        "L5211-4-2": ("shared", "compensation", None),
        "L5211-4-3": ("loan", "free", "inhabitant"),
        "CCP L2113-6": ("group", "fixed_variable", "compensation"),
        "L5211-4-4": ("group", "free", "unit"),
        "L5214-16-1": ("framework", "inhabitant", "compensation"),
        "CCP L2511-1": ("paid", "band", "compensation"),
        "L5221-1": ("framework", "inhabitant", "works"),
        "CSI L512-2": ("paid", "unit", None),
    },
    "METRO": {"L5215-27": ("paid", "unit", "compensation")},
    "CA": {"L5216-7-1": ("advice", "free", "compensation")},
    "CDG": {"CGFP L452-44": ("paid", "unit", "free")},
}
FIGURES = {
    "free": {},
    "unit": {"unit": 250, "unit_name": "jour"},
    "compensation": {"fixed": 3_000},
    "fixed_variable": {"fixed": 365, "unit": 10, "unit_name": "jour"},
    "inhabitant": {"unit": 0.5},
    "band": {"bands": [(0, 100)]},
    "works": {},
}
BY_USE = {"unit", "fixed_variable"}
WITH_OPINIONS = {"L5211-4-1", "L5211-4-2"}
WITH_IMPACT = {"L5211-4-2"}
NO_VOTE = dict.fromkeys(
    f"{side}_{act}"
    for side in ("commune", "epci")
    for act in ("deliberation_ref", "deliberation_date", "transmission_date", "publication_date")
)


@tagged("post_install", "-at_install")
class TestAgreementBases(CommuneCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        complete_epci(cls)
        cls.portal_a.partner_id.email = "anne.aubry@aubrive.example"

    def _ago(self, days):
        return self.today - timedelta(days=days)

    def _offer(self, name, kind):
        return make_offer(self, make_service(self, name), name, kind=kind, **FIGURES[kind])

    def test_every_basis_that_a_commune_may_use_is_here(self):
        bases = self.env["commune.legal.basis"].search([("is_between_others", "=", False)])
        self.assertEqual(
            set(bases.mapped("code")), {code for one in BASES.values() for code in one}
        )

    def test_a_convention_of_each_basis_comes_into_force(self):
        for kind, bases in BASES.items():
            self.epci.epci_kind = kind != "CDG" and kind
            for code in bases:
                with self.subTest(basis=code):
                    self._go_through(code, *bases[code])

    def _go_through(self, code, form, allowed, refused):
        basis = self.env["commune.legal.basis"].search([("code", "=", code)])
        basis.confirmed_by = "Service juridique, 3 février 2027"
        option = self._offer(f"Option {code}", allowed)
        draft = make_agreement(
            self,
            self.commune_a,
            option,
            name=f"Convention {code}",
            legal_basis_id=basis.id,
            contract_form=form,
            **NO_VOTE,
        ).with_user(self.officer)
        if refused:
            other = self._offer(f"Refused {code}", refused)
            with self.assertRaisesRegex(ValidationError, "not allowed by"), self.cr.savepoint():
                draft.offer_ids |= other
        self._prepare(draft, code, option, allowed)
        draft.action_send_pack()
        self.assertTrue(draft.pack_attachment_ids)
        acts = draft.env["commune.agreement.acts"].with_user(self.portal_a)
        days = [str(self._ago(days)) for days in (20, 15, 10)]
        acts._report_vote(draft.with_user(self.portal_a), "2026-1", *days)
        with self.assertRaisesRegex(UserError, "2131-1"), self.cr.savepoint():
            draft.action_deliberate()
        draft.write(
            {
                "epci_deliberation_ref": f"CC-{code}",
                "epci_deliberation_date": self._ago(18),
                "epci_transmission_date": self._ago(12),
                "epci_publication_date": self._ago(8),
            }
        )
        draft.action_deliberate()
        self.assertEqual(draft.state, "deliberated")
        sign_for_commune(draft, self.portal_a)
        sign_for_epci(self, draft)
        self.assertEqual(draft.state, "active")
        self.assertEqual(draft.subscription_ids.offer_id, option)
        self.assertEqual(draft.subscription_ids.date_start, self.today)
        self.assertEqual((draft.sign_name, draft.epci_sign_name), ("Anne AUBRY", "Paule PRESLE"))
        words = basis.citation.split()[:5]
        self.assertIn(" ".join(words), " ".join(str(draft.document_body).split()))

    def _prepare(self, draft, code, option, kind):
        """What the basis and the price ask for before the vote, refused while it is missing."""
        if code in WITH_OPINIONS:
            self._check_refused(draft, "fill in: “Opinion of the staff committee")
            day = self._ago(50)
            draft.write({**OPINIONS, "commune_opinion_date": day, "epci_opinion_date": day})
        if kind in BY_USE:
            self._check_refused(draft, "depends on")
            draft.forecast_ids = [Command.create({"offer_id": option.id, "quantity": 20})]
        if code in WITH_IMPACT:
            for name in ("organisation", "conditions", "pay", "rights"):
                draft[f"impact_{name}"] = "Rien ne change"

    def _check_refused(self, draft, words):
        with self.assertRaisesRegex((UserError, RedirectWarning), words), self.cr.savepoint():
            draft.action_send_pack()
