"""Letters held until the sender of the organisation is confirmed: none sent, none failed."""

from odoo import api, fields, models
from odoo.fields import Domain
from odoo.tools import email_normalize, formataddr

from ....engine.mail import is_sample
from ....engine.mail.failure import LONGEST
from .delivery import HELD, LOST, QUEUED, TOO_LATE, WAITING

STAFF = "staff"


class CommuneLetterDelivery(models.Model):
    _inherit = "commune.letter.delivery"

    def _hold(self):
        """Hold the letters until the sender is confirmed, except staff letters with a sender.

        :return: those that wait
        """
        held = self.browse()
        for company, letters in self.grouped("company_id").items():
            if (company or self.env.company)._holds_letters():
                held |= letters.filtered(lambda one: one._is_for_communes())
        fresh = held.filtered(lambda one: one.state in (QUEUED, WAITING))
        if fresh:
            fresh.write({"state": HELD, "next_try": False, "to_notify": False})
        return held

    def _is_for_communes(self):
        return self.kind != STAFF or not self.mail_id._has_own_sender()

    @api.model
    def _release(self):
        """Letters whose sender is confirmed go back to the queue. Those that have waited for as
        long as a letter is tried are left to somebody: they may not make sense any more."""
        held = self.search([("state", "=", HELD)])
        for company, letters in held.grouped("company_id").items():
            if (company or self.env.company)._holds_letters():
                continue
            last = fields.Datetime.now() - LONGEST
            late = letters.filtered(lambda one, last=last: one.queued_at < last)
            late._mark_too_late()
            (letters - late).write({"state": QUEUED})

    def _mark_too_late(self):
        if not self:
            return
        self.write(
            {
                "state": LOST,
                "failed_at": fields.Datetime.now(),
                "reason": TOO_LATE,
                "to_notify": True,
            }
        )
        self.mail_id.write({"state": "exception", "scheduled_date": False})


class MailMail(models.Model):
    _inherit = "mail.mail"

    organisation_delivery_ids = fields.One2many(
        "commune.letter.delivery", "mail_id", groups="base.group_system"
    )
    # Kept beside the state of the mail: each step of each mail asks, no matter who writes it.
    is_followed = fields.Boolean(
        string="Followed",
        compute="_compute_is_followed",
        store=True,
        precompute=True,
        readonly=False,  # a letter whose way is made right after is not written again for it
    )

    @api.depends("organisation_delivery_ids")
    def _compute_is_followed(self):
        for mail in self:
            mail.is_followed = bool(mail.organisation_delivery_ids)

    @api.model
    def _get_free_domain(self):
        """Domain of the mails that do not wait for the confirmation of the sender."""
        return ~Domain("organisation_delivery_ids", "any", [("state", "=", HELD)])

    def _hold_back(self):
        """Mails that may not leave yet. Mails of other applications always may."""
        deliveries = self._get_deliveries()
        others = self - deliveries.mail_id.with_env(self.env)
        managed = others.filtered(lambda mail: mail._is_managed())
        if any(mail._get_sending_company()._holds_letters() for mail in managed):
            managed._follow_messages()
            deliveries |= managed._get_deliveries()
        held = deliveries._hold().mail_id.with_env(self.env)
        (deliveries.mail_id.with_env(self.env) - held)._give_sender()
        return held

    def _get_sending_company(self):
        """The company that writes."""
        return self.record_company_id or self.env.company

    def _has_own_sender(self):
        return bool(self.email_from) and not is_sample(self.email_from)

    def _give_sender(self):
        """Set the address of the organisation on letters that wait.

        They were written before the organisation had an address, with a former one, or by the
        robot.
        """
        is_organisation_address = self.env["res.company"]._is_organisation_address
        known = {}
        for mail in self.sudo():
            shipped = is_sample(mail.reply_to or "")
            address = email_normalize(mail.email_from or "") or ""
            is_outgoing = mail.is_organisation_letter or mail.author_id.partner_share
            if is_outgoing and address not in known:
                known[address] = is_organisation_address(address)
            stale = not mail._has_own_sender() or (is_outgoing and not known[address])
            if not stale and not shipped:
                continue
            company = mail._get_sending_company()
            sender, former = mail._get_own_sender(company), mail.email_from
            if sender and stale:
                mail.email_from = sender
            own = email_normalize(mail.reply_to or "") in (None, False, "", address)
            person = address and not mail.is_organisation_letter and not is_sample(former)
            if sender and own and person:
                mail.reply_to = former  # anyone who speaks is answered
            elif sender and (own or shipped):
                mail.reply_to = company._get_organisation_email()

    def _get_own_sender(self, company):
        """Address of the organisation, with the name of the author.

        A message that a mayor writes on the portal cannot leave from the address of the mayor: the
        organisation may not send for that domain.
        """
        sender, speaks = company._get_organisation_sender(), self.author_id
        robots = company.partner_id | self.env.ref("base.partner_root")
        if not sender or self.is_organisation_letter or not speaks or speaks in robots:
            return sender
        return formataddr((speaks.name, company._get_organisation_email()))
