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
