"""A pillar that is off: nowhere in the menus, on the home page, in what is searched and reminded;
its links still open, and on again all is back."""

from lxml import etree, html

from odoo.exceptions import AccessError
from odoo.tests import Form, tagged

from .territory.portal_case import PortalCase
from .test_access_matrix import AccessRecords

PILLARS = (
    "requests",
    "network",
    "committees",
    "services",
    "surveys",
    "replacement",
    "knowledge",
    "steering",
)
# Models of other applications behind our menus, by the pillar that shows them.
OTHERS = {
    "helpdesk.ticket": "requests",
    "helpdesk.ticket.team": "requests",
    "helpdesk.ticket.stage": "requests",
    "helpdesk.sla": "requests",
    "resource.calendar.leaves": "requests",
    "event.event": "network",
    "mailing.mailing": "network",
    "mail.group": "network",
    "agreement": "services",
    "survey.survey": "surveys",
    "hr.employee": "replacement",
}
# Menus that lead elsewhere than to the model of their pillar.
MENUS = {
    "menu_requests_published": "knowledge",
    "menu_requests_transfers": "steering",
    "menu_network_mailing_stats": "steering",
    "menu_committees_attendance": "steering",
    "menu_services_matrix": "services",
    # What protects those who sign holds whatever is used.
    "menu_territory_signatories": "territory",
}
# What a home page leads to, by the first word of the address; the rest is always there.
PAGES = {
    "requests": {"requests", "orient"},
    "network": {"events", "event-invitation", "peers", "exchanges", "directory-campaign"},
    "committees": {"committees", "sessions", "decisions"},
    "services": {"services", "agreements"},
    "surveys": {"surveys"},
    "replacement": {"replacements", "replacement-hours", "difficulties"},
    "knowledge": {"guides", "path", "newcomers", "watch"},
    "steering": {"commitments"},
}
# The sheet of a commune and a request: buttons and tabs.
NODES = {
    "steering": {
        "action_open_card",
        "action_log_contact",
        "action_open_commitments",
        "action_open_contacts",
    },
    "requests": {"action_open_requests", "known_emails"},
    "services": {"action_open_services", "action_open_agreements", "action_open_refusals"},
    "replacement": {"action_open_replacement_requests", "replacement"},
}


@tagged("post_install", "-at_install")
class TestPillars(PortalCase, AccessRecords):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        campaign = cls.env["commune.directory.campaign"].create(
            {"name": "Annuaire", "date_end": cls.today, "commune_ids": cls.commune_a.ids}
        )
        campaign.action_open()

    def _switch(self, on, *pillars):
        self.env.company.write({f"uses_{pillar}": on for pillar in pillars})

    # menus

    def _get_menus(self, user=None):
        """{xmlid: (its parents and itself)} of the menus of the addon that a person sees."""
        menus = self.env["ir.ui.menu"].with_user(user or self.manager).load_menus(False)
        found = {}

        def walk(menu_id, above):
            menu = menus[menu_id]
            name = (menu.get("xmlid") or "").rpartition(".")[2]
            found[name] = (*above, name)
            for child in menu["children"]:
                walk(child, found[name])

        for root in menus["root"]["children"]:
            if menus[root]["xmlid"] == "commune_relations.menu_root":
                walk(root, ())
        return found

    def _get_pillar(self, name):
        """The pillar of what a menu opens: the folder of its model."""
        menu = self.env.ref(f"commune_relations.{name}")
        if name in MENUS or not menu.action or menu.action._name != "ir.actions.act_window":
            return MENUS.get(name)
        model = menu.action.res_model
        if model in OTHERS or model == "res.partner":
            return OTHERS.get(model)
        for cls in reversed(type(self.env[model]).__mro__):
            parts = cls.__module__.split(".")
            if cls.__dict__.get("_name") == model and "commune_relations" in parts:
                return parts[parts.index("commune_relations") + 2]
        return None

    def test_no_menu_leads_to_a_pillar_that_is_off_and_the_others_stay(self):
        before = self._get_menus()
        pillars = {name: self._get_pillar(name) for name in before}
        # A menu that opens something of a pillar below another one goes with both.
        self.assertGreater(len([name for name in pillars.values() if name in PILLARS]), 50)
        for pillar in PILLARS:
            self._switch(False, pillar)
            after = self._get_menus()
            with self.subTest(pillar=pillar):
                lost = set(before) - set(after)
                own = {name for name, found in pillars.items() if found == pillar}
                self.assertTrue(own)
                self.assertEqual(own & set(after), set())
                self.assertLessEqual(set(after), set(before))
                # Only the lists of the management, the answers and the directory go with others.
                others = {pillars[name] for name in lost} - {pillar, None}
                self.assertLessEqual(others, {"steering", "knowledge", "territory"})
            self._switch(True, pillar)
            self.assertEqual(self._get_menus(), before)

    def test_requests_and_committees_only(self):
        self._switch(False, *set(PILLARS) - {"requests", "committees"})
        below = {path[1] for path in self._get_menus().values() if len(path) > 1}
        kept = {"menu_my_day", "menu_territory", "menu_network", "menu_configuration"}
        self.assertEqual(below, {"menu_requests"} | kept)
        menus = self._get_menus()
        sections = {
            path[2] for path in menus.values() if path[1:2] == ("menu_network",) and path[2:]
        }
        self.assertEqual(sections, {"menu_committees"})
        self.assertIn("menu_documents_unsent", menus)

    def test_a_section_without_entry_is_gone(self):
        for pillar in PILLARS:
            self._switch(False, pillar)
            for user in (self.manager, self.coordinator, self.reader, self.referent):
                menus = self._get_menus(user)
                above = {name for path in menus.values() for name in path[:-1]}
                folders = {
                    name for name in menus if not self.env.ref(f"commune_relations.{name}").action
                }
                self.assertEqual(folders - above, set(), (pillar, user.login))

    # the portal

    def _get_home(self):
        """Addresses that the home page leads to, except in Odoo's own layout."""
        page = html.fromstring(self.url_open("/my").content)
        main = page.xpath("//main")[0]
        return set(main.xpath(".//a/@href") + main.xpath(".//form/@action"))

    def _get_words(self, pages):
        found = (page.lstrip("/").split("?")[0].split("/") for page in pages)
        return {parts[1] if parts[0] == "my" and len(parts) > 1 else parts[0] for parts in found}

    def test_the_home_page_of_each_person(self):
        for login in ("mayor_a", "secretary_ab", "councillor_a"):
            self._login(login)
            before = self._get_home()
            words = self._get_words(before)
            for pillar in PILLARS:
                self._switch(False, pillar)
                after = self._get_home()
                with self.subTest(login=login, pillar=pillar):
                    self.assertEqual(self._get_words(after), words - PAGES[pillar])
                    gone = {page for page in before if self._get_words([page]) & PAGES[pillar]}
                    self.assertEqual(after, before - gone)
                    self.assertEqual(bool(gone), bool(words & PAGES[pillar]))
                self._switch(True, pillar)
            self.assertEqual(self._get_home(), before)
        self._login("mayor_a")
        # No convention waits to be signed, no invitation to be answered.
        everything = set.union(*PAGES.values()) - {"event-invitation", "agreements"}
        self.assertLessEqual(everything, self._get_words(self._get_home()))

    def test_nothing_of_any_pillar_is_left(self):
        self._switch(False, *PILLARS)
        self._login("mayor_a")
        words = self._get_words(self._get_home())
        self.assertEqual(words & set.union(*PAGES.values()), set())
        self.assertLessEqual({"communes", "colleagues"}, words)

    def test_direct_links_still_open(self):
        self._switch(False, *PILLARS)
        self._login("mayor_a")
        agreement, request = self.records["agreement_a"], self.records["request_a"]
        for path in (
            "/my/requests",
            f"/my/requests/{request.id}",
            "/my/events",
            "/my/committees",
            f"/my/agreements/{agreement.id}",
            "/my/surveys",
            "/my/replacements",
        ):
            with self.subTest(path=path):
                self.assertEqual(self.url_open(path).status_code, 200)
        for name in ("helpdesk.ticket", "commune.session", "agreement", "commune.published.answer"):
            self.assertTrue(self.env[name].with_user(self.manager).has_access("read"), name)

    # search, sheets, map

    def test_published_answers_are_not_found_while_they_are_not_used(self):
        answers = self.env["commune.published.answer"].search([("state", "=", "published")])
        question = answers[:1].question
        search = self.env["commune.published.answer"]._search_similar
        self.assertTrue(question and search(question))
        topics = self.env["commune.topic"]
        self.assertTrue(topics._get_portal_similar(question))
        self._switch(False, "knowledge")
        self.assertFalse(search(question) or topics._get_portal_similar(question))
        self.assertTrue(answers.exists())

    def _get_nodes(self):
        view = self.env.ref("commune_relations.commune_view_form")
        arch = self.env["res.partner"].with_user(self.manager).get_view(view.id, "form")["arch"]
        self.assertNotIn("pillar=", arch)
        return {node.get("name") for node in etree.fromstring(arch).iter("button", "page")}

    def test_the_sheet_of_a_commune(self):
        before = self._get_nodes()
        for pillar in PILLARS:
            self._switch(False, pillar)
            with self.subTest(pillar=pillar):
                self.assertEqual(before - self._get_nodes(), NODES.get(pillar, set()))
            self._switch(True, pillar)
        self.assertEqual(self._get_nodes(), before)

    def test_the_map(self):
        Partner = self.env["res.partner"].with_user(self.manager)
        communes = Partner.browse((self.commune_a | self.commune_b).ids)

        def codes():
            return {
                measure.code.partition("_campaign")[0]
                for measure in communes.env["commune.map"]._get_map_measures(communes)
            }

        self.records["survey_campaign"].state = "open"
        before = codes()
        for pillar, code in (
            ("requests", "open_requests"),
            ("network", "directory"),
            ("surveys", "survey"),
        ):
            self._switch(False, pillar)
            self.assertEqual(before - codes(), {code})
            self._switch(True, pillar)

    # the screen

    def test_the_manager_sees_what_would_be_out_of_sight_then_switches(self):
        tickets = self.env["helpdesk.ticket"]
        opened = tickets.search_count([("closed", "=", False)])
        form = Form(self.env["commune.pillars"].with_user(self.manager))
        self.assertFalse(form.left_behind)
        form.uses_requests = False
        self.assertIn(f"requests without final answer: {opened}", form.left_behind)
        form.uses_steering = False
        lines = form.left_behind.splitlines()
        self.assertEqual(len(lines), 2)
        self.assertIn("nothing is under way", lines[1])
        choice = form.save()
        self.assertTrue(self.env.company.uses_requests)
        self.assertEqual(choice.action_save()["tag"], "reload")
        company = self.env.company
        self.assertFalse(company.uses_requests or company.uses_steering)
        self.assertTrue(company.uses_network)
        again = Form(self.env["commune.pillars"].with_user(self.manager))
        self.assertFalse(again.uses_requests or again.left_behind)
        again.uses_requests = True
        self.assertFalse(again.left_behind)
        again.save().action_save()
        self.assertTrue(company.uses_requests)

    def test_what_is_counted_in_each_pillar(self):
        left = self.env.company._get_left_behind()
        self.assertEqual(set(left), set(PILLARS) - {"steering"})
        sessions = dict(left["committees"])["sessions to come"]
        today = self.env.company._get_today()
        dates = self.env["commune.session"].search([("state", "in", ("draft", "convened"))])
        self.assertEqual(sessions, len([s for s in dates if s.date >= today]))

    def test_only_the_manager_switches(self):
        for user in (self.officer, self.coordinator, self.referent, self.reader, self.portal_a):
            with self.assertRaises(AccessError):
                self.env["commune.pillars"].with_user(user).default_get(["uses_requests"])
            with self.assertRaises(AccessError):
                self.env.company.with_user(user).write({"uses_requests": False})
