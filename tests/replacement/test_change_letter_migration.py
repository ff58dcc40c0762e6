"""The update rewrites the letters about changed half-days that nobody rewrote."""

import importlib.util
import json
from pathlib import Path

from lxml import etree

from odoo.tests import TransactionCase, tagged
from odoo.tools import SQL

FOLDER = Path(__file__).parents[2] / "migrations" / "19.0.2.1.0"
FORMER = json.loads((FOLDER / "former_change_letters.json").read_text(encoding="utf-8"))


@tagged("post_install", "-at_install")
class TestChangeLetterMigration(TransactionCase):
    """Each letter is first as 19.0.1.19.0 left it: the same words in both languages."""

    def setUp(self):
        super().setUp()
        self.letters = {name: self.env.ref(f"commune_relations.{name}") for name in FORMER}
        self.today = {name: self._read(name) for name in FORMER}
        for name, texts in FORMER.items():
            for field, words in texts.items():
                self._write(name, field, words)
        spec = importlib.util.spec_from_file_location(
            "post_change_letters", FOLDER / "post-change_letters.py"
        )
        self.script = importlib.util.module_from_spec(spec)
        spec.loader.exec_module(self.script)

    def _write(self, name, field, words):
        """In all languages, as the database holds them."""
        self.env.flush_all()
        column = SQL.identifier(field)
        self.env.cr.execute(
            SQL(
                "UPDATE mail_template SET %s = %s::jsonb WHERE id = %s",
                column,
                json.dumps(words),
                self.letters[name].id,
            )
        )
        self.env.invalidate_all()

    def _read(self, name):
        """Subject and body, in all languages."""
        self.env.flush_all()
        self.env.cr.execute(
            "SELECT subject, body_html FROM mail_template WHERE id = %s", [self.letters[name].id]
        )
        return self.env.cr.fetchone()

    def _migrate(self):
        self.env.flush_all()
        self.script.migrate(self.env.cr, "19.0.2.0.0")
        self.env.flush_all()
        module = self.env["ir.module.module"].search([("name", "=", "commune_relations")])
        module._update_translations(["fr_FR"])  # as Odoo does after the scripts
        self.env.invalidate_all()

    def test_a_text_is_the_same_in_a_file_and_in_the_database(self):
        """Odoo cleans the text of a file when it loads it."""
        root = self.script.read_records(FORMER)
        for name in FORMER:
            body = root.find(f".//record[@id='{name}']/field[@name='body_html']")
            text = "".join(etree.tostring(part, encoding="unicode") for part in body)
            found = self.script.normalise(self.today[name][1]["en_US"])
            self.assertEqual(found, self.script.normalise(text.strip()))

    def test_letters_as_they_shipped_take_the_text_of_today(self):
        self._migrate()
        for name in FORMER:
            subject, body = self._read(name)
            self.assertEqual(subject["fr_FR"], "{{ object._get_change_subject() }}")
            self.assertEqual((subject, body), self.today[name])

    def test_a_letter_that_a_user_rewrote_stays(self):
        """In one language: the other letter is rewritten, this one in none."""
        name, other = FORMER
        for lang, field, old, new in (
            ("fr_FR", "subject", "ce qui change", "changements"),
            ("fr_FR", "body_html", "ce qui change", "les changements"),
            ("en_US", "body_html", "This changes", "What changes"),
        ):
            with self.subTest(lang=lang, field=field), self.env.cr.savepoint() as savepoint:
                words = dict(FORMER[name][field])
                self.assertIn(old, words[lang])
                words[lang] = words[lang].replace(old, new)
                self._write(name, field, words)
                written = self._read(name)
                self._migrate()
                self.assertEqual(self._read(name), written)
                self.assertEqual(self._read(other), self.today[other])
                savepoint.rollback()
