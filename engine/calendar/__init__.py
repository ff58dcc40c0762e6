"""Working days, public holidays of a department of France, promised dates, notices."""

from .yearly_due_date import next_on
from .holidays import public_holidays
from .notice import NoticeRule, last_sending_date, parse_rule
from .election_period import is_restricted, restricted_from
from .service_charter import Milestone, Pause, Reached, clock
from .working_days import WorkingDays
from .working_hours import add_hours

__all__ = [
    "Milestone",
    "NoticeRule",
    "Pause",
    "Reached",
    "WorkingDays",
    "add_hours",
    "clock",
    "is_restricted",
    "last_sending_date",
    "next_on",
    "parse_rule",
    "public_holidays",
    "restricted_from",
]
