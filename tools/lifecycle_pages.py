"""The pages of the portal, once the addon has gone: tools/lifecycle_pages.py ADDRESS."""

import re
import sys

import requests

PASSWORD = "un mot de passe de douze lettres"
PAGES = ("/my", "/my/tickets", "/my/account", "/my/security", "/my/addresses")


def main(base):
    for login in ("cliente", "maire"):
        browser = requests.Session()
        page = browser.get(f"{base}/web/login", timeout=60).text
        token = re.search(r'name="csrf_token" value="([^"]+)"', page)[1]
        form = {"login": login, "password": PASSWORD, "csrf_token": token}
        browser.post(f"{base}/web/login", data=form, timeout=60)
        for path in PAGES:
            answer = browser.get(base + path, timeout=60)
            if answer.status_code != 200 or "/web/login" in answer.url:
                sys.exit(f"{login} : {path} répond {answer.status_code} ({answer.url})")


main(*sys.argv[1:])
