"""Teams to measure: what each model makes, what stays when an organisation chooses again."""

from odoo.exceptions import AccessError
from odoo.tests import Form, tagged

from .request_case import RequestCase

# The families of the reference, as a person reads the two lists side by side.
FEW = {
    "VOI": "Voirie et espaces publics",
    "DEC": "Déchets",
    "EAU": "Eau et assainissement",
    "URB": "Urbanisme et habitat",
    "MOB": "Développement, mobilités et équipements",
    "ECO": "Développement, mobilités et équipements",
    "RES": "Finances et services aux communes",
    "GOU": "",
    "HOR": "",
}


@tagged("post_install", "-at_install")
class TestTeamModels(RequestCase):
    def setUp(self):
        super().setUp()
        self.teams = self.env["helpdesk.ticket.team"]
        # Nobody has chosen yet: the case has two teams of its own.
        (self.road_topic | self.water_topic).team_id = False
        (self.roads | self.water).active = False

    def _choose(self, model, user=None):
        form = Form(self.env["commune.teams"].with_user(user or self.manager))
        choice = form.save()
        choice.with_context(team_model=model).action_pick()
        return choice.action_apply()

    def _get_names(self):
        return set(self.teams.search([]).mapped("name")) - {self.desk.name}

    def _get_families(self):
        return {t.code: t.team_id.name or "" for t in self.topics.values() if not t.parent_id}

    def test_nothing_but_the_desk_until_a_model_is_chosen(self):
        self.assertEqual(self._get_names(), set())
        self.assertFalse(self.env.company.request_team_preset)
        self.env["commune.topic"]._load_reference()
        self.env["commune.reference.epci"]._set_up("200018653")
        self.assertEqual(self._get_names(), set())
        self.assertFalse(self.env.company.request_team_preset)

    def test_what_is_proposed_follows_the_intercommunality(self):
        proposed = [
            ("CC", 8_000, "small"),
            ("CC", 45_000, "medium"),
            ("CC", 90_000, "medium"),
            ("CA", 18_000, "medium"),
            ("CU", 200_000, "metropole"),
            ("METRO", 230_000, "metropole"),
        ]
        for kind, population, model in proposed:
            with self.subTest(kind=kind, population=population):
                self.epci.write({"epci_kind": kind, "population": population})
                form = Form(self.env["commune.teams"].with_user(self.manager))
                self.assertEqual((form.model, form.suggested), (model, model))
        self._choose("small")
        form = Form(self.env["commune.teams"].with_user(self.manager))
        self.assertEqual((form.model, form.current, form.suggested), ("small", "small", model))

    def test_a_few_teams_by_family(self):
        choice = Form(self.env["commune.teams"].with_user(self.manager)).save()
        self.assertEqual(choice.small_count, 1)
        self.assertEqual(choice.medium_count, 7)
        self._choose("medium")
        self.assertEqual(self._get_names(), set(FEW.values()) - {""})
        self.assertEqual(self._get_families(), FEW)
        below = self.env["commune.topic"].search([("parent_id", "!=", False)])
        self.assertFalse(below.team_id)

    def test_a_metropole_has_its_departments_and_chosen_twice_no_more(self):
        self._choose("metropole")
        names = self._get_names()
        lighting = self.topics["VOI-ECL"].team_id
        self.assertEqual(lighting.name, "Pôle éclairage public")
        self.assertEqual(lighting.parent_id.name, "Direction de l’espace public")
        self.assertFalse(self.topics["VOI-PER"].team_id, "the mayor's")
        choice = Form(self.env["commune.teams"].with_user(self.manager)).save()
        self.assertEqual(choice.metropole_count, len(names) + 1)
        self.assertIn("Nothing changes", choice.with_context(lang="en_US").changes)
        self._choose("metropole")
        self.assertEqual(self._get_names(), names)

    def test_chosen_again_what_serves_stays_and_the_rest_is_archived(self):
        self._choose("metropole")
        lighting, funeral = self.topics["VOI-ECL"].team_id, self.topics["FUN-CRE"].team_id
        waste, tourism = self.topics["DEC-COL"].team_id, self.topics["ECO-TOU"].team_id
        lighting.user_ids = self.referent
        ticket = self._request(topic_id=self.topics["DEC-COL"].id, team_id=waste.id)
        tourism.alias_name = "tourisme"
        own = self.teams.create({"name": "Les nôtres", "user_id": self.officer.id})
        self.topics["CUL-EQU"].team_id = own
        self._choose("small")
        kept = lighting | lighting.parent_id | waste | waste.parent_id | tourism | own
        kept |= tourism.parent_id
        self.assertEqual(self.teams.search([]), (kept | self.desk).sorted())
        self.assertFalse(funeral.active)
        self.assertEqual(ticket.team_id, waste)
        self.assertEqual(self.topics["CUL-EQU"].team_id, own, "chosen by hand")
        self.assertFalse(self.topics["VOI-ECL"].team_id)
        self._choose("metropole")
        self.assertTrue(funeral.active, "the same team comes back")
        self.assertEqual(self.topics["FUN-CRE"].team_id, funeral)
        self.assertEqual(self.topics["CUL-EQU"].team_id, own)

    def test_a_team_that_the_organisation_renamed_is_its_own(self):
        self._choose("medium")
        self.topics["EAU"].team_id.name = "Régie des eaux"
        self._choose("small")
        self.assertEqual(self.topics["EAU"].team_id.name, "Régie des eaux")
        self.assertEqual(self._get_names(), {"Régie des eaux"})

    def test_the_window_says_what_would_change_and_a_look_changes_nothing(self):
        self._choose("medium")
        choice = Form(self.env["commune.teams"].with_user(self.manager)).save()
        choice = choice.with_context(team_model="small", lang="en_US")
        choice.action_pick()
        self.assertIn("archived (6)", choice.changes)
        self.assertIn("Déchets", choice.changes)
        self.assertIn("change team: 7", choice.changes)
        self.assertEqual(self._get_families(), FEW)
        self.assertEqual(self.env.company.request_team_preset, "medium")

    def test_an_update_changes_nothing_twice(self):
        self._choose("medium")
        self.topics["EAU"].team_id = self.desk
        before = {t: t.team_id for t in self.topics.values()}
        for _time in range(2):
            self.env["commune.topic"]._load_reference()
        self.assertEqual({t: t.team_id for t in self.topics.values()}, before)
        self.assertEqual(self._get_names(), set(FEW.values()) - {""})

    def test_only_the_manager_chooses(self):
        others = (self.officer, self.referent, self.reader, self.coordinator, self.employee)
        for user in (*others, self.portal_a, self.portal_b):
            with self.subTest(user=user.login), self.assertRaises(AccessError):
                self.env["commune.teams"].with_user(user).create({"model": "small"})
        choice = self.env["commune.teams"].with_user(self.manager).create({"model": "medium"})
        for user in (*others, self.portal_a):
            for action in ("action_pick", "action_apply"):
                with self.subTest(user=user.login), self.assertRaises(AccessError):
                    getattr(choice.with_user(user), action)()
        self.assertEqual(self._get_names(), set())
