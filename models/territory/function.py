"""Functions: what a person does in a commune or an intercommunality, elected or staff."""

from odoo import api, fields, models

from ...engine.opendata import titles
from ..core import record_changes
from ..core.record_changes import AROUND, Subscriber

SUBSCRIBERS = (
    Subscriber(
        "network",
        "write",
        AROUND,
        "_detect_wider_role",
        "holders who represent the commune from now on wait before signing",
        frozenset({"portal_role"}),
    ),
    Subscriber(
        "services",
        "write",
        AROUND,
        "_detect_new_signing",
        "holders who sign from now on wait before signing",
        frozenset({"signs_agreements", "code"}),
    ),
)


class CommuneFunction(models.Model):
    _name = "commune.function"
    _description = "Function of an elected official or a staff member"
    _order = "kind, sequence, id"

    name = fields.Char(required=True, translate=True, help="Masculine form: “Adjoint au maire”.")
    name_feminine = fields.Char(
        string="Feminine form",
        translate=True,
        help="Used when the person is a woman: “Adjointe au maire”."
        " Leave empty when both forms are the same.",
    )
    code = fields.Char(
        required=True,
        help="Name of the function for imports and integrations, never translated.",
    )
    kind = fields.Selection(
        [("elected", "Elected official"), ("staff", "Staff")], required=True, default="staff"
    )
    place = fields.Selection(
        [("commune", "Commune"), ("epci", "Intercommunality"), ("both", "Both")],
        required=True,
        default="commune",
        help="Where this function exists.",
    )
    portal_role = fields.Selection(
        [("full", "Full"), ("limited", "Limited")],
        help="What this function may do for its commune on the portal. Full: sees and asks"
        " for everything in the name of the commune (mayor, DGS, town-hall secretary)."
        " Limited: own requests and public data. Empty: no access.",
    )
    has_rank = fields.Boolean(
        string="Ranked", help="Deputy mayors and vice-presidents have a rank: first, second…"
    )
    sequence = fields.Integer(default=10)
    active = fields.Boolean(default=True)

    _code_uniq = models.Constraint("UNIQUE(code)", "This code already names another function.")

    def _get_title(self, civility=None, rank=0, place=None):
        """The title of a person in this function, agreed in gender and number of rank.

        :param civility: `mme`, `m` or empty; empty gives the masculine form
        :param rank: 0 when there is none
        :param place: commune or intercommunality (res.partner) where it is held: a métropole has
            “conseillères métropolitaines”
        """
        self.ensure_one()
        feminine = civility == "mme"
        name = (self.name_feminine if feminine else "") or self.name or ""
        if place:
            name = place.env["commune.place.wording"]._suit_title(place, name, feminine)
        if not (self.has_rank and rank):
            return name
        if (self.env.lang or "").startswith("fr"):
            return titles.ranked(name, rank, feminine)
        return f"{name} no. {rank}"

    @api.model
    def _by_code(self):
        """Every function, archived ones too, by code."""
        return {f.code: f for f in self.with_context(active_test=False).search([])}

    def write(self, vals):
        chosen = record_changes.select(SUBSCRIBERS, "write", vals)
        return record_changes.write(self, vals, chosen, super().write)
