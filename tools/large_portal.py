"""Every page of the portal, through the whole server but for its socket: the pages that the menus
name, then those that they lead to, one for each address.
"""

import re
import threading

from large_browser import open_browser

from odoo.addons.commune_relations.engine.web.addresses import PAGES

PERSONS = ("maire", "secretaire", "conseillere", "remplacante")
MOST_PAGES = 150
LINK = re.compile(r'href="(/(?:my|commune|watch)[^"#?]*(?:\?commune=\d+)?)')
ASIDE = ("/my/account", "/my/security", "/web/", "/my/home", "/my/counters")
# Of the table of addresses, some are only a prefix of pages and some are only posted to; a link of
# a page leads to a page.
ASIDE_ANSWERS = ("303", "404", "405")
SEARCH = "/my/orient?q=eau"  # a page that searches is no page without a word


def get_pattern(path):
    """Address without its numbers, the same for all pages alike."""
    return re.sub(r"(?<=[/=])\d+", "N", path)


def measure_portal(env, meter):
    for login in PERSONS:
        client = open_browser(env, login)
        waiting = ["/my"]  # no page leads there by this address
        waiting += [page for page in PAGES if page.startswith("/my") and page not in ASIDE]
        seen = {get_pattern(page) for page in waiting}
        for count, path in enumerate(waiting):
            if count >= MOST_PAGES:
                break
            answer = _open(env, meter, client, login, path)
            if answer is None or "html" not in (answer.content_type or ""):
                continue
            if answer.status_code == 200 and SEARCH.startswith(f"{path}?"):
                waiting.append(SEARCH)
            for found in LINK.findall(answer.get_data(as_text=True)):
                if get_pattern(found) not in seen and not found.startswith(ASIDE):
                    seen.add(get_pattern(found))
                    waiting.append(found)


def _open(env, meter, client, login, path):
    answers = []

    def get():
        answer = client.get(path)
        answers.append(answer)
        if answer.status_code != 200:
            raise ValueError(f"{answer.status_code}")
        return answer.get_data()

    quiet = ASIDE_ANSWERS if path in PAGES else ("303",)
    meter.measure("portal", f"{login} {get_pattern(path)}", get, quiet=quiet)
    threading.current_thread().dbname = env.cr.dbname
    return answers[-1] if answers else None
