"""Letters that open an account: only the person's copy has their link, and a failed letter is
reported."""

import re
from email.utils import getaddresses
from unittest.mock import patch

from odoo import http
from odoo.tests import HttpCase, tagged
from odoo.tools import mute_logger

from odoo.addons.base.models.ir_mail_server import MailDeliveryException

from ..common import CommuneCase


@tagged("post_install", "-at_install")
class TestPortalLetter(CommuneCase, HttpCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.env["res.lang"]._activate_lang("fr_FR")
        cls.person = cls.env["res.partner"].create(
            {
                "firstname": "Nadia",
                "lastname": "ORFÈVRE",
                "email": "nadia@aubrive.example",
                "civility": "mme",
            }
        )
        cls.post = cls._mandate(cls.person, cls.commune_a, "dgs")
        cls.portal_b.partner_id.write({"email": "bruno@blanc.example", "lang": "fr_FR"})

    def _letters(self, person):
        return self.env["mail.mail"].search([("recipient_ids", "in", person.ids)])

    def _invite(self):
        self.post.with_user(self.officer).action_portal_invite()
        return self._letters(self.person)[:1]

    def _link(self, mail):
        [link] = re.findall(r'href="https?://[^/]+(/web/[^"]+)"', self._copy(mail))
        return link.replace("&amp;", "&")

    def _refuse(self, mails):
        """The mail server knows nobody of that name."""

        def refuse(_server, message, **_options):
            [address] = getaddresses([str(message["To"])])
            text = f"SMTPRecipientsRefused: {{'{address[1]}': (550, b'5.1.1 inconnu ici')}}"
            raise MailDeliveryException("Mail Delivery Failed", text)

        servers = type(self.env["ir.mail_server"])
        with (
            patch.object(servers, "_disable_send", lambda _server: False),
            patch.object(servers, "_connect__", lambda *_args, **_options: None),
            patch.object(servers, "send_email", refuse),
            mute_logger("odoo.addons.mail.models.mail_mail"),
        ):
            mails.sudo().send()

    def _lost(self, person):
        kind = self.env.ref("commune_relations.mail_activity_type_portal_letter")
        return person.activity_ids.filtered(lambda found: found.activity_type_id == kind)

    def test_the_link_is_made_for_the_copy_and_opens_the_account(self):
        mail = self._invite()
        self.assertNotIn("token", mail.body_html)
        self.authenticate(None, None)
        page = self.url_open(self._link(mail))
        self.assertEqual(page.status_code, 200)
        self.assertIn("nadia@aubrive.example", page.text)

    def test_the_invitation_greets_as_the_other_letters_in_their_frame_and_name(self):
        self.person.lang = "fr_FR"
        self.epci.brand_name = "Les Deux Rives"
        self.env.company.write({"phone": "03 87 00 00 00", "email": "contact@rives.example"})
        mail = self._invite()
        self.assertIn("Bonjour Madame ORFÈVRE,", mail.body_html)
        # Only the footer of the layout mentions it.
        self.assertIn("Téléphone", mail.body_html)
        self.assertIn("Les Deux Rives", mail.email_from)

    def test_the_place_of_the_link_says_in_french_that_it_is_personal(self):
        mail = self._invite()
        [place] = re.findall(r'href="https?://[^/]+(/personal-link/[^"]+)"', mail.body_html)
        self.authenticate(None, None)
        page = self.url_open(place)
        self.assertIn("Ce lien est personnel", page.text)
        self.assertNotIn("ORFÈVRE", page.text)
        self.assertEqual(page.headers["Cache-Control"], "no-store")

    def test_an_invitation_that_does_not_leave_is_notified_to_its_sender_and_opens_nothing(self):
        mail = self._invite()
        token = re.search("token=([^&]+)", self._link(mail))[1]
        self.assertTrue(self.env["res.partner"]._get_partner_from_token(token))
        self._refuse(mail)
        self.assertFalse(self.env["res.partner"]._get_partner_from_token(token))
        activity = self._lost(self.person)
        self.assertEqual(activity.user_id, self.officer)
        self.assertIn("ORFÈVRE", activity.summary)
        self.assertIn("inconnu ici", activity.note)
        self.assertNotIn(token, activity.note)
        self._refuse(self._invite())
        self.assertEqual(len(self._lost(self.person)), 1)

    def test_a_relay_that_is_silent_does_not_close_the_invitation(self):
        mail = self._invite()

        def connect(*_args, **_options):
            raise ConnectionRefusedError("relais muet")

        servers = type(self.env["ir.mail_server"])
        for attempt in range(1, 4):
            with (
                patch.object(servers, "_connect__", connect),
                mute_logger("odoo.addons.mail.models.mail_mail"),
            ):
                mail.sudo().send()
            self.assertEqual(mail.state, "outgoing")
            # Two attempts take some minutes: nobody is disturbed for them.
            self.assertEqual(len(self._lost(self.person)), int(attempt == 3))
        token = re.search("token=([^&]+)", self._link(mail))[1]
        self.assertTrue(self.env["res.partner"]._get_partner_from_token(token))

    def test_the_invitation_sent_again_opens(self):
        self._refuse(self._invite())
        link = self._link(self._invite())
        self.authenticate(None, None)
        self.assertIn("nadia@aubrive.example", self.url_open(link).text)

    def test_an_invitation_by_a_colleague_that_is_lost_goes_to_the_manager(self):
        self.post.with_user(self.officer).action_portal_invite()
        mail = self._letters(self.person)[:1]
        mail.with_user(self.portal_both).sudo()  # read by nobody
        self.env.cr.execute(
            "UPDATE commune_letter_delivery SET create_uid = %s WHERE mail_id = %s",
            [self.portal_both.id, mail.id],
        )
        self.env.invalidate_all()
        self._refuse(mail)
        self.assertEqual(self._lost(self.person).user_id, self.manager)

    def test_an_employee_who_asks_for_the_password_of_a_mayor_reads_nothing(self):
        self.employee.password = "test_employee"
        self.authenticate("test_employee", "test_employee")
        self.url_open(
            "/web/reset_password",
            data={"login": self.portal_b.login, "csrf_token": http.Request.csrf_token(self)},
        )
        mail = self._letters(self.portal_b.partner_id)
        self.assertEqual(mail.subject[:12], "Votre mot de")
        token = re.search("token=([^&]+)", self._link(mail))[1]
        messages = self.env["mail.message"].with_user(self.employee)
        self.assertFalse([m for m in messages.search([]) if token in (m.body or "")])
        self.authenticate(None, None)
        page = self.url_open(self._link(mail))
        self.assertIn('name="confirm_password"', page.text)
        self.assertNotIn('name="login"', page.text)

    def test_the_password_of_a_third_party_account_is_left_to_odoo(self):
        self.employee.email = "employee@deuxrives.example"
        self.assertFalse(self.employee._get_commune_accounts())
        self.employee.action_reset_password()
        self.assertFalse(
            self.env["mail.mail"].search([("body_html", "like", "/personal-link/res.users")])
        )
