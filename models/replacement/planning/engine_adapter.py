"""Records of Odoo as plain values for the staffing engine: three batched reads, no more."""

from dataclasses import dataclass, replace
from datetime import UTC, time, timedelta
from functools import cached_property

from odoo.fields import Domain

from ....engine.staffing import (
    Absence,
    Agent,
    Assignment,
    Board,
    Evening,
    Exclusion,
    HalfDay,
    Points,
    Problem,
    Request,
)
from ..slot.slot import LIVE


@dataclass
class Staffing:
    """A problem of the engine and the records behind its codes."""

    problem: Problem
    requests: dict
    agents: dict
    standing: frozenset = frozenset()  # (request, half-day) already held in Odoo

    @cached_property
    def board(self):
        """Who could do what."""
        return Board(self.problem)

    def with_locked(self, choices):
        """The same with choices that a user wants to keep."""
        locked = tuple(dict.fromkeys((*self.problem.locked, *choices)))
        return replace(self, problem=replace(self.problem, locked=locked))


def request_code(request):
    """What the engine calls a request."""
    return request.code or request.name


def agent_code(agent):
    """What the engine calls an agent."""
    return agent.agent_code or f"{agent.name} ({agent.id})"


def _get_words(requests, agents):
    """What its sentences call them: the commune and the number, the name."""
    names = {request_code(one): f"{one.commune_id.name} ({one.name})" for one in requests}
    return {**names, **{agent_code(one): one.name for one in agents}}


def build(requests, agents=None):
    """The problem of these requests; what the agents already hold elsewhere is locked.

    :param requests: commune.replacement.request, as superuser
    :param agents: hr.employee; all the agents of the pool when None
    """
    env = requests.env
    if agents is None:
        agents = env["hr.employee"].search([("is_replacement_agent", "=", True)])
    start, end = _get_period(requests)
    around = _find_around(requests, agents, start, end)
    everything = requests | around.request_id
    agreements = requests._get_agreements_by_day()
    asked = [_request(one, _is_covered(one, agreements[one])) for one in requests]
    held = around.grouped("request_id")
    asked += [_context(one, held[one]) for one in everything - requests]
    locked = [
        Assignment(request_code(slot.request_id), half_day(slot), agent_code(slot.employee_id))
        for slot in requests.slot_ids.filtered(lambda s: s.state in LIVE) | around
    ]
    limits = env["commune.work.rule"]._get_limits(env.company, start, end)
    problem = Problem(
        tuple(asked),
        tuple(read_agents(agents, start, end).values()),
        locked=tuple(dict.fromkeys(locked)),
        forbidden=_find_declined(requests),
        limits=limits,
        distance=get_points(everything.commune_id | agents.base_commune_id),
        words=_get_words(everything, agents),
    )
    return Staffing(
        problem,
        {request_code(one): one for one in everything},
        {agent_code(one): one for one in agents},
        frozenset((one.request, one.half_day) for one in locked),
    )


def build_held(slots, agents, limits):
    """Problem with assigned half-days only and nothing to plan, to compute their hours.

    :param slots: held, as superuser
    """
    held = slots.grouped("request_id")
    days = slots.mapped("date")
    return Problem(
        tuple(_context(request, some) for request, some in held.items()),
        tuple(read_agents(agents, min(days), max(days)).values()) if days else (),
        locked=tuple(
            Assignment(request_code(one.request_id), half_day(one), agent_code(one.employee_id))
            for one in slots
        ),
        limits=limits,
    )


def half_day(slot):
    """A half-day of the engine."""
    return HalfDay(slot.date, slot.half_day)


def _get_period(requests):
    """First and last day that count for these requests: hours are averaged over weeks."""
    days = requests.slot_ids.mapped("date") or [requests.env.company._get_today()]
    around = requests.env["commune.work.rule"]._get_longest_average(requests.env.company)
    return min(days) - around, max(days) + around


def _find_around(requests, agents, start, end):
    """Half-days that the agents hold for other requests, near enough to count."""
    if not requests:
        return requests.env["commune.replacement.slot"]
    domain = (
        Domain("employee_id", "in", agents.ids)
        & Domain("state", "in", LIVE)
        & Domain("request_id", "not in", requests.ids)
        & Domain("date", ">=", start)
        & Domain("date", "<=", end)
    )
    return requests.env["commune.replacement.slot"].search(domain)


def find_covered(communes, day):
    """Communes with an agreement in force."""
    return communes._get_replacement_agreements(day).commune_id


def _is_covered(request, agreements):
    """Whether an agreement covers each half-day to which no agent is agreed yet."""
    waiting = request.slot_ids.filtered(lambda s: s.state in ("open", "held"))
    days = set(waiting.mapped("date")) or agreements
    return bool(agreements) and all(agreements[day] for day in days)


def _find_declined(requests):
    """Agents who declined a request, or whom the commune refused."""
    proposals = requests.env["commune.replacement.proposal"].search(
        [
            ("request_id", "in", requests.ids),
            ("state", "in", ("declined_agent", "declined_commune")),
        ]
    )
    return frozenset((request_code(p.request_id), agent_code(p.employee_id)) for p in proposals)


def _request(request, covered):
    slots = request.slot_ids.filtered(lambda s: s.state in ("open", *LIVE))
    commune = request.commune_id
    return Request(
        code=request_code(request),
        slots=tuple(sorted(half_day(slot) for slot in slots)),
        commune=commune.name,
        insee_code=commune.insee_code or "",
        received=request.received_date,
        population=commune.population or None,
        category=request.minimum_category or "",
        skills={need.skill_id.name: int(need.level) for need in request.need_ids},
        software=frozenset(request.software_ids.mapped("name")),
        civil_registry=request.needs_civil_registry,
        wished=frozenset(agent_code(agent) for agent in request.wanted_employee_id),
        splittable=request.is_splittable,
        alternatives=_alternatives(request, slots),
        km=request.distance_km or None,
        bus=commune.has_bus_link or None,
        agreement=covered,
        evenings=_evenings(request, slots),
    )


def _context(request, held):
    """A request that is not to be planned: only the half-days already agreed count."""
    commune = request.commune_id
    return Request(
        code=request_code(request),
        slots=tuple(sorted(half_day(slot) for slot in held)),
        commune=commune.name,
        insee_code=commune.insee_code or "",
        evenings=_evenings(request, held),
    )


def _alternatives(request, slots):
    """The second grid, as long as nobody holds a half-day of the first one."""
    others = request._get_other_half_days()
    return (others,) if others and not slots.filtered(lambda s: s.state in LIVE) else ()


def _evenings(request, slots):
    """The evening duty, when its half-day – the last one of the day – is one of these."""
    if not request.evening_date or not request.evening_end:
        return ()
    same_day = slots.filtered(lambda s: s.date == request.evening_date)
    if same_day and not any(slot._get_evening_hours() for slot in same_day):
        return ()
    start, end = (_time(hour) for hour in (request.evening_start or 18, request.evening_end))
    return (Evening(request.evening_date, start, end),)


def _time(hour):
    minutes = round(hour * 60) % (24 * 60)
    return time(minutes // 60, minutes % 60)


def read_agents(agents, start, end):
    """Record of each agent -> what the engine knows of him in a period: category and cost are those
    of its first day, so that what is typed for later makes nobody fit before.

    :param agents: hr.employee, as superuser
    """
    absences = find_absences(agents, start, end)
    return {agent: _agent(agent, absences, start) for agent in agents}


def _agent(agent, absences, day):
    rate = agent._get_rate(day)
    return Agent(
        code=agent_code(agent),
        name=agent.name,
        category=rate.category,
        statut=agent.statut or "",
        pattern=frozenset(agent._get_week()),
        start=agent.agent_date_start or None,
        end=agent.agent_date_end or None,
        home=agent.base_commune_id.name or "",
        home_code=agent.base_commune_id.insee_code or "",
        licence=agent.has_licence,
        radius=agent.max_radius_km or None,
        skills=agent._get_skill_ranks("name"),
        software=frozenset(agent.software_ids.mapped("name")),
        civil_registry=agent.civil_registry_allowed,
        exclusions=tuple(
            Exclusion(
                one.commune_id.insee_code or one.commune_id.name,
                one.reason,
                one.date_start,
                one.date_end or None,
            )
            for one in agent.exclusion_ids
        ),
        absences=tuple(absences.get(agent.resource_id.id, ())),
        weekly_hours=agent.weekly_hours or None,
        hourly_cost=float(rate.hourly_cost) or None,
    )


def find_absences(agents, start, end):
    """Leaves of the working calendars: half-days only, never the reason."""
    found, company = {}, agents.env.company
    leaves = agents.env["resource.calendar.leaves"].search(
        Domain("resource_id", "in", agents.resource_id.ids)
        & Domain("date_to", ">=", start)
        & Domain("date_from", "<=", end + timedelta(days=1))
    )
    for leave in leaves:
        first, last = _first_half(leave.date_from, company), _last_half(leave.date_to, company)
        if first <= last:
            found.setdefault(leave.resource_id.id, []).append(Absence(first, last))
    return found


def _to_local(moment, company):
    """(day, hour) on the clock of the communes."""
    wall = moment.replace(tzinfo=UTC).astimezone(company._get_zone())
    return wall.date(), wall.hour + wall.minute / 60


def _first_half(moment, company):
    """The first half-day that a leave from this moment takes away."""
    day, hour = _to_local(moment, company)
    for half in ("am", "pm"):
        if hour < company._get_half_day_hours(half, day)[1]:
            return HalfDay(day, half)
    return HalfDay(day + timedelta(days=1), "am")


def _last_half(moment, company):
    """The last half-day that a leave until this moment takes away."""
    day, hour = _to_local(moment, company)
    for half in ("pm", "am"):
        if hour > company._get_half_day_hours(half, day)[0]:
            return HalfDay(day, half)
    return HalfDay(day - timedelta(days=1), "pm")


def get_points(communes):
    """Where communes are: Points of the engine, by INSEE code and by name."""
    return Points(
        {
            key: (commune.partner_latitude, commune.partner_longitude)
            for commune in communes
            if commune.partner_latitude or commune.partner_longitude
            for key in (commune.insee_code, commune.name)
            if key
        }
    )
