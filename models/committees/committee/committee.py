"""Committees: who meets, of which commune or intercommunality, by which rules."""

from odoo import api, fields, models
from odoo.exceptions import ValidationError

from ....engine.calendar import last_sending_date
from ....engine.calendar.school import school_zone
from ..school_holiday import ZONES
from .kinds import KINDS

QUORUMS = [
    ("none", "No quorum"),
    ("majority", "Majority of the members in office"),
    ("number", "A number of members"),
]


class CommuneCommittee(models.Model):
    _name = "commune.committee"
    _inherit = ["commune.readonly.fields.mixin", "commune.staff.thread", "mail.activity.mixin"]
    _description = "Committee"
    _order = "sequence, name, id"
    _readonly_fields = frozenset()  # what is worked out apart

    name = fields.Char(required=True, tracking=True)
    short_name = fields.Char(help="Used in titles and in the numbers of decisions: “COPIL”.")
    kind = fields.Selection(KINDS, required=True, default="copil", tracking=True)
    sequence = fields.Integer(default=10)
    active = fields.Boolean(default=True, help="Archive a committee that is dissolved.")
    place_id = fields.Many2one(
        "res.partner",
        string="Body of",
        required=True,
        index=True,
        ondelete="restrict",
        domain="['|', ('is_commune', '=', True), ('is_epci', '=', True)]",
        default=lambda self: self.env.company.epci_id,
        help="The intercommunality or the commune of which this is a body: its population and its"
        " local law decide which delay of notice applies.",
    )
    place_is_commune = fields.Boolean(related="place_id.is_commune")
    council_population = fields.Integer(related="place_id.council_population")
    council_population_to_confirm = fields.Boolean(related="place_id.council_population_to_confirm")
    purpose = fields.Text(help="What the committee is for, shown to its members.")
    chair_id = fields.Many2one(
        "res.partner",
        ondelete="restrict",
        index="btree_not_null",
        tracking=True,
        domain="[('is_company', '=', False)]",
        help="The Vice-President in charge: approves the agenda.",
    )
    secretary_id = fields.Many2one(
        "res.users",
        ondelete="restrict",
        index="btree_not_null",
        tracking=True,
        default=lambda self: self.env.user,
        domain="[('share', '=', False)]",
    )
    member_ids = fields.One2many("commune.committee.member", "committee_id", string="Members")
    session_ids = fields.One2many("commune.session", "committee_id", string="Sessions")
    document_ids = fields.Many2many(
        "ir.attachment",
        "commune_committee_document_rel",
        string="Rules of procedure",
        help="Rules of procedure, deliberation that sets up the committee; members read them.",
        bypass_search_access=True,
    )

    # rules
    chosen_rule_id = fields.Many2one(
        "commune.notice.rule",
        string="Notice rule chosen",
        ondelete="restrict",
        index="btree_not_null",
        tracking=True,
        help="Leave empty to follow the law: the rule of the kind and of the place.",
    )
    notice_rule_id = fields.Many2one(
        "commune.notice.rule",
        string="Notice rule",
        compute="_compute_notice_rule_id",
        store=True,
        index="btree_not_null",
        ondelete="set null",
    )
    quorum_mode = fields.Selection(QUORUMS, string="Quorum", required=True, default="none")
    rule_quorum = fields.Selection(
        related="notice_rule_id.quorum",
        string="Quorum by the notice rule",
        help="It comes before what the committee says.",
    )
    quorum_number = fields.Integer(string="Members for the quorum", default=1)
    remote_counts = fields.Boolean(
        string="Remote members count for the quorum",
        help="Members who attend by video count as present.",
    )
    proxy_allowed = fields.Boolean(string="Proxies allowed", default=True)
    proxy_limit = fields.Integer(
        string="Proxies for one holder",
        default=1,
        help="How many proxies one member may hold (one in councils: CGCT, L.2121-20).",
    )
    proxy_session_limit = fields.Integer(
        string="Sessions in a row by proxy",
        default=3,
        help="Beyond that number of sessions in a row, the same proxy is accepted with a warning"
        " (CGCT, L.2121-20: three, illness excepted). 0: no limit.",
    )
    deputies_allowed = fields.Boolean(
        compute="_compute_deputies_allowed",
        store=True,
        readonly=False,
        help="Whether a member may have a standing deputy. In councils, the law has deputies only"
        " for the communes with a single seat in a community (CGCT, L.5211-6).",
    )

    # delays
    items_days = fields.Integer(
        string="Call for items closes",
        default=20,
        help="Days before the session: last day on which an item may be proposed.",
    )
    reminder_days = fields.Integer(
        string="Reminder before the session",
        default=3,
        help="Days before the session: members who have not answered are reminded. 0: never.",
    )
    minutes_days = fields.Integer(
        string="Minutes sent within",
        default=5,
        help="Working days after the session.",
    )
    dispatch_days = fields.Integer(
        string="Dispatch to councillors within",
        default=0,
        help="Days after the session within which all municipal councillors receive what the law"
        " sends them. 0, or later than the law: one month, by the calendar (CGCT, L.5211-40-2).",
    )

    # usual session
    default_hour = fields.Float(string="Usual time", default=17.5)
    default_duration = fields.Float(string="Usual length", default=2.0)
    default_room = fields.Char(
        string="Usual room", help="Room, building and commune, as the notice says them."
    )
    default_video_url = fields.Char(string="Usual video link")
    school_zone = fields.Selection(
        ZONES,
        default=lambda self: school_zone(self.env.company._get_department_code()),
        help="School holidays avoided by the yearly calendar.",
    )
    session_count = fields.Integer(compute="_compute_session_count")
    member_count = fields.Integer(compute="_compute_member_count")
    next_session_id = fields.Many2one("commune.session", compute="_compute_next_session_id")
    _name_uniq = models.UniqueIndex(
        "(place_id, name) WHERE active", "There is already a committee of this name."
    )
    _numbers_check = models.Constraint(
        "CHECK(proxy_limit >= 1 AND proxy_session_limit >= 0 AND quorum_number >= 1"
        " AND items_days >= 0 AND reminder_days >= 0 AND minutes_days >= 0 AND dispatch_days >= 0)",
        "The numbers of the rules of a committee cannot be negative; a holder has one proxy"
        " at least.",
    )
    _hours_check = models.Constraint(
        "CHECK(default_hour >= 0 AND default_hour < 24 AND default_duration > 0)",
        "The usual time is between 0:00 and 23:59, and the session lasts some time.",
    )

    @api.depends("kind", "place_id.epci_kind")
    def _compute_deputies_allowed(self):
        for committee in self:
            committee.deputies_allowed = (
                committee.kind != "council" or committee.place_id.epci_kind in ("CC", "CA")
            )

    @api.depends("session_ids")
    def _compute_session_count(self):
        counts = dict(
            self.env["commune.session"]._read_group(
                [("committee_id", "in", self.ids)], ["committee_id"], ["__count"]
            )
        )
        for committee in self:
            committee.session_count = counts.get(committee, 0)

    @api.depends("member_ids")
    def _compute_member_count(self):
        members = self.env["commune.committee.member"]
        counts = dict(
            members._read_group(
                members._get_in_force_domain() & members._get_of_domain(self),
                ["committee_id"],
                ["__count"],
            )
        )
        for committee in self:
            committee.member_count = counts.get(committee, 0)

    def _compute_next_session_id(self):
        sessions = self.env["commune.session"].search(
            [
                ("committee_id", "in", self.ids),
                ("date", ">=", "today"),
                ("phase", "in", ("preparing", "called")),
            ],
            order="date_begin desc",
        )
        nearest = {session.committee_id: session for session in sessions}
        for committee in self:
            committee.next_session_id = nearest.get(committee, False)

    @api.constrains("place_id")
    def _check_place(self):
        for committee in self:
            if not (committee.place_id.is_commune or committee.place_id.is_epci):
                raise ValidationError(
                    self.env._(
                        "%s is neither a commune nor an intercommunality: a committee is a body"
                        " of one of them.",
                        committee.place_id.display_name,
                    )
                )

    def _get_label(self):
        """The short name, for titles: “COPIL”."""
        self.ensure_one()
        return self.short_name or self.name or ""

    def _get_zone(self):
        """Time zone of the sessions."""
        return self.env.company._get_zone_name()

    # Which delay of notice applies to a committee, and what it gives for a day.

    @api.depends(
        "chosen_rule_id",
        "kind",
        "place_id.population",
        "place_id.council_term_ids.population",
        "place_id.council_term_ids.date_start",
        "place_id.local_law",
        "place_id.is_epci",
        "place_id.is_commune",
    )
    def _compute_notice_rule_id(self):
        today = self.env.company._get_today()
        rules = self._get_notice_rules()
        for committee in self:
            committee.notice_rule_id = committee._choose_notice_rule(rules, "ordinary", today)

    def _get_notice_rules(self):
        """Those in use, the strongest first."""
        return self.env["commune.notice.rule"].search([("active", "=", True)])

    def _choose_notice_rule(self, rules, session_kind, day):
        """Notice rule of a session, by its kind.

        The legal rule of this kind of session comes first, then the rule chosen by the committee,
        then that of its kind and place; none without a committee."""
        place = self.place_id
        found = rules.filtered(lambda r: place and r._applies(self.kind, place, session_kind, day))
        own = found.filtered(lambda rule: rule.session_kind and session_kind != "ordinary")
        return own[:1] or self.chosen_rule_id or found[:1]

    def _get_last_sending_date(self, meeting, urgent=False, rule=None):
        """Last day on which the notice of a meeting may leave; False without a rule.

        :param meeting: day of the meeting
        :param rule: another commune.notice.rule than that of the committee
        """
        rule = rule or self.notice_rule_id
        if not rule or not meeting:
            return False
        self.ensure_one()
        working = None
        if rule.unit == "working_days":
            commune = self.place_id if self.place_id.is_commune else None
            working = self.env.company._get_working_days(commune=commune, careful=True)
        return last_sending_date(rule._get_engine_rule(urgent), meeting, working)
