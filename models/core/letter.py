"""Letters: greeting, language, sender, layout; sent in batches."""

import re
from datetime import UTC

from markupsafe import escape

from odoo import api, fields, models
from odoo.tools import format_date, get_lang

from ...engine.mail import is_sample
from .inside import is_inside

LAYOUT = "commune_relations.request_mail_layout"
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
        """Placeholder of a secret address in a text.

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


class CommuneLetter(models.AbstractModel):
    """Mixin of models that write letters; `_get_letter_person` gives the recipient."""

    _name = "commune.letter"
    _inherit = ["commune.private.link"]
    _description = "Letter to a person of a commune"
    # `mail_delivery/recipient_activity.py` writes the activity that names failed recipients.
    _asks_by_itself = False

    def _get_letter_person(self):
        """The person (res.partner) whom the letter of this record is for."""
        raise NotImplementedError

    def _get_letter_email(self):
        """The address written to; without one there is no letter."""
        return self._get_letter_person().email_normalized

    def _get_greeted_person(self):
        """Whom the letter greets by name; empty when others than that person read it."""
        return self._get_letter_person()

    def _get_letter_greeting(self):
        """`Bonjour Madame AUBRY,`; no name for a town hall or when the civility is not known."""
        person = self.sudo()._get_greeted_person()
        if person.is_company or not person.civility:
            return self.env._("Hello,")
        return self.env._("Hello %s,", self._name_person(person, person.lastname))

    @api.model
    def _name_person(self, person, name=""):
        """`Madame Anne AUBRY`; the bare name when the civility is not known.

        :param name: the part of the name to use; empty for the full name
        """
        civility = {"mme": self.env._("Ms"), "m": self.env._("Mr")}.get(person.civility)
        return " ".join(filter(None, (civility, name or person.name)))

    def _get_letter_lang(self, lang=None):
        """:param lang: that of the reader, given by models of letters that were written before"""
        return self._choose_lang(lang or self.sudo()._get_letter_person().lang)

    @api.model
    def _choose_lang(self, lang=None):
        """French, unless another language than the default one was chosen for the reader."""
        if lang and lang != "en_US":
            return lang
        return "fr_FR" if self.env["res.lang"]._get_data(code="fr_FR") else lang or self.env.lang

    def _get_letter_sender(self):
        return self.env.company._get_organisation_sender()

    def _get_letter_reply(self):
        """Where an answer by mail goes; empty: to the address of all replies, read by the desk.

        An answer quotes the letter: one that holds a secret address is answered at the desk, where
        it is hidden, never in somebody's own mailbox."""
        return ""

    @api.model
    def _get_reply_address(self, reader):
        """`Claire AUBRY <claire@aubrive.fr>`; empty when nobody reads there.

        :param reader: res.users, as superuser
        """
        found = reader[:1]
        read = found.active and found.email and not is_sample(found.email)
        return found.email_formatted if read else ""

    def _send_letters(self, template, attachments=None, replaces=True, may_wait=False):
        """Queue one letter per record whose person has an address: a fixed number of queries.

        :param template: name of a mail template of this addon
        :param attachments: ir.attachment that every letter carries
        :param replaces: the same letter of these records that still waits is withdrawn; False for
            one that goes to several persons, or that repeats nothing of the one before
        :param may_wait: when they are many, the queue writes them, in no context of the caller
        :return: mail.mail; empty for those that are written later
        """
        if is_inside(self.env, "no_letters"):
            return self.env["mail.mail"]
        # Any user's button writes letters; no user writes mails, nor their deliveries.
        records = self.sudo().filtered(lambda record: record._get_letter_email())
        mails = self.env["mail.mail"]
        if not records:
            return mails
        Delivery = records.env["commune.letter.delivery"]
        if may_wait and Delivery._are_many(records):
            Delivery._start_unwritten(records, template, attachments, replaces)
        else:
            Delivery._write_earlier([record._get_letter_person().id for record in records])
            mails = records._write_letters(template, attachments)
            mails._follow(template, records, replaces=replaces)
        mails._start_queue()
        return mails

    def _write_letters(self, template, attachments=None):
        """:return: mail.mail, in the order of these records"""
        values = {"is_organisation_letter": True}
        if attachments:
            values["attachment_ids"] = [(4, attachment.id) for attachment in attachments]
        letter = self.env.ref(f"commune_relations.{template}")
        sender = self._get_letter_sender()
        mails = letter._send_together(self, values, LAYOUT, letter_sender=sender)
        for record, mail in zip(self, mails, strict=True):
            if reply := record._get_letter_reply():
                mail.reply_to = reply
        return mails

    def _filter_unwritten(self, template):
        """Records for which this letter is neither queued nor already sent today."""
        return self - self.env["commune.letter.delivery"]._find_written(self, template)

    def _get_letter_document(self):
        """What the letter is about (a record): where the sheet shows that it left."""
        return self

    def _get_failed_letter_owner(self, person):
        """User in charge of a failed letter when its document names nobody.

        :param person: who did not receive it (res.partner)
        """
        return self.env.ref("base.user_admin")

    # Callbacks of delivery, called once per step: see `mail_delivery/record_callbacks.py`.

    def _after_letters_sent(self, letters):
        """:param letters: commune.letter.delivery of these records, which the mail server took"""

    def _after_letters_delayed(self, letters):
        """The letters did not leave; they are tried again."""

    def _after_letters_failed(self, letters):
        """The letters do not leave: an address was refused, or it was tried for four days."""

    def _after_letters_resolved(self, letters):
        """A user has reached these persons by another means."""

    @api.model
    def _format_date(self, day):
        """A day in full: `mardi 1er décembre 2026`."""
        if not day:
            return ""
        if not get_lang(self.env).code.startswith("fr"):
            return format_date(self.env, day, date_format="full")
        text = format_date(self.env, day, date_format="EEEE d MMMM y")
        return text.replace(" 1 ", " 1er ", 1) if day.day == 1 else text

    @api.model
    def _format_hour(self, hour):
        """An hour as it is read: `9 h 30` in French, `9:30` elsewhere."""
        hours, minutes = divmod(round(hour * 60), 60)
        if not get_lang(self.env).code.startswith("fr"):
            return f"{hours}:{minutes:02}"
        nbsp = "\N{NO-BREAK SPACE}"
        return f"{hours}{nbsp}h{nbsp}{minutes:02}" if minutes else f"{hours}{nbsp}h"

    @api.model
    def _split_datetime(self, moment, zone=None):
        """(day, hour) as they are read.

        :param moment: naive UTC, as Odoo keeps it
        :param zone: clock; that of the communes by default
        """
        local = moment.replace(tzinfo=UTC).astimezone(zone or self.env.company._get_zone())
        hour = self._format_hour(local.hour + local.minute / 60)
        return self.env.company._format_document_date(local.date()), hour

    @api.model
    def _format_datetime(self, moment, zone=None):
        """`12 mars 2027 à 14 h 05`; empty without a moment: see `_split_datetime`."""
        if not moment:
            return ""
        day, hour = self._split_datetime(moment, zone)
        return self.env._("%(day)s at %(hour)s", day=day, hour=hour)

    @api.model
    def _format_duration(self, hours):
        """A number of hours in full: `3 heures`, `1 heure`, `2 h 30`."""
        whole, minutes = divmod(round(hours * 60), 60)
        if minutes:
            return self.env._("%(hours)s h %(minutes)s", hours=whole, minutes=f"{minutes:02}")
        if whole == 1:
            return self.env._("1 hour")
        return self.env._("%s hours", whole)


class MailMessage(models.Model):
    _inherit = "mail.message"

    is_organisation_letter = fields.Boolean(
        groups="base.group_system",
        copy=False,
        help="Written by the software from a model of letter: its places are filled. In a text that"
        " somebody typed, a place would carry the link of a mayor into words of another.",
    )


class MailMail(models.Model):
    _inherit = "mail.mail"

    def _fill_places(self, body, partner):
        if PLACE not in (body or "") or not self.is_organisation_letter:
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
