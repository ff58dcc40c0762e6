"""Each form that a menu or a button leads to, on a record that is there, read by each role as its
browser does: a field of the view that the role may not read would close the whole screen."""

from lxml import etree

from odoo.exceptions import AccessError
from odoo.tests import tagged
from odoo.tools.safe_eval import safe_eval

from .test_access_matrix import AccessRecords
from .test_every_new import ROLES, EveryWindow

MOST_RECORDS = 2


@tagged("post_install", "-at_install")
class TestEveryForm(EveryWindow, AccessRecords):
    def _get_forms(self, user):
        """(action, model, form) of what this person may open."""
        for window in {*self._get_windows(user), *self._get_buttons(user)}:
            context = safe_eval(
                window.context or "{}", {"uid": user.id, "active_id": False, "active_ids": []}
            )
            model = self.env[window.res_model].with_user(user).with_context(**context)
            if model.has_access("read") and not model._transient:
                yield window, model, dict(map(reversed, window.views))["form"]

    def _ask_for(self, node, model):
        """What the browser asks for, from the fields of a view and of the lists within."""
        wanted = {}
        for field in node.xpath(".//field"):
            if self._get_owner(field) is not self._get_owner(node, inside=True):
                continue
            name = field.get("name")
            known = model._fields[name]
            wanted[name] = {}
            if known.type == "many2one":
                wanted[name] = {"fields": {"display_name": {}}}
            elif known.type in ("one2many", "many2many"):
                below = {"display_name": {}}
                for view in field.xpath("./list|./kanban|./form"):
                    below |= self._ask_for(view, model.env[known.comodel_name])
                wanted[name] = {"fields": below, "limit": 40}
        return wanted

    def _get_owner(self, node, inside=False):
        """The view that a field stands in."""
        return node if inside else next(node.iterancestors("form", "list", "kanban"))

    def test_each_form_opens_for_each_role_that_sees_it(self):
        opened = set()
        for role in ROLES:
            user = getattr(self, role)
            for window, model, view in self._get_forms(user):
                with self.subTest(role=role, window=window.name, model=model._name):
                    arch = model.get_views([(view, "form")])["views"]["form"]["arch"]
                    wanted = self._ask_for(etree.fromstring(arch), model)
                    records = model.with_context(active_test=False).search([], limit=MOST_RECORDS)
                    for record in records:
                        self.env.invalidate_all()
                        try:
                            record.web_read(wanted)
                        except AccessError as error:
                            self.fail(f"{record}: {error}")
                        opened.add((role, model._name))
        for wanted in (
            ("reader", "mailing.mailing"),
            ("coordinator", "mailing.mailing"),
            ("referent", "commune.session"),
            ("referent", "helpdesk.ticket"),
            ("coordinator", "commune.replacement.mission"),
            ("manager", "agreement"),
        ):
            self.assertIn(wanted, opened)
