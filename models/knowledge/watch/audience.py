"""Which items a person of a commune reads: those distributed that concern one of their communes."""

from odoo import api, fields, models
from odoo.fields import Domain

# All fields of an item that a portal account may read, by any route.
PORTAL_FIELDS = frozenset(
    {
        "id",
        "display_name",
        "name",
        "link",
        "date",
        "summary",
        "kind",
        "state",
        "topic_ids",
        "change_text",
        "who_text",
        "date_effect",
        "action_text",
        "deadline_ids",
        "legal_text",
        "is_for_me",
        "distributed_date",
    }
)


class CommuneWatchItem(models.Model):
    _inherit = "commune.watch.item"

    is_for_me = fields.Boolean(
        compute="_compute_is_for_me",
        compute_sudo=True,  # its own rule asks for it
        search="_search_is_for_me",
        help="Whether it concerns a commune where the person at hand has a mandate or a post.",
    )

    @api.depends_context("uid")
    def _compute_is_for_me(self):
        own = self.search([("id", "in", self.ids), ("is_for_me", "=", True)])
        for item in self:
            item.is_for_me = item.id in own.ids

    def _search_is_for_me(self, operator, value):
        """Worked out at each search: an access ends the day when the mandate does."""
        if operator != "in":
            return NotImplemented
        held = self.env.user.partner_id._get_opening_mandates()
        communes = held.commune_id.filtered("is_commune")
        # Who sits in the intercommunality reads what concerns any of its communes.
        whole = held.commune_id - communes
        own = Domain.TRUE if whole else self._get_domain_concerning(communes)
        found = Domain("id", "in", self.sudo()._search(own))
        return found if True in value else ~found

    def _has_field_access(self, field, operation):
        """Hide from communes, field by field, the analysis of an item, its author and its
        effects."""
        is_guest = self.env.user.share and not self.env.su
        if is_guest and field.name not in PORTAL_FIELDS:
            return False
        return super()._has_field_access(field, operation)
