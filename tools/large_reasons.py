"""Accepted growth of the cost of a call in LARGE, with its reason: `large_reasons.csv`.

A line gives what the milliseconds and the bytes of a call grow with, one of `UNITS` each, and how
many more queries it may send. A call beyond its line, or without a line, is reported: a reason
never hides a regression.
"""

import csv
import re
from pathlib import Path

import large_families as held

ASKED = Path(__file__).parent / "large_reasons.csv"
# How many times as many there are in LARGE; `lines`: as the call shows.
UNITS = {
    "": 1,
    "communes": held.TERRITORIES,
    "agents": held.AGENTS.times,
    "requests": held.REQUESTS.times,
    "members": held.MEMBERS.width,
    "sessions": held.SESSIONS.times,
    "events": held.EVENTS.times,
    "letters": held.LETTERS.total,
    "watch": held.WATCH.times,
    "half-days": held.REPLACEMENT.times,
    "requests to fill": 276 / 25,  # shown at once: what is old is over
}
NOISE = 1.25  # of a machine that others use; names of copies are longer
RATIO, QUERIES = 1.5, 2  # more than that grows
PAGE = 80  # lines of a list
MOST_LINES = 10 * PAGE  # of a board: Odoo opens ten of its columns
LONG_MS = 300  # a page of lines costs less
LINE_BYTES, LINE_MS = 1200, 2  # of a line more, where SMALL has too few to compare
LEAST_MS, LEAST_BYTES = 20, 4000  # below, noise


class Reasons:
    def __init__(self, path=ASKED):
        with path.open(encoding="utf-8") as file:
            lines = list(csv.DictReader(file, delimiter=";"))
        self.lines = [(re.compile(line["call"]), line) for line in lines]
        self.used = set()

    def find(self, small, large):
        """Reason of the cost of a call; empty without one."""
        name = f"{large['kind']}, {large['name']}"
        for number, (pattern, line) in enumerate(self.lines):
            if pattern.search(name):
                self.used.add(number)
                return line["reason"] if is_within(small, large, line) else ""
        return f"shows {describe_lines(small, large)}" if is_page(small, large) else ""

    def get_idle(self):
        """Lines that name no call that grows: to take out."""
        return [
            line["call"] for number, (_p, line) in enumerate(self.lines) if number not in self.used
        ]

    def get_dead(self, calls):
        """Lines that name none of these calls: the name of a call changed, or it has gone."""
        return [line["call"] for pattern, line in self.lines if not any(map(pattern.search, calls))]


def grows(small, large):
    """Whether a call costs more, or fails in LARGE alone."""
    if large["error"]:
        return not small["error"]
    return bool(
        large["queries"] - small["queries"] > QUERIES
        or (large["ms"] > LEAST_MS + small["ms"] and large["ms"] > RATIO * small["ms"])
        or (large["bytes"] > LEAST_BYTES and large["bytes"] > RATIO * small["bytes"])
    )


def is_within(small, large, line):
    """Whether a call costs no more than a line of the table allows."""
    kept = {**UNITS, "lines": large.get("lines", 0) / (small.get("lines") or 1)}
    times = {name: NOISE * kept[line[name]] for name in ("ms", "kB")}
    return not large["error"] and (
        large["queries"] <= small["queries"] + QUERIES + int(line["queries"] or 0)
        and large["ms"] <= LEAST_MS + max(times["ms"], RATIO) * small["ms"]
        and large["bytes"] <= LEAST_BYTES + max(times["kB"], RATIO) * small["bytes"]
    )


def is_page(small, large):
    """Whether a call shows more lines, no more than a page of them, and each costs as before."""
    lines, before = large.get("lines", 0), small.get("lines", 0)
    if not before < lines <= MOST_LINES or large["ms"] >= LONG_MS or large["error"]:
        return False
    times, added = RATIO * lines / max(before, 1), lines - before
    return (
        large["queries"] <= small["queries"] + QUERIES
        and large["ms"] <= max(LEAST_MS, times * small["ms"], RATIO * small["ms"] + added * LINE_MS)
        and large["bytes"] <= RATIO * small["bytes"] + added * LINE_BYTES
    )


def describe_lines(small, large):
    return f"{large['lines']} lines where SMALL has {small['lines']}"
