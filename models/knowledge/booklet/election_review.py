"""Election review of the welcome text of a booklet, by a second person, before an election.

A text of the president, sent to all elected officials at once, is a broadcast; guides and generated
pages praise nobody. Source: code électoral, L52-1 second paragraph; see `commune.election`.
"""

from odoo import models
from odoo.tools import html2plaintext, is_html_empty

# Texts of a booklet in which the organisation presents itself.
WORDS = ("welcome", "competences")


class CommuneBooklet(models.Model):
    _name = "commune.booklet"
    _inherit = ["commune.booklet", "commune.election.review.mixin"]

    def action_offer(self):
        """The window of the election review comes first, when one is due."""
        self.check_access("write")
        self.invalidate_recordset(["look_state", "look_text"])  # of the words as they are now
        return self._open_look() or super().action_offer()

    def write(self, vals):
        """Hide a text changed near an election from the portal until its review."""
        words = {one: one._get_broadcast_text() for one in self.filtered("is_offered")}
        result = super().write(vals)
        changed = self.filtered(
            lambda one: (
                one.is_offered
                and one._speaks()
                and words.get(one) not in (None, one._get_broadcast_text())
            )
        )
        if changed and self.env["commune.election"]._get_restricting():
            changed._set({"is_offered": False})
        return result

    def _speaks(self):
        return not all(is_html_empty(self[name]) for name in WORDS)

    # what the election review asks of each model

    def _filter_broadcast(self):
        """Those in which the organisation speaks, before they are offered."""
        return self.filtered(lambda one: one._speaks() and not one.is_offered)

    def _get_broadcast_text(self):
        self.ensure_one()
        return "\n".join(
            [self.name or "", self.subtitle or "", *(html2plaintext(self[n] or "") for n in WORDS)]
        )
