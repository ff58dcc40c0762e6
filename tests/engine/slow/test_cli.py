"""Behaviour common to every command line: help, options anywhere, one-line errors, code 2."""

import os
import subprocess
import sys
from unittest import TestCase

from staffing_cases import ROOT, plain

from engine.text.cli import CommandError, Options

# The words of a command that works, up to its options, and one of its options with a value.
COMMANDS = {
    "opendata": (["rne", "rien.csv"], "--communes"),
    "orientation": (["rien.csv"], "--limit"),
    "staffing": (["rien.csv", "rien.csv"], "--seconds"),
    "calendar": (["notice"], "--meeting"),
}
# Those whose options take no value.
OTHERS = ("web", "feed")
# A folder, and a name of file that is not UTF-8.
BAD_FILES = ((os.fsencode(ROOT), "est un dossier"), (b"\xffrien.csv", "n'existe pas"))


def call(command, *arguments, typed=b""):
    """Run a command in a process of its own."""
    done = subprocess.run(
        [sys.executable, "-m", f"engine.{command}", *arguments],
        cwd=ROOT,
        input=typed,
        capture_output=True,
        check=False,
        env={"PATH": "/usr/bin:/bin", "LC_ALL": "C"},
    )
    return done.returncode, done.stdout, done.stderr.decode()


class TestEntryPoints(TestCase):
    def refused(self, message, command, *arguments):
        code, out, err = call(command, *arguments)
        self.assertEqual((code, out), (2, b""), err)
        self.assertEqual(err.count("\n"), 1, err)
        self.assertIn(message, plain(err))

    def test_every_command_is_here(self):
        found = {path.parent.name for path in (ROOT / "engine").rglob("__main__.py")}
        self.assertEqual(found, {*COMMANDS, *OTHERS})

    def test_help_wherever_it_is_asked(self):
        for command in (*COMMANDS, *OTHERS):
            words = COMMANDS.get(command, ([], ""))[0]
            code, out, err = call(command, *words, "--help")
            self.assertEqual((code, err), (0, ""))
            self.assertIn(f"python -m engine.{command}", out.decode())

    def test_an_unknown_option(self):
        for command, (words, _option) in COMMANDS.items():
            self.refused("Option inconnue : « --rapide ».", command, *words, "--rapide")
        for command in OTHERS:
            self.refused("Option inconnue : « -x ».", command, "-x")

    def test_an_option_without_its_value(self):
        for command, (words, option) in COMMANDS.items():
            self.refused(f"L'option « {option} » demande une valeur.", command, *words, option)

    def test_a_file_that_cannot_be_read(self):
        options = {"opendata": ["--communes=57463"]}
        for command, count in (("opendata", 1), ("orientation", 1), ("staffing", 2)):
            for file, message in BAD_FILES:
                first = ["rne"] if command == "opendata" else []
                self.refused(message, command, *first, *[file] * count, *options.get(command, []))

    def test_a_word_too_much(self):
        self.refused("« demain » est en trop.", "calendar", "notice", "demain", "soir")
        self.refused("« journal.log » est en trop.", "web", "journal.log")
        self.refused("L'option --rule manque.", "calendar", "notice", "--meeting=2026-12-14")

    def test_a_log_keeps_all_but_its_secrets(self):
        log = b"GET /session/abcdef HTTP\nm\xe9moire \xe2\x82\xac\nsans fin de ligne"
        wanted = "GET /session/••• HTTP\n".encode() + log.split(b"\n", 1)[1]
        self.assertEqual(call("web", typed=log), (0, wanted, ""))


class TestOptions(TestCase):
    def setUp(self):
        self.options = Options()
        self.options.add_argument("--solver", default="cpsat")
        self.options.add_argument("--good-friday", action="store_true")

    def test_files_and_options_in_any_order(self):
        for typed in (
            "a.csv --solver greedy b.csv",
            "--solver=greedy a.csv b.csv",
            "a.csv b.csv --solver greedy",
        ):
            with self.subTest(typed):
                words, found = self.options.parse(typed.split())
                self.assertEqual((words, found.solver), (["a.csv", "b.csv"], "greedy"))

    def test_what_is_not_an_option(self):
        self.assertEqual(self.options.parse(["-"])[0], ["-"])
        self.assertEqual(self.options.parse([])[1].solver, "cpsat")
        self.assertEqual(self.options.parse(["--solver", "-1"])[1].solver, "-1")

    def test_wrong_options(self):
        for typed, code, value in (
            ("--solver", "missing_value", "--solver"),
            ("--solver=", "missing_value", "--solver"),
            ("--solver --good-friday", "missing_value", "--solver"),
            ("--sol greedy", "unknown_option", "--sol"),
            ("--good-friday=oui", "unknown_option", "--good-friday=oui"),
            ("a -1", "unknown_option", "-1"),
        ):
            with self.subTest(typed), self.assertRaises(CommandError) as caught:
                self.options.parse(typed.split())
            self.assertEqual(
                (caught.exception.code, caught.exception.params["value"]), (code, value)
            )
