"""What a button opens: a screen of this addon, a dialog, one record."""

MODULE = "commune_relations"


def open_action(records, screen, domain=None, **values):
    """A screen of this addon; a domain, a context or a name take the place of its own.

    :param screen: name of an action of this addon
    """
    action = records.env["ir.actions.actions"]._for_xml_id(f"{MODULE}.{screen}")
    return {**action, **({} if domain is None else {"domain": domain}), **values}


def open_dialog(records, model, title, **context):
    """A form of a wizard, above the page."""
    return {
        "type": "ir.actions.act_window",
        "name": title,
        "res_model": model,
        "views": [(False, "form")],
        "target": "new",
        "context": context,
    }


def open_record(record, view=None, **values):
    """One record, in the dedicated form when it has one (`commune.dedicated.form.mixin`).

    :param view: name of a form of this addon, instead of the usual one
    """
    opens_own = None if view else getattr(record, "_opens_own_screen", None)
    if opens_own and opens_own():
        return {**record._get_own_screen(), **values}
    view_id = record.env.ref(f"{MODULE}.{view}").id if view else False
    return {
        "type": "ir.actions.act_window",
        "res_model": record._name,
        "res_id": record.id,
        "views": [(view_id, "form")],
        **values,
    }


def go_back(record):
    """Back to the page of a record that one comes from, read again: it is not opened twice in the
    breadcrumbs. Opened by the address of what is left, it opens."""
    return {
        "type": "ir.actions.client",
        "tag": f"{MODULE}.back",
        "params": {"record": open_record(record)},
    }
