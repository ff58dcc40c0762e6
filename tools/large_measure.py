"""Measures every call of a database; read by `odoo shell`. LARGE_OUT: the file that is written,
LARGE_PARTS: letters of what is measured (screens, portal, reports, crons, actions; e: plans of the
queries of the portal).
"""

import os

from large_actions import measure_actions
from large_documents import measure_crons, measure_reports
from large_meter import Meter, keep_inside
from large_plans import measure_plans
from large_portal import measure_portal
from large_screens import measure_screens

PARTS = {
    "s": measure_screens,
    "p": measure_portal,
    "r": measure_reports,
    "c": measure_crons,
    "g": measure_actions,
    "e": measure_plans,
}

with open(os.environ["LARGE_OUT"], "w", encoding="utf-8") as out:
    stack = keep_inside(env)
    meter = Meter(env, out)
    for part in os.environ.get("LARGE_PARTS") or "sprcg":
        PARTS[part](env, meter)
stack.close()
env.cr.rollback()
