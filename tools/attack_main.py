"""Security attacks on a running demonstration, as one command and one table.

bin/attack calls it once the demonstration runs and its scene is written.
"""

import argparse
import json
import os
import sys
import time
from pathlib import Path
from urllib.parse import urlsplit

from attack_client import Clock, Person, Watch, print_table

# Last: a folder of the tests has the name of a library.
sys.path.append(str(Path(__file__).resolve().parent.parent / "tests"))

PARTS = "abcdef"
LONG = "abc"  # share the time; the others end by themselves
QUICK_SECONDS, SECONDS = 30, 1500


def read_arguments():
    parser = argparse.ArgumentParser(prog="bin/attack", add_help=False)
    parser.add_argument("--url", required=True)
    parser.add_argument("--db", required=True)
    parser.add_argument("--scene", required=True)
    parser.add_argument("--log")
    parser.add_argument("--pid", type=int)
    parser.add_argument("--shell", help="command that opens an odoo shell on the database")
    parser.add_argument("--parts", default=PARTS)
    parser.add_argument("--quick", action="store_true")
    parser.add_argument("--seconds", type=int)
    arguments = parser.parse_args()
    if urlsplit(arguments.url).hostname not in ("127.0.0.1", "localhost", "::1"):
        raise SystemExit("Erreur : bin/attack n’attaque que cette machine (127.0.0.1).")
    return arguments


def open_persons(arguments, scene):
    return [
        Person(arguments.url, arguments.db, key, data) for key, data in scene["persons"].items()
    ]


def run_parts(arguments, scene, persons, watch):
    """:return: rows of the table, in the order of the parts"""
    import attack_bombs
    import attack_pages
    import attack_routes
    import attack_rpc
    import attack_secrets

    quick, rows = arguments.quick, []
    seconds = arguments.seconds or (QUICK_SECONDS if quick else SECONDS)
    clock = Clock(0)
    parts = {
        "a": lambda: attack_routes.walk(persons, scene, watch, clock, quick),
        "b": lambda: attack_rpc.fuzz(persons, scene, watch, clock, quick),
        "c": lambda: attack_secrets.look(persons, scene, watch, clock, quick),
        "d": lambda: attack_bombs.throw(persons, arguments),
        "e": lambda: attack_pages.inspect(
            [persons[0], persons[-1]] if quick else persons, scene, watch, quick
        ),
        "f": lambda: attack_pages.read_log(scene, arguments.log),
    }
    for letter, part in parts.items():
        if letter in arguments.parts and not (quick and letter == "d"):
            start = time.monotonic()
            clock = Clock(seconds / len(LONG))
            rows += part()
            print(f"    {rows[-1].part} : {time.monotonic() - start:.0f} s", flush=True)
    return rows


def main():
    arguments = read_arguments()
    with open(arguments.scene, encoding="utf-8") as file:
        scene = json.load(file)
    os.unlink(arguments.scene)
    watch = Watch(arguments.db, scene["tables"])
    try:
        rows = run_parts(arguments, scene, open_persons(arguments, scene), watch)
    finally:
        watch.close()
    print_table(rows)
    failures = [failure for row in rows for failure in row.failures]
    with open(os.environ.get("ATTACK_REPORT", os.devnull), "w", encoding="utf-8") as file:
        for row in rows:
            file.writelines(f"{row.part} | {row.what} | {failure}\n" for failure in row.failures)
    return 1 if failures else 0


if __name__ == "__main__":
    sys.exit(main())
