"""Contacts: a visit, a call or a meeting with a commune, noted by anyone who was there.

Notes are for the staff: no commune reads them.
"""

from datetime import timedelta

from odoo import api, fields, models
from odoo.exceptions import ValidationError

from ...territory.partner.selectable import check_selectable

KINDS = [
    ("visit", "Visit"),
    ("call", "Call"),
    ("meeting", "Meeting"),
    ("other", "Other contact"),
]
# The clock of a telephone may be ahead of that of the server.
AHEAD = timedelta(hours=1)


class CommuneContact(models.Model):
    _name = "commune.contact"
    _inherit = ["commune.readonly.fields.mixin"]
    _description = "Contact with a commune"
    _order = "date desc, id desc"
    _rec_name = "subject"
    _readonly_fields = frozenset()  # what is worked out apart

    kind = fields.Selection(KINDS, required=True, default="call", index=True)
    date = fields.Datetime(
        required=True, default=fields.Datetime.now, index=True, help="When it took place."
    )
    commune_id = fields.Many2one(
        "res.partner",
        required=True,
        index=True,
        ondelete="restrict",
        domain="[('is_commune', '=', True)]",
    )
    sector_id = fields.Many2one(related="commune_id.sector_id", store=True)
    person_ids = fields.Many2many(
        "res.partner",
        "commune_contact_person_rel",
        string="Persons met",
        domain="[('held_mandate_ids', 'any', [('commune_id', '=', commune_id)])]",
    )
    user_ids = fields.Many2many(
        "res.users",
        "commune_contact_user_rel",
        string="For us",
        required=True,
        domain="[('share', '=', False)]",
        default=lambda self: self.env.user,
        help="Who met or called them.",
    )
    subject = fields.Char(required=True)
    notes = fields.Text(help="Dictate them if you like: plain text, for the staff only.")
    commitment_ids = fields.One2many("commune.commitment", "contact_id", string="What we promised")
    active = fields.Boolean(default=True)

    @api.constrains("date")
    def _check_date(self):
        limit = fields.Datetime.now() + AHEAD
        if any(contact.date > limit for contact in self):
            raise ValidationError(
                self.env._("A contact is noted once it has taken place, not beforehand.")
            )

    @api.constrains("person_ids", "commune_id")
    def _check_persons(self):
        check_selectable(self, "person_ids")

    @api.constrains("commune_id")
    def _check_commune(self):
        if not all(self.mapped("commune_id.is_commune")):
            raise ValidationError(self.env._("A contact is that of a commune."))

    @api.depends("kind", "date", "commune_id", "subject")
    @api.depends_context("lang")
    def _compute_display_name(self):
        kinds = dict(self._fields["kind"]._description_selection(self.env))
        for contact in self:
            day = contact.date and self.env.company._get_organisation_date(contact.date)
            parts = (
                kinds.get(contact.kind),
                contact.commune_id.name,
                day and f"{day:%d/%m/%Y}",
                contact.subject,
            )
            contact.display_name = " – ".join(filter(None, parts))
