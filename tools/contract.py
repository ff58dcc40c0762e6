"""Contract with Odoo: methods that the addon overrides, and their changes.

    tools/contract.py                       compare the Odoo of this machine with the committed list
    tools/contract.py --odoo-home PATH      compare another Odoo (a checkout, or a folder `odoo/`)
    tools/contract.py --update              write the list again, once each difference was read

Static: nothing is imported, no database is needed. `tools/contract.csv` keeps one line for each
method of Odoo or of OCA that a class of the addon overrides, with its signature and a fingerprint
of its code, without comments and docstrings. An override that calls `super()` breaks in silence
when the method behind it changes: to port the addon, read these lines first.
"""

import argparse
import ast
import csv
import hashlib
import os
import sys
from dataclasses import dataclass, field
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
LIST = ROOT / "tools" / "contract.csv"
COLUMNS = ("module", "model", "method", "signature", "hash", "ours")
FOLDERS = ("models", "wizards", "reports", "controllers", "hooks.py")
KINDS = {"Model", "AbstractModel", "TransientModel", "BaseModel"}
SKIPPED = {"tests", "static", "migrations", "upgrades", "populate", "i18n", "node_modules"}
CORE = "odoo"  # the module of what is in no addon
SHOWN = 3  # files of the addon on one line
LIVING = {"request"}  # what is set on it belongs to one request


@dataclass
class Definition:
    """Class of a file, of the addon or of an addon that it depends on."""

    module: str
    path: Path
    node: ast.ClassDef
    model: str = ""
    parents: list = field(default_factory=list)

    def get_methods(self):
        kinds = (ast.FunctionDef, ast.AsyncFunctionDef)
        return {node.name: node for node in self.node.body if isinstance(node, kinds)}


# where the sources are


def find_odoo(home=None):
    """:return: the folder of the Python package `odoo`"""
    places = [Path(home), Path(home) / "odoo"] if home else [Path(p) / "odoo" for p in sys.path]
    for place in places:
        if (place / "addons" / "base").is_dir() and (place / "release.py").is_file():
            return place
    raise SystemExit(f"no Odoo in {home or 'sys.path'}: a folder odoo/ with addons/base is needed")


def find_addon_folders(odoo, more=()):
    """Addons folders of that Odoo, then of Python, where OCA addons are installed."""
    places = [odoo / "addons", odoo.parent / "addons", *map(Path, more)]
    venv = sorted((ROOT / ".dev" / "venv" / "lib").glob("python3*/site-packages/odoo/addons"))
    places += venv + [Path(path) / "odoo" / "addons" for path in sys.path]
    return [place for place in dict.fromkeys(places) if place.is_dir()]


def find_addons(folders):
    """{addon: folder} of all the dependencies of the addon, without itself."""
    found, asked = {}, ["base", *read_manifest(ROOT)["depends"]]
    while asked:
        name = asked.pop()
        if name in found:
            continue
        place = next((f / name for f in folders if (f / name / "__manifest__.py").is_file()), None)
        if not place:
            raise SystemExit(f"the addon {name} is in none of: {', '.join(map(str, folders))}")
        found[name] = place
        asked += read_manifest(place).get("depends", ["base"])
    return found


def read_manifest(folder):
    return ast.literal_eval((folder / "__manifest__.py").read_text(encoding="utf-8"))


def list_files(folder):
    for base, folders, names in os.walk(folder):
        folders[:] = sorted(set(folders) - SKIPPED)
        yield from (Path(base) / name for name in sorted(names) if name.endswith(".py"))


def list_own_files():
    for place in (ROOT / name for name in FOLDERS):
        yield from [place] if place.is_file() else list_files(place)


# what they hold


def read_classes(module, path):
    tree = ast.parse(path.read_text(encoding="utf-8"))
    return [Definition(module, path, node) for node in tree.body if isinstance(node, ast.ClassDef)]


def name_model(definition):
    """Give a class the name of its model, as `odoo.orm` does; False when it is no model."""
    bases = {ast.unparse(base).split(".")[-1] for base in definition.node.bases}
    if not bases & KINDS:
        return False
    values = {}
    for line in definition.node.body:
        if isinstance(line, ast.Assign) and isinstance(line.targets[0], ast.Name):
            if line.targets[0].id in ("_name", "_inherit"):
                try:
                    values[line.targets[0].id] = ast.literal_eval(line.value)
                except ValueError:
                    return False
    parents = values.get("_inherit") or []
    definition.parents = [parents] if isinstance(parents, str) else list(parents)
    alone = definition.parents[0] if len(definition.parents) == 1 else ""
    dotted = "".join(f".{c.lower()}" if c.isupper() else c for c in definition.node.name)
    definition.model = values.get("_name") or alone or dotted.lstrip(".")
    return True


def read_models(module, files):
    found = []
    for path in files:
        if "models" in path.read_text(encoding="utf-8"):
            found += [one for one in read_classes(module, path) if name_model(one)]
    return found


def get_ancestors(model, parents):
    """The models that it inherits from, itself first."""
    found, asked = [], [model]
    while asked:
        name = asked.pop(0)
        if name not in found:
            found.append(name)
            asked += sorted(parents.get(name, ()))
    return found


def fingerprint(node):
    """(signature, hash) of a method or of a class; comments and docstrings do not count."""
    node = ast.parse(ast.unparse(node)).body[0]
    for part in ast.walk(node):
        if isinstance(part, (ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef)):
            if ast.get_docstring(part, clean=False) is not None:
                part.body = part.body[1:] or [ast.Pass()]
    signature = "" if isinstance(node, ast.ClassDef) else ast.unparse(node.args)
    return signature, hashlib.sha256(ast.unparse(node).encode()).hexdigest()[:16]


# which methods of Odoo and OCA are overridden


class Contract:
    """Lines of the list: {(module, model, method): (signature, hash, files of the addon)}"""

    def __init__(self, odoo, addons):
        self.odoo, self.addons = odoo, addons
        self.lines = {}

    def add(self, module, model, method, node, path):
        signature, code = fingerprint(node)
        known = self.lines.setdefault((module, model, method), (signature, code, set()))
        known[2].add(path.relative_to(ROOT).as_posix())

    def collect(self):
        files = list(list_own_files())
        self._collect_models(read_models("", files))
        for path in files:
            self._collect_classes(path)
            self._collect_patches(path)
        return {key: (*line[:2], shorten(line[2])) for key, line in self.lines.items()}

    # models

    def _collect_models(self, classes):
        stock = self._read_stock()
        parents = {}
        for one in [*stock, *classes]:
            parents.setdefault(one.model, set()).update(set(one.parents) - {one.model})
        known, own = {}, {}
        for one in stock:
            known.setdefault(one.model, []).append(one)
        for one in classes:
            own.setdefault(one.model, []).append(one)
        base = self._read_base()
        for model in own:
            ancestors = get_ancestors(model, parents)
            behind = [one for name in [*ancestors, "base"] for one in known.get(name, ())] + base
            # Methods of a mixin of the addon override those of the models that inherit it.
            before = [name for name in ancestors if name == model or name not in known]
            for one in (one for name in before for one in own.get(name, ())):
                self._match(one, behind)

    def _match(self, own, behind):
        for name in own.get_methods():
            for stock in behind:
                if node := stock.get_methods().get(name):
                    self.add(stock.module, stock.model, name, node, own.path)

    def _read_stock(self):
        found = []
        for module, folder in sorted(self.addons.items()):
            found += read_models(module, list_files(folder))
        return found

    def _read_base(self):
        found = []
        for path in sorted((self.odoo / "orm").glob("models*.py")):
            for one in read_classes(CORE, path):
                if one.node.name in KINDS:
                    one.model = one.node.name
                    found.append(one)
        return found

    # controllers and other classes; values that replace those of Odoo

    def _collect_classes(self, path):
        imported = read_imports(path)
        for own in read_classes("", path):
            for base in own.node.bases:
                for stock in self._get_chain(imported.get(ast.unparse(base))):
                    if not KINDS & {stock.node.name}:
                        self._match(own, [stock])

    def _get_chain(self, source):
        """The class that an import names, then its bases."""
        found, asked = [], [source]
        while asked:
            if definition := self._find_definition(asked.pop(0)):
                found.append(definition)
                imported = read_imports(definition.path)
                here = self._name_path(definition.path)
                for base in map(ast.unparse, definition.node.bases):
                    asked.append(imported.get(base) or (here, base))
        return found

    def _name_path(self, path):
        for root in [self.odoo, *self.addons.values()]:
            if path.is_relative_to(root):
                parts = path.relative_to(root).with_suffix("").parts
                name = ["odoo"] if root == self.odoo else ["odoo", "addons", root.name]
                return ".".join([*name, *(part for part in parts if part != "__init__")])
        return ""

    def _find_definition(self, source, kind=ast.ClassDef):
        """:param source: (dotted module, name), as written in an import"""
        module, name = source or ("", "")
        path = self._find_path(module)
        if not path:
            return None
        for node in ast.parse(path.read_text(encoding="utf-8")).body:
            if isinstance(node, kind) and getattr(node, "name", "") == name:
                owner = module.split(".")[2] if module.startswith("odoo.addons.") else CORE
                return Definition(owner, path, node, model=name)
        again = read_imports(path).get(name)
        return self._find_definition(again, kind) if again and again != source else None

    def _find_path(self, module):
        parts = module.split(".")
        if parts[0] != "odoo":
            return None
        place = self.odoo.joinpath(*parts[1:])
        if parts[1:2] == ["addons"] and len(parts) > 2:
            if parts[2] not in self.addons:
                return None
            place = self.addons[parts[2]].joinpath(*parts[3:])
        places = (place.with_suffix(".py"), place / "__init__.py")
        return next((path for path in places if path.is_file()), None)

    def _collect_patches(self, path):
        imported = read_imports(path)
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            for target in node.targets if isinstance(node, ast.Assign) else ():
                names = read_target(target)
                source = imported.get(names[0]) if len(names) > 1 else None
                if source and names[0] not in LIVING and (stock := self._find_value(source)):
                    patched = (stock.module, stock.model, names[1])
                    whole = stock.get_methods().get(names[1], stock.node)
                    self.add(*patched, whole, path)

    def _find_value(self, source):
        """The class, or that of the value, which an import names."""
        if found := self._find_definition(source):
            return found
        path = self._find_path(source[0])
        for node in ast.parse(path.read_text(encoding="utf-8")).body if path else ():
            if isinstance(node, ast.Assign) and isinstance(node.value, ast.Call):
                if ast.unparse(node.targets[0]) == source[1]:
                    return self._find_definition((source[0], ast.unparse(node.value.func)))
        return None


def read_imports(path):
    """{name: (dotted module of odoo, name there)}"""
    found = {}
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.ImportFrom):
            module = node.module or ""
            if node.level:
                module = ".".join(filter(None, [name_package(path, node.level), module]))
            if module.split(".")[0] == "odoo":
                found.update({one.asname or one.name: (module, one.name) for one in node.names})
    return found


def name_package(path, level):
    """The dotted name of the package `level` above a file of Odoo or of OCA."""
    folder = path.parents[level - 1]
    parts = folder.parts
    if "addons" in parts:
        start = len(parts) - 1 - parts[::-1].index("addons")
        return ".".join(["odoo", *parts[start:]])
    for above in (folder, *folder.parents):
        if (above / "release.py").is_file():
            return ".".join(["odoo", *folder.relative_to(above).parts])
    return ""


def read_target(node):
    """`code_translations.python_translations[…]`: its names in order."""
    if isinstance(node, ast.Subscript):
        return read_target(node.value)
    if isinstance(node, ast.Attribute):
        names = read_target(node.value)
        return [*names, node.attr] if names else []
    return [node.id] if isinstance(node, ast.Name) else []


# the list


def read_list(path=LIST):
    with path.open(encoding="utf-8", newline="") as stream:
        return {
            (row["module"], row["model"], row["method"]): (
                row["signature"],
                row["hash"],
                row["ours"],
            )
            for row in csv.DictReader(stream)
        }


def write_list(lines, path=LIST):
    with path.open("w", encoding="utf-8", newline="") as stream:
        writer = csv.writer(stream, lineterminator="\n")
        writer.writerow(COLUMNS)
        writer.writerows([*key, *line] for key, line in sorted(lines.items()))


def shorten(paths):
    """Three files at most: `write` has dozens, and each new one would change the list."""
    names = sorted(paths)
    return " ".join(names) if len(names) <= SHOWN else f"{len(names)} files"


def compare(listed, found):
    """One sentence for each line that changed; the files of the addon are not compared."""
    report = []
    for key in sorted({*listed, *found}):
        module, model, method = key
        what = f"`{model}.{method}` of {module}"
        before, now = listed.get(key), found.get(key)
        own = f"; ours: {(now or before)[2]}"
        if not before:
            report.append(f"{what} is overridden and not listed{own}")
        elif not now:
            gone = is_defined(method)
            why = "is gone from there" if gone else "is listed and not overridden any more"
            report.append(f"{what} {why}{own}")
        elif before[0] != now[0]:
            report.append(f"{what}: signature changed: {describe(before[0], now[0])}{own}")
        elif before[1] != now[1]:
            report.append(f"{what}: its code changed{own}")
    return report


def is_defined(method):
    return any(f"def {method}(" in path.read_text(encoding="utf-8") for path in list_own_files())


def describe(before, now):
    """`+ x, - y`; the whole when the order alone is another."""
    sides = [list_arguments(text) for text in (before, now)]
    moved = [f"+ `{one}`" for one in sides[1] if one not in sides[0]]
    moved += [f"- `{one}`" for one in sides[0] if one not in sides[1]]
    return ", ".join(moved) or f"`{before}` became `{now}`"


def list_arguments(signature):
    args = ast.parse(f"lambda {signature}: 0").body[0].value.args
    named = [*args.posonlyargs, *args.args]
    bare = len(named) - len(args.defaults)
    shown = [one.arg for one in named[:bare]]
    shown += [f"{a.arg}={ast.unparse(d)}" for a, d in zip(named[bare:], args.defaults, strict=True)]
    for one, value in zip(args.kwonlyargs, args.kw_defaults, strict=True):
        shown.append(one.arg if value is None else f"{one.arg}={ast.unparse(value)}")
    starred = (("*", args.vararg), ("**", args.kwarg))
    return shown + [f"{stars}{one.arg}" for stars, one in starred if one]


def collect(home=None, more=()):
    odoo = find_odoo(home)
    return Contract(odoo, find_addons(find_addon_folders(odoo, more))).collect()


def main():
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--odoo-home", default=os.environ.get("ODOO_HOME"))
    parser.add_argument("--addons", action="append", default=[], help="another folder of addons")
    parser.add_argument("--update", action="store_true", help="write tools/contract.csv again")
    options = parser.parse_args()
    found = collect(options.odoo_home, options.addons)
    if options.update:
        write_list(found)
        print(f"{len(found)} overridden methods in {LIST.relative_to(ROOT)}")
        return 0
    report = compare(read_list(), found)
    print("\n".join(report) or f"{len(found)} overridden methods, none moved")
    return 1 if report else 0


if __name__ == "__main__":
    sys.exit(main())
