"""The two tables that people keep: the topics and the questions of reference."""

from collections import defaultdict
from dataclasses import replace
from functools import lru_cache
from pathlib import Path

from .csvfile import Row, read_rows
from .messages import OrientationError
from .model import LEVELS, Question, Term, Topic

DATA = Path(__file__).resolve().parents[2] / "data" / "requests"
TOPICS = DATA / "topics.csv"
EXAMPLES = DATA / "examples.csv"
_OPTIONAL = ("department", "legal_basis", "outside_name", "outside_contact")


def default_topics() -> list[Topic]:
    """The topics that ship with the addon.

    >>> "VOI-ENT" in {topic.code for topic in default_topics()}
    True
    """
    known = examples()
    return [replace(topic, examples=known.get(topic.code, ())) for topic in read_topics(TOPICS)]


@lru_cache(maxsize=1)
def examples() -> dict[str, tuple[str, ...]]:
    """Sentences as people ask, by code of the shipped topic; under "" what is of no topic at all.

    >>> len(examples()["VOI-ENT"]) > 50, "pluriel de cheval" in examples()[""]
    (True, True)
    """
    found: dict[str, list[str]] = defaultdict(list)
    for question in read_questions(EXAMPLES):
        found[question.topic_code].append(question.text)
    return {code: tuple(texts) for code, texts in found.items()}


def read_topics(source) -> list[Topic]:
    """The topics of a CSV file with at least the columns code, parent, label and keywords.

    >>> import io
    >>> table = "code;parent;label;keywords\\nVOI;;Voirie;nid de poule, trottoir"
    >>> (topic,) = read_topics(io.BytesIO(table.encode()))
    >>> topic.label, [term.text for term in topic.terms]
    ('Voirie', ['nid de poule', 'trottoir'])

    :param source: a path, or an open file
    :raises OrientationError: the file cannot be used
    """
    topics: dict[str, Topic] = {}
    rows: dict[str, Row] = {}
    for row in read_rows(source, ("code", "parent", "label", "keywords")):
        topic = _topic(row)
        if topic.code in topics:
            raise row.error("double_code", "code", other=rows[topic.code].line)
        topics[topic.code], rows[topic.code] = topic, row
    for code, topic in topics.items():
        if topic.parent == code:
            raise rows[code].error("own_parent", "parent")
        if topic.parent and topic.parent not in topics:
            raise rows[code].error("unknown_parent", "parent")
    if not topics:
        raise OrientationError("no_topic", file=getattr(source, "name", source))
    return list(topics.values())


def read_questions(source) -> list[Question]:
    """The questions of a CSV file with a column question, and topic_code when they were judged.

    >>> import io
    >>> read_questions(io.BytesIO(b"question;topic_code\\nun trou;VOI"))
    [Question(text='un trou', topic_code='VOI')]

    :raises OrientationError: the file cannot be used
    """
    return [
        Question(row.values["question"], row.values.get("topic_code", ""))
        for row in read_rows(source, ("question",))
    ]


def split_terms(keywords: str) -> tuple[Term, ...]:
    """The terms of a list typed with commas."""
    texts = (" ".join(text.split()) for text in keywords.split(","))
    return tuple(Term(text) for text in dict.fromkeys(texts) if text)


def _topic(row: Row) -> Topic:
    level = row.values.get("level") or "metropole"
    if level not in LEVELS:
        raise row.error("unknown_level", "level", levels=", ".join(LEVELS))
    return Topic(
        code=row.required("code"),
        label=row.required("label"),
        parent=row.values["parent"],
        terms=split_terms(row.values["keywords"]),
        level=level,
        disambiguation=row.values.get("disambiguation") or row.values.get("question", ""),
        **{column: row.values.get(column, "") for column in _OPTIONAL},
    )
