"""Colleagues on the portal: invited, added, withdrawn and given back, for one's commune only."""

from datetime import timedelta

from odoo.tests import tagged
from odoo.tools import mute_logger

from odoo.addons.mail.tests.common import MockEmail

from ...models.territory.portal.colleagues import DAILY_INVITATIONS
from .portal_case import PortalCase


@tagged("post_install", "-at_install")
class TestPortalColleagues(PortalCase, MockEmail):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.env.company.email = "relations@deuxrives.example"
        cls.clerk = cls.env["res.partner"].create(
            {"firstname": "Karim", "lastname": "LEROY", "civility": "m"}
        )
        cls.post = cls._mandate(cls.clerk, cls.commune_a, "accountant")

    def _post(self, path, place=None, **values):
        with self.mock_mail_gateway():
            page = super()._post(path, commune_id=(place or self.commune_a).id, **values)
            self.env["mail.mail"].process_email_queue()
        return page

    def _new(self, **values):
        return {
            "firstname": "Zoé",
            "lastname": "Neuve",
            "email": "Zoe.Neuve@aubrive.example",
            "function_id": self.functions["reception"].id,
            "civility": "mme",
            **values,
        }

    def _find(self, name):
        return self.env["res.partner"].search([("lastname", "=", name)])

    def _notes(self, place):
        return " ".join(place.message_ids.mapped("body"))

    def test_every_change_is_for_a_full_person_of_the_commune(self):
        person = self.portal_a_limited.partner_id.id
        routes = {
            "/my/colleagues/add": self._new(),
            f"/my/colleagues/{person}/invite": {"email": "luc@aubrive.example"},
            f"/my/colleagues/{person}/withdraw": {},
            f"/my/colleagues/{person}/restore": {},
        }
        for login in ("mayor_b", "councillor_a", "former_a"):
            self._login(login)
            for path, values in routes.items():
                with self.subTest(login=login, path=path):
                    self.assertEqual(self._post(path, **values).status_code, 404)
        self.logout()
        for path, values in routes.items():
            with self.subTest(login="visitor", path=path):
                self.assertIn("/web/login", self._post(path, **values).url)
        self.assertFalse(self._find("NEUVE"))
        self.assertFalse(self.mandate_a_limited.portal_blocked)
        self.assertFalse(self.portal_a_limited.email)

    def test_the_page_is_for_a_full_person(self):
        for login, status in [("mayor_a", 200), ("councillor_a", 404), ("former_a", 404)]:
            self._login(login)
            self.assertEqual(self.url_open("/my/colleagues").status_code, status, login)
        self.logout()
        self.assertIn("/web/login", self.url_open("/my/colleagues").url)

    def test_a_colleague_of_another_commune_is_nobody_here(self):
        self._login("mayor_a")
        for action in ("invite", "withdraw", "restore"):
            path = f"/my/colleagues/{self.portal_b.partner_id.id}/{action}"
            self.assertEqual(self._post(path).status_code, 404)
            # Naming the other commune in the form opens nothing either.
            self.assertEqual(self._post(path, place=self.commune_b).status_code, 404)
        self.assertFalse(self.mandate_b.portal_blocked)

    def test_changes_need_a_post_and_a_token(self):
        self._login("mayor_a")
        path = f"/my/colleagues/{self.clerk.id}/withdraw"
        self.assertIn(self.url_open(path).status_code, (404, 405))
        with mute_logger("odoo.http"):
            answer = self.url_open(path, data={"commune_id": self.commune_a.id})
        self.assertEqual(answer.status_code, 400)
        self.assertFalse(self.post.portal_blocked)

    def test_a_mayor_invites_a_colleague_whose_address_was_missing(self):
        self._login("mayor_a")
        path = f"/my/colleagues/{self.clerk.id}/invite"
        for wrong in ("", "karim", "karim@"):
            page = self._post(path, email=wrong)
            self.assertEqual(page.status_code, 422)
        self.assertFalse(self.clerk.user_ids)
        page = self._post(path, email=" Karim.Leroy@Aubrive.example ")
        self.assertIn("has been sent an invitation", page.text)
        self.assertEqual(self.clerk.user_ids.login, "karim.leroy@aubrive.example")
        self.assertEqual(len(self._mails), 1)
        self.assertIn("Karim LEROY was invited", self._notes(self.commune_a))
        # Sent again: the known address prevails over the form.
        self._post(path, email="autre@aubrive.example")
        self.assertEqual(self.clerk.email, "karim.leroy@aubrive.example")
        self.assertEqual(len(self.clerk.user_ids), 1)

    def test_an_address_is_not_given_to_a_person_who_serves_elsewhere_too(self):
        """It would open the other commune to anyone who reads that mailbox."""
        self._mandate(self.clerk, self.commune_b, "accountant")
        self._login("mayor_a")
        page = self._post(f"/my/colleagues/{self.clerk.id}/invite", email="a@aubrive.example")
        self.assertIn("also holds a function elsewhere", page.text)
        self.assertIn('class="alert alert-info"', page.text)
        self.assertIn('value="a@aubrive.example"', page.text)
        self.assertFalse(self.clerk.email)
        self.assertFalse(self.clerk.user_ids)
        self.assertIn("Karim LEROY", self.commune_a.activity_ids.summary)

    def test_a_secretary_adds_a_colleague(self):
        self._login("secretary_ab")
        page = self._post("/my/colleagues/add", **self._new())
        self.assertIn("has been sent an invitation", page.text)
        person = self._find("NEUVE")
        self.assertEqual(person.user_ids.login, "zoe.neuve@aubrive.example")
        post = person.held_mandate_ids
        self.assertEqual(post.commune_id, self.commune_a)
        self.assertEqual((post.source, post.date_start), ("manual", self.today))
        self.assertIn("added and invited", self._notes(self.commune_a))
        self.assertIn("Sophie COLIN", self._notes(self.commune_a))

    def test_the_form_says_what_is_wrong_and_keeps_what_was_typed(self):
        self._login("mayor_a")
        cases = [
            ({"firstname": " "}, "first name"),
            ({"lastname": ""}, "last name"),
            ({"lastname": "N" * 61}, "too long"),
            ({"email": "zoe"}, "not a valid e-mail"),
            ({"function_id": ""}, "Choose a function"),
            ({"function_id": self.functions["deputy_mayor"].id}, "Choose a function"),
            ({"function_id": "9" * 40}, "Choose a function"),
        ]
        for wrong, message in cases:
            with self.subTest(wrong=wrong):
                page = self._post("/my/colleagues/add", **self._new(**wrong))
                self.assertEqual(page.status_code, 422)
                self.assertIn(message, page.text)
                self.assertIn("civility_mme", page.text)
        self.assertFalse(self._find("NEUVE"))

    def test_an_address_used_elsewhere_is_checked_by_the_staff_and_reveals_nothing(self):
        self.portal_b.partner_id.email = "bruno@bellefontaine.example"
        self.portal_a.partner_id.lastname = "<b>AUBRY</b>"
        self._login("mayor_a")
        page = self._post("/my/colleagues/add", **self._new(email="BRUNO@bellefontaine.example"))
        self.assertIn("already in use", page.text)
        self.assertNotIn("BLANC", page.text)
        self.assertFalse(self._find("NEUVE"))
        activity = self.commune_a.activity_ids
        self.assertIn("bruno@bellefontaine.example", activity.summary)
        self.assertIn("&lt;b&gt;AUBRY", activity.note)
        self.assertTrue(activity.user_id.has_group("commune_relations.group_manager"))
        self._post("/my/colleagues/add", **self._new(email="bruno@bellefontaine.example"))
        self.assertEqual(len(self.commune_a.activity_ids), 1)

    def test_the_address_of_a_colleague_is_not_given_to_another(self):
        self.portal_both.partner_id.email = "mairie@aubrive.example"
        self._login("mayor_a")
        page = self._post("/my/colleagues/add", **self._new(email="mairie@aubrive.example"))
        self.assertIn("Sophie COLIN", page.text)
        self.assertFalse(self._find("NEUVE"))
        self.assertFalse(self.commune_a.activity_ids)

    def test_a_person_already_known_here_gets_the_post_and_no_double(self):
        self.clerk.email = "karim@aubrive.example"
        self._login("mayor_a")
        self._post(
            "/my/colleagues/add",
            **self._new(firstname="karim", lastname="Leroy", email="karim@aubrive.example"),
        )
        self.assertEqual(len(self._find("LEROY")), 1)
        functions = self.clerk.held_mandate_ids.function_id.mapped("code")
        self.assertEqual(set(functions), {"accountant", "reception"})
        self.assertTrue(self.clerk.user_ids)
        page = self._post(
            "/my/colleagues/add",
            **self._new(firstname="Karim", lastname="LEROY", email="autre@aubrive.example"),
        )
        self.assertIn("already known here", page.text)
        self.assertEqual(len(self._find("LEROY")), 1)

    def test_a_colleague_is_withdrawn_at_once_and_given_back(self):
        self._login("mayor_a")
        person = self.portal_both.partner_id
        page = self._post(f"/my/colleagues/{person.id}/withdraw")
        self.assertIn("does not see the commune any more", page.text)
        self.assertTrue(self.mandate_both_a.portal_blocked)
        self.assertEqual(self.mandate_both_a.portal_blocked_by_id, self.portal_a.partner_id)
        self.assertFalse(self.mandate_both_a.date_end)
        self.assertFalse(self.mandate_both_b.portal_blocked)
        self.assertFalse(self.commune_a.with_user(self.portal_both).has_access("read"))
        self.assertTrue(self.commune_b.with_user(self.portal_both).has_access("read"))
        self.assertIn("withdrawn by Anne AUBRY", self._notes(self.commune_a))
        # The person withdrawn cannot undo it.
        self._login("secretary_ab")
        self.assertEqual(self._post(f"/my/colleagues/{person.id}/restore").status_code, 404)
        self._login("mayor_a")
        self._post(f"/my/colleagues/{person.id}/restore")
        self.assertFalse(self.mandate_both_a.portal_blocked)
        self.assertTrue(self.commune_a.with_user(self.portal_both).has_access("read"))

    def test_neither_oneself_nor_the_mayor_is_withdrawn(self):
        self._login("secretary_ab")
        for person in (self.portal_both.partner_id, self.portal_a.partner_id):
            page = self._post(f"/my/colleagues/{person.id}/withdraw")
            self.assertEqual(page.status_code, 422)
        self.assertFalse((self.mandate_a | self.mandate_both_a).filtered("portal_blocked"))

    def test_there_is_a_limit_a_day(self):
        self.clerk.email = "karim@aubrive.example"
        self.commune_a.write(
            {
                "portal_invitation_date": self.today,
                "portal_invitation_count": DAILY_INVITATIONS - 1,
            }
        )
        self._login("mayor_a")
        self._post(f"/my/colleagues/{self.clerk.id}/invite")
        self.assertEqual(len(self._mails), 1)
        page = self._post(f"/my/colleagues/{self.clerk.id}/invite")
        self.assertIn("tomorrow", page.text)
        self.assertFalse(self._mails)
        page = self._post("/my/colleagues/add", **self._new())
        self.assertIn("tomorrow", page.text)
        self.assertFalse(self._find("NEUVE"))
        self.commune_a.portal_invitation_date = self.today - timedelta(days=366)
        self._post("/my/colleagues/add", **self._new())
        self.assertTrue(self._find("NEUVE"))

    def test_what_is_typed_is_shown_as_text(self):
        self._login("mayor_a")
        page = self._post(
            "/my/colleagues/add", **self._new(firstname='"><script>alert(1)</script>', email="x")
        )
        self.assertNotIn("<script>alert(1)", page.text)
