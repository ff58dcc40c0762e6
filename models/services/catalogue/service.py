"""A service that the intercommunality offers to its communes: its sheet in the catalogue."""

from math import inf

from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.fields import Domain
from odoo.tools import LazyTranslate, formatLang

from ..text_key import get_key

_lt = LazyTranslate(__name__)

CONTRACT_FORMS = [
    ("framework", "Framework convention with options"),
    ("shared", "Shared service"),
    ("paid", "Paid service"),
    ("group", "Purchasing group"),
    ("loan", "Equipment lent"),
    ("advice", "Free advice"),
]
SCOPES = [
    ("all", "All communes"),
    ("population", "By population"),
    ("sector", "By sector"),
    ("list", "Named communes"),
]
STATES = [
    ("idea", "Idea"),
    ("study", "Study"),
    ("pilot", "Pilot"),
    ("active", "Active"),
    ("frozen", "Frozen"),
    ("retired", "Retired"),
]
# From a state to those that may follow.
NEXT = {
    "idea": ("study", "retired"),
    "study": ("idea", "pilot", "active", "retired"),
    "pilot": ("study", "active", "frozen", "retired"),
    "active": ("frozen", "retired"),
    "frozen": ("active", "retired"),
    "retired": ("study",),
}
OPEN = ("pilot", "active")  # new subscriptions are accepted
VISIBLE = ("pilot", "active", "frozen")  # the communes read the sheet


class CommuneService(models.Model):
    _name = "commune.service"
    _inherit = [
        "commune.staff.thread",
        "mail.activity.mixin",
        "commune.readonly.fields.mixin",
        "commune.findable",
    ]
    _description = "Service to communes"
    _order = "family_sequence, sequence, name, id"
    _rec_names_search = ["name", "code", "summary"]
    # The state itself is written from one to the next: see workflow.py.
    _readonly_reason = _lt("The steps of a service follow from its buttons.")
    _readonly_fields = frozenset({"state_date", "state_user_id"})
    _values_at_creation = {"state": ("idea", "study")}

    # identity
    name = fields.Char(required=True, translate=True, tracking=True)
    code = fields.Char(help="Short name for imports and exports.", copy=False)
    family_id = fields.Many2one(
        "commune.service.family", required=True, index=True, ondelete="restrict"
    )
    family_sequence = fields.Integer(
        related="family_id.sequence", store=True, string="Order of the family"
    )
    sequence = fields.Integer(default=10)
    active = fields.Boolean(default=True)
    color = fields.Integer()

    # what the communes read
    summary = fields.Char(translate=True, help="One line, in the list of the catalogue.")
    content = fields.Html(string="What it is", translate=True)
    audience = fields.Text(string="For whom", translate=True)
    excluded = fields.Text(
        string="Not included", translate=True, help="What the service does not do."
    )
    delay = fields.Text(string="Delays promised", translate=True)
    how_to_ask = fields.Text(translate=True)
    legal_note = fields.Text(
        string="Legal note", translate=True, help="Beside the legal basis: delegations, opinions."
    )
    legal_basis_id = fields.Many2one("commune.legal.basis", ondelete="restrict")
    contract_form = fields.Selection(CONTRACT_FORMS, default="framework", required=True)
    document_ids = fields.Many2many(
        "ir.attachment",
        "commune_service_document_rel",
        string="Documents",
        help="Forms and guides that the communes download from the sheet.",
        bypass_search_access=True,
    )

    # who
    department_id = fields.Many2one(
        "helpdesk.ticket.team",
        string="Owner department",
        index="btree_not_null",
        ondelete="restrict",
        tracking=True,
    )
    referent_id = fields.Many2one("res.users", index="btree_not_null", tracking=True)
    topic_id = fields.Many2one(
        "commune.topic",
        string="Topic of the requests",
        ondelete="restrict",
        help="A commune that asks for this service files a request on this topic.",
    )

    # for whom
    scope = fields.Selection(SCOPES, string="Who may subscribe", default="all", required=True)
    population_min = fields.Integer(string="Inhabitants, from")
    population_max = fields.Integer(string="Inhabitants, to", help="0: no limit.")
    sector_ids = fields.Many2many("commune.sector", string="Sectors")
    commune_ids = fields.Many2many(
        "res.partner",
        "commune_service_commune_rel",
        string="Communes",
        domain="[('is_commune', '=', True)]",
    )

    # contents
    offer_ids = fields.One2many("commune.service.offer", "service_id", string="Offers")
    subscription_count = fields.Integer(compute="_compute_subscription_count")
    note = fields.Html(string="Internal notes", groups="base.group_user")
    _code_uniq = models.UniqueIndex(
        "(code) WHERE code IS NOT NULL", "This code already names another service."
    )
    _population_check = models.Constraint(
        "CHECK(population_max = 0 OR population_max >= population_min)",
        "The largest population is below the smallest.",
    )

    def _compute_subscription_count(self):
        groups = self.env["commune.service.subscription"]._read_group(
            Domain("service_id", "in", self.ids) & Domain("state", "=", "active"),
            ["service_id"],
            ["commune_id:count_distinct"],
        )
        counts = dict(groups)
        for service in self:
            service.subscription_count = counts.get(service, 0)

    @api.onchange("department_id")
    def _onchange_department_id(self):
        if not self.referent_id:
            self.referent_id = self.department_id.user_id

    def _filter_eligible(self, communes):
        """Communes that may subscribe."""
        self.ensure_one()
        if self.scope == "population":
            low, high = self.population_min, self.population_max or inf
            return communes.filtered(lambda one: low <= one.population <= high)
        if self.scope == "sector":
            return communes.filtered(lambda one: one.sector_id in self.sector_ids)
        return communes & self.commune_ids if self.scope == "list" else communes

    def _get_ineligible(self, commune):
        """Why a commune may not subscribe, as a sentence; empty when it may."""
        self.ensure_one()
        if self._filter_eligible(commune):
            return ""
        if self.scope == "population":
            return self.env._(
                "“%(name)s” is not open to the commune %(commune)s, which has"
                " %(population)s inhabitants. For whom: %(audience)s.",
                name=self.name,
                commune=commune._of_place(),
                population=formatLang(self.env, commune.population, digits=0),
                audience=self._get_population_label(),
            )
        return self.env._(
            "“%(name)s” is not open to the commune %(commune)s.",
            name=self.name,
            commune=commune._of_place(),
        )

    def _get_audience_label(self):
        """Who may subscribe, in a few words for the sheet."""
        self.ensure_one()
        service = self.sudo()  # names and numbers of communes, for any reader
        if self.scope == "population":
            return self._get_population_label()
        if self.scope == "sector":
            return ", ".join(service.sector_ids.mapped("name"))
        if self.scope == "list":
            return self.env._("%s communes named", len(service.commune_ids))
        return self.env._("All the communes")

    def _get_audience_lines(self):
        """Who may subscribe, then the sheet's own words, unless they are the same."""
        self.ensure_one()
        label, own = self._get_audience_label(), (self.audience or "").strip()
        repeats = get_key(own).startswith(get_key(label))
        return [own] if own and repeats else [line for line in (label, own) if line]

    def _get_population_label(self):
        low = formatLang(self.env, self.population_min, digits=0)
        high = formatLang(self.env, self.population_max, digits=0)
        above = formatLang(self.env, self.population_max + 1, digits=0)
        if self.population_min and self.population_max:
            return self.env._("Communes of %(low)s to %(high)s inhabitants", low=low, high=high)
        if self.population_max:
            # 9,999 at most reads “fewer than 10,000”; 1,000 at most stays so.
            if self.population_max % 10 == 9:
                return self.env._("Communes of fewer than %s inhabitants", above)
            return self.env._("Communes of %s inhabitants at most", high)
        return self.env._("Communes of at least %s inhabitants", low)

    def action_open_subscriptions(self):
        self.ensure_one()
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "commune_relations.commune_service_subscription_action"
        )
        action["domain"] = [("service_id", "=", self.id)]
        action["context"] = {"default_offer_id": self.offer_ids[:1].id}
        return action

    @api.ondelete(at_uninstall=False)
    def _unlink_except_never(self):
        raise UserError(self.env._("A service is archived, not deleted."))
