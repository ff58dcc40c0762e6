"""Mutants of models/, wizards/ and controllers/: written by hand in mutants_models.toml.

One installed database for each worker; a mutant is a line changed in a copy of the addon, an Odoo
that starts on it, and the files of tests that must see it. Tests roll back, so the database serves
for all.
"""

import argparse
import json
import os
import re
import shutil
import subprocess
import sys
from socket import socket

import tomllib
from mutants_copy import CACHE, DEV, ROOT, copy_to, digest, each, tracked

LIST = ROOT / "tools" / "mutants_models.toml"
RESULTS = CACHE / "models.json"
MODULE = "commune_relations"
OUTSIDE = ("tests/", "docs/", "bin/", "i18n/")
LONGEST = 900
RAN = re.compile(r": Starting Test\w*\.test_")
FAILED = re.compile(r": (?:FAIL|ERROR): ([\w.]+)")


def read_list():
    with LIST.open("rb") as stream:
        return tomllib.load(stream)["mutant"]


def read_sources():
    """path -> text of what a mutant may change."""
    kinds = (".py", ".xml", ".csv", ".js")
    return {
        name: (ROOT / name).read_text(encoding="utf-8")
        for name in tracked()
        if name.endswith(kinds) and not name.startswith(OUTSIDE)
    }


def place_of(mutant, sources):
    """(file, problem): the only file that holds the text of a mutant."""
    found = {name: text.count(mutant["find"]) for name, text in sources.items()}
    found = {name: count for name, count in found.items() if count}
    if sum(found.values()) != 1:
        where = ", ".join(f"{name} ({count})" for name, count in found.items()) or "nulle part"
        return None, f"{mutant['name']} : le texte cherché est {where}"
    missing = [name for name in mutant["tests"] if not (ROOT / "tests" / name).is_file()]
    if missing:
        return None, f"{mutant['name']} : pas de test {', '.join(missing)}"
    (name,) = found
    if name.endswith(".py"):
        try:
            compile(sources[name].replace(mutant["find"], mutant["replace"]), name, "exec")
        except SyntaxError as error:
            return None, f"{mutant['name']} : {error}"
    return name, ""


def check(mutants, sources):
    problems = [problem for m in mutants if (problem := place_of(m, sources)[1])]
    names = [mutant["name"] for mutant in mutants]
    problems += [f"{name} : deux fois" for name in set(names) if names.count(name) > 1]
    problems += [f"{m['name']} : sans raison" for m in mutants if not m.get("why", "").strip()]
    return problems


class Worker:
    """A copy of the addon, an Odoo that finds it, a database of its own."""

    def __init__(self, number, database):
        self.home = CACHE / f"models{number}"
        self.addon = copy_to(self.home / "addons" / MODULE)
        self.database = f"{database}_{number}"
        text = (DEV / "odoo.conf").read_text(encoding="utf-8")
        text = text.replace(str(DEV / "addons"), str(self.home / "addons"))
        self.conf = self.home / "odoo.conf"
        self.conf.write_text(
            text.replace(f"data_dir = {DEV}/data", f"data_dir = {self.home}/data"), encoding="utf-8"
        )
        self.conf.chmod(0o600)
        subprocess.run(["dropdb", "--if-exists", "--force", self.database], check=True)
        subprocess.run(["createdb", "-T", database, self.database], check=True)
        files = self.home / "data" / "filestore"
        shutil.rmtree(files, ignore_errors=True)
        shutil.copytree(DEV / "data" / "filestore" / database, files / self.database)

    def close(self):
        subprocess.run(["dropdb", "--if-exists", "--force", self.database], check=False)

    def run(self, tests, log, update):
        tags = ",".join(f"/{MODULE}/tests/{name}" for name in tests)
        command = [sys.executable, os.environ["ODOO_BIN"], "-c", str(self.conf)]
        command += ["-d", self.database, "--test-tags", tags, "--stop-after-init", "--workers=0"]
        command += ["--max-cron-threads=0", f"--http-port={free_port()}"]
        command += ["-u", MODULE] if update else []
        with log.open("w", encoding="utf-8") as out:
            try:
                code = subprocess.run(
                    command, stdout=out, stderr=subprocess.STDOUT, timeout=LONGEST
                ).returncode
            except subprocess.TimeoutExpired:
                return "trop long", 1
        text = log.read_text(encoding="utf-8", errors="replace")
        failed = FAILED.findall(text)
        if failed or code:
            return failed[0] if failed else "Odoo ne démarre pas", len(RAN.findall(text))
        return "", len(RAN.findall(text))


def free_port():
    with socket() as one:
        one.bind(("127.0.0.1", 0))
        return one.getsockname()[1]


def judge(mutant, worker, sources):
    """Name of a test that detects this mutant; empty when none does."""
    name, _problem = place_of(mutant, sources)
    target = worker.addon / name
    target.write_text(sources[name].replace(mutant["find"], mutant["replace"]), encoding="utf-8")
    log = CACHE / "log" / f"{mutant['name']}.log"
    log.parent.mkdir(exist_ok=True)
    try:
        seen, ran = worker.run(mutant["tests"], log, mutant.get("update", False))
    finally:
        target.write_text(sources[name], encoding="utf-8")
    if not ran and not seen:
        sys.exit(f"{mutant['name']} : aucun test n’a tourné, voir {log}")
    return seen


def mark_of(mutant, sources):
    """What a result rests on: the mutant, its file, its tests and what these share."""
    name, _problem = place_of(mutant, sources)
    tests = [ROOT / "tests" / test for test in mutant["tests"]]
    return digest(ROOT / name, *tests) + repr(sorted(mutant.items()))


def main():
    parser = argparse.ArgumentParser(prog="bin/mutants models", description=__doc__)
    parser.add_argument("names", nargs="*")
    parser.add_argument("--check", action="store_true")
    parser.add_argument(
        "--survivors", action="store_true", help="judge only those that no test has seen yet"
    )
    parser.add_argument("--database")
    parser.add_argument("--workers", type=int, default=1, choices=(1, 2))
    wanted = parser.parse_args()
    mutants, sources = read_list(), read_sources()
    problems = check(mutants, sources)
    if problems:
        sys.exit("\n".join(problems))
    if wanted.check:
        print(f"{len(mutants)} mutants, chacun à sa place")
        return
    CACHE.mkdir(parents=True, exist_ok=True)
    known = json.loads(RESULTS.read_text(encoding="utf-8")) if RESULTS.exists() else {}
    chosen = [m for m in mutants if not wanted.names or m["name"] in wanted.names]
    # Taken before the copy: the tree may change while the tests run.
    marks = {m["name"]: mark_of(m, sources) for m in chosen}
    fresh = [m for m in chosen if wanted.names or known.get(m["name"], [0])[0] != marks[m["name"]]]
    if wanted.survivors:
        fresh = [m for m in fresh if not known.get(m["name"], ["", ""])[1]]
    workers = [Worker(number, wanted.database) for number in range(wanted.workers)] if fresh else []

    def work(mutant, worker):
        return mutant, judge(mutant, worker, sources)

    try:
        for mutant, seen in each(fresh, wanted.workers, workers, work):
            known[mutant["name"]] = (marks[mutant["name"]], seen)
            RESULTS.write_text(json.dumps(known), encoding="utf-8")
            print(f"{mutant['name']:<40} {seen or 'SURVIT'}", file=sys.stderr, flush=True)
    finally:
        for worker in workers:
            worker.close()
    survivors = [m for m in chosen if not known[m["name"]][1]]
    for mutant in survivors:
        print(f"\n{mutant['name']} ({place_of(mutant, sources)[0]})\n  {mutant['why']}")
    seen = len(chosen) - len(survivors)
    print(
        f"\n{len(chosen)} mutants, {seen} vus, {len(survivors)} survivants : {100 * seen / len(chosen):.1f} %"
    )


if __name__ == "__main__":
    main()
