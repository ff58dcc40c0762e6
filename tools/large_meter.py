"""Cost of a call: queries, milliseconds of processor (Odoo and PostgreSQL) and bytes.

Each call is undone; none takes more than `MOST_SECONDS` of processor (LARGE_SECONDS), and nothing leaves the machine: a letter
that is sent goes nowhere, a connection is refused.
"""

import gc
import json
import os
import re
import signal
import socket
import time
from contextlib import ExitStack, contextmanager
from types import SimpleNamespace
from unittest.mock import patch

from bench_clock import Clock

import odoo
from odoo.modules.registry import Registry
from odoo.sql_db import Cursor
from odoo.tests.test_cursor import TestCursor

MOST_SECONDS = int(os.environ.get("LARGE_SECONDS") or 120)
ONLY = os.environ.get("LARGE_ONLY") or ""  # a pattern: what is measured is named so
LONG_MS = 20_000  # measured once, cold
SHORT_MS = 400  # measured several times, the least counts: the machine has other work
TURNS = 5  # of a short call, the first one not counted
LINES = re.compile(rb"<(?:li|tr)\b")  # of a page of the portal


class TooLong(BaseException):
    """Past the time of a call: no `except Exception` keeps it."""


class Meter:
    """:param env: that of `odoo shell`
    :param out: the file that gets a line of JSON for each call
    """

    def __init__(self, env, out):
        self.env, self.out, self.clock = env, out, Clock(env)
        self.done = set()

    def measure(self, kind, name, call, quiet=()):
        """Run a call once to warm the caches of the registry, then some times that count.

        :param quiet: ends of errors that are not written
        """
        if (kind, name) in self.done or not self.wants(name):
            return None
        self.done.add((kind, name))
        found = []
        for turn in range(TURNS):
            found.append(self.run(call))
            if found[-1]["error"] or found[-1]["ms"] > (SHORT_MS if turn else LONG_MS):
                break
        counted = found[-1:] if found[-1]["error"] else found[1:] or found
        row = {"kind": kind, "name": name, **min(counted, key=lambda one: one["ms"])}
        if row["error"].endswith(tuple(quiet)) and quiet:
            return row
        self._write(row)
        return row

    def wants(self, name):
        return re.search(ONLY, name)

    def note(self, name, text):
        """Record a result in words, where milliseconds and queries cannot express it."""
        self._write({"kind": "figure", "name": name, "text": text})

    def fail(self, kind, name, error):
        """Record a call that could not even be made: the run fails, as for one that was refused."""
        if self.wants(name):
            figures = {"ms": 0, "queries": 0, "bytes": 0, "lines": 0}
            self._write({"kind": kind, "name": name, **figures, "error": f"{error}"[:200]})

    def _write(self, row):
        self.out.write(json.dumps(row, ensure_ascii=False) + "\n")
        self.out.flush()

    def run(self, call):
        """Run a call and undo it.

        :return: its milliseconds, queries, bytes, lines and error
        """
        cr, error, size, lines = self.env.cr, "", 0, 0
        # Leftovers of earlier calls must not count.
        gc.collect()
        gc.freeze()
        self.env.flush_all()
        self.env.invalidate_all()
        cr.execute("SAVEPOINT large_call")
        before, start = cr.sql_log_count, self.clock.spent()
        try:
            with _at_most(MOST_SECONDS):
                value = call()
                self.env.flush_all()
            size, lines = weigh(value), count_lines(value)
        except (TooLong, Exception) as caught:
            error = f"{type(caught).__name__}: {caught}"[:200]
        spent, queries = self.clock.spent() - start, cr.sql_log_count - before
        gc.unfreeze()
        cr._obj.execute("ROLLBACK TO SAVEPOINT large_call")
        self.env.transaction.clear()
        self.env.invalidate_all(flush=False)
        figures = {"ms": round(spent), "queries": queries, "bytes": size}
        return {**figures, "lines": lines, "error": error}


def weigh(value):
    """Bytes sent to the browser."""
    if isinstance(value, tuple):
        value = value[0]
    if isinstance(value, bytes):
        return len(value)
    return len(json.dumps(value, default=str, ensure_ascii=False).encode())


def count_lines(value):
    """How many lines a screen or a page shows, groups and the lists within a form among them; 0 for
    what has none."""
    if isinstance(value, bytes):
        return len(LINES.findall(value)) if b"<html" in value[:1000] else 0
    if isinstance(value, dict):
        value = value.get("records", value.get("groups"))
    return _count_within(value) if isinstance(value, list) else 0


def _count_within(rows):
    """Rows of which something is read: a form names those that it does not show."""
    shown = [row for row in rows if not isinstance(row, dict) or len(row) > 1]
    lists = (
        value for row in shown if isinstance(row, dict) for value in row.values() if _is_list(value)
    )
    return len(shown) + sum(map(_count_within, lists))


def _is_list(value):
    return isinstance(value, list) and bool(value) and isinstance(value[0], dict)


@contextmanager
def _at_most(seconds):
    def stop(*_args):
        raise TooLong(f"plus de {seconds} s")

    previous = signal.signal(signal.SIGPROF, stop)
    signal.setitimer(signal.ITIMER_PROF, seconds)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_PROF, 0)
        signal.signal(signal.SIGPROF, previous)


def _refuse(*_args, **_kwargs):
    raise OSError("aucune connexion pendant une mesure")


def keep_inside(env):
    """Patches that make one transaction of all: other cursors write in it, nothing is kept.

    :return: what gives all back when it is closed
    """
    stack = ExitStack()
    bench = SimpleNamespace(
        assertCanOpenTestCursor=lambda: None, test_cursor_lock_timeout=20, canonical_tag="banc"
    )
    lock = odoo.tests.common._registry_test_lock

    def open_cursor(readonly=False):
        # For this moment only: Odoo draws no document within a test.
        with patch.object(odoo.modules.module, "current_test", bench):
            return TestCursor(env.cr, lock, False)

    patches = [
        patch.object(env.registry, "cursor", open_cursor),
        patch.object(env.registry, "setup_signaling", lambda: None),
        patch.object(env.registry, "check_signaling", lambda *_args: env.registry),
        patch.object(Cursor, "commit", Cursor.flush),
        patch.object(Cursor, "rollback", lambda cr: cr.clear()),
        patch.object(socket.socket, "connect", _refuse),
        patch.object(time, "sleep", lambda _seconds: None),
        patch.object(env.registry["mail.mail"], "send", lambda mails, *_args, **_kwargs: True),
        patch.object(Registry, "signal_changes", lambda _registry: None),
    ]
    for one in patches:
        stack.enter_context(one)
    env.cr.execute("SET statement_timeout = %s", [MOST_SECONDS * 5000])
    return stack
