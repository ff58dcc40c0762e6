"""Terms of the municipal councils: the population that counts from one renewal to the next."""

from odoo import api, fields, models
from odoo.exceptions import ValidationError


class CommuneCouncilTerm(models.Model):
    """Municipal population of a commune at a full renewal of its council (CGCT, R.2151-4): the
    rules that depend on a number of inhabitants follow it until the next renewal."""

    _name = "commune.council.term"
    _description = "Term of a municipal council"
    _order = "commune_id, date_start desc"
    _rec_name = "commune_id"

    commune_id = fields.Many2one(
        "res.partner",
        required=True,
        index=True,
        ondelete="cascade",
        domain="[('is_commune', '=', True)]",
    )
    date_start = fields.Date(
        string="Renewal of the council",
        required=True,
        help="Day of the poll: general renewal, or that of this council alone.",
    )
    population = fields.Integer(
        string="Population at the renewal",
        required=True,
        aggregator=None,
        help="Municipal population in force on the day of the poll (CGCT, R.2151-4; Electoral"
        " Code, R.25-1), in inhabitants.",
    )
    population_year = fields.Integer(
        string="Census year", aggregator=None, help="Year of the census that gives it."
    )
    to_confirm = fields.Boolean(
        string="To be confirmed",
        help="The figures of the renewal are not known here: the current ones are used instead,"
        " until the legal department confirms or corrects them.",
    )
    _start_uniq = models.Constraint(
        "UNIQUE(commune_id, date_start)", "This renewal of the council is already known."
    )
    _population_check = models.Constraint(
        "CHECK(population >= 0)", "A population is a positive number."
    )

    @api.depends("commune_id", "date_start")
    def _compute_display_name(self):
        for term in self:
            start = term.date_start
            term.display_name = f"{term.commune_id.name or ''} ({start.year if start else ''})"

    @api.constrains("commune_id")
    def _check_place(self):
        for term in self:
            if not (term.commune_id.is_commune or term.commune_id.is_epci):
                raise ValidationError(
                    self.env._(
                        "%s is neither a commune nor an intercommunality.",
                        term.commune_id.display_name,
                    )
                )
