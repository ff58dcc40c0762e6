"""Extension of followers: who does not read a record of the addon does not read who follows it.

Odoo opens the followers of every record to each employee, with their names and addresses: who
follows a confidential request is nearly what it is about. The followers of third-party records are
left to Odoo.
"""

from functools import partial

from odoo import api, models
from odoo.fields import Domain

from ..message_access import MODULE
from ..named_record import filter_unread

# Models of Odoo of which some records are managed -> the field that says which.
SHARED = {
    "agreement": "commune_id",
    "event.registration": "mandate_id",
    "helpdesk.ticket": "is_commune_request",
    "hr.employee": "is_replacement_agent",
    "mailing.mailing": "network_kind",
    "survey.user_input": "commune_target_id",
}


class MailFollowers(models.Model):
    _inherit = "mail.followers"

    @api.model
    def _search(self, domain, *args, bypass_access=False, **kwargs):
        if not self.env.su and not bypass_access:
            domain = Domain(domain)
            closed = self._get_closed_models(domain)
            domain &= Domain("res_model", "not in", closed) | Domain.OR(
                Domain("res_model", "=", name) & self._get_place_domain(name) for name in closed
            )
        return super()._search(domain, *args, bypass_access=bypass_access, **kwargs)

    def _check_access(self, operation):
        result = super()._check_access(operation)
        if self.env.su or operation != "read" or not any(self._ids):
            return result
        closed = self.browse()
        for name, followers in self.sudo().grouped("res_model").items():
            if self._is_closed_model(name):
                unread = set(self._filter_unread_places(name, followers.mapped("res_id"))._ids)
                closed |= followers.filtered(lambda one, ids=unread: one.res_id in ids)
        if not closed:
            return result
        refused = closed.sudo(False) | (result[0] if result else self.browse())
        return refused, partial(self.env["ir.rule"]._make_access_error, operation, refused)

    @api.model
    def _is_closed_model(self, name):
        return name in self.env and (name in SHARED or self.env[name]._original_module == MODULE)

    @api.model
    def _get_closed_models(self, domain):
        """Those that a search may find: Odoo's forms search the followers of one model, and forty
        others are not asked about."""
        parts = domain.children if getattr(domain, "OPERATOR", "") == "&" else (domain,)
        names = self.env.registry
        for part in parts:
            if getattr(part, "field_expr", "") == "res_model" and part.operator in ("=", "in"):
                names = (part.value,) if part.operator == "=" else part.value
        threads = (name for name in names if self._is_closed_model(name))
        return [name for name in threads if "message_follower_ids" in self.env[name]._fields]

    @api.model
    def _get_place_domain(self, name):
        """Followers of the records of this model that the user reads, or that are left to Odoo."""
        records, known = self.env[name].with_context(active_test=False), Domain.FALSE
        if records.has_access("read"):
            known = Domain("res_id", "in", records._search([]))
        if name in SHARED:
            managed = records.sudo()._search([(SHARED[name], "!=", False)])
            known |= Domain("res_id", "not in", managed)
        return known

    @api.model
    def _filter_unread_places(self, name, ids):
        unread = filter_unread(self.env[name].browse(set(ids)))
        if name in SHARED:
            return unread.sudo().exists().filtered(SHARED[name])
        return unread
