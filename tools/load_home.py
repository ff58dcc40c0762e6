"""Cost of `/my` in a database: queries and milliseconds, as a line of JSON in LOAD_HOME.

Read by `odoo shell`, after tools/load_fill.py.
"""

import json
import os
from pathlib import Path

from large_browser import open_browser
from large_meter import Meter, keep_inside

kind = os.environ["LOAD_KIND"]
people = json.loads(Path(os.environ["LOAD_PEOPLE"]).read_text(encoding="utf-8"))[kind]
stack = keep_inside(env)
client = open_browser(env, next(iter(people["portal"])))


def get_home():
    answer = client.get("/my")
    assert answer.status_code == 200, answer.status_code
    return answer.get_data()


with open(os.environ["LOAD_HOME"], "w", encoding="utf-8") as out:
    get_home()
    Meter(env, out).measure("portal", "/my", get_home)
stack.close()
env.cr.rollback()
