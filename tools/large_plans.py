"""The ten most frequent queries of the portal pages, each with its plan.

Like `pg_stat_statements`, without an extension of the cluster: the queries are counted as Odoo
sends them, over every page in the menus of a mayor and of a secretary, each requested once with
warm caches. `EXPLAIN (ANALYZE)` runs each with the values of its slowest call.
"""

import os
import re
import time
from pathlib import Path
from unittest.mock import patch

from large_browser import open_browser

from odoo.sql_db import Cursor

from odoo.addons.commune_relations.engine.web.addresses import PAGES

PERSONS = ("maire", "secretaire")
MOST = 10
WIDTH = 400  # signs of a query that are shown
TARGET = Path(__file__).parents[1] / "docs" / "portal-queries.md"
NUMBERS = re.compile(r"\d+(?:, ?\d+)*")


class Recorder:
    """Counts the queries of a cursor by their text, without their values."""

    def __init__(self):
        self.times, self.slowest = {}, {}

    def listen(self):
        execute = Cursor.execute

        def record(cr, query, params=None, log_exceptions=True):
            start = time.perf_counter()
            answer = execute(cr, query, params, log_exceptions)
            self.note(cr._obj.query.decode(), time.perf_counter() - start)
            return answer

        return patch.object(Cursor, "execute", record)

    def note(self, text, seconds):
        text = re.sub(r"\s+", " ", text).strip()
        if not text.startswith(("SELECT", "WITH")):
            return
        key = NUMBERS.sub("N", re.sub(r"'[^']*'", "'…'", text))
        self.times[key] = self.times.get(key, 0) + 1
        if seconds > self.slowest.get(key, (0, ""))[0]:
            self.slowest[key] = (seconds, text)

    def get_most_frequent(self):
        return sorted(self.times, key=lambda key: -self.times[key])[:MOST]


def ask_pages(env, recorder):
    """Each page twice, the second time recorded: how many pages there were."""
    count = 0
    for login in PERSONS:
        client = open_browser(env, login)
        for page in PAGES:
            if not page.startswith("/my") or client.get(page).status_code != 200:
                continue
            with recorder.listen():
                client.get(page)
            count += 1
    return count


def explain(env, recorder, key):
    _seconds, text = recorder.slowest[key]
    with env.cr.savepoint():
        env.cr._obj.execute("EXPLAIN (ANALYZE, BUFFERS, COSTS OFF) " + text)
        plan = "\n".join(line for (line,) in env.cr._obj.fetchall())
    shown = key if len(key) <= WIDTH else f"{key[:WIDTH]} …"
    return f"## {recorder.times[key]} times\n\n```sql\n{shown}\n```\n\n```\n{plan}\n```\n"


def measure_plans(env, _meter):
    recorder = Recorder()
    pages = ask_pages(env, recorder)
    env.flush_all()
    parts = [explain(env, recorder, key) for key in recorder.get_most_frequent()]
    env.cr.execute("SELECT count(*) FROM helpdesk_ticket")
    head = (
        f"# The ten most frequent queries of the portal\n\nMade by `bin/bench --large --write`"
        f" (`tools/large_plans.py`), with {env.cr.fetchone()[0]:,} requests: {pages} pages of a mayor and"
        f" a secretary, {sum(recorder.times.values())} queries of {len(recorder.times)} kinds.\n\n"
    )
    text = head + "\n".join(parts)
    if os.environ.get("LARGE_WRITE"):
        TARGET.write_text(text)
    else:
        print(text)
