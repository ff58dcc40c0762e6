"""Election review of published survey results and of the actions that follow."""

from odoo import models


class CommuneSurveyCampaign(models.Model):
    """Survey results and “You said, we did” actions, which may promote the authority.

    Source: code électoral, L52-1 second paragraph; see `commune.election`.
    """

    _name = "commune.survey.campaign"
    _inherit = ["commune.survey.campaign", "commune.election.review.mixin"]

    def action_open_publication(self):
        """The window of the election review comes first, when one is due."""
        self.check_access("write")
        return self._open_look() or super().action_open_publication()

    # what the election review asks of each model

    def _filter_broadcast(self):
        """Results to publish, and actions to notify."""
        return self.filtered(
            lambda one: (
                one.state == "closed"
                or one.state == "published"
                and (not one.notified_date or one._get_unnotified_actions())
            )
        )

    def _get_broadcast_text(self):
        """Name, purpose, and each action as communes read it; figures promote nobody."""
        self.ensure_one()
        actions = self.action_ids.filtered("active").sorted("id")
        lines = [
            f"{one._get_feedback_summary()}\n{one.name}\n{one.state}\n{one.date}\n{sorted(one.commune_ids.ids)}"
            for one in actions
        ]
        return "\n".join([self.name or "", self.intro or "", *lines])
