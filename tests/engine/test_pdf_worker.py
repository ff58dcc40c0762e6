"""A document drawn in a process of its own is the one that would be drawn here."""

import io
import os
import pickle
import signal
import tempfile
import threading
import time
import unittest
from pathlib import Path
from unittest.mock import Mock, patch

from pypdf import PdfReader

from engine import background_task
from engine.background_task import SILENCE
from engine.pdf.worker import Drawing

BASE = "http://house.example/"
SHEET = f"{BASE}sheet.css"
PAGE = """<!DOCTYPE html>
<html lang="fr"><head><title>Essai</title>
<link rel="stylesheet" href="/sheet.css"><link rel="stylesheet" href="/absent.css"></head>
<body><h1>Première</h1><h1>Deuxième</h1><h1>Troisième</h1></body></html>"""
RULES = b"h1 { break-after: page } h1:last-child { break-after: auto }"


class TestPdfWorker(unittest.TestCase):
    def setUp(self):
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.drawing = Drawing(Path(folder.name) / "one")

    def _wait(self):
        pause = threading.Event()
        while not (found := self.drawing.found) and not self.drawing.is_dead:
            pause.wait(0.05)
        return found

    def test_it_is_drawn_with_what_it_was_given_and_nothing_else(self):
        self.drawing.start(PAGE, BASE, {SHEET: (RULES, "text/css")})
        found = self._wait()
        pdf = PdfReader(io.BytesIO(found))
        titles = [page.extract_text().strip() for page in pdf.pages]
        self.assertEqual(titles, ["Première", "Deuxième", "Troisième"])
        self.assertEqual(pdf.root_object["/Lang"], "fr")
        self.assertIn("/StructTreeRoot", pdf.root_object)
        self.assertEqual([mark.title for mark in pdf.outline], titles)
        self.assertEqual(self.drawing.progress, 3)

    def test_what_goes_wrong_is_reported_in_words(self):
        self.drawing.start(None, BASE, {})
        self.assertIsInstance(self._wait(), str)

    def test_one_that_was_killed_is_dead_once_it_is_silent(self):
        number = self.drawing.start(PAGE * 200, BASE, {})
        os.kill(number, signal.SIGKILL)
        before = time.time() - SILENCE - 1
        while not self.drawing.is_dead:
            os.utime(self.drawing.folder / "beat", (before, before))
        self.assertIsNone(self.drawing.found)

    def test_its_signs_of_life_have_the_time_of_who_reads_them(self):
        """A file server dates what is written by a clock of its own."""
        ahead, done = time.time() + 86400, Mock()
        done.wait.side_effect = [False, True]
        with (
            patch.object(background_task.time, "time", lambda: ahead),
            patch.object(background_task.subprocess, "Popen"),
        ):
            self.drawing.start(PAGE, BASE, {})
            beat = self.drawing.folder / "beat"
            self.assertFalse(self.drawing.is_dead)
            os.utime(beat, (0, 0))
            self.assertTrue(self.drawing.is_dead)
            background_task._beat(self.drawing.folder, done)
            self.assertFalse(self.drawing.is_dead)

    def test_nothing_is_read_but_plain_values(self):
        self.drawing.try_again()
        (self.drawing.folder / "found").write_bytes(pickle.dumps(os.system))
        with self.assertRaises(pickle.UnpicklingError):
            self.drawing.found  # noqa: B018

    def test_nobody_else_of_the_server_looks_into_its_folder(self):
        self.drawing.start(PAGE, BASE, {})
        self.assertEqual(self.drawing.folder.stat().st_mode & 0o077, 0)
        self._wait()
