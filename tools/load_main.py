"""Load test of the addon and of a stock Odoo, in turns; called by `bin/bench --load`.

A step is a number of users during some seconds, on one side then on the other; both sides are warmed
first, which is not counted. The users at twice the unloaded median are found between two steps, on a straight line.
"""

import argparse
import csv
import json
import os
import subprocess
import sys
from pathlib import Path

from large_table import write_section
from load_server import WORKERS, Server

KINDS = ("addon", "stock")
SCENE = Path(__file__).with_name("load_scene.py")
MOST_SECONDS = 3600  # of all steps together
WARM = (16, 30)  # users and seconds: each process has drawn each page
REPORTED_USERS = (60, 80)  # numbers of users with their times in the table


def run_step(locust, server, kind, users, seconds, folder):
    """One step of one side.

    :return: {median, p95 (ms), rate (a second), failures}
    """
    stem = folder / f"load-{kind}-{users}"
    command = [locust, "-f", str(SCENE), "--headless", "--host", server.url, "--only-summary"]
    command += ["-u", str(users), "-r", str(max(1, users // 8)), "-t", f"{seconds}s"]
    command += ["--reset-stats", "--csv", str(stem), "--stop-timeout", "20"]
    subprocess.run(
        command,
        env={**os.environ, "LOAD_KIND": kind},
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        timeout=seconds + 120,
        check=False,
    )
    with open(f"{stem}_stats.csv", encoding="utf-8") as file:
        [total] = [row for row in csv.DictReader(file) if row["Name"] == "Aggregated"]
    number = {key: _read(value) for key, value in total.items()}
    return {
        "median": number["50%"],
        "p95": number["95%"],
        "rate": number["Requests/s"],
        "failures": int(number["Failure Count"]),
    }


def _read(text):
    """A figure of locust's table, 0 when there is none."""
    try:
        return float(text)
    except ValueError:
        return 0


def find_twice(steps):
    """(users, requests a second) where the median is twice that of the first step.

    >>> find_twice({1: {"median": 10, "rate": 1}, 9: {"median": 30, "rate": 9}})
    (5.0, 5.0)
    """
    aim = 2 * steps[min(steps)]["median"]
    before = min(steps)
    for users in sorted(steps):
        low, high = steps[before], steps[users]
        if high["median"] >= aim:
            part = (aim - low["median"]) / ((high["median"] - low["median"]) or 1)
            rate = low["rate"] + part * (high["rate"] - low["rate"])
            return before + part * (users - before), rate
        before = users
    return float(before), steps[before]["rate"]


def describe_step(found, users):
    """Rows of the table about one step."""
    steps = {kind: found[kind][users] for kind in KINDS}
    aims = (
        ("median, ms", "median", ""),
        ("p95, ms", "p95", "< 1,000"),
        ("errors", "failures", "0"),
    )
    return [
        (f"{users} users: {name}", *(f"{steps[kind][key]:.0f}" for kind in KINDS), aim)
        for name, key, aim in aims
    ]


def report(found, homes, memory):
    """The table of the load."""
    addon, stock = (find_twice(found[kind]) for kind in KINDS)
    most = max(found["addon"])
    reached = ["≥ " if users == most else "" for users, _rate in (addon, stock)]
    reported = [users for users in REPORTED_USERS if users in found["addon"]] or [
        max(found["addon"])
    ]
    home = {kind: json.loads(Path(homes[kind]).read_text()) for kind in KINDS}
    ratio = home["addon"]["ms"] / max(home["stock"]["ms"], 1)
    rows = [
        (
            "users at twice the unloaded median",
            f"{reached[0]}{addon[0]:.0f}",
            f"{reached[1]}{stock[0]:.0f}",
            "≥ 60",
        ),
        (
            "requests per second there",
            f"{addon[1]:.1f}",
            f"{stock[1]:.1f}",
            f"≥ {0.6 * stock[1]:.1f} (0.6 of stock’s)",
        ),
        *(row for users in reported for row in describe_step(found, users)),
        (
            "portal home",
            *(f"{home[kind]['queries']} queries, {home[kind]['ms']} ms" for kind in KINDS),
            f"≤ 35 queries; {ratio:.1f} times stock’s, ≤ 2.5",
        ),
        ("memory of a worker (PSS), MB", *(f"{memory[kind]:.0f}" for kind in KINDS), "≤ 120"),
    ]
    head = "| | addon | stock | goal |\n|---|---|---|---|\n"
    return head + "".join(f"| {' | '.join(row)} |\n" for row in rows)


def measure(args, servers):
    """{side: {users: figures}}, one step of each side after the other."""
    found = {kind: {} for kind in KINDS}
    for kind in KINDS:
        run_step(args.locust, servers[kind], kind, *WARM, Path(args.folder))
    for users in args.users:
        for kind in KINDS:
            figures = run_step(
                args.locust, servers[kind], kind, users, args.seconds, Path(args.folder)
            )
            found[kind][users] = figures
            print(f"{users:>4} {kind:<6} {figures}", flush=True)
    return found


def parse():
    parser = argparse.ArgumentParser()
    parser.add_argument("--locust", required=True)
    parser.add_argument("--folder", required=True)
    parser.add_argument("--users", type=lambda text: [int(one) for one in text.split(",")])
    parser.add_argument("--seconds", type=int, default=60)
    parser.add_argument("--write", action="store_true")
    for kind in KINDS:
        parser.add_argument(f"--{kind}", required=True, help="database, then the command of Odoo")
        parser.add_argument(f"--{kind}-conf", required=True)
    parser.add_argument("odoo", nargs="+")
    return parser.parse_args()


def main():
    args = parse()
    if len(args.users) * len(KINDS) * (args.seconds + 30) > MOST_SECONDS:
        sys.exit("Erreur : plus d’une heure de mesure ; moins de pas, ou plus courts.")
    folder, servers, memory = Path(args.folder), {}, {}
    try:
        for kind in KINDS:
            command = [*args.odoo, "-c", getattr(args, f"{kind}_conf")]
            log = folder / f"load-{kind}.log"
            servers[kind] = Server(command, getattr(args, kind), log)
        found = measure(args, servers)
        memory = {kind: servers[kind].get_memory() for kind in KINDS}
    finally:
        for server in servers.values():
            server.stop()
    homes = {kind: folder / f"load-home-{kind}.json" for kind in KINDS}
    table = report(found, homes, memory)
    print(table)
    if args.write:
        load = ", ".join(f"{value:.0f}" for value in os.getloadavg())
        intro = (
            f"# Under load\n\n`bin/bench --load`: {WORKERS} workers a side, {os.cpu_count()} cores,"
        )
        intro += f" steps of {args.seconds} s, load of the machine at the end {load}.\n\n"
        write_section("load", intro + table)


if __name__ == "__main__":
    main()
