"""Which delay of notice applies to a committee, and what it gives for a day."""

from odoo import api, models

from ...engine.calendar import last_sending_date


class CommuneCommittee(models.Model):
    _inherit = "commune.committee"

    @api.depends(
        "chosen_rule_id",
        "kind",
        "place_id.population",
        "place_id.local_law",
        "place_id.is_epci",
        "place_id.is_commune",
    )
    def _compute_notice_rule_id(self):
        rules = self.env["commune.notice.rule"].search([("active", "=", True)])
        for committee in self:
            found = rules.filtered(
                lambda rule, c=committee: c.place_id and rule._applies(c.kind, c.place_id)
            )
            committee.notice_rule_id = committee.chosen_rule_id or found[:1]

    def _get_last_sending_date(self, meeting, urgent=False, rule=None):
        """Last day on which the notice of a meeting may leave; False without a rule.

        :param meeting: day of the meeting
        :param rule: another commune.notice.rule than that of the committee
        """
        self.ensure_one()
        rule = rule or self.notice_rule_id
        if not rule or not meeting:
            return False
        working = None
        if rule.unit == "working_days":
            commune = self.place_id if self.place_id.is_commune else None
            working = self.env.company._get_working_days(commune=commune)
        return last_sending_date(rule._get_engine_rule(urgent), meeting, working)
