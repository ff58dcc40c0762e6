"""Letters and reminders of a campaign: only to the communes whose answer is missing."""

from datetime import timedelta

from odoo import api, fields, models
from odoo.exceptions import UserError

MISSING = ("pending", "sent", "opened", "draft")


class CommuneSurveyCampaign(models.Model):
    _inherit = "commune.survey.campaign"

    def _write_to(self, targets, template):
        """Write to the persons of these communes by links of their own.

        :return: the communes (targets) that at least one letter has left for
        """
        self.ensure_one()
        Link = self.env["commune.survey.link"].sudo()
        known = {
            (link.target_id, link.partner_id): link for link in self.sudo().target_ids.link_ids
        }
        pairs = self._get_addressees(targets.sudo())
        created = Link.create(
            [
                {"target_id": target.id, "partner_id": person.id}
                for target, person in pairs
                if (target, person) not in known
            ]
        )
        links = Link.union(created, *(known[pair] for pair in pairs if pair in known))
        links._send_letters(template)
        now = fields.Datetime.now()
        links.write({"sent_date": now})
        reached = links.target_id
        reached.write({"last_letter_date": now.date()})
        return reached

    def action_ask_added(self):
        """Ask the communes that the audiences or the list have gained since the opening."""
        self.ensure_one()
        self.check_access("write")
        if not self._is_open():
            raise UserError(self.env._("The campaign is not open."))
        before = self.target_ids
        self._create_targets(self._get_asked_communes())
        added = self.target_ids - before
        if added:
            self._write_to(added, "mail_template_survey")
            message = self.env._("Communes asked now: %s.", ", ".join(added.mapped("commune_name")))
        else:
            message = self.env._("Every commune of the audiences and of the list is asked already.")
        return self._notify(message, bool(added))

    def action_remind(self):
        """Write again, by hand, to the communes whose answer is missing."""
        self.ensure_one()
        self.check_access("write")
        if not self._is_open():
            raise UserError(self.env._("The campaign is not open."))
        today = fields.Date.context_today(self)
        silent = self.target_ids.filtered(lambda t: t.state in MISSING)
        # A second press, or a press on the day of the letter, writes to nobody twice.
        due = silent.filtered(lambda t: not t.last_letter_date or t.last_letter_date < today)
        reached = self._remind(due)
        return self._tell(reached, silent - reached)

    def _remind(self, targets):
        """:return: the targets reminded"""
        left = targets.filtered(lambda t: t.reminder_count < self.reminder_max)
        reached = self._write_to(left, "mail_template_survey_reminder") if left else left
        for count, same in reached.grouped("reminder_count").items():
            same.sudo().reminder_count = count + 1
        return reached

    def _tell(self, reached, others):
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
        return self._notify(message, bool(reached))

    @api.model
    def _notify(self, message, success):
        return {
            "type": "ir.actions.client",
            "tag": "display_notification",
            "params": {
                "type": "success" if success else "warning",
                "message": message,
                # The record is read again, the page that is open stays.
                "next": {"type": "ir.actions.act_window_close"},
            },
        }

    @api.model
    def _cron_remind(self):
        """Each morning: the communes silent for as many days as the campaign says."""
        today = fields.Date.context_today(self)
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
