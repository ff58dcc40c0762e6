"""Notices of a signatory change, to the former address and to the other signatories.

The town hall receives them when there is neither. The register keeps each change, notified or not.
Changes are collected during the transaction and written once at its end: one letter per person and
change, whatever the number of fields and writes, by the queue of outgoing mail.
"""

from odoo import SUPERUSER_ID, api, fields, models
from odoo.fields import Command, Domain
from odoo.tools import LazyTranslate, email_normalize_all

from ...territory.mandate.mandate import PORTAL_ACCESS
from .signing_delay import SIGNING_HOURS, SIGNING_WAIT

_lt = LazyTranslate(__name__)
PENDING = "commune.signatory.notice"
NOWHERE = ".invalid"  # RFC 2606: the addresses of a demonstration
# The person, at an address that did not change, is enough to know of these.
OWN = {"login", "identity", "password", "factor", "mandate_ended", "delegation_ended"}
KINDS = {
    "email": _lt("The e-mail address of %(person)s was changed."),
    "account": _lt("An account on the portal was opened for %(person)s, or opened again."),
    "link": _lt("A link to choose a password was sent to %(person)s."),
    "name": _lt("The name by which %(former)s signs was changed: %(person)s."),
    "known": _lt("Mail from another address is read from now on as mail of %(person)s."),
    "login": _lt("The login of %(person)s was changed."),
    "identity": _lt(
        "Another identity (ProConnect or another provider) now opens the account of %(person)s, or"
        " no longer opens it."
    ),
    "password": _lt("The password of %(person)s was changed by somebody else."),
    "factor": _lt("The two-factor authentication of the account of %(person)s was taken away."),
    "merge": _lt("The record of %(person)s was merged with another one."),
    "mandate_new": _lt("%(person)s may now act for %(place)s on the portal: %(title)s."),
    "mandate_changed": _lt("The function of %(person)s was changed: %(title)s, %(place)s."),
    "mandate_ended": _lt("%(person)s may no longer act for %(place)s on the portal: %(title)s."),
    "delegation": _lt(
        "%(person)s may now sign for %(place)s by delegation, or this delegation was changed:"
        " %(title)s."
    ),
    "delegation_ended": _lt(
        "%(person)s may no longer sign for %(place)s by delegation: %(title)s."
    ),
    "function": _lt("The function of %(person)s gives more rights: %(title)s, %(place)s."),
}


def join_addresses(text):
    """Each address of a field, which Odoo writes to: `a@b.fr, c@d.fr`."""
    return ", ".join(dict.fromkeys(email_normalize_all(text or "")))


def keep_real(text):
    """The same text, without addresses of the demonstration."""
    found = dict.fromkeys(email_normalize_all(text or ""))
    return ", ".join(email for email in found if not email.endswith(NOWHERE))


class ResPartner(models.Model):
    _inherit = "res.partner"

    def _ask_to_call(self, notice, lost=""):
        """Ask staff to call the place when nobody else there reads of the change.

        :param notice: commune.signatory.notice without recipient
        :param lost: the person and the address that its letter did not reach
        """
        names = ", ".join(notice.person_ids.mapped("name"))
        note = self.env._(
            "%(change)s Nobody else of the commune could be informed by e-mail. Ask the town hall,"
            " on the number that you know, whether this is right.",
            change=" ".join((notice.change or "").splitlines()),
        )
        if lost:
            note = self.env._(
                "%(change)s The letter that says so did not reach %(person)s. Ask the town hall,"
                " on the number that you know, whether this is right.",
                change=" ".join((notice.change or "").splitlines()),
                person=lost,
            )
        title = self.env._("Call the town hall: a change about %s", names)
        self.env["commune.portal.colleague"]._ask_staff(self, "partner_call", names, title, note)


class CommuneSignatoryNotice(models.Model):
    _name = "commune.signatory.notice"
    _inherit = ["commune.letter"]
    _asks_by_itself = True
    _description = "Change of a signatory"
    _order = "id desc"
    _rec_name = "partner_id"

    person_ids = fields.Many2many(
        "res.partner",
        "commune_signatory_notice_person_rel",
        string="Signatories who change",
        readonly=True,
    )
    partner_id = fields.Many2one(
        "res.partner",
        string="Notified persons",
        readonly=True,
        index=True,
        ondelete="restrict",
        help="Empty: nobody could be notified, or nothing opens as long as there is no account.",
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
        """Nothing is sent to the addresses of a demonstration, which stay in the register."""
        return keep_real(self.email)

    def _after_letters_failed(self, letters):
        """Anyone who should have read of the change has not: the staff calls."""
        for letter in letters:
            notice = self.browse(letter.res_id)
            places = (notice.person_ids or notice.partner_id).held_mandate_ids.commune_id
            place = places[:1] or self.env.company.epci_id or notice.partner_id
            place._ask_to_call(notice, lost=f"{notice.partner_id.name} <{letter.address}>")

    def _get_signing_hours(self):
        return SIGNING_HOURS

    def _is_former_address(self):
        """Whether the letter is addressed to a former address of the person."""
        self.ensure_one()
        now = set(email_normalize_all(self.partner_id.email or ""))
        return bool(set(email_normalize_all(self.email or "")) - now)

    @api.model
    def _has_replaced(self, person, email):
        """Whether the person was written to lately at another address, which this
        one replaced, chosen by somebody else."""
        since = fields.Datetime.now() - SIGNING_WAIT
        lately = self.sudo().search(
            Domain("partner_id", "=", person.id)
            & Domain("person_ids", "in", person.ids)
            & Domain("author_id", "not in", person.user_ids.ids)
            & Domain("date", ">", since)
        )
        return any(email not in email_normalize_all(one.email or "") for one in lately)

    def _get_wrong_sentence(self):
        """What to do when the change is not right."""
        company = self.env.company
        if phone := company._get_organisation_phone():
            return self.env._("If it is not, call us without delay: %s.", phone)
        if email := company._get_public_email():
            return self.env._("If it is not, write to us without delay: %s.", email)
        return self.env._("If it is not, tell %s without delay.", company._get_organisation_name())

    def _get_change_datetime(self):
        """(day, hour) of the change, on the clock of the communes."""
        self.ensure_one()
        return self.env["commune.letter"]._split_datetime(self.date)

    def _get_author_text(self):
        """Who did it, as far as others need to know it."""
        self.ensure_one()
        author = self.author_id
        if author.partner_id in self.person_ids:
            return author.partner_id.name
        if author.share:
            return self.env._("a person of the commune, on the portal")
        return self.env.company._get_organisation_name()

    # noted during the transaction

    @api.model
    def _get_pending(self):
        """person -> {"former": addresses before, "name": name before, "changes": dict with keys
        (kind, place, function)}"""
        data = self.env.cr.precommit.data
        if PENDING not in data:
            self.env.cr.precommit.add(self.sudo()._notify_of_change)
        return data.setdefault(PENDING, {})

    @api.model
    def _log_changes(self, kind, mandates, **before):
        """:param mandates: by which the persons who change act
        :param before: `former`, person -> addresses before the change; `name`, person -> name
        """
        for mandate in mandates:
            person = mandate.partner_id
            old = {key: values[person] for key, values in before.items() if person in values}
            self._log_change(kind, person, mandate.commune_id, mandate.function_id, old)

    @api.model
    def _log_change(self, kind, person, place, function, before=None):
        noted = self._get_pending().setdefault(person.id, {"changes": {}})
        noted["changes"][kind, place.id, function.id] = None
        for key, value in (before or {}).items():
            noted.setdefault(key, value)

    # notified at the end of the transaction

    def _notify_of_change(self):
        """Write the notices of this transaction and queue their letters: a fixed number of
        queries, but for the calls that are asked of the staff."""
        pending = self.env.cr.precommit.data.pop(PENDING, {})
        persons = self.env["res.partner"].browse(pending).exists()
        if self.env.uid == SUPERUSER_ID:  # a demonstration is set up: nobody acts as the software
            persons = persons.filtered(lambda person: not person.is_fictitious)
        if not persons:
            return
        lines = self._get_lines(persons, pending)
        notices = self.create([self._prepare_notice(*line) for line in lines])
        notices._send_letters("mail_template_signatory_change")
        for (place, email, _parts), notice in zip(lines, notices, strict=True):
            if place and not email:
                place._ask_to_call(notice)

    def _get_lines(self, persons, pending):
        """Lines of the register: [(recipient, addresses, [(person, former name, changes)])]."""
        changes = [change for person in persons for change in pending[person.id]["changes"]]
        place_ids = {place for _kind, place, _function in changes}
        self.env["res.partner"].browse(place_ids).fetch(["name", "brand_name", "email"])
        others = self._get_other_signatories(place_ids)
        named, unnamed = {}, []
        for person in persons:
            noted = pending[person.id]
            for (recipient, email), lines in self._get_letters(person, noted, others).items():
                part = (person, noted.get("name"), lines)
                if recipient:
                    named.setdefault((recipient, email), []).append(part)
                else:  # a line each: an import has hundreds
                    unnamed.append((recipient, email, [part]))
        return [(*key, parts) for key, parts in named.items()] + unnamed

    def _get_other_signatories(self, place_ids):
        """place id -> {person who acts for it today: whether nothing of this person changed
        within a day}."""
        mandates = self.env["commune.mandate"].search(
            Domain(PORTAL_ACCESS)
            & self.env["commune.mandate"]._get_signing_domain()
            & Domain("commune_id", "in", place_ids)
        )
        others = {}
        for mandate in mandates:
            here = others.setdefault(mandate.commune_id.id, {})
            settled = not mandate._get_signing_wait()
            here[mandate.partner_id] = settled and here.get(mandate.partner_id, True)
        return others

    def _get_letters(self, person, noted, others):
        """Dict (recipient, addresses) -> changes of a person, for that letter.

        A place without address as recipient: staff call it. An empty recipient: the person has no
        account, nothing opens yet, and the account will be notified.
        """
        changes, former = list(noted["changes"]), noted.get("former")
        if not person.user_ids and not former:
            return {(person.browse(), ""): changes}
        recipients = {}
        own = join_addresses(person.email) if former is None else former
        kinds = {kind for kind, _place, _function in changes}
        # Anyone who was just invited has the invitation in hand.
        if own and not (former is None and kinds <= {"account", "link"}):
            recipients[person, own] = changes
        places = {}
        for change in changes:
            places.setdefault(change[1], []).append(change)
        for place_id, lines in places.items():
            here = {p: settled for p, settled in others.get(place_id, {}).items() if p != person}
            for other in here:
                if email := join_addresses(other.email):
                    recipients.setdefault((other, email), []).extend(lines)
            if not self._is_known_of(person, former, lines, here):
                recipients[self._get_town_hall(place_id, person)] = lines
        return recipients

    def _is_known_of(self, person, former, lines, here):
        """Whether a recipient independent of the change is notified.

        That is another signatory, or the person at a former address. A signatory who changed the
        day before vouches for nobody.
        """

        def is_read(email):
            return bool(email) and (person.is_fictitious or bool(keep_real(email)))

        if any(settled and is_read(join_addresses(p.email)) for p, settled in here.items()):
            return True
        if former is not None:
            return is_read(former)
        return {kind for kind, _place, _function in lines} <= OWN and is_read(person.email)

    def _get_town_hall(self, place_id, person):
        """The town hall and its address; empty when it has none that reads of an invented person
        or that is not the person's."""
        place = self.env["res.partner"].browse(place_id)
        place_emails = set(email_normalize_all(place.email or ""))
        if person.is_fictitious or place_emails & set(email_normalize_all(person.email or "")):
            return place, ""
        return place, keep_real(place.email)

    def _prepare_notice(self, recipient, email, parts):
        """:param parts: list of (person, name before the change, changes)"""
        lang = self.env["commune.letter"]._choose_lang(recipient.lang)
        lines = {}
        for person, name, changes in parts:
            for change in changes:
                lines[self.with_context(lang=lang)._describe_change(person, name, *change)] = None
        return {
            "person_ids": [Command.set([person.id for person, _name, _changes in parts])],
            "partner_id": recipient.id if email else False,
            "email": email,
            "change": "\n".join(lines),
            "author_id": self.env.uid,
        }

    def _describe_change(self, person, name, kind, place_id, function_id):
        place = self.env["res.partner"].browse(place_id)
        function = self.env["commune.function"].browse(function_id)
        words = {
            "person": person.name,
            "former": name or person.name,
            "place": place.brand_name or place.name,
            "title": function._get_title(person.civility, place=place),
        }
        sentence = self.env._(KINDS[kind])
        return sentence % words
