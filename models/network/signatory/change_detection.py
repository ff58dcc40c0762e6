"""Detection of a signatory change: address, account, mandate, function, merged contacts.

Each detection starts the signing delay in the write that makes the change, and stores the notice to
send (decision 012).
"""

from odoo import api, models
from odoo.tools import email_normalize_all

from ....engine.opendata.names import name_key
from ...core.odoo.res_users import ACCOUNT, LINK
from .notice import join_addresses
from .signing_delay import SIGNING_HOURS


def split(email):
    """All the addresses of a field: Odoo writes to each of them."""
    return set(email_normalize_all(email or ""))


def split_person(person):
    """The addresses of a person, and the copy of one that Odoo keeps beside."""
    return split(person.email) | split(person.email_normalized)


class ResPartner(models.Model):
    _inherit = "res.partner"

    def _detect_identity_changes(self, vals):
        acting = self._get_acting_mandates().partner_id
        if not acting:
            return
        former = {person: join_addresses(person.email) for person in acting}
        before = {person: split_person(person) for person in acting}
        names = {person: person.name or "" for person in acting}
        yield
        acting.filtered(lambda p: split_person(p) != before[p])._change_signatory(
            "email", former=former
        )
        # One's own name is one's own business; an accent or a capital makes no other person.
        renamed = acting.filtered(lambda p: name_key(p.name or "") != name_key(names[p]))
        (renamed - self.env.user.partner_id)._change_signatory("name", name=names)

    @api.onchange("email", "firstname", "lastname", "name")
    def _onchange_signatory(self):
        """Warn before saving that the mayor will not sign for a day."""
        before = self._origin
        if not before or not before._get_acting_mandates():
            return None
        renamed = name_key(self.name or "") != name_key(before.name or "")
        if split(self.email) == split(before.email) and not renamed:
            return None
        message = self.env._(
            "%(name)s signs for a commune: once this is saved, signing waits %(hours)s hours, and"
            " those whom it concerns are informed.",
            name=before.name,
            hours=SIGNING_HOURS,
        )
        return {
            "warning": {
                "title": self.env._("Signing will wait"),
                "message": message,
                "type": "notification",
            }
        }

    def _change_signatory(self, kind, **former):
        """Start the signing delay of signatories among these persons, and store the notice.

        :param kind: key of `KINDS` in notice.py
        """
        if not self:
            return
        mandates = self._get_acting_mandates()
        mandates.partner_id._start_signing_clock()
        self.env["commune.signatory.notice"]._log_changes(kind, mandates, **former)

    def signup_prepare(self, signup_type="signup"):
        """A link to choose a password, unless the person asked for it on the page of the login."""
        result = super().signup_prepare(signup_type=signup_type)
        if not self.env.user._is_public():
            (self - self.env.user.partner_id)._change_signatory("link")
        return result


class ResUsers(models.Model):
    _inherit = "res.users"

    def _notify_new_accounts(self, vals_list):
        self.partner_id._change_signatory("account")

    def _detect_account_changes(self, vals):
        self = self.sudo()  # the author of the change may not read who signs
        touched = ACCOUNT & vals.keys()
        linked = vals.keys() & set(LINK)
        if not linked and self.env.user._is_public():
            return
        before = {user: (user.partner_id, user.active, user.login) for user in self}
        links = {user: user._get_identity_link() for user in self}
        yield
        for user in self:
            user._notify_account_change(touched, *before[user])
            if user._get_identity_link() != links[user]:
                user.partner_id._change_signatory("identity")

    def _get_identity_link(self):
        """Which identity of another provider opens the account; empty without their module."""
        return [self[name] for name in LINK if name in self._fields]

    def _notify_account_change(self, touched, person, active, login):
        """:param person, active, login: as they were before the write"""
        if self.partner_id != person:
            (person | self.partner_id)._change_signatory("account")
        elif self.active and not active:
            person._change_signatory("account")
        if self.login != login:
            person._change_signatory("login")
        if self == self.env.user:
            return  # one's own password and second factor, which Odoo asks to confirm
        if "password" in touched:
            person._change_signatory("password")
        if "totp_secret" in touched and not self.totp_enabled:
            person._change_signatory("factor")

    def _has_new_address(self, email):
        """For as long as signing waits: the former address is written to, its holder calls."""
        known = super()._has_new_address(email)
        return known or self.env["commune.signatory.notice"]._has_replaced(self.partner_id, email)


class CommuneMandate(models.Model):
    _inherit = "commune.mandate"

    def _start_new_signatories(self, vals_list):
        self._start_signing_clock()
        self._log_mandate_changes("mandate_new")

    def _detect_term_changes(self, vals):
        self = self.sudo()  # the author of the change may not read who signs
        before = {mandate: mandate._get_signing_terms() for mandate in self}
        yield
        changed = self.filtered(lambda m: m._get_signing_terms() != before[m])
        if changed:
            changed._start_signing_clock()
            changed._log_changed_mandates(before)

    def _log_removed_mandates(self, vals):
        self._log_mandate_changes("mandate_ended")

    def _get_signing_terms(self):
        """Who acts where, by which function, from when, until when, and whether it still lasts."""
        self.ensure_one()
        today = self.env.company._get_today()
        lasts = self.active and not self.portal_blocked
        lasts = lasts and not (self.date_end and self.date_end <= today)
        coming = self.date_start and self.date_start > today and self.date_start
        held = (self.partner_id, self.commune_id, self.function_id)
        return (*held, coming, lasts and self.date_end, lasts)

    def _log_changed_mandates(self, before):
        """:param before: mandate -> its terms before the write"""
        for mandate in self:
            person, place, function, _coming, _end, lasted = before[mandate]
            terms = mandate._get_signing_terms()
            if (person, place) != terms[:2]:
                mandate._log_mandate_changes("mandate_ended", person, place, function)
                mandate._log_mandate_changes("mandate_new")
            elif lasted and not terms[-1]:
                mandate._log_mandate_changes("mandate_ended", person, place, function)
            else:
                mandate._log_mandate_changes("mandate_changed" if lasted else "mandate_new")
                if function.portal_role == "full" != mandate.function_id.portal_role:
                    mandate._log_mandate_changes("mandate_ended", person, place, function)

    def _log_mandate_changes(self, kind, person=None, place=None, function=None, signs=False):
        """:param person, place, function: as before the change; default: of each mandate
        :param signs: these mandates gave the right to sign, whatever they give now
        """
        notice = self.env["commune.signatory.notice"]
        signing = self if signs else self._filter_signing()
        for mandate in self.sudo():
            held = function or mandate.function_id
            if held.portal_role == "full" or mandate in signing:
                changed, where = person or mandate.partner_id, place or mandate.commune_id
                notice._log_change(kind, changed, where, held)


class CommuneKnownEmail(models.Model):
    _inherit = "commune.known.email"

    def _notify_new_addresses(self, vals_list):
        """Mail from it counts as the person's."""
        self.partner_id._change_signatory("known")

    def _detect_address_changes(self, vals):
        before = {known: (known.partner_id, known.value) for known in self}
        yield
        changed = self.filtered(lambda k: (k.partner_id, k.value) != before[k])
        changed.partner_id._change_signatory("known")


class CommuneFunction(models.Model):
    _inherit = "commune.function"

    def _detect_wider_role(self, vals):
        limited = self.filtered(lambda f: f.portal_role != "full")
        yield
        limited.filtered(lambda f: f.portal_role == "full")._change_signing_rights()

    def _change_signing_rights(self):
        """These functions let their holders sign more than before."""
        if not self:
            return
        self._start_signing_clock()
        mandates = self.env["commune.mandate"].sudo().search([("function_id", "in", self.ids)])
        mandates.filtered(lambda m: m._get_signing_terms()[-1])._log_mandate_changes("function")


class CommuneImport(models.Model):
    _inherit = "commune.import"

    def _create_mandates(self, lines, people):
        """Mandates are created in bulk: the start of the delay is copied, changes logged here."""
        mandates = super()._create_mandates(lines, people)
        mandates._log_mandate_changes("mandate_new")
        return mandates


class MergePartners(models.TransientModel):
    _inherit = "base.partner.merge.automatic.wizard"

    def _merge(self, partner_ids, dst_partner=None, extra_checks=True):
        """Foreign keys move by SQL: anyone who receives the mandates of another waits."""
        persons = self.env["res.partner"].sudo().browse(partner_ids).exists()
        acting = persons._get_acting_mandates().partner_id
        former = {person: join_addresses(person.email) for person in acting}
        if acting:
            persons._start_signing_clock()
        result = super()._merge(partner_ids, dst_partner=dst_partner, extra_checks=extra_checks)
        if acting:
            left = persons.exists()
            addresses = join_addresses(", ".join(former.values()))
            left._change_signatory("merge", former={left: addresses})
        return result
