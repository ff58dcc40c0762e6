"""Each form that a menu or a button leads to, on a record that is there, read by each role as its
browser does: a field of the view that the role may not read would close the whole screen."""

from datetime import timedelta

from lxml import etree
from psycopg2 import Error

from odoo.exceptions import AccessError, RedirectWarning, UserError
from odoo.fields import Command
from odoo.tests import Form, tagged
from odoo.tools import mute_logger
from odoo.tools.safe_eval import safe_eval

from .common import QUIET
from .test_access_matrix import AccessRecords
from .test_every_new import ROLES, EveryWindow

MOST_RECORDS = 2


class Screen(Form):
    """A form as it opens: that of a line is read when somebody opens the line."""

    def _get_one2many_edition_view(self, field_info, node, level):
        return super()._get_one2many_edition_view({**field_info, "invisible": "True"}, node, level)


class EveryForm(EveryWindow, AccessRecords):
    def _get_forms(self, user):
        """(action, model, form) of what this person may open."""
        for window in {*self._get_windows(user), *self._get_buttons(user)}:
            context = safe_eval(
                window.context or "{}", {"uid": user.id, "active_id": False, "active_ids": []}
            )
            model = self.env[window.res_model].with_user(user).with_context(**context)
            if model.has_access("read") and not model._transient:
                yield window, model, dict(map(reversed, window.views))["form"]


@tagged("post_install", "-at_install")
class TestEveryForm(EveryForm):
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
        """The view that contains a field."""
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


class TypedForm(EveryForm):
    """What a role may type in each form, with a value of the kind of each field."""

    def _get_value(self, record, name):
        """Another value of the kind of a field; None for those that a program alone writes."""
        field, value = record._fields[name], record[name]
        if field.type in ("char", "text"):
            return f"{value or 'Essai'} bis"
        if field.type in ("integer", "float", "monetary"):
            return value + 1
        if field.type in ("date", "datetime"):
            return (value or self.today) + timedelta(days=1)
        if field.type == "selection":
            codes = [code for code, _label in field._description_selection(record.env)]
            return next((code for code in codes if code != value), None)
        if field.type == "many2one":
            others = record.env[field.comodel_name]
            if not others.has_access("read"):
                return value.id or None
            return others.search([("id", "!=", value.id)], limit=1).id or value.id
        if field.type == "many2many":
            others = record.env[field.comodel_name]
            found = others.search([], limit=1) if others.has_access("read") else others
            if others._name == "res.users":  # who restricts a survey stays among its readers
                found = record.env.user
            return [Command.link(found.id)] if found else None
        return {"boolean": not value, "html": "<p>Essai bis</p>"}.get(field.type)

    def _get_typed(self, form):
        for name in form._view["fields"]:
            closed = ("readonly", "invisible", "column_invisible")
            if name != "id" and not any(form._get_modifier(name, one) for one in closed):
                yield name

    def _get_written(self, window, model):
        if not model.has_access("write"):
            return []
        domain = "[]" if "active_id" in (window.domain or "") else window.domain or "[]"
        found = model.search(safe_eval(domain, {"uid": model.env.uid}), limit=MOST_RECORDS)
        return [record for record in found if record.has_access("write")]


@tagged("post_install", "-at_install")
class TestEverySave(TypedForm):
    """Each field that a form lets a role write is written, alone, on a record that another request
    has made: nothing is known of it yet, and what changes is noted, which other cases leave out."""

    def _get_saves(self, user):
        """(record, field, value) of each form that the user may write, whatever leads to it."""
        done = set()
        for window, model, view in self._get_forms(user):
            model = model.with_context(dict.fromkeys(QUIET, False))
            arch = model.get_views([(view, "form")])["views"]["form"]["arch"]
            closed = etree.fromstring(arch).get("edit") in ("0", "false")
            if closed or (model._name, view) in done:
                continue
            for record in self._get_written(window, model):
                done.add((model._name, view))
                for name, value in self._get_changes(Screen(record, view=view or None), record):
                    if value is not None:
                        yield record, name, value

    def _get_changes(self, form, record):
        """(field, value) of what may be typed in a form, and in the first line of its lists."""
        for name in self._get_typed(form):
            if record._fields[name].type != "one2many":
                yield name, self._get_value(record, name)
            elif record[name][:1] and record[name][:1].has_access("write"):
                line = record[name][0]
                for below in self._get_typed(getattr(form, name).edit(0)):
                    value = self._get_value(line, below)
                    if value is not None and line._fields[below].type != "one2many":
                        yield name, [Command.update(line.id, {below: value})]

    def _save(self, record, name, value):
        """Save it, then undo it.

        :return: whether it is saved; a rule of the trade may refuse the value, not the person
        """
        try:
            with self._undone():
                record.web_save({name: value}, {name: {}})
            return True
        except AccessError as error:
            self.fail(f"{record} {name}: {error}")
        except (UserError, RedirectWarning, Error):
            return False

    @mute_logger("odoo.sql_db")
    def test_each_form_is_saved_in_a_second_request_by_each_role_that_may_write_it(self):
        saved = set()
        for role in ROLES:
            for record, name, value in self._get_saves(getattr(self, role)):
                with self.subTest(role=role, model=record._name, field=name):
                    if self._save(record, name, value):
                        saved.add((role, record._name, name))
        for wanted in (
            ("coordinator", "hr.employee", "max_radius_km"),
            ("manager", "hr.employee", "name"),
            # Given to somebody whose records one does not read: saved all the same.
            ("referent", "helpdesk.ticket", "topic_id"),
            ("referent", "helpdesk.ticket", "user_id"),
            ("referent", "commune.commitment", "user_id"),
        ):
            self.assertIn(wanted, saved)


# Forms of Odoo that staff open from elsewhere than our menus, by a link or a search.
STANDARD = (
    "agreement",
    "calendar.event",
    "event.event",
    "event.registration",
    "helpdesk.ticket",
    "hr.employee",
    "mailing.mailing",
    "res.partner",
    "survey.survey",
)
# Chosen to fill another field, then free again.
EMPTIED = {("helpdesk.ticket", "canned_answer_id")}
PLAUSIBLE = {
    "phone": "03 87 55 01 02",
    "email": "essai@exemple.fr",
    "url": "https://exemple.fr/essai",
    "website": "https://exemple.fr/essai",
}


@tagged("post_install", "-at_install")
class TestEveryTyping(TypedForm):
    """A field that is typed asks the server what follows from it, before anything is saved: an
    error there empties the field and answers in English."""

    def _get_value(self, record, name):
        if record._fields[name].type == "char":
            word = next((word for word in PLAUSIBLE if word in name), None)
            return PLAUSIBLE[word] if word else super()._get_value(record, name)
        return super()._get_value(record, name)

    def _get_opened(self, user):
        """(form, record) of what this person may edit or create, each form once."""
        forms = {
            (model._name, view): (window, model) for window, model, view in self._get_forms(user)
        }
        for name in STANDARD:
            model = self.env[name].with_user(user)
            if model.has_access("read"):
                forms.setdefault((name, False), (self.env["ir.actions.act_window"], model))
        for (_name, view), (window, model) in forms.items():
            model = model.with_context(**dict.fromkeys(QUIET, False), lang="fr_FR")
            arch = etree.fromstring(model.get_view(view or None, "form")["arch"])
            if arch.get("edit") not in ("0", "false"):
                for record in self._get_written(window, model)[:1]:
                    yield Screen(record, view=view or None), record
            if arch.get("create") not in ("0", "false") and model.has_access("create"):
                yield Screen(model, view=view or None), model

    def _get_typings(self, form, record):
        """(form, record, values, field) of each request that typing in a form sends."""
        for name in self._get_typed(form):
            if record._fields[name].type == "one2many":
                line = record[name][:1]
                if line and line.has_access("write"):
                    below = getattr(form, name).edit(0)
                    yield from self._get_typings(below, line)
                continue
            value = self._get_value(record, name)
            if value is not None and form._view["onchange"].get(name):
                values = {} if record else form._get_onchange_values()
                yield form, record, {**values, name: value}, name

    def _type(self, form, record, values, name):
        """What the browser asks when a field is left: nothing of it is saved."""
        with self._undone():
            answer = record.onchange(values, [name], form._view["fields_spec"])
        is_kept = answer["value"].get(name, True) or (record._name, name) in EMPTIED
        return "" if is_kept or not values[name] else f"emptied: {answer}"

    @mute_logger("odoo.sql_db")
    def test_each_field_is_typed_in_a_second_request_by_each_role_that_may_write_it(self):
        typed = set()
        for role in ROLES:
            for form, record in self._get_opened(getattr(self, role)):
                for typing in self._get_typings(form, record):
                    _form, typed_in, _values, name = typing
                    with self.subTest(role=role, model=typed_in._name, field=name, new=not record):
                        try:
                            self.assertEqual(self._type(*typing), "")
                        except (UserError, RedirectWarning, Error) as error:
                            self.fail(f"{typed_in} {name}: {error}")
                        typed.add((role, typed_in._name, name))
        for wanted in (
            ("coordinator", "hr.employee", "work_phone"),
            ("referent", "helpdesk.ticket", "topic_id"),
            ("officer", "res.partner", "phone"),
        ):
            self.assertIn(wanted, typed)
