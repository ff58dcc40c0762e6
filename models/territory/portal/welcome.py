"""No welcome message of Odoo after an invitation of the addon: one letter opens an account."""

from odoo import models

from .letter import ACCOUNT_KIND

WELCOME = "auth_signup.mail_template_user_signup_account_created"


class MailTemplate(models.Model):
    _inherit = "mail.template"

    def send_mail(
        self,
        res_id,
        force_send=False,
        raise_exception=False,
        email_values=None,
        email_layout_xmlid=False,
    ):
        """Replace Odoo's welcome for persons whom the addon invited: in French, with its address.

        Odoo's welcome, with another text and address, stays for all others.

        :return: id of the mail.mail; False when none is made
        """
        welcome = self.env["ir.model.data"]._xmlid_to_res_id(WELCOME)
        if welcome and self.id == welcome:
            if self.env["res.users"].browse(res_id)._was_invited_by_us():
                return False
        return super().send_mail(
            res_id, force_send, raise_exception, email_values, email_layout_xmlid
        )


class ResUsers(models.Model):
    _inherit = "res.users"

    def _was_invited_by_us(self):
        """Whether an invitation of the addon led this person to the account."""
        letters = self.env["commune.letter.delivery"]
        domain = [
            ("res_model", "=", "res.users"),
            ("res_id", "in", self.ids),
            ("kind", "=like", ACCOUNT_KIND + "%"),
        ]
        return bool(letters.search_count(domain, limit=1))
