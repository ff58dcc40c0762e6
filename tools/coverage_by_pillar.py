"""The lines that the tests ran, by pillar: python tools/coverage_by_pillar.py REPORT.json"""

import json
import sys
from collections import defaultdict
from pathlib import PurePath

ROOMS = ("models", "wizards", "controllers", "reports")


def get_pillar(path):
    """
    >>> get_pillar("models/surveys/campaign/people.py"), get_pillar("engine/mail/parse.py")
    ('surveys', 'engine')
    >>> get_pillar("tests/common.py")
    """
    room, *rest = PurePath(path).parts
    if room == "engine":
        return room
    return rest[0].removesuffix(".py") if room in ROOMS and len(rest) > 1 else None


def count_lines(report):
    """{pillar: [lines that were run, lines]}"""
    counts = defaultdict(lambda: [0, 0])
    for path, file in report["files"].items():
        pillar = get_pillar(path)
        if pillar:
            counts[pillar][0] += file["summary"]["covered_lines"]
            counts[pillar][1] += file["summary"]["num_statements"]
    return counts


def main(path):
    with open(path) as file:
        counts = count_lines(json.load(file))
    print("| Pillar | Lines | Run by a test |\n|---|---:|---:|")
    for pillar, (run, lines) in sorted(counts.items()):
        print(f"| {pillar} | {lines:,} | {100 * run / lines:.1f} % |")


if __name__ == "__main__":
    main(sys.argv[1])
