"""The tables of what each kind of people may do, and how they are compared with what is found.

`fixtures/inventory/fields.csv`: who writes or reads each stored field. `routes.csv`: who enters
each route. Both have the same columns: what is done, where (a model, an addon), by whom, the reason
(one of those of docs/access-matrix.md), and the names of the fields or routes.
"""

import csv
import os
import re
from collections import defaultdict
from pathlib import Path

COLUMNS = ("what", "where", "who", "reason", "names")
FOLDER = Path(__file__).parent / "fixtures" / "inventory"
REASONS = Path(__file__).parents[1] / "docs" / "access-matrix.md"
# COMMUNE_INVENTORY=write bin/test tests/test_..._inventory.py: the table becomes what is found; its
# new lines have no reason yet, and are for a person to judge.
IS_WRITTEN = os.environ.get("COMMUNE_INVENTORY") == "write"
NO_REASON = "?"


def read_table(name):
    """{(what, where, name of a field or route): (who, reason)}"""
    path = FOLDER / f"{name}.csv"
    if not path.exists():
        return {}
    with path.open(encoding="utf-8", newline="") as file:
        return {
            (line["what"], line["where"], one): (line["who"], line["reason"])
            for line in csv.DictReader(file)
            for one in line["names"].split()
        }


def write_table(name, found):
    """The table of what is found; what has not changed keeps its reason.

    :param found: {(what, where, name): who}
    """
    known, lines = read_table(name), defaultdict(list)
    for (what, where, one), who in found.items():
        before, reason = known.get((what, where, one), ("", NO_REASON))
        lines[what, where, who, reason if who == before else NO_REASON].append(one)
    FOLDER.mkdir(exist_ok=True)
    with (FOLDER / f"{name}.csv").open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(COLUMNS)
        writer.writerows([*line, " ".join(sorted(names))] for line, names in sorted(lines.items()))


def find_differences(found, table):
    """A sentence for each name that is not as its table has it.

    :param found: {(what, where, name): who}
    :param table: {(what, where, name): (who, reason)}
    """
    for what, where, one in sorted(found.keys() | table.keys()):
        now = found.get((what, where, one), "")
        before, reason = table.get((what, where, one), ("", NO_REASON))
        label = f"{what} {where} {one}"
        if now != before:
            yield f"{label}: by {now or 'nobody'}; the table has it for {before or 'nobody'}"
        elif reason == NO_REASON:
            yield f"{label}: by {now}; the table has no reason"


def get_reasons(title):
    """The reasons of docs/access-matrix.md under this title."""
    _before, _title, text = REASONS.read_text(encoding="utf-8").partition(f"\n{title}\n")
    return set(re.findall(r"^\| `(\w+)` \|", text.partition("\n##")[0], re.MULTILINE))


class InventoryCase:
    """Compares what is found with its table."""

    def _compare(self, name, found, title):
        """:param title: what comes before the reasons of this table in docs/access-matrix.md"""
        if IS_WRITTEN:
            write_table(name, found)
        table = read_table(name)
        wrong = list(find_differences(found, table))
        self.assertFalse(
            wrong,
            f"{len(wrong)} differences with tests/fixtures/inventory/{name}.csv. Guard what should"
            " not be open; give what should be open a line and its reason (tests/inventory.py):\n"
            + "\n".join(wrong[:200]),
        )
        self.assertEqual({reason for _who, reason in table.values()}, get_reasons(title))
