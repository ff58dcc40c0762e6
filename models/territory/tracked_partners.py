"""Flag of tracked contacts; other contacts cost no extra query.

Kept on the contact, with the columns that Odoo reads anyway: what others do with their customers
costs no query more. A memory of the server would not do: between two of its threads it may be
late, and an address that opens a signature would change unseen."""

from odoo import api, fields, models

from ..core.odoo.res_partner import ADDRESS_COPY, BY_SOFTWARE, KNOWN


class ResPartner(models.Model):
    _inherit = "res.partner"

    is_tracked = fields.Boolean(
        string="Known to the communes",
        readonly=True,
        copy=False,
        help="Holds or held a mandate or a post, or was put into an audience by hand. Once known,"
        " always known.",
    )

    @api.model
    def _reset_software_flags(self, vals):
        """Of a new contact: neither by a default of the context."""
        return vals if self.env.su else {**vals, **dict.fromkeys(BY_SOFTWARE, False)}

    @api.model
    def _leave_out_software_flags(self, vals):
        """Ignore values of the flags that an RPC client or a merge of contacts writes."""
        if self.env.su:
            return vals
        return {name: value for name, value in vals.items() if name not in BY_SOFTWARE}

    def _restore_new_address_copy(self, vals_list):
        if not self.env.su:
            self._recompute_address()

    def _restore_address_copy(self, vals):
        if not self.env.su:
            self._filter_entering()._recompute_address()

    def _filter_entering(self):
        """Filter the contacts whose address logs in or receives letters.

        Those that the addon manages, and those with an account.
        """
        everybody = self.sudo().with_context(active_test=False)
        return self._filter_kept() | everybody.filtered("user_ids")

    def _recompute_address(self):
        """Recompute the copy from the typed address, whatever was written in it."""
        self.env.add_to_compute(self._fields[ADDRESS_COPY], self)

    def _uses_organisation_layout(self):
        places = self.sudo().filtered(lambda one: one.is_commune or one.is_epci)
        return bool(places) or super()._uses_organisation_layout()

    def _uses_organisation_notifications(self):
        return bool(self._filter_known()) or super()._uses_organisation_notifications()

    def _mark_tracked(self):
        new = self.sudo().filtered(lambda person: not person[KNOWN])
        if new:
            new._recompute_address()
            new.write({KNOWN: True})

    @api.model
    def _mark_all_tracked(self):
        """Mark contacts from before, or created by SQL; audiences mark their members each night."""
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
        person = self.partner_id
        return super()._uses_organisation_pages() or self._is_portal() and person[KNOWN]


class CommuneMandate(models.Model):
    _inherit = "commune.mandate"

    def _mark_holders_tracked(self, vals):
        self.partner_id._mark_tracked()


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
