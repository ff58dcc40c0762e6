"""The pairs whose facts weigh enough, and hold at least one that nobody has looked at."""

from collections.abc import Collection, Iterable

from .model import KINDS, LEAST_SCORE, Alert, Fact


def weigh(facts: Iterable[Fact], seen: Collection[str] = ()) -> tuple[Alert, ...]:
    """Alerts, the heaviest first.

    >>> from datetime import date
    >>> day = date(2027, 1, 11)
    >>> ended = Fact(day, "early_end", "mission-1", agent=1, commune=2, mission=1)
    >>> refused = Fact(day, "refusal", "proposal-4", agent=1, commune=2)
    >>> [(one.score, len(one.facts)) for one in weigh([ended, refused])]
    [(5, 2)]
    >>> weigh([ended])
    ()
    >>> weigh([ended, refused], seen={"mission-1", "proposal-4"})
    ()

    :param seen: keys of facts that somebody has looked at and put aside: alone they raise nothing,
        beside a new one they count again
    """
    pairs: dict[tuple[int, int], dict[str, Fact]] = {}
    for fact in facts:
        pairs.setdefault((fact.agent, fact.commune), {})[fact.key] = fact
    alerts = (_weigh_pair(pair, tuple(sorted(found.values()))) for pair, found in pairs.items())
    return tuple(
        sorted(
            (
                one
                for one in alerts
                if one.score >= LEAST_SCORE and any(fact.key not in seen for fact in one.facts)
            ),
            key=lambda one: (-one.score, one.agent, one.commune),
        )
    )


def _weigh_pair(pair: tuple[int, int], facts: tuple[Fact, ...]) -> Alert:
    is_again = len({fact.mission for fact in facts if fact.mission}) > 1
    score = sum(KINDS[fact.kind] for fact in facts) + (KINDS["pair_again"] if is_again else 0)
    return Alert(*pair, score, facts, is_again)
