"""Every public method of the addon, called by those whom the record does not concern."""

import inspect
from itertools import cycle, islice

from odoo.exceptions import UserError
from odoo.models import BaseModel
from odoo.service.model import call_kw
from odoo.tests import tagged
from odoo.tools import mute_logger

from .attack_case import MODULE, AttackCase
from .hostile import NOBODYS, VALUES

STRANGERS = ("portal_b", "portal_ended", "employee")


@tagged("post_install", "-at_install")
class TestEveryMethod(AttackCase):
    def _get_methods(self, model):
        """[(name, number of required parameters, on the model)] written by the addon; what each
        model of Odoo has is held by the access matrix."""
        for name, function in inspect.getmembers(type(model), inspect.isfunction):
            if name.startswith("_") or hasattr(BaseModel, name):
                continue
            if f".{MODULE}." not in function.__module__:
                continue
            if any(getattr(getattr(c, name, None), "_api_private", 0) for c in type(model).mro()):
                continue
            needed = [
                parameter
                for parameter in list(inspect.signature(function).parameters.values())[1:]
                if parameter.default is parameter.empty
                and parameter.kind is parameter.POSITIONAL_OR_KEYWORD
            ]
            yield name, len(needed), getattr(function, "_api_model", False)

    def _call(self, model, name, arguments, hostile):
        """What a method gives; an error leaves nothing behind, as a request would.

        :param hostile: whether it gets values that no screen sends, and may meet Python's words
        """
        try:
            with self.env.cr.savepoint(), mute_logger("odoo.models", "odoo.sql_db"):
                answer = call_kw(model, name, arguments, {})
                model.env.flush_all()
                return str(answer)
        except UserError:
            return ""
        except Exception as error:
            self.assertTrue(hostile, f"{model}.{name}: {error!r}")
            return ""

    def _attack(self, who, model, ids):
        """:return: names of the methods that answered"""
        answered = []
        for name, needed, on_model in self._get_methods(model):
            values = list(islice(cycle(VALUES), needed))
            arguments = values if on_model else [ids, *values]
            answer = self._call(model, name, arguments, bool(values))
            self.assertNotIn(self.canary, answer, f"{who} {model}.{name}")
            answered += [name] if answer else []
        return answered

    def test_a_stranger_changes_nothing_and_reads_nothing_by_any_public_method(self):
        tried = 0
        for who in STRANGERS:
            user = getattr(self, who)
            for name, ids in self._get_hidden(user).items():
                model = self.env[name].with_user(user)
                for number in ids[:1]:
                    before = self._get_versions()
                    answered = self._attack(who, model, [number])
                    changed = self._get_changed(before)
                    tried += 1
                    with self.subTest(who=who, model=name):
                        self.assertFalse(changed, f"changed by one of {answered}")
        self.assertGreater(tried, 100)

    def test_a_record_that_nobody_has_breaks_no_button(self):
        for name in self.targets:
            model = self.env[name].with_user(self.portal_b)
            before = self._get_versions()
            with self.subTest(model=name):
                self._attack("portal_b", model, [NOBODYS])
                self.assertFalse(self._get_changed(before))
