"""Notice rules: how long before a meeting members are convened, and the legal reference."""

from odoo import api, fields, models
from odoo.fields import Domain

from ....engine.calendar import NoticeRule
from .kinds import KINDS

SITTINGS = [
    ("ordinary", "Ordinary sitting"),
    ("first", "First sitting after the renewal"),
    ("second", "Second convocation, for want of quorum"),
]
UNITS = [
    ("none", "No delay"),
    ("clear_days", "Clear days"),
    ("calendar_days", "Calendar days"),
    ("working_days", "Working days"),
]


class CommuneNoticeRule(models.Model):
    _name = "commune.notice.rule"
    _description = "Notice rule"
    _order = "priority, id"

    name = fields.Char(required=True, translate=True)
    code = fields.Char(required=True, help="Name of the rule for integrations, never translated.")
    unit = fields.Selection(
        UNITS,
        required=True,
        default="clear_days",
        help="Clear days: neither the day of sending nor the day of the meeting counts."
        " Calendar days: the day of the meeting counts. Working days: Saturdays, Sundays, public"
        " holidays and days closed do not count.",
    )
    days = fields.Integer(string="Delay", default=5, help="Number of days, in the unit above.")
    urgent_days = fields.Integer(
        string="Delay in an emergency",
        default=0,
        help="In the same unit; the reason of the emergency is asked for.",
    )
    legal_source = fields.Char(
        required=True,
        translate=True,
        help="Article or internal rule that sets the delay: it is shown on sessions.",
    )
    legal_text = fields.Text(translate=True, help="The text itself, or what to know of it.")

    version_read = fields.Char(
        translate=True, help="Which version of the text was read, and where: “in force since…”."
    )
    to_confirm = fields.Text(
        translate=True,
        help="What is not certain and who must confirm it. It is never printed on a document sent.",
    )
    quorum = fields.Selection(
        [("majority", "Majority of the members in office"), ("none", "No quorum")],
        help="Of the sittings that follow this rule. Empty: as the committee says.",
    )

    # to which bodies it applies
    session_kind = fields.Selection(
        SITTINGS, string="Kind of sitting", help="Empty: any sitting without a rule of its own."
    )
    kind = fields.Selection(KINDS, string="Kind of body", help="Empty: any kind.")
    place_kind = fields.Selection(
        [("commune", "Commune"), ("epci", "Intercommunality")],
        string="Body of",
        help="Empty: of a commune or of an intercommunality.",
    )
    population_min = fields.Integer(
        string="From (inhabitants)",
        help="0: no lower limit. For a municipal council: the population of its last renewal"
        " (CGCT, R.2151-4).",
    )
    population_max = fields.Integer(string="To (inhabitants)", help="0: no upper limit.")
    local_law = fields.Selection(
        [("general", "General law"), ("alsace_moselle", "Alsace-Moselle local law")],
        help="Empty: both.",
    )
    priority = fields.Integer(
        default=10, help="Of the rules that apply to a body, the lowest number wins."
    )
    active = fields.Boolean(default=True)
    _code_uniq = models.Constraint("UNIQUE(code)", "This code already names another rule.")
    _days_check = models.Constraint(
        "CHECK(days BETWEEN 0 AND 366 AND urgent_days BETWEEN 0 AND 366)",
        "A delay is between 0 and 366 days.",
    )
    _urgent_check = models.Constraint(
        "CHECK(urgent_days <= days)",
        "The delay in an emergency cannot be longer than the ordinary one.",
    )
    _population_check = models.Constraint(
        "CHECK(population_min >= 0 AND population_max >= 0"
        " AND (population_max = 0 OR population_max >= population_min))",
        "The number of inhabitants of a rule goes from the smaller to the larger.",
    )

    @api.model_create_multi
    def create(self, vals_list):
        rules = super().create(vals_list)
        self._apply_to_committees()
        return rules

    def write(self, vals):
        result = super().write(vals)
        self._apply_to_committees()
        return result

    def unlink(self):
        result = super().unlink()
        self._apply_to_committees()
        return result

    @api.model
    def _apply_to_committees(self):
        """Another rule may apply now: the sessions to come follow."""
        committees = self.env["commune.committee"].with_context(active_test=False)
        committees = committees.sudo().search(Domain.TRUE)
        committees._compute_notice_rule_id()
        sessions = committees.env["commune.session"]
        preparing = sessions.search([("phase", "in", ["preparing"])])
        self.env.add_to_compute(sessions._fields["notice_rule_id"], preparing)

    def _applies(self, kind, place, session_kind, day):
        """Whether this rule is for a sitting of a body of this kind.

        :param place: commune or intercommunality of which it is a body
        :param session_kind: ordinary, first or second
        :param day: of the sitting: the population of a council is that of its term
        """
        self.ensure_one()
        population = self.env["commune.council.term"]._get_council_population(place, day)
        return (
            (not self.kind or self.kind == kind)
            and (not self.session_kind or self.session_kind == session_kind)
            and (not self.place_kind or (self.place_kind == "epci") == bool(place.is_epci))
            and population >= self.population_min
            and (not self.population_max or population <= self.population_max)
            and (not self.local_law or self.local_law == (place.local_law or "general"))
        )

    def _get_engine_rule(self, urgent=False):
        """This rule in the terms of engine.calendar."""
        self.ensure_one()
        return NoticeRule(self.unit, self.urgent_days if urgent else self.days)
