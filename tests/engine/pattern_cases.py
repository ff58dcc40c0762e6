"""Whether a pattern can take a time that is not in proportion to the text."""

import re
from re import _constants as names
from re import _parser as parser

REPEATS = (names.MAX_REPEAT, names.MIN_REPEAT, names.POSSESSIVE_REPEAT)


def patterns_of(module):
    """Compiled patterns that a module keeps, alone or in a table."""
    for name, value in vars(module).items():
        values = value.values() if isinstance(value, dict) else [value]
        for pattern in values:
            if isinstance(pattern, re.Pattern):
                yield f"{module.__name__}.{name}", pattern


def is_linear(pattern):
    """A pattern that is one class of signs, or whose every repetition has a bound.

    From each place of the text it looks at so many signs at most, whatever follows.
    """
    parts = parser.parse(pattern.pattern, pattern.flags).data
    if len(parts) == 1 and parts[0][0] in REPEATS and len(parts[0][1][2]) == 1:
        return parts[0][1][2][0][0] in (names.IN, names.LITERAL, names.NOT_LITERAL)
    return not any(_unbounded(parts))


def _unbounded(node):
    """True for each repetition without a bound in a piece of a parsed pattern."""
    if isinstance(node, tuple) and node and node[0] in REPEATS:
        yield node[1][1] == names.MAXREPEAT
    if isinstance(node, tuple | list | parser.SubPattern):
        for part in node:
            yield from _unbounded(part)
