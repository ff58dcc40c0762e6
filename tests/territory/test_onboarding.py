"""The onboarding: what remains to be done, read from the database; who we are, typed by us."""

import base64

from odoo.exceptions import AccessError, ValidationError
from odoo.tests import Form, tagged
from odoo.tools.image import image_data_uri

from ..common import CommuneCase

PNG = (
    b"iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNkYPhfDwAChwGA60e6kgAAAABJRU5Erk"
    b"Jggg=="
)


@tagged("post_install", "-at_install")
class TestOnboarding(CommuneCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.company = cls.env.company
        cls.company.write({"phone": False, "email": False})
        cls.epci.write({"street": False, "city": False, "phone": False})

    def _get_onboarding(self):
        mornings = self.env["commune.onboarding"].with_user(self.manager)
        return mornings.browse(mornings._open()["res_id"])

    def _lines(self):
        morning = self._get_onboarding()
        self.env.invalidate_all()
        return {line.code: line for line in morning.line_ids}

    def _home(self, user):
        return self.env["res.partner"].with_user(user)._get_application_home_action()

    # the lines

    def test_each_line_is_read_again_and_follows_what_is_done(self):
        lines = self._lines()
        self.assertEqual(lines["territory"].state, "done")
        self.assertIn("2", lines["territory"].progress_text)
        self.assertEqual(lines["organisation"].state, "todo")
        self.epci.write({"street": "1 rue Haute", "city": "Aubrive", "phone": "03 00 00 00 01"})
        legal = "host of the portal, data protection officer"
        self.assertEqual(
            self._lines()["organisation"].progress_text,
            f"Missing: opening hours, president, {legal}",
        )
        self.epci.opening_hours = "Lundi : 8 h – 12 h"
        window = Form(self.env["commune.organisation.identity"].with_user(self.manager))
        window.hosting_provider = "Hébergeur, 2 rue Basse, Aubrive, 03 00 00 00 02"
        window.privacy_email = "dpo@house.example"
        window.save().action_save()
        self.assertEqual(self._lines()["organisation"].progress_text, "Missing: president")
        notice = self.env.company._get_legal_page("notice")
        self.assertIn("2 rue Basse", notice["publisher"].hosting_provider)
        self._mandate(self.portal_a.partner_id, self.epci, "president")
        self.assertEqual(self._lines()["organisation"].state, "done")

    def test_invented_persons_are_no_officials(self):
        elected = self.env["commune.mandate"].search([("kind", "=", "elected")])
        # Anne Aubry, Luc Arnaud, Bruno Blanc; the former deputy counts no more.
        self.assertIn("3 ", self._lines()["officials"].progress_text)
        elected.partner_id.sudo().is_fictitious = True
        line = self._lines()["officials"]
        self.assertEqual(line.state, "todo")
        self.assertIn("fictitious", line.progress_text)
        elected.unlink()
        self.assertIn("Later", self._lines()["officials"].progress_text)

    def test_the_first_commune_is_invited_when_a_colleague_has_an_account(self):
        self.assertEqual(self._lines()["invited"].state, "done")
        (self.portal_a | self.portal_a_limited | self.portal_b | self.portal_both).active = False
        self.assertEqual(self._lines()["invited"].state, "todo")

    def test_who_has_no_address_is_neither_at_the_desk_nor_among_the_accounts(self):
        desk = self.env["helpdesk.ticket.team"]._get_desk()
        admin = self.env.ref("base.user_admin")
        admin.email = False
        desk.write({"user_id": admin.id, "user_ids": False})
        line = self._lines()["desk"]
        self.assertEqual(
            (line.state, line.progress_text), ("todo", f"Without e-mail address: {admin.name}")
        )
        desk.user_id = self.officer
        line = self._lines()["desk"]
        self.assertEqual((line.state, line.progress_text), ("done", self.officer.name))
        accounts = int(self._lines()["people"].progress_text.split()[0])
        self.officer.email = False
        self.assertEqual(
            self._lines()["people"].progress_text,
            f"{accounts - 1} accounts; Without e-mail address: {self.officer.name}",
        )

    def test_each_button_opens_its_screen_for_the_manager(self):
        for line in self._lines().values():
            with self.subTest(line=line.code):
                self.assertTrue(line.name and line.why and line.button and line.minutes)
                action = line.action_open()
                model = self.env[action["res_model"]].with_user(self.manager)
                model.get_views(action["views"])

    def test_a_pillar_that_is_off_takes_its_lines_with_it(self):
        self.assertLessEqual({"desk", "letter", "session"}, set(self._lines()))
        self.company.write({"uses_committees": False, "uses_requests": False})
        lines = self._lines()
        self.assertIn("letter", lines)
        self.assertFalse({"desk", "session"} & set(lines))

    def test_many_communes_and_persons_take_no_more_queries(self):
        def count():
            self.env.flush_all()
            self.env.invalidate_all()
            before = self.env.cr.sql_log_count
            self.company.with_user(self.manager)._get_onboarding_steps()
            return self.env.cr.sql_log_count - before

        count()
        few = count()
        communes = self.env["res.partner"].create(
            [
                {
                    "name": f"Commune {n}",
                    "is_company": True,
                    "is_commune": True,
                    "insee_code": f"5780{n}",
                    "epci_id": self.epci.id,
                }
                for n in range(9)
            ]
        )
        for commune in communes:
            person = self.env["res.partner"].create({"lastname": f"Maire de {commune.name}"})
            self._mandate(person, commune, "mayor")
        self.assertEqual(count(), few)

    # the first screen

    def test_the_application_begins_there_for_the_manager_alone_until_put_away(self):
        self.assertEqual(self._home(self.manager)["res_model"], "commune.onboarding")
        self.assertNotEqual(self._home(self.officer)["res_model"], "commune.onboarding")
        self._get_onboarding().action_put_away()
        self.assertNotEqual(self._home(self.manager)["res_model"], "commune.onboarding")

    # who we are

    def test_the_manager_says_who_we_are_and_nothing_else_of_the_company_changes(self):
        self.assertFalse(self.manager.has_group("base.group_system"))
        form = Form(self.env["commune.organisation.identity"].with_user(self.manager))
        form.street, form.zip, form.city = "2 place du Marché", "57000", "Aubrive"
        form.phone, form.opening_hours = "03 00 00 00 02", "Lundi : 9 h – 17 h"
        form.civility, form.firstname, form.lastname = "mme", "Paule", "PRESLE"
        before = (self.company.name, self.company.email, self.company.currency_id)
        form.save().action_save()
        self.env.invalidate_all()
        identity = self.company._get_document_identity()
        self.assertEqual(identity["address"], "2 place du Marché, 57000 Aubrive")
        self.assertEqual(self.company._get_organisation_phone(), "03 00 00 00 02")
        self.assertEqual(self.epci.mayor_id.name, "Paule PRESLE")
        after = (self.company.name, self.company.email, self.company.currency_id)
        self.assertEqual(after, before)
        # Known from now on: typing another name replaces nobody.
        form = Form(self.env["commune.organisation.identity"].with_user(self.manager))
        self.assertEqual((form.known_president, form.city), ("Paule PRESLE", "Aubrive"))

    def test_a_logo_and_two_colours_are_shown_before_they_are_saved(self):
        form = Form(self.env["commune.organisation.branding"].with_user(self.manager))
        form.logo = PNG.decode()
        form.primary_color = "#0b5345"
        self.assertIn("#0b5345", form.preview)
        self.assertIn(image_data_uri(PNG)[:40], form.preview)
        look = form.save()
        self.assertNotEqual(self.company.primary_color, "#0b5345")
        look.action_save()
        self.assertEqual(self.company.primary_color, "#0b5345")
        self.assertFalse(self.company.uses_default_logo)
        self.assertTrue(base64.b64decode(self.company.logo).startswith(b"\x89PNG"))
        self.assertEqual(self._lines()["look"].state, "done")

    def test_a_colour_that_cannot_be_read_is_refused(self):
        form = Form(self.env["commune.organisation.branding"].with_user(self.manager))
        form.primary_color = "#ffee99"
        with self.assertRaisesRegex(ValidationError, "contrast"):
            form.save()

    def test_nobody_but_the_manager_opens_these_screens(self):
        for name in (
            "commune.onboarding",
            "commune.organisation.identity",
            "commune.organisation.branding",
        ):
            for user in (self.reader, self.officer, self.coordinator, self.employee, self.portal_a):
                with self.subTest(model=name, user=user.login), self.assertRaises(AccessError):
                    self.env[name].with_user(user).create({})
