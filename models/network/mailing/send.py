"""The moment of sending: who receives now, who through the digest of the week, who not."""

from odoo import models
from odoo.exceptions import UserError
from odoo.fields import Domain

WEEK = "now -7d"


class MailingMailing(models.Model):
    _inherit = "mailing.mailing"

    def _action_send_mail(self, res_ids=None):
        """Recipients are computed again here: the queue may be an hour old."""
        managed = self.filtered(lambda m: m._goes_to_audiences())
        others = self - managed
        others._check_approved()
        if others:
            super(MailingMailing, others)._action_send_mail(res_ids=res_ids)
        for mailing in managed:
            mailing._check_approved()
            now = mailing._settle_recipients()
            if res_ids is not None:
                asked = set(res_ids)
                now = [person for person in now if person in asked]
            if now:
                super(MailingMailing, mailing)._action_send_mail(res_ids=now)
                self.env["mail.mail"]._start_queue()
            else:
                mailing.write({"state": "done", "sent_date": self.env.cr.now()})
        return True

    def _settle_recipients(self):
        """Note what happens to each member; once per person and mailing.

        :return: ids of those who receive it now
        """
        self.ensure_one()
        self = self.sudo()  # the log of recipients is written by no user
        plan = self._plan_recipients()
        Recipient = self.env["commune.mailing.recipient"]
        known = Recipient.search_fetch([("mailing_id", "=", self.id)], ["partner_id", "outcome"])
        settled = set(known.partner_id.ids)
        fresh = {person: how for person, how in plan.items() if person not in settled}
        fresh = self._split_by_limit(fresh)
        self._log_recipients(fresh)
        # An interrupted sending resumes with the stored recipients that have no trace yet.
        kept = known.filtered(lambda r: r.outcome == "sent").partner_id.ids
        now = [person for person, (outcome, _m) in fresh.items() if outcome == "sent"]
        now += [person for person in kept if plan.get(person, ("",))[0] == "sent"]
        Trace = self.env["mailing.trace"]
        traces = Trace.search_fetch(
            [("mass_mailing_id", "=", self.id), ("model", "=", "res.partner")], ["res_id"]
        )
        done = set(traces.mapped("res_id"))
        return [person for person in now if person not in done]

    def _split_by_limit(self, plan):
        """Those who have had their letters of the week wait for the digest."""
        limit = (self.env.company.network_weekly_limit) or 0
        if self.is_service or not limit:
            return plan
        Recipient = self.env["commune.mailing.recipient"]
        counts = dict(
            Recipient._read_group(
                Domain("partner_id", "in", list(plan))
                & Domain("outcome", "=", "sent")
                & Domain("create_date", ">=", WEEK)
                & Domain("mailing_id.is_service", "=", False)
                & Domain("mailing_id", "!=", self.id),
                ["partner_id"],
                ["mailing_id:count_distinct"],
            )
        )
        full = {partner.email_normalized for partner, count in counts.items() if count >= limit}
        partners = self.env["res.partner"].browse(plan)
        waiting = {p.id for p in partners if p.email_normalized in full}
        return {
            person: (
                "digest" if outcome in ("sent", "duplicate") and person in waiting else outcome,
                mandates,
            )
            for person, (outcome, mandates) in plan.items()
        }

    def _log_recipients(self, plan):
        """One line per person and commune; the statistics are made of them."""
        partners = self.env["res.partner"].browse(plan)
        address = {p.id: p.email_normalized for p in partners}
        carriers = {address[p]: p for p, (outcome, _m) in plan.items() if outcome == "sent"}
        self.env["commune.mailing.recipient"].create(
            [
                {
                    "mailing_id": self.id,
                    "partner_id": person,
                    "carrier_id": carriers.get(address[person], person),
                    "commune_id": place,
                    "mandate_id": mandate,
                    "outcome": outcome,
                }
                for person, (outcome, mandates) in plan.items()
                for place, mandate in _first_by_place(mandates)
            ]
        )

    def _check_recipients(self):
        """Before queueing: a letter that nobody would receive is a mistake."""
        for mailing in self:
            if not mailing.network_kind:
                continue
            if not mailing.audience_ids:
                raise UserError(
                    self.env._("Choose the audiences of “%s” first.", mailing.subject or "")
                )
            outcomes = [outcome for outcome, _mandates in mailing._plan_recipients().values()]
            if "sent" not in outcomes:
                raise UserError(
                    self.env._(
                        "“%s” would reach nobody: its audiences have no member with an address"
                        " who accepts it.",
                        mailing.subject or "",
                    )
                )


class ResPartner(models.Model):
    _inherit = "res.partner"

    def _message_mail_after_hook(self, mails):
        result = super()._message_mail_after_hook(mails)
        managed = mails.filtered(lambda mail: mail.mailing_id.network_kind)
        managed._follow("mailing", documents=[mail.mailing_id for mail in managed])
        return result


def _first_by_place(mandates):
    """Pairs (id of the place, id of the mandate), one by place; a person put in by hand has
    neither.

    :param mandates: list of Held
    """
    places = {}
    for held in mandates:
        places.setdefault(held.place, held.id)
    return places.items() or [(False, False)]
