"""Identity of the organisation: public name, address, telephone, hours, president, legal pages,
look of documents.

The settings of Odoo are for its administrators; the manager of this addon sets these fields
of the organisation here, and nothing else of the company.
"""

from odoo import api, fields, models
from odoo.exceptions import UserError

from ...models.core.display_notification import CLOSE, display_notification
from ...models.core.document.branding import ORGANISATION_COLORS, check_readable
from ...models.territory.partner.res_partner import CIVILITIES

ADDRESS = ("street", "street2", "zip", "city", "phone", "opening_hours")
LEGAL = ("hosting_provider", "privacy_email")  # of the company: its legal pages name them


class CommuneOrganisationIdentity(models.TransientModel):
    _name = "commune.organisation.identity"
    _description = "Who we are"

    brand_name = fields.Char(string="Name used in public")
    street = fields.Char()
    street2 = fields.Char()
    zip = fields.Char(string="Postal code")
    city = fields.Char()
    phone = fields.Char(string="Telephone")
    opening_hours = fields.Text()
    hosting_provider = fields.Text(
        string="Host of the portal", help="Name, address and telephone, which the law asks for."
    )
    privacy_email = fields.Char(
        string="Data protection officer",
        help="The address where a person asks about personal data.",
    )
    known_president = fields.Char(string="President", readonly=True)
    president_id = fields.Many2one(
        "res.partner",
        string="President, among the known officials",
        domain="[('is_company', '=', False), ('held_mandate_ids', '!=', False)]",
    )
    civility = fields.Selection(CIVILITIES)
    firstname = fields.Char(string="First name")
    lastname = fields.Char(string="Last name")

    @api.model
    def default_get(self, fields):
        self.browse().check_access("create")
        company = self.env.company.sudo()
        place = company._get_organisation_partner()
        known = {name: place[name] for name in (*ADDRESS, "brand_name")}
        known["phone"] = known["phone"] or company.phone
        known |= {name: company[name] for name in LEGAL}
        known["known_president"] = company.epci_id.mayor_id.name
        own = {name: value for name, value in known.items() if name in fields}
        return {**super().default_get(fields), **own}

    def action_save(self):
        """Write these fields of the organisation; a president who was not known begins a
        mandate."""
        self.ensure_one()
        self.check_access("write")
        place = self.env.company._get_organisation_partner()
        values = {name: self[name] for name in (*ADDRESS, "brand_name")}
        place.sudo().write(values)
        self.env.company.sudo().write({name: self[name] for name in LEGAL})
        self._appoint_president()
        return display_notification(self.env._("Saved."), following=CLOSE)

    def _appoint_president(self):
        """:raise UserError: there is no intercommunality yet"""
        epci = self.env.company.epci_id
        if not (self.president_id or self.lastname) or epci.mayor_id:
            return
        if not epci:
            raise UserError(self.env._("Set up the territory first."))
        person = self.president_id or self.env["res.partner"].create(
            {
                "firstname": self.firstname,
                "lastname": self.lastname,
                "civility": self.civility,
            }
        )
        function = self.env["commune.function"]._by_code()["president"]
        values = {"partner_id": person.id, "commune_id": epci.id, "function_id": function.id}
        self.env["commune.mandate"].create(values)


class CommuneOrganisationBranding(models.TransientModel):
    _name = "commune.organisation.branding"
    _description = "Logo and colours of the organisation"

    logo = fields.Image(max_width=1024, max_height=1024)
    primary_color = fields.Char(string="Main colour")
    secondary_color = fields.Char(string="Second colour")
    preview = fields.Html(compute="_compute_preview", sanitize=False)

    @api.model
    def default_get(self, fields):
        self.browse().check_access("create")
        company = self.env.company.sudo()
        colors = (company.primary_color, company.secondary_color)
        first, second = (
            own or usual for own, usual in zip(colors, ORGANISATION_COLORS, strict=True)
        )
        known = {
            "logo": not company.uses_default_logo and company.logo,
            "primary_color": first,
            "secondary_color": second,
        }
        own = {name: value for name, value in known.items() if name in fields}
        return {**super().default_get(fields), **own}

    @api.constrains("primary_color", "secondary_color")
    def _check_colors(self):
        """Text in the colours of the organisation must be readable on white paper (RGAA, 4.5:1)."""
        for look in self:
            check_readable(look, "primary_color")
            check_readable(look, "secondary_color")

    @api.depends("logo", "primary_color", "secondary_color")
    def _compute_preview(self):
        """The portal, a letter and a page, with what is on the screen."""
        company = self.env.company
        for look in self:
            values = {
                "house": company._get_organisation_name(),
                "logo": company._get_logo_uri(look.logo),
                "colors": company._make_colors(look.primary_color, look.secondary_color),
                "foot": company._get_organisation_footer(),
                "identity": company._get_document_identity(),
            }
            look.preview = self.env["ir.qweb"]._render(
                "commune_relations.organisation_branding", values
            )

    def action_save(self):
        """Write the logo and the two colours: nothing else of the company."""
        self.ensure_one()
        self.check_access("write")
        company = self.env.company.sudo()
        values = {name: self[name] for name in ("primary_color", "secondary_color")}
        if self.logo or not company.uses_default_logo:
            values["logo"] = self.logo
        company.write(values)
        return display_notification(self.env._("Saved."), following=CLOSE)

    def action_print(self):
        """A real page: the sheet of the first commune."""
        self.action_save()
        commune = self.env.company.epci_id._get_members()[:1]
        if not commune:
            raise UserError(self.env._("Set up the territory first."))
        return commune.action_print_sheet()
