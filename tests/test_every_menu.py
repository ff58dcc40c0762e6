"""Each menu of the addon, opened by each role as its browser does, and the menus of the guide."""

import re
from pathlib import Path

from lxml import etree

from odoo.exceptions import UserError
from odoo.tests import Form, tagged
from odoo.tools.safe_eval import safe_eval

from .test_access_matrix import AccessRecords
from .test_every_new import ROLES

GUIDE = Path(__file__).parents[1] / "docs" / "guide-utilisateur.md"
LISTS = ("list", "kanban")
WORDS = ("char", "text", "html", "many2one", "many2many", "one2many")
FEW, MANY = 3, 30  # communes


class EveryMenu(AccessRecords):
    def _get_menus(self, user):
        """Our menus with an action, that this person sees."""
        shown = self.env["ir.ui.menu"].with_user(user).load_menus(False)
        managed = [
            menu
            for menu in shown.values()
            if (menu.get("xmlid") or "").startswith("commune_relations.") and menu["action_id"]
        ]
        return {
            menu["xmlid"].partition(".")[2]: self.env[menu["action_model"]].browse(
                menu["action_id"]
            )
            for menu in managed
        }

    def _open(self, action, user):
        if action._name == "ir.actions.server":
            found = action.with_user(user).run()
            if found and found["type"] == "ir.actions.act_window":
                self._open_window(found, user)
        elif action._name == "ir.actions.act_window":
            action = self.env[action._name].with_user(user)._for_xml_id(action.xml_id)
            self._open_window(action, user)

    def _type_in_search(self, action, user):
        """Type a word in each field of the search view, as far as it takes words.

        :return: "model.field: error" of those that do not find it
        """
        model = self.env[action.res_model].with_user(user)
        view = action.search_view_id.id
        arch = etree.fromstring(model.get_views([(view, "search")])["views"]["search"]["arch"])
        wrong = []
        for node in arch.iter("field"):
            name = node.get("name")
            field = model._fields.get(name)
            if not field or field.type not in WORDS:
                continue
            domain = [(name, node.get("operator") or "ilike", "Martin")]
            if node.get("filter_domain"):
                domain = safe_eval(node.get("filter_domain"), {"self": "Martin", "uid": user.id})
            try:
                model.search_count(domain)
            except (UserError, ValueError, NotImplementedError) as error:
                wrong.append(f"{model._name}.{name}: {error}")
        return wrong

    def _open_window(self, action, user):
        known = {"uid": user.id, "active_id": False, "active_ids": []}
        context = action.get("context") or {}
        context = safe_eval(context, known) if isinstance(context, str) else context
        model = self.env[action["res_model"]].with_user(user).with_context(**context)
        views = model.get_views([*action["views"], (False, "search")], {"toolbar": True})
        shown = [kind for _view, kind in action["views"]]
        if shown[0] == "form":
            record = model.browse(action.get("res_id") or [])
            return Form(record, view=action["views"][0][0] or None)
        domain = action.get("domain") or []
        domain = safe_eval(domain, known) if isinstance(domain, str) else domain
        for kind in set(shown) & set(LISTS):
            names = self._get_names(views, kind)
            model.web_search_read(domain, names, limit=80)
        return None

    def _get_names(self, views, kind):
        """What the browser asks for: the fields of a view but those hidden at first."""
        arch = etree.fromstring(views["views"][kind]["arch"])
        nodes = arch.xpath("//field[not(ancestor::field)][not(@optional='hide')]")
        return {node.get("name"): {} for node in nodes}


@tagged("post_install", "-at_install")
class TestEveryMenu(EveryMenu):
    def test_each_menu_opens_for_each_role_that_sees_it(self):
        opened = {}
        for role in ROLES:
            user = getattr(self, role)
            for name, action in self._get_menus(user).items():
                with self.subTest(role=role, menu=name):
                    self._open(action, user)
                    opened.setdefault(role, set()).add(name)
        managed = self.env["ir.model.data"].search(
            [("module", "=", "commune_relations"), ("model", "=", "ir.ui.menu")]
        )
        menus = self.env["ir.ui.menu"].browse(managed.mapped("res_id"))
        names = dict(zip(managed.mapped("res_id"), managed.mapped("name"), strict=True))
        everything = {names[menu.id] for menu in menus if menu.action and menu.parent_id}
        self.assertEqual(everything - set.union(*opened.values()), set())
        below = self.env.ref("commune_relations.menu_configuration")
        configuration = {
            names[menu.id] for menu in menus.search([("id", "child_of", below.id)]) if menu.action
        }
        self.assertEqual(configuration - opened["manager"], set())

    def test_a_word_is_typed_in_each_field_of_each_search(self):
        actions = self._get_menus(self.manager).values()
        windows = [action for action in actions if action._name == "ir.actions.act_window"]
        self.assertGreater(len(windows), 25)
        wrong = [found for one in windows for found in self._type_in_search(one, self.manager)]
        self.assertEqual(wrong, [])

    def test_the_manager_sees_each_menu_that_the_guide_names(self):
        lang = self.env["res.lang"]._activate_lang("fr_FR")
        self.env["ir.module.module"].search(
            [("name", "=", "commune_relations")]
        )._update_translations([lang.code])
        self.manager.lang = lang.code
        menus = self.env["ir.ui.menu"].with_user(self.manager).with_context(lang=lang.code)
        menus = menus.load_menus(False)
        paths = set()

        def walk(menu_id, above):
            menu = menus[menu_id]
            paths.add((*above, menu["name"]))
            for child in menu["children"]:
                walk(child, (*above, menu["name"]))

        root = self.env.ref("commune_relations.menu_root")
        for child in menus[root.id]["children"]:
            walk(child, ())
        first = {path[0] for path in paths}
        text = re.sub(r"\s+", " ", GUIDE.read_text())
        named = [
            tuple(part.strip() for part in found.split(" > "))
            for found in re.findall(r"\*\*([^*]+ > [^*]+)\*\*", text)
        ]
        named = [path for path in named if path[0] in first]
        self.assertGreater(len(named), 25)
        # “… > New” is a button of the list.
        missing = {path for path in named if path not in paths and path[:-1] not in paths}
        self.assertEqual(missing, set())


@tagged("post_install", "-at_install")
class TestServerMenus(EveryMenu):
    """Menus that work something out before they open: ten times the communes, as many queries."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.towns = cls.env["res.partner"].create(
            [
                {
                    "name": f"Commune {number:02d}",
                    "is_company": True,
                    "is_commune": True,
                    "insee_code": f"579{number + 10}",
                    "population": 500 + number,
                }
                for number in range(MANY)
            ]
        )
        persons = cls.env["res.partner"].create(
            [{"firstname": "Prénom", "lastname": f"Nom {rank:02d}"} for rank in range(MANY)]
        )
        cls.env["commune.mandate"].create(
            [
                cls._mandate_values(person, town, "town_hall_secretary")
                for person, town in zip(persons, cls.towns, strict=True)
            ]
        )

    def _count(self, action, communes):
        self.towns.epci_id = False
        communes.epci_id = self.epci
        self._open(action, self.manager)  # what the server keeps from one request to the next
        return self._queries_of(lambda: self._open(action, self.manager))

    def test_a_menu_costs_no_more_queries_for_more_communes(self):
        menus = {
            name: action
            for name, action in self._get_menus(self.manager).items()
            if action._name == "ir.actions.server"
        }
        self.assertIn("menu_replacement_continuity", menus)
        for name, action in menus.items():
            with self.subTest(menu=name):
                few = self._count(action, self.towns[:FEW])
                self.assertLessEqual(self._count(action, self.towns), few)
