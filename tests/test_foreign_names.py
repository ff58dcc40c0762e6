"""What we add to a model of another addon bears a name that no other addon gives to its own."""

import inspect

from odoo.tests import TransactionCase, tagged

ADDON = "odoo.addons.commune_relations."
# Meant, each for the reason that its docstring gives.
REPLACED = {
    ("link.tracker", "_get_title_from_url"),
    ("mail.link.preview", "_is_domain_thottled"),
    ("mailing.subscription", "_check_contact_id_partner_id_list_id"),
}


def get_functions(definition):
    """{name: function} that a class writes itself."""
    return {
        name: inspect.unwrap(getattr(value, "__func__", value))
        for name, value in vars(definition).items()
        if inspect.isfunction(getattr(value, "__func__", value))
    }


def calls_super(function):
    return "super" in function.__code__.co_names


@tagged("post_install", "-at_install")
class TestForeignNames(TransactionCase):
    def _get_definitions(self, model):
        """(classes of the addon, those that define or extend the model elsewhere)."""
        managed, others = [], []
        for definition in type(self.env[model]).__mro__:
            if definition.__module__.startswith(ADDON):
                managed.append(definition)
            elif model == getattr(definition, "_name", None) and "_name" in vars(definition):
                others.append(definition)
        return managed, others

    def _get_replaced(self, names):
        found = set()
        for model in names:
            managed, others = self._get_definitions(model)
            foreign = set().union(*(get_functions(one) for one in others)) if managed else set()
            for definition in managed:
                for name, function in get_functions(definition).items():
                    if name in foreign and not calls_super(function):
                        found.add((model, name))
        return found

    def test_no_third_party_method_is_switched_off(self):
        foreign = [
            name
            for name, model in self.env.registry.items()
            if model._original_module != "commune_relations"
        ]
        self.assertEqual(self._get_replaced(foreign), REPLACED)

    def test_the_siret_is_checked_under_a_name_of_the_addon(self):
        """`_check_siret` is that of l10n_fr_siret (OCA), which need not be installed."""
        managed, _others = self._get_definitions("res.partner")
        named = {name for definition in managed for name in get_functions(definition)}
        self.assertIn("_check_place_siret", named)
        self.assertNotIn("_check_siret", named)
