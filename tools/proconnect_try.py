"""Logins to a demonstration through ProConnect, valid and invalid: proconnect_try.py ADDRESS.

The identity provider is tools/proconnect.py; the demonstration is set up as in
docs/deployment.md.
"""

import html
import re
import sys
from urllib.parse import parse_qs, urlsplit

import requests

MAYOR = "maire@exemple.invalid"
BUTTON = re.compile(r'class="o_login_proconnect" href="([^"]+)"')
WHY = re.compile(r'role="alert">\s*<p[^>]*>([^<]+)')
done = []


def check(what, fine, detail=""):
    print("ok  " if fine else "NON ", what, detail)
    done.append(fine)


class Browser(requests.Session):
    def __init__(self, address):
        super().__init__()
        self.address = address

    def open_login(self, query=""):
        page = self.get(f"{self.address}/web/login{query}").text
        return html.unescape(BUTTON.search(page).group(1))

    def come_back(self, link, email, **more):
        """The address that the provider sends the browser to."""
        form = {"email": email, **more}
        return self.post(link, data=form, allow_redirects=False).headers["Location"]

    def enter(self, email, query="", **more):
        return self.get(self.come_back(self.open_login(query), email, **more))

    def is_inside(self):
        answer = self.get(f"{self.address}/my", allow_redirects=False)
        return answer.status_code == 200


def read_why(answer):
    found = WHY.search(answer.text)
    return html.unescape(found.group(1)).strip() if found else ""


def try_right_ways(address):
    one = Browser(address)
    answer = one.enter(f" {MAYOR.upper()} ".strip())
    check("première entrée, adresse en majuscules", one.is_inside(), answer.url)
    out = one.get(f"{address}/web/session/logout?redirect=/web/login")
    ended = [urlsplit(step.url).path for step in out.history]
    check("sortie de ProConnect aussi", "/api/v2/session/end" in ended and not one.is_inside())
    again = Browser(address)
    again.enter(MAYOR, mfa="1")
    check("deuxième entrée, second facteur donné à ProConnect", again.is_inside())
    moved = Browser(address)
    answer = moved.enter(MAYOR, "?redirect=/my/account")
    check("la page demandée", urlsplit(answer.url).path == "/my/account", answer.url)
    away = Browser(address)
    answer = away.enter(MAYOR, "?redirect=https://ailleurs.exemple/vol")
    check("jamais ailleurs", answer.url.startswith(address), answer.url)


def try_wrong_ways(address):
    for email in ("inconnue@exemple.invalid", "charge-mission@exemple.invalid"):
        stranger = Browser(address)
        answer = stranger.enter(email)
        check(f"{email} n’entre pas", not stranger.is_inside(), read_why(answer))
    other = Browser(address)
    answer = other.enter(MAYOR, sub="une-autre-identite")
    check("une autre identité, même adresse", not other.is_inside(), read_why(answer))
    refused = Browser(address)
    answer = refused.enter(MAYOR, refuse="1")
    check("refusé chez ProConnect", not refused.is_inside(), read_why(answer))
    thief, victim = Browser(address), Browser(address)
    stolen = thief.come_back(thief.open_login(), MAYOR)
    victim.open_login()
    answer = victim.get(stolen)
    check("retour d’un autre navigateur", not victim.is_inside(), read_why(answer))
    mixed = victim.open_login()
    code = parse_qs(urlsplit(thief.come_back(thief.open_login(), MAYOR)).query)["code"][0]
    back = re.sub(r"code=[^&]+", f"code={code}", victim.come_back(mixed, MAYOR))
    answer = victim.get(back)
    check("code d’un autre navigateur", not victim.is_inside(), read_why(answer))


if __name__ == "__main__":
    base = sys.argv[1].rstrip("/")
    try_right_ways(base)
    try_wrong_ways(base)
    sys.exit(not all(done))
