"""Elections to come, and the period before each that bars institutional promotion."""

from odoo import api, fields, models
from odoo.fields import Domain

from ....engine.calendar import restricted_from

KINDS = [
    ("municipal", "Municipal and intercommunal"),
    ("departmental", "Departmental"),
    ("regional", "Regional"),
    ("presidential", "Presidential"),
    ("deputies", "Members of the National Assembly"),
    ("senators", "Senators"),
    ("european", "European"),
]
CONCERNED = [
    ("commune", "Communes and intercommunalities"),
    ("department", "Departmental councils"),
    ("region", "Regional councils"),
    ("country", "The whole country"),
]


class CommuneElection(models.Model):
    """A general election.

    Source: code électoral, L52-1 second paragraph and L52-8; the period is that of
    `engine.calendar.restricted_from`.
    """

    _name = "commune.election"
    _inherit = ["commune.readonly.fields.mixin"]
    _description = "Poll to come"
    _order = "first_round, id"
    _readonly_fields = frozenset()  # what is worked out apart

    name = fields.Char(required=True, translate=True)
    kind = fields.Selection(KINDS, required=True)
    concerned = fields.Selection(
        CONCERNED, string="Authorities renewed", required=True, default="commune"
    )
    first_round = fields.Date(required=True)
    last_round = fields.Date(
        string="Second round", help="Empty when there is one round only: the period ends with it."
    )
    is_date_fixed = fields.Boolean(
        string="Date fixed by decree", help="Otherwise the date is a forecast, to be confirmed."
    )
    restricted_from = fields.Date(
        string="Review required from",
        compute="_compute_restricted_from",
        store=True,
        help="First day of the sixth month before that of the poll.",
    )
    requires_review = fields.Boolean(
        string="Requires a review",
        default=True,
        help="In the period, every broadcast is reviewed by a second person.",
    )
    source = fields.Char(string="Articles", required=True)
    version = fields.Char(string="Version read", translate=True)
    to_confirm = fields.Char(string="To be confirmed", translate=True)
    active = fields.Boolean(default=True)

    _rounds_check = models.Constraint(
        "CHECK(last_round IS NULL OR last_round > first_round)",
        "The second round comes after the first.",
    )
    _kind_uniq = models.Constraint(
        "UNIQUE(kind, first_round)", "This poll is in the calendar already, on that day."
    )

    @api.depends("first_round")
    def _compute_restricted_from(self):
        for election in self:
            election.restricted_from = election.first_round and restricted_from(
                election.first_round
            )

    @api.model
    def _get_restricting(self):
        """Elections whose restricted period includes today, nearest first; as superuser."""
        today = self.env.company._get_today()
        ended = Domain("last_round", "!=", False) & Domain("last_round", "<", today)
        ended |= Domain("last_round", "=", False) & Domain("first_round", "<", today)
        return self.sudo().search(
            Domain("requires_review", "=", True) & Domain("restricted_from", "<=", today) & ~ended
        )

    def _get_sentence(self):
        """`Presidential election, on 18 April 2027 (date to be confirmed)`."""
        self.ensure_one()
        day = self.env["ir.qweb.field.date"].value_to_html(self.first_round, {"format": "long"})
        if self.is_date_fixed:
            return self.env._("%(poll)s, on %(day)s", poll=self.name, day=day)
        return self.env._("%(poll)s, on %(day)s (date to be confirmed)", poll=self.name, day=day)
