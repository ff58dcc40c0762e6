"""The words that `bin/lint` refuses, in names, variables, docstrings and comments."""

import importlib.util
import tempfile
import unittest
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
SPEC = importlib.util.spec_from_file_location("lint_words", ROOT / "tools" / "lint_words.py")
lint_words = importlib.util.module_from_spec(SPEC)
SPEC.loader.exec_module(lint_words)


class TestWords(unittest.TestCase):
    def _check(self, code, name="a.py"):
        """[(line, refused word)] of a file."""
        with tempfile.TemporaryDirectory() as folder:
            (Path(folder) / name).write_text(code, "utf-8")
            problems = []
            lint_words.check_words(problems, [Path(name)], Path(folder))
        return [tuple(problem.split(": ")[:2]) for problem in problems]

    def test_prose_and_variables_are_refused(self):
        code = (
            '"""Whoever reads it."""\n\n\ndef f(ours, text):\n    # in the house\n    said = text\n'
        )
        self.assertEqual(
            self._check(code),
            [("a.py:1", "Whoever"), ("a.py:4", "ours"), ("a.py:5", "house"), ("a.py:6", "said")],
        )

    def test_identifiers_are_refused_in_every_language(self):
        self.assertEqual(self._check('<field name="told_to"/>', "a.xml"), [("a.xml:1", "told_to")])
        self.assertEqual(self._check("isOurs();", "a.js"), [("a.js:1", "isOurs")])

    def test_english_texts_for_translators_are_read_in_the_catalogue_alone(self):
        code = '#: a_told:0\nmsgid ""\n"Nobody was told "\n"by the house."\nmsgstr "told"\n'
        expected = [("a.pot:3", "told"), ("a.pot:4", "the house")]
        self.assertEqual(self._check(code, "a.pot"), expected)

    def test_texts_of_users_and_examples_are_free(self):
        code = 'def f(text):\n    """A.\n\n    >>> f("told")\n    """\n    return "told" + text\n'
        self.assertEqual(self._check(code), [])
