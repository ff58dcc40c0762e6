"""The scenario of 25 requests, and small requests and agents for the other tests."""

import csv
from datetime import date, datetime, time
from functools import cache
from pathlib import Path

from engine.replacement_csv import read_pattern, read_problem
from engine.staffing import (
    AM,
    PM,
    WORKING_WEEK,
    Agent,
    Assignment,
    Board,
    HalfDay,
    Problem,
    Request,
    half_days,
    solve,
)

ROOT = Path(__file__).resolve().parents[2]
FIXTURES = ROOT / "tests" / "fixtures" / "staffing"
REQUESTS = FIXTURES / "replacement_requests.csv"
AGENTS = FIXTURES / "replacement_agents.csv"
MONDAY = date(2027, 1, 4)


@cache
def scenario():
    """The problem of the two files."""
    return read_problem(REQUESTS, AGENTS)


@cache
def board():
    return Board(scenario())


@cache
def greedy_plan():
    return solve(scenario(), "greedy", board=board())


@cache
def best_plan():
    return solve(scenario(), "cpsat", seconds=60, board=board())


@cache
def expected():
    """demande_id -> columns of the file, the expected results among them."""
    with open(REQUESTS, encoding="utf-8", newline="") as file:
        return {row["demande_id"]: row for row in csv.DictReader(file)}


def plain(text):
    """Text with plain spaces and apostrophes, to compare with what a person typed."""
    return text.replace("\u00a0", " ").replace("’", "'")


def days(pattern, start=MONDAY, end=None, closed=None):
    """Half-days of a pattern."""
    return half_days(read_pattern(pattern), start, end or start, closed)


def am(day, month=1, year=2027):
    return HalfDay(date(year, month, day), AM)


def pm(day, month=1, year=2027):
    return HalfDay(date(year, month, day), PM)


def arrived(day):
    """A moment of December 2026, on the clock of the organisation."""
    return datetime.combine(date(2026, 12, day), time())


def agent(code="A1", **values):
    """Somebody who can do everything that is not asked."""
    return Agent(**({"code": code, "pattern": WORKING_WEEK, "statut": "titulaire"} | values))


def request(code="R1", slots=None, **values):
    """A request of one Monday unless notified otherwise."""
    values = {"received": arrived(1), "commune": code} | values
    return Request(code=code, slots=days("lun-ven:J") if slots is None else slots, **values)


def problem(requests, agents, **values):
    return Problem(tuple(requests), tuple(agents), **values)


def given(request_code, agent_code, *slots, start=None):
    """Assignments of an agent."""
    return tuple(Assignment(request_code, slot, agent_code, start) for slot in slots)
