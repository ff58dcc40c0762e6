"""Verdict of the mail relay on a sender: an unconfirmed request waits among staff.

Without the name of the relay in the settings, the only check is that there is one author address.
With it, a message whose header `Authentication-Results` fails or is missing has no author: it is
attached to no commune and answers in no one's name.
"""

from odoo import api, fields, models

from ....engine.mail import (
    LONGEST_RESULTS,
    domain_of,
    find_doubt,
    find_sender,
    raw_headers,
    sender_of,
    senders_of,
)
from ...core.inside import get_inside
from ..sender.recognise import DOUBT

DOUBTS = [
    ("missing", "The mail relay did not check it"),
    ("dmarc", "The domain of the sender did not send it (DMARC)"),
    ("several", "Several senders stand at its head"),
    ("spf", "It comes from a server that is not the sender’s, unsigned (SPF, DKIM)"),
]


class HelpdeskTicket(models.Model):
    _inherit = "helpdesk.ticket"

    sender_doubt = fields.Selection(
        DOUBTS,
        string="Why the sender is not confirmed",
        readonly=True,
        copy=False,
        groups="base.group_user",
        help="Anybody can write an address at the head of a message. Call the town hall before"
        " you attach this request.",
    )

    def message_update(self, msg_dict, update_vals=None):
        """Record an unconfirmed reply as a note without author; ignore persons in copy."""
        if not (get_inside(self.env, DOUBT) and self._filter_managed()):
            return super().message_update(msg_dict, update_vals=update_vals)
        msg_dict.update(is_internal=True, author_id=False, parent_id=False)
        nobody = {**msg_dict, "cc": "", "to": ""}
        return super().message_update(nobody, update_vals=update_vals)


class CommuneRequestMail(models.AbstractModel):
    _inherit = "commune.request.mail"

    @api.model
    def _find_sender_doubt(self, message, msg, routes):
        """Why the sender of a message for records of the addon is not confirmed, as a code.

        :param message: email.message.Message, with the headers as they came
        :param routes: routes of the message; only those to the addon are examined
        :return: a key of `DOUBTS`, empty when nothing is against the sender
        """
        threads = self.env["mail.thread"]
        managed = [route for route in routes or [] if threads._leads_to_us(*route[:3])]
        if managed and len(senders_of(message)) > 1:  # Odoo would take the first
            return "several"
        companies = [self._get_route_company(route).sudo() for route in managed]
        relays = {(company.request_relay or "").strip() for company in companies}
        relays.discard("")
        if not relays:
            return ""
        headers = raw_headers(message, "Authentication-Results", LONGEST_RESULTS + 1)
        # The relay speaks of the address that is written, whatever Odoo made of it.
        address = sender_of(message)
        if not address or address != find_sender(msg.get("email_from")):
            return "missing"
        doubts = (find_doubt(headers, relay, domain_of(address)) for relay in sorted(relays))
        return next(filter(None, doubts), "")

    @api.model
    def _get_route_company(self, route):
        """The company whose settings hold for a message."""
        self = self.sudo()  # the gateway has no rights on requests
        if route[0] != "helpdesk.ticket":
            return self.env.company
        if route[1]:
            company = self.env["helpdesk.ticket"].browse(route[1]).company_id
        else:
            team = self.env["helpdesk.ticket.team"].browse((route[2] or {}).get("team_id"))
            company = team.company_id
        return company or self.env.company

    @api.model
    def _prepare_unproven(self):
        """A request of nobody, whatever the settings of the alias that received it."""
        return {
            "sender_doubt": get_inside(self.env, DOUBT),
            "commune_id": False,
            "partner_id": False,
            "is_unknown_sender": True,
        }

    @api.model
    def _get_doubt_label(self):
        """The sentence of the current doubt, empty without one."""
        doubt = get_inside(self.env, DOUBT)
        field = self.env["helpdesk.ticket"]._fields["sender_doubt"]
        labels = dict(field._description_selection(self.env))
        return labels.get(doubt, "")
