"""Where the lines of the day page come from: each pillar declares its own sources."""

from dataclasses import dataclass
from datetime import UTC, datetime, time, timedelta
from typing import NamedTuple

from odoo.fields import Datetime, Domain
from odoo.tools import SQL

READER, REFERENT, OFFICER, MANAGER = (
    f"commune_relations.group_{name}" for name in ("reader", "referent", "officer", "manager")
)
COORDINATOR = "commune_relations.group_replacement_coordinator"
STAFF = (READER, REFERENT, COORDINATOR)
# “This week” goes as far as the same day of the next one.
WEEK = 7
ME, OTHERS = "me", "others"
SECTIONS = ("late", "today", "week", "others")


class WaitingRecord(NamedTuple):
    """A record that waits: size of its section in this source, and size of its kind there."""

    code: str
    id: int
    section: str
    total: int
    together: int
    kind: int


@dataclass(frozen=True)
class Source:
    """Records that wait, for the current user.

    :param label: what they wait for, as the title of a list
    :param domain: those that wait, with the rights of the user
    :param day: stored field, date or datetime, that gives the deadline
    :param delay: days added to it: a thing without deadline is due so long after it arrived, and
        never counts as late, in any list
    :param at_once: to do from the day it comes, however far its deadline; without one, too
    :param waits: `me`, or `others` from whom something is expected: then whatever the day
    :param title, commune, person: fields shown on the line; several make one title
    :param action: method of the record, its one action; empty: the line is opened
    :param button: label of that action, or of the opening; empty: nothing to do
    :param confirm: asked before an action that cannot be undone
    :param undo: method of the record that takes the action back
    :param hand_over: field of the person who has it
    :param activity_types: ends of the names of the activity types that this line replaces
    :param page: page of its form on which the button opens it; empty: the first one
    :param target: fields (model, id) of the record that the line opens; empty: itself
    :param groups: who sees it, any of them
    :param pillar: the source is off while the organisation does not use it; empty: always
    :param screen: action of this addon that lists them
    :param kind: stored many2one by which lines are grouped; empty: a single kind
    :param most: lines of a kind in a section; beyond, one line replaces them and opens their list
    :param is_own: found by the person alone; no other right is asked
    """

    code: str
    label: str
    model: str
    domain: Domain
    day: str
    groups: tuple
    pillar: str = ""
    delay: int = 0
    at_once: bool = False
    waits: str = ME
    title: tuple = ("display_name",)
    commune: str = ""
    person: str = ""
    action: str = ""
    button: str = ""
    confirm: str = ""
    undo: str = ""
    hand_over: str = ""
    activity_types: tuple = ()
    page: str = ""
    target: tuple = ()
    screen: str = ""
    kind: str = ""
    most: int = 10
    is_own: bool = False

    def get_fields(self):
        """The fields that a line reads."""
        named = {*self.title, self.commune, self.person, self.day, self.kind, *self.target}
        return sorted(named - {"", "id"})

    def get_title(self, record):
        """Title of the line: its parts, without one that repeats the end of the part before."""
        parts = []
        for name in self.title:
            part = record[name] or ""
            if part and not (parts and parts[-1].endswith(part)):
                parts.append(part)
        return " – ".join(parts)

    def get_bounds(self, today, zone, is_day):
        """Values of the field at which today, tomorrow and the day after the week begin."""
        days = [today + timedelta(days=ahead - self.delay) for ahead in (0, 1, WEEK + 1)]
        if is_day:
            return days
        starts = (datetime.combine(day, time(), zone) for day in days)
        return [
            Datetime.to_datetime(start.astimezone(UTC).replace(tzinfo=None)) for start in starts
        ]

    def get_window(self, section, bounds):
        """The condition on the day that a section adds."""
        if self.waits == OTHERS:
            return Domain.TRUE if section in ("", "others") else Domain.FALSE
        now, tomorrow, end = bounds
        late, shown = Domain(self.day, "<", now), Domain(self.day, "<", end)
        today = Domain(self.day, ">=", now) & Domain(self.day, "<", tomorrow)
        week = Domain(self.day, ">=", tomorrow) & shown
        if self.at_once:
            today = Domain(self.day, ">=", now) | Domain(self.day, "=", False)
            week, shown = Domain.FALSE, Domain.TRUE
        if self.delay:
            late, today = Domain.FALSE, today | late
        found = {"": shown, "late": late, "today": today, "week": week}
        return found.get(section, Domain.FALSE)

    def get_section(self, day, bounds):
        """SQL: the section of a record whose day is this column; the same as `get_window`."""
        if self.waits == OTHERS:
            return SQL("'others'")
        now, tomorrow, _end = bounds
        return SQL(
            "CASE WHEN %(day)s < %(now)s THEN %(past)s"
            " WHEN %(at_once)s OR %(day)s < %(tomorrow)s THEN 'today' ELSE 'week' END",
            day=day,
            now=now,
            tomorrow=tomorrow,
            at_once=self.at_once,
            past="today" if self.delay else "late",
        )
