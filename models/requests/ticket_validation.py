"""Sensitive requests: the lead of the team, then the management, validate the answer.

The rule is kept by `write`: whatever the door (button, list, API), a sensitive request is not
answered before both have validated this very text. The lead is that of the team, else of the
nearest team above; one person of the management is enough. Who is both says it once. A lead who
asks for the validation has given his own: the management still has to, unless he belongs to it.
Nobody else validates alone what he wrote. A change of the text, of the contact, of the files or
of the team takes the validation back.
"""

from hashlib import sha256

from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError

from .stage import OPEN_KINDS

ACTIVITY = "commune_relations.mail_activity_request_validation"
PROTECTED = {"validation_step", "validation_hash", "validation_asker_id"}
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
        for ticket in self:
            step = ticket.validation_step
            ticket.can_validate = step in PENDING and self.env.user in ticket._get_validators(step)

    # who validates

    def _get_validators(self, step):
        """Users who may validate a step: the lead, and those above while the lead is absent."""
        self.ensure_one()
        ticket = self.sudo()
        if step == "direction":
            return ticket.company_id.request_direction_ids.filtered(lambda u: u.active)
        team, leads = ticket.team_id, self.env["res.users"].sudo()
        while team:
            leads |= team.user_id
            if leads - leads._get_absent_users():
                break
            team = team.parent_id
        return leads or ticket.team_id._get_lead()

    def _check_validators(self):
        if not self._get_validators("lead"):
            raise UserError(
                self.env._(
                    "Nobody leads the team %s: ask a manager to name its lead.",
                    self.team_id.complete_name or self.team_id.name or "",
                )
            )
        if not self._get_validators("direction"):
            raise UserError(
                self.env._(
                    "Nobody is named to validate for the management: ask an administrator to name"
                    " them in the settings, under “Requests”."
                )
            )

    # what was validated

    def _get_answer_hash(self):
        self.ensure_one()
        ticket = self.sudo()
        parts = [str(ticket[name] or "") for name in VALIDATED_FIELDS]
        parts += sorted(file.checksum or "" for file in ticket.answer_file_ids)
        return sha256("\0".join(parts).encode()).hexdigest()

    def _is_validated(self):
        self.ensure_one()
        ticket = self.sudo()
        return (
            ticket.validation_step == "validated"
            and ticket.validation_hash == ticket._get_answer_hash()
        )

    @api.model_create_multi
    def create(self, vals_list):
        for vals in vals_list:
            self._check_protected(vals)
        return super().create(vals_list)

    def write(self, vals):
        self._check_protected(vals)
        if vals.get("stage_id"):
            self._check_validated(vals)
        if vals.get("is_sensitive") is False:
            self._check_may_lower()
        running = self.sudo().filtered("validation_step")
        before = {ticket: (ticket._get_answer_hash(), ticket.team_id) for ticket in running}
        result = super().write(vals)
        for ticket, state in before.items():
            if ticket.validation_step and state != (ticket._get_answer_hash(), ticket.team_id):
                ticket.with_user(self.env.user)._reset_validation()
        return result

    @api.model
    def _check_protected(self, vals):
        if not self.env.su and not PROTECTED.isdisjoint(vals):
            raise AccessError(
                self.env._("A validation is given with its button, by those who may give it.")
            )

    def _check_validated(self, vals):
        """Refuse the steps that mean "answered" for a sensitive request that is not validated.

        The commune itself may close its request at any time.
        """
        stage = self.env["helpdesk.ticket.stage"].sudo().browse(vals["stage_id"])
        if stage.kind not in ("answered", "rerouted", "closed"):
            return
        if stage.kind == "closed" and self.env.user.share:
            return
        for ticket in self.sudo():
            sensitive = vals.get("is_sensitive", ticket.is_sensitive) or ticket.is_sensitive
            if ticket.stage_kind in OPEN_KINDS and sensitive and not ticket._is_validated():
                raise UserError(
                    self.env._(
                        "%s is sensitive: its answer is validated by the lead of the team, then by"
                        " the management, before it is sent.",
                        ticket._get_name_for_commune(),
                    )
                )

    def _check_may_lower(self):
        """Only those who validate, and managers, say that a request is not sensitive any more."""
        if self.env.su or self.env.user.has_group("commune_relations.group_manager"):
            return
        for ticket in self.filtered("is_sensitive"):
            allowed = ticket._get_validators("lead") | ticket._get_validators("direction")
            if self.env.user not in allowed:
                raise UserError(
                    self.env._(
                        "Only the lead of the team, the management or a manager may say that %s is"
                        " not sensitive any more.",
                        ticket._get_name_for_commune(),
                    )
                )
