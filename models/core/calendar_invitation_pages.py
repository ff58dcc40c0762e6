"""The door of Odoo's invitations to a meeting: what it refuses is said in the reader's language."""

from werkzeug.exceptions import BadRequest

from odoo import models
from odoo.http import request


class IrHttp(models.AbstractModel):
    _inherit = "ir.http"

    @classmethod
    def _auth_method_calendar(cls):
        """Odoo refuses in English, and tells a stranger the address of who is invited."""
        try:
            return super()._auth_method_calendar()
        except BadRequest as error:
            lang = getattr(request, "lang", None)
            env = request.env(context={"lang": lang.code}) if lang else request.env
            raise BadRequest(
                env._(
                    "This invitation is not valid any more, or it is for another account: log out,"
                    " then open the link of your message again."
                )
            ) from error
