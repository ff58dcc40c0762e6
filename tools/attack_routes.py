"""Every route of the server × every person, with the records of somebody else."""

import re

from attack_client import Row
from hostile import JUNK, NULL, fill_rule

# Leave the session, wait for ever, or only serve the developers of Odoo.
SKIPPED = re.compile(
    r"^/(web/session/(logout|destroy)|websocket|longpolling|bus/|web/tests|web/become|odoo/tests"
    r"|web/database|web/session/get_lna|doc|web_editor/tests|web/bundle|web/assets)"
)
# Files that Odoo makes of its own assets; readings, which the page of what is read counts.
MADE = {"ir_attachment", "commune_guide_view", "commune_watch_view"}


def paths_of(route, person, other_token):
    hidden = {name: reach["hidden"] for name, reach in person.data["reach"].items()}
    return fill_rule(route["rule"], route["converters"], hidden, (*JUNK, NULL, other_token))


def has_foreign_id(route):
    kinds = {kind for kind, _model in route["converters"].values()}
    return bool(kinds & {"SignedIntConverter", "ModelConverter"}) and "page" not in route["rule"]


def try_get(rows, person, route, path):
    try:
        answer = person.get(path)
    except OSError as error:
        rows["fault"].check(False, f"{person.key} GET {path[:90]} : {type(error).__name__}")
        return
    fault = answer.status_code >= 500
    if fault and not route["ours"] and "%00" not in path:
        # A page of Odoo that fails in Odoo's own code: reported, but no failure of the addon.
        rows["fault"].note = f"et des pages d’Odoo seul, par exemple {path[:60]}"
        fault = False
    rows["fault"].check(not fault, f"{person.key} GET {path[:90]} : {answer.status_code}")
    kind = answer.headers.get("Content-Type", "")
    if answer.status_code != 200:
        return
    if "html" in kind or "json" in kind or "text" in kind:
        word = person.find_canary(answer.text)
        rows["content"].check(not word, f"{person.key} GET {path[:90]} montre « {word[:50]} »")
    elif route["ours"] and has_foreign_id(route) and "/photo" not in path:
        rows["content"].check(False, f"{person.key} GET {path[:90]} : un fichier ({kind})")


def choose(scene, quick):
    """Routes that a link opens, the addon's first: the time limit cuts the last."""
    routes = [
        route
        for route in scene["routes"]
        if route["type"] == "http"
        and "GET" in route["methods"]
        and not SKIPPED.match(route["rule"])
        and (route["ours"] or not quick)
    ]
    return sorted(routes, key=lambda route: not route["ours"])


def walk(persons, scene, watch, clock, quick):
    """:return: rows of the table"""
    rows = {
        "fault": Row("a routes", "aucune erreur du serveur"),
        "content": Row("a routes", "aucun contenu d’une autre commune"),
        "rows": Row("a routes", "un GET n’ajoute ni n’enlève rien"),
    }
    token = next((s for s, where in scene["secrets"].items() if "invitation" in where), "x" * 32)
    scene["thrown"] = [token]
    for turn, route in enumerate(choose(scene, quick)):
        if not clock:
            rows["fault"].left += len(persons)
            continue
        before = watch.count()
        for person in persons[turn % len(persons) :][:1] if quick else persons:
            # A secret opens what it was made for, and nothing else.
            other = "x" * 32 if "event-invitation" in route["rule"] else token
            for path in paths_of(route, person, other):
                try_get(rows, person, route, path)
        changed = [t for t in watch.changed(before, watch.count()) if t not in MADE]
        rows["rows"].check(not changed, f"GET {route['rule']} change {', '.join(changed)}")
    return list(rows.values())
