"""Powers of special police: the mayor's, unless they went to the president of the intercommunality.

CGCT, art. L. 5211-9-2 (and code de l'environnement, art. L. 581-3-1 for advertising): some go with
the competence unless the mayor of the commune objects, others when all the mayors propose it.
"""

from odoo import fields, models

TRANSFERS = [
    ("automatic", "With the competence, unless the mayor objects"),
    ("voluntary", "When the mayors propose it"),
]


class CommunePolicePower(models.Model):
    _name = "commune.police.power"
    _description = "Power of special police"
    _order = "sequence, id"

    name = fields.Char(required=True, translate=True)
    code = fields.Char(required=True, help="Name of the power for imports, never translated.")
    sequence = fields.Integer(default=10)
    transfer_kind = fields.Selection(TRANSFERS, string="How it is transferred", required=True)
    legal_source = fields.Char(required=True)
    legal_check = fields.Char(
        string="Version read", help="When the text was read, and who must confirm it."
    )
    decision_ids = fields.One2many("commune.police.decision", "power_id", string="Decisions")
    transfer_ids = fields.One2many(
        "commune.police.decision",
        "power_id",
        string="Transfers",
        domain=[("place_id.is_epci", "=", True)],
        help="Intercommunalities whose president holds this power. Without a line: the mayors.",
    )
    opposition_ids = fields.One2many(
        "commune.police.decision",
        "power_id",
        string="Oppositions",
        domain=[("place_id.is_commune", "=", True)],
        help="Communes whose mayor keeps this power.",
    )
    is_transferred = fields.Boolean(
        string="Transferred today",
        compute="_compute_is_transferred",
        help="To the president of the intercommunality of the company at hand.",
    )
    _code_uniq = models.Constraint("UNIQUE(code)", "This code already names another power.")

    def _compute_is_transferred(self):
        epci = self.env.company._get_epci()
        for power in self:
            power.is_transferred = power._is_with_president(epci)

    def _is_with_president(self, place):
        """Whether the president of the intercommunality holds this power in a place today.

        :param place: a commune, where its mayor may have objected; or the intercommunality
            (res.partner); empty for that of the company
        """
        self.ensure_one()
        place = place.sudo()
        epci = place.epci_id if place.is_commune else place
        epci = epci or self.env.company._get_epci()
        places = self.sudo().decision_ids.filtered("is_in_force").place_id
        return bool(epci) and epci in places and not (place.is_commune and place in places)
