#!/usr/bin/env python3
"""Write docs/files.md: each file with its first sentence, and the numbers that it decides.

        tools/index.py            writes it
        tools/index.py --check    exits with an error when it is out of date

The sentence is that of the docstring; a file of fields and screens is described by its models, a
file of data by the kinds of its records, with their names when they are few.
"""

import ast
import re
import subprocess
import sys
from pathlib import Path
from xml.etree import ElementTree

ROOT = Path(__file__).parents[1]
TARGET = ROOT / "docs" / "files.md"
ROOMS = ("engine", "models", "wizards", "reports", "controllers", "demo")
HEAD = """# Every file, in its own words

Written by `tools/index.py` from the first sentence of each file, on demand: it is not committed.
After the sentence: the numbers that the file decides, those of fields as they are at first.
Where things go is in `architecture.md`.
"""
SCREENS = ("data", "security", "views", "wizards", "reports")  # their XML: records, pages, menus
NUMBERS_AT_MOST = 8
NAMES_AT_MOST = 12  # records of a file of data
LONGEST_VALUE = 80  # characters


def get_sentence(tree):
    """The first sentence of the docstring, else the names of the models; empty otherwise."""
    text = re.sub(r"\s+", " ", ast.get_docstring(tree) or "").strip()
    if text:
        return re.split(r"(?<=\.)\s(?=[A-ZÀ-Ü“«`])", text + " ")[0].strip().rstrip(".")
    names = []
    for node in tree.body:
        for line in node.body if isinstance(node, ast.ClassDef) else ():
            if isinstance(line, ast.Assign) and get_name(line) in ("_name", "_description"):
                if isinstance(line.value, ast.Constant):
                    names.append(str(line.value.value))
    return ", ".join(names)


def get_name(assign):
    target = assign.targets[0] if isinstance(assign, ast.Assign) else assign.target
    return target.id if isinstance(target, ast.Name) else ""


def find_numbers(tree):
    """(name, number) of constants, fields and values of dataclasses."""
    places = [tree, *(node for node in tree.body if isinstance(node, ast.ClassDef))]
    for line in (line for place in places for line in place.body):
        if isinstance(line, ast.Assign | ast.AnnAssign) and (name := get_name(line)):
            value = line.value
            if isinstance(value, ast.Call):
                given = {word.arg: word.value for word in value.keywords}
                value = given.get("default", value)
            if isinstance(value, ast.Constant) and type(value.value) in (int, float):
                yield name, value.value
            elif name.isupper() and is_of_numbers(value):
                yield name, ast.unparse(value)


def is_of_numbers(value):
    """Whether a constant is written with numbers only: a delay, a tuple of delays."""
    found = [node.value for node in ast.walk(value) if isinstance(node, ast.Constant)]
    numbers = bool(found) and all(type(one) in (int, float) for one in found)
    return numbers and len(ast.unparse(value)) <= LONGEST_VALUE


def describe(path):
    tree = ast.parse(path.read_text())
    sentence = get_sentence(tree)
    numbers = [f"{name} {value}" for name, value in find_numbers(tree) if name[0] != "_"]
    kept = ", ".join(f"`{number}`" for number in numbers[:NUMBERS_AT_MOST])
    return sentence, kept


def describe_script(path):
    """The first comment of a script, and its numbers."""
    text = path.read_text()
    comment = re.search(r"/\*\*(.*?)\*/", text, re.S)
    words = re.sub(r"\s*\n\s*\*?\s*", " ", comment[1]).strip() if comment else ""
    sentence = re.split(r"(?<=\.)\s(?=[A-Z“])", words)[0].rstrip(".")
    numbers = re.findall(r"^(?:export )?const ([A-Z_]+) = ([\d_]+);", text, re.M)
    return sentence, ", ".join(f"`{name} {value}`" for name, value in numbers)


def describe_data(path):
    """The kinds of records of a file, with their external names when they are few."""
    kinds = {}
    for item in ElementTree.parse(path).iter():
        if item.tag == "record":
            kinds.setdefault(item.get("model"), []).append(item.get("id"))
        elif item.tag == "function":
            kinds.setdefault(item.get("model"), []).append(item.get("name"))
        elif item.tag in ("template", "menuitem"):
            kinds.setdefault(item.tag, []).append(item.get("id"))
    few = {kind for kind, names in kinds.items() if len(names) <= NAMES_AT_MOST}
    return ", ".join(
        f"`{kind}` ({', '.join(names) if kind in few else len(names)})"
        for kind, names in kinds.items()
    )


def find(pattern):
    """The files of the tree with such a name, known to git or not yet."""
    listed = subprocess.run(
        ["git", "ls-files", "--cached", "--others", "--exclude-standard", pattern],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=True,
    )
    found = {Path(name) for name in listed.stdout.split() if (ROOT / name).exists()}
    return sorted(found, key=lambda path: (path.parent, path.name))


def make():
    parts = [HEAD]
    code = [path for path in find("*.py") if path.parts[0] in ROOMS]
    add(parts, [path for path in code if path.name != "__init__.py"], describe)
    scripts = [path for path in find("*.js") if path.parts[:2] == ("static", "src")]
    add(parts, scripts, describe_script)
    screens = [path for path in find("*.xml") if path.parts[0] in SCREENS]
    add(parts, screens, lambda path: (describe_data(path), ""))
    return "\n".join(parts) + "\n"


def add(parts, paths, describe_one):
    """A heading for each folder, a line for each of its files."""
    folder = None
    for path in paths:
        if path.parent != folder:
            folder = path.parent
            parts.append(f"\n## {folder}\n")
        sentence, numbers = describe_one(ROOT / path)
        parts.append(f"- `{path.name}`: {sentence}" + (f" ({numbers})" if numbers else ""))


if __name__ == "__main__":
    text = make()
    if "--check" not in sys.argv:
        TARGET.write_text(text)
    elif not TARGET.exists() or TARGET.read_text() != text:
        sys.exit("docs/files.md is out of date: tools/index.py writes it again")
