"""French of the Python sentences that other addons leave in English.

Odoo looks for a sentence only in the files of the addon that holds it: the code entries of
`i18n_extra/fr.po` are added to the translations that Odoo has read. An existing French translation
stays, and so do the sentences of other databases of the process. JavaScript needs nothing: it
searches the translations of all addons.
"""

import threading

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
    """French translations of an addon, completed where the current database has this addon."""

    def __init__(self, known, additions):
        super().__init__(known)
        self.additions = additions

    def get(self, source, default=None):
        found = super().get(source)
        if found is None and source in self.additions and _is_managed_database(_get_database()):
            return self.additions[source]
        return default if found is None else found


def _get_database():
    return getattr(threading.current_thread(), "dbname", None)


def _is_managed_database(dbname):
    """:param dbname: None for a program that gives none: then its only database"""
    registries = Registry.registries.items()
    found = [registry for name, registry in registries if dbname in (None, name)]
    return len(found) == 1 and MODULE in found[0]._init_modules


def install_translations():
    """Called when a database with the addon is loaded; the process keeps the translations."""
    for addon, words in _read_words().items():
        known = code_translations.get_python_translations(addon, FRENCH)
        if not isinstance(known, AddonTranslations):
            code_translations.python_translations[addon, FRENCH] = AddonTranslations(known, words)


def _read_words():
    """{addon: {English sentence: French sentence}}"""
    found = {}
    with file_open(WORDS, "rb") as file:
        for row in translation_file_reader(file, fileformat="po"):
            if row["type"] == "code" and PYTHON_TRANSLATION_COMMENT in row["comments"]:
                found.setdefault(row["module"], {})[row["src"]] = row["value"]
    return found
