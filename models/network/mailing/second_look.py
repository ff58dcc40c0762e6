"""Near a poll, a second person reads a letter before it leaves; who sends may go on without."""

from odoo import models
from odoo.tools import html2plaintext


class MailingMailing(models.Model):
    """What the law or the service asks for (`is_service`) promotes nothing: no look is asked.

    Source: code électoral, L52-1 second paragraph; see `commune.poll`.
    """

    _name = "mailing.mailing"
    _inherit = ["mailing.mailing", "commune.looked.over"]

    def action_launch(self):
        """The window of the second look comes first, when one is due; nothing leaves by it."""
        self.check_access("write")
        return self._open_look() or super().action_launch()

    def action_schedule(self):
        self.check_access("write")
        return self._open_look() or super().action_schedule()

    # what the second look asks of each model

    def _get_told_to_many(self):
        """Letters that have not left yet; a message of the service is none of them."""
        return self.filtered(lambda one: not one.is_service and one.state in ("draft", "in_queue"))

    def _get_told_words(self):
        """Subject, preview and text: the links of a model and its look may change."""
        self.ensure_one()
        text = html2plaintext(self.body_html or "", include_references=False)
        return "\n".join([self.subject or "", self.preview or "", text])

    def _get_told_name(self):
        self.ensure_one()
        return self.subject or ""
