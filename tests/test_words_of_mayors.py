"""The portal, the letters and the notices of sessions speak as a mayor does: words of the
administration stay on the screens of the staff.

Which word is for whom: docs/glossary.md."""

import re
from pathlib import Path

import polib

from odoo.tests import BaseCase

ROOT = Path(__file__).resolve().parents[1]
TEMPLATE = re.compile(r'<template\s[^>]*?\bid="(\w+)"')
SHOWN = re.compile(r"arch_db:commune_relations\.(\w+)$")
LETTER = re.compile(r"model:mail\.template,(body_html|subject):")
# The notice of a session, its file, and the reply to an answer.
NOTICE = {"session_notice", "session_file", "session_facts"}
PAGES_CODE = re.compile(
    r"/(controllers/\w+|models/\S+/(portal\w*|home|finder)|\S+/attendance/reply)\.py"
)
KEPT_FOR_STAFF = re.compile(
    r"empreinte|caduc|tuilage|décharge|appui récurrent|\binstances?\b|dû d’après|liquidatif"
    r"|à faire délibérer|représentant de l’État"
    r"|d’après les utilisations|\bpoints de (?!vente|départ|vue|lumière)",
    re.IGNORECASE,
)


class TestWordsOfMayors(BaseCase):
    def test_no_word_of_the_administration_for_a_mayor(self):
        files = (ROOT / "views" / "portal").glob("*.xml")
        pages = {name for file in files for name in TEMPLATE.findall(file.read_text("utf-8"))}
        self.assertGreater(len(pages), 100)
        offending = {}
        for entry in polib.pofile(str(ROOT / "i18n" / "fr.po")):
            places = [place for place, _line in entry.occurrences]
            shown = {found[1] for place in places if (found := SHOWN.search(place))}
            letter = any(map(LETTER.match, places))
            if shown & (pages | NOTICE) or letter or any(map(PAGES_CODE.search, places)):
                offending[entry.msgid] = entry.msgstr
        self.assertGreater(len(offending), 500)
        wrong = [text for text in offending.values() if KEPT_FOR_STAFF.search(text)]
        self.assertEqual(wrong, [])
