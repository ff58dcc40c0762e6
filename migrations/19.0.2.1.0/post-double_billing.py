"""What `pre-double_billing.py` found is written on its statements, and waits for somebody."""

import logging

from odoo import SUPERUSER_ID, api
from odoo.tools import groupby

_logger = logging.getLogger(__name__)


def migrate(cr, version):
    env = api.Environment(cr, SUPERUSER_ID, {})
    cr.execute(
        "SELECT statement_id, kept_id, is_issued, mission_id, date, half_day, amount"
        " FROM commune_double_billing ORDER BY statement_id, date, half_day"
    )
    for statement_id, found in groupby(cr.fetchall(), key=lambda row: row[0]):
        statement = env["commune.replacement.statement"].browse(statement_id)
        statement._report_double_billing([row[1:] for row in found])
        _logger.warning("%s: half-days billed twice", statement.display_name)
    cr.execute("DROP TABLE commune_double_billing")
