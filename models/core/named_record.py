"""Models of Odoo that show the name of any record, from a model and a number that people type: it
is worked out as superuser. Anyone who names a record reads it."""

from odoo.exceptions import AccessError

# Models of Odoo whose records are about another one: where its model and its number are.
PLACES = {
    "ir.attachment": ("res_model", "res_id"),
    "mail.activity": ("res_model", "res_id"),
    "mail.message": ("model", "res_id"),
    "rating.rating": ("res_model", "res_id"),
}


def filter_unread(records):
    """Filter the records that the current user cannot read, deleted ones included."""
    if records._abstract:
        return records
    return records - records.exists()._filtered_access("read")


def filter_of_addon(records):
    """Filter the records of the addon, those of other models that it manages, and what is written,
    filed, planned or thought about one of these; all of them exist."""
    if records._name.startswith("commune."):
        return records
    if records._name not in PLACES:
        found = records.browse()
        for name in ("_get_managed_threads", "_filter_managed"):
            found |= getattr(records, name, records.browse)()
        return found
    found, (model_field, id_field) = records.browse(), PLACES[records._name]
    placed = records.sudo().filtered(lambda one: one[model_field] in one.env and one[id_field])
    for model, same in placed.grouped(model_field).items():
        targets = records.env[model].browse(set(same.mapped(id_field))).exists()
        own = set(filter_of_addon(targets)._ids)
        found |= same.filtered(lambda one, own=own: one[id_field] in own)
    return found.with_env(records.env)


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
