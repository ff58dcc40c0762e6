"""What follows when a contact changes: each pillar that watches contacts has its lines here.

A contact of another application passes through this file alone, and costs no query."""

import re

from odoo import api, models
from odoo.fields import Domain

from .. import record_changes
from ..message_access import MODULE
from ..record_changes import AFTER, AROUND, BEFORE, NORMALISE, Subscriber
from ..request_guard import ROLES

KNOWN = "is_tracked"
NOTES = "comment"
# By which a search would guess what is noted, or that something waits: Odoo looks there by SQL, or
# past the rules.
GUESSED = {
    NOTES,
    "message_ids",
    "website_message_ids",
    "activity_state",
    "activity_date_deadline",
    "activity_exception_decoration",
}
OTHERS = Domain.AND([(name, "=", False)] for name in ("is_commune", "is_epci", KNOWN))
# Written by the software only. One demonstration person watermarks all documents and mutes notices.
# Who confirmed an address, and when, is what the button or the page notes.
BY_SOFTWARE = frozenset(
    {KNOWN, "is_fictitious", "contact_confirmed_by_id", "contact_confirmed_date"}
)
# Odoo's copy of the address, computed from the typed one; an RPC client can still write it.
ADDRESS_COPY = "email_normalized"
# Who a person is, which the intercommunality keeps.
IDENTITY = (
    "name",
    "firstname",
    "lastname",
    "civility",
    "is_company",
    "parent_id",
    "company_name",
    "vat",
)
# What a place is and what is counted with it. Odoo's right on contacts is not enough for these.
FIGURES = frozenset(
    {
        "active",
        "chorus_needs_engagement",
        "chorus_needs_service",
        "chorus_service_code",
        "epci_id",
        "epci_kind",
        "good_friday_church",
        "insee_code",
        "is_commune",
        "is_company",
        "is_epci",
        "local_law",
        "member_ids",
        "membership_date_end",
        "membership_date_start",
        "parent_id",
        "population",
        "population_year",
        "reference_values",
        "reference_vintage",
        "seat_commune_id",
        "siren",
        "siret",
    }
)
# Fields that turn a contact into a managed one in the same write.
BECOMES = ("is_commune", "is_epci")

# pillar, on, when, method, what it does, fields
SUBSCRIBERS = (
    Subscriber(
        "territory",
        "create",
        NORMALISE,
        "_with_bare_siret",
        "SIRET without spaces",
        frozenset({"siret"}),
        for_all=True,
    ),
    Subscriber(
        "territory",
        "create",
        NORMALISE,
        "_reset_software_flags",
        "nobody writes what the software alone notes",
        for_all=True,
    ),
    Subscriber(
        "territory",
        "create",
        AFTER,
        "_check_new_figures",
        "officers alone make a commune",
    ),
    Subscriber(
        "territory",
        "create",
        AFTER,
        "_log_changed_populations",
        "population of the renewal kept",
    ),
    Subscriber(
        "territory",
        "create",
        AFTER,
        "_restore_new_address_copy",
        "the copy of the address follows the address",
        frozenset({ADDRESS_COPY}),
        for_all=True,
    ),
    Subscriber(
        "territory",
        "write",
        NORMALISE,
        "_with_bare_siret",
        "SIRET without spaces",
        frozenset({"siret"}),
        for_all=True,
    ),
    Subscriber(
        "territory",
        "write",
        NORMALISE,
        "_leave_out_software_flags",
        "nobody writes what the software alone notes",
        BY_SOFTWARE,
        for_all=True,
    ),
    Subscriber(
        "territory",
        "write",
        AFTER,
        "_refresh_company_zone",
        "the day of the communes follows the zone of their organisation",
        frozenset({"tz"}),
        for_all=True,
    ),
    Subscriber(
        "territory",
        "write",
        BEFORE,
        "_check_own_changes",
        "an account of a commune changes neither its name nor takes an address of others",
        frozenset({"email", "email_normalized", "phone", *IDENTITY}),
    ),
    Subscriber(
        "territory",
        "write",
        AROUND,
        "_check_figures",
        "officers alone change what amounts rest on",
        FIGURES,
    ),
    Subscriber(
        "territory",
        "write",
        AFTER,
        "_log_changed_populations",
        "population of the renewal kept",
        frozenset({"population", "population_year", "is_commune"}),
    ),
    Subscriber(
        "territory",
        "write",
        AFTER,
        "_restore_address_copy",
        "the copy of the address follows the address",
        frozenset({ADDRESS_COPY}),
        for_all=True,
    ),
    Subscriber(
        "network",
        "write",
        AFTER,
        "_refresh_changed_members",
        "lists and groups follow the address",
        frozenset({"active", "email"}),
    ),
    Subscriber(
        "network",
        "write",
        AROUND,
        "_detect_identity_changes",
        "a signatory who changes waits before signing",
        frozenset({"email", ADDRESS_COPY, "name", "firstname", "lastname"}),
    ),
    Subscriber(
        "committees",
        "write",
        AFTER,
        "_recompute_concerned_communes",
        "other decisions concern a commune that grows or moves",
        frozenset({"population", "sector_id", "epci_id", "membership_date_end", "is_commune"}),
    ),
)
WATCHED_FOR_ALL = record_changes.get_watched_for_all(SUBSCRIBERS)


def asks_notes(domain):
    """Whether a search on contacts, or on accounts that lead to them, would guess what is noted."""
    for condition in domain.iter_conditions():
        value = condition.value
        inside = isinstance(value, list | Domain) and "any" in condition.operator
        if not GUESSED.isdisjoint(condition.field_expr.split(".")):
            return True
        if inside and asks_notes(Domain(value)):
            return True
    return False


class ResPartner(models.Model):
    _inherit = "res.partner"

    @api.model_create_multi
    def create(self, vals_list):
        return record_changes.create(
            self, vals_list, SUBSCRIBERS, super().create, filter_managed=ResPartner._filter_kept
        )

    def write(self, vals):
        managed = self._is_watched(vals)
        if not managed and WATCHED_FOR_ALL.isdisjoint(vals):
            return super().write(vals)
        chosen = record_changes.select(SUBSCRIBERS, "write", vals, managed)
        return record_changes.write(self, vals, chosen, super().write)

    def _is_watched(self, vals):
        """Whether one of these contacts is managed, a colleague, or the current user."""
        return (
            any(vals.get(name) for name in BECOMES)
            or self.env.user._get_own_person_id() in self.ids
            or any(not one.partner_share for one in self.sudo())
            or bool(self._filter_kept())
        )

    def _filter_kept(self):
        """Filter the contacts on which records of the addon may depend."""
        return self.sudo().filtered(lambda one: one[KNOWN] or one.is_commune or one.is_epci)

    def _filter_known(self):
        return self.browse(self.sudo().filtered(KNOWN).ids)

    def modified(self, fnames, create=False, before=False):
        """Skip Odoo's search of dependent fields when unmanaged contacts are deleted.

        No record of the addon depends on a contact that is neither a commune nor tracked.
        """
        if before and len(fnames) == len(self._fields) and not self._filter_kept():
            fnames = [name for name in fnames if self._fields[name]._modules != (MODULE,)]
        return super().modified(fnames, create=create, before=before)

    @api.constrains("email")
    def _check_email_mass_mailing_contacts(self):
        """Remove a person whose address is cleared from the lists of the addon's audiences.

        The constraint of mass_mailing_partner would forbid to clear the address of a list member.
        """
        cleared = self.filtered(lambda person: not person.email)
        known = cleared._filter_known()
        held = cleared - known
        if known:
            held |= known._filter_in_other_lists()
        return super(ResPartner, held)._check_email_mass_mailing_contacts()

    # What the staff notes on a commune or on a person of one: for those with a role. Every employee
    # reads contacts; the notes on those of other applications are read as in Odoo.

    @api.model
    def _hides_notes(self):
        """Whether the user is an employee without a role here."""
        user = self.env.user
        if self.env.su or not user._is_internal():
            return False
        return not user.has_groups(f"{ROLES},base.group_system")

    def _has_field_access(self, field, operation):
        """Who reads no notes would write over them: see `StaffNotes`."""
        allowed = super()._has_field_access(field, operation)
        if field.name != NOTES or operation != "write" or not allowed or not self:
            return allowed
        return not (self._hides_notes() and self._filter_managed())

    def _search(self, domain, offset=0, limit=None, order=None, **options):
        """A search would guess what is noted, letter after letter."""
        domain = self._leave_out_notes(domain, (order or "").split(","))
        return super()._search(domain, offset, limit, order, **options)

    def _read_group(self, domain, groupby=(), aggregates=(), *args, **options):
        domain = self._leave_out_notes(domain, (*groupby, *aggregates))
        return super()._read_group(domain, groupby, aggregates, *args, **options)

    @api.model
    def _leave_out_notes(self, domain, names):
        """:param names: fields asked for beside those of the domain, in the words of Odoo"""
        domain = Domain(domain)
        asked = not GUESSED.isdisjoint(re.split(r"[ .:]", name.strip())[0] for name in names)
        if (asked or asks_notes(domain)) and self._hides_notes():
            domain &= OTHERS
        return domain
