"""The bench on growth: a reason explains what it allows, and hides nothing that gets worse."""

import importlib
import re
import sys
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
