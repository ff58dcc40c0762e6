"""The French of what the Python of other addons says, where they leave it in English.

Odoo looks for a sentence in the files of the addon that says it, and nowhere else: those of
`i18n_extra/fr.po` that are code are added to what Odoo has read of that addon. What it says in
French already stays. JavaScript needs nothing: it looks into the words of all addons.
"""

from odoo.tools import file_open
from odoo.tools.misc import ReadonlyDict
from odoo.tools.translate import (
    PYTHON_TRANSLATION_COMMENT,
    code_translations,
    translation_file_reader,
)

FRENCH = "fr_FR"
WORDS = "commune_relations/i18n_extra/fr.po"


def supply_words():
    """Called once by each process, when the addon is loaded."""
    for addon, words in _read_words().items():
        known = code_translations.get_python_translations(addon, FRENCH)
        code_translations.python_translations[addon, FRENCH] = ReadonlyDict({**words, **known})


def _read_words():
    """{addon: {what it says in English: French}}"""
    found = {}
    with file_open(WORDS, "rb") as file:
        for row in translation_file_reader(file, fileformat="po"):
            if row["type"] == "code" and PYTHON_TRANSLATION_COMMENT in row["comments"]:
                found.setdefault(row["module"], {})[row["src"]] = row["value"]
    return found


supply_words()
