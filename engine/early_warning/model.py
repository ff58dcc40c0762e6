"""Data classes and weights of early warnings.

The weights are rules of the organisation, not law: they are to be discussed.
"""

from dataclasses import dataclass
from datetime import date

WEIGHTS = {
    "not_again": 4,  # a side does not wish to work together again
    "early_end": 3,  # a mission ended before its day
    "low_score": 2,  # an evaluation below the middle of the grid
    "contested": 2,  # hours that the commune contested
    "refusal": 2,  # the commune declined the agent, or the agent the commune
    "short_notice": 1,  # a mission cancelled at the last moment
    "pair_again": 2,  # facts in a second mission of the same pair: it follows from the others
}
"""What each fact adds to the score of a pair; a kind that is not here is not counted."""
LEAST_SCORE = 5
"""Below this sum there is nothing to say: one fact alone, or two small ones."""


@dataclass(frozen=True, order=True)
class Fact:
    """Something that happened between an agent and a commune.

    key: names the fact for ever, such as `evaluation,12`; mission: the key of its mission, empty
    without one.
    """

    day: date
    kind: str
    key: str
    agent: int
    commune: int
    mission: str = ""


@dataclass(frozen=True)
class Alert:
    """A pair that deserves a look: its score and the facts behind it, in order of time."""

    agent: int
    commune: int
    score: int
    facts: tuple[Fact, ...]
