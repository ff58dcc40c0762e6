"""What lies outside of a database: the log of this process and its static files.

Set up when a database that holds the application is loaded, taken away with the last one.
"""

import logging

from odoo import models
from odoo.http import Application
from odoo.modules.registry import Registry

from ...engine.web import mask

MODULE = "commune_relations"
# Those that write addresses; the handlers of the root see every other one.
LOGGERS = ("werkzeug", "odoo.http")
_formatter = logging.Formatter()


class MaskSecrets(logging.Filter):
    """Secrets of addresses never reach a log, an error with its trace included."""

    def filter(self, record):
        # A log that fails must not make the page fail.
        try:
            self._mask(record)
        except Exception:
            return True
        return True

    @staticmethod
    def _mask(record):
        if getattr(record, "commune_masked", False):
            return
        record.commune_masked = True
        text = record.getMessage()
        masked = mask(text)
        if masked != text:
            record.msg, record.args = masked, ()
        if record.exc_info and not record.exc_text:
            trace = _formatter.formatException(record.exc_info)
            masked = mask(trace)
            # Whoever formats the record takes the text when there is one.
            record.exc_text = masked if masked != trace else None


MASK_SECRETS = MaskSecrets()
_get_static_file = Application.get_static_file


def _get_static_file_without_null(self, url, host=""):
    """A null character in the name of a file is no file, where Odoo answers an error."""
    return None if "\x00" in url else _get_static_file(self, url, host)


def _get_filtered():
    return [*map(logging.getLogger, LOGGERS), *logging.getLogger().handlers]


def set_up():
    """Mask the logs of this process and look at the names of static files."""
    for place in _get_filtered():
        # `addFilter` takes the same filter once.
        place.addFilter(MASK_SECRETS)
    Application.get_static_file = _get_static_file_without_null


def take_away(dbname):
    """Leave the process as it was, unless another of its databases holds the application."""
    others = (registry for name, registry in Registry.registries.items() if name != dbname)
    if any(MODULE in registry._init_modules for registry in others):
        return
    for place in _get_filtered():
        place.removeFilter(MASK_SECRETS)
    Application.get_static_file = _get_static_file


class IrHttp(models.AbstractModel):
    _inherit = "ir.http"

    def _register_hook(self):
        super()._register_hook()
        set_up()
