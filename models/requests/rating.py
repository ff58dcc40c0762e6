"""Ratings of commune requests: who gives them, who reads them.

Only the commune rates, from the letter or on the portal; the rating is written as superuser once
the rights of its author are checked. Staff read the ratings of the requests that they may read.

Odoo lets every employee read and write all ratings, on any record and below any parent, and shows
the names of both: titles that the employee may not open. A user who cannot read a record therefore
reads none of its ratings. Ratings that Odoo makes on other models keep Odoo's rules.
"""

from collections import defaultdict
from functools import partial

from odoo import api, models
from odoo.exceptions import AccessError
from odoo.fields import Domain
from odoo.tools import SQL

from ..core.message_access import MODULE
from ..core.named_record import filter_unread, hide_unread_names

REQUESTS = "helpdesk.ticket"
NAMED = (("res_model", "res_id"), ("parent_res_model", "parent_res_id"))
PLACE = {
    "res_model",
    "res_model_id",
    "res_id",
    "parent_res_model",
    "parent_res_model_id",
    "parent_res_id",
    "message_id",
}


class RatingRating(models.Model):
    _inherit = "rating.rating"

    def write(self, vals):
        """Refuse to move a third-party rating to a record managed by the addon."""
        result = super().write(vals)
        if not self.env.su and PLACE & vals.keys():
            self.check_access("write")
        return result

    def _compute_res_name(self):
        result = super()._compute_res_name()
        hide_unread_names(self, *NAMED[0], "res_name")
        return result

    def _compute_resource_ref(self):
        result = super()._compute_resource_ref()
        hide_unread_names(self, *NAMED[0], "resource_ref")
        return result

    def _compute_parent_res_name(self):
        result = super()._compute_parent_res_name()
        hide_unread_names(self, *NAMED[1], "parent_res_name")
        return result

    def _compute_parent_ref(self):
        result = super()._compute_parent_ref()
        hide_unread_names(self, *NAMED[1], "parent_ref")
        return result

    def _has_field_access(self, field, operation):
        """Reserve the field for superuser, in searches too: a search result reveals the value.

        Odoo reads it as superuser only, but lets every employee read it.
        """
        if field.name == "access_token" and operation == "read" and not self.env.su:
            if not self or self._filter_about(self._filter_commune_requests):
                return False
        return super()._has_field_access(field, operation)

    def _check_access(self, operation):
        result = super()._check_access(operation)
        if self.env.su or not any(self._ids):
            return result
        closed = self._filter_about(self._pick_closed, with_message=operation != "read")
        if operation != "read":
            closed |= self._filter_about(self._filter_commune_requests, with_message=True)
        if not closed:
            return result
        refused = closed | result[0] if result else closed
        return refused, partial(self._make_opinion_error, operation)

    def _search(self, domain, *args, bypass_access=False, **kwargs):
        if not self.env.su and not bypass_access:
            domain = Domain(domain) & self._get_readable_domain()
        return super()._search(domain, *args, bypass_access=bypass_access, **kwargs)

    def _get_readable_domain(self):
        """Those whose record and parent this user reads, or that are left to Odoo."""
        return Domain.AND(
            Domain.OR(
                self._get_place_domain(*fields, model)
                for model in (False, *self._get_named_models(fields[0]))
            )
            for fields in NAMED
        )

    @api.model
    def _get_named_models(self, model_field):
        """The models that ratings name, from one entry of the index to the next: few models are
        named by all the ratings."""
        self.flush_model([model_field])
        column, table = SQL.identifier(model_field), SQL.identifier(self._table)
        rows = self.env.execute_query(
            SQL(
                """
                WITH RECURSIVE named AS (
                    (SELECT %(column)s AS model FROM %(table)s
                      WHERE %(column)s IS NOT NULL ORDER BY %(column)s LIMIT 1)
                    UNION ALL
                    SELECT (SELECT %(column)s FROM %(table)s
                             WHERE %(column)s > named.model ORDER BY %(column)s LIMIT 1)
                      FROM named WHERE named.model IS NOT NULL
                )
                SELECT model FROM named WHERE model IS NOT NULL
                """,
                column=column,
                table=table,
            )
        )
        return [model for (model,) in rows]

    def _get_place_domain(self, model_field, record_field, model):
        """Those that name a record of this model in these fields, without those that name one
        which this user does not read."""
        here = Domain(model_field, "=", model)
        if not model or model not in self.env or self._is_left_to_odoo(model):
            return here
        records = self.env[model].with_context(active_test=False)
        known = Domain(record_field, "=", False) | Domain(record_field, "=", 0)
        # The ratings of ratings, which nobody makes, would be searched in turn.
        if not records._abstract and model != self._name and records.has_access("read"):
            known |= self._get_exists_domain(record_field, records._search([]))
        if model == REQUESTS:
            managed = records.sudo()._search([("is_commune_request", "=", True)])
            known |= self._get_exists_domain(record_field, managed, exists=False)
        return here & known

    def _get_exists_domain(self, record_field, query, exists=True):
        """Those whose record is found by a query. Asked rating by rating: a list of all the records
        would be made again for each search."""
        found = query.subselect(SQL("%s AS id", SQL.identifier(query.table, "id")))
        operator = SQL("EXISTS") if exists else SQL("NOT EXISTS")
        return Domain.custom(
            to_sql=lambda model, alias, outer: SQL(
                "%s (SELECT FROM %s AS found WHERE found.id = %s)",
                operator,
                found,
                model._field_to_sql(alias, record_field, outer),
            )
        )

    def _is_left_to_odoo(self, model):
        """Whether Odoo rates this model and the addon manages none of its records."""
        records = self.env[model]
        rated = {"rating.mixin", "rating.parent.mixin"} & self._get_ancestors(model)
        return bool(rated) and records._original_module != MODULE and model != REQUESTS

    def _get_ancestors(self, model):
        return {base._name for base in self.pool[model].mro() if getattr(base, "_name", None)}

    def _filter_about(self, pick, with_message=False):
        """Those that name one of the records that a function picks.

        :param pick: records of a model -> those that count
        """
        named = defaultdict(lambda: defaultdict(set))
        for rating in self.sudo():
            for model, record in rating._get_named(with_message):
                named[model][record].add(rating.id)
        found = set()
        for model, ratings in named.items():
            for record in pick(self.env[model].browse(ratings)):
                found |= ratings[record.id]
        return self.filtered(lambda rating: rating.id in found)

    def _get_named(self, with_message):
        """Models and ids that this rating names, in either of its two fields that hold a model."""
        named = {
            (model, self[record])
            for field, record in NAMED
            for model in (self[field], self[f"{field}_id"].model)
        }
        if with_message:
            named.add(("mail.message", self.message_id.id))
        return {(model, record) for model, record in named if model in self.env and record}

    def _filter_commune_requests(self, records):
        if records._original_module == MODULE:
            return records
        return records.exists()._filter_managed() if hasattr(records, "_filter_managed") else ()

    def _pick_closed(self, records):
        """Records whose name this user must not learn."""
        if self._is_left_to_odoo(records._name):
            return ()
        if records._name == REQUESTS:
            records = self._filter_commune_requests(records)
        return filter_unread(records)

    def _make_opinion_error(self, operation):
        if operation == "read":
            return AccessError(self.env._("This opinion is on a record that you do not read."))
        return AccessError(self.env._("The opinion of a commune is for nobody else to give."))


class HelpdeskTicket(models.Model):
    _inherit = "helpdesk.ticket"

    def message_post(self, **kwargs):
        """Create the ratings of managed records before their message.

        Odoo makes a rating of a message as superuser, for any user who may write a message.
        """
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
