"""Checks of the addon: what Odoo 19 ignores in silence and no other linter knows."""

import ast
import re
import subprocess
import sys
from pathlib import Path

import lint_words

ROOT = Path(__file__).resolve().parent.parent
DAY = "that of the communes: company._get_today()"
MOMENT_DAY = "that of the communes: company._get_organisation_date(moment)"
# pattern, what is wrong, kind of file
FORBIDDEN = [
    (
        r'view_mode">[^<]*\btree\b',
        "view_mode names tree: it loads, then breaks in the browser",
        ".xml",
    ),
    (r"<(report|act_window)\s", "shortcut tag that Odoo 19 ignores", ".xml"),
    (r"kanban-box", "kanban template must be named card", ".xml"),
    (r"oe_chatter", "use <chatter/>", ".xml"),
    (r"\bt-(esc|raw)=", "use t-out", ".xml"),
    (r"\bgroups_id\b", "the field is group_ids", ".xml"),
    (r"_sql_constraints", "use models.Constraint", ".py"),
    (r"def name_get\(", "never called by Odoo 19", ".py"),
    (r"def load_tests\(", "never collected by Odoo", ".py"),
    (r"\b(pdb|breakpoint)\b", "debugger left over", ".py"),
    (r"#\s*TODO(?!.*issue)", "TODO without an issue", ".py"),
    # One day, that of the communes (models/territory/reference_epci/local_time.py): these give the day
    # of the server, of the account or of the browser.
    (r"\bcontext_today\b|\b[dD]ate\.today\(", f"the day is {DAY}", ".py"),
    (r"context_timestamp\((?!zoned?\b)", f"the day of a moment is {MOMENT_DAY}", ".py"),
    (r"(?i)\bcurrent_date\b|\bnow\(\)::date", f"the day is {DAY}", ".py"),
    (
        r"Domain\([^)]*[\"'][+-]\d+[dwmy]",
        "a domain counts days from 'today', not from UTC’s now",
        ".py",
    ),
    (r"'[+-]\d+[dwmy][' ]", "a domain counts days from 'today', not from UTC’s now", ".xml"),
    (r"\bcontext_today\b|\bcurrent_date\b", "write 'today', which the server reads", ".xml"),
    (r"\bnew Date\(\)|\bDateTime\.(now|local)\(", "the day comes from the server", ".js"),
]
# id of a view: <model with underscores>_view_<kind>[...]
VIEW_ID = re.compile(r"_view_(list|form|search|kanban|calendar|graph|pivot|activity)(_|$)")
# Long files; the organisation likes 250 lines.
MAX_LINES = 400
# A shorter file that only adds to a model with a folder belongs to one of its neighbours.
MIN_LINES = 40


def tracked(*patterns):
    """Files that git knows or would add, as paths from the root."""
    out = subprocess.run(
        ["git", "ls-files", "--cached", "--others", "--exclude-standard", *patterns],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=True,
    ).stdout
    return [Path(name) for name in out.splitlines() if (ROOT / name).exists()]


def check_patterns(problems):
    for path in tracked("*.py", "*.xml", "static/src/*.js"):
        if path.parts[0] in ("bin", "tools") or "lib" in path.parts:
            continue
        text = (ROOT / path).read_text(encoding="utf-8")
        for pattern, message, suffix in FORBIDDEN:
            if path.suffix != suffix:
                continue
            for match in re.finditer(pattern, text):
                line = text.count("\n", 0, match.start()) + 1
                problems.append(f"{path}:{line}: {message}")
        if len(text.splitlines()) > MAX_LINES and path.parts[0] in (
            "models",
            "engine",
            "controllers",
            "wizards",
            "views",
        ):
            problems.append(f"{path}: {len(text.splitlines())} lines, more than {MAX_LINES}")


def check_views(problems):
    record = re.compile(r'<record\s+id="([^"]+)"\s+model="ir\.ui\.view"')
    for path in tracked("views/*.xml", "wizards/*.xml"):
        for name in record.findall((ROOT / path).read_text(encoding="utf-8")):
            if not VIEW_ID.search(name):
                problems.append(f"{path}: view id {name} is not <model>_view_<kind>")


def read_by_code(path):
    """Whether some Python of the addon names this file."""
    return any(
        path.name in (ROOT / source).read_text(encoding="utf-8")
        for source in tracked("models/*.py", "engine/*.py", "demo/*.py")
    )


def check_manifest(problems):
    manifest = ast.literal_eval((ROOT / "__manifest__.py").read_text(encoding="utf-8"))
    listed = set(manifest["data"]) | set(manifest.get("demo", []))
    for path in tracked("*.xml", "*.csv"):
        name = path.as_posix()
        if path.parts[0] in ("views", "security", "wizards", "reports", "data", "demo"):
            if path.parts[:2] == ("data", "reference"):
                continue
            # Read by the code, with columns of its own: ir.model.data names carry dots.
            if path.suffix == ".csv" and path.parts[0] in ("data", "demo"):
                if "." not in path.stem and read_by_code(path):
                    continue
            if name not in listed:
                problems.append(f"{name}: not in the manifest")


def check_portal_rules(problems):
    """Every model that portal users may read has a record rule for them."""
    open_models = {"commune.function", "commune.sector"}  # lists without personal data
    rules = "".join((ROOT / path).read_text(encoding="utf-8") for path in tracked("security/*.xml"))
    for path in tracked("security/*.csv"):
        for row in (ROOT / path).read_text(encoding="utf-8").splitlines()[1:]:
            fields = row.split(",")
            if fields[3] == "base.group_portal":
                model = fields[2].removeprefix("model_")
                if model.replace("_", ".") in open_models:
                    continue
                if f'ref="model_{model}"' not in rules:
                    problems.append(f"{path}: {model} is open to the portal without a rule")


def parse(path):
    return ast.parse((ROOT / path).read_text(encoding="utf-8"))


def check_routes(problems):
    """Check that each route documents who may call it and what it changes."""
    for path in tracked("controllers/*.py"):
        for owner in (n for n in ast.walk(parse(path)) if isinstance(n, ast.ClassDef)):
            for method in (n for n in owner.body if isinstance(n, ast.FunctionDef)):
                if not method.name.startswith("_") and not ast.get_docstring(method):
                    problems.append(
                        f"{path}:{method.lineno}: {method.name} does not say who may call it"
                    )


def get_pillars():
    """The pillars in order: `models/__init__.py` is the table of contents."""
    return [name.name for node in parse("models/__init__.py").body for name in node.names]


def get_owned_models(paths):
    """{name of a model: pillar where it is defined}"""
    owned = {}
    for path in paths:
        for owner in (n for n in ast.walk(parse(path)) if isinstance(n, ast.ClassDef)):
            assigned = {
                node.targets[0].id: ast.literal_eval(node.value)
                for node in owner.body
                if isinstance(node, ast.Assign)
                and isinstance(node.targets[0], ast.Name)
                and node.targets[0].id in ("_name", "_inherit")
            }
            if "_name" in assigned and assigned["_name"] not in assigned.get("_inherit", ()):
                owned[assigned["_name"]] = path.parts[1]
    return owned


# One table for all pillars: it names their models and imports nothing of them.
TABLES = ("models/core/odoo/base.py", "models/core/retention.py")


def check_arrows(problems):
    """A pillar uses `core` and the pillars above it: neither modules nor models of those below."""
    pillars = get_pillars()
    paths = [
        path
        for path in tracked("models/*.py", "wizards/*.py", "reports/*.py")
        if path.parts[1] in pillars
    ]
    owned = get_owned_models(paths)
    for path in paths:
        rank = pillars.index(path.parts[1])
        for node in ast.walk(parse(path)):
            used = None
            if isinstance(node, ast.ImportFrom) and node.level:
                target = [*path.parts[: -node.level], *(node.module or "").split(".")]
                used = target[1] if target[0] in ("models", "wizards", "reports") else None
            elif isinstance(node, ast.Constant) and isinstance(node.value, str):
                used = None if path.as_posix() in TABLES else owned.get(node.value)
            if used in pillars and pillars.index(used) > rank:
                problems.append(f"{path}:{node.lineno}: {path.parts[1]} uses {used}, below it")


def check_map(problems):
    """The map names what exists, every room of the models, and the pillars in their order."""
    files = {path.as_posix() for path in tracked()}
    folders = {parent.as_posix() for name in files for parent in Path(name).parents}
    for name in ("README.md", "docs/architecture.md"):
        text = (ROOT / name).read_text(encoding="utf-8")
        for word in " ".join(re.findall(r"`([^`\n]+)`", text)).split():
            word = word.rstrip("/")
            if "/" in word and "<" not in word and word.split("/")[0] in folders:
                if word not in files and word not in folders:
                    problems.append(f"{name}: {word} does not exist")
    text = (ROOT / "docs/architecture.md").read_text(encoding="utf-8")
    rows = dict(re.findall(r"^\| `(\w+)` \|(.*)\|$", text, re.M))
    if list(rows) != get_pillars():
        problems.append("docs/architecture.md: its pillars are not those of models/__init__.py")
    for folder in folders:
        parts = folder.split("/")
        if (
            parts[0] == "models"
            and len(parts) == 3
            and f"`{parts[2]}`" not in rows.get(parts[1], "")
        ):
            problems.append(f"docs/architecture.md: {folder} is not named")


def read_models(path):
    """[(name or None, names inherited)] of the models that a file holds."""
    found = []
    for node in ast.parse((ROOT / path).read_text(encoding="utf-8")).body:
        if not isinstance(node, ast.ClassDef) or "Model" not in "".join(
            map(ast.unparse, node.bases)
        ):
            continue
        values = {
            target.id: ast.literal_eval(line.value)
            for line in node.body
            if isinstance(line, ast.Assign)
            for target in line.targets
            if isinstance(target, ast.Name) and target.id in ("_name", "_inherit")
        }
        inherited = values.get("_inherit", [])
        inherited = [inherited] if isinstance(inherited, str) else inherited
        found.append((values.get("_name"), inherited))
    return found


def check_fragments(problems):
    """One model, one folder: no crumb of a model that has a folder in the pillar."""
    models = {path: read_models(path) for path in tracked("models/*.py")}
    homes = {}
    for path, held in models.items():
        for name, inherited in held:
            bears = path.stem == path.parent.name  # of another addon: the file named as the folder
            for model in [name] if name else inherited if bears else []:
                if len(path.parts) == 4 and (bears or model not in inherited):
                    homes[path.parts[1], model] = path.parent
    for path, held in models.items():
        lines = len((ROOT / path).read_text(encoding="utf-8").splitlines())
        if not held or lines >= MIN_LINES or any(name for name, _inherited in held):
            continue
        for model in {model for _name, inherited in held for model in inherited}:
            if home := homes.get((path.parts[1], model)):
                problems.append(f"{path}: {lines} lines of {model}, which has {home}/")


def check_plurals(problems):
    """Refuse two Python files whose names differ by one final s: they are easily confused."""
    paths = tracked(
        *(f"{folder}/*.py" for folder in ("models", "reports", "wizards", "controllers"))
    )
    known = {}
    for path in paths:
        known.setdefault(path.stem, path)
    for path in paths:
        if other := known.get(f"{path.stem}s"):
            problems.append(f"{path}: {other} has the same name but for an s")


def check_words(problems):
    lint_words.check_words(problems, tracked(*lint_words.SUFFIXES), ROOT)


CHECKS = (
    check_patterns,
    check_views,
    check_manifest,
    check_portal_rules,
    check_routes,
    check_arrows,
    check_map,
    check_fragments,
    check_plurals,
    check_words,
)


def main():
    problems = []
    for check in CHECKS:
        check(problems)
    for problem in problems:
        print(problem)
    return 1 if problems else 0


if __name__ == "__main__":
    sys.exit(main())
