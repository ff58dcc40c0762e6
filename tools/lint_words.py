"""Identifiers of a former dialect, which nobody greps for (docs/decisions/030): refused by bin/lint."""

import re

SUFFIXES = ("*.py", "*.xml", "*.js", "*.scss", "*.css", "*.csv", "*.toml", "*.html")
# Migrations and stored data keep the names of databases in use.
SKIP = ("migrations/", "data/reference/", "tests/fixtures/", "i18n", "docs/", "CHANGELOG.md")
KEPT = ("house_committees", "house_mayors", "house_copil", "house_commission", "guides_house")
# Finger gestures on a screen keep the name of the web standards.
KEPT += ("map_gestures",)
WHOLE = re.compile(
    r"^_*(told|untold|gestures?|mates?|whoever|journeys?|reckon\w*|peopled|keeper|bouquet)_*$", re.I
)
PART = re.compile(
    r"(?:^|_)(tell|say|told|untold|houses?|mates?|gestures?|holes?|heard|sought|glances?|guarded"
    r"|whoever|journeys?|reckon\w*|peopled|keeper|bouquets?|at_hand|of_others|second_look"
    r"|looked_over)(?:_|$)",
    re.I,
)
CAMEL = re.compile(
    r"(?:^|[a-z0-9])(Tell|Say|Told|House|Mate|Hole|Heard|Sought|Glance|Guarded|Whoever|Journey"
    r"|Reckon|Keeper|Bouquet|FirstMorning)s?(?=[A-Z]|$)"
)
NAME = re.compile(r"[A-Za-z_][A-Za-z0-9_]*")


def is_name(word):
    """Whether a word can only be an identifier; a plain word of prose, such as `say`, is not."""
    return "_" in word.strip("_") or word.startswith("_") or re.search(r"[a-z][A-Z]", word)


def check_words(problems, paths, root):
    for path in paths:
        if path.as_posix().startswith(SKIP) or path.name == "lint_words.py":
            continue
        for number, line in enumerate((root / path).read_text("utf-8").splitlines(), 1):
            for word in NAME.findall(line):
                if word in KEPT or not is_name(word):
                    continue
                if WHOLE.search(word) or PART.search(word) or CAMEL.search(word):
                    problems.append(f"{path}:{number}: {word}: see docs/glossary.md")
