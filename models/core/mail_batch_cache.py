"""Cache of one mail batch; Odoo would recompile templates per recipient."""

from odoo import models

COMPILED = "commune_compiled"  # in the context: what this sending has compiled
TOGETHER = 500  # letters prepared at once: some 20 kB each


class Compiled:
    """Functions of templates by their text. Two are never the same: a context compares them."""

    def __init__(self):
        self.functions = {}


class MailTemplate(models.Model):
    _inherit = "mail.template"

    def _send_together(self, records, values=None, layout=False, **context):
        """Queue a letter for each of these records; their deliveries (`_follow`) are created after.

        :param values: of every mail
        :param layout: layout of the letters
        :param context: values shared by the texts of all the letters, computed once
        :return: mail.mail, in the order of the records
        """
        self = self.sudo()  # letters and deliveries are created by no user
        letter = self.with_context(**{COMPILED: Compiled(), **context})
        values = {**(values or {}), "is_followed": True}
        mails = letter.send_mail_batch(records.ids, email_values=values, email_layout_xmlid=layout)
        return mails.with_env(self.env)
