"""Legal bases and what they allow; model texts made of clauses, compulsory by legal basis."""

import re

from odoo.exceptions import UserError, ValidationError
from odoo.fields import Command
from odoo.tests import tagged
from odoo.tools import html2plaintext

from ..common import CommuneCase, migrate
from .service_case import OPINIONS, make_agreement, make_offer, make_service

MODULE = "commune_relations"
# Legal basis -> kind of intercommunality, form, kind of price, model text that is taken.
TEXTS = {
    "l5211_4_1": ("CC", "paid", "unit", "provision"),
    "l5211_4_2": ("CC", "shared", "compensation", "shared"),
    "l5211_4_3": ("CC", "loan", "free", "goods"),
    "l5211_4_4": ("CC", "group", "free", "group"),
    "l2113_6": ("CC", "group", "unit", "group"),
    "l5215_27": ("METRO", "paid", "works", "entrusted"),
    "l5216_7_1": ("CA", "advice", "free", "entrusted"),
    "l5214_16_1": ("CC", "paid", "inhabitant", "entrusted"),
    "ccp_l2511_1": ("CU", "paid", "band", "service"),
    "l5221_1": ("CC", "framework", "inhabitant", "entente"),
    "csi_l512_2": ("CC", "paid", "unit", "provision"),
    "l452_44": (False, "paid", "unit", "replacement"),
}


@tagged("post_install", "-at_install")
class TestAgreementClauses(CommuneCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.offer = make_offer(cls, make_service(cls), kind="inhabitant", unit=0.5)

    def _basis(self, name):
        return self.env.ref(f"{MODULE}.legal_basis_{name}")

    def _clause(self, name):
        return self.env.ref(f"{MODULE}.clause_{name}")

    def _offer_at(self, kind, **values):
        service = make_service(self, f"Service {kind}", **values)
        figures = {"bands": [(0, 100)]} if kind == "band" else {}
        return make_offer(self, service, f"Option {kind}", kind=kind, **figures)

    def _agree(self, basis, offer, **values):
        return make_agreement(
            self, self.commune_a, offer, legal_basis_id=self._basis(basis).id, **values
        )

    def _text(self, agreement):
        return html2plaintext(
            str(agreement.env["commune.agreement.document"]._render_body(agreement))
        )

    # what a basis allows

    def test_a_basis_of_another_kind_of_intercommunality_is_refused(self):
        with self.assertRaisesRegex(ValidationError, "L5215-27.*not open to this kind"):
            self._agree("l5215_27", self.offer)
        self.epci.epci_kind = "METRO"
        agreement = self._agree("l5215_27", self.offer)
        with self.assertRaisesRegex(ValidationError, "L5214-16-1"):
            agreement.legal_basis_id = self._basis("l5214_16_1")
        with self.assertRaisesRegex(ValidationError, "L5214-16-1"):
            self.offer.service_id.legal_basis_id = self._basis("l5214_16_1")

    def test_a_convention_with_a_commune_is_no_agreement_between_communes(self):
        with self.assertRaisesRegex(ValidationError, "does not hold between"):
            self._agree("l5111_1", self.offer)

    def test_services_made_available_have_a_price_by_unit_only(self):
        service = make_service(self, "Archives", legal_basis_id=self._basis("l5211_4_1").id)
        for kind in ("free", "inhabitant", "band", "fixed_variable", "works", "compensation"):
            with self.subTest(kind=kind), self.assertRaisesRegex(ValidationError, "not allowed by"):
                make_offer(self, service, f"Option {kind}", kind=kind)
        self.assertTrue(make_offer(self, service, "Journée", kind="unit", unit=265))
        with self.assertRaisesRegex(ValidationError, "not allowed by"):
            self.offer.service_id.legal_basis_id = self._basis("l5211_4_1")
        with self.assertRaisesRegex(ValidationError, "not allowed by"):
            self._agree("l5211_4_1", self.offer)

    def test_a_form_that_the_basis_does_not_know_is_refused(self):
        with self.assertRaisesRegex(ValidationError, "does not go with the form"):
            self._agree("l2113_6", self.offer, contract_form="framework")

    def test_a_former_agreement_is_reported_and_a_draft_is_not_signed(self):
        agreement = self._agree("l5214_16_1", self.offer)
        running = self._agree("l5214_16_1", self.offer)
        running.sudo().write({"state": "active", "before_acts": True})
        self.assertFalse(agreement.basis_warning)
        self.epci.epci_kind = "CA"
        (agreement | running).invalidate_recordset(["basis_warning"])
        running.user_id = self.officer
        self.assertIn("L5214-16-1", running.basis_warning)
        self.assertIn("L5214-16-1", agreement.basis_warning)
        with self.assertRaisesRegex(UserError, "not open to this kind"):
            agreement.action_deliberate()
        running.action_amend()
        self.assertEqual(running.amendment_ids.legal_basis_id, agreement.legal_basis_id)

    def test_a_key_that_does_not_exist_is_refused(self):
        for name in ("contract_forms", "price_kinds", "epci_kinds"):
            with self.subTest(name=name), self.assertRaisesRegex(ValidationError, "forfait"):
                self._basis("l5211_4_1")[name] = "forfait"

    # payment

    def test_the_text_says_which_of_the_two_payments_it_is(self):
        paid = self._offer_at("unit")
        agreement = self._agree("l5211_4_2", paid)
        self.assertEqual(agreement.payment_kind, "invoiced")
        self.assertIn(self._clause("cout_facture").name, self._text(agreement))
        agreement.payment_kind = "withheld"
        self.assertNotIn(self._clause("cout_facture").name, self._text(agreement))
        self.assertIn(self._clause("cout_retenu").name, self._text(agreement))
        # The council votes the text of the agreement.
        self.assertNotIn(
            "credits", agreement.env["commune.agreement.document"]._describe_payment(agreement)
        )
        self.assertIn(
            "attribution de compensation",
            agreement.env["commune.agreement.document"]._describe_payment(agreement),
        )
        kept = self._offer_at("compensation")
        agreement.offer_ids |= kept
        self.assertEqual(agreement.payment_kind, "withheld")
        agreement.payment_kind = "both"
        withheld, invoiced = agreement.env["commune.agreement.document"]._split_offers(agreement)
        self.assertEqual((withheld, invoiced), (kept, paid))

    def test_an_amount_is_retained_for_a_shared_service_only(self):
        agreement = self._agree("l5214_16_1", self._offer_at("unit"))
        with self.assertRaisesRegex(ValidationError, "for a shared service"):
            agreement.payment_kind = "withheld"

    def test_the_text_does_not_deny_the_prices(self):
        agreement = self._agree("l5211_4_2", self._offer_at("compensation"))
        with self.assertRaisesRegex(ValidationError, "cannot say that it is invoiced"):
            agreement.payment_kind = "invoiced"
        with self.assertRaisesRegex(ValidationError, "free of charge"):
            agreement.payment_kind = "free"
        gift = self._agree("l5214_16_1", self._offer_at("free"))
        self.assertEqual(gift.payment_kind, "free")
        self.assertIn(self._clause("cout_gratuit").name, self._text(gift))

    # model texts

    def test_each_basis_has_its_text_with_every_compulsory_clause(self):
        for name, (kind, form, price, text) in TEXTS.items():
            with self.subTest(basis=name):
                self.epci.epci_kind = kind
                agreement = self._agree(name, self._offer_at(price), contract_form=form)
                template = self.env.ref(f"{MODULE}.agreement_template_{text}")
                self.assertEqual(agreement._get_template(), template)
                self.assertFalse(
                    agreement.env["commune.agreement.document"]._get_missing_clauses(agreement)
                )
                plain = self._text(agreement)
                self.assertIn(" ".join(agreement.legal_basis_id.citation.split()[:4]), plain)
                self.assertNotIn("{", plain)
                numbers = [int(n) for n in re.findall(r"Article (\d+) – ", plain)]
                self.assertEqual(numbers, list(range(1, len(numbers) + 1)))
                self.assertGreater(len(numbers), 9)
        bases = self.env["commune.legal.basis"].search([("is_between_others", "=", False)])
        tried = self.env["commune.legal.basis"].union(*map(self._basis, TEXTS))
        self.assertEqual(bases, bases & tried)

    def test_a_framework_carries_the_clauses_of_each_option(self):
        shared = self._offer_at("unit", legal_basis_id=self._basis("l5211_4_2").id)
        lent = self._offer_at("free", legal_basis_id=self._basis("l5211_4_3").id)
        agreement = self._agree("l5214_16_1", self.offer)
        agents, goods = self._clause("agents_sc").name, self._clause("biens_perte").name
        self.assertNotIn(agents, self._text(agreement))
        agreement.offer_ids |= shared | lent
        text = self._text(agreement)
        for words in (agents, goods, "L. 5211-4-2", "L. 5211-4-3", "L. 5214-16-1"):
            self.assertIn(words, text.replace("\N{NO-BREAK SPACE}", " "))
        template = self.env.ref(f"{MODULE}.agreement_template_framework")
        template.clause_ids -= self._clause("agents_sc")
        self.assertEqual(
            agreement.env["commune.agreement.document"]._get_missing_clauses(agreement),
            self._clause("agents_sc"),
        )

    def test_a_purpose_points_to_the_article_that_lists_the_options(self):
        """“les missions suivantes.” followed by nothing has no purpose."""
        found, templates = set(), self.env["commune.agreement.template"]
        for template in templates.search([("clause_ids", "!=", False)]):
            _head, first, second, *_others = template.body.split("<h2>Article ")
            first, second = html2plaintext(first), html2plaintext(second)
            self.assertNotRegex(first, r"suivante?s\b", template.name)
            if "énumér" in first:
                found.add(template.name)
                self.assertIn("à l’article 2", first)
                self.assertIn("Options choisies", second, template.name)
        self.assertGreaterEqual(len(found), 6)

    def test_a_shared_service_says_its_agents_what_is_paid_back_and_its_end(self):
        agreement = self._agree("l5211_4_2", self._offer_at("unit"), contract_form="shared")
        agreement.impact_ids = [
            Command.create({"name": "Instructeur", "agent_count": 3, "share": 40}),
            Command.create({"name": "Instructrice", "ratio": 50, "share": 20}),
        ]
        text = self._text(agreement).replace("\N{NO-BREAK SPACE}", " ")
        self.assertIn("transférés est de 0 ; celui des agents mis à disposition est de 4.", text)
        for words in ("à titre individuel", "au vu de l’état qu’elle lui adresse"):
            self.assertIn(words, text)
        for name in ("prix_revision", "fin_sc"):
            self.assertIn(self._clause(name).name, text)
        # 3 x 0.40 + 0.50 x 0.20: 1.30 in all
        self.assertRegex(
            str(agreement.env["commune.agreement.document"]._render_impact(agreement)).split("7. ")[
                1
            ],
            "1.30 full-time",
        )
        self.assertIn(
            "; to enter in receipts",
            agreement.env["commune.agreement.document"]._describe_payment(agreement),
        )
        agreement.impact_ids.share = 100
        self.assertNotIn(
            "in receipts", agreement.env["commune.agreement.document"]._describe_payment(agreement)
        )
        text = self._text(agreement).replace("\N{NO-BREAK SPACE}", " ")
        self.assertIn("transférés est de 4 ; celui des agents mis à disposition est de 0.", text)
        self.assertNotIn(
            "Paid back", str(agreement.env["commune.agreement.document"]._render_impact(agreement))
        )

    def test_the_impact_sheet_says_how_what_is_paid_back_is_worked_out_and_its_amount(self):
        """3 × 40 % of 45,000.10 € = 54,000.12 €; 50 % × 20 % of 38,000.05 € = 3,800.005, to the
        cent 3,800.01 €; the third has no cost yet, the fourth is transferred."""
        agreement = self._agree("l5211_4_2", self._offer_at("unit"), contract_form="shared")
        agreement.impact_ids = [
            Command.create({"name": "Instructeur", "agent_count": 3, "share": 40}),
            Command.create({"name": "Instructrice", "ratio": 50, "share": 20}),
            Command.create({"name": "Accueil", "share": 10}),
            Command.create({"name": "Chef", "share": 100, "full_time_cost": 60000}),
        ]
        first, second, third, _fourth = agreement.impact_ids

        def read():
            sheet = str(
                agreement.env["commune.agreement.document"]._render_impact(agreement)
            ).split("7. ")[1]
            return sheet.replace("\N{NO-BREAK SPACE}", " ")

        self.assertIn("number of agents × working time × part given", read())
        self.assertNotIn("Yearly amount", read())
        first.full_time_cost, second.full_time_cost = 45000.1, 38000.05
        self.assertEqual(agreement.impact_ids.mapped("paid_back"), [54000.12, 3800.01, 0, 0])
        self.assertRegex(read(), "Instructeur – 1.20 × 45.000.10 € = 54.000.12 €")
        self.assertRegex(read(), "Yearly amount for these posts, .*57.800.13")
        self.assertNotIn("Chef –", read())
        third.full_time_cost = 30000
        self.assertRegex(read(), "Yearly amount, at the costs of today: 60.800.13 €")

    def test_another_basis_says_nothing_of_the_agents_of_a_shared_service(self):
        text = self._text(self._agree("l5214_16_1", self._offer_at("unit")))
        for name in ("prix_revision", "fin_sc", "agents_sc"):
            self.assertNotIn(self._clause(name).name, text)

    def test_a_text_without_a_compulsory_clause_is_not_signed(self):
        agreement = self._agree("l5214_16_1", self.offer)
        template = agreement._get_template()
        for name in ("litiges", "donnees_st", "cout_facture", "population"):
            clause = self._clause(name)
            template.clause_ids -= clause
            with self.subTest(name=name), self.assertRaisesRegex(UserError, clause.name):
                agreement.action_deliberate()
            template.clause_ids |= clause
        agreement.action_deliberate()
        self.assertEqual(agreement.state, "deliberated")

    def test_words_of_ones_own_are_shown_and_signed(self):
        agreement = self._agree("l5214_16_1", self.offer)
        agreement.action_take_template()
        self.assertFalse(agreement.clause_warning)
        agreement.body = agreement.body.replace(self._clause("assurance").name, "Divers")
        self.assertEqual(agreement.clause_warning, self._clause("assurance").name)
        agreement.action_deliberate()
        self.assertIn("Divers", str(agreement.sudo().document_body))

    def test_a_signed_text_does_not_follow_its_clauses(self):
        agreement = self._agree("l5214_16_1", self.offer)
        agreement.action_deliberate()
        before = agreement.sudo().document_body
        self._clause("litiges").body = "<p>Autre tribunal</p>"
        template = self.env.ref(f"{MODULE}.agreement_template_framework")
        self.assertIn("Autre tribunal", template.body)
        self.assertEqual(agreement.sudo().document_body, before)

    def test_a_replacement_by_the_intercommunality_says_who_signs_no_act(self):
        """Under L5211-4-1 too, whichever model text is taken; not where archives are lent."""
        travail = self._clause("remp_travail")
        lent = self._offer_at("unit", legal_basis_id=self._basis("l5211_4_1").id)
        for form, text in (
            ("paid", "provision"),
            ("paid", "replacement_provision"),
            ("framework", "framework"),
        ):
            with self.subTest(text=text):
                template = self.env.ref(f"{MODULE}.agreement_template_{text}")
                agreement = self._agree(
                    "l5211_4_1", lent, contract_form=form, template_id=template.id, **OPINIONS
                )
                lent.is_replacement = False
                self.assertNotIn(travail.name, self._text(agreement))
                lent.is_replacement = True
                plain = self._text(agreement).replace("\N{NO-BREAK SPACE}", " ")
                self.assertIn(travail.name, plain)
                self.assertIn("art. R. 2122-10) ; l’agent mis à disposition ne la reçoit", plain)
                template.clause_ids -= travail
                with self.assertRaisesRegex(UserError, travail.name):
                    agreement.action_deliberate()
                lent.is_replacement = False
                self.assertFalse(
                    agreement.env["commune.agreement.document"]._get_missing_clauses(agreement)
                )

    def test_a_replacement_by_another_basis_does_not_ask_for_that_clause(self):
        offer = self._offer_at("unit")
        offer.is_replacement = True
        agreement = self._agree("l5211_4_2", offer, contract_form="shared")
        self.assertNotIn(
            self._clause("remp_travail"),
            agreement.env["commune.agreement.document"]._get_missing_clauses(agreement),
        )

    def test_an_update_gives_the_clause_to_the_texts_of_before(self):
        travail, basis = self._clause("remp_travail"), self._basis("l5211_4_1")
        texts = self.env["commune.agreement.template"].union(
            *(
                self.env.ref(f"{MODULE}.agreement_template_{name}")
                for name in ("framework", "provision")
            )
        )
        shipped, texts.clause_ids = travail.body, texts.clause_ids - travail
        travail.write({"condition": "always", "basis_ids": [Command.unlink(basis.id)]})
        travail.body = shipped.replace(
            " (code général des collectivités territoriales, art. R. 2122-10)", ""
        )
        self.assertNotEqual(travail.body, shipped)
        migrate(self.env, "replacement_clause")
        self.assertEqual((travail.condition, travail.body), ("replacement", shipped))
        self.assertIn(basis, travail.basis_ids)
        for text in texts:
            self.assertIn(travail, text.clause_ids)
        travail.write({"condition": "basis", "body": "<p>Nos propres mots</p>"})
        migrate(self.env, "replacement_clause")
        self.assertEqual(travail.condition, "basis")
        self.assertIn("Nos propres mots", travail.body)

    def test_population_and_court_are_named(self):
        agreement = self._agree("l5214_16_1", self.offer)
        words = agreement.env["commune.agreement.document"]._get_words(agreement)
        self.assertEqual(words["de_tribunal"], "de Strasbourg")
        self.assertRegex(words["population"], r"4\s200 .*Insee.* 2023")
        self.assertIn(self._clause("population").name, self._text(agreement))
        agreement.offer_ids = self._offer_at("unit")
        self.assertNotIn(self._clause("population").name, self._text(agreement))
        self.env["commune.service.population"].create(
            {
                "commune_id": self.commune_a.id,
                "year": agreement.start_date.year,
                "population": 4321,
                "population_year": 2024,
            }
        )
        self.assertRegex(
            agreement.env["commune.agreement.document"]._get_words(agreement)["population"],
            r"4\s321 .* 2024",
        )

    def test_the_signature_of_permits_is_delegated_where_permits_are_prepared(self):
        agreement = self._agree("l5211_4_2", self._offer_at("unit"), contract_form="shared")
        title = self._clause("signature_ads").name
        self.assertNotIn(title, self._text(agreement))
        topic = self.env["commune.topic"].search([("code", "=", "URB-ADS")])
        agreement.offer_ids.service_id.topic_id = topic
        self.assertIn(title, self._text(agreement))

    def test_an_unknown_word_is_refused_in_a_clause(self):
        with self.assertRaisesRegex(ValidationError, "monnaie"):
            self._clause("duree").body = "<p>{monnaie}</p>"

    # databases of before
