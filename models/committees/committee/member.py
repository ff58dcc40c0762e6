"""Members of a committee: by their mandate, whose end they follow, or as a person."""

from odoo import api, fields, models
from odoo.exceptions import ValidationError
from odoo.fields import Domain

from ...territory.mandate.mandate import LINKS

ROLES = [
    ("chair", "Chair"),
    ("vice_chair", "Vice-chair"),
    ("member", "Member"),
    ("deputy", "Deputy"),
    ("guest", "Guest"),
]
ROLE_RANKS = {role: rank for rank, (role, _label) in enumerate(ROLES)}
# A seat of today. The last day opens nothing any more, as for mandates (docs/decisions/005).
SEATED = [
    ("active", "=", True),
    "|",
    ("date_start", "=", False),
    ("date_start", "<=", "today"),
    "|",
    ("date_end", "=", False),
    ("date_end", ">", "today"),
    "|",
    ("mandate_id", "=", False),
    ("mandate_id", "any", LINKS),
]


class CommuneCommitteeMember(models.Model):
    _name = "commune.committee.member"
    _inherit = ["commune.readonly.fields.mixin"]
    _description = "Member of a committee"
    _order = "committee_id, role_rank, college, commune_id, id"
    _readonly_fields = frozenset()  # what is worked out apart

    # As superuser, as the title is: who reads a list of members may not open each person.
    display_name = fields.Char(compute_sudo=True)
    committee_id = fields.Many2one(
        "commune.committee", required=True, index=True, ondelete="cascade"
    )
    mandate_id = fields.Many2one(
        "commune.mandate",
        string="Mandate or post",
        index="btree_not_null",
        ondelete="restrict",
        help="The seat ends with the mandate.",
    )
    person_id = fields.Many2one(
        "res.partner",
        index="btree_not_null",
        ondelete="restrict",
        domain="[('is_company', '=', False)]",
        help="For a member who sits without a mandate: expert, partner, agent of the organisation.",
    )
    partner_id = fields.Many2one(
        "res.partner",
        string="Name",
        compute="_compute_partner_id",
        store=True,
        index=True,
        ondelete="restrict",
    )
    commune_id = fields.Many2one(
        related="mandate_id.commune_id", string="Commune", store=True, index=True
    )
    email = fields.Char(related="partner_id.email", string="E-mail")
    title = fields.Char(compute="_compute_title", compute_sudo=True, string="Function")
    college = fields.Char(help="Group of members: “Maires”, “Pôles”, “Partenaires”.")
    role = fields.Selection(ROLES, required=True, default="member")
    role_rank = fields.Integer(compute="_compute_role_rank", store=True)
    voting = fields.Boolean(
        string="Counts for the quorum",
        compute="_compute_voting",
        store=True,
        readonly=False,
        help="Members who have a voice that decides; guests and deputies have none of their own.",
    )
    deputy_of_id = fields.Many2one(
        "commune.committee.member",
        string="Deputy of",
        index="btree_not_null",
        ondelete="restrict",
        domain="[('committee_id', '=', committee_id), ('role', 'not in', ('deputy', 'guest'))]",
    )
    deputy_ids = fields.One2many("commune.committee.member", "deputy_of_id", string="Deputies")
    date_start = fields.Date(string="From the", help="Empty: since the committee exists.")
    date_end = fields.Date(string="Until", help="Last day; empty while it lasts.")
    active = fields.Boolean(default=True)
    in_force = fields.Boolean(
        compute="_compute_in_force",
        search="_search_in_force",
        string="Sits today",
        help="Within the dates of the seat and, by mandate, of the mandate.",
    )
    _who_check = models.Constraint(
        "CHECK((mandate_id IS NULL) <> (person_id IS NULL))",
        "A member sits either by a mandate or as a person: choose one of the two.",
    )
    _period_check = models.Constraint(
        "CHECK(date_end IS NULL OR date_start IS NULL OR date_end >= date_start)",
        "A seat cannot end before it starts.",
    )
    _deputy_check = models.Constraint(
        "CHECK((role = 'deputy') OR deputy_of_id IS NULL)",
        "Only a deputy stands in for another member.",
    )
    _seat_excl = models.Constraint(
        "EXCLUDE USING gist (committee_id WITH =, partner_id WITH =,"
        " daterange(date_start, date_end, '[]') WITH &&) WHERE (active)",
        "This person already sits on this committee over that period.",
    )

    @api.depends("mandate_id.partner_id", "person_id")
    def _compute_partner_id(self):
        for member in self:
            member.partner_id = member.mandate_id.partner_id or member.person_id

    @api.depends("mandate_id", "person_id.function")
    @api.depends_context("lang")
    def _compute_title(self):
        for member in self:
            member.title = member.mandate_id.title or member.person_id.function or ""

    @api.depends("role")
    def _compute_role_rank(self):
        for member in self:
            member.role_rank = ROLE_RANKS.get(member.role, len(ROLES))

    @api.depends("role")
    def _compute_voting(self):
        for member in self:
            member.voting = member.role not in ("deputy", "guest")

    @api.depends("partner_id", "committee_id")
    def _compute_display_name(self):
        for member in self:
            member.display_name = member.partner_id.name or ""

    @api.depends("date_start", "date_end", "active", "mandate_id")
    def _compute_in_force(self):
        today = self.env.company._get_today()
        for member in self:
            member.in_force = member._sits_on(today)

    def _search_in_force(self, operator, value):
        if operator != "in":
            return NotImplemented
        domain = Domain(SEATED)
        return domain if True in value else ~domain

    @api.model
    def _get_in_force_domain(self):
        return Domain(SEATED)

    @api.model
    def _get_of_domain(self, committees):
        return Domain("committee_id", "in", committees.ids)

    def _sits_on(self, day):
        """Whether the person has this seat on a day: the last day of a mandate counts."""
        self.ensure_one()
        periods = [(self.date_start, self.date_end)]
        mandate = self.sudo().mandate_id
        if mandate:
            periods.append((mandate.date_start, mandate.date_end))
        return (
            self.active
            and (not mandate or mandate.active)
            and all(
                (not start or start <= day) and (not end or end >= day) for start, end in periods
            )
        )

    @api.constrains("role", "committee_id")
    def _check_deputies_allowed(self):
        for member in self:
            if member.role == "deputy" and not member.committee_id.deputies_allowed:
                raise ValidationError(
                    self.env._(
                        "The law has no deputies in %(committee)s: %(name)s may be a guest, and an"
                        " absent member gives a proxy.",
                        committee=member.committee_id.name,
                        name=member.partner_id.name,
                    )
                )

    @api.constrains("deputy_of_id", "committee_id")
    def _check_deputy_of(self):
        for member in self:
            titular = member.deputy_of_id
            if titular and titular.committee_id != member.committee_id:
                raise ValidationError(
                    self.env._("%s sits on another committee.", titular.partner_id.name)
                )

    @api.ondelete(at_uninstall=False)
    def _unlink_except_convened(self):
        """A member who was called to a session stays in its history."""
        if self.env["commune.attendance"].search_count([("member_id", "in", self.ids)], limit=1):
            raise ValidationError(
                self.env._(
                    "A member who was called to a session is not deleted: give the seat an end."
                )
            )
