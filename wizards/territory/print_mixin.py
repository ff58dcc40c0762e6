"""Choice of the communes that a document is about, shared by the printing wizards."""

from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.fields import Domain


class CommunePrintMixin(models.AbstractModel):
    _name = "commune.print.mixin"
    _description = "Choice of communes to print"

    commune_ids = fields.Many2many(
        "res.partner",
        string="Communes",
        domain="[('is_commune', '=', True)]",
        default=lambda self: self._default_commune_ids(),
        help="Leave empty for all the communes of the intercommunality.",
    )
    sector_ids = fields.Many2many(
        "commune.sector", string="Sectors", help="Leave empty for all sectors."
    )

    @api.model
    def _default_commune_ids(self):
        """The communes ticked in the list, or the one whose sheet is open."""
        if self.env.context.get("active_model") != "res.partner":
            return False
        partners = self.env["res.partner"].browse(self.env.context.get("active_ids") or ())
        return partners.exists().filtered("is_commune").ids

    def _get_communes(self):
        """The communes chosen; an empty choice is a mistake that the user can correct."""
        self.ensure_one()
        domain = Domain("is_commune", "=", True)
        if self.commune_ids:
            domain &= Domain("id", "in", self.commune_ids.ids)
        else:
            domain &= Domain("membership_date_end", "=", False) | Domain(
                "membership_date_end", ">=", "today"
            )
            if epci := self.env.company.epci_id:
                domain &= Domain("epci_id", "=", epci.id)
        if self.sector_ids:
            domain &= Domain("sector_id", "in", self.sector_ids.ids)
        communes = self.env["res.partner"].search(domain, order="name, id")
        if not communes:
            raise UserError(
                self.env._(
                    "No commune matches these choices. Remove a sector or a commune, or set up"
                    " the territory first."
                )
            )
        return communes

    def _describe_communes(self):
        """The choice of communes in words, for the document and for the log of exports."""
        parts = []
        if self.sector_ids:
            parts.append(
                self.env._("sectors: %(names)s", names=", ".join(self.sector_ids.mapped("name")))
            )
        if self.commune_ids:
            names = ", ".join(self.commune_ids.mapped("name"))
            parts.append(self.env._("communes: %(names)s", names=names))
        return parts or [self.env._("all communes")]
