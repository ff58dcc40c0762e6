"""The sender of the organisation: nothing leaves for communes before its address is confirmed.

Letters invite their recipient to “simply reply to this message”: somebody must read that address.
"""

from odoo import api, fields, models

from ....engine.mail import domain_of


class ResCompany(models.Model):
    _inherit = "res.company"

    # Only methods of the addon read and write it, for every user.
    sender_confirmed_email = fields.Char(groups=fields.NO_ACCESS, copy=False)
    sender_confirmed_at = fields.Datetime(groups=fields.NO_ACCESS, copy=False)
    sender_confirmed_by_id = fields.Many2one("res.users", groups=fields.NO_ACCESS, copy=False)
    sender_dkim_selector = fields.Char(groups=fields.NO_ACCESS)

    def _is_sender_confirmed(self):
        """Whether the address that letters leave from today is the one that was confirmed."""
        self.ensure_one()
        confirmed = self.sudo().sender_confirmed_email
        return bool(confirmed) and confirmed == self._get_organisation_email()

    def _holds_letters(self):
        """Whether what this company writes to communes waits for its sender."""
        return self._is_organisation() and not self._is_sender_confirmed()

    def _mark_sender_confirmed(self, user):
        """The current address is confirmed; the next queue run sends the waiting letters.

        :param user: who confirmed it (res.users)
        """
        for company in self:
            company.write(
                {
                    "sender_confirmed_email": company._get_organisation_email(),
                    "sender_confirmed_at": fields.Datetime.now(),
                    "sender_confirmed_by_id": user.id,
                    **company._reset_sender_check(),
                }
            )
        self.env["mail.mail"]._start_queue()

    def _is_read_by_odoo(self, address):
        """Whether a message to this address is for Odoo, which has to fetch it or be handed it."""
        domains = self.env["mail.alias.domain"].sudo()
        return bool(domains.search_count([("name", "=", domain_of(address))], limit=1))

    def _warn_sender_change(self):
        """Warning of a form before another sender is saved; None when nothing changes."""
        company = self._origin.sudo()
        confirmed = company.sender_confirmed_email
        if not confirmed or not company._is_sender_confirmed():
            return None
        return {
            "warning": {
                "title": self.env._("Our sender is to be confirmed again"),
                "message": self.env._(
                    "Letters leave from %s, which is confirmed. If you save another address,"
                    " letters to communes wait until it is confirmed in its turn:"
                    " Configuration > Our sender.",
                    confirmed,
                ),
            }
        }

    @api.onchange("email", "alias_domain_id")
    def _onchange_sender(self):
        if (
            self._origin
            and self._get_organisation_email() != self._origin._get_organisation_email()
        ):
            return self._warn_sender_change()


class MailAliasDomain(models.Model):
    _inherit = "mail.alias.domain"

    @api.onchange("name", "catchall_alias")
    def _onchange_sender(self):
        """The address of the organisation may end with this domain, or be its catchall."""
        domain = self._origin
        for company in domain.company_ids.sudo():
            address = company.sender_confirmed_email or ""
            if domain_of(address) == domain.name or address == domain.catchall_email:
                return company._warn_sender_change()
