"""Each menu of the staff, and its “New”: opened by each role, not by the tour of one of them."""

from lxml import etree

from odoo.tests import Form, tagged
from odoo.tools.safe_eval import safe_eval

from .common import CommuneCase

ROLES = ("reader", "referent", "officer", "manager", "coordinator")


class EveryWindow(CommuneCase):
    """What the menus and the buttons of ours open."""

    def _get_windows(self, user):
        """Actions of our menus that this person sees, those that have a form."""
        menus = self.env["ir.ui.menu"]
        ours = self.env["ir.model.data"].search(
            [("module", "=", "commune_relations"), ("model", "=", "ir.ui.menu")]
        )
        seen = set(ours.mapped("res_id")) & set(menus.with_user(user)._visible_menu_ids())
        actions = [menu.action for menu in menus.browse(sorted(seen)) if menu.action]
        windows = [one for one in actions if one._name == "ir.actions.act_window"]
        return [one for one in windows if "form" in dict(map(reversed, one.views))]

    def _get_buttons(self, user):
        """Our other window actions, which buttons open, with the form of a record."""
        ours = self.env["ir.model.data"].search(
            [("module", "=", "commune_relations"), ("model", "=", "ir.actions.act_window")]
        )
        for window in self.env["ir.actions.act_window"].browse(ours.mapped("res_id")):
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
