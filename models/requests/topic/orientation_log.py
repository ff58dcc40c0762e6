"""Log of the orientation: questions and outcomes, without names."""

from odoo import api, fields, models
from odoo.fields import Domain

from ...core.retention import get_expired_domain


class CommuneOrientationLog(models.Model):
    _name = "commune.orientation.log"
    _description = "Question asked of the orientation"
    _order = "id desc"
    _rec_name = "question"

    question = fields.Char(required=True)
    origin = fields.Selection(
        [
            ("portal", "Portal"),
            ("search", "Search box"),
            ("phone", "Phone"),
            ("email", "E-mail"),
            ("office", "Back office"),
        ],
        default="office",
        required=True,
    )
    found_topic_id = fields.Many2one("commune.topic", string="First topic found", index=True)
    found_codes = fields.Char(string="Topics found", help="Codes, the best first.")
    chosen_topic_id = fields.Many2one("commune.topic", string="Topic chosen", index=True)
    corrected_topic_id = fields.Many2one(
        "commune.topic", string="Topic after correction", index=True
    )
    ticket_id = fields.Many2one(
        "helpdesk.ticket", string="Request", index="btree_not_null", ondelete="set null"
    )
    is_zero_result = fields.Boolean(
        string="Nothing found", help="No topic was found, or none of those shown was right."
    )

    @api.model
    def _log(self, question, found, origin="office", chosen=None, ticket=None):
        """Keep one question.

        :param found: what `commune.topic.orient` gave
        :param chosen: the topic that the person chose, if any
        """
        return self.sudo().create(
            {
                "question": (question or "")[:500],
                "origin": origin,
                "found_topic_id": found[0]["topic_id"] if found else False,
                "found_codes": ", ".join(card["code"] for card in found),
                "chosen_topic_id": chosen.id if chosen else False,
                "ticket_id": ticket.id if ticket else False,
                "is_zero_result": not found,
            }
        )

    @api.autovacuum
    def _gc_questions(self):
        """The words of an old question go; the figures stay."""
        old = self.search(get_expired_domain(self) & Domain("question", "!=", "-"), limit=5000)
        old.write({"question": "-", "ticket_id": False})
