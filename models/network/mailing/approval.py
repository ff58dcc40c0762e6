"""Approval of mailings: an officer prepares and asks, a manager approves, nobody sends
without approval. A change after the approval cancels it.

This applies to letters to communes, and to all mailings of the staff. Odoo sends third-party
mailings as usual.
"""

from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError
from odoo.tools import LazyTranslate

from ...core.message_access import check_can_post
from ...core.readonly_fields import TALK

_lt = LazyTranslate(__name__)

APPROVALS = [("draft", "In preparation"), ("requested", "To approve"), ("approved", "Approved")]
APPROVAL_ACTIVITY = "commune_relations.mail_activity_type_mailing_approval"
SENDING_STATES = {"in_queue", "sending", "done"}
# What the manager has read: a change of it asks for a new approval.
CONTENT = frozenset(
    {
        "subject",
        "preview",
        "body_arch",
        "body_html",
        "attachment_ids",
        "email_from",
        "reply_to",
        "reply_to_mode",
        "audience_ids",
        "theme_id",
        "is_service",
        "network_kind",
        "mailing_model_id",
        "mailing_domain",
        "mailing_filter_id",
        "contact_list_ids",
        "resend_of_id",
        "use_exclusion_list",
    }
)

LEFT = ("sending", "done")
# Of a letter that left, how the staff keeps it: what it said, to whom and when is evidence.
KEEPING = frozenset({"active", "color", "favorite", "favorite_date", "user_id"})
# Noted by the sending, whatever the state.
BY_SENDING = frozenset({"calendar_date", "kpi_mail_required", "sent_date"})


class MailingMailing(models.Model):
    _name = "mailing.mailing"
    _inherit = ["mailing.mailing", "commune.readonly.fields.mixin"]
    _readonly_reason = _lt("An approval is given by its button only.")
    _readonly_error = AccessError
    _readonly_fields = frozenset({"approval_state", "approved_by_id", "approved_date"})
    _values_at_creation = {"approval_state": "draft", "state": "draft"}

    approval_state = fields.Selection(
        APPROVALS, string="Approval", default="draft", copy=False, readonly=True, tracking=True
    )
    approved_by_id = fields.Many2one("res.users", copy=False, readonly=True, string="Approved by")
    approved_date = fields.Datetime(copy=False, readonly=True, string="Approved on")
    needs_approval = fields.Boolean(compute="_compute_needs_approval")

    def _check_record_state(self, vals):
        """:raise AccessError: a letter that communes received would say something else, or would
        have left otherwise than by the queue"""
        letters = self.filtered("network_kind")
        typed = {name for name in vals if not name.startswith(TALK)}
        if typed - KEEPING and letters.filtered(lambda letter: letter.state in LEFT):
            raise AccessError(
                self.env._("A letter that left says what it said: make another one of it.")
            )
        noted = sorted(BY_SENDING & typed) + ["state"] * (vals.get("state") in LEFT)
        if letters and noted:
            self._raise_stored_compute(noted[0])
        return super()._check_record_state(vals)

    @api.depends("network_kind", "audience_ids", "contact_list_ids")
    @api.depends_context("uid", "su")
    def _compute_needs_approval(self):
        managed = self._filter_managed()
        for mailing in self:
            mailing.needs_approval = mailing in managed

    def _filter_managed(self):
        """Letters to communes; all mailings when the user is staff of the organisation."""
        if self._is_staff_acting():
            return self
        return self.filtered(lambda mailing: mailing._is_for_communes())

    def _is_for_communes(self):
        """By its kind, an audience, or a list that follows one: the rest is Odoo's."""
        mailing = self.sudo()
        lists = mailing.contact_list_ids.filtered("follows_audience")
        return bool(mailing.network_kind or mailing.audience_ids or lists.audience_ids)

    @api.model
    def _is_staff_acting(self):
        """Whether the current user is staff of the organisation, whose mailings need an
        approval."""
        return not self.env.su and self.env.user.has_group("commune_relations.group_officer")

    @api.model
    def _is_managed_at_creation(self, vals):
        named = vals.get("network_kind") or self._names_audiences(vals)
        return bool(named or self._is_staff_acting())

    @api.model
    def _check_new_approvals(self, vals_list):
        for vals in vals_list:
            if vals.get("state") in SENDING_STATES and self._is_managed_at_creation(vals):
                self._raise_unapproved(vals.get("subject"))

    @api.model
    def _check_start(self, vals):
        if not self._is_managed_at_creation(vals):
            vals = {name: value for name, value in vals.items() if name != "state"}
        elif noted := sorted(name for name in BY_SENDING if vals.get(name)):
            self._raise_stored_compute(noted[0])
        return super()._check_start(vals)

    def _check_approved_step(self, vals):
        if vals["state"] in SENDING_STATES:
            self._check_approved()

    def _check_persons_written_to(self, _vals):
        """Odoo's queue sends as superuser: anyone who may not write to the persons of communes does
        not queue a mailing to them either.

        :raise AccessError: one of them is among the recipients
        """
        if self.env.su:
            return
        queued = self.filtered(lambda mailing: mailing.state in SENDING_STATES)
        for mailing in queued - queued._filter_managed():
            recipients = self.env[mailing.mailing_model_real]
            check_can_post(recipients.browse(mailing._get_remaining_recipients()))

    def _detect_changed_content(self, vals):
        touched = self._get_touched(vals)
        yield
        touched._ask_again()

    def _get_touched(self, vals):
        """Mailings approved, not sent yet, whose content really changes."""
        pending = self.filtered(
            lambda m: m.approval_state == "approved" and m.state in ("draft", "in_queue")
        )
        names = [name for name in vals if name in CONTENT and name in self._fields]
        return pending.filtered(lambda m: any(m._differs(name, vals[name]) for name in names))

    def _differs(self, name, value):
        field = self._fields[name]
        if field.type == "many2many":
            return True
        return field.convert_to_write(self[name], self) != (value or False)

    def _take_approval_back(self, state):
        """Cancel the approval and leave the queue: only an approved version is sent."""
        if not self:
            return
        pending = self.sudo()
        pending.activity_unlink([APPROVAL_ACTIVITY])
        pending.filtered(lambda m: m.state == "in_queue").action_cancel()
        pending.write({"approval_state": state, "approved_by_id": False, "approved_date": False})

    def _ask_again(self):
        """Return a letter changed after its approval to the approvers, with the reason."""
        self._take_approval_back("requested")
        for mailing in self.sudo():
            mailing._message_log(
                body=self.env._("The mailing was changed: it has to be approved again.")
            )
            mailing._notify_approvers()

    def _check_approved(self):
        managed = self._filter_managed()
        if not self.env.su:  # what the staff prepares is approved first, by anyone who launches it
            others = self - managed
            managed |= others.filtered(
                lambda m: m.create_uid.has_group("commune_relations.group_officer")
            )
        waiting = managed.filtered(lambda m: m.approval_state != "approved")
        if waiting:
            self._raise_unapproved(waiting[:1].subject)

    @api.model
    def _raise_unapproved(self, subject):
        raise UserError(
            self.env._(
                "“%s” is not approved: ask for the approval, a manager gives it.", subject or ""
            )
        )

    # steps

    def action_request_approval(self):
        """Submit the letter to the managers and notify them."""
        self.check_access("write")
        for mailing in self.filtered(lambda m: m.approval_state == "draft"):
            if mailing.is_body_empty:
                raise UserError(self.env._("The letter is empty."))
            mailing._check_written()
            mailing._check_recipients()
            submitted = mailing.sudo()
            submitted.approval_state = "requested"
            submitted._notify_approvers()

    def _notify_approvers(self):
        """Create an activity for the managers.

        The requesting user is excluded, unless no other manager can be notified.
        """
        approvers = self.env["res.users"]._get_organisation_managers()
        for manager in (approvers - self.env.user) or approvers:
            self.activity_schedule(
                APPROVAL_ACTIVITY,
                user_id=manager.id,
                summary=self.env._("Approve “%s”", self.subject or ""),
            )

    def action_approve(self):
        if not self.env.user.has_group("commune_relations.group_manager"):
            raise AccessError(self.env._("Only a manager approves a mailing."))
        for mailing in self.filtered(lambda m: m.state == "draft"):
            mailing._check_written()
            mailing._check_recipients()
            approved = mailing.sudo()
            approved.write(
                {
                    "approval_state": "approved",
                    "approved_by_id": self.env.uid,
                    "approved_date": fields.Datetime.now(),
                }
            )
            approved.activity_unlink([APPROVAL_ACTIVITY])

    def action_send_back(self):
        """The manager wants a change, or the officer goes on with the work."""
        self.check_access("write")
        self.filtered(lambda m: m.state in ("draft", "in_queue"))._take_approval_back("draft")

    def action_put_in_queue(self):
        self.check_access("write")
        self._check_approved()
        self._check_recipients()
        # One that left goes again to those whom it did not reach.
        again = self.filtered(lambda mailing: mailing.network_kind and mailing.state in LEFT)
        super(MailingMailing, again.sudo()).action_put_in_queue()
        return super(MailingMailing, self - again).action_put_in_queue()

    def action_launch(self):
        self.check_access("write")
        self._check_approved()
        return super().action_launch()

    def action_schedule(self):
        self.check_access("write")
        self._check_approved()
        return super().action_schedule()

    @api.model
    def _process_mass_mailing_queue(self):
        """What came to the queue without approval leaves it, and stops nobody else."""
        queued = self.search(
            [("state", "in", ["in_queue", "sending"]), ("approval_state", "!=", "approved")]
        )
        queued.filtered(lambda mailing: mailing._is_for_communes()).action_cancel()
        return super()._process_mass_mailing_queue()


class MailingMailingTest(models.TransientModel):
    _inherit = "mailing.mailing.test"

    def send_mail_test(self):
        """Try a letter to communes: for those who may change it, since any address can be typed."""
        letters = self.mass_mailing_id.filtered(lambda letter: letter._is_for_communes())
        letters.check_access("write")
        return super().send_mail_test()
