"""Test suites of other addons, without this addon and with it: the tests that fail only with it.

Both run at once, one on each core. A test that fails only with the addon runs again alone, in
both, so that one slow browser is not reported as a failure. Called by bin/peers.
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
QUERIES = re.compile(r"Query count more than expected for user (\S+): (\d+) > \d+ in .* at (\S+)")


def read_log(text):
    """Parse a log of Odoo: {suite: number of tests}, {test: {subtest: its error}}.

    An error is its first line; a subtest is named without the numbers of its records, or, where
    queries are counted, by the user and the place.

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
    ... 2026-01-01 00:00:00,003 1 ERROR db odoo.addons.mail.tests.test_c: FAIL: Subtest TestD.test_e (<subtest>)
    ... AssertionError: Query count more than expected for user demo: 12 > 9 in test_e at mail/tests/test_c.py:7
    ... ''')
    >>> ran
    Counter({'hr': 1})
    >>> print(broken.pop('mail.TestD.test_e'))
    {'demo mail/tests/test_c.py:7': 'AssertionError: Query count more than expected for user demo: 12 > 9 in test_e at mail/tests/test_c.py:7'}
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
        elif place and RAISED.match(line):
            errors, label = place
            if counted := QUERIES.search(line):
                del errors[label]
                label = f"{counted[1]} {counted[3]}"
                place = None
            known = errors.get(label, "")
            if not known or count_queries(line) > count_queries(known):
                errors[label] = line[:300]
    return ran, broken


def count_queries(error):
    """Number of queries in an error; 0 for any other error."""
    counted = QUERIES.search(error)
    return int(counted[2]) if counted else 0


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
    """{test: error} of those that fail with the addon: neither they, in the same subtest and with as
    many queries, nor their class without it.

    >>> slow = "AssertionError: Query count more than expected for user demo: %s > 9 in test_b at c.py:7"
    >>> before, after = ({"mail.A.test_b": {"demo c.py:7": slow % count}} for count in (12, 13))
    >>> list(find_only({"without": (None, before), "with": (None, after)}))
    ['mail.A.test_b']
    >>> list(find_only({"without": (None, after), "with": (None, before)}))
    []
    """
    before, after = (found[side][1] for side in SIDES)
    only = {}
    for name, errors in after.items():
        known = before.get(name, {})
        fresh = [
            error
            for label, error in errors.items()
            if label not in known or count_queries(error) > count_queries(known[label])
        ]
        if fresh and ".".join(name.split(".")[:2]) not in before:
            only[name] = fresh[0]
    return only


def find_exceptions(path):
    """The tests that docs/peers.md names: `suite.Class.method` at the head of a line of a table."""
    text = path.read_text(encoding="utf-8") if path.exists() else ""
    return set(re.findall(r"^\| `(\w+\.[\w.]+)` \|", text, re.MULTILINE))


def report(suite, found, only, named):
    """A line for the suite, one for each test that fails only with the addon."""
    prefix = f"{suite}."
    bad = {side: sum(name.startswith(prefix) for name in found[side][1]) for side in SIDES}
    once = {name: error for name, error in find_only(found).items() if name.startswith(prefix)}
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
        if name.startswith(prefix):
            print(f"    n’échoue plus, à retirer de docs/peers.md : {name}")


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("suites", nargs="+")
    parser.add_argument("--name", required=True, help="of the logs")
    parser.add_argument("--log", type=Path, required=True)
    parser.add_argument("--exceptions", type=Path, required=True)
    parser.add_argument("--failed", type=Path, required=True, help="what is told at the end")
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
        report(suite, found, only, named)
    lines = [f"{name} : {error}\n" for name, error in only.items() if name not in named]
    with open(options.failed, "a", encoding="utf-8") as out:
        out.writelines(lines)
    sys.exit(bool(lines))


if __name__ == "__main__":
    main()
