"""Secret addresses stand in no text: a letter holds a place for each, filled when it leaves.

Whoever reads a record reads its messages, and whoever queues a letter is its author: a secret
written in a body is read by all of them, the longer the queue the better. So the body holds
`…/personal-link/<model>/<id>/<name>`, which opens nothing, and the secret is put there in the copy
of the person it was made for, between the queue and the mail server.
"""

import re

from markupsafe import escape

from odoo import fields, models

PLACE = "/personal-link/"
PLACES = re.compile(
    r"(?:https?://[^/\s\"'<>]{1,300})?"
    + PLACE
    + r"([a-z][a-z_.]{0,63})/([0-9]{1,9})/([a-z0-9-]{1,30})"
)


class CommunePrivateLink(models.AbstractModel):
    """For records with addresses that open without an account, or make an account."""

    _name = "commune.private.link"
    _description = "Record with a secret address"

    def _get_link_place(self, name="link"):
        """What a text holds where the secret address will stand.

        :param name: which of the addresses of this record: small letters, digits, hyphens
        """
        self.ensure_one()
        return f"{self.get_base_url()}{PLACE}{self._name}/{self.id}/{name}"

    def _get_secret_address(self, name, person, email):
        """The address that opens, for the copy of one reader of a letter. Called as superuser.

        :param name: as given to `_get_link_place`
        :param person: who receives this copy (res.partner); empty for a bare address
        :param email: the bare address, as the mail has it; empty for a person
        :return: the full address; empty when it was not made for this reader
        """
        return ""


class MailMessage(models.Model):
    _inherit = "mail.message"

    is_house_letter = fields.Boolean(
        groups="base.group_system",
        copy=False,
        help="Written by the software from a model of letter: its places are filled. In a text that"
        " somebody typed, a place would carry the link of a mayor into words of another.",
    )


class MailMail(models.Model):
    _inherit = "mail.mail"

    def _personalize_outgoing_body(self, body, partner=False, doc_to_followers=None):
        body = super()._personalize_outgoing_body(body, partner, doc_to_followers)
        if PLACE not in (body or "") or not self.sudo().is_house_letter:
            return body
        person = partner or self.env["res.partner"]
        email = "" if person else (self.email_to or "").strip()
        return PLACES.sub(lambda found: self._fill_place(found, person, email), body)

    def _fill_place(self, found, person, email):
        """:param found: match of a place; it stays when it is not for this reader"""
        model, record_id, name = found.groups()
        record = self.env.get(model)
        if record is None or record._abstract or not hasattr(record, "_get_secret_address"):
            return found[0]
        record = record.sudo().browse(int(record_id)).exists()
        address = record and record._get_secret_address(name, person.sudo(), email)
        return str(escape(address)) if address else found[0]
