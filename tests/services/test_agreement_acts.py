"""Acts of both assemblies: what is missing, what is out of order, and what the law asks for."""

import re
from datetime import timedelta

import psycopg2

from odoo.exceptions import UserError, ValidationError
from odoo.tests import tagged
from odoo.tools import mute_logger

from ..common import CommuneCase
from ..core.pdf_reading import Pdf
from .service_case import (
    ACTS,
    OPINIONS,
    make_agreement,
    make_offer,
    make_service,
    on_paper,
    sign_for_commune,
    sign_for_epci,
)

BASES = "commune_relations.legal_basis_"


@tagged("post_install", "-at_install")
class TestAgreementActs(CommuneCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.service = make_service(cls)
        cls.offer = make_offer(cls, cls.service, kind="free")
        cls.agreement = make_agreement(cls, cls.commune_a, cls.offer)

    def _refused(self, words, **values):
        with self.assertRaisesRegex(ValidationError, words, msg=values), self.cr.savepoint():
            self.agreement.write(values)
            self.agreement.flush_recordset()

    # what is missing, what is out of order

    def test_each_act_that_is_missing_is_named_with_the_law(self):
        labels = {
            "commune_transmission_date": "of the commune transmitted to the State",
            "commune_publication_date": "of the commune published",
            "epci_transmission_date": "of the intercommunality transmitted to the State",
            "epci_publication_date": "of the intercommunality published",
        }
        for name, label in labels.items():
            self.agreement.write({name: False})
            with self.assertRaisesRegex(UserError, f"{label}.*L. 2131-1.*L. 5211-3"):
                self.agreement.action_deliberate()
            self.agreement.write({name: ACTS[name]})
        self.agreement.action_deliberate()
        self.assertEqual(self.agreement.state, "deliberated")

    def test_dates_out_of_order_are_named(self):
        self._refused(
            "Date of the commune.*10.*comes after.*transmitted",
            commune_transmission_date="2026-04-09",
        )
        self._refused(
            "comes after.*of the intercommunality published", epci_publication_date="2026-05-11"
        )
        self._refused("comes after.*Signed by the commune", commune_signature_date="2026-04-12")
        self._refused(
            "opinion before the assembly votes",
            epci_opinion_date="2026-05-13",
        )
        self._refused("comes after “Takes effect on”", start_date="2026-05-11")
        # On the very day, nothing is out of order.
        same = dict.fromkeys(("epci_transmission_date", "epci_publication_date"), "2026-05-12")
        self.agreement.write({**same, "start_date": "2026-05-12"})

    def test_no_date_of_what_is_done_is_still_to_come(self):
        tomorrow = self.today + timedelta(days=1)
        names = ("deliberation", "transmission", "publication", "signature", "opinion")
        for side in ("commune", "epci"):
            for name in names:
                self._refused("still to come", **{f"{side}_{name}_date": tomorrow})
        self.agreement.write({"commune_transmission_date": self.today})

    def test_a_retroactive_effect_is_shown_with_its_reason(self):
        self.agreement.is_retroactive = False
        with (
            self.assertRaises(psycopg2.errors.CheckViolation),
            self.cr.savepoint(),
            mute_logger("odoo.sql_db"),
        ):
            self.agreement.write({"is_retroactive": True, "start_date": "2026-05-01"})
            self.agreement.flush_recordset()
        reason = "Continuité du service depuis le 1er mai"
        self.agreement.write(
            {"is_retroactive": True, "retroactive_reason": reason, "start_date": "2026-05-01"}
        )
        self.agreement.with_context(force_report_rendering=True).action_deliberate()
        self.assertIn("Continuité du service", Pdf(self.agreement.document_id.raw).text)
        self._sign()
        sign_for_epci(self, self.agreement)
        self.assertEqual(self.agreement.state, "active")

    def test_a_text_whose_first_day_has_passed_is_not_signed(self):
        self.agreement.start_date = self.today - timedelta(days=1)
        self.agreement.action_deliberate()
        with self.assertRaisesRegex(UserError, "before the signature"):
            self._sign()
        self.assertEqual(self.agreement.signature_step, "none")

    def test_postgresql_holds_the_order_too(self):
        self.agreement.action_deliberate()
        self.env.flush_all()
        for change in (
            "commune_transmission_date = '2026-04-09'",
            "epci_publication_date = '2026-05-11'",
            "epci_signature_date = '2026-05-14'",
            "commune_opinion_date = '2026-04-11'",
            "start_date = '2026-05-11'",
            "state = 'signed'",
            "state = 'active', sign_date = now()",
            "state = 'active', paper_signature = true",
        ):
            with (
                self.subTest(change=change),
                self.assertRaises(psycopg2.errors.CheckViolation),
                self.cr.savepoint(),
                mute_logger("odoo.sql_db"),
            ):
                self.cr.execute(f"UPDATE agreement SET {change} WHERE id = %s", [self.agreement.id])

    def test_what_allowed_a_signature_is_not_rewritten_after_it(self):
        self.agreement.action_deliberate()
        self._sign()
        for name in ("commune_transmission_date", "epci_publication_date"):
            with self.assertRaisesRegex(UserError, "is signed"), self.cr.savepoint():
                self.agreement.with_user(self.officer).write({name: self.today})

    def test_what_was_signed_before_stays_in_force_and_is_to_be_completed(self):
        former = self.env["agreement"].create(
            {
                "name": "Convention ancienne",
                "commune_id": self.commune_a.id,
                "state": "active",
                "before_acts": True,
                "start_date": "2026-01-01",
                "commune_deliberation_ref": "2025-1",
                # after the first day, as it was done then
                "commune_deliberation_date": "2026-02-01",
                "epci_deliberation_ref": "2025-2",
                "epci_deliberation_date": "2025-12-01",
                **on_paper("2026-01-15"),
            }
        )
        self.env["agreement"]._cron_update()
        self.assertEqual(former.state, "active")
        self.assertEqual(former.acts_missing.count("transmitted"), 2)
        officer = former.with_user(self.officer)
        officer.write({"commune_transmission_date": "2026-02-03"})
        officer.write({"commune_publication_date": "2026-02-04"})
        self.assertNotIn("of the commune", former.acts_missing)
        self.assertFalse(self.agreement.acts_missing)

    # opinions

    def test_an_option_brings_what_its_own_basis_asks_for(self):
        """A framework convention that carries a shared service has opinions and impact sheet."""
        self.assertFalse(self.agreement.needs_committee or self.agreement.needs_impact)
        shared = make_service(
            self, "Instruction", legal_basis_id=self.env.ref(f"{BASES}l5211_4_2").id
        )
        self.agreement.offer_ids |= make_offer(self, shared, "Dossiers", kind="free")
        self.assertTrue(self.agreement.needs_committee and self.agreement.needs_impact)
        with self.assertRaisesRegex(
            UserError, "committee of the commune on.*committee of the intercommunality on"
        ):
            self.agreement.action_deliberate()
        for name in OPINIONS:
            with self.assertRaisesRegex(UserError, "staff committee"):
                self.agreement.action_send_pack()
            self.agreement.write({name: OPINIONS[name]})
        with self.assertRaisesRegex(UserError, "impact sheet"):
            self.agreement.action_deliberate()
        self.assertTrue(
            self.agreement.env["commune.agreement.document"]._render_impact(self.agreement)
        )
        words = self.agreement.env["commune.agreement.document"]._get_words(self.agreement)
        self.assertRegex(words["avis_cst"], r"3.*intercommunality, favourable.*2.*centre, unf")
        self.assertEqual(str(words["visa_cst"]).count("<p>"), 2)
        self.assertRegex(words["avis_comites"], "^Opinions .* and of ")
        # In order of date, for any delegator; the 6th comes before the 13th.
        self.agreement.write(
            {"epci_opinion_date": "2026-03-13", "commune_opinion_date": "2026-03-06"}
        )
        self.assertRegex(
            self.agreement.env["commune.agreement.document"]._get_words(self.agreement)[
                "avis_comites"
            ],
            r" 6\b.*centre.* 13\b",
        )
        visas = str(
            self.agreement.env["commune.agreement.document"]._get_words(self.agreement)["visa_cst"]
        )
        self.assertRegex(visas, "unfavourable opinion .* of the management centre of 6 mars 2026,")
        self.assertRegex(visas, "the favourable opinion .* Rives of 13 mars 2026,")
        self.agreement.write(
            {"epci_opinion_date": "2026-03-06", "commune_opinion_date": "2026-03-13"}
        )
        self.assertRegex(
            self.agreement.env["commune.agreement.document"]._get_words(self.agreement)[
                "avis_comites"
            ],
            r" 6\b.*intercomm.* 13\b",
        )
        visas = str(
            self.agreement.env["commune.agreement.document"]._get_words(self.agreement)["visa_cst"]
        )
        self.assertRegex(visas, r"Rives of 6\b.*centre of 13\b")
        self.agreement.commune_opinion_date = False
        self.assertRegex(
            self.agreement.env["commune.agreement.document"]._get_words(self.agreement)[
                "avis_comites"
            ],
            "^Opinion of",
        )

    def test_an_amendment_that_adds_a_shared_service_carries_its_sheet(self):
        self.agreement.sudo().write({"state": "active", **on_paper(self.today)})
        amendment = self.env["agreement"].browse(self.agreement.action_amend()["res_id"])
        self.assertFalse(amendment._has_impact_sheet())
        shared = make_service(
            self, "Instruction", legal_basis_id=self.env.ref(f"{BASES}l5211_4_2").id
        )
        amendment.offer_ids |= make_offer(self, shared, "Dossiers", kind="free")
        self.assertTrue(amendment._has_impact_sheet())

    # draft deliberations

    def test_a_draft_has_a_blank_for_all_that_the_sitting_alone_knows(self):
        """Voted or not: an act with a number and without attendance or votes would be void."""
        for side in ("commune", "epci"):
            report = self.env[f"report.commune_relations.agreement_{side}_vote"]
            text = self._vote_text(report, self.agreement)
            for word in (
                "Date of convocation",
                "Meeting of",
                "Deliberation no.",
                "Members in office",
                "Members present",
                "Members absent",
                r"Members represented \(proxies\)",
                "Members voting",
                "Chair of the meeting",
                "Secretary of the meeting",
            ):
                self.assertRegex(text, rf"{word}</th>\s*<td>…+</td>", side)
            for word in ("Votes for:", "Transmitted to the representative of the State on:"):
                self.assertIn(f"{word} …", text)
            self.assertIn("Published on: …", text)

    def test_a_deliberation_says_by_which_act_its_own_assembly_adopted_it(self):
        """The commune has voted, the intercommunality has not."""
        self.agreement.epci_deliberation_date = False
        self.epci.seat_commune_id = self.commune_b
        self.commune_b.insee_code = "97411"
        report = self.env["report.commune_relations.agreement_epci_vote"]
        text = self._vote_text(report, self.agreement)
        self.assertIn("Draft, to be completed", text)
        self.assertNotIn("Adopted by", text)
        self.assertIn("de La Réunion", text)
        report = self.env["report.commune_relations.agreement_commune_vote"]
        text = self._vote_text(report, self.agreement)
        self.assertNotIn("Draft, to be completed", text)
        self.assertIn("de Strasbourg", text)
        self.assertEqual(
            self._adopt(text),
            "no. 2026-04 of 10 avril 2026, transmitted on 13 avril 2026, published on 14 avril"
            " 2026; the extract of the register is that of the assembly.",
        )
        self.agreement.commune_publication_date = False
        text = self._vote_text(report, self.agreement)
        self.assertNotIn("published on", self._adopt(text))
        for side in ("commune", "epci"):
            report = self.env[f"report.commune_relations.agreement_{side}_vote"]
            self.assertIn("Draft", report._get_report_values(self.agreement.ids)["title"])
            self.assertIn("Draft", self.agreement._get_document_name(f"{side}_vote"))

    def test_a_deliberation_of_invented_persons_says_so(self):
        report = self.env["report.commune_relations.agreement_commune_vote"]
        self.assertNotIn("Fictitious", self._vote_text(report, self.agreement))
        self.portal_a.partner_id.is_fictitious = True
        text = self._vote_text(report, self.agreement)
        self.assertIn("Fictitious persons: trial document", text)

    def test_two_agreements_voted_by_two_acts_cite_none(self):
        other = make_agreement(self, self.commune_a, self.offer)
        document, both = self.env["commune.agreement.document"], self.agreement | other
        self.assertTrue(document._describe_adoption(both, "commune"))
        other.commune_deliberation_ref = "autre"
        self.assertFalse(document._describe_adoption(both, "commune"))

    def test_members_in_office_are_stated_when_the_whole_council_is_known(self):
        """11 members for 480 inhabitants (CGCT, L2121-2); a mandate that is not known yet, or a
        seat that is vacant, and a blank is printed; for an intercommunality, always."""
        self.commune_a.population = 480
        self.commune_a.council_term_ids.unlink()
        report = self.env["report.commune_relations.agreement_commune_vote"]

        def read_text():
            self.env.invalidate_all()
            text = self._vote_text(report, self.agreement)
            return re.search(r"Members in office</th>\s*<td>([^<]*)<", text)[1]

        known = self.commune_a.elected_count
        people = self.env["res.partner"].create(
            [{"firstname": "Élu", "lastname": f"NOUVEAU {n}"} for n in range(11 - known)]
        )
        for person in people[1:]:
            self._mandate(person, self.commune_a, "councillor")
        self.assertRegex(read_text(), "^…+$")
        self._mandate(people[0], self.commune_a, "councillor")
        self.assertEqual(read_text(), "11")

    def _adopt(self, text):
        return " ".join(text.split("Adopted by the deliberation ")[1].split("</p>")[0].split())

    def _vote_text(self, report, agreement):
        values = report._get_report_values(agreement.ids)
        return str(self.env["ir.qweb"]._render("commune_relations.agreement_vote_text", values))

    def _sign(self):
        sign_for_commune(self.agreement, self.portal_a)
