"""Conventions of Odoo: an override keeps the signature of the method that it replaces, and a
list of records has an index."""

from inspect import Parameter, isfunction, signature

from odoo.tests import TransactionCase, tagged

MODULE = "commune_relations"
ADDON = f"odoo.addons.{MODULE}."
PLACED = (Parameter.POSITIONAL_ONLY, Parameter.POSITIONAL_OR_KEYWORD)
NAMED = (Parameter.POSITIONAL_OR_KEYWORD, Parameter.KEYWORD_ONLY)


def find_difference(method, override, public):
    """What a caller of `method` may give that `override` does not take, empty when it takes all.

    >>> def load(self, names, rows=()): ...
    >>> find_difference(load, lambda self, names, rows=(): 0, True)
    ''
    >>> find_difference(load, lambda self: 0, True)
    'too many positional arguments'
    >>> find_difference(load, lambda self, fields, rows=(): 0, True)
    "missing a required argument: 'fields'"
    >>> find_difference(load, lambda self, names, rows: 0, True)
    "missing a required argument: 'rows'"
    >>> find_difference(load, lambda self, names, rows=None: 0, True)
    "another default: 'rows'"
    """
    _self, *asked = signature(method).parameters.values()
    placed = [one for one in asked if one.kind in PLACED]
    asked = [one for one in asked if one.kind in NAMED]
    needed = [one for one in placed if one.default is Parameter.empty]
    taken = signature(override)
    try:
        taken.bind(None, *placed)
        taken.bind(None, *needed)
        if public:
            taken.bind(None, **{one.name: one for one in asked})
    except TypeError as error:
        return str(error)
    named = [one for one in list(taken.parameters.values())[1:] if one.kind in NAMED]
    both = [one for one in placed if one.kind in NAMED]
    for one, given in zip(both, named, strict=False):
        if one.default not in (Parameter.empty, given.default):
            return f"another default: {given.name!r}"
    return ""


@tagged("post_install", "-at_install")
class TestSignatures(TransactionCase):
    def test_our_overrides_take_what_the_methods_of_odoo_take(self):
        seen, wrong = 0, []
        for model, registered in self.env.registry.items():
            for name, method, override in self._get_overrides(registered):
                seen += 1
                if why := find_difference(method, override, not name.startswith("_")):
                    wrong.append(f"{override.__module__}: {model}.{name}: {why}")
        self.assertGreater(seen, 200)
        self.assertEqual(wrong, [])

    def _get_overrides(self, registered):
        """(name, the first definition elsewhere, that of the addon) of each overridden method."""
        classes = registered.mro()
        for own in classes:
            if not own.__module__.startswith(ADDON):
                continue
            for name, override in vars(own).items():
                first = next((vars(one)[name] for one in reversed(classes) if name in vars(one)), 0)
                if name.startswith("__") or not (isfunction(override) and isfunction(first)):
                    continue
                if not first.__module__.startswith(ADDON):
                    yield name, first, override

    def test_the_records_of_a_list_are_found_by_an_index(self):
        bare = []
        for model in self.env.registry:
            for field in self.env[model]._fields.values():
                if field.type != "one2many" or not field.inverse_name:
                    continue
                other = self.env[field.comodel_name]
                inverse = other._fields[field.inverse_name].base_field
                kept = other._auto and not other.is_transient() and inverse.column_type
                if kept and inverse.store and MODULE in inverse._modules and not inverse.index:
                    bare.append(str(inverse))
        self.assertEqual(sorted(set(bare)), [])
