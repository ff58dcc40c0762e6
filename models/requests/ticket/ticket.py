"""Requests of the communes: the ticket of helpdesk_mgmt, in the words of the profession."""

from odoo import api, fields, models
from odoo.exceptions import AccessError
from odoo.fields import Domain
from odoo.tools import LazyTranslate, html2plaintext

from ...core.request_guard import ROLES

_lt = LazyTranslate(__name__)

CONFIDENTIALITIES = [
    ("commune", "Commune"),
    ("maire_dgs", "Mayor and head of administration"),
    ("perso", "Requester only"),
]
# What the commune reads is what was sent.
SENT_FIELDS = frozenset(
    {"answer_sent_html", "answer_sent_date", "answer_sent_user_id", "answer_sent_file_ids"}
)
# Given by those who may give it: see validation.py.
VALIDATION = frozenset({"validation_step", "validation_hash", "validation_asker_id"})
# What was promised and kept follows from the steps.
KEPT = frozenset(
    {
        "promised_date",
        "acknowledged_date",
        "first_response_date",
        "answered_date",
        "reopened_date",
        "reopen_count",
    }
)
# Which request it is and who wrote it, as it arrived: a step, a message or a button says so.
ARRIVED = frozenset(
    {
        "access_token",
        "assigned_date",
        "bounced_email",
        "closed_date",
        "commercial_partner_id",
        "holder_since",
        "is_unknown_sender",
        "last_stage_update",
        "number",
        "positive_rate_percentage",
        "previous_request_id",
        "rating_last_value",
        "sender_doubt",
        "sender_recognition",
        "unattended",
    }
)


class HelpdeskTicket(models.Model):
    _name = "helpdesk.ticket"
    _inherit = [
        "helpdesk.ticket",
        "commune.readonly.fields.mixin",
        "commune.dedicated.form.mixin",
        "commune.handover.mixin",
    ]
    _own_screen = "commune_request_action"

    _found_idx = models.Index("USING gin (commune_relations.fold(name) gin_trgm_ops)")
    # The latest first: of a word that thousands have, the search reads a few.
    _latest_idx = models.Index("(create_date DESC NULLS LAST, id DESC)")
    _readonly_reason = _lt("The answer that was sent cannot be rewritten: send another one.")
    _readonly_error = AccessError
    _readonly_fields = SENT_FIELDS | VALIDATION | KEPT

    is_commune_request = fields.Boolean(
        string="Request of a commune",
        compute="_compute_is_commune_request",
        store=True,
        index=True,
        help="It has a commune, or its team answers communes. All others are left as they are.",
    )

    # who asks, about what
    commune_id = fields.Many2one(
        "res.partner",
        index=True,
        tracking=True,
        ondelete="restrict",
        domain="['|', ('is_commune', '=', True), ('is_epci', '=', True)]",
    )
    sector_id = fields.Many2one(related="commune_id.sector_id", store=True)
    population_band = fields.Selection(
        related="commune_id.population_band", store=True, string="Size of the commune"
    )
    partner_title = fields.Char(
        string="Function", compute="_compute_partner_title", compute_sudo=True
    )
    partner_phone = fields.Char(string="Phone of the caller")
    topic_id = fields.Many2one(
        "commune.topic",
        index=True,
        tracking=True,
        ondelete="restrict",
        domain="[('parent_id', '!=', False)]",
    )
    suggested_topic_id = fields.Many2one(
        "commune.topic", string="Topic found by the orientation", index="btree_not_null"
    )
    place = fields.Char(help="Address or place in the commune.")
    confidentiality = fields.Selection(
        CONFIDENTIALITIES,
        required=True,
        default="commune",
        tracking=True,
        help="Commune: the mayor, the head of administration, the secretary and the requester."
        " Mayor and head of administration: nobody else, but the requester."
        " Requester only: not even them.",
    )
    is_sensitive = fields.Boolean(
        string="Sensitive",
        tracking=True,
        groups="base.group_user",
        compute="_compute_is_sensitive",
        store=True,
        readonly=False,
        help="The answer is validated by the lead of the team, then by the management.",
    )
    is_unknown_sender = fields.Boolean(
        string="Sender not recognised", readonly=True, groups="base.group_user"
    )

    # who answers
    department_id = fields.Many2one(
        "helpdesk.ticket.team",
        string="Directorate",
        related="team_id.department_id",
        store=True,
        index=True,
    )
    stage_id = fields.Many2one(
        domain="['|', ('team_ids', '=', team_id), '&', ('team_ids', '=', False),"
        " ('serves_communes', '=', is_commune_request)]",
    )
    stage_kind = fields.Selection(related="stage_id.kind", store=True, index=True)
    transfer_ids = fields.One2many("commune.request.transfer", "ticket_id", string="Hand-overs")
    transfer_count = fields.Integer(
        string="Number of hand-overs",
        compute="_compute_transfer_count",
        store=True,
        aggregator="sum",
    )
    holder_since = fields.Datetime(
        string="Held since", readonly=True, default=fields.Datetime.now, copy=False
    )

    @api.depends("commune_id", "team_id.serves_communes")
    def _compute_is_commune_request(self):
        for ticket in self:
            ticket.is_commune_request = bool(ticket.commune_id) or ticket.team_id.serves_communes

    def _filter_managed(self):
        """Commune requests, to which the rules of the addon apply; `super()` handles the others."""
        return self.sudo().filtered("is_commune_request").with_env(self.env)

    @api.model
    def _are_managed(self, vals):
        """Whether values make a ticket a request of a commune."""
        if vals.get("commune_id") or vals.get("topic_id"):
            return True
        team = self.env["helpdesk.ticket.team"].sudo().browse(vals.get("team_id") or [])
        return team.serves_communes

    @api.depends("transfer_ids")
    def _compute_transfer_count(self):
        for ticket in self:
            ticket.transfer_count = len(ticket.transfer_ids)

    @api.depends("topic_id")
    def _compute_is_sensitive(self):
        for ticket in self:
            ticket.is_sensitive = ticket.is_sensitive or ticket.topic_id.is_sensitive

    @api.depends("partner_id", "commune_id")
    @api.depends_context("lang")
    def _compute_partner_title(self):
        """What the requester is in the commune, today."""
        mandates = self.env["commune.mandate"].search(
            [
                ("partner_id", "in", self.partner_id.ids),
                ("commune_id", "in", self.commune_id.ids),
                ("state", "=", "current"),
            ]
        )
        titles = {(m.partner_id, m.commune_id): m.title for m in reversed(mandates)}
        for ticket in self:
            ticket.partner_title = titles.get((ticket.partner_id, ticket.commune_id), False)

    def _compute_team_id(self):
        """A topic gives the team; a person alone does not (their first team would be a guess)."""
        missing = self.filtered(lambda t: not t.team_id and t.topic_id)
        for ticket in missing:
            ticket.team_id = ticket.topic_id._get_team()
        return super(HelpdeskTicket, self - missing)._compute_team_id()

    @api.depends("team_id")
    def _compute_stage_id(self):
        """Keep the commune stages for a commune request held by a third-party team."""
        lent = self.filtered(lambda t: t.commune_id and not t.team_id.serves_communes)
        for ticket in lent.filtered(lambda t: not t.stage_id.serves_communes):
            ticket.stage_id = self.env["helpdesk.ticket.stage"]._get_kind("received")
        return super(HelpdeskTicket, self - lent)._compute_stage_id()

    @api.model
    def _read_group_stage_ids(self, stages, domain):
        """Columns are managed stages in a list of requests, third-party stages in other lists."""
        asked = {condition.field_expr for condition in Domain(domain).iter_conditions()}
        managed = bool(asked & {"is_commune_request", "commune_id", "topic_id"})
        found = super()._read_group_stage_ids(stages, domain)
        return found.filtered(lambda s: s in stages or s.team_ids or s.serves_communes == managed)

    def _compute_user_id(self):
        """A team that takes over has somebody: who answers on the topic there, else its lead."""
        result = super()._compute_user_id()
        for ticket in self.filtered(lambda t: t.team_id and t.commune_id and not t.user_id):
            ticket.user_id = ticket.topic_id._get_owner(ticket.commune_id, ticket.team_id.id)
        return result

    def _filter_organisation(self):
        """Commune requests of this organisation, without other companies of the same Odoo."""
        managed = self._filter_managed()
        companies = managed.sudo().company_id.filtered(lambda company: company._is_organisation())
        return managed.filtered(
            lambda ticket: not ticket.company_id or ticket.company_id in companies
        )

    @api.model
    def _check_can_file(self, vals_list):
        """Refuse before a number is drawn: the sequence would have a gap."""
        self.check_access("create")
        if not self.env.su:
            for vals in vals_list:
                self._check_start(vals)

    def _leave_out_arrival(self, vals):
        """A request of a commune begins as it arrives: what its copy, a program or a context says
        of that is left out."""
        user = self.env.user  # a gateway hands in mail as an administrator
        if self.env.su or user.has_group("base.group_system"):
            return vals
        if not (user.has_groups(ROLES) or self._are_managed(vals)):
            return vals
        own = {name: value for name, value in vals.items() if name not in ARRIVED}
        for name in ARRIVED:
            if f"default_{name}" in self.env.context:
                default = self._fields[name].default
                own[name] = default(self) if default else False
        return own

    def _check_typed_values(self, vals):
        if not self.env.su:
            self._check_user_write(vals)
            # Not the mixin: helpdesk_mgmt itself adds a number or a date below.
            if typed := sorted(ARRIVED & vals.keys()):
                raise AccessError(
                    self.env._(
                        "“%s” is noted by the software, when a request arrives or changes step.",
                        self._fields[typed[0]]._description_string(self.env),
                    )
                )

    def _prepare_ticket_number(self, values):
        if not (self._filter_managed() or self._are_managed(values)):
            return super()._prepare_ticket_number(values)
        company = self.env["res.company"].browse(values.get("company_id") or [])
        return self.env["ir.sequence"].with_company(company or self.env.company)._next_of_year(
            "commune.request"
        ) or super()._prepare_ticket_number(values)

    @api.model
    def _complete_values(self, vals_list):
        """Team and owner of requests that name a topic only: never left without a team.

        The interlocutors are asked once for each commune of the batch.
        """
        completed = [dict(vals) for vals in vals_list]
        topics = self.env["commune.topic"].browse(
            {vals["topic_id"] for vals in completed if vals.get("topic_id")}
        )
        by_id, people = {topic.id: topic for topic in topics}, {}
        first = self.env["helpdesk.ticket.stage"]
        for vals in filter(self._are_managed, completed):
            topic = by_id.get(vals.get("topic_id"), topics.browse())
            if not vals.get("team_id"):
                desk = self.env["helpdesk.ticket.team"]._get_desk()
                vals["team_id"] = (topic._get_team() if topic else desk).id
            if "stage_id" not in vals and not self._are_managed({"team_id": vals["team_id"]}):
                first = first or self.env["helpdesk.ticket.stage"]._get_kind("received")
                vals["stage_id"] = first.id  # a third-party team keeps commune stages
            if "user_id" not in vals and (topic or vals.get("commune_id")):
                commune = self.env["res.partner"].browse(vals.get("commune_id") or [])
                if commune not in people:
                    people[commune] = topics._get_interlocutors(commune)
                owner = topic._get_owner(commune, vals["team_id"], people[commune])
                vals["user_id"] = owner.id
        return completed

    def _get_name_for_commune(self):
        """How a commune calls its request: number and title."""
        self.ensure_one()
        return f"{self.number} – {self.name}"

    # What the corrections of the topic of a request teach to the orientation.

    def _get_question(self):
        """The request as one text, for the orientation."""
        self.ensure_one()
        return f"{self.name or ''}\n{html2plaintext(self.description or '')}"

    def _learn_from_correction(self, before):
        """Propose words to the right topic, and keep the correction in the log.

        :param before: dict request -> topic that it had
        """
        for ticket in self:
            wrong = before[ticket] or ticket.suggested_topic_id
            right = ticket.topic_id
            if not wrong or not right or wrong == right:
                continue
            self.env["commune.topic.term"]._propose(ticket._get_question(), right)
            Log = self.env["commune.orientation.log"].sudo()
            log = Log.search([("ticket_id", "=", ticket.id)], limit=1)
            if not log:
                log = log._log(ticket.name, [], ticket=ticket)
                log.is_zero_result = False
            log.corrected_topic_id = right
