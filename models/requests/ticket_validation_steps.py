"""The steps of a validation: asked, validated by the lead, by the management, or sent back."""

from markupsafe import escape

from odoo import models
from odoo.exceptions import AccessError, LockError, UserError

from .ticket_validation import ACTIVITY, PENDING


class HelpdeskTicket(models.Model):
    _inherit = "helpdesk.ticket"

    def action_ask_validation(self):
        for ticket in self:
            ticket._ask_validation()

    def _ask_validation(self):
        """Ask the lead, or the management at once when the asker is the lead."""
        self._check_can_answer()
        if not self.is_sensitive:
            raise UserError(
                self.env._(
                    "%s is not sensitive: its answer needs no validation.",
                    self._get_name_for_commune(),
                )
            )
        self._check_text(self.answer_html)
        if self.sudo().validation_step in PENDING:
            raise UserError(self.env._("The validation of this answer has already been asked."))
        self._check_validators()
        self._log_validation("owner", "asked")
        self._set_validation("lead", asker=self.env.user)
        self._move_to("to_validate")
        if self.env.user in self._get_validators("lead"):
            self._validate_step("lead", False)
        else:
            self._schedule_validation("lead")

    def action_validate_answer(self):
        """Validate the step at hand; called by readers too, hence the check of identity."""
        for ticket in self:
            ticket._decide_validation("validated", False)

    def action_send_back_answer(self):
        self.ensure_one()
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Send the answer back"),
            "res_model": "commune.request.send.back",
            "view_mode": "form",
            "target": "new",
            "context": {"default_ticket_id": self.id},
        }

    def _decide_validation(self, decision, note):
        """A decision of the person at hand, who must be one of those asked."""
        self.ensure_one()
        self.check_access("read")
        try:
            self.sudo().lock_for_update(allow_referencing=True)
        except LockError as error:
            raise UserError(
                self.env._("Somebody is deciding at this very moment: look at it again.")
            ) from error
        step = self.sudo().validation_step
        if step not in PENDING:
            raise UserError(self.env._("No validation of this answer is waited for any more."))
        if self.env.user not in self._get_validators(step):
            raise AccessError(
                self.env._(
                    "This validation is given by: %s.",
                    ", ".join(self._get_validators(step).mapped("name")),
                )
            )
        if decision == "validated":
            self._validate_step(step, note)
        else:
            self._send_back(step, note)

    def _validate_step(self, step, note):
        """The lead's word opens the step of the management; a person who is both says it once."""
        self._log_validation(step, "validated", note)
        self._close_validation_activities()
        if step == "lead" and self.env.user not in self._get_validators("direction"):
            self._set_validation("direction")
            self._schedule_validation("direction")
            return
        if step == "lead":
            self._log_validation("direction", "validated", note)
        self._set_validation("validated")
        self.sudo()._move_to("in_progress")
        self._tell_owner(self.env._("The answer is validated: it can be sent."))

    def _send_back(self, step, note):
        note = (note or "").strip()
        if not note:
            raise UserError(self.env._("Say what is to be changed in the answer."))
        self._log_validation(step, "sent_back", note)
        self._close_validation_activities()
        self._set_validation("sent_back")
        self.sudo()._move_to("in_progress")
        self._tell_owner(self.env._("The answer is sent back: %s", note))

    def _reset_validation(self):
        """The text or the team changed: what was validated is not what would be sent."""
        if self.sudo().validation_step in (*PENDING, "validated"):
            self._log_validation("owner", "reset")
        self._close_validation_activities()
        self._set_validation(False)
        if self.sudo().stage_kind == "to_validate":
            self.sudo()._move_to("in_progress")

    def _clear_draft(self):
        """The validation goes with the draft that it was about; its log stays."""
        self._close_validation_activities()
        self._set_validation(False)
        return super()._clear_draft()

    def _set_validation(self, step, asker=None):
        values = {
            "validation_step": step,
            "validation_hash": self._get_answer_hash() if step else False,
        }
        if asker:
            values["validation_asker_id"] = asker.id
        self.sudo().write(values)

    def _log_validation(self, step, decision, note=False):
        self.env["commune.request.validation"].sudo().create(
            {
                "ticket_id": self.id,
                "step": step,
                "decision": decision,
                "user_id": self.env.uid,
                "note": note,
                "answer_hash": self._get_answer_hash(),
            }
        )

    # activities

    def _schedule_validation(self, step):
        """One activity for the first of those asked who is at work; the others see the list."""
        people = self._get_validators(step)
        present = people - people._get_absent_users()
        self.sudo().activity_schedule(
            ACTIVITY,
            user_id=(present or people)[:1].id,
            summary=self.env._("Answer to validate"),
            note=escape(self.env._("Asked by %s", self.sudo().validation_asker_id.name)),
        )

    def _close_validation_activities(self):
        self.sudo().activity_feedback([ACTIVITY])

    def _tell_owner(self, sentence):
        """A note that reaches the owner and the one who asked."""
        ticket = self.sudo()
        people = (ticket.user_id | ticket.validation_asker_id) - self.env.user
        ticket.message_post(
            body=sentence,
            message_type="comment",
            subtype_xmlid="mail.mt_note",
            partner_ids=people.partner_id.ids,
        )
