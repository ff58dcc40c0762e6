"""Pairs whose facts weigh enough and include at least one not yet reviewed."""

from collections.abc import Collection, Iterable
from dataclasses import replace

from .model import LEAST_SCORE, WEIGHTS, Alert, Fact

AGAIN = "pair_again"


def score_alerts(facts: Iterable[Fact], seen: Collection[str] = ()) -> tuple[Alert, ...]:
    """Alerts, the heaviest first.

    >>> from datetime import date
    >>> day = date(2027, 1, 11)
    >>> ended = Fact(day, "early_end", "mission,1", 1, 2, mission="mission,1")
    >>> refused = Fact(day, "refusal", "proposal,4", agent=1, commune=2)
    >>> [(one.score, len(one.facts)) for one in score_alerts([ended, refused])]
    [(5, 2)]
    >>> score_alerts([ended])
    ()
    >>> score_alerts([ended, refused], seen={"mission,1", "proposal,4"})
    ()

    A second mission of the pair is a fact as well:

    >>> later = Fact(date(2027, 2, 1), "contested", "timesheet,7", 1, 2, mission="mission,3")
    >>> [(one.score, one.facts[-1].key) for one in score_alerts([ended, later])]
    [(7, 'mission,3:pair_again')]

    :param seen: keys of facts that somebody has looked at and put aside: alone they raise nothing,
        beside a new one they count again
    """
    pairs: dict[tuple[int, int], dict[str, Fact]] = {}
    for fact in facts:
        pairs.setdefault((fact.agent, fact.commune), {})[fact.key] = fact
    alerts = (
        _score_pair(pair, tuple(sorted(found.values())))
        for pair, found in pairs.items()
        if any(key not in seen for key in found)
    )
    return tuple(
        sorted(
            (one for one in alerts if one.score >= LEAST_SCORE),
            key=lambda one: (-one.score, one.agent, one.commune),
        )
    )


def _score_pair(pair: tuple[int, int], facts: tuple[Fact, ...]) -> Alert:
    facts = tuple(sorted(facts + _come_again(facts)))
    return Alert(*pair, sum(WEIGHTS[fact.kind] for fact in facts), facts)


def _come_again(facts: tuple[Fact, ...]) -> tuple[Fact, ...]:
    """The second mission that the facts are of, as a fact of its own; empty with one mission."""
    firsts = {fact.mission: fact for fact in reversed(facts) if fact.mission}
    again = sorted(firsts.values())[1:2]
    return tuple(replace(fact, kind=AGAIN, key=f"{fact.mission}:{AGAIN}") for fact in again)
