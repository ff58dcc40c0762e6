"""The kinds of committee, as bodies and notice rules name them."""

KINDS = [
    ("cotech", "Technical committee (COTECH)"),
    ("copil", "Steering committee (COPIL)"),
    ("mayors", "Conference of mayors"),
    ("commission", "Commission"),
    ("council", "Council"),
    ("group", "Working group"),
]
