"""One suite of others, without the addon and with it: which tests fail only with it.

Both run at once, one on each core. What fails only with the addon runs again alone, in both, so
that a browser that was slow once is not told as a failure. Called by bin/peers.
"""

import argparse
import re
import socket
import subprocess
import sys
from pathlib import Path

HERE = Path(__file__).resolve().parent
SIDES = ("without", "with")
LINE = re.compile(r"^\d{4}-\d\d-\d\d [\d:,]+ \d+ ([A-Z]+) \S+ (\S+): (.*)$")
BROKEN = re.compile(r"(?:FAIL|ERROR): (?:Subtest )?(.+)$")
CLASS = re.compile(r"(?:setUpClass|tearDownClass) \(odoo\.addons\.\w+\.tests\.(.+)\)$")
RAISED = re.compile(r"^[A-Za-z_][\w.]*(?:Error|Exception|Failure|\w*): ?")


def read_log(text):
    """What a log of Odoo says: the number of tests, {test: first line of its error}.

    >>> found = read_log('''2026-01-01 00:00:00,000 1 INFO db odoo.addons.hr.tests.test_a: Starting TestA.test_b ...
    ... 2026-01-01 00:00:00,001 1 INFO db odoo.addons.hr.tests.test_a: ==================
    ... 2026-01-01 00:00:00,001 1 ERROR db odoo.addons.hr.tests.test_a: FAIL: Subtest TestA.test_b (n=1)
    ... Traceback (most recent call last):
    ...   File "x.py", line 1, in test_b
    ...     self.assertEqual(1, 2)
    ... AssertionError: 1 != 2
    ... 2026-01-01 00:00:00,002 1 ERROR db odoo.addons.hr.tests.test_c: ERROR: setUpClass (odoo.addons.hr.tests.test_c.TestC)
    ... Traceback (most recent call last):
    ... KeyError: 'x'
    ... ''')
    >>> found
    (1, {'TestA.test_b': 'AssertionError: 1 != 2', 'TestC': "KeyError: 'x'"})
    """
    ran, broken, name = 0, {}, None
    for line in text.splitlines():
        if head := LINE.match(line):
            name = None
            message = head[3]
            ran += bool(re.match(r"Starting \w+\.test", message))
            if head[1] == "ERROR" and ".tests." in head[2] and (bad := BROKEN.match(message)):
                name = name_test(bad[1])
                broken.setdefault(name, "")
        elif name and not broken[name] and RAISED.match(line) and not line.startswith("Trace"):
            broken[name] = line[:300]
    return ran, broken


def name_test(label):
    """`Class.method` of a test or of one of its subtests, `Class` of what prepares a class."""
    if whole := CLASS.match(label):
        return whole[1].rsplit(".", 1)[-1]
    return label.split(" ", 1)[0]


def start(conf, db, tags, log):
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    command = [sys.executable, HERE / "peers_odoo.py", "-c", conf, "-d", db, "--test-tags", tags]
    command += ["--stop-after-init", f"--http-port={port}", "--workers=0", "--max-cron-threads=0"]
    with open(log, "w", encoding="utf-8") as out:
        return subprocess.Popen(command, stdout=out, stderr=out, stdin=subprocess.DEVNULL)


def run_both(options, tags, mark=""):
    """{side: (number of tests, what broke)} of these tags; the end where Odoo did not run."""
    logs = {side: options.log / f"peers-{options.suite}-{side}{mark}.log" for side in SIDES}
    runs = {side: start(*getattr(options, side), tags, logs[side]) for side in SIDES}
    found = {}
    for side, run in runs.items():
        code = run.wait()
        found[side] = read_log(logs[side].read_text(encoding="utf-8"))
        if code not in (0, 1) or not any(found[side]):
            sys.exit(f"{options.suite} : Odoo n’a lancé aucun test ({logs[side]})")
    return found


def find_exceptions(path, suite):
    """The tests of a suite that docs/peers.md names: `suite.Class.method` in a line of a table."""
    text = path.read_text(encoding="utf-8") if path.exists() else ""
    return set(re.findall(rf"^\| `{suite}\.([\w.]+)` \|", text, re.MULTILINE))


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("suite")
    parser.add_argument("--log", type=Path, required=True)
    parser.add_argument("--exceptions", type=Path, required=True)
    for side in SIDES:
        parser.add_argument(f"--{side}", nargs=2, required=True, metavar=("CONF", "DB"))
    options = parser.parse_args()
    found = run_both(options, f"/{options.suite}")
    (ran, before), (_ran, after) = (found[side] for side in SIDES)
    only = [name for name in after if not {name, name.split(".")[0]} & set(before)]
    together = []
    if only:
        again = run_both(options, ",".join(f"/{options.suite}:{name}" for name in only), "-again")
        alone = set(again["with"][1]) - set(again["without"][1])
        together = [name for name in only if name not in alone]
        only = [name for name in only if name in alone]
    named = find_exceptions(options.exceptions, options.suite)
    print(
        f"{options.suite} : {ran} tests, {len(before)} en échec sans l’addon, {len(after)} avec,"
        f" {len(only)} avec lui seul"
    )
    for name in only:
        print(
            f"    {'exception' if name in named else 'ÉCHEC'} {options.suite}.{name} : {after[name]}"
        )
    for name in together:
        print(f"    a échoué une fois, pas seul : {options.suite}.{name} : {after[name]}")
    for name in sorted(named - set(only)):
        print(f"    n’échoue plus, à retirer de docs/peers.md : {options.suite}.{name}")
    sys.exit(bool(set(only) - named))


if __name__ == "__main__":
    main()
