"""Rules that exclude an agent from a request on all days; each gives its reasons.

An agent's days, absences and other missions are not here: they take half-days away, they do not
make the agent unfit (see eligibility.py).
"""

from collections.abc import Iterator
from dataclasses import dataclass

from ..text import flat
from .messages import message
from .model import CATEGORIES, Agent, Exclusion, Limits, Request


@dataclass(frozen=True)
class Stop:
    """A rule that stops an agent.

    rule: its code. reason: French sentence. gap: what training would mend it, `("skill", code,
    level)` or `("software", code, 0)`; empty when training does not.
    """

    rule: str
    reason: str
    gap: tuple = ()


def category(request: Request, agent: Agent, limits: Limits) -> Iterator[Stop]:
    """The category asked, or a higher one."""
    if request.category and agent.category:
        if CATEGORIES.index(agent.category) < CATEGORIES.index(request.category):
            reason = message("category", value=agent.category, wanted=request.category)
            yield Stop("category", reason)


def skills(request: Request, agent: Agent, limits: Limits) -> Iterator[Stop]:
    """Every skill at its level."""
    for skill, wanted in request.skills.items():
        level = agent.skills.get(skill, 0)
        if level < wanted:
            reason = message("skill", skill=skill, level=level, wanted=wanted)
            yield Stop("skill", reason, ("skill", skill, wanted))


def software(request: Request, agent: Agent, limits: Limits) -> Iterator[Stop]:
    """One of the software packages of the commune."""
    if request.software and not request.software & agent.software:
        names = sorted(request.software)
        gap = ("software", names[0], 0)
        yield Stop("software", message("software", names=" ou ".join(names)), gap)


def civil_registry(request: Request, agent: Agent, limits: Limits) -> Iterator[Stop]:
    """Acts of civil status are signed by tenured officials of the commune (CGCT, art. R2122-10)."""
    if request.civil_registry and not agent.civil_registry:
        statut = agent.statut or "non autorisée"
        yield Stop("civil_registry", message("civil_registry", statut=statut))


def exclusion(request: Request, agent: Agent, limits: Limits) -> Iterator[Stop]:
    """No return to a commune that refused, nor to one's own council."""
    if agent.code in request.refused:
        yield Stop("exclusion", message("refused"))
    for one in agent.exclusions:
        if concerns(one, request) and _whole(one, request):
            yield Stop("exclusion", message("exclusion", value=one.reason or one.commune))


def concerns(one: Exclusion, request: Request) -> bool:
    """Whether an exclusion names the commune of a request."""
    names = (flat(request.commune), request.insee_code)
    return bool(one.commune) and (flat(one.commune) in names or one.commune in names)


def _whole(one: Exclusion, request: Request) -> bool:
    slots = request.all_slots
    if not slots:
        return True
    return not ((one.start and slots[0].date < one.start) or (one.end and slots[-1].date > one.end))


def licence(request: Request, agent: Agent, limits: Limits) -> Iterator[Stop]:
    """Without a licence: the agent's own commune, or one with public transport."""
    if agent.licence or (agent.home and flat(agent.home) == flat(request.commune)):
        return
    served = request.bus
    if served is None and request.km is not None:
        least = (limits.on(slot.date).bus_km for slot in request.all_slots)
        served = request.km <= min(least, default=limits.bus_km)
    if served is False:
        yield Stop("licence", message("licence"))


def radius(request: Request, agent: Agent, limits: Limits) -> Iterator[Stop]:
    """Not farther than the agent may go."""
    if agent.radius is not None and request.km is not None and request.km > agent.radius:
        reason = message("radius", km=f"{request.km:g}", radius=f"{agent.radius:g}")
        yield Stop("radius", reason)


RULES = (category, skills, software, civil_registry, exclusion, licence, radius)


def stops(request: Request, agent: Agent, limits: Limits) -> tuple[Stop, ...]:
    """All the rules that stop an agent; empty when the agent is eligible.

    >>> from .example import ANNE, AUBRY, BRUNO
    >>> stops(AUBRY, ANNE, Limits()), [one.reason for one in stops(AUBRY, BRUNO, Limits())]
    ((), ['compétence CPT 0/2'])
    """
    return tuple(stop for rule in RULES for stop in rule(request, agent, limits))


def absence(agent: Agent, slot) -> str:
    """Why an agent is not there on a half-day: `contract`, `off`, `absent`; or empty."""
    if (agent.start and slot.date < agent.start) or (agent.end and slot.date > agent.end):
        return "contract"
    if (slot.date.weekday(), slot.half) not in agent.pattern:
        return "off"
    if any(one.first <= slot <= one.last for one in agent.absences):
        return "absent"
    return ""
