"""The map of the communes coloured by their answer to the latest campaign."""

from odoo import models

from ..territory.map_measure import MapMeasure
from .target import STATES

# Colours of the palette `status` of commune_map.scss, from good to worrying.
COLOURS = {"done": 0, "draft": 1, "opened": 1, "sent": 2, "pending": 3, "refused": 3}


class ResPartner(models.Model):
    _inherit = "res.partner"

    def _get_map_measures(self):
        measures = super()._get_map_measures()
        latest = (
            self.env["commune.survey.campaign"].sudo().search([("state", "!=", "draft")], limit=1)
        )
        return [*measures, self._get_survey_measure(latest)] if latest else measures

    def _get_survey_measure(self, campaign):
        """Where the answer of each commune to the latest survey stands."""
        states = {target.commune_id.id: target.state for target in campaign.target_ids}
        labels = dict(
            self.env["commune.survey.target"]._fields["state"]._description_selection(self.env)
        )
        return MapMeasure(
            code="survey_campaign",
            label=self.env._("Survey: %s", campaign.name),
            definition=self.env._("Where the answer of each commune to this survey stands."),
            kind="categorical",
            palette="status",
            options=[(code, labels[code], COLOURS[code]) for code, _label in reversed(STATES)],
            values={commune_id: states.get(commune_id) for commune_id in self.ids},
            none_label=self.env._("Not asked"),
        )
