"""The last day on which the notice of a meeting may be sent.

- clear days: neither the day of sending nor that of the meeting counts; Saturdays, Sundays and
  holidays count and do not extend the delay (CGCT, L.2121-11 and L.2121-12; Conseil d'État,
  13 October 1993, n° 141677);
- calendar days: “three days at least before that of the meeting” (CGCT, L.2541-2, local law of
  Alsace-Moselle): the day of the meeting counts as the last one;
- working days: own rule; the notice leaves on a working day;
- none: nothing is set, the notice may leave on the day of the meeting.
"""

from dataclasses import dataclass
from datetime import date, timedelta

from .messages import CalendarError
from .working_days import WorkingDays

UNITS = ("none", "calendar_days", "clear_days", "working_days")
LONGEST_NOTICE = 366


@dataclass(frozen=True, slots=True)
class NoticeRule:
    """A delay between the sending of a notice and the meeting."""

    unit: str
    days: int = 0


def parse_rule(text: str) -> NoticeRule:
    """A rule as it is written on a command line: `clear_days:5`, or `none`.

    >>> parse_rule("clear_days:5")
    NoticeRule(unit='clear_days', days=5)

    :raises CalendarError: the text is not a rule
    """
    unit, colon, days = text.strip().partition(":")
    if unit not in UNITS:
        raise CalendarError("unknown_unit", value=text, units=", ".join(UNITS))
    if unit == "none" and not colon:
        return NoticeRule(unit)
    if not (days.isascii() and days.isdigit()):
        raise CalendarError("bad_days", value=text)
    if len(days) > 3 or int(days) > LONGEST_NOTICE:
        raise CalendarError("too_many_days", value=text, most=LONGEST_NOTICE)
    return NoticeRule(unit, int(days))


def last_sending_date(rule: NoticeRule, meeting: date, working: WorkingDays | None = None) -> date:
    """The last day on which the notice may be sent.

    >>> last_sending_date(NoticeRule("clear_days", 5), date(2026, 12, 14))
    datetime.date(2026, 12, 8)

    :param working: the days on which the organisation works, for rules in working days; Monday to
        Friday without holidays when left out
    """
    if rule.unit == "clear_days":
        return meeting - timedelta(days=rule.days + 1)
    if rule.unit == "calendar_days":
        return meeting - timedelta(days=rule.days)
    if rule.unit == "working_days":
        return (working or WorkingDays()).subtract(meeting, rule.days)
    return meeting
