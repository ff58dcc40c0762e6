"""The wishes (see objective.py) as an expression for the CP-SAT solver."""

from collections import defaultdict

from .cpmodel import Model
from .objective import SCALE, Wishes


def cost(model: Model, wishes: Wishes):
    """The sum of what is regretted; to be made as small as possible."""
    weights = model.board.problem.weights
    terms = [
        one * variable for key, variable in model.x.items() if (one := wishes.half_day(key)) != 0
    ]
    if weights.agents:
        terms += [weights.agents * SCALE * use for use in model.uses.values()]
    if weights.trips:
        terms += [weights.trips * SCALE * trip for trip in _trips(model)]
    if weights.load:
        terms.append(weights.load * SCALE * _load(model))
    return sum(terms)


def _trips(model: Model):
    """Days out of an agent that could be saved: those that two half-days of two requests share."""
    days = defaultdict(list)
    for key in model.x:
        days[key[2], key[1].date].append(key)
    for (agent, day), keys in days.items():
        halves = {key[1].half for key in keys}
        alone = {key[0] for key in keys if len(_halves(keys, key[0])) == 1}
        if len(halves) == 2 and alone:
            trip = model.cp.new_bool_var(f"{agent} {day} out")
            model.derived.append((trip, keys))
            for key in keys:
                model.cp.add_implication(model.x[key], trip)
            yield trip


def _halves(keys, code: str) -> set[str]:
    return {key[1].half for key in keys if key[0] == code}


def _load(model: Model):
    """Half-days of the busiest agent, those that nobody else can take left aside."""
    groups = [
        [key for key in keys if len(model.by_slot[key[:2]]) > 1] for keys in model.by_agent.values()
    ]
    load = model.cp.new_int_var(0, max(map(len, groups), default=0), "load")
    for keys in filter(None, groups):
        model.cp.add(load >= sum(model.x[key] for key in keys))
    model.load = (load, groups)
    return load
