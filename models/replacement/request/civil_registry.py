"""What no agent of the pool is offered for: receiving and signing acts of the civil registry.

The mayor delegates these functions to permanent civil servants of the commune alone (CGCT, art.
R2122-10); an agent lent to it is not one, unless the legal department has checked a delegation.
"""

from odoo import models

from ....engine.text import fold

SKILL = "EC"
WORDS = ("etat civil", "etat-civil")


class CommuneReplacementRequest(models.Model):
    _inherit = "commune.replacement.request"

    def _get_civil_registry_limit(self):
        """The sentence for the papers that offer an agent; empty when nothing of what is asked
        touches the civil registry."""
        self.ensure_one()
        skills = self.sudo().need_ids.skill_id.mapped("commune_code")
        texts = fold(" ".join(filter(None, (self.post, self.job_family, self.tasks))))
        is_asked = self.needs_civil_registry or SKILL in skills
        if not is_asked and not any(word in texts for word in WORDS):
            return ""
        return self.env._(
            "The agent prepares the files of the civil registry, but receives and signs no act: the"
            " mayor delegates these functions only to permanent civil servants of the commune"
            " (CGCT, art. R2122-10)."
        )
