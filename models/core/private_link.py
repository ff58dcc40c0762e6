"""Secret addresses that open without an account: one way to look up their record."""

from odoo.fields import Domain
from odoo.tools import consteq

from .inside import Inside

TOKEN_BYTES = 24
# Who holds the link by which a page was opened, the author of what is done there: an id, or False.
LINK_HOLDER = "link_holder"


def find_by_token(records, name, token):
    """Record of a private address, as superuser; empty when there is none.

    The value comes from a URL: PostgreSQL refuses null characters, and a text too short cannot be a
    secret of the addon.

    :param records: model where to look
    :param name: field that holds the secret
    """
    records = records.sudo()
    if not isinstance(token, str) or len(token) < TOKEN_BYTES or "\x00" in token:
        return records.browse()
    found = records.search(Domain(name, "=", token), limit=1)
    if not found or not consteq(found[name], token):
        return records.browse()
    holder = found._get_letter_person().id if hasattr(found, "_get_letter_person") else False
    return found.with_context(**{LINK_HOLDER: Inside(holder)})
