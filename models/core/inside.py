"""Context marks that weaken a rule or hold a letter: only the addon's code can set them.

A client sends any context as text; it cannot send this object.
"""

INSIDE = object()
NO_LETTERS = {"no_letters": INSIDE}


def is_inside(env, mark):
    """Whether the addon's code set a mark in the context; a client's value is ignored."""
    return env.context.get(mark) is INSIDE
