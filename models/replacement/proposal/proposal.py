"""A proposal: an agent for half-days of a request, agreed by the agent, then by the commune."""

import secrets
from datetime import timedelta

from odoo import api, fields, models
from odoo.exceptions import UserError

from ...core.pillar import when_used
from ...core.private_link import TOKEN_BYTES, find_by_token
from ...territory.reference_epci.local_time import at_local_time
from ..agent.hr_employee import COORDINATOR

RUNNING = ("draft", "sent_agent", "accepted_agent", "sent_commune")
STATES = [
    ("draft", "To propose"),
    ("sent_agent", "Sent to the agent"),
    ("accepted_agent", "Accepted by the agent"),
    ("sent_commune", "Sent to the commune"),
    ("accepted", "Agreed to"),
    ("declined_agent", "Declined by the agent"),
    ("declined_commune", "Declined by the commune"),
    ("expired", "Expired"),
    ("withdrawn", "Withdrawn"),
]
DECLINE_REASONS = [
    ("unavailable", "Not available on these days"),
    ("distance", "Too far"),
    ("skill", "The tasks do not suit the profile"),
    ("conditions", "Working conditions"),
    ("no_need", "The need no longer exists"),
    ("other", "Other reason"),
]


class CommuneReplacementProposal(models.Model):
    _name = "commune.replacement.proposal"
    _inherit = [
        "mail.thread",
        "mail.activity.mixin",
        "commune.letter",
        "commune.letter.document.mixin",
        "commune.readonly.fields.mixin",
        "commune.proof",
    ]
    _description = "Proposal of an agent"
    _order = "id desc"

    # As superuser: who reads a proposal may not open the file of its agent.
    display_name = fields.Char(compute_sudo=True)
    request_id = fields.Many2one(
        "commune.replacement.request",
        required=True,
        readonly=True,
        index=True,
        ondelete="restrict",
    )
    commune_id = fields.Many2one(related="request_id.commune_id", store=True, index=True)
    employee_id = fields.Many2one(
        "hr.employee",
        string="Agent",
        required=True,
        readonly=True,
        index=True,
        ondelete="restrict",
    )
    slot_ids = fields.Many2many(
        "commune.replacement.slot",
        "commune_replacement_proposal_slot_rel",
        "proposal_id",
        "slot_id",
        string="Half-days proposed",
        readonly=True,
    )
    state = fields.Selection(
        STATES, required=True, default="draft", readonly=True, tracking=True, index=True
    )
    reasons = fields.Text(readonly=True, help="Why this agent can go.")
    expiry_date = fields.Datetime(string="Answer before", readonly=True)
    sent_agent_date = fields.Datetime(string="Sent to the agent on", readonly=True)
    answer_agent_date = fields.Datetime(string="Answer of the agent on", readonly=True)
    sent_commune_date = fields.Datetime(string="Sent to the commune on", readonly=True)
    answer_commune_date = fields.Datetime(string="Answer of the commune on", readonly=True)
    asked_person_id = fields.Many2one(
        "res.partner",
        string="Asked in the commune",
        readonly=True,
        help="Who received the link of the commune.",
        index="btree_not_null",
    )
    answered_by_id = fields.Many2one(
        "res.partner", string="Answered by", readonly=True, index="btree_not_null"
    )
    decline_reason = fields.Selection(DECLINE_REASONS, readonly=True, tracking=True)
    decline_note = fields.Text(readonly=True)
    mission_id = fields.Many2one(
        "commune.replacement.mission", readonly=True, index="btree_not_null"
    )
    agent_token = fields.Char(readonly=True, copy=False, groups="base.group_system")
    commune_token = fields.Char(readonly=True, copy=False, groups="base.group_system")
    _agent_token_uniq = models.Constraint("UNIQUE(agent_token)", "Two links cannot be the same.")
    _commune_token_uniq = models.Constraint(
        "UNIQUE(commune_token)", "Two links cannot be the same."
    )

    @api.depends("request_id", "employee_id")
    def _compute_display_name(self):
        for proposal in self:
            proposal.display_name = (
                f"{proposal.request_id.name} – {proposal.employee_id.name or ''}"
            )

    @api.model_create_multi
    def create(self, vals_list):
        proposals = super().create(vals_list)  # by a superuser alone: see `_hold`
        for proposal in proposals:
            proposal.agent_token = secrets.token_urlsafe(TOKEN_BYTES)
            proposal.commune_token = secrets.token_urlsafe(TOKEN_BYTES)
        return proposals

    # links

    @api.model
    def _find_by_token(self, token):
        """(proposal as superuser, `agent` or `commune`); empty when the link has died."""
        for side in ("agent", "commune"):
            found = find_by_token(self, f"{side}_token", token)
            if found:
                return (found if found._is_open_to(side) else found.browse()), side
        return found.browse(), ""

    def _is_open_to(self, side):
        """The link opens from the sending to the end; what was answered can be read again.

        That of the commune dies with the mandate of anyone who received it, or with its access.
        """
        self.ensure_one()
        if self.state in ("withdrawn", "expired") or not self[f"sent_{side}_date"]:
            return False
        if side == "agent":
            return self.employee_id.active
        asked = self.asked_person_id or self.request_id.requester_id
        return not asked or self.commune_id._get_contact_person(asked) == asked

    def _get_link_persons(self, side):
        """Whom the link of a side was made for; nobody when it has died."""
        if side == "commune":
            return self.asked_person_id or self.request_id.requester_id
        return self.employee_id._get_own_contacts()

    def _awaits(self, side):
        self.ensure_one()
        return self.state == f"sent_{side}" and not self._is_late()

    def _is_late(self):
        return bool(self.expiry_date and self.expiry_date < fields.Datetime.now())

    def _get_secret_address(self, name, person, email):
        """:param name: the side that answers, `agent` or `commune`"""
        if not person or person != self._get_side_person(name):
            return ""
        return f"{self.get_base_url()}/replacement-proposal/{self[f'{name}_token']}"

    # steps

    def action_send_agent(self):
        self.check_access("write")
        for proposal in self:
            proposal._expect("draft")
            hours = self.env.company.proposal_answer_hours or 48
            proposal._set(
                {
                    "state": "sent_agent",
                    "sent_agent_date": fields.Datetime.now(),
                    "expiry_date": fields.Datetime.now() + timedelta(hours=hours),
                }
            )
        self._send_side("agent")
        self.request_id._refresh_state()

    def action_agent_agrees(self):
        """The coordinator has the agent on the telephone."""
        self.check_access("write")
        self._answer("agent", True, self.env.user.partner_id)

    def action_commune_agrees(self):
        self.check_access("write")
        self._answer("commune", True, self.env.user.partner_id)

    def action_withdraw(self):
        self.check_access("write")
        self._withdraw()
        self.request_id._refresh_state()

    def _send_commune(self):
        for proposal in self:
            hours = self.env.company.proposal_answer_hours or 48
            proposal._set(
                {
                    "state": "sent_commune",
                    "asked_person_id": proposal._get_commune_person().id,
                    "sent_commune_date": fields.Datetime.now(),
                    "expiry_date": fields.Datetime.now() + timedelta(hours=hours),
                }
            )
        self._send_side("commune")

    def _expect(self, *states):
        if self.state not in states:
            labels = dict(self._fields["state"]._description_selection(self.env))
            raise UserError(
                self.env._(
                    "This proposal is at the step “%s”: this cannot be done now.",
                    labels[self.state],
                )
            )

    def _answer(self, side, agrees, person, reason=None, note=None):
        """Answer of the agent, then of the commune; the time and the person are kept."""
        self.ensure_one()
        self._expect(f"sent_{side}", *(("draft",) if side == "agent" else ()))
        if self._is_late():
            raise UserError(self.env._("The time to answer this proposal is over."))
        if side == "commune" and agrees:
            self._check_commune_side(person)
        self._take_back_questions()
        values = {
            f"answer_{side}_date": fields.Datetime.now(),
            "answered_by_id": person.id if person else False,
        }
        if not agrees:
            self._set(
                {
                    **values,
                    "state": f"declined_{side}",
                    "decline_reason": reason or "other",
                    "decline_note": note,
                }
            )
            self._give_back()
        elif side == "agent":
            self._set({**values, "state": "accepted_agent"})
            self._send_commune()
        else:
            self._set({**values, "state": "accepted"})
            self._become_mission()
        self.request_id._refresh_state()

    def _check_commune_side(self, person):
        """The agent does not accept the own mission for the commune, nor does the service what it
        proposes. A coordinator who acts for no commune notes what a commune says on the telephone.

        :raise UserError: another person accepts it
        """
        person = person or self.env["res.partner"]
        person._check_single_side(
            self.employee_id._get_own_contacts(),
            self.env._(
                "This mission would be your own: another person who acts for the commune accepts"
                " it."
            ),
        )
        coordinators = self.sudo().create_uid | self.request_id.user_id
        if self.env.user.has_group(COORDINATOR):
            coordinators |= self.env.user
        if person._find_same_person(self.commune_id._get_acting_persons()):
            person._check_single_side(
                coordinators.partner_id,
                self.env._(
                    "You propose this mission for the service and act for the commune: another"
                    " person who acts for the commune accepts it, or a colleague of the service"
                    " notes what the commune says."
                ),
            )

    def _become_mission(self):
        self.ensure_one()
        held = self._get_held_slots()
        self.request_id._check_agreement(held)
        held.sudo().state = "filled"
        mission = self.env["commune.replacement.mission"]._create_from_proposal(self, held)
        self._set({"mission_id": mission.id})

    def _get_held_slots(self):
        return self.slot_ids.filtered(lambda s: s.proposal_id == self)

    def _give_back(self):
        """Reopen the half-days, and notify the coordinator."""
        for proposal in self:
            proposal._get_held_slots()._release()
            request = proposal.request_id
            request.activity_schedule(
                "mail.mail_activity_data_todo",
                summary=self.env._("Ask the next agent"),
                user_id=(request.user_id or self.env.user).id,
            )

    def _withdraw(self):
        running = self.filtered(lambda p: p.state in RUNNING)
        running._take_back_questions()
        running._set({"state": "withdrawn"})
        for proposal in running:
            proposal._get_held_slots()._release()

    @api.model
    @when_used("replacement")
    @at_local_time
    def _cron_expire(self):
        late = self.search(
            [
                ("state", "in", ("sent_agent", "sent_commune")),
                ("expiry_date", "<", fields.Datetime.now()),
            ]
        )
        late._take_back_questions()
        late._set({"state": "expired"})
        late._give_back()
        late.request_id._refresh_state()
