"""Command lines of the engines: the answer on standard output, an error in one French line.

A support technician or a script reads them: an error has exit code 2 and never a traceback.
"""

import argparse
import sys
from collections.abc import Callable, Sequence

from ..french_messages import FrenchError, typeset

_ERRORS = {
    "unknown_option": "Option inconnue : « {value} ».",
    "missing_value": "L'option « {value} » demande une valeur.",
    "missing_option": "L'option {value} manque.",
    "too_much": "« {value} » est en trop.",
}


class CommandError(FrenchError):
    """A word of a command line that cannot be used."""

    templates = {code: typeset(text) for code, text in _ERRORS.items()}


class Options(argparse.ArgumentParser):
    """Options of a command; other arguments are files or words, in any position.

    >>> options = Options()
    >>> _action = options.add_argument("--limit", default="3")
    >>> options.parse(["questions.csv", "--limit=5"])
    (['questions.csv'], Namespace(limit='5'))
    >>> options.parse(["--limit"])
    Traceback (most recent call last):
    engine.text.cli.CommandError: L’option « --limit » demande une valeur.
    """

    def __init__(self):
        super().__init__(add_help=False, allow_abbrev=False, exit_on_error=False)

    def parse(self, arguments: Sequence[str]) -> tuple[list[str], argparse.Namespace]:
        """The files or words, and the value of each option as it was typed.

        :raises CommandError: with the first word that cannot be used
        """
        try:
            found, words = self.parse_known_args(arguments)
        except argparse.ArgumentError as error:
            name = error.argument_name or ""
            given = [one for one in arguments if one.startswith(f"{name}=")]
            # An option that takes a value lacks it, unless it is one that takes none.
            code = "unknown_option" if given else "missing_value"
            raise CommandError(code, value=given[0] if given else name) from None
        for name, value in vars(found).items():
            if value == "" or value == [""]:
                raise CommandError("missing_value", value="--" + name.replace("_", "-"))
        for word in words:
            if word.startswith("-") and len(word) > 1:
                raise CommandError("unknown_option", value=word)
        return words, found


def command(answer: Callable[[list[str]], str], usage: str, arguments: Sequence[str]) -> int:
    """Print what a command answers, and give the exit code.

    :param answer: from the words typed to the text to print; empty when it printed by itself
    :param usage: text of `--help`, an option accepted in any position
    """
    asks = any(argument in ("-h", "--help") for argument in arguments)
    try:
        text = usage if asks else answer(list(arguments))
    except FrenchError as error:
        warn(str(error))
        return 2
    if text:
        sys.stdout.buffer.write(_encoded(text))
    return 0


def warn(text: str):
    """One line on standard error."""
    sys.stderr.buffer.write(_encoded(text))


def _encoded(text: str) -> bytes:
    """UTF-8 whatever the terminal; a name of file that is not is shown as it can be."""
    return text.encode(errors="backslashreplace") + b"\n"
