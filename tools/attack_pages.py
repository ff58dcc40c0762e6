"""Headers, cookies, forms without their key, null characters; then the log of the server."""

import re
from pathlib import Path

from attack_client import Row
from attack_routes import SKIPPED, paths_of

NULLS = ("/%00", "/my/%00", "/web/login%00", "/my/requests/1%00", "/web/image/res.partner/1%00/x")
NULL_PARAMETERS = ("/my/requests?search=%00", "/my?commune=%00", "/web/login?redirect=%00")
PAGES = ("/my", "/my/requests", "/my/requests/new", "/my/communes", "/my/account", "/my/security")
# Addresses that a secret opens: what is at the end may be kept by no cache, shown in no frame.
OPENED = {
    "commune.event.invitation.token": "/event-invitation/%s",
    "commune.survey.link.token": "/commune-survey/%s",
    "commune.directory.recipient.token": "/directory-campaign/%s",
    "commune.attendance.token": "/session/%s",
    "commune.session.agenda_token": "/session-agenda/%s",
    "commune.replacement.proposal.agent_token": "/replacement-proposal/%s",
    "commune.replacement.evaluation.token": "/replacement-evaluation/%s",
    "hr.employee.agent_calendar_token": "/replacement-calendar/%s.ics",
    "res.users.commune_calendar_token": "/my/calendar/%s.ics",
    "res.partner (inscription)": "/web/signup?token=%s",
    "survey.user_input.access_token": "/survey/start/x?answer_token=%s",
}


def check_headers(row, who, path, answer, private):
    headers = answer.headers
    frame = headers.get("X-Frame-Options", "").upper()
    policy = headers.get("Content-Security-Policy", "")
    sentence = f"{who} {path[:40]} sans "
    closed = frame == "DENY" and "frame-ancestors 'none'" in policy
    opened = frame in ("DENY", "SAMEORIGIN") or "frame-ancestors" in policy
    row.check(closed if private else opened, sentence + "X-Frame-Options ni frame-ancestors")
    sniffed = headers.get("X-Content-Type-Options", "").lower() == "nosniff"
    row.check(sniffed, sentence + "X-Content-Type-Options: nosniff")
    if private:
        kept = "no-store" in headers.get("Cache-Control", "")
        row.check(kept, sentence + "Cache-Control: no-store")


def look_at_headers(persons, scene):
    """Each kind of page: portal, personal link, staff, login."""
    row = Row("e pages", "cadres, cache et types de chaque sorte de page")
    used = set()
    for person in persons:
        # An account without mandate came for another application: it has the pages of Odoo.
        if person.data["login"] and person.data["portal"] and person.key != "sans-mandat":
            for path in PAGES:
                answer = person.get(path)
                if answer.status_code == 200:
                    check_headers(row, person.key, path, answer, True)
    guest = persons[-1]
    for secret, kind in scene["secrets"].items():
        if kind in OPENED and kind not in used:
            answer = guest.get(OPENED[kind] % secret)
            if answer.status_code == 200:
                used.add(kind)
                check_headers(row, "lien", OPENED[kind], answer, True)
    check_headers(row, "visiteur", "/web/login", guest.get("/web/login"), False)
    return row


def look_at_cookies(persons):
    row = Row("e pages", "cookie de session HttpOnly et SameSite")
    for path in ("/web/login", "/my"):
        guest = persons[-1]
        guest.http.cookies.clear()
        answer = guest.get(path)
        cookies = answer.headers.get("Set-Cookie", "")
        sentence = f"{path} : cookie de session sans "
        if "session_id" in cookies:
            row.check("httponly" in cookies.lower(), sentence + "HttpOnly")
            row.check("samesite=" in cookies.lower(), sentence + "SameSite")
    return row


def look_at_nulls(persons):
    row = Row("e pages", "caractère nul : 404 ou 400, jamais 500")
    for person in persons:
        for path in NULLS + NULL_PARAMETERS:
            status = person.get(path).status_code
            row.check(status < 500, f"{person.key} GET {path} : {status}")
    return row


def post_without_key(persons, scene, watch, quick):
    """A form sent by another site changes nothing; a link neither, where a form is due."""
    row = Row("e pages", "POST sans clé refusé, GET refusé là où il faut un POST")
    routes = [
        r
        for r in scene["routes"]
        if r["ours"]
        and r["type"] == "http"
        and "POST" in r["methods"]
        and not SKIPPED.match(r["rule"])
    ]
    before = watch.versions()
    for person in persons:
        for route in routes:
            path = next(iter(paths_of(route, person, "x" * 32)))
            answer = person.post(path, {"commune_id": "1", "name": "attaque"})
            sentence = f"{person.key} POST {path[:70]} sans clé : {answer.status_code}"
            row.check(answer.status_code == 400 or to_login(answer), sentence)
            if "GET" not in route["methods"]:
                status = person.get(path).status_code
                row.check(status in (404, 405), f"{person.key} GET {path[:70]} : {status}")
            if quick and route is not routes[-1]:
                continue  # one check at the end: faster, but it does not name the route
            changed = watch.changed(before, before := watch.versions())
            row.check(not changed, f"{person.key} {path[:60]} change {', '.join(changed)}")
    return row


def to_login(answer):
    """Whether a visitor is only redirected to the login page."""
    return answer.is_redirect and "/web/login" in answer.headers.get("Location", "")


def inspect(persons, scene, watch, quick):
    """:return: rows of the table"""
    return [
        look_at_headers(persons, scene),
        look_at_nulls(persons),
        post_without_key(persons, scene, watch, quick),
        look_at_cookies(persons),
    ]


def read_log(scene, log):
    """Check that the log written during the attack holds no live secret."""
    row = Row("f journaux", "aucun secret dans le journal du serveur")
    text = Path(log).read_text(encoding="utf-8", errors="replace") if log else ""
    if not text:
        row.note = "journal non lu : donnez --log"
        return [row]
    words = set(re.findall(r"[A-Za-z0-9_.=-]{16,}", text))
    kinds = {}
    for secret, kind in scene["secrets"].items():
        if secret in scene.get("thrown", ()):
            continue  # we wrote it ourselves where no secret is due
        # A dot may follow the secret in a sentence, a suffix in an address.
        found = secret in words or any(secret in w for w in words if w.endswith((".ics", ".")))
        row.check(not found, f"{kind} : un secret en clair")
        kinds[kind] = kinds.get(kind, 0) + found
    row.note = ", ".join(f"{kind} : {count}" for kind, count in kinds.items() if count)
    return [row]
