"""The portal and its letters speak as a mayor does: other words stay on the screens of the staff.

Which word is for whom: docs/glossary.md."""

import re
from pathlib import Path

import polib

from odoo.tests import BaseCase

ROOT = Path(__file__).resolve().parents[1]
TEMPLATE = re.compile(r'<template\s[^>]*?\bid="(\w+)"')
SHOWN = re.compile(r"arch_db:commune_relations\.(\w+)$")
LETTER = re.compile(r"mail\.template,(?:body_html|subject):commune_relations\.(\w+)$")
# Letters to colleagues, and those of the proxies, which say what the law calls them.
OTHER_LETTERS = re.compile(r"_case|agenda_approval|_arrived|session_proxy")
SAID = re.compile(r"/(controllers/\w+|models/\S+/(portal\w*|home|finder))\.py")
KEPT_FOR_STAFF = re.compile(
    r"empreinte|caduc|tuilage|décharge|appui récurrent|\binstances?\b|dû d’après|liquidatif"
    r"|d’après les utilisations|\bpoints de (?!vente|départ|vue|lumière)",
    re.IGNORECASE,
)


class TestWordsOfMayors(BaseCase):
    def test_no_word_of_the_administration_on_the_portal_and_in_its_letters(self):
        files = (ROOT / "views" / "portal").glob("*.xml")
        pages = {name for file in files for name in TEMPLATE.findall(file.read_text("utf-8"))}
        self.assertGreater(len(pages), 100)
        told = {}
        for entry in polib.pofile(str(ROOT / "i18n" / "fr.po")):
            places = [place for place, _line in entry.occurrences]
            shown = {found[1] for place in places if (found := SHOWN.search(place))}
            letters = {found[1] for place in places if (found := LETTER.search(place))}
            written = [name for name in letters if not OTHER_LETTERS.search(name)]
            if shown & pages or written or any(map(SAID.search, places)):
                told[entry.msgid] = entry.msgstr
        self.assertGreater(len(told), 500)
        wrong = [text for text in told.values() if KEPT_FOR_STAFF.search(text)]
        self.assertEqual(wrong, [])
