"""One line per member and session: called, answered, present."""

import secrets

from odoo import api, fields, models
from odoo.tools import LazyTranslate

from ...core.private_link import TOKEN_BYTES, find_by_token
from ..session.states import DEAD

_lt = LazyTranslate(__name__)

ANSWERS = [
    ("present", "Present"),
    ("remote", "By video"),
    ("excused", "Excused"),
    ("represented", "Represented"),
    ("proxy", "Gives a proxy"),
]


class CommuneAttendance(models.Model):
    _name = "commune.attendance"
    _inherit = [
        "commune.staff.thread",
        "commune.letter",
        "commune.readonly.fields.mixin",
        "commune.proof",
    ]
    _description = "Member at a session"
    _order = "session_id, role_rank, college, commune_id, id"
    # Arrivals are noted by the meeting screen; what was sent, opened, answered and signed is not.
    _readonly_reason = _lt("The notice and the answer of a member are not written by hand.")
    _writable_fields = frozenset()

    # As superuser: who reads a list of members may not open each person.
    display_name = fields.Char(compute_sudo=True)
    session_id = fields.Many2one(
        "commune.session", required=True, readonly=True, index=True, ondelete="cascade"
    )
    committee_id = fields.Many2one(related="session_id.committee_id", store=True, index=True)
    member_id = fields.Many2one(
        "commune.committee.member",
        required=True,
        readonly=True,
        index=True,
        ondelete="restrict",
    )
    partner_id = fields.Many2one(
        related="member_id.partner_id", string="Name", store=True, index=True
    )
    commune_id = fields.Many2one(
        related="member_id.commune_id", string="Commune", store=True, index=True
    )
    title = fields.Char(related="member_id.title", string="Function")
    email = fields.Char(
        related="partner_id.email", string="E-mail", compute_sudo=False, groups="base.group_user"
    )
    college = fields.Char(related="member_id.college", store=True)
    role = fields.Selection(related="member_id.role", store=True)
    role_rank = fields.Integer(related="member_id.role_rank", store=True)
    voting = fields.Boolean(related="member_id.voting", string="In office", store=True)

    # proof of the notice
    sent_at = fields.Datetime(string="Notice sent", readonly=True, copy=False)
    opened_at = fields.Datetime(string="Notice opened", readonly=True, copy=False)
    bounced_at = fields.Datetime(string="Notice returned", readonly=True, copy=False)
    bounced = fields.Boolean(compute="_compute_bounced", store=True)
    reminded_at = fields.Datetime(string="Reminded", readonly=True, copy=False)

    # answer
    answer = fields.Selection(ANSWERS, readonly=True, copy=False)
    answered_at = fields.Datetime(string="Replied on", readonly=True, copy=False)
    represented_by = fields.Char(
        readonly=True, copy=False, help="Name and function of who comes instead."
    )
    comment = fields.Char(readonly=True, copy=False, help="A word of the member.")
    proxy_to_id = fields.Many2one(
        "commune.attendance",
        string="Proxy to",
        readonly=True,
        copy=False,
        index="btree_not_null",
        ondelete="restrict",
        help="Member who speaks and votes in the name of this one.",
    )
    proxy_from_ids = fields.One2many("commune.attendance", "proxy_to_id", string="Proxies held")
    proxy_rank = fields.Integer(
        readonly=True,
        copy=False,
        help="First, second… proxy of the holder: two at the same moment cannot have one rank.",
    )
    proxy_warning = fields.Char(readonly=True, copy=False)
    answer_ids = fields.One2many(
        "commune.attendance.answer", "attendance_id", string="All the answers", readonly=True
    )

    # at the session
    presence_ids = fields.One2many("commune.attendance.presence", "attendance_id")
    current_mode = fields.Char(compute="_compute_actual", help="room, remote, or empty: not there.")
    actual = fields.Selection(
        [
            ("present", "Present"),
            ("remote", "By video"),
            ("excused", "Excused"),
            ("proxy", "By proxy"),
            ("absent", "Absent"),
        ],
        string="Attendance",
        compute="_compute_actual",
        help="What the minutes will say.",
    )
    signed_at = fields.Datetime(string="Signed", readonly=True, copy=False)
    token = fields.Char(readonly=True, copy=False, groups="base.group_system")
    _member_uniq = models.Constraint(
        "UNIQUE(session_id, member_id)", "This member is already called to this session."
    )
    _token_uniq = models.Constraint("UNIQUE(token)", "Two links cannot be the same.")
    _proxy_uniq = models.UniqueIndex(
        "(session_id, proxy_to_id, proxy_rank) WHERE proxy_to_id IS NOT NULL",
        "This member already holds a proxy for this session: choose somebody else.",
    )
    _proxy_self_check = models.Constraint(
        "CHECK(proxy_to_id IS NULL OR proxy_to_id <> id)", "Nobody gives a proxy to oneself."
    )
    _proxy_check = models.Constraint(
        "CHECK((answer IS NOT DISTINCT FROM 'proxy') = (proxy_to_id IS NOT NULL))",
        "A proxy names the member to whom it is given.",
    )

    def _is_elected(self):
        """Whether the member sits by a mandate, not by a post nor as a person."""
        return self.sudo().member_id.mandate_id.kind == "elected"

    def _elected_first(self):
        """Order of the members in a document.

        A mayor does not follow a secretary of a town hall because of the names of their colleges.
        """
        return self.sorted(lambda line: (line.role_rank, not line._is_elected()))

    @api.depends("bounced_at")
    def _compute_bounced(self):
        for line in self:
            line.bounced = bool(line.bounced_at)

    @api.depends("partner_id", "session_id")
    def _compute_display_name(self):
        for line in self:
            line.display_name = line.partner_id.name or ""

    @api.depends("presence_ids.arrived_at", "presence_ids.left_at", "presence_ids.mode", "answer")
    def _compute_actual(self):
        """Mark arrived members present, whatever their reply; the last arrival sets the mode."""
        for line in self:
            arrivals = line.presence_ids.sorted(lambda p: (p.arrived_at, p._origin.id or 0))
            there = arrivals.filtered(lambda p: not p.left_at)
            line.current_mode = there[-1:].mode or False
            if arrivals:
                remote = arrivals[-1:].mode == "remote"
                line.actual = "remote" if remote else "present"
            elif line.answer in ("excused", "proxy"):
                line.actual = line.answer
            else:
                line.actual = "absent"

    @api.model_create_multi
    def create(self, vals_list):
        for vals in vals_list:
            vals["token"] = secrets.token_urlsafe(TOKEN_BYTES)
        return super().create(vals_list)

    def _get_letter_person(self):
        return self.partner_id

    # the link

    @api.model
    def _find_by_token(self, token):
        """The line of a personal link, as superuser; empty when the link opens nothing.

        A link dies with the seat and the mandate of the member; after the session it shows, but
        does not answer: see `_is_open_to_answers`.
        """
        found = find_by_token(self, "token", token)
        seated = found.member_id.filtered_domain(found.member_id._get_in_force_domain())
        return found if seated and found.session_id.notice_date else found.browse()

    def _get_link(self):
        """Link in the letter: see `commune.private.link`."""
        return self._get_link_place()

    def _get_private_url(self):
        """The address that opens; for the eyes of the member alone."""
        return f"{self.get_base_url()}/session/{self.token}"

    def _get_secret_address(self, name, person, email):
        return self._get_private_url() if name == "link" and person == self.partner_id else ""

    def _is_open_to_answers(self):
        """Answers are taken from the notice until the session starts being held or is over."""
        self.ensure_one()
        session = self.session_id
        return (
            session.state not in DEAD
            and session.state == "convened"
            and session.date_end > fields.Datetime.now()
        )
