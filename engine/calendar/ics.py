"""Calendars as iCalendar text (RFC 5545), with moments in UTC: right whatever the clock does."""

import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

LINE_BYTES = 75  # what a line holds before it is folded
REFRESH = "PT1H"  # how often anyone who follows a calendar should read it again: each hour
# Origin of revisions, in seconds: a signed 32-bit number then lasts until 2088.
_FIRST_REVISION = datetime(2020, 1, 1, tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class Entry:
    """One line of a calendar.

    start, end: aware datetimes, or dates for whole days (the end is then the last day).
    stamp: when the entry was last changed, aware; a calendar that has it with an older one takes
        this one instead (SEQUENCE).
    """

    uid: str
    title: str
    start: datetime | date
    end: datetime | date
    stamp: datetime
    text: str = ""
    place: str = ""
    url: str = ""
    cancelled: bool = False
    tentative: bool = False


def to_utc(day: date, hour: float, zone: str) -> datetime:
    """The moment at which a wall clock of the zone shows this hour (9.5 is 9:30)."""
    minutes = round(hour * 60)
    wall = datetime.combine(day, time(), ZoneInfo(zone)) + timedelta(minutes=minutes)
    return wall.astimezone(UTC)


def calendar(
    name: str,
    entries: Iterable[Entry],
    followed: bool = False,
    method: str = "PUBLISH",
    organizer: str = "",
    attendee: str = "",
) -> bytes:
    """The file of these entries.

    :param followed: read again and again at an address (RFC 7986; Outlook reads X-PUBLISHED-TTL),
        not sent once
    :param method: `REQUEST` writes the entries in the calendar of the attendee or replaces those
        of the same UID, `CANCEL` takes them out; both name an organizer (RFC 5546, 3.2)
    :param organizer, attendee: bare addresses
    """
    lines = [
        "BEGIN:VCALENDAR",
        "VERSION:2.0",
        "PRODID:-//Commune Relations//FR",
        "CALSCALE:GREGORIAN",
        f"METHOD:{method}",
        f"X-WR-CALNAME:{_escape(name)}",
    ]
    if followed:
        lines += [f"REFRESH-INTERVAL;VALUE=DURATION:{REFRESH}", f"X-PUBLISHED-TTL:{REFRESH}"]
    persons = [
        f"{role}:mailto:{_escape(email)}"
        for role, email in (("ORGANIZER", organizer), ("ATTENDEE", attendee))
        if email
    ]
    for entry in entries:
        lines += _entry_lines(entry, persons)
    lines.append("END:VCALENDAR")
    return "".join(f"{_fold(line)}\r\n" for line in lines).encode()


def _entry_lines(entry, persons=()):
    lines = [
        "BEGIN:VEVENT",
        f"UID:{entry.uid}",
        f"DTSTAMP:{_moment(entry.stamp)}",
        f"LAST-MODIFIED:{_moment(entry.stamp)}",
        f"SEQUENCE:{max(0, int((entry.stamp - _FIRST_REVISION).total_seconds()))}",
    ]
    if isinstance(entry.start, datetime):
        lines += [f"DTSTART:{_moment(entry.start)}", f"DTEND:{_moment(entry.end)}"]
    else:
        last = entry.end + timedelta(days=1)
        lines += [
            f"DTSTART;VALUE=DATE:{entry.start:%Y%m%d}",
            f"DTEND;VALUE=DATE:{last:%Y%m%d}",
            "TRANSP:TRANSPARENT",
        ]
    lines.append(f"SUMMARY:{_escape(entry.title)}")
    for key, value in (("DESCRIPTION", entry.text), ("LOCATION", entry.place)):
        if value:
            lines.append(f"{key}:{_escape(value)}")
    if entry.url:
        lines.append(f"URL:{entry.url}")
    status = "CANCELLED" if entry.cancelled else "TENTATIVE" if entry.tentative else "CONFIRMED"
    return [*lines, *persons, f"STATUS:{status}", "END:VEVENT"]


def _moment(moment):
    return f"{moment.astimezone(UTC):%Y%m%dT%H%M%SZ}"


def _escape(text):
    """Text in one line; characters that steer a terminal or a parser are left out."""
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    text = "".join(c for c in text if c == "\n" or unicodedata.category(c) != "Cc")
    for mark in ("\\", ";", ","):
        text = text.replace(mark, f"\\{mark}")
    return text.replace("\n", "\\n")


def _fold(line):
    """Lines of 75 bytes at most; a character is never cut in two."""
    parts, size = [""], 0
    for char in line:
        width = len(char.encode())
        if size + width > LINE_BYTES:
            parts.append(" ")
            size = 1
        parts[-1] += char
        size += width
    return "\r\n".join(parts)
