"""Settings of the house, each said once: a page of Odoo shows them to its administrator, a window
of ours to the manager (wizards/core/our_settings.py)."""

from odoo import api, fields, models
from odoo.exceptions import ValidationError
from odoo.tools import formatLang

from ...engine import contrast


class CommuneHouseSettings(models.AbstractModel):
    """Fields of the company that a manager decides on; each pillar adds its own."""

    _name = "commune.house.settings"
    _description = "Settings of the house"

    company_id = fields.Many2one(
        "res.company", required=True, default=lambda self: self.env.company
    )
    epci_id = fields.Many2one(related="company_id.epci_id", readonly=False)
    last_renewal_date = fields.Date(related="company_id.last_renewal_date", readonly=False)
    document_primary_color = fields.Char(
        string="Main colour of documents", related="company_id.primary_color", readonly=False
    )
    document_secondary_color = fields.Char(
        string="Second colour of documents", related="company_id.secondary_color", readonly=False
    )

    @api.constrains("document_primary_color", "document_secondary_color")
    def _check_document_colors(self):
        """Text in the colours of the house must be readable on white paper (RGAA, 4.5:1)."""
        for settings in self:
            for name in ("document_primary_color", "document_secondary_color"):
                settings._check_document_color(name)

    def _check_document_color(self, name):
        color, label = self[name], self.fields_get([name], ["string"])[name]["string"]
        if not color:
            return
        try:
            measured = contrast.ratio(color)
        except ValueError as error:
            raise ValidationError(
                self.env._(
                    "%(label)s: “%(color)s” is not a colour. Write six hexadecimal digits, for"
                    " example #1d3c6a.",
                    label=label,
                    color=color,
                )
            ) from error
        # Rounded down: a ratio of 4.49 must not be shown as 4.5.
        shown = int(measured * 10) / 10
        if measured < contrast.MINIMUM_FOR_TEXT:
            raise ValidationError(
                self.env._(
                    "%(label)s: the contrast of %(color)s on white is %(measured)s to 1, and"
                    " text needs at least %(minimum)s to 1 to be read by everybody. Choose a"
                    " darker colour, for example %(example)s.",
                    label=label,
                    color=color,
                    measured=formatLang(self.env, shown, digits=1),
                    minimum=formatLang(self.env, contrast.MINIMUM_FOR_TEXT, digits=1),
                    example=contrast.readable(color),
                )
            )


class ResConfigSettings(models.TransientModel):
    _name = "res.config.settings"
    _inherit = ["res.config.settings", "commune.house.settings"]
