"""What goes into the results of a survey of communes, and what comes out."""

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
    """kind: `choice` (one or several of `choices`), `number`, `scale` (numbers whose total means
    nothing), or `other` (only counted). several: more than one choice may be given, so that the
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
    """What the communes of a band (or all) answered to a question.

    hidden: the group is too small, or its figures would give away those of one that is;
    `figures`, `mean`, `weighted_mean` and `total` are then empty.
    unweighted: what is weighted by population would tell the answer of one commune: it is empty.
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
    """How many communes of a band answered, and the part of its inhabitants they are: none when
    so few are asked that it would tell who is silent."""

    band: str
    asked: int
    answered: int
    share: Fraction | None
    weighted: Fraction | None


@dataclass(frozen=True, slots=True)
class Results:
    rates: tuple[Rate, ...] = ()
    questions: tuple[Result, ...] = field(default_factory=tuple)
