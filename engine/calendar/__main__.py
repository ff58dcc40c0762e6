"""Last sending day of a notice, from the command line, without Odoo or a database.

python -m engine.calendar notice --rule clear_days:5 --meeting 2026-12-14 [--department 57]

JSON on standard output. An error is one line on standard error, with exit code 2.
"""

import json
import re
import sys
from argparse import Namespace
from datetime import date

from ..text.cli import CommandError, Options, command
from .messages import CalendarError
from .notice import last_sending_date, parse_rule
from .working_days import WorkingDays

HELP = """Le dernier jour d'envoi d'une convocation ; le résultat est en JSON.

python -m engine.calendar notice --rule RÈGLE --meeting AAAA-MM-JJ [--department 57]

RÈGLE : clear_days:5 (jours francs), calendar_days:3 (jours calendaires), working_days:10 (jours
ouvrés) ou none (aucun délai).
--department : code du département, pour ses jours fériés (jours ouvrés seulement).
--good-friday : le Vendredi saint est férié (certaines communes d'Alsace-Moselle)."""
DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")


def main(arguments: list[str]) -> int:
    """Run the command and return the exit code."""
    return command(run, HELP, arguments)


def run(arguments: list[str]) -> str:
    """What to print on standard output.

    :raises FrenchError: nothing can be computed
    """
    if not arguments or arguments[0].startswith("-"):
        raise CalendarError("no_command")
    if arguments[0] != "notice":
        raise CalendarError("unknown_command", value=arguments[0])
    options = Options()
    for name in ("--rule", "--meeting", "--department"):
        options.add_argument(name)
    options.add_argument("--good-friday", action="store_true")
    words, found = options.parse(arguments[1:])
    if words:
        raise CommandError("too_much", value=words[0])
    for name in ("rule", "meeting"):
        if getattr(found, name) is None:
            raise CommandError("missing_option", value=f"--{name}")
    return json.dumps({"last_sending_date": answer(found).isoformat()})


def answer(options: Namespace) -> date:
    """The last sending date that the options ask for."""
    rule = parse_rule(options.rule)
    meeting = read_day(options.meeting)
    working = None
    if rule.unit == "working_days":
        working = read_working(options)
    try:
        return last_sending_date(rule, meeting, working)
    except (OverflowError, ValueError):
        raise CalendarError("too_early", value=options.meeting) from None


def read_day(text: str) -> date:
    """A day written as the calendar of computers does."""
    try:
        return date.fromisoformat(text if DAY.fullmatch(text) else "")
    except ValueError:
        raise CalendarError("bad_date", value=text) from None


def read_working(options: Namespace) -> WorkingDays:
    """Monday to Friday, without the public holidays of the department."""
    from .holidays import public_holidays

    department, good_friday = options.department or "", options.good_friday
    try:
        public_holidays(department, [2026], good_friday)
    except ImportError:
        raise CalendarError("no_holidays") from None
    return WorkingDays(holidays=lambda year: public_holidays(department, [year], good_friday))


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
