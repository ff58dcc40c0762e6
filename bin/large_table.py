"""Sets the measures of SMALL and LARGE beside each other: bin/large_table.py SMALL LARGE [--write].

Prints all of them, then those that grow: milliseconds or bytes more than `RATIO` times, or more than
`QUERIES` queries more, the longest first. --write puts these into docs/performance.md, between two
marks.
"""

import json
import os
import re
import sys
from pathlib import Path

ROOT = Path(__file__).parents[1]
TARGET = ROOT / "docs" / "performance.md"
RATIO, QUERIES = 1.5, 2
LEAST_MS, LEAST_BYTES = 20, 4000  # below, noise
SECTION = "large"
HEAD = "| appel | ms, LARGE | ms, SMALL | × | requêtes | et SMALL | ko | et SMALL |\n"
RULE = "|---|---|---|---|---|---|---|---|\n"


def read(path):
    rows = [json.loads(line) for line in Path(path).read_text().splitlines()]
    return {(row["kind"], row["name"]): row for row in rows}


def grows(small, large):
    """Whether a call costs more than it should, or fails in LARGE alone."""
    if large["error"]:
        return not small["error"]
    return bool(
        large["queries"] - small["queries"] > QUERIES
        or (large["ms"] > LEAST_MS and large["ms"] > RATIO * small["ms"])
        or (large["bytes"] > LEAST_BYTES and large["bytes"] > RATIO * small["bytes"])
    )


def tell(small, large):
    ratio = large["ms"] / max(small["ms"], 1)
    figures = (
        large["error"] or f"{large['ms']:,}".replace(",", "\u202f"),
        small["ms"],
        f"{ratio:.1f}",
        large["queries"],
        small["queries"],
        round(large["bytes"] / 1000),
        round(small["bytes"] / 1000),
    )
    return f"| {large['kind']}, {large['name']} | {' | '.join(map(str, figures))} |\n"


def compare(smalls, larges):
    """(every pair, those that grow), the longest of LARGE first."""
    pairs = [(smalls[key], larges[key]) for key in larges if key in smalls]
    pairs.sort(key=lambda pair: (-bool(pair[1]["error"]), -pair[1]["ms"]))
    return pairs, [pair for pair in pairs if grows(*pair)]


def describe(pairs, growing, found):
    load = ", ".join(f"{value:.0f}" for value in os.getloadavg())
    errors = sum(bool(large["error"]) and bool(small["error"]) for small, large in pairs)
    return (
        f"{len(pairs)} calls of {found} in both databases, {len(growing)} that grow: more than"
        f" {RATIO} times the milliseconds (of processor, Odoo and PostgreSQL) or the bytes, or more"
        f" than {QUERIES} queries more. {errors} refuse in both (a wizard without its record). Load"
        f" of the machine at the end: {load}.\n\n"
    )


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
    said = describe(pairs, growing, len(larges))
    sys.stdout.write(HEAD + RULE + "".join(tell(*pair) for pair in pairs))
    sys.stdout.write(f"\n{said}{HEAD}{RULE}" + "".join(tell(*pair) for pair in growing))
    if write:
        title = "# Every call, SMALL and LARGE\n\n"
        lines = "".join(tell(*pair) for pair in growing)
        write_section(SECTION, f"{title}{said}{HEAD}{RULE}{lines}")


if __name__ == "__main__":
    main(sys.argv[1], sys.argv[2], "--write" in sys.argv)
