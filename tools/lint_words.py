"""Words of a former dialect, which nobody greps for (docs/decisions/030): refused by bin/lint.

In identifiers everywhere; in Python also as variables and arguments, and in docstrings and comments;
the plainest ones also in the English texts that translators read.
"""

import ast
import io
import re
import tokenize

SUFFIXES = ("*.py", "*.xml", "*.js", "*.scss", "*.css", "*.csv", "*.toml", "*.html", "*.pot")
# Migrations and stored data keep the names of databases in use.
SKIP = ("migrations/", "data/reference/", "tests/fixtures/", "docs/", "CHANGELOG.md")
KEPT = ("house_committees", "house_mayors", "house_copil", "house_commission", "guides_house")
# Finger movements on a screen keep the name of the web standards.
KEPT += ("map_gestures",)
WHOLE = re.compile(
    r"^_*(told|untold|gestures?|mates?|whoever|journeys?|reckon\w*|peopled|keeper|bouquet)_*$", re.I
)
PART = re.compile(
    r"(?:^|_)(tell|say|told|untold|houses?|mates?|gestures?|holes?|heard|sought|glances?|guarded"
    r"|whoever|journeys?|reckon\w*|peopled|keeper|bouquets?|at_hand|of_others|second_look"
    r"|looked_over|stands_in|stands_above|of_ours|is_said|shelf)(?:_|$)",
    re.I,
)
CAMEL = re.compile(
    r"(?:^|[a-z0-9])(Tell|Say|Told|House|Mate|Hole|Heard|Sought|Glance|Guarded|Whoever|Journey"
    r"|Reckon|Keeper|Bouquet|FirstMorning|Ours|OfOthers|Shelf)s?(?=[A-Z]|$)"
)
NAME = re.compile(r"[A-Za-z_][A-Za-z0-9_]*")
# A variable says what it holds: managed, own, foreign, text.
VARIABLE = re.compile(r"_*(ours|theirs|mine|said|told|whoever|gestures?|mates?|papers)_*", re.I)
PROSE = re.compile(
    r"\b(whoever|whomever|told|ours|gestures?|mates?|houses?|papers|journeys?|reckon\w*|bouquets?"
    r"|stands?|those of (?:these|those|which|them)|at hand|second look|looked over|put away"
    r"|none of us|hears?)\b",
    re.I,
)
SOURCE = re.compile(r"\b(told|whoever|gestures?|the house)\b", re.I)
NODES = (ast.Module, ast.ClassDef, ast.FunctionDef, ast.AsyncFunctionDef)


def is_name(word):
    """Whether a word can only be an identifier; a plain word of prose, such as `say`, is not."""
    return "_" in word.strip("_") or word.startswith("_") or re.search(r"[a-z][A-Z]", word)


def find_identifiers(text):
    for number, line in enumerate(text.splitlines(), 1):
        for word in NAME.findall(line):
            if word in KEPT or not is_name(word):
                continue
            if WHOLE.search(word) or PART.search(word) or CAMEL.search(word):
                yield number, word


def find_variables(tree):
    for node in ast.walk(tree):
        name = getattr(node, "arg", None) if isinstance(node, ast.arg) else getattr(node, "id", "")
        if name and VARIABLE.fullmatch(name):
            yield node.lineno, name


def find_prose(text, tree):
    """Lines of docstrings and comments; examples of doctests are code."""
    for node in ast.walk(tree):
        if isinstance(node, NODES) and ast.get_docstring(node, clean=False) is not None:
            value = node.body[0].value
            lines = text.splitlines()[value.lineno - 1 : value.end_lineno]
            for number, line in enumerate(lines, value.lineno):
                if not line.lstrip().startswith((">>>", "...")):
                    yield from ((number, word) for word in PROSE.findall(line))
    for token in tokenize.generate_tokens(io.StringIO(text).readline):
        if token.type == tokenize.COMMENT:
            yield from ((token.start[0], word) for word in PROSE.findall(token.string))


def find_sources(text):
    """Lines of the English texts of a catalogue."""
    inside = False
    for number, line in enumerate(text.splitlines(), 1):
        if line.startswith(("msgid", "msgstr")):
            inside = line.startswith("msgid")
        if inside and not line.startswith("#"):
            yield from ((number, word) for word in SOURCE.findall(line))


def check_words(problems, paths, root):
    for path in paths:
        if path.as_posix().startswith(SKIP) or path.name.endswith("lint_words.py"):
            continue
        text = (root / path).read_text("utf-8")
        if path.suffix == ".pot":
            found = list(find_sources(text))
        else:
            found = list(find_identifiers(text))
        if path.suffix == ".py":
            tree = ast.parse(text)
            found += [*find_variables(tree), *find_prose(text, tree)]
        for number, word in sorted(found):
            problems.append(f"{path}:{number}: {word}: see docs/glossary.md")
