"""Sets the measures of SMALL and LARGE beside each other: bin/large_table.py SMALL LARGE [--write].

Prints all of them, then those that grow: milliseconds or bytes more than `RATIO` times, or more than
`QUERIES` queries more, the longest first. A list that shows more lines, up to a page of them, may cost
that many times more when it stays under `LONG_MS`: it is not among them. Then each line of
`large_sections.csv`: what was measured once, what it is now. --write puts both into
docs/performance.md, each between two marks.
"""

import csv
import json
import os
import re
import sys
from pathlib import Path

ROOT = Path(__file__).parents[1]
TARGET = ROOT / "docs" / "performance.md"
ASKED = ROOT / "bin" / "large_sections.csv"
RATIO, QUERIES = 1.5, 2
PAGE = 80  # lines
LONG_MS = 300  # a page of lines costs less
LEAST_MS, LEAST_BYTES = 20, 4000  # below, noise
HEAD = "| call | ms, LARGE | ms, SMALL | × | queries | and SMALL | kB | and SMALL |\n"
RULE = "|---|---|---|---|---|---|---|---|\n"


def read(path):
    rows = [json.loads(line) for line in Path(path).read_text().splitlines()]
    return {(row["kind"], row["name"]): row for row in rows}


def get_allowed(small, large):
    """How many times the milliseconds and the bytes may be those of SMALL."""
    lines, before = large.get("lines", 0), small.get("lines", 0)
    shown = 0 < before < lines <= PAGE and large["ms"] < LONG_MS
    return RATIO * (lines / before if shown else 1)


def grows(small, large):
    """Whether a call costs more than it should, or fails in LARGE alone."""
    if large["error"]:
        return not small["error"]
    allowed = get_allowed(small, large)
    return bool(
        large["queries"] - small["queries"] > QUERIES
        or (large["ms"] > LEAST_MS and large["ms"] > allowed * small["ms"])
        or (large["bytes"] > LEAST_BYTES and large["bytes"] > allowed * small["bytes"])
    )


def tell(small, large):
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
    return f"| {large['kind']}, {large['name']} | {' | '.join(map(str, figures))} |\n"


def compare(smalls, larges):
    """(every pair, those that grow), the longest of LARGE first."""
    keys = [key for key in larges if key in smalls and key[0] != "figure"]
    pairs = [(smalls[key], larges[key]) for key in keys]
    pairs.sort(key=lambda pair: (-bool(pair[1]["error"]), -pair[1]["ms"]))
    return pairs, [pair for pair in pairs if grows(*pair)]


def describe(pairs, growing, found):
    load = ", ".join(f"{value:.0f}" for value in os.getloadavg())
    errors = sum(bool(large["error"]) and bool(small["error"]) for small, large in pairs)
    return (
        f"{len(pairs)} calls of {found} in both databases, {len(growing)} that grow: more than"
        f" {RATIO} times the milliseconds (of processor, Odoo and PostgreSQL) or the bytes, or more"
        f" than {QUERIES} queries more (a list that shows more lines, up to {PAGE}, may cost that many"
        f" times more). {errors} refuse in both (a wizard without its record). Load"
        f" of the machine at the end: {load}.\n\n"
    )


def tell_cell(rows, call, shown):
    """What a call costs now.

    :param call: its kind and name, without the words in brackets of wizards
    """
    names = {", ".join(key).partition(" (")[0]: row for key, row in reversed(rows.items())}
    row = names.get(call)
    if row is None:
        return "–"
    if "said" in row or row["error"]:
        return row.get("said") or row["error"]
    values = {"ms": row["ms"], "queries": row["queries"], "kB": round(row["bytes"] / 1000)}
    return ", ".join(f"{values[unit]:,} {unit}" for unit in shown.split())


def tell_sections(smalls, larges):
    """The table of section 2 of the issue on growth."""
    with ASKED.open(encoding="utf-8") as file:
        lines = list(csv.DictReader(file, delimiter=";"))
    load = ", ".join(f"{value:.0f}" for value in os.getloadavg())
    text = (
        "# Point by point, before and after\n\nBefore: 19.0.1.6.0, as the issue that asked for it"
        " measured it (`bin/large_sections.csv`). Now: `bin/bench --large`, milliseconds of processor,"
        f" Odoo and PostgreSQL; SMALL, 46 communes; LARGE, 828. Load of the machine at the end:"
        f" {load}.\n\n"
        "| | what | before, SMALL | before, LARGE | now, SMALL | now, LARGE | aim |\n"
        "|---|---|---|---|---|---|---|\n"
    )
    for line in lines:
        now = [tell_cell(rows, line["call"], line["shown"]) for rows in (smalls, larges)]
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


def main(small_path, large_path, write=False):
    smalls, larges = read(small_path), read(large_path)
    pairs, growing = compare(smalls, larges)
    alone = [(None, row) for key, row in larges.items() if key not in smalls]
    sys.stdout.write(HEAD + RULE + "".join(tell(*pair) for pair in pairs))
    lines = "".join(tell(*pair) for pair in growing)
    text = f"{describe(pairs, growing, len(larges))}{HEAD}{RULE}{lines}"
    if gestures := [pair for pair in alone if pair[1]["kind"] == "gesture"]:
        text += f"\nIn LARGE only:\n\n{HEAD}{RULE}{''.join(tell(*pair) for pair in gestures)}"
    sections = tell_sections(smalls, larges)
    sys.stdout.write(f"\n{text}\n{sections}")
    if write:
        write_section("section", sections)
        write_section("large", f"# Every call, SMALL and LARGE\n\n{text}")


if __name__ == "__main__":
    main(sys.argv[1], sys.argv[2], "--write" in sys.argv)
