"""A record that somebody gives away: saved, though who gave it may read it no more."""

from odoo import models


class CommuneHandoverMixin(models.AbstractModel):
    """Odoo reads again what a form has saved, with the rights of the person: the refusal of that
    reading would undo the saving. What was read before is shown a last time."""

    _name = "commune.handover.mixin"
    _description = "Record that is given to somebody else"

    def _get_handover_fields(self):
        """Fields whose change may take the record out of the sight of who changes it."""
        return {"user_id"}

    def web_save(self, vals, specification, next_id=None):
        given = self._get_handover_fields() & set(vals)
        if not self or not given or next_id:
            return super().web_save(vals, specification, next_id)
        [shown] = self.web_read(specification)
        super().web_save(vals, {})
        if self.has_access("read"):
            return self.with_context(bin_size=True).web_read(specification)
        for name in given & set(shown):
            other = self.sudo()[name]
            is_named = other and "fields" in specification[name]
            shown[name] = other.read(["display_name"])[0] if is_named else other.id
        return [shown]
