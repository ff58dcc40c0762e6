"""Mandates (elected) and posts (staff): who does what, where, from when to when."""

from odoo import api, fields, models
from odoo.exceptions import ValidationError
from odoo.fields import Domain

from ....engine.opendata.diff import Known

# In force today in local time: evaluated by PostgreSQL.
CURRENT = [
    "|",
    ("date_start", "=", False),
    ("date_start", "<=", "today"),
    "|",
    ("date_end", "=", False),
    ("date_end", ">=", "today"),
]
# On its last day a mandate is still in force but opens nothing any more: ending it ends at once
# what its holder sees and receives. See docs/decisions/005.
OPENING = [
    ("active", "=", True),
    "|",
    ("date_start", "=", False),
    ("date_start", "<=", "today"),
    "|",
    ("date_end", "=", False),
    ("date_end", ">", "today"),
]
# What a personal link asks for, whatever the function opens on the portal: anyone who was refused
# the access to a commune answers nothing in its name, by mail either.
LINKS = [("portal_blocked", "=", False), *OPENING]
# Domain of the mandates that open the portal for a commune or an intercommunality. Keep it equal to
# `_filter_opening`, for mandates already read, and to the record rules
# (`../partner/accessible_places.py`).
PORTAL_ACCESS = [
    ("function_id.portal_role", "!=", False),
    ("portal_blocked", "=", False),
    *OPENING,
]


class CommuneMandate(models.Model):
    _name = "commune.mandate"
    _description = "Mandate or post"
    _order = "commune_id, kind, function_sequence, rank, id"
    _rec_names_search = ["partner_id.name", "commune_id.name"]

    partner_id = fields.Many2one(
        "res.partner",
        string="Person",
        required=True,
        index=True,
        ondelete="restrict",
        domain="[('is_company', '=', False)]",
    )
    commune_id = fields.Many2one(
        "res.partner",
        string="Commune or intercommunality",
        required=True,
        index=True,
        ondelete="restrict",
        domain="['|', ('is_commune', '=', True), ('is_epci', '=', True)]",
    )
    function_id = fields.Many2one(
        "commune.function", required=True, index=True, ondelete="restrict"
    )
    kind = fields.Selection(related="function_id.kind", store=True, index=True)
    function_sequence = fields.Integer(related="function_id.sequence", store=True)
    function_has_rank = fields.Boolean(related="function_id.has_rank")
    # Not as superuser: Odoo searches a related field without asking for its groups, and a commune
    # reads of other persons what they agreed to show.
    partner_phone = fields.Char(
        related="partner_id.phone",
        string="Phone",
        readonly=False,
        compute_sudo=False,
        groups="base.group_user",
    )
    partner_email = fields.Char(
        related="partner_id.email",
        string="E-mail",
        readonly=False,
        compute_sudo=False,
        groups="base.group_user",
    )
    title = fields.Char(
        compute="_compute_title",
        help="The function, agreed in gender and rank: “Première adjointe”.",
    )
    rank = fields.Integer(help="Rank of a deputy mayor or a vice-president; 0 for none.")
    delegation = fields.Char(help="What the person is in charge of: “Urbanisme et travaux”.")
    working_ratio = fields.Float(
        string="Working time (%)",
        digits=(5, 2),
        aggregator=None,
        help="For a post: part of a full time that the person works for this commune.",
    )

    category = fields.Selection(
        [("A", "A"), ("B", "B"), ("C", "C")],
        help="For a post: category of the grade of the person.",
    )

    # period
    date_start = fields.Date(
        string="Start",
        default=lambda self: self.env.company._get_today(),
        help="First day of the mandate or post; empty when it is not known.",
    )
    function_date = fields.Date(
        string="In this function since",
        help="Day of taking up the function, when it differs from the start of the mandate:"
        " a mayor is elected by the council a few days after the council itself.",
    )
    date_end = fields.Date(string="End", help="Last day in office; empty while it lasts.")
    state = fields.Selection(
        [("future", "Future"), ("current", "In office"), ("ended", "Ended")],
        compute="_compute_state",
        search="_search_state",
        help="Follows the dates; nothing has to run at night.",
    )

    # provenance
    source = fields.Selection(
        [
            ("manual", "Typed"),
            ("rne", "National directory of elected officials"),
            ("fictive", "Fictitious"),
        ],
        default="manual",
        required=True,
        readonly=True,
    )
    source_date = fields.Date(readonly=True, help="Day on which the source was read.")
    active = fields.Boolean(
        default=True, help="Archive a mandate typed by mistake; give an end to a real one."
    )
    _running_mandate_excl = models.Constraint(
        "EXCLUDE USING gist (partner_id WITH =, commune_id WITH =, function_id WITH =,"
        " daterange(date_start, date_end, '[]') WITH &&) WHERE (active)",
        "This person already holds this function in this commune over that period.",
    )
    _period_check = models.Constraint(
        "CHECK(date_end IS NULL OR date_start IS NULL OR date_end >= date_start)",
        "A mandate cannot end before it starts.",
    )
    _working_ratio_check = models.Constraint(
        "CHECK(working_ratio >= 0 AND working_ratio <= 100)",
        "The working time is a percentage between 0 and 100.",
    )
    _rank_check = models.Constraint("CHECK(rank >= 0)", "A rank is a positive number.")
    _place_idx = models.Index("(commune_id, date_end)")

    @api.depends("date_start", "date_end")
    def _compute_state(self):
        today = self.env.company._get_today()
        for mandate in self:
            if mandate.date_end and mandate.date_end < today:
                mandate.state = "ended"
            elif mandate.date_start and mandate.date_start > today:
                mandate.state = "future"
            else:
                mandate.state = "current"

    def _search_state(self, operator, value):
        if operator != "in":
            return NotImplemented
        domains = {
            "current": Domain(CURRENT),
            "ended": Domain("date_end", "<", "today"),
            "future": Domain("date_start", ">", "today")
            & (Domain("date_end", "=", False) | Domain("date_end", ">=", "today")),
        }
        return Domain.OR(domains[state] for state in value if state in domains)

    @api.depends("function_id", "rank", "partner_id.civility", "commune_id.epci_kind")
    @api.depends_context("lang")
    def _compute_title(self):
        for mandate in self:
            mandate.title = mandate.function_id and mandate.function_id._get_title(
                mandate.partner_id.civility, mandate.rank, mandate.commune_id
            )

    @api.depends("title", "partner_id", "commune_id")
    @api.depends_context("lang")
    def _compute_display_name(self):
        for mandate in self:
            mandate.display_name = self.env._(
                "%(person)s, %(title)s (%(place)s)",
                person=mandate.partner_id.name or "",
                title=mandate.title or "",
                place=mandate.commune_id.name or "",
            )

    @api.constrains("commune_id", "partner_id", "function_id")
    def _check_place(self):
        for mandate in self:
            place = mandate.commune_id
            if not (place.is_commune or place.is_epci):
                raise ValidationError(
                    self.env._(
                        "%s is neither a commune nor an intercommunality: a mandate is held"
                        " in one of them.",
                        place.display_name,
                    )
                )
            if mandate.partner_id.is_company:
                raise ValidationError(
                    self.env._(
                        "%s is an organisation: only a person can hold a mandate or a post.",
                        mandate.partner_id.display_name,
                    )
                )
            if (place.is_epci and mandate.function_id.place == "commune") or (
                not place.is_epci and mandate.function_id.place == "epci"
            ):
                raise ValidationError(
                    self.env._(
                        "The function “%(function)s” does not exist in %(place)s.",
                        function=mandate.function_id.name,
                        place=place.display_name,
                    )
                )

    @api.model
    def _flush_periods(self, vals_list):
        """An end that is still in memory would make PostgreSQL see an overlap: write it first."""
        self.flush_model(["date_start", "date_end", "active"])

    def _get_known(self):
        """This mandate in the terms of engine.opendata.diff."""
        self.ensure_one()
        place, person = self.commune_id, self.partner_id
        return Known(
            mandate_id=self.id,
            partner_id=person.id,
            place=place.siren if place.is_epci else place.insee_code,
            last_name=person.lastname or "",
            first_name=person.firstname or "",
            function=self.function_id.code,
            rank=self.rank,
            date_start=self.date_start or None,
            function_date=self.function_date or None,
            date_end=self.date_end or None,
        )

    def action_end_today(self):
        """End the current mandates today; their holders lose the portal access at once."""
        self.check_access("write")
        self.filtered(lambda m: m.state == "current").date_end = self.env.company._get_today()

    def _clear_end_cause(self, vals):
        """A mandate that lasts again has no cause of its end any more."""
        if not vals["date_end"]:
            self.sudo().filtered("end_cause").end_cause = False
