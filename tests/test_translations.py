"""French first: not one string of the addon is left in English."""

from pathlib import Path

import polib

from odoo.tests import BaseCase, tagged

from ..engine.law import cite


@tagged("post_install", "-at_install")
class TestTranslations(BaseCase):
    def test_the_french_file_has_no_hole(self):
        path = Path(__file__).parents[1] / "i18n" / "fr.po"
        po = polib.pofile(str(path))
        self.assertGreater(len(po), 500)
        self.assertEqual([entry.msgid for entry in po.untranslated_entries()], [])
        self.assertEqual([entry.msgid for entry in po.fuzzy_entries()], [])

    def test_placeholders_survive_the_translation(self):
        path = Path(__file__).parents[1] / "i18n" / "fr.po"
        for entry in polib.pofile(str(path)):
            names = {part.split(")")[0] for part in entry.msgid.split("%(")[1:]}
            found = {part.split(")")[0] for part in entry.msgstr.split("%(")[1:]}
            self.assertEqual(names, found, entry.msgid)

    def test_articles_of_law_are_quoted_in_one_way(self):
        """`bin/i18n` writes them so: CGCT, art. L. 5211-4-2, with spaces that do not break."""
        path = Path(__file__).parents[1] / "i18n" / "fr.po"
        for entry in polib.pofile(str(path)):
            self.assertEqual(entry.msgstr, cite(entry.msgstr))
