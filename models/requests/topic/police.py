"""Who is in charge of a topic in a commune, when it is a matter of police.

The mayor, unless the power went to the president of the intercommunality and the mayor did not
object (CGCT, art. L. 5211-9-2).
"""

from odoo import fields, models


class CommuneTopic(models.Model):
    _inherit = "commune.topic"

    police_power_id = fields.Many2one(
        "commune.police.power",
        string="Power of police",
        index="btree_not_null",
        ondelete="restrict",
        help="Where this power went to the president of the intercommunality, the topic is the"
        " intercommunality’s; where the mayor kept it, the commune’s.",
    )

    def _get_level(self, commune=None):
        """A key of `LEVELS`: who is in charge of this topic in a commune.

        :param commune: res.partner; without it, as the intercommunality decided for all
        """
        self.ensure_one()
        power = self.sudo().police_power_id
        if not power:
            return self.level
        place = commune or self.env["res.partner"]
        return "metropole" if power._is_with_president(place) else "commune"

    def _get_level_label(self, level):
        return dict(self._fields["level"]._description_selection(self.env)).get(level)

    def _is_outside(self, commune=None):
        """Whether somebody else than the intercommunality is in charge in a commune."""
        self.ensure_one()
        return self._get_level(commune) != "metropole"
