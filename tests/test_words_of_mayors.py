"""The portal speaks as a mayor does: words of the administration stay on the screens of the staff.

Which word is for whom: docs/glossary.md."""

import re
from pathlib import Path

import polib

from odoo.tests import BaseCase

ROOT = Path(__file__).resolve().parents[1]
TEMPLATE = re.compile(r'<template\s[^>]*?\bid="(\w+)"')
SHOWN = re.compile(r"arch_db:commune_relations\.(\w+)$")
SAID = re.compile(r"/(controllers/\w+|models/\S+/(portal\w*|home|finder))\.py")
KEPT_FOR_STAFF = re.compile(
    r"empreinte|caduc|tuilage|décharge|appui récurrent|\binstances?\b|dû d’après|liquidatif"
    r"|d’après les utilisations|\bpoints de (?!vente|départ|vue|lumière)",
    re.IGNORECASE,
)


class TestWordsOfMayors(BaseCase):
    def test_no_word_of_the_administration_on_the_portal(self):
        files = (ROOT / "views" / "portal").glob("*.xml")
        pages = {name for file in files for name in TEMPLATE.findall(file.read_text("utf-8"))}
        self.assertGreater(len(pages), 100)
        told = {}
        for entry in polib.pofile(str(ROOT / "i18n" / "fr.po")):
            places = [place for place, _line in entry.occurrences]
            shown = {found[1] for place in places if (found := SHOWN.search(place))}
            if shown & pages or any(map(SAID.search, places)):
                told[entry.msgid] = entry.msgstr
        self.assertGreater(len(told), 500)
        wrong = [text for text in told.values() if KEPT_FOR_STAFF.search(text)]
        self.assertEqual(wrong, [])
