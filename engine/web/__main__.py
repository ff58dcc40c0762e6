"""A log without the secrets of its addresses, without Odoo or a database.

python -m engine.web < LOG > MASKED

An error is one line on standard error, with exit code 2.
"""

import sys

from ..text.cli import CommandError, Options, command
from . import mask

HELP = """Un journal sans les secrets de ses adresses.

python -m engine.web < JOURNAL > JOURNAL_MASQUÉ"""


def run(arguments: list[str]) -> str:
    """Line by line, since a log may be larger than the memory.

    :raises CommandError: a word, whereas the log comes on standard input
    """
    for word in Options().parse(arguments)[0]:
        raise CommandError("too_much", value=word)
    sys.stdin.reconfigure(encoding="utf-8", errors="surrogateescape")
    sys.stdout.reconfigure(encoding="utf-8", errors="surrogateescape")
    for line in sys.stdin:
        sys.stdout.write(mask(line))
    return ""


if __name__ == "__main__":
    sys.exit(command(run, HELP, sys.argv[1:]))
