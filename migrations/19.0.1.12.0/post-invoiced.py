"""Missions that were billed in full before 19.0.1.12.0 become invoiced; no agent is written to
about the weeks of before."""

from odoo import SUPERUSER_ID, api


def migrate(cr, version):
    cr.execute(
        """
        UPDATE commune_replacement_mission
           SET hours_reminded_until = date_trunc('week', now())::date
         WHERE hours_reminded_until IS NULL
        """
    )
    env = api.Environment(cr, SUPERUSER_ID, {"tracking_disable": True})
    missions = env["commune.replacement.mission"]
    missions.search([("state", "in", ("done", "evaluated"))])._refresh_invoiced()
