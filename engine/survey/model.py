"""Data classes of the results of a survey of communes."""

from dataclasses import dataclass, field
from decimal import Decimal
from fractions import Fraction


@dataclass(frozen=True, slots=True)
class Place:
    """A commune that is asked. band: code of its population band."""

    key: object
    population: int
    band: str


@dataclass(frozen=True, slots=True)
class Question:
    """kind: `choice` (one or several of `choices`), `number`, `scale` (numbers without a meaningful
    total), or `other` (only counted). several: more than one choice may be given, so that the
    shares together may exceed the whole."""

    key: object
    title: str
    kind: str
    choices: tuple[str, ...] = ()
    several: bool = False


@dataclass(frozen=True, slots=True)
class Reply:
    """The official answer of a commune.

    values: key of the question -> tuple of choices, or Decimal, or True for another answer; a
    question left empty is absent.
    """

    place: object
    values: dict


@dataclass(frozen=True, slots=True)
class Figure:
    """One choice: how many communes gave it, their share, and that of their inhabitants."""

    label: str
    count: int
    share: Fraction
    weighted: Fraction | None


@dataclass(frozen=True, slots=True)
class Group:
    """Answers of the communes of a band (or of all) to a question.

    hidden: the group is too small, or its figures would give away a group that is;
    `figures`, `mean`, `weighted_mean` and `total` are then empty.
    unweighted: weighted values are empty, as they would reveal the answer of one commune.
    """

    band: str
    answered: int
    hidden: bool
    figures: tuple[Figure, ...] = ()
    mean: Fraction | None = None
    weighted_mean: Fraction | None = None
    total: Decimal | None = None
    unweighted: bool = False


@dataclass(frozen=True, slots=True)
class Result:
    """The groups of a question, `ALL` first."""

    question: Question
    groups: tuple[Group, ...]

    @property
    def overall(self):
        return self.groups[0]


@dataclass(frozen=True, slots=True)
class Rate:
    """Number of communes of a band that answered, and their share of its inhabitants.

    The share is None when so few are asked that it would reveal who did not answer.
    """

    band: str
    asked: int
    answered: int
    share: Fraction | None
    weighted: Fraction | None


@dataclass(frozen=True, slots=True)
class Results:
    rates: tuple[Rate, ...] = ()
    questions: tuple[Result, ...] = field(default_factory=tuple)
