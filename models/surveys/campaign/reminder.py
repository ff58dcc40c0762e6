"""Reminders of a campaign: only to the communes whose answer is missing."""

from datetime import timedelta

from odoo import api, models
from odoo.exceptions import UserError

from ...core.display_notification import CLOSE, display_notification
from ...core.mail_delivery.unwritten import describe_sending
from ...core.pillar import when_used
from ...territory.reference_epci.local_time import at_local_time

MISSING = ("pending", "queued", "sent", "opened", "draft")


class CommuneSurveyCampaign(models.Model):
    _inherit = "commune.survey.campaign"

    def action_remind(self):
        """Write again, by hand, to the communes whose answer is missing."""
        self.ensure_one()
        self.check_access("write")
        if not self._is_open():
            raise UserError(self.env._("The campaign is not open."))
        today = self.env.company._get_today()
        campaign = self.sudo()  # nobody writes a personal link by hand
        silent = campaign.target_ids.filtered(lambda t: t.state in MISSING)
        # A second press, or a press on the day of the letter, writes to nobody twice.
        due = silent.filtered(lambda t: not t.last_letter_date or t.last_letter_date < today)
        reached = campaign._remind(due)
        return self._describe_reminded(reached, silent - reached)

    def _remind(self, targets):
        """Nobody is reminded of a letter that did not leave: it is written again in its place.

        :param targets: as superuser, as the campaign is
        :return: the targets written to
        """
        left = targets.filtered(lambda t: t.reminder_count < self.reminder_max)
        unread = left.filtered(lambda t: t.state == "queued")
        again = self._write_to(unread, "mail_template_survey") if unread else unread
        left -= unread
        reached = self._write_to(left, "mail_template_survey_reminder") if left else left
        for count, same in reached.grouped("reminder_count").items():
            same.reminder_count = count + 1
        return reached | again

    def _describe_reminded(self, reached, others):
        if not others:
            message = self.env._("Communes reminded: %s.", len(reached))
        else:
            message = self.env._(
                "Communes reminded: %(count)s. Not written to: %(others)s (a letter left today,"
                " %(most)s reminders already, or no address).",
                count=len(reached),
                others=len(others),
                most=self.reminder_max,
            )
        message = describe_sending(self.env, message, len(reached))
        return display_notification(message, not reached, following=CLOSE)

    @api.model
    @when_used("surveys")
    @at_local_time
    def _cron_remind(self):
        """Remind, each morning, the communes silent for the number of days set on the campaign."""
        today = self.env.company._get_today()
        for campaign in self.search(
            [("state", "=", "open"), ("date_end", ">=", today), ("reminder_days", ">", 0)]
        ):
            last = today - timedelta(days=campaign.reminder_days)
            campaign._remind(
                campaign.target_ids.filtered(
                    lambda t, last=last: (
                        t.state in MISSING and t.last_letter_date and t.last_letter_date <= last
                    )
                )
            )
