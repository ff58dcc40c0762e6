"""Odoo settings that the addon changes; old values are restored on uninstall.

Rules, access lines, stages and menus of other applications are unchanged: the addon adds its own.
Only the settings of Odoo itself that the set-up asks for (passwords, digest, sign-up, defaults) are
changed here. A value that a user has changed since is kept.
"""

import contextlib
import json

from odoo import api, models
from odoo.exceptions import UserError

NOTED = "commune_relations.found"
DEFAULT = "default:"


class CommuneReversibleSettings(models.AbstractModel):
    """The notes are one parameter of the system: `{"res.currency,125,active": [before, after]}`,
    `{"key": [before, after]}` for a parameter, `{"default:res.partner,lang": [before, after]}` for
    a default of everybody."""

    _name = "commune.reversible.settings"
    _description = "What was there before the addon"

    @api.model
    def _read_notes(self):
        return json.loads(self.env["ir.config_parameter"].get_param(NOTED) or "{}")

    @api.model
    def _write_notes(self, notes):
        text = json.dumps(notes) if notes else False
        self.env["ir.config_parameter"].set_param(NOTED, text)

    @api.model
    def _is_changed(self, key):
        return key in self.sudo()._read_notes()  # the settings show it to their reader

    @api.model
    def _change(self, record, values):
        """Change plain values of a third-party record (texts, numbers, yes or no)."""
        for name, value in values.items():
            self._change_key(f"{record._name},{record.id},{name}", value)

    @api.model
    def _change_parameter(self, name, value):
        """Change a parameter of the system."""
        self._change_key(name, value)

    @api.model
    def _change_default(self, model, name, value):
        """Change the value that a field of a new record has for everybody."""
        self._change_key(f"{DEFAULT}{model},{name}", value)

    def _change_key(self, key, value):
        self = self.sudo()  # nobody writes these settings by hand
        notes, now = self._read_notes(), self._read_key(key)
        if now == value:
            return
        before = notes[key][0] if key in notes else now
        self._write_notes({**notes, key: [before, value]})
        self._write_key(key, value)

    def _read_key(self, key):
        if key.startswith(DEFAULT):
            known = self._find_default(key)
            return json.loads(known.json_value) if known else None
        if "," in key:
            record, name = self._find_record(key)
            return record[name] if record else None
        return self.env["ir.config_parameter"].get_param(key)

    def _write_key(self, key, value):
        if key.startswith(DEFAULT):
            model, name = key.removeprefix(DEFAULT).split(",")
            if value is None:
                self._find_default(key).unlink()
            else:
                self.env["ir.default"].set(model, name, value)
        elif "," in key:
            record, name = self._find_record(key)
            record.write({name: value})
        else:
            self.env["ir.config_parameter"].set_param(key, value)

    def _find_default(self, key):
        model, name = key.removeprefix(DEFAULT).split(",")
        everybody = [("user_id", "=", False), ("company_id", "=", False), ("condition", "=", False)]
        named = [("field_id.model", "=", model), ("field_id.name", "=", name)]
        return self.env["ir.default"].search([*named, *everybody], limit=1)

    def _find_record(self, key):
        """(record, name of its field); no record when it, or its application, is gone."""
        model, number, name = key.split(",")
        if model not in self.env:
            return None, name
        return self.env[model].browse(int(number)).exists(), name

    @api.model
    def _give_back(self):
        """Everything as it was found, but what somebody has changed since or uses now.

        Called by the uninstallation, as superuser.
        """
        for key, (before, after) in self._read_notes().items():
            if self._read_key(key) != after:
                continue
            with contextlib.suppress(UserError), self.env.cr.savepoint():
                self._write_key(key, before)
        self._write_notes({})
