"""Invitations to the portal: one account a person, one message in French, clear refusals."""

from odoo.exceptions import AccessError, UserError
from odoo.tests import HttpCase, new_test_user, tagged
from odoo.tests.common import warmup

from odoo.addons.mail.tests.common import MockEmail

from ..common import CommuneCase


@tagged("post_install", "-at_install")
class TestPortalInvitation(CommuneCase, MockEmail, HttpCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.env["res.lang"]._activate_lang("fr_FR")
        cls.person = cls._person("Nadia", "ORFÈVRE", "Nadia.Orfevre@Aubrive.example", "mme")
        cls.post = cls._mandate(cls.person, cls.commune_a, "dgs")
        cls.officer.partner_id.email = "officer@deuxrives.example"

    @classmethod
    def _person(cls, first_name, last_name, email, civility=False):
        return cls.env["res.partner"].create(
            {
                "firstname": first_name,
                "lastname": last_name,
                "email": email,
                "civility": civility,
            }
        )

    def _invite(self, mandates):
        with self.mock_mail_gateway():
            result = mandates.with_user(self.officer).action_portal_invite()
            self.env["mail.mail"].process_email_queue()
        return result

    def test_one_button_makes_the_account_and_sends_the_link(self):
        self._invite(self.post)
        user = self.person.user_ids
        self.assertEqual(user.login, "nadia.orfevre@aubrive.example")
        self.assertTrue(user._is_portal())
        self.assertEqual(user.lang, "fr_FR")
        self.assertEqual(self.post.portal_state, "invited")
        self.assertEqual(len(self._mails), 1)
        body = self._mails[0]["body"]
        self.assertIn("token=", body)
        self.assertIn("Aubrive", body)
        self.assertIn("nadia.orfevre@aubrive.example", body)

    def test_the_link_opens_the_account_although_free_sign_up_is_closed(self):
        self.env["ir.config_parameter"].set_param("auth_signup.invitation_scope", "b2b")
        self._invite(self.post)
        token = self.person._generate_signup_token()
        page = self.url_open(f"/web/signup?token={token}")
        self.assertEqual(page.status_code, 200)
        self.assertIn("nadia.orfevre@aubrive.example", page.text)
        self.env["res.users"].signup({"password": "un mot de passe long"}, token)
        self.authenticate("nadia.orfevre@aubrive.example", "un mot de passe long")
        self.assertIn("Aubrive", self.url_open("/my").text)

    def _refuse(self):
        self.post.with_user(self.officer).action_portal_invite()
        letters = self.env["commune.letter.delivery"]
        mail = letters.search([("partner_id", "=", self.person.id)], limit=1).mail_id
        reason = "SMTPRecipientsRefused: {'x@y.fr': (550, b'5.1.1 No such user.')}"
        mail._postprocess_sent_message([], [], failure_reason=reason, failure_type="unknown")
        letters._run_record_callbacks()
        self.env.invalidate_all()

    def test_an_invitation_that_was_refused_does_not_read_as_sent(self):
        self._refuse()
        self.assertEqual(self.post.portal_state, "lost")
        found = self.post.search([("portal_state", "=", "lost"), ("id", "=", self.post.id)])
        self.assertEqual(found, self.post)
        self.assertFalse(
            self.post.search([("portal_state", "=", "invited"), ("id", "=", self.post.id)])
        )
        mayor = self.portal_a.partner_id
        colleague = next(
            c
            for c in self.commune_a.env["commune.portal.colleague"]._get_portal_colleagues(
                self.commune_a, mayor
            )
            if c["id"] == self.person.id
        )
        self.assertEqual((colleague["state"], colleague["can_invite"]), ("lost", True))
        for text in (self.person.message_ids[0].body, self.person.activity_ids.note):
            self.assertIn("is not invited", text)
            self.assertIn("No such user", text)
            self.assertNotIn("SMTP", text)
            self.assertNotIn("550", text)
        self._invite(self.post)
        self.env.invalidate_all()
        self.assertEqual(self.post.portal_state, "invited")

    def test_a_second_click_sends_again_and_makes_no_second_account(self):
        for _click in range(2):
            self._invite(self.post)
            self.assertEqual(len(self._mails), 1)
        users = self.env["res.users"].with_context(active_test=False)
        self.assertEqual(users.search_count([("partner_id", "=", self.person.id)]), 1)

    def test_an_archived_account_opens_again(self):
        self._invite(self.post)
        user = self.person.user_ids
        user.action_archive()
        self.assertEqual(self.post.portal_state, "none")
        self._invite(self.post)
        self.assertTrue(user.active)
        self.assertEqual(self.person.user_ids, user)

    def test_a_new_address_before_the_first_login_is_the_new_login(self):
        self._invite(self.post)
        self.person.email = "n.orfevre@aubrive.example"
        self._invite(self.post)
        self.assertEqual(self.person.user_ids.login, "n.orfevre@aubrive.example")

    def _assert_refused(self, mandate, message):
        users = self.env["res.users"].with_context(active_test=False).search_count([])
        with self.assertRaisesRegex(UserError, message):
            self._invite(mandate)
        self.assertFalse(self._mails)
        after = self.env["res.users"].with_context(active_test=False).search_count([])
        self.assertEqual(after, users)

    def test_what_prevents_an_invitation_is_shown(self):
        other = self._person("Paul", "VIDE", False)
        cases = [
            (self._mandate(other, self.commune_a, "dst"), "no e-mail address"),
            (
                self._mandate(
                    self._person("Rémi", "FAUX", "mairie aubrive"), self.commune_a, "accountant"
                ),
                "not a valid e-mail",
            ),
            (
                self._mandate(
                    self._person("Jean", "FINI", "jean.fini@aubrive.example"),
                    self.commune_a,
                    "dst",
                    date_end=self.today,
                ),
                "no function today",
            ),
        ]
        for mandate, message in cases:
            with self.subTest(message=message):
                self._assert_refused(mandate, message)

    def test_an_address_is_not_shared(self):
        """Upper case or not, of a colleague, of an agent or of an archived account."""
        new_test_user(
            self.env, "MAIRIE@aubrive.example", "base.group_portal", email="mairie@aubrive.example"
        )
        agent = new_test_user(self.env, "agent@deuxrives.example", "base.group_user")
        agent.active = False
        for email in ("Mairie@Aubrive.example", "AGENT@deuxrives.example"):
            with self.subTest(email=email):
                self.person.email = email
                self._assert_refused(self.post, "address of")

    def test_an_underscore_in_an_address_is_no_wildcard(self):
        new_test_user(self.env, "a.b@aubrive.example", "base.group_portal")
        self.person.email = "a_b@aubrive.example"
        self._invite(self.post)
        self.assertEqual(self.post.portal_state, "invited")

    def test_an_agent_of_the_intercommunality_is_not_invited(self):
        mandate = self._mandate(self.employee, self.commune_a, "accountant")
        self._assert_refused(mandate, "internal account")

    def test_a_withdrawn_access_is_given_back_first(self):
        self.post.with_user(self.officer).action_portal_withdraw()
        self._assert_refused(self.post, "withdrawn")

    def test_several_at_once_the_list_says_who_and_why_not(self):
        twins = self._person("Éva", "COMMUNE", "mairie@aubrive.example") | self._person(
            "Iris", "COMMUNE", "MAIRIE@aubrive.example"
        )
        mandates = self.post | self._mandate(twins[0], self.commune_a, "dst")
        mandates |= self._mandate(twins[1], self.commune_a, "accountant")
        mandates |= self._mandate(self._person("Ugo", "SANS", ""), self.commune_a, "reception")
        action = self._invite(mandates)
        self.assertFalse(self._mails)
        wizard = self.env["commune.portal.invite"].browse(action["res_id"])
        self.assertEqual(wizard.ready_ids, self.person)
        lines = wizard.problems.splitlines()
        self.assertEqual(len(lines), 3)
        for text in ("address of Iris", "address of Éva", "Ugo"):
            self.assertIn(text, wizard.problems.replace("COMMUNE", "").replace("  ", " "))
        with self.mock_mail_gateway():
            wizard.with_user(self.officer).action_send()
            self.env["mail.mail"].process_email_queue()
        self.assertEqual(len(self._mails), 1)
        self.assertEqual(wizard.sent_ids, self.person)
        self.assertFalse(twins.user_ids)

    def test_only_officers_invite(self):
        for user in (self.reader, self.referent, self.portal_a):
            with self.subTest(user=user.login), self.assertRaises(AccessError):
                self.post.with_user(user).action_portal_invite()
            with self.subTest(user=user.login), self.assertRaises(AccessError):
                self.post.with_user(user).action_portal_withdraw()
        self.assertFalse(self.post.portal_blocked)

    def test_the_state_of_the_account_is_searched(self):
        Mandate = self.env["commune.mandate"].with_user(self.officer)
        here = [("commune_id", "=", self.commune_a.id)]
        self._invite(self.post)
        self.env["res.users.log"].with_user(self.portal_a).sudo().create({})
        self.assertEqual(self.mandate_a.portal_state, "active")
        self.assertTrue(self.mandate_a.portal_login_date)
        # A letter that was lost says nothing once the person has logged in.
        self.portal_a.portal_letter_lost = True
        self.assertEqual(self.mandate_a.portal_state, "active")
        for mandate, state in [
            (self.post, "invited"),
            (self.mandate_a, "active"),
            (self._mandate(self._person("Ana", "RIEN", ""), self.commune_a, "dst"), "none"),
        ]:
            for wanted in ("none", "invited", "lost", "active"):
                with self.subTest(state=state, wanted=wanted):
                    found = Mandate.search([*here, ("portal_state", "=", wanted)])
                    self.assertEqual(mandate in found, wanted == state)

    @warmup
    def test_the_state_costs_the_same_for_ten_and_a_hundred_mandates(self):
        persons = self.env["res.partner"].create(
            [{"lastname": f"ESSAI{n}", "email": f"essai{n}@aubrive.example"} for n in range(100)]
        )
        mandates = self.env["commune.mandate"].create(
            [
                {
                    "partner_id": person.id,
                    "commune_id": self.commune_a.id,
                    "function_id": self.functions["councillor"].id,
                }
                for person in persons
            ]
        )
        self.env.flush_all()
        for count in (10, 100):
            self.env.invalidate_all()
            batch = self.env["commune.mandate"].browse(mandates[:count].ids)
            batch.mapped("partner_id.name")
            with self.subTest(count=count), self.assertQueryCount(2):
                batch.mapped("portal_state")
            self.env.invalidate_all()
            people = self.env["res.partner"].browse(persons[:count].ids)
            people.mapped("email")
            with self.subTest(count=count), self.assertQueryCount(5):
                self.assertFalse(self.env["commune.portal.account"]._get_portal_problems(people))
