"""Suites of others, without the addon and with it: which tests fail only with it.

Both run at once, one on each core. What fails only with the addon runs again alone, in both, so
that a browser that was slow once is not told as a failure. Called by bin/peers.
"""

import argparse
import re
import socket
import subprocess
import sys
from collections import Counter
from pathlib import Path

HERE = Path(__file__).resolve().parent
SIDES = ("without", "with")
LINE = re.compile(r"^\d{4}-\d\d-\d\d [\d:,]+ \d+ ([A-Z]+) \S+ (\S+): (.*)$")
SUITE = re.compile(r"(?:odoo\.addons\.(\w+)\.tests\.)")
BROKEN = re.compile(r"(?:FAIL|ERROR): (?:Subtest )?(.+)$")
CLASS = re.compile(r"(?:setUpClass|tearDownClass) \((.+)\)$")
RAISED = re.compile(r"^[A-Za-z_][\w.]*(?:: |$)")


def read_log(text):
    """What a log of Odoo says: {suite: number of tests}, {test: {subtest: its error}}.

    The error is told by its first line; a subtest without the numbers of its records.

    >>> ran, broken = read_log('''
    ... 2026-01-01 00:00:00,000 1 INFO db odoo.addons.hr.tests.test_a: Starting TestA.test_b ...
    ... 2026-01-01 00:00:00,001 1 ERROR db odoo.addons.hr.tests.test_a: FAIL: Subtest TestA.test_b (id=12)
    ... Traceback (most recent call last):
    ...   File "x.py", line 1, in test_b
    ...     self.assertEqual(1, 2)
    ... AssertionError: 1 != 2
    ... 2026-01-01 00:00:00,002 1 ERROR db odoo.tests.suite: ERROR: setUpClass (odoo.addons.mail.tests.test_c.TestC)
    ... Traceback (most recent call last):
    ... KeyError: 'x'
    ... ''')
    >>> ran
    Counter({'hr': 1})
    >>> broken
    {'hr.TestA.test_b': {'(id=#)': 'AssertionError: 1 != 2'}, 'mail.TestC': {'': "KeyError: 'x'"}}
    """
    ran, broken, place = Counter(), {}, None
    for line in text.splitlines():
        if head := LINE.match(line):
            place = None
            level, logger, message = head.groups()
            suite = SUITE.match(logger + ".")
            if suite and re.match(r"Starting \w+\.test", message):
                ran[suite[1]] += 1
            if level == "ERROR" and (bad := BROKEN.match(message)):
                name, _space, label = name_test(suite and suite[1], bad[1]).partition(" ")
                place = broken.setdefault(name, {}), re.sub(r"\d+", "#", label)
                place[0].setdefault(place[1], "")
        elif place and not place[0][place[1]] and RAISED.match(line):
            place[0][place[1]] = line[:300]
    return ran, broken


def name_test(suite, label):
    """`suite.Class.method` of a test and the words of its subtest, `suite.Class` of what prepares
    a class."""
    if whole := CLASS.match(label):
        return f"{SUITE.match(whole[1])[1]}.{whole[1].rsplit('.', 1)[-1]}"
    return f"{suite}.{label}"


def start(conf, db, tags, log):
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    command = [sys.executable, HERE / "peers_odoo.py", "-c", conf, "-d", db, "--test-tags", tags]
    command += ["--stop-after-init", f"--http-port={port}", "--workers=0", "--max-cron-threads=0"]
    with open(log, "w", encoding="utf-8") as out:
        return subprocess.Popen(command, stdout=out, stderr=out, stdin=subprocess.DEVNULL)


def run_both(options, tags, mark=""):
    """{side: (numbers of tests, what broke)} of these tags; the end where Odoo did not run."""
    logs = {side: options.log / f"peers-{options.name}-{side}{mark}.log" for side in SIDES}
    runs = {side: start(*getattr(options, side), ",".join(tags), logs[side]) for side in SIDES}
    found = {}
    for side, run in runs.items():
        code = run.wait()
        found[side] = read_log(logs[side].read_text(encoding="utf-8"))
        if code not in (0, 1) or not any(found[side]):
            sys.exit(f"{options.name} : Odoo n’a lancé aucun test ({logs[side]})")
    return found


def find_only(found):
    """{test: error} of those that fail with the addon: neither they, in the same subtest, nor their
    class without it."""
    before, after = (found[side][1] for side in SIDES)
    only = {}
    for name, errors in after.items():
        known = before.get(name, {})
        fresh = [error for label, error in errors.items() if label not in known]
        if fresh and ".".join(name.split(".")[:2]) not in before:
            only[name] = fresh[0]
    return only


def find_exceptions(path):
    """The tests that docs/peers.md names: `suite.Class.method` at the head of a line of a table."""
    text = path.read_text(encoding="utf-8") if path.exists() else ""
    return set(re.findall(r"^\| `(\w+\.[\w.]+)` \|", text, re.MULTILINE))


def tell(suite, found, only, named):
    """A line for the suite, one for each test that fails only with the addon."""
    mine = f"{suite}."
    bad = {side: sum(name.startswith(mine) for name in found[side][1]) for side in SIDES}
    once = {name: error for name, error in find_only(found).items() if name.startswith(mine)}
    print(
        f"{suite} : {found['with'][0][suite]} tests, {bad['without']} en échec sans l’addon,"
        f" {bad['with']} avec, {len(once.keys() & only.keys())} avec lui seul"
    )
    for name, error in once.items():
        if name not in only:
            print(f"    a échoué une fois, pas seul : {name} : {error}")
        else:
            print(f"    {'exception' if name in named else 'ÉCHEC'} {name} : {error}")
    for name in sorted(named - only.keys()):
        if name.startswith(mine):
            print(f"    n’échoue plus, à retirer de docs/peers.md : {name}")


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("suites", nargs="+")
    parser.add_argument("--name", required=True, help="of the logs")
    parser.add_argument("--log", type=Path, required=True)
    parser.add_argument("--exceptions", type=Path, required=True)
    for side in SIDES:
        parser.add_argument(f"--{side}", nargs=2, required=True, metavar=("CONF", "DB"))
    options = parser.parse_args()
    found = run_both(options, [f"/{suite}" for suite in options.suites])
    only = find_only(found)
    if only:
        tags = ["/" + name.replace(".", ":", 1) for name in only]
        only = find_only(run_both(options, tags, "-again"))
    named = find_exceptions(options.exceptions)
    for suite in options.suites:
        tell(suite, found, only, named)
    sys.exit(bool(only.keys() - named))


if __name__ == "__main__":
    main()
