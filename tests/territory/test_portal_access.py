"""The portal of a commune: who enters, until when, for which commune."""

from datetime import timedelta
from pathlib import Path

from odoo.exceptions import AccessError
from odoo.fields import Domain
from odoo.tests import tagged
from odoo.tools import mute_logger

from ...controllers.portal_home import to_id, to_local_page
from ...models.territory.mandate.mandate import PORTAL_ACCESS
from ..common import CommuneCase
from .portal_case import PortalCase

ROOT = Path(__file__).parents[2]


@tagged("post_install", "-at_install")
class TestPortalAccess(CommuneCase):
    def _places(self, user):
        return self.env["res.partner"].with_user(user)._get_portal_places()

    def test_a_mandate_ended_today_opens_nothing_any_more_today(self):
        commune = self.commune_a.with_user(self.portal_a)
        self.assertTrue(commune.has_access("read"))
        self.mandate_a.with_user(self.officer).action_end_today()
        commune.invalidate_recordset()
        self.assertEqual(self.mandate_a.state, "current")
        self.assertFalse(commune.has_access("read"))
        self.assertFalse(self._places(self.portal_a))
        self.assertFalse(self.commune_a._get_portal_role(self.portal_a.partner_id))
        self.assertFalse(self.mandate_both_a.with_user(self.portal_a).has_access("read"))

    def test_a_mandate_that_ends_tomorrow_still_opens_today(self):
        self.mandate_a.date_end = self.today + timedelta(days=1)
        self.assertEqual(self._places(self.portal_a).ids, self.commune_a.ids)

    def test_a_mandate_that_begins_tomorrow_opens_nothing_today(self):
        self.mandate_a.date_start = self.today + timedelta(days=1)
        self.assertFalse(self._places(self.portal_a))
        self.assertFalse(self.commune_a.with_user(self.portal_a).has_access("read"))

    def test_a_withdrawn_access_closes_one_commune_only(self):
        self.mandate_both_a.with_user(self.officer).action_portal_withdraw()
        self.assertEqual(self._places(self.portal_both).ids, self.commune_b.ids)
        self.assertFalse(self.commune_a.with_user(self.portal_both).has_access("read"))
        self.mandate_both_a.with_user(self.officer).action_portal_restore()
        self.assertEqual(self._places(self.portal_both), self.commune_a | self.commune_b)

    def test_how_to_reach_a_person_is_read_on_no_record_around(self):
        """Related fields are computed as superuser: an address is shown where consent is asked."""
        reach = {"email", "email_normalized", "phone", "phone_sanitized", "street", "comment"}
        open_to = ("base.group_portal", "base.group_public")
        groups = [self.env.ref(name).id for name in open_to]
        rights = self.env["ir.model.access"].search(
            [("perm_read", "=", True), "|", ("group_id", "=", False), ("group_id", "in", groups)]
        )
        found = [
            f"{model}.{name}"
            for model in set(rights.model_id.mapped("model")) & set(self.env)
            for name, field in self.env[model]._fields.items()
            if field.related
            and "commune_relations" in field._modules
            and field.related.rpartition(".")[2] in reach
            and not (field.groups and not field.compute_sudo)
        ]
        self.assertEqual(found, [])
        mandate = self.mandate_b.with_user(self.portal_b)
        self.assertTrue(mandate.read(["partner_id"]))
        with self.assertRaises(AccessError):
            mandate.search([("portal_state", "=", "active")])
        for name in ("partner_email", "partner_phone"):
            with self.assertRaises(AccessError):
                mandate.read([name])
            self.mandate_a.partner_id.sudo()[name[8:]] = "03 00 00 00 77"
            self.assertFalse(mandate.search([(name, "ilike", "77")]))
            with self.assertRaises(ValueError):
                mandate.search([], order=name)

    def test_no_rule_plans_the_conditions_of_a_mandate_again(self):
        files = sorted((ROOT / "security").rglob("*.xml"))
        self.assertTrue(files)
        written = [one.name for one in files if "mandate_ids', 'any'" in one.read_text("utf-8")]
        self.assertEqual(written, [])

    def _seen(self, user, field):
        """The communes that the current user finds by a field of the rules; in Python alike."""
        places = self.env["res.partner"].with_user(user).sudo()
        found = places.search([(field, "=", True), ("is_commune", "=", True)])
        both = (self.commune_a | self.commune_b).with_user(user).sudo()
        self.assertEqual(both.filtered(field), found)
        self.assertEqual(both - both.search([(field, "=", False)]), found)
        return found.sorted("name").mapped("name")

    def test_each_field_of_the_rules_says_what_a_function_opens(self):
        wanted = {
            "mayor": (True, True, True),
            "dgs": (True, True, True),
            "town_hall_secretary": (True, True, True),
            "councillor": (True, False, False),
        }
        names = ("is_open_to_me", "is_represented_by_me", "has_confidential_access")
        for code, opened in wanted.items():
            self.mandate_a.sudo().function_id = self.functions[code]
            with self.subTest(code):
                found = [bool(self._seen(self.portal_a, name)) for name in names]
                self.assertEqual(found, list(opened))
        for user in (self.portal_ended, self.employee, self.public, self.officer):
            self.assertFalse([self._seen(user, name) for name in names if self._seen(user, name)])
        self.assertEqual(self._seen(self.portal_b, "is_open_to_me"), ["Bellefontaine"])
        self.assertEqual(self._seen(self.portal_both, names[0]), ["Aubrive", "Bellefontaine"])
        self.mandate_both_a.date_end = self.today
        self.assertEqual(self._seen(self.portal_both, names[0]), ["Bellefontaine"])

    def test_what_opens_in_python_is_what_postgresql_finds(self):
        day = timedelta(days=1)
        silent = self.functions["mayor"].copy({"code": "silent", "portal_role": False})
        opened = {}
        for values in (
            {},
            {"date_start": self.today, "date_end": self.today + day},
            {"date_start": self.today + day},
            {"date_start": self.today - day, "date_end": self.today},
            {"date_start": self.today - day, "date_end": self.today - day},
            {"portal_blocked": True},
            {"function_id": silent.id},
            {"active": False},
        ):
            plain = {"date_start": False, "date_end": False, "portal_blocked": False}
            plain |= {"active": True, "function_id": self.functions["mayor"].id}
            self.mandate_a.sudo().write({**plain, **values})
            own = Domain(PORTAL_ACCESS) & Domain("id", "=", self.mandate_a.id)
            found = bool(self.env["commune.mandate"].with_context(active_test=False).search(own))
            with self.subTest(values):
                self.assertEqual(bool(self.mandate_a._filter_opening()), found)
                self.assertEqual(self._seen(self.portal_a, "is_open_to_me"), ["Aubrive"] * found)
                opened_one = self.commune_a.with_user(self.portal_a).has_access("read")
                self.assertEqual(opened_one, found)
                self.assertEqual(self._places(self.portal_a).ids, self.commune_a.ids * found)
            opened[str(values)] = found
        self.assertEqual(list(opened.values()), [True, True] + 6 * [False])

    def _open_communes(self, user, names):
        values = [
            {
                "name": name,
                "is_company": True,
                "is_commune": True,
                "insee_code": f"57{number}",
                "epci_id": self.epci.id,
            }
            for number, name in enumerate(names, 910)
        ]
        communes = self.env["res.partner"].create(values)
        mandates = [self._mandate_values(user, one, "town_hall_secretary") for one in communes]
        self.env["commune.mandate"].create(mandates)
        return communes

    def test_places_are_in_the_order_of_a_directory(self):
        names = ("Yutz", "Le Ban-Saint-Martin", "Étain", "Châtel", "Chieulles", "Lessy")
        self._open_communes(self.portal_a, names)
        values = self._mandate_values(self.portal_a, self.epci, "community_councillor")
        self.env["commune.mandate"].create(values)
        wanted = ["Aubrive", names[1], *names[3:5], "Étain", "Lessy", "Yutz", self.epci.name]
        self.assertEqual(self._places(self.portal_a).mapped("name"), wanted)

    def test_an_archived_commune_or_that_of_another_company_opens_nothing(self):
        self.commune_a.company_id = self.env["res.company"].create({"name": "Ailleurs"})
        self.assertEqual(self._places(self.portal_both), self.commune_b)
        self.assertFalse(self.commune_a.with_user(self.portal_both).has_access("read"))
        self.commune_b.active = False
        self.assertFalse(self._places(self.portal_both))

    def test_the_places_are_read_once_for_a_page_however_many(self):
        def count(times):
            self.env.flush_all()
            self.env.invalidate_all()
            before = self.env.cr.sql_log_count
            users = self.env["res.users"].with_user(self.portal_a)
            for _turn in range(times):
                commune, _choices = users._get_portal_commune()
                self.assertTrue(commune.name)
                self.assertEqual(commune._get_portal_role(self.portal_a.partner_id), "full")
            return self.env.cr.sql_log_count - before

        count(1)
        once = count(1)
        self.assertEqual(count(20), once)
        self._open_communes(self.portal_a, [f"Commune {number}" for number in range(30)])
        self.assertEqual(count(20), once)

    def test_the_choice_of_a_commune_stays_and_a_stale_one_is_ignored(self):
        Users = self.env["res.users"].with_user(self.portal_both)
        self.assertEqual(Users._get_portal_commune()[0].ids, self.commune_a.ids)
        self.assertTrue(Users._choose_portal_commune(self.commune_b.id))
        self.assertEqual(Users._get_portal_commune()[0].ids, self.commune_b.ids)
        self.mandate_both_b.date_end = self.today
        commune, places = Users._get_portal_commune()
        self.assertEqual((commune.ids, places.ids), (self.commune_a.ids, self.commune_a.ids))

    def test_nobody_chooses_the_commune_of_another(self):
        Users = self.env["res.users"].with_user(self.portal_a)
        self.assertFalse(Users._choose_portal_commune(self.commune_b.id))
        self.assertFalse(self.portal_a.portal_commune_id)

    def test_staff_and_visitors_have_no_commune(self):
        for user in (self.employee, self.officer, self.public):
            with self.subTest(user=user.login):
                Users = self.env["res.users"].with_user(user)
                self.assertFalse(Users._get_portal_commune()[1])

    def test_a_posted_path_never_leads_to_another_site(self):
        for path in ("/my", "/my/requests", "/my/requests?page=2&sort=date", "/my/communes/12"):
            self.assertEqual(to_local_page(path), path)
        for path in (
            "https://example.com",
            "//example.com",
            "/\\example.com",
            "/my@example.com",
            "/my.example.com",
            "/my//\\example.com\n",
            "/my/../..//example.com",
            "javascript:alert(1)",
            "/web/session/logout",
            "/myself",
            "",
            None,
            12,
        ):
            self.assertEqual(to_local_page(path), "/my", path)

    def test_a_posted_id_is_a_number_or_nothing(self):
        self.assertEqual(to_id("12"), 12)
        for value in ("", None, "-1", "1e3", "٣", "9" * 50, ["1"], 12.0):
            self.assertEqual(to_id(value), 0)


@tagged("post_install", "-at_install")
class TestPortalHome(PortalCase):
    def test_the_home_of_a_mayor_names_her_commune_and_her_function(self):
        self._login("mayor_a")
        page = self.url_open("/my").text
        for text in ("Anne", "Aubrive", "Mayor", f"/my/communes/{self.commune_a.id}"):
            self.assertIn(text, page)
        self.assertIn("/my/colleagues", page)
        self.assertIn("/my/security", page)
        self.assertNotIn("commune_switch", page)

    def test_a_councillor_does_not_manage_colleagues(self):
        self._login("councillor_a")
        page = self.url_open("/my").text
        self.assertIn("Aubrive", page)
        self.assertNotIn("/my/colleagues", page)

    def test_a_secretary_of_two_communes_chooses_and_the_choice_stays(self):
        self._login("secretary_ab")
        self.assertIn("commune_switch", self.url_open("/my").text)
        answer = self._post(
            "/my/commune/choose", commune_id=self.commune_b.id, redirect="/my/communes"
        )
        self.assertTrue(answer.url.endswith("/my/communes"))
        page = self.url_open("/my").text
        self.assertIn(f"/my/communes/{self.commune_b.id}", page)
        self.assertNotIn(f"/my/communes/{self.commune_a.id}", page)

    def test_a_choice_goes_to_no_other_site_and_to_no_other_commune(self):
        self._login("secretary_ab")
        answer = self._post(
            "/my/commune/choose", commune_id=self.commune_b.id, redirect="//example.com/my"
        )
        self.assertEqual(answer.url, f"{self.base_url()}/my")
        for wrong in (self.epci.id, self.portal_a.partner_id.id, 0, "abc", "9" * 5000):
            answer = self._post("/my/commune/choose", commune_id=wrong)
            self.assertEqual(answer.status_code, 404)
        self.assertEqual(self.portal_both.portal_commune_id, self.commune_b)
        self.assertIn(self.url_open("/my/commune/choose").status_code, (404, 405))

    def test_without_a_token_nothing_is_chosen(self):
        self._login("secretary_ab")
        with mute_logger("odoo.http"):
            answer = self.url_open("/my/commune/choose", data={"commune_id": self.commune_b.id})
        self.assertEqual(answer.status_code, 400)
        self.assertFalse(self.portal_both.portal_commune_id)

    def test_a_person_whose_mandates_have_ended_is_informed_of_it_and_of_whom_to_ask(self):
        self.env.company.email = "relations@deuxrives.example"
        self._login("former_a")
        page = self.url_open("/my").text
        self.assertIn("have ended", page)
        self.assertIn("relations@deuxrives.example", page)
        self.assertNotIn("Aubrive", page)
        self.assertIn("/my/security", page)

    def test_the_home_of_staff_is_the_usual_one(self):
        self._login("employee")
        page = self.url_open("/my")
        self.assertEqual(page.status_code, 200)
        self.assertNotIn("o_commune_cards", page.text)
        self.assertNotIn("have ended", page.text)

    def test_a_contact_person_of_many_is_asked_once(self):
        """Anyone who held something here and holds nothing any more leaves the place to the town
        hall; anyone who never did was named by the staff."""
        stranger = self.officer.partner_id
        expected = {
            (self.commune_a, self.portal_a.partner_id): self.portal_a.partner_id,
            (self.commune_a, self.portal_ended.partner_id): self.commune_a,
            (self.commune_b, self.portal_both.partner_id): self.portal_both.partner_id,
            (self.commune_b, self.portal_ended.partner_id): self.portal_ended.partner_id,
            (self.commune_a, stranger): stranger,
            (self.commune_a, self.env["res.partner"]): self.commune_a,
        }
        places = self.env["res.partner"]
        self.assertEqual(places._get_contact_persons(list(expected)), expected)
        few = self._queries_of(lambda: places._get_contact_persons(list(expected)[:1]))
        self.assertEqual(self._queries_of(lambda: places._get_contact_persons(list(expected))), few)
