"""Letters of a campaign: to the communes that it asks, then of what is published."""

from odoo import api, fields, models
from odoo.exceptions import UserError

from ...core.display_notification import CLOSE, display_notification
from ...core.row_lock import lock_rows

TEMPLATES = {
    "results": "mail_template_survey_results",
    "actions": "mail_template_survey_actions",
}


class CommuneSurveyCampaign(models.Model):
    _inherit = "commune.survey.campaign"

    publication = fields.Integer(
        string="Publications", readonly=True, copy=False, help="How often results were published."
    )
    notified_date = fields.Datetime(string="Communes notified on", readonly=True, copy=False)
    notice_ids = fields.One2many(
        "commune.survey.notice", "campaign_id", string="Notified of the results", copy=False
    )
    unnotified_count = fields.Integer(
        string="Actions not notified yet", compute="_compute_unnotified_count"
    )

    def _write_to(self, targets, template):
        """Write, as superuser, to the persons of these communes by links of their own.

        :return: the communes (targets) to which at least one letter is queued
        """
        self.ensure_one()
        Link = self.env["commune.survey.link"]
        links = Link.search([("target_id", "in", targets.ids)])
        known = {(link.target_id, link.partner_id): link for link in links}
        pairs = self._get_addressees(targets)
        created = Link.create(
            [
                {"target_id": target.id, "partner_id": person.id}
                for target, person in pairs
                if (target, person) not in known
            ]
        )
        links = Link.union(created, *(known[pair] for pair in pairs if pair in known))
        links._send_letters(template, may_wait=True)
        reached = links.target_id
        reached.write({"last_letter_date": self.env.company._get_today()})
        return reached

    def action_ask_added(self):
        """Ask the communes that the audiences or the list have gained since the opening."""
        self.ensure_one()
        self.check_access("write")
        if not self._is_open():
            raise UserError(self.env._("The campaign is not open."))
        campaign = self.sudo()  # nobody types who is asked, nor writes a personal link
        lock_rows(campaign)  # two presses at once: the second finds them asked
        before = campaign.target_ids
        campaign._create_targets(campaign._get_asked_communes())
        added = campaign.target_ids - before
        if added:
            campaign._write_to(added, "mail_template_survey")
            message = self.env._("Communes asked now: %s.", ", ".join(added.mapped("commune_name")))
        else:
            message = self.env._("Every commune of the audiences and of the list is asked already.")
        return display_notification(message, not added, following=CLOSE)

    # Notify the communes that results, or the actions that follow, can be read.

    @api.depends("action_ids.notified_date", "action_ids.active", "state")
    def _compute_unnotified_count(self):
        for campaign in self:
            campaign.unnotified_count = len(campaign._get_unnotified_actions())

    def action_publish(self):
        result = super().action_publish()
        for campaign in self.sudo():
            campaign.write({"publication": campaign.publication + 1, "notified_date": False})
        return result

    def action_open_publication(self):
        """Publish, or write to the communes that it was done: what will happen is shown first."""
        self.ensure_one()
        self.check_access("write")
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "commune_relations.commune_survey_publish_action"
        )
        if self.state == "published":  # nothing is left to publish
            action["name"] = self.env._("Tell the communes")
        return dict(action, context={"default_campaign_id": self.id})

    def _get_unnotified_actions(self):
        """What was done and is not notified yet; nothing before the communes can read it."""
        self.ensure_one()
        if self.state != "published":
            return self.env["commune.survey.action"]
        return self.action_ids.filtered(lambda a: a.active and not a.notified_date)

    def _get_kind_to_notify(self):
        """What a letter would be about now: `results`, then `actions`; empty for nothing."""
        self.ensure_one()
        if not self.notified_date:
            return "results"
        return "actions" if self._get_unnotified_actions() else ""

    def _notify_communes(self, kind):
        """Write to the persons of the communes, once; a second press shows the date of the first.

        :param kind: `results`, or `actions` for what was done since
        :return: the persons written to (commune.survey.notice)
        """
        self.ensure_one()
        self.check_access("write")
        self._lock_publication()
        self._check_not_notified(kind)
        campaign = self.sudo()
        actions = campaign._get_unnotified_actions()
        recipients = campaign._get_persons_to_notify(actions if kind == "actions" else None)
        if not recipients:
            raise UserError(self.env._("Nobody can be written to: no address is known."))
        notices = campaign.env["commune.survey.notice"]._create_for(
            campaign, kind, recipients, actions
        )
        now = fields.Datetime.now()
        actions.write({"notified_date": now})
        if kind == "results":
            campaign.notified_date = now
        notices._send_letters(TEMPLATES[kind], may_wait=True)
        message = self.env._(
            "Letter on what is published: persons written to: %(persons)s, communes: %(communes)s.",
            persons=len(notices),
            communes=len(notices.target_ids),
        )
        campaign._message_log(body=message, author_id=self.env.user.partner_id.id)
        return notices

    def _lock_publication(self):
        """Two presses at once: the second waits, then reads what the first one did."""
        lock_rows(self)
        self.action_ids.invalidate_recordset()

    def _check_not_notified(self, kind):
        if self.state != "published":
            raise UserError(self.env._("Publish the results first: the letter leads to them."))
        if kind == "results" and self.notified_date:
            raise UserError(
                self.env._(
                    "The communes were written to on %s: nobody receives this letter twice.",
                    self.env["commune.letter"]._format_date(
                        self.env.company._get_organisation_date(self.notified_date)
                    ),
                )
            )
        if kind == "actions" and not self._get_unnotified_actions():
            raise UserError(self.env._("Every action shown to the communes was already announced."))


class CommuneSurveyAction(models.Model):
    _inherit = "commune.survey.action"

    notified_date = fields.Datetime(string="Communes notified on", readonly=True, copy=False)

    def write(self, vals):
        """An action that is done, or given up, is news again: it is proposed in the next letter."""
        moved = self.browse()
        if "state" in vals:
            moved = self.filtered(lambda a: a.notified_date and a.state != vals["state"])
        result = super().write(vals)
        if moved:
            super(CommuneSurveyAction, moved.sudo()).write({"notified_date": False})
        return result
