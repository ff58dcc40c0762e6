"""Full disk: a sentence explains what to do, and the transaction leaves no partial change."""

from psycopg2.errors import DiskFull

from odoo import models
from odoo.exceptions import UserError
from odoo.http import request

from ...engine import disk


def is_full(error):
    """Whether the disk of the server, or that of PostgreSQL, has no room left."""
    return disk.is_full(error) or isinstance(error, DiskFull)


def describe_full(env):
    """What the current user reads, whatever was being written."""
    return env._(
        "The server has no room left on its disk: nothing was saved. Tell the administrator of the"
        " server, then start again what you were doing."
    )


class IrHttp(models.AbstractModel):
    _inherit = "ir.http"

    @classmethod
    def _describe_error(cls, exception):
        """Of any page, button or file: the log keeps the error itself."""
        if is_full(exception) and request.db:
            request.env.cr.rollback()
            return UserError(describe_full(request.env))
        return exception
