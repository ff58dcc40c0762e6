"""What is told of a change of a signatory: to the former address and to the other signatories.

Noted during the transaction, written once at its end: one letter per person and change, whatever
the number of fields and of writes, by the queue of outgoing mail.
"""

from odoo import api, fields, models
from odoo.fields import Command, Domain
from odoo.tools import LazyTranslate

from ..territory.mandate import PORTAL_ACCESS

_lt = LazyTranslate(__name__)

PENDING = "commune.signatory.notice"
NOWHERE = ".invalid"  # RFC 2606: the addresses of a demonstration
KINDS = {
    "email": _lt("The e-mail address of %(person)s was changed."),
    "account": _lt("An account on the portal was opened for %(person)s, or opened again."),
    "link": _lt("A link to choose a password was sent to %(person)s."),
    "login": _lt("The login of %(person)s was changed."),
    "password": _lt("The password of %(person)s was changed by somebody else."),
    "factor": _lt("The two-factor authentication of the account of %(person)s was taken away."),
    "merge": _lt("The record of %(person)s was merged with another one."),
    "mandate_new": _lt("%(person)s may now act for %(place)s on the portal: %(title)s."),
    "mandate_changed": _lt("The function of %(person)s was changed: %(title)s, %(place)s."),
    "mandate_ended": _lt("%(person)s may no longer act for %(place)s on the portal: %(title)s."),
    "function": _lt("The function of %(person)s gives more rights: %(title)s, %(place)s."),
}


class CommuneSignatoryNotice(models.Model):
    _name = "commune.signatory.notice"
    _inherit = ["commune.letter"]
    _description = "Change of a signatory that was told"
    _order = "id desc"
    _rec_name = "partner_id"

    person_ids = fields.Many2many(
        "res.partner",
        "commune_signatory_notice_person_rel",
        string="Signatories who change",
        readonly=True,
    )
    partner_id = fields.Many2one(
        "res.partner", string="Told to", required=True, readonly=True, index=True
    )
    email = fields.Char(
        string="At this address", readonly=True, help="As it was before the change, for the person."
    )
    change = fields.Text(string="What changed", readonly=True)
    author_id = fields.Many2one("res.users", string="Changed by", readonly=True)
    date = fields.Datetime(readonly=True, default=fields.Datetime.now)

    def _get_letter_person(self):
        return self.partner_id

    def _get_letter_email(self):
        return self.email

    def _get_change_moment(self):
        """(day, hour) of the change, on the clock of the communes."""
        self.ensure_one()
        return self.env["commune.mandate"]._split_signing_moment(self.date)

    def _get_author_text(self):
        """Who did it, as far as others need to know it."""
        self.ensure_one()
        author = self.author_id
        if author.partner_id in self.person_ids:
            return author.partner_id.name
        if author.share:
            return self.env._("a person of the commune, on the portal")
        return self.env.company._get_house_name()

    # noted during the transaction

    @api.model
    def _get_pending(self):
        """person -> {"former": address before, "changes": {(kind, place, function): None}}"""
        data = self.env.cr.precommit.data
        if PENDING not in data:
            self.env.cr.precommit.add(self.sudo()._tell)
        return data.setdefault(PENDING, {})

    @api.model
    def _note(self, kind, mandates, former=None):
        """:param mandates: by which the persons who change act
        :param former: person -> address before the change
        """
        for mandate in mandates:
            person = mandate.partner_id
            email = (former or {}).get(person)
            self._note_one(kind, person, mandate.commune_id, mandate.function_id, email)

    @api.model
    def _note_one(self, kind, person, place, function, email=None):
        noted = self._get_pending().setdefault(person.id, {"changes": {}})
        noted["changes"][kind, place.id, function.id] = None
        if email is not None and "former" not in noted:
            noted["former"] = email

    # told at its end

    def _tell(self):
        """Write the notices of this transaction and queue their letters: a fixed number of
        queries."""
        pending = self.env.cr.precommit.data.pop(PENDING, {})
        persons = self.env["res.partner"].browse(pending).exists()
        # Mandates of a person without account open nothing yet: the account will be told.
        persons = persons.filtered(lambda p: p.user_ids or pending[p.id].get("former"))
        if not persons:
            return
        changes = [change for person in persons for change in pending[person.id]["changes"]]
        place_ids = {place for _kind, place, _function in changes}
        self.env["res.partner"].browse(place_ids).fetch(["name", "brand_name"])
        others = self._get_other_signatories(place_ids)
        told = {}
        for person in persons:
            for key, lines in self._get_letters(person, pending[person.id], others).items():
                told.setdefault(key, []).append((person, lines))
        notices = self.create(
            [self._prepare_notice(whom, email, parts) for (whom, email), parts in told.items()]
        )
        # No client may silence it by a context of its own.
        notices.with_context(no_letters=False)._send_letters("mail_template_signatory_change")

    def _get_other_signatories(self, place_ids):
        """place id -> persons who act for it today."""
        mandates = self.env["commune.mandate"].search(
            Domain(PORTAL_ACCESS)
            & Domain("function_id.portal_role", "=", "full")
            & Domain("commune_id", "in", place_ids)
        )
        return {place.id: held.partner_id for place, held in mandates.grouped("commune_id").items()}

    def _get_letters(self, person, noted, others):
        """(who is told, at which address) -> changes of a person that are told there."""
        changes, former = list(noted["changes"]), noted.get("former")
        told = {(person, person.email_normalized if former is None else former): changes}
        if former is None and {kind for kind, _place, _function in changes} <= {"account", "link"}:
            told = {}  # whoever was just invited has the invitation in hand
        for change in changes:
            for other in others.get(change[1], person.browse()) - person:
                told.setdefault((other, other.email_normalized), []).append(change)
        return {
            (whom, email): lines
            for (whom, email), lines in told.items()
            if email and not email.endswith(NOWHERE)
        }

    def _prepare_notice(self, whom, email, parts):
        """:param parts: list of (person, changes)"""
        lang = self.env["helpdesk.ticket"]._get_letter_lang(whom.lang)
        lines = {}
        for person, changes in parts:
            for change in changes:
                lines[self.with_context(lang=lang)._describe_change(person, *change)] = None
        return {
            "person_ids": [Command.set([person.id for person, _changes in parts])],
            "partner_id": whom.id,
            "email": email,
            "change": "\n".join(lines),
            "author_id": self.env.uid,
        }

    def _describe_change(self, person, kind, place_id, function_id):
        place = self.env["res.partner"].browse(place_id)
        function = self.env["commune.function"].browse(function_id)
        words = {
            "person": person.name,
            "place": place.brand_name or place.name,
            "title": function._get_title(person.civility),
        }
        sentence = self.env._(KINDS[kind])
        return sentence % words
