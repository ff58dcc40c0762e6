"""What the organisation sets for its network: how many letters a person receives in a week."""

from odoo import fields, models

from ..territory.onboarding.step import Step


class ResCompany(models.Model):
    _inherit = "res.company"

    network_weekly_limit = fields.Integer(
        string="Letters per person and week",
        default=3,
        help="Beyond, letters wait for the digest of the week. Service messages do not count."
        " 0: no limit.",
    )
    _network_weekly_limit_check = models.Constraint(
        "CHECK(network_weekly_limit >= 0)", "A number of letters cannot be negative."
    )

    def _move_obligations(self, vals):
        self.env["commune.obligation"].sudo()._follow_renewal()

    def _collect_onboarding_steps(self):
        steps = super()._collect_onboarding_steps()
        return [*steps, self._get_letter_step()] if self._uses("network") else steps

    def _get_letter_step(self):
        sent = [("network_kind", "!=", False), ("state", "=", "done")]
        count = self.env["mailing.mailing"].search_count(sent)
        return Step(
            code="letter",
            rank=100,
            name=self.env._("The first letter"),
            why=self.env._("It says to the communes that we are there, and how to reach us."),
            minutes=10,
            button=self.env._("Write a letter"),
            screen="network_mailing_action",
            done=bool(count),
            progress_text=self.env._("%s letters sent", count)
            if count
            else self.env._("When you wish"),
            optional=True,
        )

    def _get_left_behind(self):
        now = fields.Datetime.now()
        events = [("kind", "!=", False), ("kanban_state", "!=", "cancel"), ("date_end", ">", now)]
        letters = [("network_kind", "!=", False), ("state", "!=", "done")]
        env = self.sudo().env  # a count of everything, for every reader
        return {
            **super()._get_left_behind(),
            "network": [
                (
                    self.env._("events to come"),
                    env["event.event"].search_count(events),
                ),
                (
                    self.env._("letters not sent yet"),
                    env["mailing.mailing"].search_count(letters),
                ),
            ],
        }


class CommuneOrganisationSettingsMixin(models.AbstractModel):
    _inherit = "commune.organisation.settings.mixin"

    network_weekly_limit = fields.Integer(related="company_id.network_weekly_limit", readonly=False)
