"""Notifications to colleagues about managed records: followers, activities, assignments.

Odoo's notifications are generic. The addon's name who asks, what and until when, leave from
the address of the organisation, and lead to the record by one button.
"""

from markupsafe import Markup


def get_sender_name(user):
    """Name of the user who asks; empty for the software or an outside person."""
    return "" if user._is_superuser() or user.share else user.name


def get_readable_name(record, users):
    """Name of the record, or "" when one of the recipients cannot read it.

    The title of a confidential request is a secret too.
    """
    readers = users.filtered(lambda user: not user.share)
    is_readable = all(record.with_user(user).has_access("read") for user in readers)
    return record.sudo().display_name if is_readable else ""


def describe_record(record, name):
    """Kind of the record and its name in bold; Odoo's own model names (“Contact”) are too vague."""
    if not name:
        return record.env._("It is not open to you: ask the person who gave it to you.")
    if not record._name.startswith("commune."):
        return Markup("<strong>%s</strong>") % name
    kind = record._get_model_description(record._name)
    return Markup("%s\N{NO-BREAK SPACE}: <strong>%s</strong>") % (kind, name)
