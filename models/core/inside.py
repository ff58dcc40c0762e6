"""Marks in the context that weaken a rule or keep a letter back: our own code alone puts them
there. A client sends any context that it likes, as text; it cannot send this object."""

INSIDE = object()
NO_LETTERS = {"no_letters": INSIDE}


def is_inside(env, mark):
    """Whether our own code put a mark in the context: the same value from a client is none."""
    return env.context.get(mark) is INSIDE
