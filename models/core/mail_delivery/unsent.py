"""The list of the letters that did not leave: why, until when, and what to do about it."""

from markupsafe import Markup, escape

from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError
from odoo.fields import Domain

from ..collation import collate
from ..display_notification import display_notification
from ..window_actions import open_record
from .delivery import HELD, QUEUED, SETTLED, UNSENT, WAITING

MOST_LINES = 30


class CommuneLetterDelivery(models.Model):
    _inherit = "commune.letter.delivery"

    about = fields.Char(compute="_compute_about", compute_sudo=True)
    phone = fields.Char(compute="_compute_phone", compute_sudo=True)

    @api.depends("document_model", "document_id")
    @api.depends_context("lang")
    def _compute_about(self):
        for letters in self.grouped("document_model").values():
            names = {one.id: one.display_name for one in letters._get_documents()}
            for letter in letters:
                letter.about = names.get(letter.document_id, "")

    @api.depends("partner_id", "res_model", "res_id")
    def _compute_phone(self):
        """That of the person, else of the commune that the record is of."""
        for letters in self.grouped("res_model").values():
            records = letters._get_records()
            places = {}
            if "commune_id" in records._fields:
                places = {record.id: record.commune_id for record in records}
            for letter in letters:
                place = places.get(letter.res_id)
                letter.phone = letter.partner_id.phone or (place and place.phone) or ""

    # Who reads it: anyone who may read what the letter is about.

    @api.model
    def _get_readable_domain(self):
        domain = Domain.FALSE
        for (name,) in self.sudo()._read_group([], ["document_model"]):
            if name in self.env and self.env[name].has_access("read"):
                documents = self.env[name].with_context(active_test=False)
                domain |= Domain("document_model", "=", name) & Domain(
                    "document_id", "in", documents._search([])
                )
        return domain

    @api.model
    def _search(self, domain, *args, bypass_access=False, **options):
        if not self.env.su and not bypass_access:
            domain = Domain(domain) & self._get_readable_domain()
        return super()._search(domain, *args, bypass_access=bypass_access, **options)

    def _check_access(self, operation):
        result = super()._check_access(operation)
        if self.env.su or not self._ids:
            return result
        refused = result[0] if result else self.browse()
        asked = self - refused
        hidden = asked and asked - self.search([("id", "in", asked.ids)])
        if not hidden:
            return result
        return refused | hidden, lambda: AccessError(
            self.env._("This letter is about something that you may not read.")
        )

    # buttons

    def action_try_again(self):
        """Try at once; what is refused for good is only tried when the address was changed."""
        letters = self._get_writable()
        if letters.filtered(lambda letter: letter.state == HELD):
            raise UserError(
                self.env._(
                    "These letters leave by themselves as soon as our sender is confirmed:"
                    " Configuration > Our sender."
                )
            )
        there = letters.filtered(lambda letter: letter.mail_id or letter.is_unwritten)
        for letter in there.filtered("mail_id"):
            letter.address = letter.mail_id._get_addresses()
        there.write(
            {
                "state": QUEUED,
                "attempts": 0,
                "failed_at": False,
                "next_try": False,
                "to_notify": False,
            }
        )
        there.mail_id._put_back(there)
        if there.filtered("is_unwritten"):
            self.env["mail.mail"]._start_queue()
        message = self.env._("Letters in the queue again: %s.", len(there))
        gone = letters - there
        if gone:
            message = self.env._(
                "%(message)s To write again from their page: %(names)s.",
                message=message,
                names=", ".join(filter(None, gone.mapped("partner_id.name"))) or len(gone),
            )
        return display_notification(message, bool(gone))

    def action_settle(self):
        """Mark the person as notified by another means: telephone, hand delivery, post."""
        letters = self._get_writable()
        letters.write({"state": SETTLED, "next_try": False, "to_notify": True})
        letters._take_back()
        letters._run_record_callbacks()
        return display_notification(self.env._("Noted: notified otherwise."))

    def action_open_document(self):
        """What the letter is about."""
        self.ensure_one()
        self.check_access("read")
        document = self.env[self.document_model].browse(self.document_id)
        document.check_access("read")
        return open_record(document)

    def _get_writable(self):
        """Those that did not leave, as superuser; for who may change what they are about."""
        self.check_access("read")
        for name, letters in self.grouped("document_model").items():
            self.env[name].browse(set(letters.mapped("document_id"))).exists().check_access("write")
        letters = self.sudo().filtered(lambda letter: letter.state in UNSENT)
        if not letters:
            raise UserError(self.env._("This letter is on its way, or was taken care of already."))
        return letters

    # wording

    def _describe_unsent(self):
        """A list for the note of an activity: who, why, and how else to reach them."""
        letters = self.sorted(lambda letter: collate(letter.partner_id.name or letter.address))
        labels = dict(self._fields["reason"]._description_selection(self.env))
        lines = Markup().join(
            Markup("<li>%s</li>") % letter._describe_line(labels) for letter in letters[:MOST_LINES]
        )
        more = len(letters) - MOST_LINES
        if more > 0:
            lines += Markup("<li>%s</li>") % self.env._("and %s others", more)
        return Markup("<ul>%s</ul>") % lines

    def _describe_line(self, labels):
        name = self.partner_id.name or ""
        parts = [
            f"{name} <{self.address}>" if name and self.address else name or self.address or "",
            self.env._("telephone %s", self.phone) if self.phone else self.env._("no telephone"),
        ]
        if self.reason:
            parts.append(labels[self.reason].lower())
        if self.state == HELD:
            parts.append(self.env._("waits for the confirmation of our sender"))
        if self.state == WAITING and self.next_try:
            zone = self.with_context(tz=self.env.company._get_zone_name())
            moment = fields.Datetime.context_timestamp(zone, self.next_try)
            parts.append(self._describe_next_try(moment, self.env.company._get_today()))
        return escape(" – ".join(parts))

    def _describe_next_try(self, moment, today):
        """:param moment: of the communes, as `today`"""
        hour = self.env["commune.letter"]._format_hour(moment.hour + moment.minute / 60)
        if moment.date() == today:
            return self.env._("next try at %s", hour)
        day = self.env["commune.letter"]._format_date(moment.date())
        return self.env._("next try on %(day)s at %(hour)s", day=day, hour=hour)
