"""Models of Odoo that show the name of any record, from a model and a number that people type: it
is worked out as superuser. Anyone who names a record reads it."""

from odoo.exceptions import AccessError


def filter_unread(records):
    """Filter the records that the current user cannot read, deleted ones included."""
    if records._abstract:
        return records
    return records - records.exists()._filtered_access("read")


def check_named(env, named):
    """:raise AccessError: one of these records is not read by the current user

    :param named: {model: ids}
    """
    for model, ids in named.items():
        if filter_unread(env[model].browse(ids)):
            raise AccessError(env._("This is about a record that you do not read."))


def hide_unread_names(records, model_field, id_field, *names):
    """Empty the names that a form works out for a record being typed: nothing has asked yet whether
    its user reads the record that it names.

    :param names: fields that hold the name, or the reference that a client names
    """
    typed = records.filtered(lambda one: not one.id and one[id_field])
    for model, same in typed.grouped(model_field).items():
        if model not in records.env:
            continue
        named = records.env[model].sudo(False).browse(set(same.mapped(id_field)))
        unread = set(filter_unread(named)._ids)
        for one in same.filtered(lambda one, ids=unread: one[id_field] in ids):
            one.update(dict.fromkeys(names, False))
