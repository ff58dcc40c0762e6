"""The log of this process, which several databases may share.

Its mask is set up when a database that holds the application is loaded, and taken away with the
last one.
"""

import logging

from odoo import models
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
            # Anyone who formats the record takes the text when there is one.
            record.exc_text = masked if masked != trace else None


MASK_SECRETS = MaskSecrets()


def _get_filtered():
    return [*map(logging.getLogger, LOGGERS), *logging.getLogger().handlers]


def set_up():
    """Mask the secrets of addresses in every log of this process."""
    for place in _get_filtered():
        # `addFilter` takes the same filter once.
        place.addFilter(MASK_SECRETS)


def take_away(dbname):
    """Leave the process as it was, unless another of its databases holds the application."""
    others = (registry for name, registry in Registry.registries.items() if name != dbname)
    if any(MODULE in registry._init_modules for registry in others):
        return
    for place in _get_filtered():
        place.removeFilter(MASK_SECRETS)


class IrHttp(models.AbstractModel):
    _inherit = "ir.http"

    def _register_hook(self):
        super()._register_hook()
        set_up()
