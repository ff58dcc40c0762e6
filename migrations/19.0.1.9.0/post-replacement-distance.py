"""Requests that are still to fill and that nobody gave a distance get the estimate: no travel was
counted for them. What was agreed, or typed, stays as it is."""

from odoo import SUPERUSER_ID, api

SETTLING = ("draft", "submitted", "qualified", "searching", "proposed")


def migrate(cr, version):
    env = api.Environment(cr, SUPERUSER_ID, {})
    requests = env["commune.replacement.request"].search(
        [("state", "in", SETTLING), ("distance_km", "=", 0)]
    )
    env.add_to_compute(requests._fields["distance_km"], requests)
