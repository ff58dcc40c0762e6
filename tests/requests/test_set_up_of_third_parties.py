"""Set-up rights of managers and officers: the addon's records, not a third-party desk's."""

from ast import literal_eval

from odoo.exceptions import AccessError
from odoo.fields import Command
from odoo.tests import new_test_user, tagged

from .other_team_case import OtherTeamCase

MODULE = "commune_relations"


@tagged("post_install", "-at_install")
class TestThirdPartySetUp(OtherTeamCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.both = new_test_user(
            cls.env,
            "test_both",
            groups="commune_relations.group_manager,helpdesk_mgmt.group_helpdesk_manager",
        )
        cls.hours = cls.env["resource.calendar"].create({"name": "Boutique"})
        cls.promise = cls.env["helpdesk.sla"].create(
            {"name": "Sous 48 heures", "days": 2, "team_ids": [Command.set(cls.computers.ids)]}
        )
        cls.tag = cls.env["helpdesk.ticket.tag"].create({"name": "Imprimante"})

    def _get_theirs(self):
        step = self.computers._get_applicable_stages()[:1]
        return [self.computers, step, self.promise, self.tag]

    def assertRefused(self, records, user):
        name = "tz" if records._name == "resource.calendar" else "name"
        value = "Europe/Rome" if name == "tz" else "À nous"
        with self.assertRaises(AccessError, msg=records), self.env.cr.savepoint():
            records.with_user(user).write({name: value})

    def test_a_manager_changes_nothing_of_a_third_party_desk(self):
        for record in self._get_theirs():
            self.assertRefused(record, self.manager)
        self.assertRefused(self.tag, self.officer)
        for model, values in (
            ("helpdesk.ticket.team", {"name": "Boutique"}),
            ("helpdesk.ticket.stage", {"name": "Boutique"}),
            ("helpdesk.sla", {"name": "Boutique", "days": 2}),
        ):
            with self.assertRaises(AccessError, msg=model), self.env.cr.savepoint():
                self.env[model].with_user(self.manager).create(values)

    def test_who_is_also_a_manager_of_helpdesk_goes_on(self):
        for record in self._get_theirs():
            record.with_user(self.both).name = "Comme avant"
            self.assertEqual(record.name, "Comme avant")

    def test_a_manager_of_helpdesk_does_not_set_up_what_communes_write_to(self):
        """A letter of a step would say whatever that person writes, in the name of an officer."""
        user = new_test_user(
            self.env, "test_desk_manager", groups="helpdesk_mgmt.group_helpdesk_manager"
        )
        desk = self.env["helpdesk.ticket.team"]._get_desk()
        charter = self.env["helpdesk.sla"].search([("milestone", "!=", False)], limit=1)
        for record in (desk, desk._get_applicable_stages()[:1], charter):
            self.assertRefused(record, user)
            with self.assertRaises(AccessError), self.env.cr.savepoint():
                record.with_user(user).unlink()
        for record in self._get_theirs():
            record.with_user(user).name = "Comme avant"
        team, step, promise = self._get_theirs()[:3]
        own = {"serves_communes": True}
        with_desk = {"team_ids": [Command.link(desk.id)]}
        for record, values in (
            (team, own),
            (step, own),
            (step, with_desk),
            (promise, with_desk),
            (promise, {"milestone": "final_answer"}),
        ):
            with self.assertRaises(AccessError, msg=record), self.env.cr.savepoint():
                record.with_user(user).write(values)
        for model, values in (("helpdesk.ticket.stage", {}), ("helpdesk.sla", {"days": 2})):
            with self.assertRaises(AccessError, msg=model), self.env.cr.savepoint():
                self.env[model].with_user(user).create({"name": "Avant", **values, **with_desk})

    def test_a_manager_sets_up_managed_records(self):
        desk = self.env["helpdesk.ticket.team"]._get_desk().with_user(self.manager)
        desk.name = "Guichet"
        desk._get_applicable_stages()[:1].name = "Arrivée"
        team = desk.create({"name": "Voirie", "serves_communes": True})
        env = team.env
        env["helpdesk.ticket.stage"].create({"name": "À voir", "serves_communes": True})
        charter = env["helpdesk.sla"].search([("milestone", "!=", False)], limit=1)
        charter.days += 1
        env["helpdesk.sla"].create({"name": "Vite", "milestone": "first_answer", "days": 1})
        tag = env["helpdesk.ticket.tag"].create({"name": "Route"})
        tag.name = "Routes"
        self.assertEqual((desk.name, tag.name), ("Guichet", "Routes"))

    def test_working_hours_are_those_of_our_teams(self):
        own_calendar = self.env.company.resource_calendar_id
        desk = self.env["helpdesk.ticket.team"]._get_desk()
        desk.resource_calendar_id = own_calendar
        self.computers.resource_calendar_id = self.hours
        for calendar in (own_calendar, self.hours):
            self.assertRefused(calendar, self.manager)
            line = calendar.attendance_ids[:1].with_user(self.manager)
            with self.assertRaises(AccessError), self.env.cr.savepoint():
                line.hour_from = 7
        desk.resource_calendar_id = self.hours
        own = self.hours.with_user(self.manager)
        own.attendance_ids[:1].hour_from = 7
        own.tz = "Europe/Paris"
        self.assertTrue(own.serves_communes)
        self.assertFalse(own_calendar.serves_communes)
        made = own.create({"name": "Samedi"})
        made.attendance_ids[:1].hour_to = 11.5

    def test_a_topic_is_given_to_our_teams_alone(self):
        topics = self.env["commune.topic"].with_user(self.manager)
        for change in (
            lambda: topics.create({"name": "Écrans", "team_id": self.computers.id}),
            lambda: topics.search([], limit=1).write({"team_id": self.computers.id}),
        ):
            with self.assertRaises(AccessError), self.env.cr.savepoint():
                change()
        self.assertFalse(self.computers.serves_communes)
        asked = literal_eval(topics._fields["team_id"].domain)
        shown = self.env["helpdesk.ticket.team"].with_user(self.manager)
        found = shown.name_search("", asked, limit=1000)
        named = {number for number, _name in found}
        self.assertIn(shown._get_desk().id, named)
        self.assertNotIn(self.computers.id, named)

    def test_a_third_party_dashboard_is_read_alone(self):
        boards = self.env["spreadsheet.dashboard"]
        group = self.env["spreadsheet.dashboard.group"].create({"name": "Ventes"})
        foreign = boards.create(
            {
                "name": "Ventes",
                "dashboard_group_id": group.id,
                "group_ids": [Command.set(self.env.ref("base.group_user").ids)],
            }
        )
        self.assertEqual(foreign.with_user(self.manager).name, "Ventes")
        self.assertRefused(foreign, self.manager)
        managed = self.env.ref(f"{MODULE}.spreadsheet_dashboard_requests").with_user(self.manager)
        copied = managed.copy()
        copied.name = "Nos demandes"
        self.assertEqual(copied.dashboard_group_id, managed.dashboard_group_id)

    def test_the_applications_whose_rights_our_roles_take_are_those_that_we_name(self):
        """docs/security.md lists them: third-party records that those rights open stay open."""
        data = self.env["ir.model.data"].search(
            [("module", "=", MODULE), ("model", "=", "res.groups")]
        )
        groups = self.env["res.groups"].browse(data.mapped("res_id"))
        taken = (groups.implied_ids - groups).get_external_id().values()
        self.assertEqual(
            set(taken),
            {
                "base.group_user",
                "base.group_partner_manager",
                "event.group_event_user",
                "mail_group.group_mail_group_manager",
                "mass_mailing.group_mass_mailing_user",
                "survey.group_survey_user",
                "survey_partner_representative.partner_representative",
            },
        )

    def test_each_access_that_we_give_on_a_third_party_model_is_narrowed_by_our_rule(self):
        data = self.env["ir.model.data"]
        lines = data.search([("module", "=", MODULE), ("model", "=", "ir.model.access")])
        rules = data.search([("module", "=", MODULE), ("model", "=", "ir.rule")])
        narrowed = set()
        for rule in self.env["ir.rule"].browse(rules.mapped("res_id")):
            if rule.perm_write and "[(1, '=', 1)]" != rule.domain_force.strip():
                narrowed.add(rule.model_id.model)
        opened = set()
        for line in self.env["ir.model.access"].browse(lines.mapped("res_id")):
            model = line.model_id.model
            writes = line.perm_write or line.perm_create or line.perm_unlink
            known = self.env[model]
            if writes and not known._transient and known._original_module != MODULE:
                opened.add(model)
        self.assertIn("helpdesk.ticket.team", opened)
        self.assertEqual(opened - narrowed, set())
