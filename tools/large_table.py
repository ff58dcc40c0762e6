"""Sets the measures of SMALL and LARGE beside each other: tools/large_table.py SMALL LARGE [--write].

Prints all of them, then those that grow, with why (`large_reasons.py`): first those that nothing
explains, the longest first. Then each line of `large_sections.csv`: what was measured once, what it
is now. --write puts both into docs/performance.md, each between two marks.

Ends with an error when a call failed, when nothing explains a growth, or when a table names a call
that was not made (LARGE_ONLY and LARGE_PARTS, the environment of `large_measure.py`, leave some out).
"""

import csv
import json
import os
import re
import sys
from pathlib import Path

from large_reasons import NOISE, PAGE, QUERIES, RATIO, Reasons, grows

ROOT = Path(__file__).parents[1]
TARGET = ROOT / "docs" / "performance.md"
ASKED = ROOT / "tools" / "large_sections.csv"
PARTS = "sprcg"  # of a whole run: see `large_measure.py`
HEAD = "| call | ms, LARGE | ms, SMALL | × | queries | and SMALL | kB | and SMALL |\n"
RULE = "|---|---|---|---|---|---|---|---|\n"


def read(path):
    rows = [json.loads(line) for line in Path(path).read_text().splitlines()]
    return {(row["kind"], row["name"]): row for row in rows}


def format_row(small, large, *why):
    """A line of the table; `small` is empty for what SMALL does not have."""
    figures = (
        large["error"] or f"{large['ms']:,}".replace(",", "\u202f"),
        small and small["ms"],
        small and f"{large['ms'] / max(small['ms'], 1):.1f}",
        large["queries"],
        small and small["queries"],
        round(large["bytes"] / 1000),
        small and round(small["bytes"] / 1000),
    )
    figures = ("" if figure is None else figure for figure in figures)
    return f"| {large['kind']}, {large['name']} | {' | '.join(map(str, (*figures, *why)))} |\n"


def compare(smalls, larges):
    """(every pair, those that grow), the longest of LARGE first."""
    keys = [key for key in larges if key in smalls and key[0] != "figure"]
    pairs = [(smalls[key], larges[key]) for key in keys]
    pairs.sort(key=lambda pair: (-bool(pair[1]["error"]), -pair[1]["ms"]))
    return pairs, [pair for pair in pairs if grows(*pair)]


def describe(pairs, growing, found):
    load = ", ".join(f"{value:.0f}" for value in os.getloadavg())
    return (
        f"{len(pairs)} calls of {found} in both databases, {len(growing)} that grow: more than"
        f" {RATIO} times the milliseconds (of processor, Odoo and PostgreSQL) or the bytes, or more"
        f" than {QUERIES} queries more. Load of the machine at the end: {load}.\n\n"
    )


def describe_growing(growing, reasons):
    """Growing calls without a reason, then the others with their reason."""
    found = [(pair, reasons.find(*pair)) for pair in growing]
    bare = [format_row(*pair) for pair, why in found if not why]
    explained = [format_row(*pair, why) for pair, why in found if why]
    text = f"## Unexplained\n\n{len(bare) or 'None'}.\n\n"
    if bare:
        text += f"{HEAD}{RULE}{''.join(bare)}\n"
    text += (
        "## Explained\n\n`tools/large_reasons.csv` says what the milliseconds and the bytes of a call grow"
        " with and how many queries more it may ask: LARGE holds that many times as many, and the call"
        f" may cost {NOISE} times that. One that costs more stands above. A list shows {PAGE} lines at"
        " most, and so does a column of a board.\n\n"
        f"{HEAD.rstrip()} why |\n{RULE.rstrip()}---|\n{''.join(explained)}"
    )
    return text


def name_rows(rows):
    """{kind and name of a call, without the words in brackets of wizards: its row}"""
    return {", ".join(key).partition(" (")[0]: row for key, row in reversed(rows.items())}


def describe_cell(rows, call, shown):
    """Present cost of a call."""
    row = name_rows(rows).get(call)
    if row is None:
        return "–"
    if "text" in row or row["error"]:
        return row.get("text") or row["error"]
    values = {"ms": row["ms"], "queries": row["queries"], "kB": round(row["bytes"] / 1000)}
    return ", ".join(f"{values[unit]:,} {unit}" for unit in shown.split())


def read_sections():
    with ASKED.open(encoding="utf-8") as file:
        return list(csv.DictReader(file, delimiter=";"))


def describe_sections(smalls, larges):
    """The table of section 2 of the issue on growth."""
    load = ", ".join(f"{value:.0f}" for value in os.getloadavg())
    text = (
        "# Point by point, before and after\n\nBefore: 19.0.1.6.0, as the issue that asked for it"
        " measured it (`tools/large_sections.csv`). Now: `bin/bench --large`, milliseconds of processor,"
        f" Odoo and PostgreSQL; SMALL, 46 communes; LARGE, 828. Load of the machine at the end:"
        f" {load}.\n\n"
        "| | what | before, SMALL | before, LARGE | now, SMALL | now, LARGE | aim |\n"
        "|---|---|---|---|---|---|---|\n"
    )
    for line in read_sections():
        now = [describe_cell(rows, line["call"], line["shown"]) for rows in (smalls, larges)]
        before = [line[name] or "–" for name in ("before_small", "before_large")]
        cells = (line["point"], line["what"], *before, *now, line["aim"])
        text += f"| {' | '.join(cells)} |\n"
    return text


def write_section(name, text):
    """Put a text between the marks of a section, at the end when they are not there yet."""
    start, end = f"<!-- {name}: made by bin/bench -->\n", f"<!-- end of {name} -->\n"
    content = TARGET.read_text()
    block = f"{start}{text}{end}"
    pattern = re.compile(re.escape(start) + ".*?" + re.escape(end), re.S)
    if pattern.search(content):
        content = pattern.sub(lambda _found: block, content)
    else:
        content += f"\n{block}"
    TARGET.write_text(content)


def find_faults(smalls, larges, reasons):
    """What is wrong with a run, a sentence each; none is accepted."""
    pairs, growing = compare(smalls, larges)
    rows = [("SMALL", row) for row in smalls.values()] + [("LARGE", row) for row in larges.values()]
    faults = [
        f"Failed in {size}: {row['kind']}, {row['name']}: {row['error']}"
        for size, row in rows
        if row.get("error")
    ]
    faults += [
        f"Unexplained: {large['kind']}, {large['name']}"
        for small, large in growing
        if not large["error"] and not reasons.find(small, large)
    ]
    if os.environ.get("LARGE_ONLY") or set(os.environ.get("LARGE_PARTS") or PARTS) < set(PARTS):
        return faults
    named = name_rows(larges)
    faults += [
        f"No call has this name: {line['call']} (large_sections.csv)"
        for line in read_sections()
        if line["call"] not in named
    ]
    calls = [", ".join(key) for key in larges]
    return faults + [
        f"No call has this name: {call} (large_reasons.csv)" for call in reasons.get_dead(calls)
    ]


def main(small_path, large_path, write=False):
    """:return: what is wrong, to end with"""
    smalls, larges = read(small_path), read(large_path)
    pairs, growing = compare(smalls, larges)
    alone = [(None, row) for key, row in larges.items() if key not in smalls]
    sys.stdout.write(HEAD + RULE + "".join(format_row(*pair) for pair in pairs))
    reasons = Reasons()
    text = describe(pairs, growing, len(larges)) + describe_growing(growing, reasons)
    if actions := [pair for pair in alone if pair[1]["kind"] == "action"]:
        text += f"\nIn LARGE only:\n\n{HEAD}{RULE}{''.join(format_row(*pair) for pair in actions)}"
    sections = describe_sections(smalls, larges)
    sys.stdout.write(f"\n{text}\n{sections}")
    for call in reasons.get_idle():
        sys.stdout.write(f"Nothing grows that this reason names: {call}\n")
    if write:
        write_section("section", sections)
        write_section("large", f"# Every call, SMALL and LARGE\n\n{text}")
    return find_faults(smalls, larges, reasons)


if __name__ == "__main__":
    sys.exit("\n".join(main(sys.argv[1], sys.argv[2], "--write" in sys.argv)) or None)
