"""python -m engine.opendata: JSON on standard output, one line and exit code 2 on errors."""

import json
import subprocess
import sys
import tempfile
from pathlib import Path
from unittest import TestCase

from rne_cases import COUNCILS, DELEGATES, FIXTURES, MAYORS, METZ, text_file

from engine.french_messages import FrenchError
from engine.opendata import __main__ as cli

ROOT = Path(__file__).resolve().parents[2]


def command(*arguments):
    """Run the command line in a process of its own."""
    process = subprocess.run(
        [sys.executable, "-m", "engine.opendata", *map(str, arguments)],
        cwd=ROOT,
        capture_output=True,
        check=False,
        env={"PATH": "/usr/bin:/bin", "LC_ALL": "C"},
    )
    return process.returncode, process.stdout.decode(), process.stderr.decode()


class TestCommand(TestCase):
    maxDiff = None

    def test_mandates_of_some_communes(self):
        code, out, err = command("rne", MAYORS, "--communes", "57463,57017")
        self.assertEqual((code, err), (0, ""))
        answer = json.loads(out)
        self.assertEqual(list(answer), ["rows_read", "rows_kept", "layout", "mandates", "issues"])
        self.assertEqual((answer["rows_read"], answer["rows_kept"]), (45, 2))
        self.assertEqual(
            answer["mandates"][0],
            {
                "insee_code": "57017",
                "last_name": "D'ANGELO",
                "first_name": "Céline",
                "civility": "Mme",
                "function": "mayor",
                "rank": 0,
                "date_start": "2026-03-15",
                "function_date": "2026-03-22",
            },
        )
        self.assertEqual(answer["layout"]["kind"], "mayor")
        self.assertEqual(answer["issues"], [])

    def test_an_error_is_one_line_with_exit_code_2(self):
        for arguments, words in (
            (["rne", "rien.csv", "--communes", "57463"], "rien.csv"),
            (["rne", MAYORS, "--foo"], "--foo"),
        ):
            code, out, err = command(*arguments)
            self.assertEqual((code, out), (2, ""))
            self.assertEqual(err.count("\n"), 1)
            self.assertIn(words, err)


class TestAnswers(TestCase):
    """The same without a process, which is faster."""

    def answer(self, *arguments):
        return json.loads(cli.run(list(map(str, arguments))))

    def refuse(self, code, *arguments):
        with self.assertRaises(FrenchError) as caught:
            cli.run(list(map(str, arguments)))
        self.assertEqual(caught.exception.code, code)

    def test_an_intercommunality_includes_its_communes(self):
        answer = self.answer("rne", COUNCILS, f"--epci={METZ}")
        self.assertEqual(answer["rows_kept"], 868)

    def test_several_files_and_a_delegate(self):
        answer = self.answer("rne", MAYORS, DELEGATES, "--epci", METZ, "--communes", "57017")
        self.assertEqual(answer["layout"]["kinds"], ["community", "mayor"])
        self.assertEqual(
            [layout["kind"] for layout in answer["layout"]["files"]], ["mayor", "community"]
        )
        delegate = answer["mandates"][45]
        self.assertEqual((delegate["siren"], delegate["commune_code"]), (METZ, "57017"))
        self.assertNotIn("insee_code", delegate)
        self.assertIsNone(answer["mandates"][-1]["function_date"])

    def test_the_published_layouts(self):
        for path in FIXTURES.glob("*mai*.csv"):
            with self.subTest(path.name):
                self.assertIn(self.answer("rne", path, "--epci", METZ)["rows_kept"], (10, 45))

    def test_a_remark(self):
        path = Path(self.enterContext(tempfile.TemporaryDirectory())) / "essai.csv"
        path.write_bytes(text_file("57463;ROUX;Zoé;F;31/02/2026;;")[1])
        answer = self.answer("rne", path, "--communes", "57463")
        self.assertEqual(answer["mandates"], [])
        (issue,) = answer["issues"]
        self.assertEqual(
            (issue["file"], issue["line"], issue["column"], issue["value"]),
            ("essai.csv", 2, "Date de début du mandat", "31/02/2026"),
        )
        self.assertIn("31/02/2026", issue["message"])

    def test_wrong_commands(self):
        self.refuse("unknown_command", "foo")
        self.refuse("unknown_option", "rne", MAYORS, "--commune", "57463")
        self.refuse("missing_value", "rne", MAYORS, "--communes")
        self.refuse("missing_value", "rne", MAYORS, "--communes", "--epci")
        self.refuse("no_place_wanted", "rne", MAYORS)
        self.refuse("no_file", "rne", "--communes", "57463")
        self.refuse("bad_insee", "rne", MAYORS, "--communes", "Metz")
        self.refuse("unknown_epci", "rne", MAYORS, "--epci", "123456789")
        self.refuse("members_unknown", "rne", MAYORS, "--epci", "200057867")
        self.refuse("no_text", "epci")

    def test_the_intercommunalities_that_a_text_may_mean(self):
        (found,) = self.answer("epci", "Peltre")
        self.assertEqual((found["siren"], found["name"]), (METZ, "Metz Métropole"))

    def test_help(self):
        self.assertIn("--epci", cli.run([]))
