"""A search in a worker process: found, stopped, killed; foreign output is never read."""

import os
import pickle
import signal
import tempfile
import threading
import time
import unittest
from pathlib import Path

from engine.staffing import solve
from engine.staffing.example import PROBLEM
from engine.staffing.fictitious import fictive
from engine.staffing.worker import SILENCE, Search


class TestStaffingWorker(unittest.TestCase):
    def setUp(self):
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.search = Search(Path(folder.name) / "one")

    def _wait(self, ready):
        """What `ready` gives, as soon as it does; a search that is dead ends the wait."""
        pause = threading.Event()
        while not (found := ready()) and not self.search.is_dead:
            pause.wait(0.05)
        return found

    def test_the_plan_is_the_one_that_the_solver_finds_here(self):
        self.assertFalse(self.search.is_begun)
        self.search.start(PROBLEM, "cpsat", 20)
        self.assertTrue(self.search.is_begun)
        plan = self._wait(lambda: self.search.found)
        self.assertEqual(plan.by_slot, solve(PROBLEM).by_slot)
        self.search.forget()
        self.assertFalse(self.search.is_begun)
        self.assertIsNone(self.search.found)

    def test_two_servers_that_share_their_files_have_each_its_own_plan(self):
        """The same number in two databases: forty half-days are not an answer to three."""
        other = Search(self.search.home)
        other.start(fictive(10, 5), "greedy", 5)
        self.search.start(PROBLEM, "greedy", 5)
        found = [self._wait(lambda one=one: one.found) for one in (self.search, other)]
        wanted = [solve(PROBLEM, "greedy"), solve(fictive(10, 5), "greedy")]
        self.assertEqual([one.by_slot for one in found], [one.by_slot for one in wanted])
        self.search.forget()
        self.assertTrue(other.is_begun)

    def test_what_bears_another_fingerprint_is_not_taken(self):
        self.search.start(PROBLEM, "greedy", 5)
        self.assertTrue(self._wait(lambda: self.search.found))
        other = Search(self.search.home)
        other.start(fictive(10, 5), "greedy", 5)
        self.assertTrue(self._wait(lambda: other.found))
        (self.search.folder / "found").replace(other.folder / "found")
        self.assertIsNone(other.found)

    def test_anyone_who_comes_back_later_stops_it_and_has_the_best_so_far(self):
        self.search.start(fictive(60, 20), "cpsat", 600)
        later = Search(self.search.home, self.search.mark)
        self.assertTrue(self._wait(lambda: later.progress or later.found))
        later.stop()
        self.assertGreater(self._wait(lambda: later.found).filled, 0)

    def test_a_search_that_was_killed_is_dead_once_it_is_silent(self):
        number = self.search.start(fictive(60, 20), "cpsat", 600)
        self.assertFalse(self.search.is_dead)
        os.kill(number, signal.SIGKILL)
        before = time.time() - SILENCE - 1
        beat = self.search.folder / "beat"
        # The signs of life of a process that is ending may still come.
        while not self.search.is_dead:
            os.utime(beat, (before, before))
        self.assertIsNone(self.search.found)

    def test_what_goes_wrong_is_reported_in_words(self):
        self.search.start("no problem at all", "cpsat", 5)
        self.assertIsInstance(self._wait(lambda: self.search.found), str)

    def test_nothing_is_read_but_values_of_the_staffing(self):
        self.search.try_again()
        (self.search.folder / "found").write_bytes(pickle.dumps(os.system))
        with self.assertRaises(pickle.UnpicklingError):
            self.search.found  # noqa: B018

    def test_tries_are_counted_until_it_begins(self):
        self.assertEqual([self.search.try_again() for _time in range(3)], [1, 2, 3])
        self.search.start(PROBLEM, "greedy", 5)
        self.assertEqual(self.search.try_again(), 1)
