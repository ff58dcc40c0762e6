"""Indirect ways into an incident: one’s own row, a total, an export, a report."""

from odoo.exceptions import AccessError
from odoo.fields import Command
from odoo.tests import HttpCase, tagged

from .incident_case import IncidentCase

CASE = "commune.replacement.incident"


@tagged("post_install", "-at_install")
class TestIncidentIntruder(IncidentCase, HttpCase):
    def setUp(self):
        super().setUp()
        self.case = self._open_case()
        self.parties = self.env[f"{CASE}.party"]

    def _concern(self, user):
        return self.parties.sudo().create(
            {"incident_id": self.case.id, "partner_id": user.partner_id.id, "role": "concerned"}
        )

    def _report_as(self, user, **values):
        """A report from the page of the portal."""
        sent = {"kind": "tension", "about": "other", "facts": "Un fait", **values}
        return self.cases.with_user(user)._file_alert(sent).sudo()

    def test_a_coordinator_concerned_does_not_let_oneself_in(self):
        """Neither by changing the role, nor by taking another, nor by being interviewed."""
        for who in ("coordinator", "manager"):
            user = getattr(self, who)
            party = self._concern(user).with_user(user)
            again = {"incident_id": self.case.id, "partner_id": user.partner_id.id}
            interview = {"incident_id": self.case.id, "date": "2027-02-01 09:00:00"}
            measure = {**interview, "kind": "tutor", "tutor_id": self.karim.id}
            del measure["date"]
            own = {"party_ids": [Command.link(party.id)]}
            for action in (
                lambda p=party: p.write({"role": "witness"}),
                lambda p=party: p.unlink(),
                lambda p=party, v=again: p.create({**v, "role": "mediator"}),
                lambda p=party, v={**interview, **own}: p.env[f"{CASE}.interview"].create(v),
                lambda p=party, v={**measure, **own}: p.env[f"{CASE}.measure"].create(v),
            ):
                with self.subTest(who=who), self.assertRaises(AccessError):
                    self.env.invalidate_all()
                    action()
            with self.assertRaises(AccessError):
                self.case.with_user(user).read(["facts"])
            party.sudo().unlink()

    def test_a_manager_concerned_does_not_read_who_opened_the_case(self):
        self.case.with_user(self.coordinator).read(["facts"])
        register = self.env[f"{CASE}.access"].with_user(self.manager)
        own = [("incident_id", "=", self.case.id)]
        self.assertTrue(register.search_count(own))
        self._concern(self.manager)
        self.env.invalidate_all()
        self.assertFalse(register.search_count(own))

    def test_a_row_of_a_person_does_not_show_who_reported(self):
        case = self._report_as(self.portal_a, about="agent", mission_id=str(self._mission().id))
        case.with_user(self.coordinator).party_ids.action_notify()
        concerned = case.party_ids.filtered(lambda one: one.role == "concerned")
        self.assertEqual(concerned.partner_id, self.agent_user.partner_id)
        [row] = concerned.with_user(self.agent_user).read(["create_uid", "write_uid"])
        named = {row[name] and row[name][0] for name in ("create_uid", "write_uid")}
        self.assertNotIn(self.portal_a.id, named)

    def test_whom_a_report_is_about_learns_of_it_from_the_service(self):
        """Not from the portal on the same day."""
        case = self._report_as(self.portal_a, about="agent", mission_id=str(self._mission().id))
        own = self.parties.with_user(self.agent_user)
        own_record = [("incident_id", "=", case.id)]
        self.assertFalse(own.search(own_record))
        self.authenticate("test_nadia", "test_nadia")
        self.assertNotIn(case.name, self.url_open("/my/difficulties").text)
        case.with_user(self.coordinator).action_acknowledge()  # notifies the mayor alone
        self.assertFalse(own.search(own_record))
        concerned = case.party_ids.filtered(lambda one: one.role == "concerned")
        concerned.with_user(self.coordinator).action_notify()
        self.assertTrue(own.search(own_record))
        self.assertIn(case.name, self.url_open("/my/difficulties").text)

    def test_a_report_about_the_coordination_without_a_mission_passes_it_by(self):
        case = self._report_as(self.portal_a, about="service", mission_id="")
        self.assertTrue(case.user_id.has_group("commune_relations.group_manager"))
        self.assertFalse(self.cases.with_user(self.coordinator).search([("id", "=", case.id)]))
        self.assertTrue(self.cases.with_user(case.user_id).search([("id", "=", case.id)]))

    def test_the_register_knows_of_what_was_read_by_other_ways(self):
        """Totals, paths of another table, an export through another record, interviews."""
        register, user = self.env[f"{CASE}.access"], self.coordinator
        alert = self.env["commune.replacement.alert"].create(
            {
                "employee_id": self.nadia.id,
                "commune_id": self.commune_a.id,
                "state": "case",
                "incident_id": self.case.id,
            }
        )
        for model, groups, totals in (
            (CASE, [], ["facts:array_agg"]),
            (CASE, [], ["analysis:max"]),
            (f"{CASE}.party", ["incident_id.facts"], ["__count"]),
            ("commune.replacement.alert", ["incident_id.facts"], ["__count"]),
        ):
            with self.subTest(model=model), self.assertRaises(AccessError):
                self.env[model].with_user(user)._read_group([], groups, totals)
        export = self.env.ref("base.group_allow_export")
        user.group_ids += export
        for read in (
            lambda: alert.with_user(user).export_data(["incident_id/facts"]),
            lambda: self.case.interview_ids.with_user(user).read(["summary"]),
        ):
            before = register.search([])
            self.env.cr.execute(
                "UPDATE commune_replacement_incident_access SET date = date - interval '1 day'"
            )
            self.env.invalidate_all()
            read()
            self.assertEqual((register.search([]) - before).mapped("user_id"), user)
        before = register.search([])
        self.env.invalidate_all()
        self.env[f"{CASE}.interview"].with_user(self.portal_a).search([]).read(["summary"])
        self.assertEqual(register.search([]), before)  # one's own is no opening
