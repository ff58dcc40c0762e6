"""The file of an agent: for the coordination and HR; everybody else keeps his own profile."""

from datetime import timedelta
from email.message import EmailMessage
from email.utils import make_msgid

from odoo.exceptions import AccessError
from odoo.tests import Form, new_test_user, tagged

from .replacement_case import ReplacementCase


@tagged("post_install", "-at_install")
class TestAgentFile(ReplacementCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.hr_officer = new_test_user(cls.env, "test_hr_officer", groups="hr.group_hr_user")
        cls.own = cls.env["hr.employee"].create({"name": "Moi", "user_id": cls.employee.id})
        cls.addon_fields = {
            name: field
            for name, field in cls.env["hr.employee"]._fields.items()
            if "commune_relations" in field._modules
        }

    def test_each_field_that_we_add_says_for_whom_it_is(self):
        open_fields = {
            name
            for name, field in self.addon_fields.items()
            if not field.groups or "base.group_user" in field.groups
        }
        self.assertIn("is_replacement_agent", self.addon_fields)
        self.assertIn("mon_am", self.addon_fields)
        self.assertEqual(open_fields, set())
        self.assertFalse(set(self.addon_fields) & set(self.env["hr.employee.public"]._fields))

    def test_no_colleague_hands_in_a_message_to_an_agent(self):
        """Odoo believes the sender of a message, and takes it from any account."""
        message = EmailMessage()
        message["From"], message["To"] = "maire@aubrive.example", "agents@metropole.example"
        message["Message-Id"] = make_msgid(domain="aubrive.example")
        message.set_content("Ne venez pas.")
        before = self.nadia.message_ids
        gateway = self.env["mail.thread"].with_user(self.employee)
        with self.assertRaises(AccessError):
            gateway.message_process("hr.employee", message.as_bytes(), thread_id=self.nadia.id)
        self.assertEqual(self.nadia.message_ids, before)

    def test_an_exclusion_holds_on_its_last_day(self):
        for days, runs in ((0, True), (-1, False)):
            exclusion = self.env["commune.exclusion"].create(
                {
                    "employee_id": self.nadia.id,
                    "commune_id": (self.commune_a if runs else self.commune_b).id,
                    "reason": "Essai",
                    "date_start": self.today - timedelta(days=30),
                    "date_end": self.today + timedelta(days=days),
                }
            )
            self.assertEqual(exclusion.is_running, runs, days)
            found = exclusion.search([("is_running", "=", True), ("id", "=", exclusion.id)])
            self.assertEqual(bool(found), runs, days)

    def test_an_employee_reads_his_own_file_and_those_of_colleagues(self):
        """What Odoo shows of an employee to the others, all fields that one may see at once."""
        for who in (self.employee, self.reader, self.officer):
            employees = self.env["hr.employee"].with_user(who)
            with self.subTest(who=who.login):
                own = employees.search([("id", "in", (self.own | self.nadia).ids)])
                self.assertEqual(len(own.read()), 2)
                self.assertTrue(own.read(["name", "work_email"]))
                self.assertFalse(set(self.addon_fields) & set(employees.fields_get()))
                public = self.env["hr.employee.public"].with_user(who).browse(own.ids)
                self.assertEqual(len(public.read()), 2)

    def test_an_employee_reads_no_addon_field_of_an_agent(self):
        for name in self.addon_fields:
            with self.subTest(field=name), self.assertRaises(AccessError):
                self.nadia.with_user(self.employee).read([name])
        for model, path, refusal in (
            # Odoo looks in the public profile, which has no such field.
            ("hr.employee", "category", ValueError),
            ("resource.resource", "employee_id.category", AccessError),
            ("res.users", "employee_ids.category", AccessError),
        ):
            records = self.env[model].with_user(self.employee)
            with self.subTest(model=model), self.assertRaises(refusal):
                records.search([(path, "=", "B")])

    def test_the_page_of_ones_own_profile_opens(self):
        user = self.employee.with_user(self.employee)
        with Form(user, view="hr.res_users_view_form_preferences") as form:
            form.tz = "Europe/Brussels"
        self.assertEqual(self.employee.tz, "Europe/Brussels")

    def test_the_form_of_a_new_agent_says_no_working_time_before_the_status(self):
        agents = self.env["hr.employee"].with_user(self.hr_officer)
        form = Form(agents, view="commune_relations.replacement_agent_view_form")
        form.name = "Nouvelle Agente"
        for name in ("working_ratio", "weekly_hours"):
            with self.assertRaisesRegex(AssertionError, "invisible"):
                setattr(form, name, 20)
        form.statut = "contractuel"
        form.working_ratio, form.weekly_hours = 80, 28
        agent = form.save()
        self.assertEqual((agent.working_ratio, agent.weekly_hours), (80, 28))
        # What was typed stays in sight without the status.
        with Form(agent, view="commune_relations.replacement_agent_view_form") as form:
            form.statut = False
            form.working_ratio = 60
        self.assertEqual(agent.working_ratio, 60)

    def test_the_calendar_shows_where_people_work(self):
        """Odoo’s own app for it comes with the calendar and the employees."""
        person = self.own.work_contact_id.with_user(self.employee)
        found = person.get_worklocation("2027-01-11", "2027-01-15")
        self.assertIn(self.own.id, found)

    def test_the_coordination_and_hr_read_the_file(self):
        for who in (self.coordinator, self.manager, self.hr_officer):
            with self.subTest(who=who.login):
                agent = self.nadia.with_user(who).read(["category", "week_text", "skill_text"])[0]
                self.assertEqual(agent["category"], "B")
                self.assertTrue(agent["week_text"])
        with self.assertRaises(AccessError):
            self.nadia.with_user(self.hr_officer).read(["hourly_cost_charged"])
