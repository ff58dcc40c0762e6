"""The states of a session, in their order, and what each one means: the models, the views, the
portal and the meeting screen ask this table, and name a state only where an operation leads to
it."""

from dataclasses import dataclass

from odoo.tools import LazyTranslate

_lt = LazyTranslate(__name__)

PHASES = [
    ("preparing", "In preparation"),
    ("called", "Called"),
    ("held", "Held"),
    ("dead", "Will not be held"),
]


@dataclass(frozen=True)
class State:
    """A state: its label and phase; for a cancelled one, how the members are notified.

    noting: the meeting screen takes notes. badge, sentence: on the portal.
    """

    label: str
    phase: str
    noting: bool = False
    badge: object = ""
    sentence: object = ""


STATES = {
    "draft": State("Call for items", "preparing"),
    "agenda": State("Agenda approved", "preparing"),
    "convened": State("Convened", "called", noting=True),
    "held": State("Held", "held", noting=True),
    "minutes_sent": State("Minutes sent", "held"),
    "approved": State("Minutes approved", "held"),
    "postponed": State(
        "Postponed",
        "dead",
        badge=_lt("Postponed"),
        sentence=_lt("This session is postponed."),
    ),
    "cancelled": State(
        "Cancelled",
        "dead",
        badge=_lt("Called off"),
        sentence=_lt("This session is called off."),
    ),
}


def in_phase(*phases):
    return tuple(key for key, state in STATES.items() if state.phase in phases)


# The members do not know of it yet.
PREPARING = in_phase("preparing")
COMING = in_phase("preparing", "called")
HELD = in_phase("held")
# Over, whatever became of it.
DEAD = in_phase("dead")
# States in which the secretary records attendance and discussion.
NOTING = tuple(key for key, state in STATES.items() if state.noting)
