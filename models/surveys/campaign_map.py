"""The map of the communes coloured by their answer to a campaign."""

from odoo import models

from ..territory.map_measure import MapMeasure

# In the order of the legend; colours of the palette `status` of commune_map.scss, from good to
# worrying.
COLOURS = {"done": 0, "draft": 1, "opened": 1, "sent": 2, "pending": 3, "refused": 3}


class CommuneSurveyCampaign(models.Model):
    _inherit = "commune.survey.campaign"

    def action_open_map(self):
        self.ensure_one()
        action = self.env["ir.actions.client"]._for_xml_id("commune_relations.commune_map_action")
        measure = f"survey_campaign_{self.id}"
        return dict(action, params={"choices": {"measureCode": measure}})


class ResPartner(models.Model):
    _inherit = "res.partner"

    def _get_map_measures(self):
        measures = super()._get_map_measures()
        campaigns = self.env["commune.survey.campaign"].sudo()
        shown = campaigns.search([("state", "=", "open")])
        shown = shown or campaigns.search([("state", "!=", "draft")], limit=1)
        return [*measures, *(self._get_survey_measure(campaign) for campaign in shown)]

    def _get_survey_measure(self, campaign):
        """Where the answer of each commune to a survey stands."""
        states = {target.commune_id.id: target.state for target in campaign.target_ids}
        labels = dict(
            self.env["commune.survey.target"]._fields["state"]._description_selection(self.env)
        )
        return MapMeasure(
            code=f"survey_campaign_{campaign.id}",
            label=self.env._("Survey: %s", campaign.name),
            definition=self.env._("Where the answer of each commune to this survey stands."),
            kind="categorical",
            palette="status",
            options=[(code, labels[code], colour) for code, colour in COLOURS.items()],
            values={commune_id: states.get(commune_id) for commune_id in self.ids},
            none_label=self.env._("Not asked"),
        )
