"""The bench on growth: a reason explains what it allows, and hides nothing that gets worse; a run
with a call that failed or that nothing explains ends with an error."""

import importlib
import json
import os
import re
import subprocess
import sys
import tempfile
import unittest
from pathlib import Path
from unittest.mock import patch

TOOLS = Path(__file__).parents[2] / "tools"
HEAD = ("call", "ms", "kB", "queries", "reason")
SMALL = {"kind": "menu", "name": "Essai", "ms": 100, "queries": 10, "bytes": 10_000, "lines": 5}
SMALL["error"] = ""


class TestBenchReasons(unittest.TestCase):
    def setUp(self):
        super().setUp()
        with patch.object(sys, "path", [str(TOOLS), *sys.path]):
            self.tool = importlib.import_module("large_reasons")

    def _why(self, line, **large):
        """The reason given for a call, from a line of the table."""
        reasons = self.tool.Reasons()
        reasons.lines = [(re.compile(line[0]), dict(zip(HEAD, line, strict=True)))]
        return reasons.find(SMALL, {**SMALL, **large})

    def test_a_reason_allows_what_it_says_and_no_more(self):
        line = ("^menu, Essai", "communes", "communes", "1", "une ligne par commune")
        self.assertTrue(self._why(line, ms=1800, bytes=180_000, queries=13))
        for worse in ({"ms": 2300}, {"bytes": 300_000}, {"queries": 14}, {"error": "MemoryError"}):
            with self.subTest(worse):
                self.assertFalse(self._why(line, **worse))

    def test_a_page_of_lines_explains_itself(self):
        line = ("^form", "", "", "0", "autre chose")
        self.assertIn("80 lines where SMALL has 5", self._why(line, lines=80, bytes=90_000))
        self.assertFalse(self._why(line, lines=80, bytes=300_000))
        self.assertFalse(self._why(line, lines=5, bytes=90_000))

    def test_the_table_can_be_read(self):
        for _pattern, line in self.tool.Reasons().lines:
            with self.subTest(line["call"]):
                self.assertEqual(list(line), list(HEAD))
                self.assertTrue({line["ms"], line["kB"]} <= {*self.tool.UNITS, "lines"})
                self.assertTrue(line["reason"])


class TestBenchEnd(unittest.TestCase):
    """What the shell reads of a run: its exit status, and what it says on the way out."""

    def _end(self, small=None, large=None, **environ):
        """(status, last words) of the table of one call, in a run of some calls alone."""
        with tempfile.TemporaryDirectory() as folder:
            paths = []
            for name, values in (("small", small), ("large", large)):
                path = Path(folder) / name
                path.write_text(json.dumps({**SMALL, **(values or {})}) + "\n")
                paths.append(str(path))
            done = subprocess.run(
                [sys.executable, str(TOOLS / "large_table.py"), *paths],
                env={**os.environ, "LARGE_ONLY": "Essai", **environ},
                capture_output=True,
                text=True,
                check=False,
            )
        return done.returncode, done.stderr

    def test_a_run_without_a_fault_ends_well(self):
        self.assertEqual(self._end(), (0, ""))

    def test_what_nothing_explains_is_an_error(self):
        status, words = self._end(large={"queries": 14})
        self.assertEqual(status, 1)
        self.assertIn("Unexplained: menu, Essai", words)

    def test_a_call_that_failed_is_no_measure(self):
        for both in (True, False):
            for size in ("SMALL", "LARGE"):
                failed, fine = (
                    {"error": "ValueError: 405"},
                    {"error": "ValueError: 405"} if both else {},
                )
                pair = (failed, fine) if size == "SMALL" else (fine, failed)
                with self.subTest(size, both=both):
                    status, words = self._end(*pair)
                    self.assertEqual(status, 1)
                    self.assertIn(f"Failed in {size}: menu, Essai: ValueError: 405", words)

    def test_a_whole_run_finds_tables_that_name_nothing(self):
        status, words = self._end(LARGE_ONLY="", LARGE_PARTS="sprcg")
        self.assertEqual(status, 1)
        self.assertIn("No call has this name: action, qui peut y aller (large_sections.csv)", words)
        self.assertRegex(words, r"No call has this name: .*ma journée.* \(large_reasons.csv\)")
