"""The departments that one intercommunality is known to have, when it is set up."""

import csv
from io import StringIO

from odoo import models
from odoo.tools import file_open

DEPARTMENTS = "commune_relations/data/requests/topic_departments.csv"


class CommuneReferenceEpci(models.Model):
    _inherit = "commune.reference.epci"

    def _apply_plan(self, *args, **kwargs):
        epci = super()._apply_plan(*args, **kwargs)
        self._suggest_known_departments()
        return epci

    def _suggest_known_departments(self):
        """Name the bodies of this territory instead of the departments that any may have.

        Topics that already have a team are left alone: a user decided.
        """
        with file_open(DEPARTMENTS, "r") as file:
            rows = list(csv.DictReader(StringIO(file.read()), delimiter=";"))
        names = {row["code"]: row["department"] for row in rows if row["siren"] == self.siren}
        topics = self.env["commune.topic"].sudo().search([("code", "in", list(names))])
        for topic in topics.filtered(lambda topic: not topic.team_id):
            topic.suggested_department = names[topic.code]
