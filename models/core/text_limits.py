"""Maximum length of each text of the portal, shared by the pages and the checks."""

LENGTHS = {
    # a person
    "person": 60,
    "signature": 120,  # the name of who signs
    "print": 64,  # SHA-256 of what is signed
    "word": 200,
    # a request
    "request": 20_000,
    "title": 120,
    "place": 200,
    "search": 200,
    "question": 2_000,
    # an item proposed for an agenda
    "item_title": 200,
    "item_text": 5_000,
    # requests, answers and refusals
    "service": 4_000,
    "correction": 2_000,
    "refusal": 2_000,
    # agreements and timesheets
    "reference": 60,
    "task": 200,
    "contest": 500,
}
