"""What the windows of a request have in common: one opens them on a request that one reads."""

from odoo import api, models

REQUEST = "helpdesk.ticket"


class CommuneRequestActionMixin(models.AbstractModel):
    """A window about requests.

    Odoo shows what a window takes from the request that it names, its title for a start, to
    the user who opened the window: by programs, one names any request there.
    """

    _name = "commune.request.action.mixin"
    _description = "Window of a request"

    @api.model_create_multi
    def create(self, vals_list):
        for vals in vals_list:
            self._check_given(vals)
        return super().create(vals_list)

    def write(self, vals):
        result = super().write(vals)
        self._check_requests()
        return result

    def onchange(self, values, field_names, fields_spec):
        """Before anything is computed from the request."""
        self._check_requests()
        self._check_given(values)
        return super().onchange(values, field_names, fields_spec)

    def _get_request_fields(self):
        return {
            name
            for name, field in self._fields.items()
            if field.comodel_name == REQUEST and field.store and not field.compute
        }

    def _check_given(self, values):
        """The same for values, and for those that the context gives instead."""
        names = self._get_request_fields()
        given = {**self.default_get(list(names)), **values}
        for name in names & set(given):
            self.new({name: given[name]})[name]._origin.check_access("read")

    def _check_requests(self):
        """:raise AccessError: a request that the user does not read"""
        for name in self._get_request_fields():
            self[name].check_access("read")
