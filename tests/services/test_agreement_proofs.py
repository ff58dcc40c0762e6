"""Proofs of what was signed: messages of the software, tracking and files stay as they are."""

from odoo.exceptions import UserError
from odoo.tests import HttpCase, new_test_user, tagged
from odoo.tools import mute_logger

from ..common import CommuneCase
from .service_case import (
    make_agreement,
    make_offer,
    make_service,
    sign_for_commune,
    sign_for_epci,
)


@tagged("post_install", "-at_install")
class TestAgreementProofsStay(CommuneCase, HttpCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        # As it runs: with the tracking that other tests turn off.
        cls.env = cls.env(context={**cls.env.context, "tracking_disable": False})
        cls.system = new_test_user(
            cls.env, "test_system", groups="base.group_system,commune_relations.group_manager"
        )
        cls.staff = cls.officer | cls.manager | cls.system
        offer = make_offer(cls, make_service(cls), kind="free")
        cls.agreement = make_agreement(cls, cls.commune_a, offer).with_env(cls.env)
        cls.agreement.with_context(force_report_rendering=True).action_deliberate()
        sign_for_commune(cls.agreement, cls.portal_a)
        sign_for_epci(cls, cls.agreement)
        cls.env.cr.flush()
        cls.proof = cls.agreement.message_ids.filtered(lambda m: "Anne AUBRY" in str(m.body))
        cls.tracking = cls.agreement.message_ids.tracking_value_ids

    def _refused(self, action):
        with self.assertRaises(UserError), self.cr.savepoint():
            action()

    def test_nobody_rewrites_or_deletes_the_message_of_a_signature(self):
        self.assertEqual(self.proof.author_id, self.portal_a.partner_id)
        body = self.proof.body
        for user in self.staff | self.portal_a:
            message = self.proof.with_user(user)
            for vals in ({"body": "x"}, {"message_type": "comment"}, {"date": "2020-01-01"}):
                with self.subTest(user=user.login, vals=vals):
                    self._refused(lambda m=message, v=vals: m.write(v))
            self._refused(message.unlink)
        self.assertEqual(self.proof.body, body)

    def test_the_discussion_does_not_edit_it_either(self):
        for login in ("test_officer", "test_mayor_a", "test_system"):
            self.authenticate(login, login)
            with self.subTest(login=login), mute_logger("odoo.http"):
                self.make_jsonrpc_request_or_error(
                    "/mail/message/update_content",
                    {"message_id": self.proof.id, "update_data": {"body": "x"}},
                )
        self.proof.invalidate_recordset()
        self.assertIn("Fingerprint", self.proof.body)

    def make_jsonrpc_request_or_error(self, route, params):
        return self.url_open(route, json={"params": params}).json()

    def test_the_tracking_of_the_step_stays(self):
        self.assertTrue(self.tracking)
        for value in self.tracking:
            self._refused(
                lambda v=value: v.with_user(self.system).write({"new_value_char": "Brouillon"})
            )
            self._refused(value.with_user(self.system).unlink)

    def test_the_text_and_the_stroke_of_the_pen_stay(self):
        strokes = self.env["ir.attachment"].search(
            [
                ("res_model", "=", "agreement"),
                ("res_id", "=", self.agreement.id),
                ("res_field", "=", "epci_signature"),
            ]
        )
        self.assertTrue(strokes)
        for file in self.agreement.document_id | strokes[:1]:
            for user in self.staff:
                for vals in ({"raw": b"x"}, {"name": "autre.pdf"}, {"res_model": "res.partner"}):
                    with self.subTest(file=file.name, user=user.login, vals=vals):
                        self._refused(lambda f=file, u=user, v=vals: f.with_user(u).write(v))
                self._refused(file.with_user(user).unlink)
            # The discussion deletes as superuser.
            self._refused(file._delete_and_notify)

    def test_what_a_person_typed_and_other_agreements_are_as_without_us(self):
        note = self.agreement.with_user(self.officer).message_post(
            body="À relire", message_type="comment"
        )
        note.with_user(self.officer).body = "Relu"
        self.agreement.with_user(self.officer)._message_update_content(note, body="Relu deux fois")
        note.with_user(self.officer).unlink()
        file = self.env["ir.attachment"].with_user(self.officer)
        file = file.create(
            {"name": "x.txt", "raw": b"x", "res_model": "agreement", "res_id": self.agreement.id}
        )
        file.raw = b"y"
        file.unlink()
        other = self.env["agreement"].create({"name": "Sans commune", "code": "AUTRE"})
        message = other.message_post(body="Étape", message_type="notification")
        message.with_user(self.env.ref("base.user_admin")).body = "Autre"
        self.assertIn("Autre", message.body)

    def test_a_signed_convention_is_neither_put_away_nor_published(self):
        file = self.agreement.document_id
        for user in self.staff:
            with self.subTest(user=user.login):
                self._refused(lambda u=user: self.agreement.with_user(u).write({"active": False}))
                self._refused(self.agreement.with_user(user).action_archive)
                for vals in ({"public": True}, {"type": "url", "url": "https://x.example"}):
                    self._refused(lambda u=user, v=vals: file.with_user(u).write(v))
        self.assertTrue(self.agreement.active)
        self.assertFalse(file.public)

    def test_a_file_that_a_proof_bears_says_so_and_nobody_takes_it_back(self):
        """It may belong to another record: by its mark alone the message is looked for."""
        file = self.env["ir.attachment"].create(
            {"name": "avis.pdf", "raw": b"x", "res_model": "res.partner", "res_id": self.epci.id}
        )
        self.agreement.sudo()._message_log(body="Avis", attachment_ids=[(4, file.id)])
        self.assertTrue(file.borne_by_proof)
        for user in self.staff:
            own = file.with_user(user)
            own.write({"borne_by_proof": False})
            self.assertTrue(file.borne_by_proof)
            self._refused(lambda f=own: f.write({"raw": b"y"}))
            self._refused(own.unlink)

    def test_a_file_is_marked_however_it_comes_to_a_proof_and_no_other_is(self):
        files = self.env["ir.attachment"].create([{"name": n, "raw": b"x"} for n in "abc"])
        written = self.agreement.sudo()._message_log(body="Avis")
        written.write({"attachment_ids": [(4, files[0].id)]})
        moved, other = (
            self.epci.sudo()._message_log(body="Avis", attachment_ids=[(4, file.id)])
            for file in files[1:]
        )
        self.assertEqual(files.mapped("borne_by_proof"), [True, False, False])
        moved.write({"model": self.agreement._name, "res_id": self.agreement.id})
        self.assertEqual(files.mapped("borne_by_proof"), [True, True, False])
        other.body = "Autre avis"
        self.assertFalse(files[2].borne_by_proof)

    def test_nobody_invents_the_mark_on_a_file(self):
        values = {"name": "a", "raw": b"x", "borne_by_proof": True}
        file = self.env["ir.attachment"].with_user(self.system).create(values)
        self.assertFalse(file.borne_by_proof)
