"""The digest of the week: the letters that a person could not receive, in one message."""

from odoo import api, fields, models

from ...core.pillar import when_used
from ...territory.reference_epci.local_time import at_local_time


class CommuneMailingRecipient(models.Model):
    _inherit = "commune.mailing.recipient"

    @api.model
    @when_used("network")
    @at_local_time
    def _cron_send_digest(self):
        """One message per address, with the letters of the week that are still for that person.

        Noted and queued in one transaction; nothing is sent in it.
        """
        waiting = self.search([("outcome", "=", "digest"), ("digest_date", "=", False)])
        by_address = {}
        for mailing, lines in waiting.grouped("mailing_id").items():
            plan = mailing._plan_recipients()
            for line in lines:
                outcome = plan.get(line.partner_id.id, ("left",))[0]
                if outcome in ("sent", "duplicate"):
                    address = line.partner_id.email_normalized
                    by_address[address] = by_address.get(address, self) | line
                else:
                    line.outcome = outcome
        mails = self.env["mail.mail"].create(
            [lines._prepare_digest(lines.partner_id[:1]) for lines in by_address.values()]
        )
        lines = by_address.values()
        self.union(*lines).digest_date = fields.Datetime.now()
        mails._follow(
            "digest",
            records=[one[:1] for one in lines],
            documents=[one.mailing_id.sorted("id")[-1:] for one in lines],
            replaces=False,
        )
        mails._start_queue()
        return mails

    def _prepare_digest(self, person):
        """Values of the message of one person; `self` are the lines of that person."""
        company = self.env.company
        lang = self.env["commune.letter"]._choose_lang(person.lang)
        mailings = self.mailing_id.sorted("id")
        address = person.email_normalized
        unsubscribe = mailings[-1:]._get_unsubscribe_url(address, person.id)
        body = (
            self.env["ir.qweb"]
            .with_context(lang=lang)
            ._render(
                "commune_relations.network_digest_letter",
                {
                    "company": company,
                    "color": company._get_document_colors()["primary"],
                    "house": company._get_organisation_name(),
                    "lines": [
                        {
                            "title": mailing.subject,
                            "text": mailing.preview or "",
                            "url": mailing._get_view_url(address, person.id),
                        }
                        for mailing in mailings
                    ],
                    "unsubscribe_url": unsubscribe,
                    "lang": lang,
                },
                lang=lang,
            )
        )
        one_click = mailings[-1:]._get_unsubscribe_oneclick_url(address, person.id)
        return {
            "subject": self.with_context(lang=lang).env._("The letters of the week"),
            "body_html": body,
            "email_from": company._get_organisation_sender(),
            "reply_to": company._get_organisation_email() or False,
            "email_to": person.email_formatted,
            "auto_delete": True,
            "headers": repr(
                {
                    "List-Unsubscribe": f"<{one_click}>",
                    "List-Unsubscribe-Post": "List-Unsubscribe=One-Click",
                    "Precedence": "list",
                }
            ),
        }
