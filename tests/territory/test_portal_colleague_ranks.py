"""The address that a colleague types never opens the account of a person of higher rank."""

from odoo.tests import tagged

from odoo.addons.mail.tests.common import MockEmail

from .portal_case import PortalCase


@tagged("post_install", "-at_install")
class TestPortalColleagueRanks(PortalCase, MockEmail):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.env.company.email = "relations@deuxrives.example"
        cls.commune_a.email = "mairie@aubrive.example"
        cls.portal_both.partner_id.email = "sophie@aubrive.example"
        # The mayor of these tests has neither an address nor an account.
        cls.mandate_a.date_end = cls.today
        cls.mayor = cls._person("Michel", "MAIRE", "mayor")
        cls.dgs = cls._portal("dgs_a", "Diane", "GENOT", "mme")
        cls._mandate(cls.dgs, cls.commune_a, "dgs")
        cls.dgs.partner_id.lang = "en_US"

    @classmethod
    def _person(cls, first_name, last_name, code):
        person = cls.env["res.partner"].create(
            {"firstname": first_name, "lastname": last_name, "civility": "m"}
        )
        cls._mandate(person, cls.commune_a, code)
        return person

    def _invite(self, login, person, email):
        self._login(login)
        with self.mock_mail_gateway():
            return self._post(
                f"/my/colleagues/{person.id}/invite", commune_id=self.commune_a.id, email=email
            )

    def _assert_checked_by_the_staff(self, page, person, email):
        self.assertEqual(page.status_code, 200)
        self.assertIn("the intercommunality checks it with the town hall", page.text)
        self.assertIn('class="alert alert-info"', page.text)
        self.assertNotIn("alert-danger", page.text)
        self.assertIn(f'value="{email}"', page.text)
        person.invalidate_recordset()
        self.assertFalse(person.email)
        self.assertFalse(person.user_ids)
        self.assertNotIn(email, str([mail["email_to"] for mail in self._mails]))
        activity = self.commune_a.activity_ids.filtered(lambda a: person.name in a.summary)
        self.assertIn("an e-mail address is proposed", activity.summary)
        self.assertIn(email, activity.note)
        self.assertIn("Call the town hall", activity.note)

    def test_a_secretary_opens_no_account_of_the_mayor(self):
        addresses = ("another@box.example", "mairie@aubrive.example", "sophie@aubrive.example")
        for email in addresses:
            with self.subTest(email=email), self.cr.savepoint() as savepoint:
                page = self._invite("secretary_ab", self.mayor, email)
                self._assert_checked_by_the_staff(page, self.mayor, email)
                savepoint.rollback()

    def test_a_secretary_opens_no_account_of_the_head_of_the_services(self):
        head = self._person("Didier", "GUY", "dgs")
        page = self._invite("secretary_ab", head, "another@box.example")
        self._assert_checked_by_the_staff(page, head, "another@box.example")

    def test_a_secretary_opens_no_account_of_another_secretary(self):
        other = self._person("Serge", "EGAL", "town_hall_secretary")
        page = self._invite("secretary_ab", other, "another@box.example")
        self._assert_checked_by_the_staff(page, other, "another@box.example")

    def test_a_secretary_opens_no_account_of_an_elected_official(self):
        official = self._person("Élise", "ELUE", "deputy_mayor")
        page = self._invite("secretary_ab", official, "another@box.example")
        self._assert_checked_by_the_staff(page, official, "another@box.example")

    def test_a_head_of_the_services_opens_no_account_of_the_mayor(self):
        page = self._invite("dgs_a", self.mayor, "another@box.example")
        self._assert_checked_by_the_staff(page, self.mayor, "another@box.example")

    def test_a_mandate_to_come_counts(self):
        deputy = self._person("Fabien", "FUTUR", "accountant")
        self._mandate(deputy, self.commune_a, "mayor", date_start="2999-01-01")
        page = self._invite("secretary_ab", deputy, "another@box.example")
        self._assert_checked_by_the_staff(page, deputy, "another@box.example")

    def test_anyone_with_a_higher_function_gives_the_address(self):
        secretary = self._person("Serge", "SECOND", "town_hall_secretary")
        page = self._invite("dgs_a", secretary, "serge@aubrive.example")
        self.assertIn("has been sent an invitation", page.text)
        self.assertEqual(secretary.user_ids.login, "serge@aubrive.example")

    def test_a_mayor_invites_a_secretary(self):
        self.mandate_a.date_end = False
        secretary = self._person("Serge", "SECOND", "town_hall_secretary")
        page = self._invite("mayor_a", secretary, "serge@aubrive.example")
        self.assertIn("has been sent an invitation", page.text)
        self.assertEqual(secretary.email, "serge@aubrive.example")

    def test_an_address_already_known_is_the_one_that_is_used(self):
        self.mayor.email = "michel@maire.example"
        page = self._invite("secretary_ab", self.mayor, "another@box.example")
        self.assertIn("has been sent an invitation", page.text)
        self.assertEqual(self.mayor.user_ids.login, "michel@maire.example")
        self.assertEqual(self.mayor.email, "michel@maire.example")

    def test_a_new_colleague_with_the_name_of_the_mayor_is_not_the_mayor(self):
        self._login("secretary_ab")
        with self.mock_mail_gateway():
            page = self._post(
                "/my/colleagues/add",
                commune_id=self.commune_a.id,
                firstname="Michel",
                lastname="Maire",
                email="another@box.example",
                function_id=self.functions["reception"].id,
            )
        self.assertEqual(page.status_code, 422)
        self.assertFalse(self.mayor.user_ids)

    def test_a_secretary_gives_no_post_to_the_mayor(self):
        """The mayor would wait a day before signing, as often as the secretary likes."""
        self.mayor.email = "michel@maire.example"
        self.mayor.signing_changed_at = False
        self._login("secretary_ab")
        values = {"firstname": "Michel", "lastname": "Maire", "email": self.mayor.email}
        with self.mock_mail_gateway():
            page = self._post(
                "/my/colleagues/add",
                commune_id=self.commune_a.id,
                function_id=self.functions["dgs"].id,
                **values,
            )
        self.assertEqual(page.status_code, 422)
        self.assertIn("is already known here", page.text)
        self.assertEqual(self.mayor.held_mandate_ids.function_id, self.functions["mayor"])
        self.assertFalse(self.mayor.signing_changed_at)
