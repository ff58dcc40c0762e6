"""What nobody sends by mistake, shared by bin/attack and the tests: plain Python, without Odoo.

A rule of the routing map is filled with ids of records that the person may not reach; a method
gets values that no screen would give it.
"""

import re
from itertools import product

JUNK = ("x", "a" * 40, "%27%3B--", "a" * 3000)
NULL = "%00" + "a" * 40
VALUES = (
    False,
    2**63,
    "\x00nul",
    {"a": {"b": [None]}},
    "' OR 1=1 --",
    "a" * 50_000,
    [[["id", "!=", 0]]],
    -1,
)
NOBODYS = 2147483647
# Models whose name does not end as the parameter that holds one of their ids.
PARAMETERS = {
    "answer_id": ["commune.published.answer", "survey.user_input", "helpdesk.ticket"],
    "demand_id": ["commune.replacement.request"],
    "document_id": ["ir.attachment"],
    "attachment_id": ["ir.attachment"],
    "id": ["ir.attachment"],
    "message_id": ["mail.message"],
    "person_id": ["res.partner"],
    "place_id": ["res.partner"],
    "request_id": ["helpdesk.ticket"],
    "ticket_id": ["helpdesk.ticket"],
    "sheet_id": ["commune.replacement.timesheet"],
    "user_id": ["res.users"],
}
NUMBERS = ("SignedIntConverter", "IntegerConverter")


def guess_models(parameter, hidden):
    """The models whose ids a route may wait for in this parameter."""
    known = [name for name in PARAMETERS.get(parameter, ()) if name in hidden]
    base = parameter.removesuffix("_id")
    return known or [name for name in hidden if re.split(r"[._]", name)[-1] == base]


def foreign_ids(parameter, converter, hidden):
    """Ids that the person may not reach, then one that nobody has.

    :param converter: (class of the converter, model or None)
    :param hidden: {model: ids}
    """
    kind, model = converter
    models = [model] if model else guess_models(parameter, hidden)
    if not models and kind in NUMBERS:
        models = [name for name in hidden if name.startswith("commune.")][:8]
    found = [number for name in models for number in list(hidden.get(name, ()))[:2]]
    return [*dict.fromkeys(found)][:6] + [NOBODYS]


def values_for(parameter, converter, hidden, texts, rule):
    """What to put in one place of an address."""
    kind, _model = converter
    if kind == "AnyConverter":
        choices = re.search(r"<any\(([^)]*)\):" + parameter, rule)
        return [part.strip(" \"'") for part in choices[1].split(",")] if choices else ["x"]
    if kind in NUMBERS:
        return [str(number) for number in foreign_ids(parameter, converter, hidden)]
    if kind == "ModelConverter":
        return [f"x-{number}" for number in foreign_ids(parameter, converter, hidden)]
    return ["res.partner", "helpdesk.ticket"] if parameter == "model" else list(texts)


def fill_rule(rule, converters, hidden, texts=JUNK, most=12):
    """The addresses to try for one rule: each place filled in every way, bounded.

    :param converters: {parameter: (class of the converter, model or None)}
    :param texts: what to put where the rule waits for a text
    """
    choices = [values_for(n, converters[n], hidden, texts, rule) for n in converters]
    every = list(product(*choices))
    # Spread over all the places, and the same at each run.
    for chosen in every[:: -(-len(every) // most)]:
        path = rule
        for name, value in zip(converters, chosen, strict=True):
            path = re.sub(r"<(?:[^<>]*:)?" + name + ">", lambda _m, v=value: v, path)
        yield path
