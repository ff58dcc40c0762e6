"""Follow-up of a decision: progress, publication, reminders, requests and events."""

from markupsafe import escape

from odoo import api, fields, models
from odoo.exceptions import UserError

from ...core.window_actions import open_action
from .decision import LATE, OPEN_DECISIONS


class CommuneDecision(models.Model):
    _inherit = "commune.decision"

    note_ids = fields.One2many("commune.decision.note", "decision_id", readonly=True)
    progress_note = fields.Text(
        string="Where it stands",
        compute="_compute_progress_note",
        help="The last progress note; all of them stay.",
    )
    reminded_for = fields.Date(readonly=True, copy=False, help="Deadline that was recalled.")
    request_ids = fields.Many2many(
        "helpdesk.ticket", "commune_decision_request_rel", string="Requests"
    )
    event_ids = fields.Many2many("event.event", "commune_decision_event_rel", string="Events")

    @api.depends("note_ids.text")
    def _compute_progress_note(self):
        for decision in self:
            decision.progress_note = decision.note_ids.sorted()[:1].text

    def write(self, vals):
        result = super().write(vals)
        dates = {}
        if "state" in vals:
            done = vals["state"] == "done"
            dates["done_date"] = self.env.company._get_today() if done else False
        if vals.get("is_published") and not vals.get("published_date"):
            dates["published_date"] = fields.Datetime.now()
        if dates:
            self.sudo().write(dates)
        if "state" in vals and vals["state"] not in OPEN_DECISIONS:
            self._close()
        return result

    def _close(self):
        """Nothing is recalled any more; an agenda that is still open loses the item."""
        self = self.sudo()  # reminders and agendas of others
        self._finish_asked("decision_late")
        self.followed_item_ids.filtered(lambda item: item.session_id.state == "draft").unlink()

    def _add_note(self, text, state=None):
        """Record the progress of the decision.

        :param state: new step, if it changes
        :return: the note
        """
        self.ensure_one()
        self.check_access("write")
        if not (text or "").strip():
            raise UserError(self.env._("Write where the decision stands."))
        if state and state != self.state:
            self.state = state
        note = self.env["commune.decision.note"].sudo()
        return note.create(
            {
                "decision_id": self.id,
                "author_id": self.env.uid,
                "state": self.state,
                "text": text.strip(),
            }
        )

    def action_log_progress(self):
        """Open the dialogue that records the progress of a decision."""
        self.ensure_one()
        self.check_access("write")
        context = {"default_decision_id": self.id, "default_state": self.state}
        return open_action(self, "commune_decision_progress_action", context=context)

    def _publish(self):
        """Show the decisions to the communes that they concern."""
        self.filtered(lambda d: d.scope != "none" and not d.is_published).is_published = True

    # reminders

    def _get_follower(self):
        """Who is reminded: anyone who is in charge when he works here, else the secretary; else
        empty, for the manager of the organisation."""
        self.ensure_one()
        staff = self.owner_id.user_ids.filtered(lambda user: user.active and not user.share)
        return staff[:1] or self.session_id.secretary_id or self.committee_id.secretary_id

    @api.model
    def _remind_late(self):
        """One thing to do for each late decision; again only if its deadline was moved."""
        late = self.search(LATE).filtered(lambda d: d.reminded_for != d.deadline)
        if not late:
            return late
        words = late.session_id._with_organisation_lang()
        summary, manager = (
            words.env._("Late decision"),
            self.env["res.users"]._get_organisation_manager(),
        )
        late._schedule_each(
            "decision_late",
            lambda decision: {
                "commune_about": str(decision.deadline),
                "summary": summary,
                "note": escape(decision.display_name),
                "user_id": (decision._get_follower() or manager).id,
            },
        )
        for day, same in late.grouped("deadline").items():
            same.reminded_for = day
        return late


class HelpdeskTicket(models.Model):
    _inherit = "helpdesk.ticket"

    decision_ids = fields.Many2many(
        "commune.decision",
        "commune_decision_request_rel",
        string="Decisions",
        groups="base.group_user",
    )


class EventEvent(models.Model):
    _inherit = "event.event"

    decision_ids = fields.Many2many(
        "commune.decision",
        "commune_decision_event_rel",
        string="Decisions",
        groups="base.group_user",
    )
