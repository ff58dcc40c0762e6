"""What nobody writes by hand: steps, proofs and what was issued follow from the gestures.

The forms show these fields as read only; an interface of programs would write them all the same.
The gestures write as superuser, once they have checked who asks.
"""

from odoo import api, models
from odoo.exceptions import UserError
from odoo.fields import Domain

from .session.session import PREPARING

# Steps and proofs of a session.
SESSION_PROOFS = {
    "state",
    "agenda_approved_by_id",
    "agenda_approved_date",
    "agenda_asked_date",
    "notice_rule_id",
    "notice_deadline",
    "urgent_deadline",
    "notice_date",
    "notice_attachment_id",
    "minutes_deadline",
    "minutes_sent_date",
    "minutes_approved_date",
    "minutes_approved_session_id",
    "postponed_to_id",
}
# What the members were told: the session is moved or called off instead.
SESSION_TOLD = {"committee_id", "date_begin"}
DISPATCH_PROOFS = {"sent_at", "sent_by_id", "state", "sent_count", "missing_count", "bounced_count"}
DISPATCH_SENT = {"session_id", "kind", "document_ids", "note"}
DECISION_PROOFS = {"number", "done_date", "published_date", "reminded_for", "commune_ids"}
DECISION_FOLLOWED = {"state"}  # all that somebody in charge changes


class CommuneSession(models.Model):
    _name = "commune.session"
    _inherit = ["commune.session", "commune.proof"]

    @api.model
    def _get_kept_files_domain(self, attachment_ids):
        """The notice that left is the one that stays; the minutes are in their version."""
        return Domain("notice_attachment_id", "in", attachment_ids)

    @api.model_create_multi
    def create(self, vals_list):
        if not self.env.su:
            for vals in vals_list:
                wrong = {name for name in SESSION_PROOFS & set(vals) if vals[name]}
                if wrong - {"state"} or vals.get("state", "draft") != "draft":
                    self._refuse_by_hand()
        return super().create(vals_list)

    def write(self, vals):
        if not self.env.su:
            if SESSION_PROOFS & set(vals):
                self._refuse_by_hand()
            told = self.filtered(lambda s: s.notice_date or s.state not in PREPARING)
            hidden = not vals.get("active", True) and told.filtered(lambda s: s.state == "convened")
            if hidden or (told and SESSION_TOLD & set(vals)):
                raise UserError(
                    self.env._(
                        "The members know of this session: call it off or postpone it instead."
                    )
                )
        return super().write(vals)

    def _refuse_by_hand(self):
        raise UserError(
            self.env._("The steps and the proofs of a session follow from its buttons.")
        )


class CommuneAttendance(models.Model):
    _name = "commune.attendance"
    _inherit = ["commune.attendance", "commune.proof"]

    def write(self, vals):
        """Arrivals are noted by hand; what was sent, opened and answered is not."""
        if not self.env.su:
            hand = {"presence_ids", "signed_at"}
            if any(name not in hand and not name.startswith("message_") for name in vals):
                raise UserError(
                    self.env._("The notice and the answer of a member are not written by hand.")
                )
        return super().write(vals)


class CommuneDispatch(models.Model):
    _name = "commune.dispatch"
    _inherit = ["commune.dispatch", "commune.proof"]

    @api.model
    def _get_kept_files_domain(self, attachment_ids):
        return Domain("sent_at", "!=", False) & Domain("document_ids", "in", attachment_ids)

    @api.model_create_multi
    def create(self, vals_list):
        if not self.env.su and any(vals.get(n) for vals in vals_list for n in DISPATCH_PROOFS):
            self._refuse_by_hand()
        return super().create(vals_list)

    def write(self, vals):
        if not self.env.su:
            sent = self.filtered("sent_at")
            if DISPATCH_PROOFS & set(vals) or (sent and DISPATCH_SENT & set(vals)):
                self._refuse_by_hand()
        return super().write(vals)

    def _refuse_by_hand(self):
        raise UserError(self.env._("What was sent to the councillors does not change any more."))


class CommuneDecision(models.Model):
    _inherit = "commune.decision"

    @api.model_create_multi
    def create(self, vals_list):
        if not self.env.su and any(vals.get(n) for vals in vals_list for n in DECISION_PROOFS):
            self._refuse_by_hand()
        return super().create(vals_list)

    def write(self, vals):
        """Whoever is in charge notes where it stands; the text and the publication are those of
        the secretary."""
        if not self.env.su:
            officer = self.env.user.has_group("commune_relations.group_officer")
            if DECISION_PROOFS & set(vals):
                self._refuse_by_hand()
            ours = {name for name in vals if not name.startswith(("message_", "activity_"))}
            if not officer and ours - DECISION_FOLLOWED:
                raise UserError(
                    self.env._("Whoever is in charge of a decision notes where it stands only.")
                )
        return super().write(vals)

    def _refuse_by_hand(self):
        raise UserError(self.env._("The number and the dates of a decision come by themselves."))
