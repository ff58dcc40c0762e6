"""Plan built from the solver's choice: hours of arrival, and warnings before it is saved."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import replace
from datetime import date

from .agent_schedule import Diary
from .eligibility import Board
from .hours import clock, duration
from .messages import message
from .model import AM, PM, Assignment, HalfDay, Notice, Plan, monday


def finished(board: Board, chosen: dict, solver: str, seconds: float, bound=None, **more) -> Plan:
    """The plan of a choice (request, half-day) -> agent."""
    ordered = sorted(chosen.items(), key=lambda item: (item[0][1], item[0][0]))
    ones = [Assignment(request, slot, agent) for (request, slot), agent in ordered]
    diaries, notices = _diaries(board, ones), []
    assignments = _arrivals(diaries, ones, notices)
    notices += _of_requests(board, chosen)
    for diary in diaries.values():
        notices += _ways(board, diary) + _weeks(diary)
    bound = board.bound if bound is None else bound
    plan = Plan(
        assignments,
        board.requested,
        max(bound, len(assignments)),
        seconds,
        solver,
        notices=tuple(notices),
        **more,
    )
    return replace(plan, optimal=plan.optimal or plan.bound == plan.filled)


def with_arrivals(board: Board, assignments: Iterable[Assignment]) -> tuple[Assignment, ...]:
    """The same assignments, with the arrival delayed by the rest after an evening or by the length
    of the day. Eligibility and hour are one question: the list of possible agents, the refusal and
    the half-day all use this result.

    >>> from .example import BOARD, MORNING
    >>> [one.start for one in with_arrivals(BOARD, [Assignment("Brault", MORNING, "Bruno")])]
    [None]
    """
    ones = tuple(replace(one, start=None) for one in assignments)
    return _arrivals(_diaries(board, ones), ones, [])


def _diaries(board: Board, ones: Iterable[Assignment]) -> dict[str, Diary]:
    """Of the agents who do something."""
    diaries: dict[str, Diary] = {}
    for one in ones:
        if one.agent in board.agents and one.request in board.requests:
            diary = diaries.setdefault(one.agent, Diary(board.agents[one.agent], board))
            diary.add(one.half_day, board.requests[one.request])
    return diaries


def _arrivals(diaries, ones, notices: list) -> tuple[Assignment, ...]:
    return tuple(
        _with_start(one, diaries[one.agent], notices) if one.agent in diaries else one
        for one in ones
    )


def _with_start(one: Assignment, diary: Diary, notices: list) -> Assignment:
    """The hour of arrival when the rules of rest put it off."""
    slot = one.half_day
    if slot.half == PM and HalfDay(slot.date, AM) in diary.entries:
        return one
    day = diary.day(slot.date)
    if day is None or not day.earliest:
        return one
    limits = diary.clock.limits.on(slot.date)
    hours = limits.rest_hours if day.earliest == "rest" else limits.amplitude_hours
    late = day.end
    if day.earliest == "rest":
        before = date.fromordinal(slot.date.toordinal() - 1)
        late = diary.clock.spans(before, diary.halves(before))[-1][1]
    why = message(f"{day.earliest}_rule", value=duration(hours * 60))
    text = message("late_start", wanted=clock(day.start), end=clock(late), why=why)
    notices.append(Notice(one.request, slot, one.agent, day.earliest, text))
    return replace(one, start=day.start.time())


def _of_requests(board: Board, chosen: dict) -> list[Notice]:
    """Other days than those asked, legal checks, texts left aside."""
    found = []
    for code, request in board.requests.items():
        agents = sorted({agent for (one, _slot), agent in chosen.items() if one == code})
        slots = {slot for (one, slot) in chosen if one == code}
        moved = sorted(slot.date for slot in slots - set(request.slots))
        if moved:
            days = ", ".join(f"{day:%d/%m/%Y}" for day in dict.fromkeys(moved))
            found.append(Notice(code, None, "", "other_days", message("other_days", value=days)))
        if request.civil_registry:
            found += [
                Notice(code, None, agent, "civil_registry", message("check_civil_registry"))
                for agent in agents
            ]
        found += [Notice(code, None, "", "not_understood", note) for note in request.notes]
    return found


def _ways(board: Board, diary: Diary) -> list[Notice]:
    """Long ways between two communes at noon: once for two requests, on their first day."""
    found = {}
    for slot in sorted(diary.entries):
        halves = diary.halves(slot.date)
        if slot.half == AM or len(halves) < 2 or halves[AM] is halves[PM]:
            continue
        limits = diary.clock.limits.on(slot.date)
        way = board.distance(halves[AM].code, halves[PM].code, limits.detour)
        pair = (halves[AM].code, halves[PM].code)
        if way and way >= limits.warn_km and pair not in found:
            text = message(
                "long_way",
                km=round(way),
                from_=halves[AM].commune,
                to=halves[PM].commune,
                lunch=round(limits.lunch_minutes),
            )
            found[pair] = Notice(halves[PM].code, slot, diary.agent.code, "travel", text)
    return list(found.values())


def _weeks(diary: Diary) -> list[Notice]:
    """Weeks that hold more than the contract: allowed, but they are overtime."""
    contract = diary.agent.weekly_hours
    if contract is None:
        return []
    weeks: dict[date, float] = defaultdict(float)
    for day in {slot.date for slot in diary.entries}:
        weeks[monday(day)] += diary.day(day).minutes
    return [
        Notice(
            "",
            HalfDay(week, AM),
            diary.agent.code,
            "part_time",
            message("part_time", value=duration(minutes), wanted=duration(contract * 60)),
        )
        for week, minutes in sorted(weeks.items())
        # Less than an hour a week is a matter of roads.
        if minutes > contract * 60 + 60
    ]
