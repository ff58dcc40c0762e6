"""Spans of days: the month, the quarter, the year or the twelve months of a day, what came before
them, and how they are cut for a chart."""

from dataclasses import dataclass
from datetime import date, timedelta

KINDS = ("twelve_months", "year", "quarter", "month")
WEEKLY_UP_TO = 62  # days: longer than that, a chart has a column for each month
DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Span:
    """Days from `start` to `end`, both included."""

    start: date
    end: date


def span_of(kind: str, day: date) -> Span:
    """The span of a kind that holds a day; the twelve months end on that day.

    >>> span_of("quarter", date(2026, 11, 28))
    Span(start=datetime.date(2026, 10, 1), end=datetime.date(2026, 12, 31))
    >>> span_of("twelve_months", date(2026, 11, 28)).start
    datetime.date(2025, 11, 29)
    >>> span_of("twelve_months", date(2024, 2, 28)).start  # the eve of the 29th
    datetime.date(2023, 3, 1)

    :raises ValueError: the kind is not one of `KINDS`
    """
    if kind == "twelve_months":
        # The later of the two: one of them falls back to the 28th around the end of February.
        return Span(max(add_months(day + DAY, -12), add_months(day, -12) + DAY), day)
    if kind == "year":
        return Span(date(day.year, 1, 1), date(day.year, 12, 31))
    if kind not in KINDS:
        raise ValueError(f"no such span: {kind}")
    length = 3 if kind == "quarter" else 1
    first = date(day.year, (day.month - 1) // length * length + 1, 1)
    return Span(first, add_months(first, length) - DAY)


def add_months(day: date, months: int) -> date:
    """The same day of another month, or its last one.

    >>> add_months(date(2024, 2, 29), -12), add_months(date(2026, 11, 1), 2)
    (datetime.date(2023, 2, 28), datetime.date(2027, 1, 1))
    """
    years, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    after = date(years + month // 11, (month + 1) % 12 + 1, 1)
    return date(years, month + 1, min(day.day, (after - DAY).day))


def months_of(span: Span) -> int:
    """How many whole months a span is; 0 when it is none.

    >>> months_of(Span(date(2026, 1, 15), date(2026, 3, 14))), months_of(Span(*[date.max] * 2))
    (2, 0)
    """
    if span.end == date.max:
        return 0
    after = span.end + DAY
    months = (after.year - span.start.year) * 12 + after.month - span.start.month
    return months if months > 0 and add_months(span.start, months) == after else 0


def before(span: Span) -> Span:
    """The span of the same length that ends on the eve: as many months, else as many days.

    >>> before(Span(date(2026, 3, 1), date(2026, 3, 31)))
    Span(start=datetime.date(2026, 2, 1), end=datetime.date(2026, 2, 28))
    >>> before(Span(date(2026, 3, 2), date(2026, 3, 8))).start
    datetime.date(2026, 2, 23)
    """
    months = months_of(span)
    start = (
        add_months(span.start, -months) if months else span.start - (span.end - span.start) - DAY
    )
    return Span(start, span.start - DAY)


def move(kind: str, day: date, steps: int) -> date:
    """Day of the span some steps before or after.

    >>> move("quarter", date(2026, 1, 31), -1), move("year", date(2026, 5, 2), 1)
    (datetime.date(2025, 10, 31), datetime.date(2027, 5, 2))
    """
    return add_months(day, steps * {"month": 1, "quarter": 3}.get(kind, 12))


def cut(span: Span) -> list[Span]:
    """The weeks of a short span, the months of a longer one; the first and last may be shorter.

    >>> [part.start.day for part in cut(Span(date(2026, 11, 4), date(2026, 11, 17)))]
    [4, 9, 16]
    >>> len(cut(Span(date(2025, 11, 29), date(2026, 11, 28))))
    13
    """
    weekly = (span.end - span.start).days < WEEKLY_UP_TO
    parts, start = [], span.start
    while start <= span.end:
        if weekly:
            after = start + timedelta(days=7 - start.weekday())
        else:
            after = add_months(start.replace(day=1), 1)
        parts.append(Span(start, min(after - DAY, span.end)))
        start = after
    return parts
