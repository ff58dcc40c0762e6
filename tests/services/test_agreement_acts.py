"""Acts of both assemblies: what is missing, what is out of order, and what the law asks for."""

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
    PIXEL,
    make_agreement,
    make_offer,
    make_service,
    on_paper,
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

    def test_a_retroactive_effect_is_said_with_its_reason_and_shown(self):
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
        self.assertTrue(self.agreement._render_impact())
        words = self.agreement._get_words()
        self.assertRegex(words["avis_cst"], r"3.*intercommunality, favourable.*2.*centre, unf")
        self.assertEqual(str(words["visa_cst"]).count("<p>"), 2)
        self.assertRegex(words["avis_comites"], "^Opinions .* and of ")
        # In order of date, whoever gave it; the 6th comes before the 13th.
        self.agreement.write(
            {"epci_opinion_date": "2026-03-13", "commune_opinion_date": "2026-03-06"}
        )
        for word in ("avis_comites", "visa_cst"):
            self.assertRegex(str(self.agreement._get_words()[word]), r"(?s) 6\b.*centre.* 13\b")
        self.agreement.write(
            {"epci_opinion_date": "2026-03-06", "commune_opinion_date": "2026-03-13"}
        )
        for word in ("avis_comites", "visa_cst"):
            self.assertRegex(str(self.agreement._get_words()[word]), r"(?s) 6\b.*intercomm.* 13\b")
        self.agreement.commune_opinion_date = False
        self.assertRegex(self.agreement._get_words()["avis_comites"], "^Opinion of")

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

    def test_a_draft_deliberation_has_its_blanks_or_what_is_known(self):
        report = self.env["report.commune_relations.agreement_commune_vote"]
        known = self._vote_text(report, self.agreement)
        for word in (ACTS["commune_deliberation_ref"], "Members absent", "Date of convocation"):
            self.assertIn(word, known)
        self.assertIn("Members represented", known)
        # No. 12 of the intercommunality stands nowhere in the head of the act of the commune.
        blank = make_agreement(self, self.commune_a, self.offer, **dict.fromkeys(ACTS, False))
        self.assertEqual(
            self._vote_text(report, blank).count("……") - known.count("……"),
            # reference, date of the meeting, transmission and publication
            4 * ("…………………………".count("……")),
        )

    def test_a_deliberation_is_a_draft_until_its_own_assembly_has_voted(self):
        """The commune has voted, the intercommunality has not: one act and one draft."""
        self.agreement.epci_deliberation_date = False
        self.epci.seat_commune_id = self.commune_b
        self.commune_b.insee_code = "97411"
        report = self.env["report.commune_relations.agreement_epci_vote"]
        text = self._vote_text(report, self.agreement)
        self.assertIn("Draft, to be completed", text)
        self.assertNotIn("Extract from the register", text)
        self.assertIn("de La Réunion", text)
        head = text.split("act-body")[0] + text.split("act-end")[1]
        for name in ("epci_deliberation_ref", "epci_transmission_date", "epci_publication_date"):
            day = self.agreement[name]
            shown = day if name.endswith("ref") else self.env.company._format_document_date(day)
            self.assertNotIn(shown, head)
        report = self.env["report.commune_relations.agreement_commune_vote"]
        text = self._vote_text(report, self.agreement)
        self.assertIn("Extract from the register", text)
        self.assertNotIn("Draft", text)
        self.assertIn("de Strasbourg", text)
        title = report._get_report_values(self.agreement.ids)["title"]
        self.assertIn("Deliberation", title)
        self.assertNotIn("Draft", title)
        names = [self.agreement._get_paper_name(f"{side}_vote") for side in ("commune", "epci")]
        self.assertEqual(["Draft" in name for name in names], [False, True])

    def _vote_text(self, report, agreement):
        values = report._get_report_values(agreement.ids)
        return str(self.env["ir.qweb"]._render("commune_relations.agreement_vote_text", values))

    def _sign(self):
        self.agreement.with_user(self.portal_a)._sign_from_portal("Anne AUBRY", PIXEL)
