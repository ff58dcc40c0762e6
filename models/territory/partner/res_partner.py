"""Communes, intercommunalities and the persons who hold mandates and posts in them."""

from odoo import api, fields, models
from odoo.exceptions import UserError

from ...core.staff_notes import StaffNotes
from ..mandate.mandate import CURRENT

POPULATION_BANDS = [
    ("under_1000", "Under 1,000", 0, 999),
    ("under_3500", "1,000 to 3,499", 1000, 3499),
    ("under_10000", "3,500 to 9,999", 3500, 9999),
    ("over_10000", "10,000 and more", 10000, None),
]
EPCI_KINDS = [
    ("CC", "Community of communes"),
    ("CA", "Community of agglomeration"),
    ("CU", "Urban community"),
    ("METRO", "Métropole"),
    ("MET69", "Métropole of Lyon"),
    ("EPT", "Territorial public establishment"),
]

CIVILITIES = [("mme", "Ms"), ("m", "Mr")]


class ResPartner(models.Model):
    _inherit = "res.partner"

    # identity of a commune or an intercommunality (EPCI)
    is_commune = fields.Boolean(string="Is a commune", index=True, copy=False)
    is_epci = fields.Boolean(string="Is an intercommunality", copy=False)
    insee_code = fields.Char(
        string="INSEE code", copy=False, help="Official code of the commune, five characters."
    )
    siren = fields.Char(
        string="SIREN", copy=False, help="Nine digits: number of the legal entity at INSEE."
    )
    brand_name = fields.Char(
        help="Name used in public, when it differs from the legal name. Legal acts use the legal"
        " name."
    )
    epci_kind = fields.Selection(EPCI_KINDS, string="Kind of intercommunality")
    population = fields.Integer(
        aggregator="sum", help="Municipal population published by INSEE, in inhabitants."
    )
    population_year = fields.Integer(
        aggregator=None, help="Year of the census to which the population refers."
    )
    population_band = fields.Selection(
        [(code, label) for code, label, _low, _high in POPULATION_BANDS],
        compute="_compute_population_band",
        store=True,
    )
    postal_codes = fields.Char(help="Postal codes of the commune, separated by commas.")
    local_law = fields.Selection(
        [("general", "General law"), ("alsace_moselle", "Alsace-Moselle local law")],
        default="general",
        help="The communes of Bas-Rhin, Haut-Rhin and Moselle follow local law.",
    )
    # Everybody reads contacts: a search through these fields would guess what the staff note on a
    # commune, since Odoo looks there as superuser.
    activity_ids = fields.One2many(bypass_search_access=False)
    activity_summary = fields.Char(related_sudo=False)
    activity_type_id = fields.Many2one(related_sudo=False)
    opening_hours = fields.Text(string="Opening hours of the town hall")

    # organisation
    epci_id = fields.Many2one(
        "res.partner",
        string="Intercommunality",
        index="btree_not_null",
        domain="[('is_epci', '=', True)]",
        ondelete="restrict",
    )
    member_ids = fields.One2many("res.partner", "epci_id", string="Member communes")
    membership_date_start = fields.Date(string="Member since")
    membership_date_end = fields.Date(
        string="Member until", help="Last day as a member; empty while it lasts."
    )
    sector_id = fields.Many2one("commune.sector", index="btree_not_null", ondelete="restrict")
    mandate_ids = fields.One2many(
        "commune.mandate",
        "commune_id",
        string="Mandates and posts",
        help="Held in this commune or intercommunality.",
    )
    current_mandate_ids = fields.One2many(
        "commune.mandate", "commune_id", string="Mandates and posts in force", domain=CURRENT
    )

    # persons
    civility = fields.Selection(CIVILITIES)
    held_mandate_ids = fields.One2many(
        "commune.mandate", "partner_id", string="Mandates and posts held"
    )
    is_fictitious = fields.Boolean(
        readonly=True,
        copy=False,
        help="An invented person, made to try the software before the real file is imported.",
    )

    # open data
    reference_vintage = fields.Char(readonly=True, copy=False)
    reference_values = fields.Json(
        copy=False,
        help="What the open data last said: a value that differs from it was typed by a user"
        " and is never overwritten.",
    )
    comment = StaffNotes(groups="base.group_user")
    _insee_code_uniq = models.UniqueIndex(
        "(insee_code) WHERE is_commune", "There is already a commune with this INSEE code."
    )
    _siren_epci_uniq = models.UniqueIndex(
        "(siren) WHERE is_epci", "There is already an intercommunality with this SIREN."
    )
    _commune_code_check = models.Constraint(
        "CHECK(NOT is_commune OR insee_code ~ '^[0-9][0-9AB][0-9]{3}$')",
        "The INSEE code of a commune has five characters, for example 57463 or 2A004.",
    )
    _siren_check = models.Constraint(
        "CHECK(siren IS NULL OR NOT (is_commune OR is_epci) OR siren ~ '^[0-9]{9}$')",
        "A SIREN has nine digits.",
    )

    @api.depends("population", "is_commune")
    def _compute_population_band(self):
        for partner in self:
            partner.population_band = partner.is_commune and next(
                code
                for code, _label, _low, high in POPULATION_BANDS
                if high is None or partner.population <= high
            )

    def _filter_managed(self):
        """Communes, intercommunalities and persons who hold or held a mandate."""
        partners = self.sudo()  # what somebody is, for any reader
        places = partners.filtered(lambda place: place.is_commune or place.is_epci)
        holders = partners._filter_known().with_context(active_test=False)
        holders = holders.filtered("held_mandate_ids")
        return self.browse((places | holders).ids)

    def _get_managed_threads(self):
        return super()._get_managed_threads() | self._filter_managed()

    def _is_followed_by_communes(self):
        accounts = self.env.user._get_commune_accounts()
        return bool(accounts) or super()._is_followed_by_communes()

    @api.ondelete(at_uninstall=False)
    def _unlink_except_history(self):
        """Communes, intercommunalities and persons who hold or held a mandate stay."""
        kept = self._filter_managed()
        if kept:
            raise UserError(
                self.env._(
                    "%s cannot be deleted: archive it instead, so that its history stays.",
                    ", ".join(kept.mapped("display_name")),
                )
            )
