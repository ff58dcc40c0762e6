"""Audiences of letters and invitations, defined by criteria and always up to date."""

from odoo import api, fields, models
from odoo.exceptions import ValidationError
from odoo.fields import Domain

from ...core.window_actions import open_action

KINDS = [
    ("elected", "Elected officials"),
    ("staff", "Staff"),
    ("all", "Elected officials and staff"),
]
# What decides who is a member, besides the mandates themselves.
CRITERIA = (
    "kind",
    "function_ids",
    "delegation_words",
    "commune_ids",
    "sector_ids",
    "population_min",
    "population_max",
    "included_ids",
    "excluded_ids",
)


class CommuneAudience(models.Model):
    _name = "commune.audience"
    _description = "Audience"
    _order = "sequence, name, id"

    name = fields.Char(required=True, translate=True, help="“DGS of communes under 3,500”.")
    sequence = fields.Integer(default=10)
    active = fields.Boolean(default=True)
    note = fields.Text(string="What it is for")

    # criteria on mandates and posts
    kind = fields.Selection(
        KINDS,
        string="Elected or staff",
        help="Elected officials, staff or both; empty: see the functions.",
    )
    function_ids = fields.Many2many(
        "commune.function",
        string="Functions",
        context={"active_test": False},
        help="One of these functions; empty: any function.",
    )
    delegation_words = fields.Char(
        string="Words of the delegation",
        help="One of these words, separated by commas, is in the delegation: “urbanisme,"
        " habitat”. Accents and capitals do not matter.",
    )
    commune_ids = fields.Many2many(
        "res.partner",
        "commune_audience_place_rel",
        "audience_id",
        "place_id",
        string="Communes",
        domain="['|', ('is_commune', '=', True), ('is_epci', '=', True)]",
        help="In one of these communes or of these sectors; both empty: anywhere.",
    )
    sector_ids = fields.Many2many("commune.sector", string="Sectors")
    population_min = fields.Integer(
        string="Inhabitants, at least", help="Communes of that size and more; 0: no limit."
    )
    population_max = fields.Integer(
        string="Inhabitants, at most",
        help="Communes of that size and less: 3,499 for “under 3,500”; 0: no limit.",
    )

    # by hand
    included_ids = fields.Many2many(
        "res.partner",
        "commune_audience_included_rel",
        "audience_id",
        "partner_id",
        string="Always in",
        domain="[('is_company', '=', False)]",
        help="Persons who belong to the audience whatever their mandates.",
    )
    excluded_ids = fields.Many2many(
        "res.partner",
        "commune_audience_excluded_rel",
        "audience_id",
        "partner_id",
        string="Never in",
        domain="[('is_company', '=', False)]",
        help="Persons left out whatever their mandates.",
    )

    # who is in it today
    partner_ids = fields.Many2many(
        "res.partner",
        string="Members",
        compute="_compute_partner_ids",
        search="_search_partner_ids",
        help="Persons who are in it today, from the mandates in force.",
    )
    member_count = fields.Integer(string="Persons", compute="_compute_partner_ids")
    no_email_ids = fields.Many2many(
        "res.partner",
        string="Members without e-mail",
        compute="_compute_partner_ids",
    )
    no_email_count = fields.Integer(string="Without e-mail", compute="_compute_partner_ids")
    commune_count = fields.Integer(string="Communes reached", compute="_compute_partner_ids")
    _population_check = models.Constraint(
        "CHECK(population_min >= 0 AND population_max >= 0)",
        "A number of inhabitants cannot be negative.",
    )

    @api.constrains("population_min", "population_max")
    def _check_population(self):
        for audience in self:
            if 0 < audience.population_max < audience.population_min:
                raise ValidationError(
                    self.env._(
                        "Audience “%s”: the smallest number of inhabitants is above the"
                        " greatest one.",
                        audience.name,
                    )
                )

    @api.depends(*CRITERIA)
    def _compute_partner_ids(self):
        """Never stored: a mandate that ends changes it the same day, with nothing to run."""
        members = self._get_held_by_audience()
        Partner = self.env["res.partner"]
        everyone = Partner.sudo().browse({person for found in members.values() for person in found})
        everyone.fetch(["email_normalized"])  # nothing else of thousands of persons
        unreachable = set(everyone.filtered(lambda p: not p.email_normalized)._ids)
        for audience in self:
            found = members[audience]
            partners = Partner.browse(found)
            missing = partners.browse(person for person in found if person in unreachable)
            places = {one.place for held in found.values() for one in held}
            audience.partner_ids = partners
            audience.member_count = len(partners)
            audience.no_email_ids = missing
            audience.no_email_count = len(missing)
            audience.commune_count = len(places)

    def _search_partner_ids(self, operator, value):
        if operator == "any":  # a name that is typed
            operator, value = "in", self.env["res.partner"].search(Domain(value))._ids
        if operator != "in":
            return NotImplemented
        wanted = set(value)
        every = self.sudo().with_context(active_test=False).search(Domain.TRUE)
        members = every._get_members_by_audience()
        found = [audience.id for audience, persons in members.items() if wanted & persons.keys()]
        if False in wanted:
            found += [audience.id for audience, persons in members.items() if not persons]
        return [("id", "in", found)]

    def copy_data(self, default=None):
        values_list = super().copy_data(default)
        for audience, values in zip(self, values_list, strict=True):
            if "name" not in (default or {}):
                values["name"] = self.env._("%s (copy)", audience.name)
        return values_list

    # lists behind the figures

    def action_open_members(self):
        self.ensure_one()
        self.check_access("read")
        return self._get_person_action(self.env._("Members: %s", self.name), self.partner_ids)

    def action_open_no_email(self):
        self.ensure_one()
        self.check_access("read")
        return self._get_person_action(
            self.env._("Without e-mail: %s", self.name), self.no_email_ids
        )

    def action_open_mandates(self):
        """The mandates and posts that make the members."""
        self.ensure_one()
        self.check_access("read")
        mandates = [m.id for found in self._get_members().values() for m in found]
        return open_action(
            self, "commune_mandate_action", [("id", "in", mandates)], name=self.name, context={}
        )

    def _get_person_action(self, name, partners):
        return {
            "type": "ir.actions.act_window",
            "name": name,
            "res_model": "res.partner",
            "view_mode": "list,form",
            "views": [
                (self.env.ref("commune_relations.audience_member_view_list").id, "list"),
                (False, "form"),
            ],
            "domain": [("id", "in", partners.ids)],
            "context": {"create": False},
        }
