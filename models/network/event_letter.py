"""Letters of the network: greeting, language, frame; sent by batches."""

from odoo import api, models
from odoo.tools import format_date

LAYOUT = "commune_relations.request_mail_layout"


class CommuneLetter(models.AbstractModel):
    """For models that write to persons: `_get_letter_person` says to whom."""

    _name = "commune.letter"
    _inherit = ["commune.private.link"]
    _description = "Letter to a person of a commune"

    def _get_letter_person(self):
        """The person (res.partner) whom the letter of this record is for."""
        raise NotImplementedError

    def _get_letter_email(self):
        """The address written to; without one there is no letter."""
        return self._get_letter_person().email_normalized

    def _get_letter_greeting(self):
        """`Bonjour Madame AUBRY,`; no name when the civility is not known."""
        person = self.sudo()._get_letter_person()
        civility = {"mme": self.env._("Ms"), "m": self.env._("Mr")}.get(person.civility)
        if person.is_company or not civility:
            return self.env._("Hello,")
        return self.env._("Hello %s,", f"{civility} {person.lastname or person.name}")

    def _get_letter_lang(self):
        """French, unless another language than the default one was chosen for the person."""
        lang = self.sudo()._get_letter_person().lang
        return self.env["helpdesk.ticket"]._get_letter_lang(lang)

    def _get_letter_sender(self):
        return self.env.company._get_house_sender()

    def _send_letters(self, template, attachments=None):
        """Queue one letter per record whose person has an address: a fixed number of queries.

        :param template: name of a mail template of this addon
        :param attachments: ir.attachment that every letter carries
        """
        if self.env.context.get("no_letters"):
            return self.env["mail.mail"]
        records = self.sudo().filtered(lambda record: record._get_letter_email())
        if not records:
            return self.env["mail.mail"]
        values = {"is_house_letter": True}
        if attachments:
            values["attachment_ids"] = [(4, attachment.id) for attachment in attachments]
        letter = self.env.ref(f"commune_relations.{template}").sudo()
        # Worked out once, not once per person.
        letter = letter.with_context(letter_sender=self._get_letter_sender())
        return letter.send_mail_batch(records.ids, email_values=values, email_layout_xmlid=LAYOUT)

    @api.model
    def _format_day(self, day):
        """A day in full: `mardi 1er décembre 2026`."""
        if not day:
            return ""
        if not (self.env.lang or "").startswith("fr"):
            return format_date(self.env, day, date_format="full")
        text = format_date(self.env, day, date_format="EEEE d MMMM y")
        return text.replace(" 1 ", " 1er ", 1) if day.day == 1 else text

    @api.model
    def _format_hour(self, hour):
        """An hour as it is read: `9 h 30` in French, `9:30` elsewhere."""
        hours, minutes = divmod(round(hour * 60), 60)
        if not (self.env.lang or "").startswith("fr"):
            return f"{hours}:{minutes:02}"
        nbsp = "\N{NO-BREAK SPACE}"
        return f"{hours}{nbsp}h{nbsp}{minutes:02}" if minutes else f"{hours}{nbsp}h"

    @api.model
    def _format_duration(self, hours):
        """A number of hours in full: `3 heures`, `1 heure`, `2 h 30`."""
        whole, minutes = divmod(round(hours * 60), 60)
        if minutes:
            return self.env._("%(hours)s h %(minutes)s", hours=whole, minutes=f"{minutes:02}")
        if whole == 1:
            return self.env._("1 hour")
        return self.env._("%s hours", whole)
