"""Settings of the manager: the addon's, no other setting of the company."""

from lxml import etree

from odoo.exceptions import AccessError, ValidationError
from odoo.fields import Command
from odoo.tests import Form, tagged
from odoo.tools import mute_logger

from ..common import CommuneCase


@tagged("post_install", "-at_install")
class TestOurSettings(CommuneCase):
    def _open(self, who="manager"):
        return self.env["commune.settings"].with_user(getattr(self, who))

    def test_the_manager_sets_what_the_administrator_would(self):
        with Form(self._open()) as form:
            form.request_direction_ids.add(self.reader)
            form.signing_needs_factor = True
            form.network_weekly_limit = 5
            form.request_relay = "mx.deux-rives.example"
        form.save().action_save()
        company = self.env.company
        self.assertEqual(company.request_direction_ids, self.reader)
        self.assertTrue(company.signing_needs_factor)
        self.assertEqual(company.network_weekly_limit, 5)
        self.assertEqual(Form(self._open()).request_relay, "mx.deux-rives.example")

    def test_every_setting_of_the_addon_is_on_both_pages(self):
        page = self.env["res.config.settings"].get_view()["arch"]
        managed = etree.fromstring(self._open().get_view()["arch"])
        wanted = set(
            etree.fromstring(page).xpath("//app[@name='commune_relations']//setting//field/@name")
        )
        self.assertEqual(set(managed.xpath("//field/@name")), wanted)
        self.assertLessEqual({"epci_id", "signing_needs_factor", "request_relay"}, wanted)
        self.assertIn("two-factor authentication", " ".join(managed.itertext()))

    def test_the_checks_are_the_same(self):
        with self.assertRaisesRegex(ValidationError, "4.5 to 1"):
            self._open().create({"document_primary_color": "#777777"})

    @mute_logger("odoo.addons.base.models.ir_model")
    def test_nobody_else_sets_or_reads(self):
        for who in ("reader", "referent", "officer", "coordinator", "employee", "portal_a"):
            with self.subTest(who=who), self.assertRaises(AccessError):
                self._open(who).create({"network_weekly_limit": 9})
            with self.subTest(who=who), self.assertRaises(AccessError):
                self._open(who).default_get(["request_relay"])
        self.assertNotEqual(self.env.company.network_weekly_limit, 9)

    def test_an_intruder_goes_no_further(self):
        other = self.env["res.company"].create({"name": "Autre maison"})
        made = self._open().create({"company_id": other.id, "network_weekly_limit": 8})
        made.write({"company_id": other.id, "network_weekly_limit": 7})
        self.assertEqual(self.env.company.network_weekly_limit, 7)
        self.assertEqual(other.network_weekly_limit, 3)
        name, login = self.env.company.name, self.officer.login
        made.write({"name": "Pirate", "email": "pirate@x.example"})
        self.assertEqual(self.env.company.name, name)
        system = self.env.ref("base.group_system")
        for command in (
            Command.create({"name": "P", "login": "p", "group_ids": [Command.link(system.id)]}),
            Command.update(self.officer.id, {"login": "pirate"}),
            Command.delete(self.officer.id),
        ):
            with self.subTest(command=command), self.assertRaises(AccessError):
                made.write({"request_direction_ids": [command]})
        self.assertEqual(self.officer.login, login)
