"""The spreadsheet of a pillar that is off leaves the dashboards; those that are used stay as they
are."""

from odoo import SUPERUSER_ID, api

from odoo.addons.commune_relations.models.steering.res_company import SPREADSHEETS


def migrate(cr, version):
    company = api.Environment(cr, SUPERUSER_ID, {}).company
    for pillar in SPREADSHEETS:
        if not (company._uses(pillar) and company._uses("steering")):
            company._publish_spreadsheet(pillar)
