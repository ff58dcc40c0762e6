"""Contributions: what the owner asks of another team, for one answer to the commune.

The contributor may not see the request itself: what is needed of it is shown here."""

from markupsafe import Markup

from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.tools import LazyTranslate, html2plaintext, is_html_empty

from ...core.readonly_fields import TALK
from ...core.window_actions import open_dialog
from ..stage import OPEN_KINDS

_lt = LazyTranslate(__name__)

ACTIVITY = "commune_relations.mail_activity_request_contribution"
# What a contributor writes; the rest belongs to those who work on the request.
OWN_FIELDS = {"answer"}


class CommuneRequestContribution(models.Model):
    _name = "commune.request.contribution"
    _inherit = ["mail.thread", "mail.activity.mixin", "commune.readonly.fields.mixin"]
    _description = "Contribution to an answer"
    _order = "state, date_due, id"
    _rec_name = "question"
    _readonly_reason = _lt("A contribution is sent with its button.")
    _readonly_error = AccessError
    _readonly_fields = frozenset({"state", "answered_date", "is_inserted", "ticket_id"})
    _values_at_creation = {"ticket_id": None, "state": "asked"}

    ticket_id = fields.Many2one(
        "helpdesk.ticket",
        string="Request",
        required=True,
        readonly=True,
        index=True,
        ondelete="restrict",
    )
    team_id = fields.Many2one(
        "helpdesk.ticket.team", required=True, index=True, ondelete="restrict"
    )
    user_id = fields.Many2one(
        "res.users",
        string="Person",
        required=True,
        index=True,
        ondelete="restrict",
        domain="[('share', '=', False)]",
    )
    question = fields.Text(required=True, string="What is asked")
    date_due = fields.Date(string="Due on", required=True)
    answer = fields.Html()
    answered_date = fields.Datetime(string="Answered on", readonly=True)
    state = fields.Selection(
        [("asked", "Asked"), ("answered", "Answered"), ("cancelled", "Cancelled")],
        required=True,
        default="asked",
        readonly=True,
        tracking=True,
    )
    is_inserted = fields.Boolean(string="In the draft", readonly=True)
    is_late = fields.Boolean(compute="_compute_is_late")

    # the request, for somebody who may not open it
    commune_id = fields.Many2one(related="ticket_id.commune_id", store=True, index=True)
    request_number = fields.Char(related="ticket_id.number", string="Number")
    request_name = fields.Char(related="ticket_id.name", string="Subject")
    request_text = fields.Html(related="ticket_id.description", string="What the commune asks")
    request_place = fields.Char(related="ticket_id.place", string="Place")
    owner_id = fields.Many2one(related="ticket_id.user_id", string="Owner of the request")

    @api.depends("question", "team_id")
    def _compute_display_name(self):
        for contribution in self:
            text = " ".join((contribution.question or "").split())
            contribution.display_name = text if len(text) <= 60 else f"{text[:59]}…"

    @api.depends("state", "date_due")
    def _compute_is_late(self):
        today = self.env.company._get_today()
        for contribution in self:
            contribution.is_late = (
                contribution.state == "asked"
                and bool(contribution.date_due)
                and contribution.date_due < today
            )

    @api.constrains("date_due", "ticket_id")
    def _check_date_due(self):
        """Before the promised date; a promise that has run out cannot be held against anybody."""
        today = self.env.company._get_today()
        for contribution in self:
            promised = contribution.ticket_id.promised_date
            if promised and promised >= today and contribution.date_due > promised:
                raise ValidationError(
                    self.env._(
                        "A contribution is due on %(promised)s at the latest: the commune has been"
                        " promised the answer for that day.",
                        promised=self.env.company._format_document_date(promised),
                    )
                )

    @api.constrains("user_id")
    def _check_user(self):
        for contribution in self:
            user = contribution.user_id
            if user.share or not contribution.with_user(user).has_access("write"):
                raise ValidationError(
                    self.env._(
                        "%s cannot contribute: ask an administrator to give this person the role"
                        " “Department referent”.",
                        user.name,
                    )
                )

    @api.model_create_multi
    def create(self, vals_list):
        """Only for a request on which one works: a contribution shows what it asks."""
        tickets = self.env["helpdesk.ticket"].browse({vals.get("ticket_id") for vals in vals_list})
        tickets.check_access("write")
        contributions = super().create(vals_list)
        for contribution in contributions:
            contribution.sudo().activity_schedule(
                ACTIVITY,
                date_deadline=contribution.date_due,
                user_id=contribution.user_id.id,
                summary=self.env._("Contribution to an answer"),
            )
        return contributions

    def onchange(self, values, field_names, fields_spec):
        """Odoo shows what the request that one names, there or in the context, asks."""
        given = {**self.default_get(["ticket_id"]), **values}.get("ticket_id")
        request = self.env["helpdesk.ticket"].browse(given or [])
        (request - self.ticket_id).check_access("write")
        return super().onchange(values, field_names, fields_spec)

    def _check_record_state(self, vals):
        asked = {name for name in vals if not name.startswith(TALK)} - OWN_FIELDS
        if asked and not self.ticket_id.has_access("write"):
            raise AccessError(
                self.env._("Only those who work on the request may change what is asked.")
            )

    @api.ondelete(at_uninstall=False)
    def _unlink_except_never(self):
        raise UserError(self.env._("A contribution is cancelled, not deleted."))

    def action_answer(self):
        """Give the contribution to the owner of the request."""
        for contribution in self:
            contribution.check_access("write")
            if contribution.state != "asked":
                raise UserError(self.env._("This contribution is no longer waited for."))
            if is_html_empty(contribution.answer):
                raise UserError(self.env._("Write your contribution before you send it."))
            given = contribution.sudo()
            given.write({"state": "answered", "answered_date": fields.Datetime.now()})
            given.activity_feedback([ACTIVITY])
            given._notify_owner()

    def _notify_owner(self):
        ticket = self.ticket_id
        owner = ticket.user_id or ticket.team_id._get_lead()
        ticket.message_post(
            body=self.env._(
                "%(user)s (%(team)s) has contributed: %(text)s",
                user=self.env.user.name,
                team=self.team_id.name,
                text=html2plaintext(self.answer)[:300],
            ),
            message_type="comment",
            subtype_xmlid="mail.mt_note",
            partner_ids=(owner - self.env.user).partner_id.ids,
        )

    def action_insert(self):
        """Add the text to the draft; the owner makes one answer of it."""
        for contribution in self:
            ticket = contribution.ticket_id
            ticket.check_access("write")
            ticket.answer_html = self.env["commune.request.answer"]._join_answers(
                ticket.answer_html,
                Markup(contribution.answer or ""),  # nosec B704: cleaned as written
            )
            contribution._set({"is_inserted": True})

    def action_cancel(self):
        """Not needed any more: the contributor's activity goes."""
        for contribution in self.filtered(lambda c: c.state == "asked"):
            contribution.ticket_id.check_access("write")
            cancelled = contribution.sudo()
            cancelled.state = "cancelled"
            cancelled.activity_unlink([ACTIVITY])


class HelpdeskTicket(models.Model):
    _inherit = "helpdesk.ticket"

    contribution_ids = fields.One2many(
        "commune.request.contribution",
        "ticket_id",
        string="Contributions",
        groups="base.group_user",
    )
    contribution_count = fields.Integer(
        compute="_compute_contribution_count", compute_sudo=True, groups="base.group_user"
    )
    contribution_waited_count = fields.Integer(
        string="Contributions waited for",
        compute="_compute_contribution_count",
        compute_sudo=True,
        groups="base.group_user",
    )

    @api.depends("contribution_ids.state")
    def _compute_contribution_count(self):
        counts = {}
        for ticket, state, count in self.env["commune.request.contribution"]._read_group(
            [("ticket_id", "in", self.ids), ("state", "!=", "cancelled")],
            ["ticket_id", "state"],
            ["__count"],
        ):
            counts.setdefault(ticket.id, {})[state] = count
        for ticket in self:
            found = counts.get(ticket.id, {})
            ticket.contribution_count = sum(found.values())
            ticket.contribution_waited_count = found.get("asked", 0)

    def _cancel_contributions(self, vals):
        """Cancel the pending contributions once the answer is given."""
        done = self.sudo().filtered(lambda t: t.stage_kind not in OPEN_KINDS)
        done.contribution_ids.filtered(lambda c: c.state == "asked").action_cancel()

    def action_ask_contributions(self):
        self.ensure_one()
        return open_dialog(
            self,
            "commune.request.contribution.ask",
            self.env._("Ask other departments"),
            default_ticket_id=self.id,
        )
