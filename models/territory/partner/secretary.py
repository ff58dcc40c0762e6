"""The secretary general of each commune, and what the law asks from 1 January 2028."""

from odoo import fields, models
from odoo.fields import Domain

from ....engine.secretary import judge_secretary, needed_category

STATUSES = [
    ("fits", "Fits"),
    ("director", "Director general of services"),
    ("unknown", "Category not known"),
    ("below", "Category too low"),
    ("missing", "Nobody known"),
]
CODES = ("town_hall_secretary", "dgs")


class ResPartner(models.Model):
    """A warning, never a refusal: the rule binds the appointment by the mayor.

    Source: CGCT, L2122-19-1, law n° 2023-1380 of 30 December 2023; see `engine.secretary`.
    """

    _inherit = "res.partner"

    secretary_category_needed = fields.Char(
        string="Category asked in 2028",
        compute="_compute_secretary",
        compute_sudo=True,
        help="Lowest category of the secretary general from 1 January 2028.",
    )
    secretary_status = fields.Selection(
        STATUSES,
        string="Secretary general in 2028",
        compute="_compute_secretary",
        compute_sudo=True,
        search="_search_secretary_status",
    )

    def _compute_secretary(self):
        """In one query, whatever the number of communes."""
        communes = self.filtered("is_commune")
        posts = communes._get_current_mandates([("function_id.code", "in", CODES)])
        held = posts.sudo().grouped("commune_id")
        for place in self:
            place.secretary_category_needed = place.secretary_status = False
        for place in communes:
            here = held.get(place, posts.browse())
            secretaries = here.filtered(lambda one: one.function_id.code == CODES[0])
            place.secretary_category_needed = needed_category(place.population)
            place.secretary_status = judge_secretary(
                place.population,
                [one.category or "" for one in secretaries],
                bool(here - secretaries),
            )

    def _search_secretary_status(self, operator, value):
        """Filter all communes in Python: they are few, and the engine alone holds the rule."""
        if operator != "in":
            return NotImplemented
        communes = self.search(Domain("is_commune", "=", True))
        return Domain("id", "in", communes.filtered(lambda one: one.secretary_status in value).ids)
