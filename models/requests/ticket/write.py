"""What happens around each creation and each change of a request, in order.

The guards first: nothing is written when one of them refuses. Then what the change brings with
it, the change itself, and what follows from it.
"""

from odoo import api, fields, models

from .promise import MOVES_CLOCKS


class HelpdeskTicket(models.Model):
    _inherit = "helpdesk.ticket"

    @api.model_create_multi
    def create(self, vals_list):
        if self._is_filed_by_commune(vals_list):
            return self._file_by_program(vals_list)
        self.check_access("create")  # first: a failure would waste a number
        if not self.env.su:
            for vals in vals_list:
                self._check_start(vals)
        tickets = super().create(self._complete_values(vals_list))
        if not self.env.su:
            tickets._check_requester()
        tickets._filter_managed()._update_clocks()
        managed = tickets._filter_organisation()
        managed._notify_empty_desk()
        managed._acknowledge_direct()
        return tickets

    def _filter_organisation(self):
        """Commune requests of this organisation, without other companies of the same Odoo."""
        managed = self._filter_managed()
        companies = managed.sudo().company_id.filtered(lambda company: company._is_organisation())
        return managed.filtered(
            lambda ticket: not ticket.company_id or ticket.company_id in companies
        )

    def _prepare_ticket_number(self, values):
        if not (self._filter_managed() or self._are_managed(values)):
            return super()._prepare_ticket_number(values)
        company = self.env["res.company"].browse(values.get("company_id") or [])
        return self.env["ir.sequence"].with_company(company or self.env.company)._next_of_year(
            "commune.request"
        ) or super()._prepare_ticket_number(values)

    def write(self, vals):
        managed = self if self._are_managed(vals) else self._filter_managed()
        others = self - managed
        if others or not self:
            super(HelpdeskTicket, others).write(vals)
        return managed._write_managed(vals) if managed else True

    def _write_managed(self, vals):
        if not self.env.su:
            self._check_user_write(vals)
        self._check_validated(vals)
        self._check_can_lower(vals)
        if vals.get("topic_id") and "team_id" not in vals:
            return self._correct_topic(vals)  # it writes again, with the team
        if vals.get("team_id") and "user_id" not in vals:
            moving = self.filtered(lambda t: t.commune_id and t.team_id.id != vals["team_id"])
            if moving:
                return moving._write_team(vals) and (self - moving).write(vals)
        vals = dict(vals)
        unknown = self._recognise_sender(vals)
        if vals.get("team_id"):
            team = self.env["helpdesk.ticket.team"].browse(vals["team_id"])
            if self._log_transfers(team, vals):
                vals["holder_since"] = fields.Datetime.now()
        stages = {ticket: ticket.stage_kind for ticket in self} if "stage_id" in vals else {}
        validated = self._get_texts_in_validation()
        result = super().write(vals)
        if not self.env.su and {"partner_id", "commune_id"} & vals.keys():
            self._check_requester()
        if stages:
            self._after_stage_change(stages)
        if MOVES_CLOCKS & set(vals):
            self._update_clocks()
        unknown._acknowledge()
        if "stage_id" in vals:
            self._close_reminders()
        if "team_id" in vals or "user_id" in vals:
            self._move_reminders()
        self._reset_changed_validations(validated)
        return result
