"""Both sides sign: in either order, by those who hold the right, never one person for both."""

import hashlib
from datetime import timedelta

import psycopg2

from odoo.exceptions import AccessError, UserError
from odoo.tests import Form, tagged
from odoo.tools import html2plaintext, mute_logger

from ..common import CommuneCase
from ..core.pdf_reading import Pdf
from .service_case import (
    PIXEL,
    get_president,
    make_agreement,
    make_offer,
    make_service,
    sign_for_commune,
    sign_for_epci,
)

LAW = "L. 2122-26 and L. 5211-2"


@tagged("post_install", "-at_install")
class TestAgreementSides(CommuneCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.offer = make_offer(cls, make_service(cls), kind="free")
        cls.portal_a.partner_id.email = "anne.aubry@aubrive.example"
        cls.agreement = make_agreement(cls, cls.commune_a, cls.offer, user_id=cls.officer.id)
        cls.drawn = cls.agreement.with_context(force_report_rendering=True)

    def _staff(self, login, first, last, code, **values):
        """A person of the intercommunality with an account of the office."""
        user = (
            self.env["res.users"]
            .with_context(no_reset_password=True)
            .create(
                {
                    "login": login,
                    "name": f"{first} {last}",
                    "group_ids": self.env.ref("commune_relations.group_reader").ids,
                }
            )
        )
        user.partner_id.write({"firstname": first, "lastname": last, "civility": "m"})
        mandate = self._mandate(user, self.epci, code, **values)
        user.partner_id.sudo().signing_changed_at = False
        mandate.sudo().signing_changed_at = False
        return user, mandate

    def _mayor_signs(self, user=None):
        user = user or self.portal_a
        sign_for_commune(self.agreement, user)

    # either order

    def test_the_mayor_then_the_president(self):
        self.drawn.action_deliberate()
        self._mayor_signs()
        self.assertEqual(self.agreement.state, "deliberated")
        self.assertEqual(self.agreement.signature_step, "commune")
        self.assertFalse(self.agreement.signature_date)
        self.assertIn("waits for the intercommunality", self.agreement._get_state_label())
        with self.assertRaisesRegex(UserError, "step"):
            self.agreement.action_activate()
        with self.assertRaisesRegex(UserError, "Give it up"):
            self.agreement.action_back_to_draft()
        sign_for_epci(self, self.agreement)
        self.assertEqual(self.agreement.state, "active")
        self.assertEqual(self.agreement.epci_sign_name, "Paule PRESLE")
        self.assertRegex(self.agreement.epci_sign_title, "Pr[eé]sident")
        self.assertEqual(self.agreement.signature_date, self.today)
        self.assertTrue(self.agreement.subscription_ids)

    def test_the_president_then_the_mayor(self):
        self.agreement.action_deliberate()
        sign_for_epci(self, self.agreement)
        self.assertEqual(self.agreement.signature_step, "epci")
        self.assertEqual(self.agreement.state, "deliberated")
        self.assertTrue(self.agreement._waits_for_commune())
        signed_at = self.agreement.epci_sign_date
        sign_for_epci(self, self.agreement)  # pressed again: nothing changes, nothing is refused
        self.assertEqual(self.agreement.epci_sign_date, signed_at)
        with self.assertRaisesRegex(UserError, "not waiting"):
            sign_for_epci(self, self.agreement, name="Somebody else")
        self._mayor_signs()
        self.assertEqual(self.agreement.state, "active")

    def test_the_signed_copy_shows_both_boxes_and_the_fingerprint(self):
        self.drawn.action_deliberate()
        digest = hashlib.sha256(self.agreement.document_id.raw).hexdigest()
        self._mayor_signs()
        self.assertEqual(self._box_names(), ["", "Anne AUBRY"])
        sign_for_epci(self, self.agreement)
        self.assertEqual(self._box_names(), ["Paule PRESLE", "Anne AUBRY"])
        text = Pdf(self.drawn._get_portal_pdf()).text
        self.assertIn(digest, text.replace(" ", ""))
        self.assertGreaterEqual(text.count("PRESLE"), 2)
        messages = self.agreement.message_ids.filtered(lambda m: digest in str(m.body))
        self.assertEqual(len(messages.filtered(lambda m: "PRESLE" in str(m.body))), 1)

    def test_the_boxes_name_who_is_to_sign(self):
        report = self.env["report.commune_relations.agreement_document"]
        heads = report._get_report_values(self.agreement.ids)["heads"]
        self.assertRegex(heads["epci"]["person"], "PRESLE, [a-z]")
        self.assertRegex(heads["commune"]["person"], "AUBRY, [a-z]")
        self.assertIn(self.commune_a._of_place(), heads["commune"]["title"])
        self.assertIn(self.epci.name.split()[-1], heads["epci"]["title"])
        self.commune_a.mandate_ids.unlink()
        self.commune_a.invalidate_recordset(["mayor_id"])
        self.assertFalse(
            self.agreement.env["commune.agreement.document"]._get_box_heads(self.agreement)[
                "commune"
            ]["person"]
        )

    def test_the_parties_have_their_number_address_and_public_name_once(self):
        self.epci.write({"siren": "200039865", "brand_name": self.epci.name})
        self.commune_a.write({"street": False, "city": "Aubrive"})
        words = self.agreement.env["commune.agreement.document"]._get_words(self.agreement)
        self.assertNotIn("known as", words["partie_intercommunalite"])
        self.assertIn("(SIREN 200039865)", words["partie_intercommunalite"])
        self.assertEqual(words["adresse_commune"], "")
        self.epci.brand_name = "Rives en grand"
        self.commune_a.write({"street": "1 rue de l'École", "zip": "57070"})
        text = html2plaintext(
            str(self.agreement.env["commune.agreement.document"]._render_body(self.agreement))
        )
        self.assertIn("known as Rives en grand (SIREN 200039865), dont le siège", text)
        self.assertIn("1 rue de l’École, 57070 Aubrive, représentée", text)

    def _box_names(self):
        report = self.env["report.commune_relations.agreement_document"]
        boxes = report._get_report_values(self.agreement.ids)["boxes"]
        return [boxes[side].get("name", "") for side in ("epci", "commune")]

    def test_in_force_on_the_first_day_alone(self):
        self.agreement.start_date = self.today + timedelta(days=10)
        self.agreement.action_deliberate()
        self._mayor_signs()
        self.env["agreement"]._cron_update()
        self.assertEqual(self.agreement.state, "deliberated")
        sign_for_epci(self, self.agreement)
        self.assertEqual(self.agreement.state, "signed")

    # who may

    def test_only_the_representative_of_the_intercommunality_signs_for_it(self):
        self.agreement.action_deliberate()
        get_president(self)
        for user in (self.officer, self.manager, self.portal_a, self.portal_b):
            with self.subTest(user=user.login), self.assertRaises(AccessError):
                self.agreement.env["commune.agreement.signatory"].with_user(user)._sign_for_epci(
                    self.agreement.with_user(user), user.name, PIXEL
                )
        self.assertFalse(self.agreement.with_user(self.officer).epci_can_sign)
        with self.assertRaisesRegex(AccessError, "Paule PRESLE"):
            self.agreement.with_user(self.officer).action_sign_epci()
        self.assertTrue(self.agreement.with_user(get_president(self)).epci_can_sign)

    def test_the_window_signs(self):
        self.agreement.action_deliberate()
        president = get_president(self)
        action = self.agreement.with_user(president).action_sign_epci()
        wizards = self.env[action["res_model"]].with_user(president)
        with Form(wizards.with_context(**action["context"])) as form:
            self.assertEqual(form.document_sha256, self.agreement.document_sha256)
            form.signature = PIXEL
        self.assertIn(str(self.agreement.document_id.id), form.record.action_read()["url"])
        form.record.action_sign()
        self.assertEqual(self.agreement.signature_step, "epci")
        self.assertTrue(self.agreement.epci_signature)
        empty = wizards.create({"agreement_id": self.agreement.id, "name": "X"})
        with self.assertRaisesRegex(UserError, "draw your"):
            empty.action_sign()

    def test_a_delegation_has_its_reference_and_its_days(self):
        dgs, post = self._staff("dgs_rives", "Denis", "DELAGE", "dgs")
        self.agreement.epci_signatory_id = dgs.partner_id
        self.agreement.action_deliberate()
        self._refused(dgs, "reference and its first day")
        post.write({"sign_delegation_ref": "arrêté n° 14", "sign_delegation_start": self.today})
        self.assertTrue(post.sudo().signing_changed_at)
        post.sudo().signing_changed_at = False
        post.sign_delegation_start = self.today + timedelta(days=1)
        self._refused(dgs, "does not hold today")
        post.write(
            {
                "sign_delegation_start": self.today - timedelta(days=9),
                "sign_delegation_end": self.today - timedelta(days=1),
            }
        )
        self._refused(dgs, "does not hold today")
        post.sign_delegation_end = self.today
        post.sudo().signing_changed_at = False
        # The president is not whom the text names.
        self._refused(get_president(self), "DELAGE", AccessError)
        self.agreement.env["commune.agreement.signatory"].with_user(dgs)._sign_for_epci(
            self.agreement.with_user(dgs), "Denis DELAGE", PIXEL
        )
        self.assertIn("arrêté n° 14", self.agreement.epci_sign_title)

    def test_the_text_names_the_delegate(self):
        dgs, _post = self._staff(
            "dgs_rives",
            "Denis",
            "DELAGE",
            "dgs",
            sign_delegation_ref="arrêté n° 14",
            sign_delegation_start="2026-04-01",
        )
        self.assertIn(
            "PRESLE",
            self.agreement.env["commune.agreement.document"]._get_words(self.agreement)[
                "representant"
            ],
        )
        self.agreement.epci_signatory_id = dgs.partner_id
        named = self.agreement.env["commune.agreement.document"]._get_words(self.agreement)[
            "representant"
        ]
        self.assertRegex(named, "Denis DELAGE, .*arrêté n° 14")

    def test_anyone_who_no_longer_acts_does_not_sign(self):
        dgs, post = self._staff("dgs_rives", "Denis", "DELAGE", "dgs")
        self.agreement.epci_signatory_id = dgs.partner_id
        self.agreement.action_deliberate()
        post.date_end = self.today
        self._refused(dgs, "no longer acts", AccessError)

    # never for both

    def test_the_mayor_who_presides_does_not_sign_for_both(self):
        """The first vice-president is proposed, named in the text, and signs."""
        self.epci.mayor_id.held_mandate_ids.date_end = self.today - timedelta(days=1)
        self._mandate(self.portal_a, self.epci, "president")
        vice, _mandate = self._staff(
            "vp_rives",
            "Vincent",
            "VIDAL",
            "vice_president",
            rank=1,
            sign_delegation_ref="arrêté n° 3",
            sign_delegation_start="2026-04-01",
        )
        self._staff("vp2_rives", "Didier", "DEUX", "vice_president", rank=2)
        self.assertIn(
            "VIDAL",
            self.agreement.env["commune.agreement.document"]._get_words(self.agreement)[
                "representant"
            ],
        )
        self.agreement.action_deliberate()
        self._mayor_signs()
        with self.assertRaisesRegex(AccessError, "VIDAL"):
            self.agreement.env["commune.agreement.signatory"].with_user(
                self.portal_a
            )._sign_for_epci(self.agreement.with_user(self.portal_a), "Anne AUBRY", PIXEL)
        self.agreement.env["commune.agreement.signatory"].with_user(vice)._sign_for_epci(
            self.agreement.with_user(vice), "Vincent VIDAL", PIXEL
        )
        self.assertEqual(self.agreement.state, "active")

    def test_a_deputy_who_signs_for_the_mayor_does_not_let_the_mayor_sign_as_president(self):
        """The mayor presides and has delegated the signature of the commune: the president would
        still contract with the own commune. Nor does the deputy, who is first vice-president."""
        self.epci.mayor_id.held_mandate_ids.date_end = self.today - timedelta(days=1)
        self._mandate(self.portal_a, self.epci, "president")
        deputy = self.portal_both.partner_id
        self.agreement.write({"signatory_id": deputy.id, "delegation_ref": "arrêté n° 4"})
        # The text names the mayor, the box the deputy: the box shows for whom.
        box = self.agreement.env["commune.agreement.document"]._get_box_heads(self.agreement)[
            "commune"
        ]["person"]
        for words in (deputy.lastname, "arrêté n° 4", self.portal_a.partner_id.lastname):
            self.assertIn(words, box)
        signs = {
            "sign_delegation_ref": "arrêté n° 3",
            "sign_delegation_start": "2026-04-01",
        }
        first = self._mandate(self.portal_both, self.epci, "vice_president", rank=1, **signs)
        vice, _mandate = self._staff(
            "vp_rives", "Vincent", "VIDAL", "vice_president", rank=2, **signs
        )
        self.assertIn(
            "VIDAL",
            self.agreement.env["commune.agreement.document"]._get_words(self.agreement)[
                "representant"
            ],
        )
        first.date_end = self.today - timedelta(days=1)
        self.assertIn(
            "VIDAL",
            self.agreement.env["commune.agreement.document"]._get_words(self.agreement)[
                "representant"
            ],
        )
        self.agreement.epci_signatory_id = self.portal_a.partner_id
        self.agreement.action_deliberate()
        with self.assertRaisesRegex(UserError, "AUBRY acts for the other side.*VIDAL"):
            self.agreement.env["commune.agreement.signatory"].with_user(
                self.portal_a
            )._sign_for_epci(self.agreement.with_user(self.portal_a), "Anne AUBRY", PIXEL)
        self.agreement.action_back_to_draft()
        self.agreement.epci_signatory_id = False
        self.agreement.action_deliberate()
        with self.assertRaisesRegex(AccessError, "VIDAL"):
            self.agreement.env["commune.agreement.signatory"].with_user(
                self.portal_a
            )._sign_for_epci(self.agreement.with_user(self.portal_a), "Anne AUBRY", PIXEL)
        self.agreement.env["commune.agreement.signatory"].with_user(vice)._sign_for_epci(
            self.agreement.with_user(vice), "Vincent VIDAL", PIXEL
        )
        self.assertEqual(self.agreement.sudo().epci_sign_partner_id, vice.partner_id)

    def test_the_double_is_refused_for_every_choice(self):
        self.epci.mayor_id.held_mandate_ids.date_end = self.today - timedelta(days=1)
        self._mandate(self.portal_a, self.epci, "president")
        self._staff("vp_rives", "Vincent", "VIDAL", "vice_president", rank=1)
        self.agreement.epci_signatory_id = self.portal_a.partner_id
        self.agreement.action_deliberate()
        with self.assertRaisesRegex(UserError, "nobody signs for both.*VIDAL"):
            self.agreement.env["commune.agreement.signatory"].with_user(
                self.portal_a
            )._sign_for_epci(self.agreement.with_user(self.portal_a), "Anne AUBRY", PIXEL)
        self._mayor_signs()
        with self.assertRaisesRegex(UserError, "nobody signs for both.*VIDAL"):
            self.agreement.env["commune.agreement.signatory"].with_user(
                self.portal_a
            )._sign_for_epci(self.agreement.with_user(self.portal_a), "Anne AUBRY", PIXEL)
        self.env.flush_all()
        with (
            self.assertRaises(psycopg2.errors.CheckViolation),
            self.cr.savepoint(),
            mute_logger("odoo.sql_db"),
        ):
            self.cr.execute(
                "UPDATE agreement SET epci_sign_partner_id = sign_partner_id WHERE id = %s",
                [self.agreement.id],
            )

    def _make_the_mayor_preside(self):
        """Anne AUBRY is mayor and president; Vincent VIDAL is first vice-president."""
        self.epci.mayor_id.held_mandate_ids.date_end = self.today - timedelta(days=1)
        self._mandate(self.portal_a, self.epci, "president")
        return self._staff(
            "vp_rives",
            "Vincent",
            "VIDAL",
            "vice_president",
            rank=1,
            sign_delegation_ref="arrêté n° 3",
            sign_delegation_start="2026-04-01",
        )[0]

    def _paper_is_refused(self, words, **values):
        """What an officer writes, saved as in a separate request, then the signature is noted."""
        officer = self.agreement.with_user(self.officer)
        officer.write(values)
        self.env.flush_all()
        self.env.invalidate_all()
        before = self.agreement._get_signed_sides()
        with self.assertRaisesRegex(UserError, words), self.cr.savepoint():
            officer.action_sign_paper()
        self.assertEqual(self.agreement._get_signed_sides(), before)

    def test_on_paper_the_mayor_who_presides_does_not_sign_for_both(self):
        """CGCT, L2122-26 and L5211-2: whatever is typed, in one go or one after the other."""
        self._make_the_mayor_preside()
        self.agreement.action_deliberate()
        both = {"commune_signature_date": "2026-06-01", "epci_signature_date": "2026-06-01"}
        self._paper_is_refused(f"AUBRY.*{LAW}.*name of who signed", **both)
        for typed in (
            "Anne AUBRY, présidente",
            "Mme Aubry Anne",
            "La présidente : Anne Aubry",
            "AUBRY, ANNE (présidente)",
        ):
            with self.subTest(typed=typed):
                self._paper_is_refused(f"AUBRY.*{LAW}.*VIDAL", epci_signatory=typed, **both)
        # A name that matches no possible signatory designates nobody.
        for typed in ("A. AUBRY, présidente", "Madame AUBRY, présidente", "La présidente"):
            with self.subTest(typed=typed):
                self._paper_is_refused(f"{LAW}.*name of who signed", epci_signatory=typed, **both)
        self.agreement.with_user(self.officer).epci_signatory = "Anne AUBRY"
        # Nor once the commune has signed, on paper or on the portal.
        self._paper_is_refused("VIDAL", commune_signature_date="2026-06-01")
        self._mayor_signs()
        self._paper_is_refused("VIDAL", epci_signatory="Anne AUBRY")
        officer = self.agreement.with_user(self.officer)
        officer.epci_signatory = "Vincent VIDAL, premier vice-président"
        officer.action_sign_paper()
        self.assertEqual(self.agreement.state, "active")
        self.assertEqual(self.agreement.epci_sign_partner_id.name, "Vincent VIDAL")

    def test_on_paper_initials_or_a_title_do_not_stand_for_the_mayor(self):
        """The mayor has no function in the intercommunality: another person signs for it."""
        get_president(self)
        self.agreement.action_deliberate()
        both = {"commune_signature_date": "2026-06-01", "epci_signature_date": "2026-06-01"}
        place = self.commune_a.name
        for typed in (
            "A. AUBRY",
            "Mme Aubry",
            f"A. A., maire de {place}",
            f"A. AUBRY, élue de {place}",
            f"La maire de {place}",
            "Le maire",
            "Le premier magistrat",
        ):
            with self.subTest(typed=typed):
                words = f"AUBRY.*{LAW}.*name of who signed"
                self._paper_is_refused(words, epci_signatory=typed, **both)
        officer = self.agreement.with_user(self.officer)
        officer.epci_signatory = "Jeanne AUBRY, directrice générale des services"
        officer.action_sign_paper()
        self.assertEqual(self.agreement.state, "active")

    def test_on_paper_a_vice_president_who_is_mayor_does_not_sign_for_both(self):
        """The president is on no other side; the first vice-president is, and so is anyone who
        holds a delegation."""
        vice = self._mandate(self.portal_a, self.epci, "vice_president", rank=1)
        get_president(self)
        self.agreement.action_deliberate()
        both = {"commune_signature_date": "2026-06-01", "epci_signature_date": "2026-06-01"}
        for typed in ("A. AUBRY", "Le premier vice-président", "Mme Aubry, vice-présidente"):
            with self.subTest(typed=typed):
                words = f"AUBRY.*{LAW}.*name of who signed"
                self._paper_is_refused(words, epci_signatory=typed, **both)
        self._paper_is_refused(f"AUBRY.*{LAW}", epci_signatory="Anne AUBRY", **both)
        vice.write({"function_id": self.functions["community_councillor"].id, "rank": 0})
        vice.write({"sign_delegation_ref": "arrêté n° 7", "sign_delegation_start": "2026-04-01"})
        self._paper_is_refused(f"AUBRY.*{LAW}", epci_signatory="A. AUBRY", **both)
        officer = self.agreement.with_user(self.officer)
        officer.epci_signatory = "Paule PRESLE, présidente"
        officer.action_sign_paper()
        self.assertEqual(self.agreement.state, "active")
        self.assertEqual(self.agreement.epci_sign_partner_id.name, "Paule PRESLE")

    def test_a_mayor_who_may_have_signed_on_paper_does_not_sign_then(self):
        """“Le premier vice-président” has signed; the mayor becomes it, or it becomes mayor."""
        self.agreement.action_deliberate()
        officer = self.agreement.with_user(self.officer)
        officer.write(
            {
                "epci_signature_date": "2026-06-01",
                "epci_signatory": "Le premier vice-président",
            }
        )
        officer.action_sign_paper()
        self.assertEqual(self.agreement.signature_step, "epci")
        self._mandate(self.portal_a, self.epci, "vice_president", rank=1)
        self.portal_a.partner_id.sudo().signing_changed_at = False
        with self.assertRaisesRegex(UserError, f"AUBRY.*{LAW}"), self.cr.savepoint():
            self._mayor_signs()
        self._paper_is_refused(f"AUBRY.*{LAW}", commune_signature_date="2026-06-09")

    def test_on_paper_the_chosen_signatory_does_not_sign_for_both(self):
        self._make_the_mayor_preside()
        self.agreement.epci_signatory_id = self.portal_a.partner_id
        self.agreement.action_deliberate()
        self._paper_is_refused("nobody signs for both", epci_signature_date="2026-06-01")

    def test_a_deputy_who_signed_for_the_intercommunality_on_paper_does_not_sign_for_the_commune(
        self,
    ):
        deputy = self.portal_both.partner_id
        self._mandate(self.portal_both, self.epci, "vice_president", rank=1)
        self.agreement.write({"signatory_id": deputy.id, "delegation_ref": "arrêté n° 4"})
        self.agreement.action_deliberate()
        self._paper_is_refused(
            "nobody signs for both",
            epci_signature_date="2026-06-08",
            epci_signatory=f"{deputy.name}, vice-président",
        )
        # The deputy has the delegation after the other side's signature on paper was recorded.
        self.agreement.signatory_id = False
        self.agreement.with_user(self.officer).action_sign_paper()
        self.assertEqual(self.agreement.signature_step, "epci")
        self.agreement.signatory_id = deputy
        deputy.sudo().signing_changed_at = False
        self.agreement.sudo().signing_changed_at = False
        with self.assertRaisesRegex(UserError, "acts for the other side"), self.cr.savepoint():
            self._mayor_signs(self.portal_both)
        self._paper_is_refused("acts for the other side", commune_signature_date="2026-06-09")
        self.assertEqual(self.agreement.signature_step, "epci")

    def test_a_namesake_without_a_known_mandate_signs_on_paper_once_that_is_written(self):
        self.agreement.action_deliberate()
        self._paper_is_refused(
            "bears the name",
            epci_signature_date="2026-06-08",
            epci_signatory="Anne AUBRY, directrice",
        )
        self.agreement.namesake_reason = "Née en 1970 ; la maire est née en 1955"
        self.agreement.with_user(self.officer).action_sign_paper()
        self.assertEqual(self.agreement.signature_step, "epci")

    def test_the_name_typed_in_the_office_is_that_of_the_signatory(self):
        vice = self._make_the_mayor_preside()
        self.agreement.action_deliberate()
        for typed in ("Anne AUBRY", "X"):
            with self.assertRaisesRegex(UserError, "Vincent VIDAL"), self.cr.savepoint():
                self.agreement.env["commune.agreement.signatory"].with_user(vice)._sign_for_epci(
                    self.agreement.with_user(vice), typed, PIXEL
                )
        self.assertFalse(self.agreement._get_signed_sides())
        self.agreement.env["commune.agreement.signatory"].with_user(vice)._sign_for_epci(
            self.agreement.with_user(vice), "Vidal Vincent", PIXEL
        )
        self.assertEqual(self.agreement.signature_step, "epci")

    # on paper, withdrawn, notified

    def test_each_side_may_sign_on_paper(self):
        self.agreement.action_deliberate()
        officer = self.agreement.with_user(self.officer)
        with self.assertRaisesRegex(UserError, "date of the signature"):
            officer.action_sign_paper()
        officer.write({"commune_signature_date": "2026-06-01"})
        officer.action_sign_paper()
        self.assertEqual(self.agreement.signature_step, "commune")
        box = self.agreement.env["commune.agreement.document"]._get_signature_box(
            self.agreement, "commune"
        )
        self.assertTrue(box["paper"])
        mayor = self.agreement.commune_id.mayor_id
        self.assertIn(mayor.name, box["name"])
        officer.write(
            {"epci_signature_date": "2026-06-08", "epci_signatory": "Paule PRESLE, présidente"}
        )
        officer.action_sign_paper()
        self.assertEqual(self.agreement.state, "active")
        self.assertEqual(str(self.agreement.signature_date), "2026-06-08")
        self.assertEqual(
            self.agreement.env["commune.agreement.document"]._get_signature_box(
                self.agreement, "epci"
            )["name"],
            "Paule PRESLE, présidente",
        )

    def test_on_paper_for_one_side_and_on_the_portal_for_the_other(self):
        self.agreement.action_deliberate()
        self.agreement.epci_signature_date = "2026-06-08"
        self.agreement.action_sign_paper()
        self._mayor_signs()
        self.assertEqual(self.agreement.state, "active")

    def test_what_one_side_has_signed_is_given_up_with_its_reason(self):
        self.agreement.action_deliberate()
        self._mayor_signs()
        with self.assertRaisesRegex(UserError, "why"):
            self.agreement.action_give_up()
        self.agreement.termination_reason = "Le conseil a délibéré de nouveau"
        self.agreement.with_user(self.officer).action_give_up()
        self.assertEqual(self.agreement.state, "terminated")
        self.assertFalse(self.agreement.subscription_ids)
        with self.assertRaisesRegex(UserError, "not waiting"):
            sign_for_epci(self, self.agreement)

    def test_the_other_side_is_notified_and_the_commune_when_both_have_signed(self):
        president = get_president(self)
        self.agreement.action_deliberate()
        self._mayor_signs()
        asked = self.agreement.activity_ids
        self.assertEqual((asked.user_id, len(asked)), (president, 1))
        self.assertIn(self.commune_a.name, asked.summary)
        before = self.env["mail.mail"].search([])
        sign_for_epci(self, self.agreement)
        self.assertFalse(self.agreement._get_asked("agreement_epci_sign"))
        letters = self.env["mail.mail"].search([]) - before
        own = letters.filtered(lambda m: self.portal_a.partner_id in m.recipient_ids)
        self.assertEqual(len(own), 1)
        self.assertIn(f"/my/agreements/{self.agreement.id}", own.body_html)

    def _asked(self, before=lambda: None):
        """:param before: what happens between the text and the signature of the commune"""
        self.env["res.users"].search([]).lang = "en_US"
        self.agreement.user_id = self.officer
        self.agreement.action_deliberate()
        before()
        self._mayor_signs()
        (asked,) = self.agreement._get_asked("agreement_epci_sign")
        return asked

    def test_without_an_account_the_owner_learns_who_signs(self):
        president = self.epci.mayor_id
        self.assertFalse(president.user_ids)
        asked = self._asked()
        self.assertEqual(asked.user_id, self.officer)
        self.assertFalse(self.agreement.with_user(self.officer).epci_can_sign)
        self.assertIn("to be signed by Ms Paule PRESLE", asked.summary)
        self.assertNotIn("sign for the intercommunality", asked.summary)
        self.assertIn("no account", asked.note)
        self.assertIn("“Note the signature on paper”", asked.note)

    def test_anyone_who_cannot_sign_today_is_not_asked(self):
        """The delegate has an account, and the delegation is over."""
        dgs, post = self._staff("dgs_rives", "Denis", "DELAGE", "dgs")
        self.agreement.epci_signatory_id = dgs.partner_id
        post.write(
            {
                "sign_delegation_ref": "arrêté n° 14",
                "sign_delegation_start": self.today - timedelta(days=9),
                "sign_delegation_end": self.today - timedelta(days=1),
            }
        )
        asked = self._asked()
        self.assertEqual(asked.user_id, self.officer)
        self.assertIn("DELAGE", asked.summary)
        self.assertIn("does not hold today", asked.note)

    def test_a_delegate_who_may_sign_is_asked(self):
        dgs, post = self._staff("dgs_rives", "Denis", "DELAGE", "dgs")
        self.agreement.epci_signatory_id = dgs.partner_id
        post.write({"sign_delegation_ref": "arrêté n° 14", "sign_delegation_start": self.today})
        post.sudo().signing_changed_at = False
        asked = self._asked()
        self.assertEqual(asked.user_id, dgs)
        self.assertIn("sign for the intercommunality", asked.summary)
        self.assertTrue(self.agreement.with_user(dgs).epci_can_sign)

    def test_nobody_is_named_where_nobody_signs_any_more(self):
        mandates = self.epci.current_mandate_ids.sudo()
        president = mandates.filtered("function_id.signs_agreements")
        asked = self._asked(lambda: president.write({"active": False}))
        self.assertEqual(asked.user_id, self.officer)
        self.assertIn("nobody signs for us yet", asked.summary)
        self.assertIn("no longer acts for the intercommunality", asked.note)

    def _refused(self, user, words, error=UserError):
        with self.assertRaisesRegex(error, words), self.cr.savepoint():
            self.agreement.env["commune.agreement.signatory"].with_user(user)._sign_for_epci(
                self.agreement.with_user(user), user.name, PIXEL
            )
        self.assertNotIn("epci", self.agreement._get_signed_sides())
