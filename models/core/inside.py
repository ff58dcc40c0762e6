"""Context marks that weaken a rule, hold a letter or choose its reader: only the addon's code can
set them.

A client sends any context as text, which `sudo()` keeps; it cannot send these objects.
"""

INSIDE = object()
NO_LETTERS = {"no_letters": INSIDE}


class Inside:
    """A value in the context that a client cannot have sent."""

    __slots__ = ("value",)

    def __init__(self, value):
        self.value = value


def is_inside(env, mark):
    """Whether the addon's code set a mark in the context; a client's value is ignored."""
    return env.context.get(mark) is INSIDE


def get_inside(env, mark, default=None):
    """The value that the addon's code set in the context; a client's value is ignored."""
    found = env.context.get(mark)
    return found.value if isinstance(found, Inside) else default
