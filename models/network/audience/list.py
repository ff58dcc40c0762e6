"""The mailing list of each audience: same members, and the refusals of each person kept."""

from odoo import api, fields, models
from odoo.fields import Domain

from ...core.inside import INSIDE
from ...territory.reference_epci.local_time import at_local_time
from .audience import CRITERIA

SYNCING = {
    # not a change by hand: for the two addons below, and for the hooks of the addon
    "syncing": True,
    "mass_mailing_partner_writing": True,
    "audience_refreshing": INSIDE,
    "mail_create_nolog": True,
    "tracking_disable": True,
}
WATCHED = {*CRITERIA, "active", "name"}


class CommuneAudience(models.Model):
    _inherit = "commune.audience"

    mailing_list_id = fields.Many2one(
        "mailing.list",
        string="Mailing list",
        copy=False,
        readonly=True,
        ondelete="set null",
        index="btree_not_null",
        help="Kept in step with the members; a person who refuses the letters stays marked as"
        " such, even after leaving and coming back.",
    )

    @api.model_create_multi
    def create(self, vals_list):
        audiences = super().create(vals_list)
        followed = audiences.sudo()  # who makes an audience may make no list
        lists = followed.env["mailing.list"].create([a._prepare_list() for a in audiences])
        for audience, mailing_list in zip(followed, lists, strict=True):
            audience.mailing_list_id = mailing_list
            mailing_list.sync_domain = repr([("audience_ids", "in", [audience.id])])
        audiences._sync()
        return audiences

    def write(self, vals):
        result = super().write(vals)
        if WATCHED & vals.keys():
            self._sync()
        return result

    def _prepare_list(self):
        return {
            "name": self._get_list_name(),
            "is_public": False,
            "dynamic": True,
            "sync_method": "full",
        }

    def _get_list_name(self):
        lang = self.env.company.partner_id.lang or self.env.lang
        return self.with_context(lang=lang).name

    def _sync(self, partners=None):
        """Bring in step what follows the audiences.

        :param partners: only these persons; everybody when it is not given
        """
        audiences = self.sudo()  # called by any change of a person or of a mandate
        if partners is None:
            audiences.with_context(active_test=False).included_ids._mark_tracked()
        audiences._sync_lists(partners)

    @api.model
    @at_local_time
    def _cron_sync(self):
        """Each night: mandates that began or ended with the calendar."""
        self.search(Domain.TRUE)._sync()

    def _sync_lists(self, partners=None):
        """Subscriptions as the members are today, in a constant number of queries; called as
        superuser."""
        audiences = self.with_context(**SYNCING).filtered("mailing_list_id")
        if not audiences:
            return
        for audience in audiences:
            if audience.mailing_list_id.name != audience._get_list_name():
                audience.mailing_list_id.name = audience._get_list_name()
        wanted = audiences._get_wanted_subscriptions(partners)
        known = audiences._get_subscriptions(partners)
        gone = known.filtered(lambda s: (s.list_id, s.contact_id.partner_id) not in wanted)
        kept = known - gone
        # Looked at before anything is deleted, which forgets what was read.
        present = {(s.list_id, s.contact_id.partner_id) for s in kept}
        changed = kept.filtered(lambda s: s.opt_out != wanted[s.list_id, s.contact_id.partner_id])
        by_choice = changed.grouped(lambda s: wanted[s.list_id, s.contact_id.partner_id])
        gone._leave()
        for opt_out, subscriptions in by_choice.items():
            subscriptions.opt_out = opt_out
        audiences._subscribe({k: v for k, v in wanted.items() if k not in present})

    def _get_wanted_subscriptions(self, partners=None):
        """:return: dict: (list, person) -> whether the person refuses what the list sends"""
        members = {
            audience: {person: True for person in persons}
            for audience, persons in self._get_members_by_audience(partners).items()
            if audience.active
        }
        everyone = self.env["res.partner"].browse({p for ps in members.values() for p in ps})
        everyone.fetch(["email_normalized"])  # all at once: Odoo reads a thousand at a time
        reachable = set(everyone.filtered("email_normalized").ids)
        refused = self._get_refusals(everyone)
        return {
            (audience.mailing_list_id, everyone.browse(person)): bool(
                refused.get(person, set()) & {False, audience.id}
            )
            for audience, persons in members.items()
            for person in persons
            if person in reachable
        }

    @api.model
    def _get_refusals(self, partners):
        """:return: dict: id of the person -> ids of the audiences refused, False for all"""
        refused = {}
        for preference in self.env["commune.contact.preference"].search_fetch(
            Domain("partner_id", "in", partners.ids)
            & Domain("opt_out", "=", True)
            & Domain("theme_id", "=", False)
            & Domain("mail_group_id", "=", False),
            ["partner_id", "audience_id"],
        ):
            audience = preference.audience_id.id
            refused.setdefault(preference.partner_id.id, set()).add(audience)
        return refused

    def _get_subscriptions(self, partners=None):
        domain = Domain("list_id", "in", self.mailing_list_id.ids)
        if partners is not None:
            domain &= Domain("contact_id.partner_id", "in", partners.ids)
        subscriptions = self.env["mailing.subscription"].search_fetch(
            domain, ["list_id", "contact_id", "opt_out"]
        )
        subscriptions.contact_id.fetch(["partner_id"])
        return subscriptions

    def _subscribe(self, missing):
        """:param missing: dict as returned by `_get_wanted_subscriptions`"""
        partners = self.env["res.partner"].union(*(person for _list, person in missing))
        Contact = self.env["mailing.contact"]
        contacts = {c.partner_id: c for c in Contact.search([("partner_id", "in", partners.ids)])}
        new = [partner for partner in partners if partner not in contacts]
        created = Contact.create(
            [
                {
                    "partner_id": p.id,
                    "name": p.name,
                    "email": p.email,
                    "country_id": p.country_id.id,
                }
                for p in new
            ]
        )
        contacts.update(zip(new, created, strict=True))
        self.env["mailing.subscription"].create(
            [
                {
                    "list_id": mailing_list.id,
                    "contact_id": contacts[person].id,
                    "opt_out": opt_out,
                }
                for (mailing_list, person), opt_out in missing.items()
            ]
        )
        Contact.browse(c.id for c in contacts.values()).invalidate_recordset(
            ["list_ids", "subscription_ids"]
        )
        self.mailing_list_id.invalidate_recordset(["contact_ids", "contact_count"])
