"""A date that is missing, to come or out of order: the very sentence that its reader has, in
French."""

from datetime import date, timedelta
from functools import partial

from odoo.exceptions import UserError
from odoo.tests import tagged

from ..common import CommuneCase
from .pack_case import plain
from .service_case import (
    ACTS,
    OPINIONS,
    complete_epci,
    make_agreement,
    make_offer,
    make_service,
    sign_for_commune,
    sign_for_epci,
)

ENFORCEABLE = (
    "Une délibération est votée, puis publiée et transmise au représentant de l’État : elle permet"
    " de signer à partir de ce moment (CGCT, art. L. 2131-1 et L. 5211-3)."
)
OPINION = "Le comité social territorial rend son avis avant le vote de l’assemblée."
IN_FORCE = (
    "Une convention prend effet une fois que les deux parties ont délibéré et signé ; si son texte"
    " en dispose autrement, cochez « Prend effet rétroactivement » et écrivez pourquoi."
)
LABELS = {
    "commune_deliberation_ref": "Délibération de la commune",
    "commune_deliberation_date": "Date de la délibération de la commune",
    "commune_transmission_date": "Délibération de la commune transmise au représentant de l’État"
    " le",
    "commune_publication_date": "Délibération de la commune publiée le",
    "commune_signature_date": "Signée par la commune le",
    "commune_opinion_date": "Avis du comité social territorial de la commune le",
    "commune_opinion": "Sens de l’avis du comité social territorial de la commune",
    "epci_deliberation_ref": "Délibération de l’intercommunalité",
    "epci_deliberation_date": "Date de la délibération de l’intercommunalité",
    "epci_transmission_date": "Délibération de l’intercommunalité transmise au représentant de"
    " l’État le",
    "epci_publication_date": "Délibération de l’intercommunalité publiée le",
    "epci_signature_date": "Signée par l’intercommunalité le",
    "epci_opinion_date": "Avis du comité social territorial de l’intercommunalité le",
    "epci_opinion": "Sens de l’avis du comité social territorial de l’intercommunalité",
    "start_date": "Prend effet le",
}
# What is written over the votes of 10 April and 12 May, transmitted on 13 April and 15 May,
# published on 14 April and 18 May: the two dates of the sentence, and its text.
DISORDERS = [
    (
        {"commune_opinion_date": "2026-04-11"},
        ("commune_opinion_date", "11 avril 2026", "commune_deliberation_date", "10 avril 2026"),
        OPINION,
    ),
    (
        {"epci_opinion_date": "2026-05-13"},
        ("epci_opinion_date", "13 mai 2026", "epci_deliberation_date", "12 mai 2026"),
        OPINION,
    ),
    (
        {"commune_transmission_date": "2026-04-09"},
        (
            "commune_deliberation_date",
            "10 avril 2026",
            "commune_transmission_date",
            "9 avril 2026",
        ),
        ENFORCEABLE,
    ),
    (
        {"epci_transmission_date": "2026-05-11"},
        ("epci_deliberation_date", "12 mai 2026", "epci_transmission_date", "11 mai 2026"),
        ENFORCEABLE,
    ),
    (
        {"commune_publication_date": "2026-04-01"},
        (
            "commune_deliberation_date",
            "10 avril 2026",
            "commune_publication_date",
            "1er avril 2026",
        ),
        ENFORCEABLE,
    ),
    (
        {"epci_publication_date": "2026-05-11"},
        ("epci_deliberation_date", "12 mai 2026", "epci_publication_date", "11 mai 2026"),
        ENFORCEABLE,
    ),
    (
        {"commune_signature_date": "2026-04-09"},
        ("commune_deliberation_date", "10 avril 2026", "commune_signature_date", "9 avril 2026"),
        ENFORCEABLE,
    ),
    (
        {"commune_signature_date": "2026-04-12"},
        ("commune_transmission_date", "13 avril 2026", "commune_signature_date", "12 avril 2026"),
        ENFORCEABLE,
    ),
    (
        {"commune_signature_date": "2026-04-13"},
        ("commune_publication_date", "14 avril 2026", "commune_signature_date", "13 avril 2026"),
        ENFORCEABLE,
    ),
    (
        {"epci_signature_date": "2026-05-11"},
        ("epci_deliberation_date", "12 mai 2026", "epci_signature_date", "11 mai 2026"),
        ENFORCEABLE,
    ),
    (
        {"epci_signature_date": "2026-05-14"},
        ("epci_transmission_date", "15 mai 2026", "epci_signature_date", "14 mai 2026"),
        ENFORCEABLE,
    ),
    (
        {"epci_signature_date": "2026-05-17"},
        ("epci_publication_date", "18 mai 2026", "epci_signature_date", "17 mai 2026"),
        ENFORCEABLE,
    ),
    (
        {"start_date": "2026-04-09"},
        ("commune_deliberation_date", "10 avril 2026", "start_date", "9 avril 2026"),
        IN_FORCE,
    ),
    (
        {"start_date": "2026-05-11"},
        ("epci_deliberation_date", "12 mai 2026", "start_date", "11 mai 2026"),
        IN_FORCE,
    ),
    (
        {"start_date": "2026-06-01", "commune_signature_date": "2026-06-02"},
        ("commune_signature_date", "2 juin 2026", "start_date", "1er juin 2026"),
        IN_FORCE,
    ),
    (
        {"start_date": "2026-06-01", "epci_signature_date": "2026-06-02"},
        ("epci_signature_date", "2 juin 2026", "start_date", "1er juin 2026"),
        IN_FORCE,
    ),
]


@tagged("post_install", "-at_install")
class TestAgreementSentences(CommuneCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        complete_epci(cls)
        cls.env = cls.env(context=dict(cls.env.context, lang="fr_FR"))
        cls.portal_a.lang = "fr_FR"
        cls.offer = make_offer(cls, make_service(cls), kind="free")
        cls.agreement = cls._agree()

    @classmethod
    def _agree(cls, **values):
        return make_agreement(cls, cls.commune_a, cls.offer, **values)

    def _assert_refusal_shown(self, sentence, action, *args):
        """The action is refused by this very sentence, but for the kind of its spaces."""
        with self.assertRaises(UserError) as refused, self.cr.savepoint():
            action(*args)
            self.env.flush_all()
        self.assertEqual(plain(refused.exception.args[0]), plain(sentence))

    # out of order

    def test_two_dates_out_of_order_are_both_named_with_the_law(self):
        for values, (first, first_day, then, then_day), law in DISORDERS:
            with self.subTest(**values):
                self._assert_refusal_shown(
                    f"« {LABELS[first]} » ({first_day}) vient après « {LABELS[then]} »"
                    f" ({then_day}). {law}",
                    self.agreement.write,
                    values,
                )

    def test_each_on_the_day_of_the_former_is_in_order(self):
        """Opinion, vote, transmission, publication and signature of one day, for both sides."""
        names = ("opinion", "deliberation", "transmission", "publication", "signature")
        for side in ("commune", "epci"):
            self.agreement.write({f"{side}_{name}_date": "2026-06-01" for name in names})
        self.agreement.start_date = "2026-06-01"
        self.env.flush_all()
        self.assertFalse(
            self.agreement.env["commune.agreement.acts"]._get_order_problem(self.agreement)
        )

    # to come

    def test_what_is_done_is_not_still_to_come(self):
        tomorrow = self.today + timedelta(days=1)
        day = plain(self.env.company._format_document_date(tomorrow))
        for name, label in LABELS.items():
            if name.endswith("_date") and name != "start_date":
                with self.subTest(name=name):
                    self._assert_refusal_shown(
                        f"« {label} » : le {day} est encore à venir. Écrivez cette date une fois"
                        " l’acte accompli.",
                        self.agreement.write,
                        {name: tomorrow},
                    )

    # missing

    def test_each_act_that_is_missing_is_named_before_the_signature(self):
        for name in ACTS:
            with self.subTest(name=name):
                agreement = self._agree(**{name: False})
                self._assert_refusal_shown(
                    f"Avant la signature, complétez : « {LABELS[name]} ». {ENFORCEABLE}",
                    agreement.action_deliberate,
                )

    def test_without_any_act_all_of_them_are_named_in_their_order(self):
        agreement = self._agree(**dict.fromkeys(ACTS, False))
        named = ", ".join(f"« {LABELS[name]} »" for name in ACTS)
        self._assert_refusal_shown(
            f"Avant la signature, complétez : {named}. {ENFORCEABLE}", agreement.action_deliberate
        )

    def test_the_first_day_that_is_missing_is_named_before_the_vote_and_the_signature(self):
        agreement = self._agree(start_date=False, end_date=False)
        self._assert_refusal_shown(
            "Avant la signature, complétez : « Prend effet le ».", agreement.action_deliberate
        )
        self._assert_refusal_shown(
            f"« {agreement.code} – Convention-cadre de services » : avant la délibération,"
            " renseignez : « Prend effet le ».",
            agreement.action_send_pack,
        )

    def test_the_last_day_that_the_text_says_is_named(self):
        agreement = self._agree(end_date=False)
        self._assert_refusal_shown(
            f"Le texte de « {agreement.code} – Convention-cadre de services » contient encore"
            " « [à compléter] » : il ne peut pas être soumis à la signature. À compléter :"
            " Se termine le.",
            agreement.action_deliberate,
        )

    def test_each_opinion_that_is_missing_is_named_before_the_vote_and_the_signature(self):
        self.offer.service_id.legal_basis_id = self.env.ref(
            "commune_relations.legal_basis_l5211_4_2"
        )
        for name in set(OPINIONS) - {"commune_opinion_body"}:
            with self.subTest(name=name):
                agreement = self._agree(**{**OPINIONS, name: False})
                self._assert_refusal_shown(
                    f"Avant la signature, complétez : « {LABELS[name]} ».",
                    agreement.action_deliberate,
                )
                self._assert_refusal_shown(
                    f"« {agreement.code} – Convention-cadre de services » : avant la délibération,"
                    f" renseignez : « {LABELS[name]} ».",
                    agreement.action_send_pack,
                )

    # signatures

    def test_a_signature_on_paper_has_its_date(self):
        self.agreement.action_deliberate()
        self._assert_refusal_shown(
            "Indiquez la date de la signature.", self.agreement.action_sign_paper
        )

    def test_a_first_day_that_has_passed_stops_both_signatures(self):
        self.agreement.start_date = "2026-06-01"
        self.agreement.action_deliberate()
        sentence = (
            "« Convention-cadre de services » prend effet le 1er juin 2026, avant la signature :"
            " l’intercommunalité doit la préparer de nouveau."
        )
        self._assert_refusal_shown(sentence, sign_for_commune, self.agreement, self.portal_a)
        self._assert_refusal_shown(sentence, sign_for_epci, self, self.agreement)

    def test_a_convention_does_not_come_into_force_before_its_first_day(self):
        day = self.today + timedelta(days=40)
        self.agreement.start_date = day
        self.agreement.action_deliberate()
        sign_for_commune(self.agreement, self.portal_a)
        sign_for_epci(self, self.agreement)
        self.assertEqual(self.agreement.state, "signed")
        shown = self.env.company._format_document_date(day)
        self._assert_refusal_shown(
            f"« {self.agreement.code} – Convention-cadre de services » entre en vigueur le"
            f" {shown}.",
            self.agreement.action_activate,
        )

    # the vote that the commune reports

    def test_the_commune_that_reports_its_vote_reads_the_words_of_its_form(self):
        agreement = self._agree(**{name: False for name in ACTS if name.startswith("commune")})
        agreement.sudo().pack_date = date(2026, 6, 1)
        acts = self.env["commune.agreement.acts"].with_user(self.portal_a)
        report_vote = partial(acts._report_vote, agreement.with_user(self.portal_a))
        tomorrow = self.today + timedelta(days=1)
        missing = "Indiquez le numéro et la date de la délibération."
        self._assert_refusal_shown(missing, report_vote, "", "2026-06-10")
        self._assert_refusal_shown(missing, report_vote, "2026-42", "")
        wrong = "La date n’en est pas une : écrivez-la comme 31/12/2026."
        self._assert_refusal_shown(wrong, report_vote, "2026-42", "le 10 juin")
        self._assert_refusal_shown(
            "Le conseil délibère d’abord : cette date est encore à venir.",
            report_vote,
            "2026-42",
            str(tomorrow),
        )
        self._assert_refusal_shown(
            "Vérifiez l’année : les documents de ce vote sont plus récents.",
            report_vote,
            "2026-42",
            "2025-05-31",
        )
        for given, label in (
            (("2026-06-09", ""), "Envoyée à la préfecture ou à la sous-préfecture le"),
            (("", "2026-06-09"), "Publiée le"),
        ):
            sentence = (
                f"« Délibéré le » (10 juin 2026) vient après « {label} » (9 juin 2026)."
                f" {ENFORCEABLE}"
            )
            self._assert_refusal_shown(sentence, report_vote, "2026-42", "2026-06-10", *given)
        self.assertFalse(agreement.commune_deliberation_ref)
