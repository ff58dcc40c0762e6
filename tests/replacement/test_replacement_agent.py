from psycopg2 import IntegrityError
from psycopg2.errors import ExclusionViolation

from odoo.exceptions import AccessError
from odoo.tests import HttpCase, tagged
from odoo.tests.common import JsonRpcException
from odoo.tools import mute_logger

from .replacement_case import ReplacementCase

EVERYONE = (
    "reader",
    "referent",
    "officer",
    "manager",
    "coordinator",
    "employee",
    "portal_a",
    "public",
)


@tagged("post_install", "-at_install")
class TestReplacementAgent(ReplacementCase):
    def test_a_coordinator_adds_an_agent_without_the_rights_of_hr(self):
        agents = self.env["hr.employee"].with_user(self.coordinator)
        agent = agents.create(
            {
                "name": "Sylvie M.",
                "is_replacement_agent": True,
                "statut": "titulaire",
                "wed_am": True,
            }
        )
        agent.write({"grade": "Adjointe administrative", "wed_am": False, "mon_am": True})
        self.assertEqual(agent._get_week(), {(0, "am")})
        self.assertEqual(agent.name, "Sylvie M.")

    def test_a_coordinator_sees_no_other_employee_of_the_organisation(self):
        colleague = self.env["hr.employee"].create({"name": "Hors pool"})
        with self.assertRaises(AccessError):
            colleague.with_user(self.coordinator).read(["grade"])

    def test_the_file_of_an_agent_is_open_to_coordinators_only(self):
        """The other employees read the name, as everywhere in Odoo, and nothing more."""
        for who in EVERYONE:
            agent = self.nadia.with_user(getattr(self, who))
            with self.subTest(who=who):
                allowed = who in ("coordinator", "manager")
                for operation in ("read", "write", "create"):
                    self.assertEqual(agent.has_access(operation), allowed)
                self.assertFalse(agent.has_access("unlink"))
                agent.invalidate_recordset()
                if not allowed:
                    with self.assertRaises(AccessError):
                        agent.read(["statut", "agent_note"])

    def test_skills_are_read_by_code_with_their_rank(self):
        self.assertEqual(self.nadia._get_skill_ranks(), {"ACC": 2, "CPT": 3})
        self.assertEqual(self.nadia.skill_text, "ACC 2 · CPT 3")

    def test_only_a_permanent_civil_servant_signs_civil_registry(self):
        self.nadia.civil_registry_allowed = True
        self.env.flush_all()
        with self.assertRaises(IntegrityError), mute_logger("odoo.sql_db"):
            self.karim.civil_registry_allowed = True
            self.env.flush_all()

    def test_the_sixteen_skills_and_their_four_levels_are_there(self):
        self.assertEqual(
            sorted(self.skills),
            "ACC BUD CCAS CIM CM CPT DLO EC ELE MP PAI RH SCO SGM SUB URB".split(),
        )
        kind = self.env.ref("commune_relations.skill_type_town_hall")
        self.assertEqual(
            kind.skill_level_ids.sorted("commune_rank").mapped("commune_rank"), [0, 1, 2, 3]
        )

    def test_two_exclusions_of_a_pair_do_not_overlap(self):
        vals = {"employee_id": self.nadia.id, "commune_id": self.commune_a.id, "reason": "Essai"}
        self.env["commune.exclusion"].create(
            {**vals, "date_start": "2026-01-01", "date_end": "2026-06-30"}
        )
        later = self.env["commune.exclusion"].create({**vals, "date_start": "2026-07-01"})
        # PostgreSQL holds it: two coordinators at the same time do not get round it.
        with (
            self.assertRaises(ExclusionViolation),
            mute_logger("odoo.sql_db"),
            self.env.cr.savepoint(),
        ):
            self.env["commune.exclusion"].create({**vals, "date_start": "2026-03-01"})
        with (
            self.assertRaises(ExclusionViolation),
            mute_logger("odoo.sql_db"),
            self.env.cr.savepoint(),
        ):
            later.date_start = "2026-06-30"
            self.env.flush_all()
        later.active = False
        self.env["commune.exclusion"].create({**vals, "date_start": "2026-07-01"})

    def test_a_coordinator_opens_an_agent_by_the_form_of_the_pool(self):
        form = self.env.ref("commune_relations.replacement_agent_view_form")
        agent = self.nadia.with_user(self.coordinator)
        action = agent.get_formview_action()
        self.assertEqual(
            (action["res_model"], action["views"]), ("hr.employee", [(form.id, "form")])
        )
        self.assertEqual(agent.get_formview_id(), form.id)
        names = list(agent.get_views([(form.id, "form")])["models"]["hr.employee"]["fields"])
        self.assertEqual(agent.read(names)[0]["name"], "Nadia F.")
        # The form of an address, /odoo/hr.employee/7, which names no view.
        arch = agent.get_views([(False, "form")])
        self.assertEqual(arch["views"]["form"]["id"], form.id)
        hr = self.env.ref("base.user_admin")
        other = self.nadia.with_user(hr).get_views([(False, "form")])["views"]["form"]["id"]
        self.assertNotEqual(other, form.id)
        public = self.nadia.with_user(self.reader).get_formview_action()
        self.assertEqual(public["res_model"], "hr.employee.public")

    def test_the_form_of_an_agent_asks_nothing_that_a_coordinator_may_not_read(self):
        """Activities of employees are for the HR department: no discussion thread here."""
        form = self.env.ref("commune_relations.replacement_agent_view_form")
        employees = self.env["hr.employee"]
        for user, shown in ((self.coordinator, False), (self.env.ref("base.user_admin"), True)):
            arch = employees.with_user(user).get_views([(form.id, "form")])["views"]["form"]["arch"]
            self.assertEqual("<chatter" in arch, shown)


@tagged("post_install", "-at_install")
class TestAgentSavedAgain(HttpCase, ReplacementCase):
    """What a browser does: the agent is opened in one request, saved in another one."""

    def _call(self, method, *args):
        params = {"model": "hr.employee", "method": method, "args": args, "kwargs": {}}
        return self.make_jsonrpc_request("/web/dataset/call_kw", params)

    def test_an_agent_of_yesterday_is_saved_by_who_keeps_the_file(self):
        self.authenticate("test_coordinator", "test_coordinator")
        made = {"name": "Odile N.", "is_replacement_agent": True, "grade": "Rédactrice"}
        [agent_id] = self._call("create", [made])
        agent = self.env["hr.employee"].browse(agent_id)
        for role, km, phone in (("coordinator", 35, "0387000001"), ("manager", 20, "0387000002")):
            self.authenticate(f"test_{role}", f"test_{role}")
            values = {"max_radius_km": km, "name": f"Odile {km}", "work_phone": phone}
            values |= {
                "work_email": f"odile{km}@pool.example",
                "agent_date_end": f"2027-01-{km - 10}",
            }
            self._call("web_save", [agent_id], values, {"max_radius_km": {}})
            lines = {"software_ids": [[6, 0, self.software["JVS"].ids]]}
            self._call("web_save", [agent_id], lines, {"software_ids": {}})
            self.env.invalidate_all()
            found = (agent.max_radius_km, agent.name, agent.work_phone, agent.agent_date_end.day)
            self.assertEqual(found, (km, f"Odile {km}", phone, km - 10))
            # Odoo notes what changed, and who changed it.
            note = agent.message_ids.sorted("id")[-1]
            self.assertEqual(note.author_id, getattr(self, role).partner_id)
            changed = note.sudo().tracking_value_ids.mapped("new_value_char")
            self.assertCountEqual(changed, [f"Odile {km}", phone])

    def test_the_contract_of_an_agent_stays_with_the_hr_department(self):
        self.authenticate("test_coordinator", "test_coordinator")
        for name, value in (("wage", 3000), ("birthday", "1980-01-01"), ("ssnid", "1")):
            with self.assertRaises(JsonRpcException), mute_logger("odoo.http"):
                self._call("write", self.nadia.ids, {name: value})
        self.env.invalidate_all()
        self.assertFalse(self.nadia.birthday or self.nadia.ssnid)

    def test_the_lines_of_an_agent_keep_the_rights_of_the_coordinator(self):
        """A new agent is made as superuser: a command on its lines names any record."""
        colleague = self.env["hr.employee"].create({"name": "Hors pool"})
        skill = self.nadia.employee_skill_ids[:1].copy({"employee_id": colleague.id})
        self.authenticate("test_coordinator", "test_coordinator")
        command = [[1, skill.id, {"valid_from": "2019-01-01"}]]
        made = {"name": "Odile N.", "is_replacement_agent": True, "employee_skill_ids": command}
        with self.assertRaises(JsonRpcException), mute_logger("odoo.http"):
            self._call("create", [made])
        skill.invalidate_recordset()
        self.assertEqual(skill.valid_from.year, 2020)
