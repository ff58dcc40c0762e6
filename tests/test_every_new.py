"""Each menu of the staff, and its “New”: opened by each role, not by the tour of one of them."""

from contextlib import contextmanager
from datetime import date, datetime

from lxml import etree

from odoo.tests import Form, tagged
from odoo.tools.safe_eval import safe_eval

from .common import QUIET, CommuneCase
from .test_access_matrix import AccessRecords

ROLES = ("reader", "referent", "officer", "manager", "coordinator")


class EveryWindow(CommuneCase):
    """Actions opened by the menus and the buttons of the addon."""

    @contextmanager
    def _undone(self):
        """One request of a browser: nothing is known before, nothing is left of it."""
        self.env.flush_all()
        self.env.invalidate_all()
        savepoint = self.env.cr.savepoint(flush=False)
        try:
            yield
            self.env.flush_all()
            self.env.cr.precommit.run()
        finally:
            self.env.cr.precommit.clear()
            self.env.cr.postcommit.clear()
            savepoint.close(rollback=True)
            self.env.transaction.clear()

    def _get_menu_windows(self, user):
        """Actions of our menus that this person sees."""
        menus = self.env["ir.ui.menu"]
        managed = self.env["ir.model.data"].search(
            [("module", "=", "commune_relations"), ("model", "=", "ir.ui.menu")]
        )
        # A menu below one that the person does not see is not seen either.
        seen = set(managed.mapped("res_id")) & set(menus.with_user(user).load_menus(False))
        actions = [menu.action for menu in menus.browse(sorted(seen)) if menu.action]
        return [one for one in actions if one._name == "ir.actions.act_window"]

    def _get_windows(self, user):
        """Those that have a form."""
        windows = self._get_menu_windows(user)
        return [one for one in windows if "form" in dict(map(reversed, one.views))]

    def _get_buttons(self, user):
        """Our other window actions, which buttons open, with the form of a record."""
        managed = self.env["ir.model.data"].search(
            [("module", "=", "commune_relations"), ("model", "=", "ir.actions.act_window")]
        )
        for window in self.env["ir.actions.act_window"].browse(managed.mapped("res_id")):
            allowed = not window.group_ids or window.group_ids & user.all_group_ids
            if allowed and window.target != "new":
                if "form" in dict(map(reversed, window.views)):
                    yield window


@tagged("post_install", "-at_install")
class TestEveryNew(EveryWindow):
    def test_each_new_opens_for_each_role_that_may_create(self):
        opened = set()
        for role in ROLES:
            user = getattr(self, role)
            for window in {*self._get_windows(user), *self._get_buttons(user)}:
                known = {"uid": user.id, "active_id": False, "active_ids": []}
                context = safe_eval(window.context or "{}", known)
                model = self.env[window.res_model].with_user(user).with_context(**context)
                if not model.has_access("create"):
                    continue
                archs = [model.get_view(view, kind)["arch"] for view, kind in window.views]
                if any(etree.fromstring(arch).get("create") in ("0", "false") for arch in archs):
                    continue
                with self.subTest(role=role, window=window.name):
                    Form(model, view=dict(map(reversed, window.views))["form"] or None)
                    # The browser asks for the name of the record as well, a `Form` does not.
                    model.onchange({}, [], {"display_name": {}})
                    opened.add((role, window.res_model))
        # What each of them makes by hand, among the rest.
        for made in (
            ("officer", "commune.request.quick"),
            ("officer", "commune.session"),
            ("manager", "commune.work.rule"),
            ("coordinator", "commune.replacement.request"),
            ("coordinator", "commune.replacement.plan"),
        ):
            self.assertIn(made, opened)

    def test_an_empty_screen_shows_nobody_invented(self):
        """Odoo fills what is empty with John Miller and his telephone, in grey."""
        views = self.env["ir.ui.view"]
        for window in self._get_windows(self.manager):
            model = self.env[window.res_model].with_user(self.manager)
            for view, kind in window.views:
                found = model.get_view(view, kind)
                if not (views.browse(found["id"]).xml_id or "").startswith("commune_relations."):
                    continue  # a screen of Odoo, as the groups of discussion
                with self.subTest(window=window.name, kind=kind):
                    self.assertFalse(etree.fromstring(found["arch"]).get("sample"))


@tagged("post_install", "-at_install")
class TestEveryNewSaved(EveryWindow, AccessRecords):
    """What is required is filled, and saved; another request opens it."""

    def _get_own_values(self):
        """{model: what is typed beside}: the records of the case are not typed a second time."""
        past = {"date_start": date(1990, 1, 1), "date_end": date(1990, 12, 31)}
        person = self.env["res.partner"].create({"firstname": "Zoé", "lastname": "ESSAI"})
        return {
            "commune.activity.report": past,
            "commune.mandate": {"partner_id": person},
            "commune.replacement.tariff": past,
            "commune.service.subscription": {"commune_id": self.commune_b},
            "commune.service.unit.cost": {"year": self.today.year + 9},
            "commune.watch.source": {"url": "https://flux.exemple.fr/actualites.xml"},
            "commune.work.rule": past,
        }

    def _get_news(self, user):
        """(window, model, kind, view) of each “New” that this person sees, forms and lists."""
        # What a menu leads to is for those who see the menu.
        menus = self.env["ir.ui.menu"].with_context(**{"ir.ui.menu.full_list": True})
        menus = menus.search([("action", "!=", False)])
        buttons = set(self._get_buttons(user)) - {menu.action for menu in menus}
        for window in {*self._get_menu_windows(user), *buttons}:
            known = {"uid": user.id, "active_id": False, "active_ids": []}
            context = safe_eval(window.context or "{}", known)
            model = self.env[window.res_model].with_user(user)
            model = model.with_context({**dict.fromkeys(QUIET, False), "lang": "fr_FR", **context})
            views = dict(map(reversed, window.views))
            if not model.has_access("create") or not self._has_button(model, views):
                continue
            for kind in ("form", "list"):
                if kind in views:
                    yield window, model, kind, views[kind] or None
                    break

    def _has_button(self, model, views):
        arches = [model.get_view(view, kind)["arch"] for kind, view in views.items()]
        arches = list(map(etree.fromstring, arches))
        if "form" not in views and not any(arch.get("editable") for arch in arches):
            return False
        return not any(arch.get("create") in ("0", "false") for arch in arches)

    def _fill(self, record, name, kind):
        """A value of its kind for a required field."""
        field = record._fields[name]
        if field.type in ("many2one", "many2many"):
            known = [one for one in self.records.values() if one._name == field.comodel_name]
            found = (known or [record.env[field.comodel_name].search([], limit=1)])[0]
            return found.with_env(record.env)[:1]
        if field.type == "selection":
            return field._description_selection(record.env)[0][0]
        return {
            "boolean": False,
            "char": "Essai",
            "text": "Essai",
            "html": "<p>Essai</p>",
            "integer": 1,
            "float": 1.0,
            "monetary": 1.0,
            "date": self.today,
            "datetime": datetime.combine(self.today, datetime.min.time()),
        }[field.type]

    def _save_form(self, model, view):
        form = Form(model, view=view)
        for name, value in self.own.get(model._name, {}).items():
            form[name] = value.with_env(model.env) if hasattr(value, "ids") else value
        for name, info in form._view["fields"].items():
            if name == "id" or info["type"] == "one2many" or form._get_modifier(name, "readonly"):
                continue
            if form._get_modifier(name, "required") and not form[name]:
                value = self._fill(model, name, info["type"])
                if info["type"] == "many2many":
                    form[name].add(value)
                else:
                    form[name] = value
        return form.save()

    def _save_line(self, model, view):
        """A line typed in a list; the browser does not send what is read-only."""
        arch = etree.fromstring(model.get_view(view, "list")["arch"])
        nodes = {node.get("name"): node for node in arch.xpath("//field[not(ancestor::field)]")}
        values = model.onchange({}, [], dict.fromkeys(nodes, {}))["value"]
        values |= self.own.get(model._name, {})
        for name, node in nodes.items():
            field = model._fields[name]
            if (field.required or node.get("required") in ("1", "True")) and not values.get(name):
                value = self._fill(model, name, field.type)
                values[name] = value.id if field.type == "many2one" else value
        sent = {
            name: value
            for name, value in values.items()
            if name not in nodes
            or not model._fields[name].readonly
            or nodes[name].get("force_save") in ("1", "True")
        }
        [row] = model.web_save(sent, dict.fromkeys(nodes, {}))
        return model.browse(row["id"])

    def test_each_new_is_filled_saved_and_opened_again_by_each_role_that_sees_it(self):
        self.own, saved = self._get_own_values(), set()
        for role in ROLES:
            user = getattr(self, role)
            for window, model, kind, view in self._get_news(user):
                asked = {"role": role, "window": window.name, "model": model._name}
                with self.subTest(**asked), self._undone():
                    save = self._save_form if kind == "form" else self._save_line
                    record = save(model, view)
                    self.env.flush_all()
                    self.env.invalidate_all()
                    self.assertTrue(record.read(["display_name"]))
                    saved.add((role, model._name))
        self.assertIn(("manager", "resource.calendar.leaves"), saved)
        self.assertIn(("coordinator", "hr.employee"), saved)
