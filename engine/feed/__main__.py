"""The entries of a file of news, from the command line, without Odoo or a database.

python -m engine.feed FILE [--titles-only]

JSON on standard output. An error is one line on standard error, with exit code 2.
"""

import sys

from ..text.cli import Options, command
from .entries import read
from .messages import FeedError
from .repair import LONGEST

HELP = """Les nouvelles d’un flux RSS ou Atom ; le résultat est en JSON.

python -m engine.feed FICHIER [--titles-only]

--titles-only : sans résumé (presse : titres et liens seulement)."""


def run(arguments: list[str]) -> str:
    """What to print on standard output.

    :raises FrenchError: nothing can be answered
    """
    options = Options()
    options.add_argument("--titles-only", action="store_true")
    files, found = options.parse(arguments)
    if not files:
        raise FeedError("no_file")
    if len(files) > 1:
        raise FeedError("too_many_files", value=files[1])
    return answer(files[0], found.titles_only)


def answer(file: str, titles_only: bool) -> str:
    """The feed of a file, as JSON."""
    import json

    try:
        with open(file, "rb") as stream:
            content = stream.read(LONGEST + 1)
    except (OSError, ValueError):
        raise FeedError("missing_file", file=file) from None
    feed = read(content, titles_only=titles_only)
    entries = [
        {
            "title": one.title,
            "link": one.link,
            "date": one.day and one.day.isoformat(),
            "summary": one.summary,
        }
        for one in feed.entries
    ]
    data = {"title": feed.title, "kind": feed.kind, "left_out": feed.left_out, "entries": entries}
    return json.dumps(data, ensure_ascii=False, indent=1)


if __name__ == "__main__":
    sys.exit(command(run, HELP, sys.argv[1:]))
