"""Dispatch of record changes: one create, write and unlink of the addon per model.

A model that several pillars watch has one file with these methods and, above them, its table of
`Subscriber`, which lists all effects of a change in order. The methods that it names stay in their
pillar. See docs/decisions/029.
"""

from dataclasses import dataclass, field
from functools import partial

# Moments. Before the change, as after it, lines run in the order of the table: those above a line
# that normalises see the values as they were typed.
NORMALISE = "normalise"  # method(vals) returns the values that are written
BEFORE = "before"  # method(vals) raises what the user may not write
AROUND = "around"  # method(vals) yields once: what it remembers before serves it after
AFTER = "after"  # method(vals), once the records have changed
MOMENTS = (NORMALISE, BEFORE, AROUND, AFTER)


@dataclass(frozen=True)
class Subscriber:
    """One line of the table of a model: who is called, for which fields, at which moment."""

    pillar: str
    on: str  # create, write or unlink
    when: str
    method: str  # on the records that change, with the rights of who changes them
    label: str
    fields: frozenset = field(default=frozenset())  # empty: whatever changes
    for_all: bool = False  # records of other applications too

    def __post_init__(self):
        assert self.on in ("create", "write", "unlink") and self.when in MOMENTS, self


def select(subscribers, on, names, managed=True):
    """Subscribers that a change concerns, in the order of the table.

    :param names: fields that are written
    :param managed: whether managed records are among those that change
    """
    return [
        one
        for one in subscribers
        if one.on == on
        and (managed or one.for_all)
        and (not one.fields or not one.fields.isdisjoint(names))
    ]


def get_watched_for_all(subscribers):
    """Fields whose change concerns somebody on the records of other applications too."""
    return frozenset().union(
        *(one.fields for one in subscribers if one.for_all and one.on == "write")
    )


def _open(subscribers, records, vals):
    """Run what comes before the change.

    :return: the values that are written, and what is called afterwards, in the order of the table
    """
    following = []
    for one in subscribers:
        method = getattr(records, one.method)
        if one.when == NORMALISE:
            vals = method(vals)
        elif one.when == BEFORE:
            method(vals)
        elif one.when == AROUND:
            steps = method(vals)
            next(steps, None)
            following.append(partial(next, steps, None))
        elif one.when == AFTER:
            following.append(partial(method, vals))
    return vals, following


def write(records, vals, subscribers, do_write):
    """:param subscribers: those that `select` found
    :param do_write: `write` of the next class
    """
    vals, following = _open(subscribers, records, vals)
    result = do_write(vals)
    for follow in following:
        follow()
    return result


def create(model, vals_list, subscribers, do_create, filter_managed=None):
    """:param do_create: `create` of the next class
    :param filter_managed: filter of the managed records among the new ones; all of them by default
    """
    names = {name for vals in vals_list for name in vals}
    names.update(
        name.removeprefix("default_") for name in model.env.context if name.startswith("default_")
    )
    for one in select(subscribers, "create", names):
        if one.when == NORMALISE:
            vals_list = [getattr(model, one.method)(vals) for vals in vals_list]
        elif one.when == BEFORE:
            getattr(model, one.method)(vals_list)
    records = do_create(vals_list)
    managed = filter_managed(records) if filter_managed else records
    for one in select(subscribers, "create", names, managed):
        if one.when == AFTER:
            getattr(records, one.method)(vals_list)
    return records


def unlink(records, subscribers, do_unlink):
    """:param do_unlink: `unlink` of the next class"""
    _vals, following = _open(select(subscribers, "unlink", ()), records, {})
    result = do_unlink()
    for follow in following:
        follow()
    return result
