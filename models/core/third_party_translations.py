"""The French of what the Python of other addons says, where they leave it in English.

Odoo looks for a sentence in the files of the addon that says it, and nowhere else: those of
`i18n_extra/fr.po` that are code are added to what Odoo has read of that addon. What it says in
French already stays, and so does what is said in a database of the same process that is not ours.
JavaScript needs nothing: it looks into the words of all addons.
"""

import threading

from odoo import models
from odoo.modules.registry import Registry
from odoo.tools import file_open
from odoo.tools.misc import ReadonlyDict
from odoo.tools.translate import (
    PYTHON_TRANSLATION_COMMENT,
    code_translations,
    translation_file_reader,
)

MODULE = "commune_relations"
FRENCH = "fr_FR"
WORDS = f"{MODULE}/i18n_extra/fr.po"


class AddonTranslations(ReadonlyDict):
    """What an addon says in French, with our words beside where the current database is ours."""

    def __init__(self, known, ours):
        super().__init__(known)
        self.ours = ours

    def get(self, source, default=None):
        found = super().get(source)
        if found is None and source in self.ours and _is_managed_database(_get_database()):
            return self.ours[source]
        return default if found is None else found


def _get_database():
    return getattr(threading.current_thread(), "dbname", None)


def _is_managed_database(dbname):
    """:param dbname: None for a program that has not said it: then its only database"""
    registries = Registry.registries.items()
    found = [registry for name, registry in registries if dbname in (None, name)]
    return len(found) == 1 and MODULE in found[0]._init_modules


def install_translations():
    """Called when a database that holds the addon is loaded: the words are kept by the process."""
    for addon, words in _read_words().items():
        known = code_translations.get_python_translations(addon, FRENCH)
        if not isinstance(known, AddonTranslations):
            code_translations.python_translations[addon, FRENCH] = AddonTranslations(known, words)


def _read_words():
    """{addon: {what it says in English: French}}"""
    found = {}
    with file_open(WORDS, "rb") as file:
        for row in translation_file_reader(file, fileformat="po"):
            if row["type"] == "code" and PYTHON_TRANSLATION_COMMENT in row["comments"]:
                found.setdefault(row["module"], {})[row["src"]] = row["value"]
    return found


class IrHttp(models.AbstractModel):
    _inherit = "ir.http"

    def _register_hook(self):
        super()._register_hook()
        install_translations()
