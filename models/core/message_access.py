"""Who may post on a record of the addon: users who may change it.

Odoo lets more people write to the followers of a record: its readers, when the model allows it; its
followers, and anybody can follow what they read; recipients of one of its messages; users who send
a template or use the composer. For communes, such a message is a statement of the organisation: on
records of the addon each of these entry points requires the write right: see `mail_thread.py`,
`mail_message.py`, `mail_template.py` and `mail_compose_message.py` of `odoo/`. Odoo handles other
records, and messages sent as superuser after a check of the user.
"""

MODULE = "commune_relations"


def check_can_post(records):
    """The same for records of any model; accounts are replaced by their persons."""
    if records._name == "res.users":
        records = records.sudo().partner_id.with_env(records.env)
    if hasattr(records, "_check_can_post"):
        records._check_can_post()


def keep_layout(records, chosen):
    """Keep the organisation's layout only where it is allowed.

    The layout brings the sender's address, and any user can name it in a message: it is reserved to
    records of the addon, to the software and to users with a role of the addon.

    :param chosen: values of a message
    :return: the same, without the frame when it is not for this person
    """
    frame = chosen.get("email_layout_xmlid") or ""
    if not frame.startswith(f"{MODULE}.") or records.env.su:
        return chosen
    user = records.env.user
    managed = hasattr(records, "_uses_organisation_layout") and records._uses_organisation_layout()
    if managed or any(
        user.has_group(f"{MODULE}.{role}") for role in ("group_reader", "group_referent")
    ):
        return chosen
    return {**chosen, "email_layout_xmlid": False}
