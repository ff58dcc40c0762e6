"""Steps of the life of a service, and what each opens."""

STATES = [
    ("idea", "Idea"),
    ("study", "Study"),
    ("pilot", "Pilot"),
    ("active", "Active"),
    ("frozen", "Frozen"),
    ("retired", "Retired"),
]
# From a state to those that may follow.
NEXT = {
    "idea": ("study", "retired"),
    "study": ("idea", "pilot", "active", "retired"),
    "pilot": ("study", "active", "frozen", "retired"),
    "active": ("frozen", "retired"),
    "frozen": ("active", "retired"),
    "retired": ("study",),
}
OPEN = ("pilot", "active")  # new subscriptions are accepted
VISIBLE = ("pilot", "active", "frozen")  # the communes read the sheet
