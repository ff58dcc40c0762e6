from psycopg2 import IntegrityError
from psycopg2.errors import ExclusionViolation

from odoo.exceptions import AccessError
from odoo.tests import tagged
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

    def test_a_coordinator_sees_no_other_employee_of_the_house(self):
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
