"""Half-days that an amendment took away without asking at whose wish are not due (decision 032).

Version 19.0.2.0.0 made them due, and asked; those taken away before the update to it are meant. Its
day is that of the first field that came with it."""

from odoo import SUPERUSER_ID, api

FIELD = "field_commune_replacement_timesheet_line__has_known_overlap"


def migrate(cr, version):
    env = api.Environment(cr, SUPERUSER_ID, {})
    cr.execute(
        "SELECT create_date FROM ir_model_data WHERE module = 'commune_relations' AND name = %s",
        [FIELD],
    )
    found = cr.fetchone()
    if found and found[0]:
        env["commune.replacement.mission"]._forget_assumed_initiators(found[0])
