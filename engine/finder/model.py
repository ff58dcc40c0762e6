"""Data classes of the finder: inputs and results."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field


@dataclass(frozen=True)
class Document:
    """Something written that may answer a question.

    :param kind: what it is, a word of the caller
    :param id: its number within its kind
    :param keywords: other words for it, separated by commas
    :param topics: codes of the topics that it is about
    """

    kind: str
    id: int
    title: str
    keywords: str = ""
    body: str = ""
    topics: tuple[str, ...] = ()


@dataclass(frozen=True)
class Match:
    """A document found; `reasons` are French sentences with the words of the question.

    :param explain: gives the reasons, which are written for those alone that are shown
    :param by_words: it has words of the question; otherwise it is about the same topic
    :param is_near: it has a word of the question itself or its topic, not only words like them
    """

    kind: str
    id: int
    title: str
    score: float
    explain: Callable[[], Sequence[str]] = field(default=tuple, repr=False, compare=False)
    by_words: bool = True
    is_near: bool = True

    @property
    def reasons(self) -> tuple[str, ...]:
        return tuple(self.explain())
