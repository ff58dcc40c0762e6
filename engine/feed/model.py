"""Data classes of a feed, once read."""

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, slots=True)
class Entry:
    """One piece of news.

    :param link: without what follows the reader; empty when the feed gives none
    :param day: civil day of the publication in France; None when it cannot be read
    :param summary: plain text, short; empty for a source of titles only
    """

    title: str
    link: str = ""
    day: date | None = None
    summary: str = ""


@dataclass(frozen=True, slots=True)
class Feed:
    """A feed: its name, how it is written (`rss20`, `rss10`, `atom10`…), its entries in order.

    :param left_out: entries beyond the most that are read, and those without a title
    """

    title: str
    kind: str
    entries: tuple[Entry, ...]
    left_out: int = 0
