"""Labels of incidents: subject, severity, state, roles."""

from odoo.tools import LazyTranslate

_lt = LazyTranslate(__name__)

KINDS = [
    ("task", "Task outside the mission"),
    ("disagreement", "Disagreement between the mayor and the agent"),
    ("tension", "Tension with the public or the staff"),
    ("access", "Accesses or means missing"),
    ("overload", "Too much work"),
    ("absence", "Lateness or absence"),
    ("error", "Error with a consequence"),
    ("confidentiality", "Confidentiality"),
    ("interest", "Conflict of interest"),
    ("harassment", "Discrimination or harassment"),
    ("safety", "Safety, work alone"),
    ("hours", "Hours contested"),
    ("payment", "Payment"),
    ("return", "Return of the person replaced"),
    ("again", "No wish to work together again"),
    ("other", "Other"),
]
SEVERITIES = [
    ("1", "1 – Minor"),
    ("2", "2 – To be settled"),
    ("3", "3 – Serious"),
    ("4", "4 – Urgent"),
]
# The gravest at once, whatever was chosen: the same day.
GRAVE = {"harassment", "safety"}
STEPS = [
    ("reported", "Reported"),
    ("acknowledged", "Acknowledged"),
    ("separate", "Separate interviews"),
    ("joint", "Joint interview"),
    ("mediation", "Mediation"),
    ("plan", "Action plan"),
    ("followup", "Follow-up"),
    ("closed", "Case closed"),
    ("no_action", "No action needed"),
    ("sent_hr", "Sent to HR or the legal department"),
]
ENDED = ("closed", "no_action", "sent_hr")
# From each step, those that the coordinator may choose; the joint interview and the mediation are
# left out when a side does not wish them.
NEXT = {
    "acknowledged": ("separate", "plan"),
    "separate": ("joint", "mediation", "plan"),
    "joint": ("mediation", "plan", "followup"),
    "mediation": ("plan", "followup"),
    "plan": ("followup",),
}
SOURCES = [
    ("mission", "Mission"),
    ("evaluation", "Evaluation"),
    ("hours", "Hours contested"),
    ("phone", "Telephone"),
    ("agent", "Agent, on the portal"),
    ("commune", "Commune, on the portal"),
    ("alert", "Early warning"),
]
ROLES = [
    ("reporter", "Reports the case"),
    ("concerned", "Is concerned by it"),
    ("witness", "Witness"),
    ("mediator", "Mediator"),
    ("hr", "HR or legal department"),
]
# These roles give access to the whole incident.
READERS = ("mediator", "hr")
RESULTS = [
    ("solved", "Solved"),
    ("better", "Better, to be watched"),
    ("unsolved", "Not solved"),
]
EVENTS = [
    ("step", "Step"),
    ("note", "Note"),
    ("interview", "Interview"),
    ("measure", "Decision"),
    ("letter", "Letter"),
    ("report", "Written on the portal"),
]
