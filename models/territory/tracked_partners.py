"""Flag of tracked contacts; other contacts cost no extra query.

Kept on the contact, with the columns that Odoo reads anyway: what others do with their customers
costs no query more. A memory of the server would not do: between two of its threads it may be
late, and an address that opens a signature would change unseen."""

from odoo import api, fields, models

from ..core.message_access import MODULE

KNOWN = "is_tracked"
# Noted by the software alone. One invented person marks every paper as a trial, and no town hall is
# notified of a change of hers.
BY_SOFTWARE = {KNOWN, "is_fictitious"}
# Odoo's copy of the address, worked out from what was typed; a program writes it all the same.
ADDRESS_COPY = "email_normalized"


class ResPartner(models.Model):
    _inherit = "res.partner"

    is_tracked = fields.Boolean(
        string="Known to the communes",
        readonly=True,
        copy=False,
        help="Holds or held a mandate or a post, or was put into an audience by hand. Once known,"
        " always known.",
    )

    @api.model_create_multi
    def create(self, vals_list):
        if not self.env.su:  # neither by a default of the context
            vals_list = [{**vals, **dict.fromkeys(BY_SOFTWARE, False)} for vals in vals_list]
        partners = super().create(vals_list)
        by_hand = f"default_{ADDRESS_COPY}" in self.env.context
        if not self.env.su and (by_hand or any(ADDRESS_COPY in vals for vals in vals_list)):
            partners._recompute_address()
        return partners

    def write(self, vals):
        """What somebody writes all the same, a program or a merge of contacts, is left out."""
        if not self.env.su and BY_SOFTWARE & vals.keys():
            vals = {name: value for name, value in vals.items() if name not in BY_SOFTWARE}
        result = super().write(vals)
        if not self.env.su and ADDRESS_COPY in vals:
            self._filter_entering()._recompute_address()
        return result

    def _filter_entering(self):
        """Those who may enter somewhere, or are written to, by their address: ours, and anyone who
        has an account."""
        everybody = self.sudo().with_context(active_test=False)
        return self._filter_kept() | everybody.filtered("user_ids")

    def _recompute_address(self):
        """The copy follows the address that was typed, whatever somebody wrote in it."""
        self.env.add_to_compute(self._fields[ADDRESS_COPY], self)

    def modified(self, fnames, create=False, before=False):
        """When contacts are deleted, Odoo looks for what is kept of each of their fields elsewhere:
        of ours, nothing is, where none of them is a commune or known to one."""
        if before and len(fnames) == len(self._fields) and not self._filter_kept():
            fnames = [name for name in fnames if self._fields[name]._modules != (MODULE,)]
        return super().modified(fnames, create=create, before=before)

    def _filter_kept(self):
        """Those of which something may be kept on records of ours."""
        return self.sudo().filtered(lambda one: one[KNOWN] or one.is_commune or one.is_epci)

    def _uses_organisation_layout(self):
        places = self.sudo().filtered(lambda one: one.is_commune or one.is_epci)
        return bool(places) or super()._uses_organisation_layout()

    def _uses_organisation_notifications(self):
        return bool(self._filter_known()) or super()._uses_organisation_notifications()

    def _filter_known(self):
        return self.browse(self.sudo().filtered(KNOWN).ids)

    def _mark_tracked(self):
        new = self.sudo().filtered(lambda person: not person[KNOWN])
        if new:
            new._recompute_address()
            new.write({KNOWN: True})

    @api.model
    def _mark_all_tracked(self):
        """Those of before, and anyone who came by SQL; the audiences do it for theirs each
        night."""
        self.env.flush_all()
        self.env.cr.execute(
            """
            UPDATE res_partner SET is_tracked = true
             WHERE is_tracked IS NOT TRUE
               AND id IN (SELECT partner_id FROM commune_mandate)
            """
        )
        self.invalidate_model([KNOWN])


class ResUsers(models.Model):
    _inherit = "res.users"

    def _uses_organisation_pages(self):
        person = self.sudo().partner_id
        return super()._uses_organisation_pages() or self._is_portal() and person[KNOWN]


class CommuneMandate(models.Model):
    _inherit = "commune.mandate"

    @api.model_create_multi
    def create(self, vals_list):
        mandates = super().create(vals_list)
        mandates.partner_id._mark_tracked()
        return mandates

    def write(self, vals):
        result = super().write(vals)
        if "partner_id" in vals:
            self.partner_id._mark_tracked()
        return result


class CommuneImport(models.Model):
    _inherit = "commune.import"

    def _create_mandates(self, lines, people):
        """Written in bulk."""
        mandates = super()._create_mandates(lines, people)
        mandates.partner_id._mark_tracked()
        return mandates


class MergePartners(models.TransientModel):
    _inherit = "base.partner.merge.automatic.wizard"

    def _merge(self, partner_ids, dst_partner=None, extra_checks=True):
        """Mandates and audiences move by SQL."""
        persons = self.env["res.partner"].browse(partner_ids).exists()
        if persons._filter_known():
            persons._mark_tracked()
        return super()._merge(partner_ids, dst_partner=dst_partner, extra_checks=extra_checks)
