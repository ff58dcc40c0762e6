"""The means of transport of a mission was a box to tick: own vehicle, or public transport."""

from odoo.tools.sql import column_exists


def migrate(cr, version):
    if column_exists(cr, "commune_replacement_mission", "personal_vehicle"):
        cr.execute(
            "UPDATE commune_replacement_mission SET transport = 'public'"
            " WHERE personal_vehicle IS NOT TRUE"
        )
