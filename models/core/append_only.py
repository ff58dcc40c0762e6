"""Logs and frozen versions: a line that is written stays as it is, no matter who asks."""

from odoo import api, models
from odoo.exceptions import UserError


class CommuneAppendOnly(models.AbstractModel):
    """The superuser changes nothing either: an action that corrects writes another line."""

    _name = "commune.append.only"
    _description = "Record that is written once"

    # Sentence of the refusal, of each model.
    _kept_reason = None
    # Stored copies of another record, which follow it.
    _copied_fields = frozenset()

    def write(self, vals):
        if set(vals) - self._copied_fields:
            self._raise_append_only()
        return super().write(vals)

    @api.ondelete(at_uninstall=False)
    def _unlink_except_never(self):
        self._raise_append_only()

    def _raise_append_only(self):
        raise UserError(self.env._(self._kept_reason))
