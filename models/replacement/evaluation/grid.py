"""The grid of an evaluation: what each side is asked about a mission, from 1 to 4."""

from odoo.tools import LazyTranslate

_lt = LazyTranslate(__name__)

SIDES = [("commune", "The commune"), ("agent", "The agent")]
MOMENTS = [("mid", "During the mission"), ("end", "At the end of the mission")]
STATES = [("asked", "Asked"), ("answered", "Answered"), ("expired", "Not answered")]
AGAIN = [("yes", "Yes"), ("no", "No")]
LOWEST, HIGHEST = 1, 4
LEVELS = (
    (1, _lt("Not satisfied")),
    (2, _lt("To improve")),
    (3, _lt("Satisfied")),
    (4, _lt("Very satisfied")),
)


def _grid(**questions):
    """((field, question), …), in order."""
    return tuple(questions.items())


# What each side gives a score to, in the order of the page: field, question.
CRITERIA = {
    "commune": _grid(
        score_punctuality=_lt("Punctuality"),
        score_autonomy=_lt("Autonomy"),
        score_technical=_lt("Quality of the work"),
        score_public=_lt("Relations with the public"),
        score_elected=_lt("Relations with the elected members"),
        score_discretion=_lt("Discretion"),
        score_handover=_lt("What was handed over at the end"),
    ),
    "agent": _grid(
        score_welcome=_lt("Welcome, workplace and accesses ready"),
        score_workload=_lt("Amount of work"),
        score_elected=_lt("Relations with the elected members"),
        score_handover=_lt("What was handed over at the start"),
    ),
}
SCORES = tuple(dict.fromkeys(name for grid in CRITERIA.values() for name, _label in grid))
