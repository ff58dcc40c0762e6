"""Leaves of the agents of the pool: the coordination and HR, nobody else in the organisation."""

from datetime import timedelta

from odoo.exceptions import AccessError
from odoo.tests import freeze_time, new_test_user, tagged

from .replacement_case import MONDAY, ReplacementCase

OTHERS = ("employee", "referent", "reader", "officer")
KEEPERS = ("coordinator", "manager", "hr_officer")


@tagged("post_install", "-at_install")
@freeze_time("2027-01-04 09:00:00")
class TestLeavesOfAgents(ReplacementCase):
    """`leave` is that of Nadia, an agent without account; `portal_leave` that of Karim, who has
    one; `colleague_leave` that of somebody of another department; `closure` that of the
    organisation."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.hr_officer = new_test_user(cls.env, "test_hr_officer", groups="hr.group_hr_user")
        cls.karim.user_id = cls.portal_ended
        cls.colleague = cls.env["hr.employee"].create({"name": "Collègue hors pool"})
        cls.own = cls.env["hr.employee"].create({"name": "Moi", "user_id": cls.employee.id})
        cls.leaves = cls.env["resource.calendar.leaves"]
        cls.leave, cls.portal_leave, cls.colleague_leave, cls.own_leave = cls.leaves.create(
            [cls._values(one) for one in (cls.nadia, cls.karim, cls.colleague, cls.own)]
        )
        cls.closure = cls.leaves.create(cls._values(cls.env["hr.employee"]))
        cls.agents = cls.leave | cls.portal_leave

    @classmethod
    def _values(cls, agent, **values):
        return {
            "name": "Absence",
            "resource_id": agent.resource_id.id,
            "date_from": f"{MONDAY} 06:00:00",
            "date_to": f"{MONDAY + timedelta(days=4)} 16:00:00",
            **values,
        }

    def _as(self, who):
        return self.leaves.with_user(getattr(self, who))

    def test_nobody_else_finds_them_by_any_route(self):
        everything = self.agents | self.colleague_leave | self.closure
        ids, calendar = everything.ids, self.leave.calendar_id
        self.assertTrue(calendar)
        for who in OTHERS:
            leaves = self._as(who)
            with self.subTest(who=who):
                found = leaves.search([("id", "in", ids)])
                self.assertEqual(found, (self.colleague_leave | self.closure).with_env(leaves.env))
                self.assertEqual(leaves.search_count([("id", "in", ids)]), 2)
                rows = leaves.formatted_read_group(
                    [("id", "in", ids)], ["resource_id"], ["__count"]
                )
                self.assertEqual(sum(row["__count"] for row in rows), 2)
                names = leaves.name_search("Absence", [("id", "in", self.agents.ids)])
                self.assertFalse(names)
                self.assertFalse(leaves.search([("resource_id", "=", self.nadia.resource_id.id)]))
                seen = calendar.with_env(leaves.env).leave_ids
                self.assertFalse(seen & self.agents.with_env(leaves.env))
                self.env.invalidate_all()
                with self.assertRaises(AccessError):
                    self.agents.with_env(leaves.env).read(["date_from"])

    def test_nobody_else_writes_them(self):
        for who in OTHERS:
            leaves = self._as(who)
            own = self.agents.with_env(leaves.env)
            with self.subTest(who=who):
                for agent in (self.nadia, self.karim):
                    with self.assertRaises(AccessError), self.env.cr.savepoint():
                        leaves.create(self._values(agent))
                with self.assertRaises(AccessError), self.env.cr.savepoint():
                    own.write({"date_to": f"{MONDAY} 16:00:00"})
                with self.assertRaises(AccessError), self.env.cr.savepoint():
                    own.unlink()

    def test_a_leave_of_ones_own_is_not_turned_into_that_of_an_agent(self):
        for leave in (self.own_leave, self.colleague_leave):
            leave = leave.with_user(self.employee)
            with self.assertRaises(AccessError), self.env.cr.savepoint():
                leave.resource_id = self.nadia.resource_id
        self.assertEqual(self.own_leave.resource_id, self.own.resource_id)

    def test_the_coordination_and_hr_keep_them(self):
        for who in KEEPERS:
            leaves = self._as(who)
            with self.subTest(who=who):
                self.assertEqual(leaves.search_count([("id", "in", self.agents.ids)]), 2)
                for agent in (self.nadia, self.karim):
                    made = leaves.create(self._values(agent))
                    made.date_to = f"{MONDAY + timedelta(days=1)} 16:00:00"
                    made.unlink()

    def test_third_party_leaves_stay_as_without_us(self):
        """Odoo: one's own leaves, leaves of a resource without account, and the closures of the
        organisation."""
        leaves = self._as("employee")
        for agent in (self.own, self.colleague):
            leaves.create(self._values(agent)).unlink()
        found = leaves.search([("id", "in", (self.own_leave | self.closure).ids)])
        self.assertEqual(len(found), 2)
        with self.assertRaises(AccessError):
            leaves.create(self._values(self.env["hr.employee"]))

    def test_an_agent_of_the_organisation_reads_those_of_his_own_and_writes_none(self):
        self.nadia.user_id = self.reader
        leave = self.leave.with_user(self.reader)
        self.assertEqual(leave.read(["name"])[0]["name"], "Absence")
        with self.assertRaises(AccessError):
            leave.date_to = f"{MONDAY} 16:00:00"
        with self.assertRaises(AccessError):
            leave.create(self._values(self.nadia))

    def test_the_shared_calendar_does_not_show_them(self):
        """Odoo greys the hours off of any colleague: an agent on leave would be all grey."""
        person = self.nadia.work_contact_id
        period = (f"{MONDAY}T00:00:00", f"{MONDAY}T23:59:59")
        hours = {
            who: self.env["res.partner"]
            .with_user(getattr(self, who))
            .get_working_hours_for_all_attendees(person.ids, *period)
            for who in ("employee", "reader", "coordinator")
        }
        away = [{"daysOfWeek": [7], "startTime": "00:00", "endTime": "00:00"}]
        self.assertEqual(hours["coordinator"], away)
        self.assertFalse(hours["employee"])
        self.assertFalse(hours["reader"])
        shared = {
            who: self.env["calendar.event"]
            .with_user(getattr(self, who))
            .create(
                {
                    "name": "Réunion",
                    "start": f"{MONDAY} {hour}:00:00",
                    "stop": f"{MONDAY} {hour}:45:00",
                    "partner_ids": person.ids,
                }
            )
            for who, hour in (("employee", "09"), ("coordinator", "13"))
        }
        self.assertEqual(shared["coordinator"].unavailable_partner_ids.ids, person.ids)
        self.assertFalse(shared["employee"].unavailable_partner_ids)

    def test_a_reader_of_plans_does_not_see_who_is_away(self):
        self.nadia.agent_code = "A77"
        request = self._request(needs=(("CPT", "3"),))
        plan = self.env["commune.replacement.plan"].create(
            {"date_start": MONDAY, "date_end": MONDAY + timedelta(days=11)}
        )
        plan.with_user(self.coordinator).action_compute()
        gap = self.env["commune.replacement.plan.gap"].search([("request_id", "=", request.id)])
        self.assertIn("absent", gap.with_user(self.coordinator).reason)
        self.assertNotIn("reason", gap.with_user(self.reader).read()[0])
        with self.assertRaises(AccessError):
            gap.with_user(self.reader).read(["reason"])
