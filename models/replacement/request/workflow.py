"""Steps of a request, from the draft to the outcome."""

from odoo import fields, models
from odoo.exceptions import UserError

from ..slot.slot import LIVE
from .request import ENDED

STARTED = ("confirmed", "running", "suspended")  # missions that are ended on their own screen
WORKED = ("qualified", "searching", "proposed", "accepted", "filled", "partially_filled")


class CommuneReplacementRequest(models.Model):
    _inherit = "commune.replacement.request"

    def action_submit(self):
        self.check_access("write")
        self._check_days_to_come()
        self._submit()

    def _submit(self):
        """The same for a register of the past, whose days may be over."""
        for request in self:
            if request.state != "draft":
                raise UserError(self.env._("%s is already submitted.", request.name))
            if not request.slot_ids:
                raise UserError(
                    self.env._(
                        "%s asks for no half-day: tick the days of the week or add dates.",
                        request.name,
                    )
                )
            agreement = request._check_agreement()
            request._set({"state": "submitted", "agreement_id": agreement.id})

    def action_qualify(self):
        self.check_access("write")
        self._move(("submitted",), "qualified")

    def action_refuse(self):
        self.check_access("write")
        self._require_note()
        self._end("refused")

    def action_redirect(self):
        self.check_access("write")
        for request in self:
            if not request.redirection or request.redirection == "none":
                raise UserError(self.env._("Say to whom the commune is directed."))
        self._end("redirected")

    def action_close_unfilled(self):
        """Close without an agent: the reason is stored, and the commune learns where to turn."""
        self.check_access("write")
        for request in self:
            if not request.unfilled_reason or not request.redirection:
                raise UserError(
                    self.env._(
                        "Say why %s was not filled, and to whom the commune was directed.",
                        request.name,
                    )
                )
        self._end("unfilled")
        self._feed_service_project()

    def action_close(self):
        self.check_access("write")
        self._move(("filled", "partially_filled", "accepted"), "closed")
        self._set({"closed_date": fields.Datetime.now()})

    def action_cancel(self):
        """The commune needs nobody any more."""
        self.check_access("write")
        self._end("cancelled", by="commune")

    def action_reopen(self):
        self.check_access("write")
        for request in self:
            if request.state not in ("unfilled", "refused", "redirected"):
                raise UserError(self.env._("%s cannot be reopened.", request.name))
        self._set({"state": "searching", "closed_date": False})
        self.sudo().slot_ids.filtered(lambda s: s.state == "lost").state = "open"

    def _move(self, before, after):
        for request in self:
            if request.state not in before:
                labels = dict(self._fields["state"]._description_selection(self.env))
                raise UserError(
                    self.env._(
                        "%(name)s is at the step “%(state)s”: this cannot be done now.",
                        name=request.name,
                        state=labels[request.state],
                    )
                )
        self._set({"state": after})

    def _require_note(self):
        for request in self:
            if not request.outcome_note:
                raise UserError(self.env._("Write the reason in “Outcome” first."))

    def _end(self, state, by="service"):
        self.check_access("write")
        for request in self:
            if request.state in ENDED:
                raise UserError(self.env._("%s is already ended.", request.name))
            if request.mission_ids.filtered(lambda m: m.state in STARTED):
                raise UserError(
                    self.env._("%s has a mission in progress: end the mission first.", request.name)
                )
        self.env["commune.replacement.proposal"].search(
            [("request_id", "in", self.ids)]
        )._withdraw()
        # First: a request whose half-days are all cancelled ends by itself, as cancelled.
        self._set({"state": state, "closed_date": fields.Datetime.now()})
        left = self._cancel_prepared_missions(state, by)
        if state == "cancelled":
            self.slot_ids._cancel(by)
        else:
            left._create_again()
            self.slot_ids.filtered(lambda s: s.state in LIVE)._release()
            self.sudo().slot_ids.filtered(lambda s: s.state == "open").state = "lost"

    def _cancel_prepared_missions(self, state, by):
        """A mission does not outlive its request: it is cancelled as on its own screen, with the
        same version, the same letters and the same tariff.

        :return: the half-days that it leaves
        """
        sentence = {
            "cancelled": self.env._("The commune no longer needs the replacement"),
            "refused": self.env._("The request is refused"),
            "redirected": self.env._("The commune is directed to another service"),
            "unfilled": self.env._("The request could not be filled"),
        }[state]
        left = self.env["commune.replacement.slot"]
        for mission in self.mission_ids.filtered(lambda m: m.state == "prepared"):
            left |= mission._get_live_slots()
            reason = mission.request_id.outcome_note or sentence
            mission._cancel(by, reason)
        return left

    def _refresh_state(self):
        """Follow the half-days and the proposals; what has ended stays ended."""
        for request in self.filtered(lambda r: r.state not in ("draft", *ENDED)):
            slots = request.slot_ids.filtered(lambda s: s.state != "cancelled")
            filled = slots.filtered(lambda s: s.state == "filled")
            proposals = request.proposal_ids
            # What an agent or the service gave up was asked for: it counts as not filled.
            if not slots and set(request.slot_ids.mapped("cancelled_by")) == {"commune"}:
                request._set({"state": "cancelled", "closed_date": fields.Datetime.now()})
                continue
            if slots and filled == slots:
                state = "filled"
            elif filled:
                state = "partially_filled"
            elif proposals.filtered(
                lambda p: p.state in ("sent_agent", "accepted_agent", "sent_commune")
            ):
                state = "proposed"
            elif request.state in WORKED[2:]:
                state = "searching"
            else:
                state = request.state
            if request.state != state:
                request.sudo().state = state


class ResPartner(models.Model):
    _inherit = "res.partner"

    def _get_missing_agreement_sentence(self):
        self.ensure_one()
        return self.env._(
            "Missing convention: %s has no replacement convention in force. The request can be"
            " submitted as soon as the convention is signed.",
            self.brand_name or self.name,
        )
