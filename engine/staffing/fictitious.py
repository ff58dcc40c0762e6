"""Invented requests and agents of any number, for measures and tests; no person is real."""

import random
from datetime import date, datetime, timedelta

from .model import AM, PM, Absence, Agent, Exclusion, HalfDay, Problem, Request
from .pattern import WORKING_WEEK, Pattern
from .pattern import half_days as expand

SKILLS = ("ACC", "EC", "ELE", "CPT", "BUD", "PAI", "RH", "URB", "CM", "MP", "SGM")
SOFTWARE = ("BL-EMAGNUS", "COSOLUCE", "JVS", "CIRIL", "CEGID")
FIRST_DAY = date(2027, 1, 4)


def _week(*days: int, halves=(AM, PM)) -> frozenset:
    """Half-days of some days of the week, 0 for Monday."""
    return frozenset((day, half) for day in days for half in halves)


PATTERNS = (
    WORKING_WEEK,
    WORKING_WEEK,
    _week(1, 3),
    _week(0, 1),
    _week(2, halves=[AM]),
    _week(0, halves=[AM]) | _week(3, halves=[PM]),
    _week(4),
)
PART_TIME = (_week(0, 1, 2, 3), _week(0, 1) | _week(2, halves=[AM]), _week(1, 2, 3, 4))
MOVED = Pattern(_week(2, 3))


def fictive(requests: int, agents: int, seed: int = 1, weeks: int = 26) -> Problem:
    """A problem over half a year; the same numbers always give the same problem."""
    source = random.Random(seed)
    people = tuple(_agent(source, number) for number in range(1, agents + 1))
    asked = tuple(_request(source, number, weeks) for number in range(1, requests + 1))
    return Problem(asked, people)


def _agent(source: random.Random, number: int) -> Agent:
    known = source.sample(SKILLS, source.randint(2, 6))
    pattern = WORKING_WEEK
    if source.random() < 0.25:
        pattern = source.choice(PART_TIME)
    absences = ()
    if source.random() < 0.4:
        first = FIRST_DAY + timedelta(days=source.randint(0, 120))
        last = first + timedelta(days=source.randint(0, 12))
        absences = (Absence(HalfDay(first, AM), HalfDay(last, PM)),)
    excluded = ()
    if source.random() < 0.2:
        excluded = (Exclusion(f"Commune {source.randint(1, 46)}"),)
    return Agent(
        code=f"A{number:02d}",
        category=source.choice("CCBBBA"),
        statut=source.choice(("titulaire", "titulaire", "contractuel")),
        pattern=pattern,
        skills={skill: source.randint(1, 3) for skill in known},
        software=frozenset(source.sample(SOFTWARE, source.randint(1, 3))),
        absences=absences,
        exclusions=excluded,
        radius=source.choice((None, None, None, 15.0)),
        licence=source.random() > 0.1,
    )


def _request(source: random.Random, number: int, weeks: int) -> Request:
    first = FIRST_DAY + timedelta(weeks=source.randint(0, weeks - 2), days=source.randint(0, 4))
    last = first + timedelta(days=source.choice((0, 4, 11, 18, 25, 60, 110)))
    wanted = source.sample(SKILLS, source.choice((1, 1, 2, 2, 3)))
    pattern = Pattern(source.choice(PATTERNS))
    other = ()
    if source.random() < 0.1:
        other = (expand(MOVED, first, last),)
    slots = expand(pattern, first, last)
    return Request(
        code=f"R{number:03d}",
        slots=slots,
        alternatives=tuple(found for found in other if found and found != slots),
        commune=f"Commune {source.randint(1, 46)}",
        population=source.choice((300, 700, 1200, 2500, 9000)),
        received=datetime.combine(first, datetime.min.time())
        - timedelta(days=source.randint(1, 60)),
        category=source.choice("CCCBBA"),
        skills={skill: source.randint(1, 2) for skill in wanted},
        software=frozenset(source.sample(SOFTWARE, source.randint(0, 2))),
        splittable=source.random() > 0.25,
        km=float(source.randint(2, 20)),
    )
