"""Mutants of engine/: cosmic-ray makes them, the tests of their package run without Odoo."""

import argparse
import ast
import difflib
import json
import os
import random
import re
import signal
import subprocess
import sys
import time
from collections import Counter, defaultdict
from dataclasses import dataclass
from functools import cache, cached_property
from pathlib import Path

import tomllib
from cosmic_ray.ast import ast_nodes, get_ast
from cosmic_ray.mutating import mutate_code
from cosmic_ray.plugins import get_operator
from mutants_copy import CACHE, ROOT, copy_to, digest, each

RESULTS = CACHE / "engine.json"
EQUIVALENT = ROOT / "tools" / "mutants_engine.toml"
TESTS = Path("tests/engine")
BOUND = re.compile(
    r"LONGEST|MEMBERS|FLOOR|RATIO|MEGABYTE|PIECES|^_?LIMIT$|^_?MAX_(LENGTH|WORDS)$"
    r"|^_(BLOCK|HEAD|FILES|NAMES|DEEPEST)$"  # how much is read at once, how much a file may hold
    r"|^(ALONE|RESERVE|PERIOD|LARGE)$"  # how the solver shares its time
)
# One change for each operator, or two when both sides of a limit count: eleven for each `+`
# would only raise the score.
BINARY = (
    "Add_Sub Sub_Add Mul_Div Div_Mul FloorDiv_Mul Mod_FloorDiv Pow_Mul BitOr_BitAnd BitAnd_BitOr"
)
COMPARISON = (
    "Eq_NotEq NotEq_Eq Lt_LtE Lt_GtE LtE_Lt LtE_Gt Gt_GtE Gt_LtE GtE_Gt GtE_Lt Is_IsNot IsNot_Is"
)
OPERATORS = [
    *(f"core/ReplaceBinaryOperator_{name}" for name in BINARY.split()),
    *(f"core/ReplaceComparisonOperator_{name}" for name in COMPARISON.split()),
    "core/ReplaceUnaryOperator_Delete_Not",
    "core/ReplaceUnaryOperator_Delete_USub",
    "core/AddNot",
    "core/ReplaceTrueWithFalse",
    "core/ReplaceFalseWithTrue",
    "core/ReplaceAndWithOr",
    "core/ReplaceOrWithAnd",
    "core/ReplaceBreakWithContinue",
    "core/ReplaceContinueWithBreak",
    "core/ZeroIterationForLoop",
    "core/ExceptionReplacer",
    "core/NumberReplacer",
]


@dataclass(frozen=True)
class Mutant:
    path: str
    operator: str
    occurrence: int
    line: int

    @property
    def package(self):
        return package_of(self.path)

    @cached_property
    def text(self):
        return mutate_code(source_of(self.path), get_operator(self.operator)(), self.occurrence)

    @property
    def is_written(self):
        """cosmic-ray finds `except csv.Error` and cannot replace it: a name with a dot."""
        if self.operator != "core/ExceptionReplacer":
            return True
        try:
            return bool(self.text)
        except AttributeError:
            return False

    @cached_property
    def changed(self):
        """(lines taken away, lines put instead)"""
        lines = list(difflib.ndiff(source_of(self.path).splitlines(), self.text.splitlines()))
        return tuple(
            "\n".join(line[2:].strip() for line in lines if line.startswith(sign)) for sign in "-+"
        )


@cache
def source_of(path):
    return (ROOT / path).read_text(encoding="utf-8")


def package_of(path):
    """engine/billing/compute.py -> billing; engine/french_messages.py -> french"""
    return Path(path).parts[1].removesuffix(".py")


# --- Which mutants -----------------------------------------------------------------------


def spared(source):
    """Positions without a rule to test: annotations, decorators and bounds of protection.

    A bound that only protects a server (`LONGEST_LINE = 1_000`) may move by one unnoticed.
    """
    tree = ast.parse(source)
    for node in tree.body:
        if isinstance(node, ast.Assign) and BOUND.search(ast.unparse(node.targets[0])):
            yield (node.lineno, 0), (node.end_lineno, node.end_col_offset)
    for node in ast.walk(tree):
        found = [
            getattr(node, "annotation", None),
            getattr(node, "returns", None),
            *getattr(node, "decorator_list", ()),
        ]
        for part in found:
            if part is not None:
                yield (part.lineno, part.col_offset), (part.end_lineno, part.end_col_offset)


def mutants_of(path):
    source = source_of(path)
    nodes, out = list(ast_nodes(get_ast(source))), list(spared(source))
    for name in OPERATORS:
        operator = get_operator(name)()
        positions = [start for node in nodes for start, _end in operator.mutation_positions(node)]
        for occurrence, start in enumerate(positions):
            mutant = Mutant(path, name, occurrence, start[0])
            if not any(first <= start < last for first, last in out) and mutant.is_written:
                yield mutant


def every_mutant(packages):
    found = defaultdict(list)
    for path in sorted((ROOT / "engine").rglob("*.py")):
        name = str(path.relative_to(ROOT))
        if name != "engine/__init__.py" and (not packages or package_of(name) in packages):
            found[package_of(name)] += mutants_of(name)
    return found


def sample(found, size, seed):
    """A share of each package, as large as the package is; a larger sample holds a smaller one."""
    total = sum(len(mutants) for mutants in found.values())
    for package, mutants in sorted(found.items()):
        share = min(len(mutants), max(1, round(size * len(mutants) / total)) if mutants else 0)
        yield from random.Random(f"{seed} {package}").sample(mutants, len(mutants))[:share]


# --- Which tests -------------------------------------------------------------------------


def named_in(text):
    """Packages of engine/ that a text names, as an import or as a command line."""
    found = set(re.findall(r"\bengine\.(\w+)", text))
    for names in re.findall(r"from engine import (\([^)]*\)|.*)", text):
        found |= set(re.findall(r"\w+", names))
    return found & {package_of(path.relative_to(ROOT)) for path in (ROOT / "engine").rglob("*.py")}


def test_files(place):
    """Name of each test file and of its helpers -> path; the slow ones have their folder."""
    return {path.stem: path for path in (place / TESTS).rglob("*.py")}


def tests_by_package():
    """package -> test files that name it; package -> packages that use it"""
    direct, used = defaultdict(set), defaultdict(set)
    files = test_files(ROOT)
    for stem, path in files.items():
        if not stem.startswith("test_"):
            continue
        text = path.read_text(encoding="utf-8")
        helpers = re.findall(r"^(?:from|import) (\w+)", text, re.M)
        text += "".join(files[name].read_text("utf-8") for name in helpers if name in files)
        for package in named_in(text) or {"*"}:
            direct[package].add(stem)
    for path in (ROOT / "engine").rglob("*.py"):
        # from ..text import fold -> text is used by the package that this file is of
        pattern = r"from \.\.(\w+)" if path.parent.parent == ROOT / "engine" else r"from \.(\w+)"
        for package in re.findall(pattern, path.read_text(encoding="utf-8")):
            used[package].add(package_of(path.relative_to(ROOT)))
    return direct, used


class Tests:
    """The test files, how long each takes, and what each of them holds."""

    def __init__(self, place):
        self.direct, self.used = tests_by_package()
        self.place, self.files = place, test_files(place)
        self.helpers = digest(*(path for stem, path in self.files.items() if "_cases" in stem))
        self.known = read_json(CACHE / "tests.json")

    def mark(self, stem):
        """What a result rests on: the copy, for the tree may change meanwhile; empty when the
        test file is no longer there."""
        return self.helpers + digest(self.files[stem]) if stem in self.files else ""

    def of(self, package):
        """Quick ones first; for a package that no test names, the tests of its users."""
        users = set().union(*(self.direct[name] for name in self.used[package]))
        return sorted((self.direct[package] or users) | self.direct["*"], key=self.seconds)

    def seconds(self, stem):
        if (found := self.known.get(stem)) and found[0] == self.mark(stem):
            return found[1]
        start = time.monotonic()
        if run(self.place, self.files[stem], 600) != "passed":
            sys.exit(f"{stem} échoue sans aucun mutant.")
        self.known[stem] = (self.mark(stem), time.monotonic() - start)
        write_json(CACHE / "tests.json", self.known)
        return self.known[stem][1]


# --- Running -----------------------------------------------------------------------------


def run(place, file, limit):
    paths = os.pathsep.join(map(str, (place, place / TESTS)))
    process = subprocess.Popen(
        [sys.executable, "-m", "unittest", "-f", file.stem],
        cwd=file.parent,
        env={**os.environ, "PYTHONPATH": paths, "PYTHONDONTWRITEBYTECODE": "1"},
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        start_new_session=True,
    )
    try:
        return "failed" if process.wait(limit) else "passed"
    except subprocess.TimeoutExpired:
        os.killpg(process.pid, signal.SIGKILL)
        process.wait()
        return "too long"


def killer_of(mutant, place, tests):
    """The test file that sees this mutant, or None."""
    target, files = place / mutant.path, test_files(place)
    before = target.read_text(encoding="utf-8")
    target.write_text(mutant.text, encoding="utf-8")
    try:
        for stem in tests.of(mutant.package):
            if run(place, files[stem], 5 + 4 * tests.seconds(stem)) != "passed":
                return stem
    finally:
        target.write_text(before, encoding="utf-8")
    return None


def judge(mutant, place, tests, results):
    """What is known already holds as long as neither the file nor its tests have changed."""
    key = f"{mutant.operator} {mutant.occurrence} {digest(place / mutant.path)}"
    found = results.get(key)
    if found and found["killer"] and found["mark"] == tests.mark(found["killer"]):
        return found["killer"]
    every = "".join(tests.mark(stem) for stem in tests.of(mutant.package))
    if found and not found["killer"] and found["mark"] == every:
        return None
    killer = killer_of(mutant, place, tests)
    results[key] = {"killer": killer, "mark": tests.mark(killer) if killer else every}
    return killer


def read_json(path):
    return json.loads(path.read_text(encoding="utf-8")) if path.exists() else {}


def write_json(path, values):
    path.with_suffix(".new").write_text(json.dumps(values), encoding="utf-8")
    path.with_suffix(".new").replace(path)


def equivalents():
    """(line, mutated line) -> why no test can distinguish them"""
    with EQUIVALENT.open("rb") as stream:
        return {
            (item["line"], item["mutant"]): item["why"] for item in tomllib.load(stream)["same"]
        }


def report(total, killed, same, survivors):
    for mutant in survivors:
        before, after = mutant.changed
        print(f"\n{mutant.path}:{mutant.line}\n  - {before}\n  + {after}")
    print("\npaquet            mutants   vus  équivalents  survivants   score")
    count = Counter(mutant.package for mutant in survivors)
    for package in [*sorted(total), None]:
        part = [c[package] if package else c.total() for c in (total, killed, same, count)]
        score = 100 * part[1] / max(1, part[0] - part[2])
        print(
            f"{package or 'ensemble':<16}{part[0]:>9}{part[1]:>6}{part[2]:>13}{part[3]:>12}{score:>7.1f} %"
        )


def main():
    parser = argparse.ArgumentParser(prog="bin/mutants engine", description=__doc__)
    parser.add_argument("packages", nargs="*")
    parser.add_argument("--sample", type=int, default=300)
    parser.add_argument("--seed", default="1")
    parser.add_argument("--all", action="store_true")
    parser.add_argument("--workers", type=int, default=2, choices=(1, 2))
    wanted = parser.parse_args()
    CACHE.mkdir(parents=True, exist_ok=True)
    places = [copy_to(CACHE / f"engine{n}") for n in range(wanted.workers)]
    tests, results, same = Tests(places[0]), read_json(RESULTS), equivalents()
    found = every_mutant(wanted.packages)
    chosen = [m for some in found.values() for m in some]
    if not wanted.all:
        chosen = list(sample(found, wanted.sample, wanted.seed))
    for package in {mutant.package for mutant in chosen}:
        tests.of(package)
    total, killed, equal, survivors = Counter(), Counter(), Counter(), []

    def work(mutant, place):
        return mutant, mutant.changed in same or judge(mutant, place, tests, results)

    for done, (mutant, verdict) in enumerate(each(chosen, wanted.workers, places, work), 1):
        total[mutant.package] += 1
        equal[mutant.package] += verdict is True
        killed[mutant.package] += isinstance(verdict, str)
        if not verdict:
            survivors.append(mutant)
        if done % 20 == 0 or done == len(chosen):
            write_json(RESULTS, dict(results))
            print(f"{done}/{len(chosen)}, {len(survivors)} survivants", file=sys.stderr, flush=True)
    report(total, killed, equal, survivors)


if __name__ == "__main__":
    main()
