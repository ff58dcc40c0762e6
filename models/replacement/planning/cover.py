"""Who could be in each commune on a morning: the engine's rules, all the communes at once."""

from dataclasses import dataclass

from ....engine.staffing import Board, HalfDay, Problem, Request
from ..slot.slot import LIVE
from .engine_adapter import (
    agent_code,
    find_covered,
    get_points,
    read_agents,
)

RECEPTION = {"ACC": 2}  # the minimum to open a town hall to the public


@dataclass(frozen=True)
class Cover:
    """agent: hr.employee, the nearest; empty when nobody can. km, minutes: of the road, None when
    a position is not known. count: how many could go."""

    has_agreement: bool
    agent: object
    km: float | None = None
    minutes: int | None = None
    count: int = 0


def cover(communes, day):
    """{commune: Cover} on the morning of a day; in a constant number of queries.

    :param communes: res.partner, as superuser
    """
    env = communes.env
    pool = env["hr.employee"].search([("is_replacement_agent", "=", True)])
    slot = HalfDay(day, "am")
    held = env["commune.replacement.slot"].search(
        [("date", "=", day), ("half_day", "=", "am"), ("state", "in", LIVE)]
    )
    skills = env["hr.skill"]._by_commune_code()
    wanted = {skills[code].name: level for code, level in RECEPTION.items() if code in skills}
    covered = find_covered(communes, day)
    asked = [_ask(one, slot, wanted, one in covered) for one in communes]
    problem = Problem(
        tuple(asked),
        tuple(read_agents(pool, day, day).values()),
        limits=env["commune.work.rule"]._get_limits(env.company, day, day),
        distance=get_points(communes | pool.base_commune_id),
    )
    board, by_code = Board(problem), {agent_code(one): one for one in pool}
    busy = {agent_code(agent) for agent in held.employee_id}
    return {one: _find(board, str(one.id), slot, by_code, busy, one in covered) for one in communes}


def _ask(commune, slot, skills, has_agreement):
    return Request(
        code=str(commune.id),
        slots=(slot,),
        commune=commune.name,
        insee_code=commune.insee_code or "",
        population=commune.population or None,
        skills=skills,
        software=frozenset(commune.commune_software_ids.mapped("name")),
        bus=commune.has_bus_link or None,
        agreement=has_agreement,
    )


def _find(board, code, slot, by_code, busy, has_agreement):
    free = [name for name in board.possible.get((code, slot), ()) if name not in busy]
    if not free:
        return Cover(has_agreement, None)
    far = float("inf")
    roads = {name: board.home_distance(code, name) for name in free}
    best = min(free, key=lambda name: (far if roads[name] is None else roads[name], name))
    km, speed = roads[best], board.problem.limits.on(slot.date).speed_kmh
    minutes = None if km is None else round(km / speed * 60)
    return Cover(has_agreement, by_code[best], km, minutes, len(free))
