"""Secret addresses that open without an account: one way to look up their record."""

from odoo.fields import Domain
from odoo.tools import consteq

TOKEN_BYTES = 24


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
    return found if found and consteq(found[name], token) else records.browse()
