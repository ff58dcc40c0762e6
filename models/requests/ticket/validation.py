"""Validation of sensitive answers, by the lead of the team, then the management.

`write` enforces the rule for every entry point (button, list, API): a sensitive request cannot be
answered before both have validated this very text. The lead is that of the team, else of the
nearest team above; one person of the management is enough. A person who is both validates once. A
lead who requests the validation has given their own: the management still has to, unless the lead
belongs to it. Nobody else validates alone what they wrote. A change of the text, of the contact, of
the files or of the team cancels the validation.
"""

from hashlib import sha256

from markupsafe import escape

from odoo import api, fields, models
from odoo.exceptions import AccessError, LockError, UserError

from ...core.window_actions import open_dialog
from ..stage import OPEN_KINDS
from .ticket import KEPT, VALIDATION

ACTIVITY = "commune_relations.mail_activity_request_validation"
# What is validated: a change of any of these asks for a new validation.
VALIDATED_FIELDS = ("answer_html", "level_answer", "outside_name", "outside_contact")
PENDING = ("lead", "direction")


class HelpdeskTicket(models.Model):
    _inherit = "helpdesk.ticket"

    validation_step = fields.Selection(
        [
            ("lead", "The lead of the team validates"),
            ("direction", "The management validates"),
            ("validated", "Validated"),
            ("sent_back", "Sent back"),
        ],
        string="Validation",
        readonly=True,
        copy=False,
        groups="base.group_user",
    )
    validation_hash = fields.Char(readonly=True, copy=False, groups="base.group_user")
    validation_asker_id = fields.Many2one(
        "res.users", readonly=True, copy=False, groups="base.group_user"
    )
    validation_ids = fields.One2many(
        "commune.request.validation",
        "ticket_id",
        string="Validations",
        groups="base.group_user",
    )
    can_validate = fields.Boolean(compute="_compute_can_validate", groups="base.group_user")

    @api.depends_context("uid")
    @api.depends("validation_step", "team_id")
    def _compute_can_validate(self):
        validation = self.env["commune.request.validation"]
        for ticket in self:
            step = ticket.validation_step
            ticket.can_validate = step in PENDING and self.env.user in validation._get_validators(
                ticket, step
            )

    def _restart_changed_validations(self, vals):
        """A validation is about one answer and one team: another of them is validated anew."""
        validation = self.env["commune.request.validation"]
        running = self.sudo().filtered("validation_step")
        before = {t: (validation._get_answer_hash(t), t.team_id) for t in running}
        yield
        for ticket, state in before.items():
            now = validation._get_answer_hash(ticket), ticket.team_id
            if ticket.validation_step and state != now:
                validation._reset_validation(ticket)

    def _raise_user_write(self, name=None):
        if name in VALIDATION:
            raise AccessError(
                self.env._("A validation is given with its button, by those who may give it.")
            )
        if name in KEPT:
            raise AccessError(
                self.env._("The dates of a request follow from its steps: use its buttons.")
            )
        return super()._raise_user_write(name)

    def _check_validated(self, vals):
        """Refuse the steps that mean "answered" for a sensitive request that is not validated.

        The commune itself may close its request at any time.
        """
        tickets = self.sudo()
        stage = tickets.env["helpdesk.ticket.stage"].browse(vals.get("stage_id"))
        if stage.kind not in ("answered", "rerouted", "closed"):
            return
        if stage.kind == "closed" and self.env.user.share:
            return
        log = self.env["commune.request.validation"]
        for ticket in tickets:
            sensitive = vals.get("is_sensitive", ticket.is_sensitive) or ticket.is_sensitive
            if ticket.stage_kind in OPEN_KINDS and sensitive and not log._is_validated(ticket):
                raise UserError(
                    self.env._(
                        "%s is sensitive: its answer is validated by the lead of the team, then by"
                        " the management, before it is sent.",
                        ticket._get_name_for_commune(),
                    )
                )

    def _check_can_lower(self, vals):
        """Reserve the end of the sensitive status for validators and managers."""
        validation = self.env["commune.request.validation"]
        if vals.get("is_sensitive") is not False:
            return
        if self.env.su or self.env.user.has_group("commune_relations.group_manager"):
            return
        for ticket in self.filtered("is_sensitive"):
            allowed = validation._get_validators(ticket, "lead") | validation._get_validators(
                ticket, "direction"
            )
            if self.env.user not in allowed:
                raise UserError(
                    self.env._(
                        "Only the lead of the team, the management or a manager may say that %s is"
                        " not sensitive any more.",
                        ticket._get_name_for_commune(),
                    )
                )

    # The steps of a validation: asked, validated by the lead, by the management, or sent back.

    def action_ask_validation(self):
        for ticket in self:
            self.env["commune.request.validation"]._ask_validation(ticket)

    def action_validate_answer(self):
        """Validate the current step; called by readers too, hence the check of identity."""
        for ticket in self:
            self.env["commune.request.validation"]._decide_validation(ticket, "validated", False)

    def action_send_back_answer(self):
        self.ensure_one()
        return open_dialog(
            self,
            "commune.request.send.back",
            self.env._("Send the answer back"),
            default_ticket_id=self.id,
        )

    def _clear_draft(self):
        """Remove the validation with its draft; the log stays."""
        validation = self.env["commune.request.validation"]
        validation._close_validation_activities(self)
        validation._set_validation(self, False)
        return super()._clear_draft()


class CommuneRequestValidation(models.Model):
    _inherit = "commune.request.validation"

    # who validates

    def _get_validators(self, ticket, step):
        """Users who may validate a step: the lead, and those above while the lead is absent."""
        ticket.ensure_one()
        ticket = ticket.sudo()
        if step == "direction":
            return ticket.company_id.request_direction_ids.filtered(lambda u: u.active)
        team, leads = ticket.team_id, ticket.env["res.users"]
        while team:
            leads |= team.user_id
            if leads - leads._get_absent_users():
                break
            team = team.parent_id
        return leads or ticket.team_id._get_desk().user_id

    def _check_validators(self, ticket):
        if not self._get_validators(ticket, "lead"):
            raise UserError(
                self.env._(
                    "Nobody leads the team %s: ask a manager to name its lead.",
                    ticket.team_id.complete_name or ticket.team_id.name or "",
                )
            )
        if not self._get_validators(ticket, "direction"):
            raise UserError(
                self.env._(
                    "Nobody is named to validate for the management: ask an administrator to name"
                    " them in the settings, under “Requests”."
                )
            )

    # what was validated

    def _get_answer_hash(self, ticket):
        ticket.ensure_one()
        parts = [str(ticket[name] or "") for name in VALIDATED_FIELDS]
        parts += sorted(file.checksum or "" for file in ticket.answer_file_ids)
        return sha256("\0".join(parts).encode()).hexdigest()

    def _is_validated(self, ticket):
        ticket.ensure_one()
        return (
            ticket.validation_step == "validated"
            and ticket.validation_hash == self._get_answer_hash(ticket)
        )

    def _ask_validation(self, ticket):
        """Ask the lead, or the management at once when the asker is the lead."""
        answer = self.env["commune.request.answer"]
        answer._check_can_answer(ticket)
        if not ticket.is_sensitive:
            raise UserError(
                self.env._(
                    "%s is not sensitive: its answer needs no validation.",
                    ticket._get_name_for_commune(),
                )
            )
        answer._check_text(ticket.answer_html)
        ticket = ticket.sudo()  # steps, log and activities are no user's to write
        if ticket.validation_step in PENDING:
            raise UserError(self.env._("The validation of this answer has already been asked."))
        self._check_validators(ticket)
        self._log_validation(ticket, "owner", "asked")
        self._set_validation(ticket, "lead", asker=self.env.user)
        ticket._move_to("to_validate")
        if self.env.user in self._get_validators(ticket, "lead"):
            self._validate_step(ticket, "lead", False)
        else:
            self._schedule_validation(ticket, "lead")

    def _decide_validation(self, ticket, decision, note):
        """A decision of the current user, who must be one of those asked."""
        ticket.ensure_one()
        ticket.check_access("read")
        ticket = ticket.sudo()  # a reader may be the one who validates
        try:
            ticket.lock_for_update(allow_referencing=True)
        except LockError as error:
            raise UserError(
                self.env._("Somebody is deciding at this very moment: look at it again.")
            ) from error
        step = ticket.validation_step
        if step not in PENDING:
            raise UserError(self.env._("No validation of this answer is waited for any more."))
        if self.env.user not in self._get_validators(ticket, step):
            raise AccessError(
                self.env._(
                    "This validation is given by: %s.",
                    ", ".join(self._get_validators(ticket, step).mapped("name")),
                )
            )
        if decision == "validated":
            self._validate_step(ticket, step, note)
        else:
            self._send_back(ticket, step, note)

    def _validate_step(self, ticket, step, note):
        """Validate a step; the lead's opens the management's.

        A person who is both validates once.
        """
        self._log_validation(ticket, step, "validated", note)
        self._close_validation_activities(ticket)
        if step == "lead" and self.env.user not in self._get_validators(ticket, "direction"):
            self._set_validation(ticket, "direction")
            self._schedule_validation(ticket, "direction")
            return
        if step == "lead":
            self._log_validation(ticket, "direction", "validated", note)
        self._set_validation(ticket, "validated")
        ticket._move_to("in_progress")
        self._notify_owner(ticket, self.env._("The answer is validated: it can be sent."))

    def _send_back(self, ticket, step, note):
        note = (note or "").strip()
        if not note:
            raise UserError(self.env._("Say what is to be changed in the answer."))
        self._log_validation(ticket, step, "sent_back", note)
        self._close_validation_activities(ticket)
        self._set_validation(ticket, "sent_back")
        ticket._move_to("in_progress")
        self._notify_owner(ticket, self.env._("The answer is sent back: %s", note))

    def _reset_validation(self, ticket):
        """The text or the team changed: what was validated is not what would be sent."""
        if ticket.validation_step in (*PENDING, "validated"):
            self._log_validation(ticket, "owner", "reset")
        self._close_validation_activities(ticket)
        self._set_validation(ticket, False)
        if ticket.stage_kind == "to_validate":
            ticket._move_to("in_progress")

    def _is_asked_to_validate(self, ticket):
        step = ticket.sudo().validation_step
        return step in PENDING and self.env.user in self._get_validators(ticket, step)

    def _set_validation(self, ticket, step, asker=None):
        values = {
            "validation_step": step,
            "validation_hash": self._get_answer_hash(ticket) if step else False,
        }
        if asker:
            values["validation_asker_id"] = asker.id
        ticket.write(values)

    def _log_validation(self, ticket, step, decision, note=False):
        ticket.env["commune.request.validation"].create(
            {
                "ticket_id": ticket.id,
                "step": step,
                "decision": decision,
                "user_id": self.env.uid,
                "note": note,
                "answer_hash": self._get_answer_hash(ticket),
            }
        )

    # activities

    def _schedule_validation(self, ticket, step):
        """One activity for the first of those asked who is at work; the others see the list."""
        people = self._get_validators(ticket, step)
        present = people - people._get_absent_users()
        ticket.activity_schedule(
            ACTIVITY,
            user_id=(present or people)[:1].id,
            summary=self.env._("Answer to validate"),
            note=escape(self.env._("Asked by %s", ticket.validation_asker_id.name)),
        )

    def _close_validation_activities(self, ticket):
        ticket.activity_feedback([ACTIVITY])

    def _notify_owner(self, ticket, sentence):
        """A note that reaches the owner and the one who asked."""
        people = (ticket.user_id | ticket.validation_asker_id) - self.env.user
        ticket.message_post(
            body=sentence,
            message_type="comment",
            subtype_xmlid="mail.mt_note",
            partner_ids=people.partner_id.ids,
        )
