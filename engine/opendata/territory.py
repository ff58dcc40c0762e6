"""Changes that a new vintage of the reference makes to the communes of a database.

Plain data in, plain data out: nothing is written here.
"""

import csv
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from pathlib import Path

BRAND_NAMES = Path(__file__).resolve().parents[2] / "data" / "reference" / "brand_names.csv"


@dataclass(frozen=True, slots=True)
class KnownCommune:
    """A commune of the database.

    `values` are its present values, `baseline` the values of the reference when last applied,
    both by field name: a value that differs from the baseline was typed by a user.
    """

    record_id: int
    insee_code: str
    name: str
    member: bool
    values: dict
    baseline: dict


@dataclass(frozen=True, slots=True)
class CommuneChange:
    """One commune of the plan.

    kind: `new` (to create), `back` (known, member again), `changed` (values to write),
    `unchanged`, `left` (no longer a member), `merged` (no longer exists: `successor` is the
    code of the commune that took it over).
    values: what to write. kept: field -> value of the reference that a user's own value
    overrides. before: field -> value that `values` replaces.
    """

    kind: str
    insee_code: str
    name: str
    record_id: int = 0
    values: dict = field(default_factory=dict)
    kept: dict = field(default_factory=dict)
    before: dict = field(default_factory=dict)
    successor: str = ""


def brand_name(siren: str) -> str:
    """Name that an intercommunality uses in public when it is not its legal name, else “”."""
    with BRAND_NAMES.open(encoding="utf-8", newline="") as file:
        return next((r["brand_name"] for r in csv.DictReader(file) if r["siren"] == siren), "")


def merge(current: dict, baseline: dict, reference: dict) -> tuple[dict, dict]:
    """Three-way merge of one record's fields.

    :return: (values to write, reference values that the user's own values override)
    """
    write, kept = {}, {}
    for name, new in reference.items():
        old = current.get(name)
        if (old or None) == (new or None):
            continue
        untouched = not old if name not in baseline else (old or None) == (baseline[name] or None)
        if untouched:
            write[name] = new
        elif (baseline.get(name) or None) != (new or None):
            kept[name] = new
    return write, kept


def plan(
    reference: dict[str, dict],
    known: Iterable[KnownCommune],
    successor: Callable[[str], str],
) -> list[CommuneChange]:
    """Compare the members that the reference gives with the communes of the database.

    :param reference: INSEE code -> values by field name, `name` among them
    :param successor: today's code of a historical commune, the same code otherwise
    :return: one change per commune, in order of INSEE code
    """
    changes = {}
    for commune in known:
        code = commune.insee_code
        if code in reference:
            write, kept = merge(commune.values, commune.baseline, reference[code])
            before = {name: commune.values.get(name) for name in write}
            kind = "changed" if write else "unchanged"
            if not commune.member:
                kind = "back"
            changes[code] = CommuneChange(
                kind, code, reference[code]["name"], commune.record_id, write, kept, before
            )
        elif commune.member:
            heir = successor(code)
            kind = "merged" if heir != code else "left"
            changes[code] = CommuneChange(
                kind,
                code,
                commune.name,
                commune.record_id,
                successor=heir if kind == "merged" else "",
            )
    for code, values in reference.items():
        if code not in changes:
            changes[code] = CommuneChange("new", code, values["name"], values=dict(values))
    return [changes[code] for code in sorted(changes)]
