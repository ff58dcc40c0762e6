"""Data classes of suggestions: communes, services, and minimum numbers of users."""

from collections.abc import Hashable
from dataclasses import dataclass
from fractions import Fraction

BAND = "band"  # same population band
SECTOR = "sector"  # same sector of the intercommunality
SHARED = "shared"  # already has several services in common


@dataclass(frozen=True, slots=True)
class Commune:
    """A member of the intercommunality.

    band, sector: codes, None when not known. held: services that it uses today.
    unwanted: services never suggested to it, besides those held: to come, being signed, refused.
    opted_out: no suggestion at all; it counts in the figures all the same, so that nothing
    shows from outside.
    """

    key: Hashable
    band: Hashable = None
    sector: Hashable = None
    held: frozenset = frozenset()
    unwanted: frozenset = frozenset()
    opted_out: bool = False


@dataclass(frozen=True, slots=True)
class Service:
    """A service of the catalogue.

    order: its place in the catalogue. eligible: keys of the communes that may have it, which
    anybody can work out from the sheet. is_open: it takes subscriptions today (neither an idea,
    nor in study, frozen or retired). is_full: no seat is left. total_known: anybody can work
    out how many communes use it, from the places left.
    """

    key: Hashable
    order: int
    eligible: frozenset
    is_open: bool = True
    is_full: bool = False
    total_known: bool = False


@dataclass(frozen=True, slots=True)
class Rules:
    """minimum_group: communes, at least, for a figure to be shown.
    minimum_users: of them, at least as many use the service, and at least as many do not.
    minimum_share: below, communes alike do not really use it.
    minimum_common: services in common that make two communes alike.
    limit: suggestions per commune, at most.
    """

    minimum_group: int = 5
    minimum_users: int = 3
    minimum_share: Fraction = Fraction(1, 4)
    minimum_common: int = 2
    limit: int = 3


@dataclass(frozen=True, slots=True)
class Figure:
    """“users communes out of size use it”; at_least: “at least users communes out of size”.

    group: the band or the sector; None for `SHARED`, whose figures are the minimums alone.
    """

    criterion: str
    group: Hashable
    users: int
    size: int
    at_least: bool

    @property
    def share(self) -> Fraction:
        return Fraction(self.users, self.size)


@dataclass(frozen=True, slots=True)
class Suggestion:
    """A service, and the one fact that explains why it is suggested."""

    service: Service
    figure: Figure
