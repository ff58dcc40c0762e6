"""Server-side read-only fields: only business methods, as superuser, write them.

Views show these fields as read-only, but an RPC client could still write them, and can send any
context. Only the superuser mode, which no client can request, identifies business methods: they
check the user, then write through `_set` or as superuser.
"""

from odoo import api, models
from odoo.exceptions import UserError

MODULE = "commune_relations"
# Any user may write messages and activities.
TALK = ("message_", "activity_")


class CommuneReadonlyFieldsMixin(models.AbstractModel):
    """Mixin: a model lists its read-only fields; `_check_record_state` depends on the record.

    The checks see what `super()` receives: a model whose own `write` adds read-only values writes
    them afterwards, as superuser.
    """

    _name = "commune.readonly.fields.mixin"
    _description = "Record written by its own methods"

    # None: the stored fields that the model declares read only.
    _readonly_fields = None
    # When set, the only fields that users may write: every other field is read-only.
    _writable_fields = None
    # {field: value, or tuple of values, that a person may give when the record is made; None: any}
    _values_at_creation = {}
    # Sentence of the refusal; without it, that of the steps of the service, which names the field.
    _readonly_reason = None
    _readonly_error = UserError

    @api.model_create_multi
    def create(self, vals_list):
        if not self.env.su:
            for vals in vals_list:
                self._check_start(vals)
            vals_list = [self._keep_own_start(vals) for vals in vals_list]
        return super().create(vals_list)

    def write(self, vals):
        if not self.env.su:
            self._check_user_write(vals)
        return super().write(vals)

    @api.model
    def _check_start(self, vals):
        """:raise UserError: a user may not create a record with these values"""
        for name, value in vals.items():
            if (
                value
                and self._is_readonly_at_creation(name)
                and not self._can_start_with(name, value)
            ):
                self._raise_user_write(name)

    def _check_user_write(self, vals):
        """:raise UserError: a user may not write these values"""
        for name in vals:
            if self._is_stored_compute(name):
                self._raise_stored_compute(name)
            if self._is_readonly(name):
                self._raise_user_write(name)
        self._check_record_state(vals)

    def _check_record_state(self, vals):
        """:raise UserError: a user may not write these values in the state of these records"""

    @api.model
    def _is_stored_compute(self, name):
        """A stored computed value, total or copy, that users may not write.

        Odoo lets it be overwritten until its source changes. On creation, Odoo computes it itself.
        """
        field = self._fields.get(name)
        managed = field and MODULE in field._modules and not name.startswith(TALK)
        return bool(managed and field.store and field.compute and field.readonly)

    @api.model
    def _is_readonly(self, name):
        if self._writable_fields is not None:
            return name not in self._writable_fields and not name.startswith(TALK)
        if self._readonly_fields is not None:
            return name in self._readonly_fields
        field = self._fields.get(name)
        return bool(field and field.readonly and field.store and not field.compute)

    @api.model
    def _is_readonly_at_creation(self, name):
        if self._writable_fields is not None or name in self._values_at_creation:
            return name in self._values_at_creation
        return self._is_readonly(name)

    @api.model
    def _can_start_with(self, name, value):
        allowed = self._values_at_creation.get(name, ())
        return allowed is None or value in (allowed if isinstance(allowed, tuple) else (allowed,))

    @api.model
    def _keep_own_start(self, vals):
        """These values, with the defaults of the model in place of defaults from the context.
        The context still gives a required parent record: its button sets it."""
        own = {}
        for key, value in self.env.context.items():
            name = key.removeprefix("default_")
            field = self._fields.get(name) if name != key and value else None
            if not field or name in vals or self._can_start_with(name, value):
                continue
            hangs = field.type == "many2one" and field.required and self._readonly_fields is None
            if self._is_readonly_at_creation(name) and not hangs:
                start = field.default(self) if field.default else False
                own[name] = field.convert_to_write(start, self)
        return {**vals, **own}

    def _raise_user_write(self, name=None):
        """:param name: the field that was written, when the sentence is about one"""
        if self._readonly_reason:
            raise self._readonly_error(self.env._(self._readonly_reason))
        raise self._readonly_error(
            self.env._(
                "“%s” is not written by hand: it follows the steps of the service, which"
                " check every rule. Use the buttons.",
                self._fields[name]._description_string(self.env),
            )
        )

    def _raise_stored_compute(self, name):
        raise self._readonly_error(
            self.env._(
                "“%s” is worked out by the software: nobody writes it. Change what it comes from.",
                self._fields[name]._description_string(self.env),
            )
        )

    def _set(self, values):
        """Write a step that has been checked, in the name of a person who may write."""
        self.check_access("write")
        return self.sudo().write(values)
