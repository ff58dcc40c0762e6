"""Opinions on what is ours: those of the commune alone give theirs, by the letter or on the portal
(as superuser, once it is checked who asks); the staff reads those of the requests that it reads.

Odoo lets every employee write and read all ratings, and gives each the name of its record, which
tells the title of a record that one may not open."""

from functools import partial

from odoo import models
from odoo.exceptions import AccessError
from odoo.fields import Domain

from ..core.message_access import MODULE

REQUESTS = "helpdesk.ticket"
PLACE = {"res_model", "res_model_id", "res_id"}


class RatingRating(models.Model):
    _inherit = "rating.rating"

    def write(self, vals):
        """A rating of others is not moved to a record of ours either."""
        result = super().write(vals)
        if not self.env.su and PLACE & vals.keys():
            self.check_access("write")
        return result

    def _has_field_access(self, field, operation):
        """Odoo itself reads it as superuser only; every employee could. Nobody searches by it
        either: what is found tells what it is."""
        if field.name == "access_token" and operation == "read" and not self.env.su:
            if not self or self._filter_managed():
                return False
        return super()._has_field_access(field, operation)

    def _check_access(self, operation):
        result = super()._check_access(operation)
        if self.env.su or not any(self._ids):
            return result
        closed = self._filter_managed()
        if operation == "read":
            closed -= closed._filter_readable()
        if not closed:
            return result
        refused = closed | result[0] if result else closed
        return refused, partial(self._make_opinion_error, operation)

    def _search(self, domain, *args, bypass_access=False, **kwargs):
        if not self.env.su and not bypass_access:
            domain = Domain(domain) & self._get_readable_domain()
        return super()._search(domain, *args, bypass_access=bypass_access, **kwargs)

    def _get_readable_domain(self):
        """Third-party ones, and those of the requests that this user reads."""
        requests = self.env[REQUESTS].with_context(active_test=False)
        asked = requests.sudo()._search([("is_commune_request", "=", True)])
        others = ~(Domain("res_model", "=", REQUESTS) & Domain("res_id", "in", asked))
        others &= ~Domain("res_model", "=like", "commune.%")
        if not requests.has_access("read"):
            return others
        readable = Domain("res_model", "=", REQUESTS) & Domain("res_id", "in", requests._search([]))
        return others | readable

    def _filter_readable(self):
        """Those of these opinions on requests that this user reads."""
        asked = self.sudo().filtered(lambda rating: rating.res_model == REQUESTS)
        requests = self.env[REQUESTS].browse(set(asked.mapped("res_id"))).exists()
        readable = set(requests._filtered_access("read").ids)
        return asked.filtered(lambda rating: rating.res_id in readable).with_env(self.env)

    def _filter_managed(self):
        """The opinions on requests of communes, and what was written on another record of ours."""
        ours = set()
        for model, ratings in self._group_by_model().items():
            records = self.env[model].browse(set(ratings.mapped("res_id")))
            if records._original_module == MODULE:
                ours.update(ratings.ids)
            elif hasattr(records, "_filter_managed"):
                found = set(records.exists()._filter_managed().ids)
                ours.update(ratings.filtered(lambda one, ids=found: one.res_id in ids).ids)
        return self.filtered(lambda rating: rating.id in ours)

    def _group_by_model(self):
        """model -> ratings that name it, in either of the two fields that do, as superuser."""
        groups = {}
        for rating in self.sudo():
            for model in {rating.res_model, rating.res_model_id.model}:
                if model in self.env:
                    groups[model] = groups.get(model, rating.browse()) | rating
        return groups

    def _make_opinion_error(self, operation):
        if operation == "read":
            return AccessError(self.env._("This opinion is on a request that you do not read."))
        return AccessError(self.env._("The opinion of a commune is for nobody else to give."))


class HelpdeskTicket(models.Model):
    _inherit = "helpdesk.ticket"

    def message_post(self, **kwargs):
        """Odoo makes an opinion of a message, as superuser, for anyone who may write one; ours are
        made first, then bring their message."""
        if kwargs.get("rating_value") or (kwargs.get("rating_id") and not self.env.su):
            self._refuse_opinion()
        return super().message_post(**kwargs)

    def _message_update_content(self, message, /, **kwargs):
        if kwargs.get("rating_value") is not None:
            self._refuse_opinion()
        return super()._message_update_content(message, **kwargs)

    def _refuse_opinion(self):
        """:raise AccessError: it is about a request of a commune"""
        if self._filter_managed():
            raise AccessError(self.env._("The opinion of a commune is for nobody else to give."))
