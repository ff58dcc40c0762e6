"""Sessions: one meeting of a committee, from the call for items to the approved minutes."""

from datetime import timedelta

import pytz

from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.fields import Domain
from odoo.tools import LazyTranslate, format_date

from .states import DEAD, PREPARING, STATES

_lt = LazyTranslate(__name__)

# Already announced to the members: to change it, postpone or cancel the session.
NOTIFIED_FIELDS = {"committee_id", "date_begin", "session_kind"}


class CommuneSession(models.Model):
    _name = "commune.session"
    _inherit = [
        "commune.staff.thread",
        "mail.activity.mixin",
        "commune.readonly.fields.mixin",
        "commune.proof",
        "commune.upcoming.first.mixin",
        "commune.letter.document.mixin",
    ]
    _description = "Session of a committee"
    _order = "date_begin desc, id desc"
    _nearest = ("date_begin", "date_end")
    _readonly_reason = _lt("The steps and the proofs of a session follow from its buttons.")
    _values_at_creation = {"state": "draft"}
    _readonly_fields = frozenset(
        {
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
            "first_session_id",
        }
    )

    # As superuser: who is called to a session may not open its committee.
    display_name = fields.Char(compute_sudo=True)
    committee_id = fields.Many2one(
        "commune.committee", required=True, index=True, ondelete="restrict", tracking=True
    )
    committee_kind = fields.Selection(related="committee_id.kind", store=True)
    is_advisory = fields.Boolean(related="committee_id.is_advisory")
    is_municipal = fields.Boolean(related="committee_id.is_municipal")
    place_id = fields.Many2one(related="committee_id.place_id", store=True, index=True)
    name = fields.Char(string="Title", help="Empty: the committee and the day.")
    state = fields.Selection(
        [(key, state.label) for key, state in STATES.items()],
        required=True,
        default="draft",
        tracking=True,
        index=True,
    )
    active = fields.Boolean(default=True)

    # when and where
    date_begin = fields.Datetime(string="Start", required=True, tracking=True, index=True)
    duration = fields.Float(
        string="Length (hours)",
        compute="_compute_defaults",
        store=True,
        readonly=False,
        precompute=True,
    )
    date_end = fields.Datetime(string="End", compute="_compute_date_end", store=True)
    date = fields.Date(
        string="Day",
        compute="_compute_date",
        store=True,
        index=True,
        help="Day of the session at the place where it is held.",
    )
    room = fields.Char(
        compute="_compute_defaults",
        store=True,
        readonly=False,
        precompute=True,
        tracking=True,
        help="Room, building and commune, as the notice says them.",
    )
    video_url = fields.Char(
        string="Video link",
        compute="_compute_defaults",
        store=True,
        readonly=False,
        precompute=True,
    )
    chair_id = fields.Many2one(
        "res.partner",
        compute="_compute_defaults",
        store=True,
        readonly=False,
        precompute=True,
        index="btree_not_null",
        ondelete="restrict",
        domain="[('is_company', '=', False)]",
    )
    secretary_id = fields.Many2one(
        "res.users",
        compute="_compute_defaults",
        store=True,
        readonly=False,
        precompute=True,
        index="btree_not_null",
        ondelete="restrict",
        domain="[('share', '=', False)]",
    )

    # agenda
    items_open = fields.Boolean(
        string="Communes may propose items",
        compute="_compute_items_open",
        store=True,
        readonly=False,
        precompute=True,
        help="On the portal, until the call closes.",
    )
    items_deadline = fields.Date(
        string="Call for items until",
        compute="_compute_items_deadline",
        store=True,
        readonly=False,
        help="Last day on which an item may be proposed.",
    )
    item_ids = fields.One2many("commune.session.item", "session_id", string="Agenda")
    agenda_approved_by_id = fields.Many2one(
        "res.partner",
        string="Agenda approved by",
        readonly=True,
        copy=False,
        ondelete="restrict",
        index="btree_not_null",
    )
    agenda_approved_date = fields.Datetime(string="Agenda approved on", readonly=True, copy=False)
    document_ids = fields.Many2many(
        "ir.attachment",
        "commune_session_document_rel",
        string="Documents",
        help="Documents of the session as a whole; those of an item are on the item.",
        bypass_search_access=True,
    )
    attendance_ids = fields.One2many("commune.attendance", "session_id", string="Members")

    # after
    minutes_html = fields.Html(
        string="Minutes",
        copy=False,
        groups="base.group_user",
        help="The members receive a version of them.",
    )
    minutes_deadline = fields.Date(
        string="Minutes due on", compute="_compute_minutes_deadline", store=True
    )
    minutes_sent_date = fields.Datetime(string="Minutes sent on", readonly=True, copy=False)
    minutes_approved_date = fields.Date(readonly=True, copy=False)
    minutes_approved_session_id = fields.Many2one(
        "commune.session",
        string="Approved by the session",
        readonly=True,
        copy=False,
        index="btree_not_null",
        ondelete="restrict",
    )
    version_ids = fields.One2many("commune.session.version", "session_id", readonly=True)
    decision_ids = fields.One2many("commune.decision", "session_id", string="Decisions")
    dispatch_ids = fields.One2many("commune.dispatch", "session_id", string="Dispatches")

    # what became of it
    postponed_to_id = fields.Many2one(
        "commune.session", readonly=True, copy=False, index="btree_not_null", ondelete="set null"
    )
    cancel_reason = fields.Text(string="Why it is called off", copy=False)
    _duration_check = models.Constraint(
        "CHECK(duration > 0 AND duration <= 24)", "A session lasts between some minutes and a day."
    )
    _approval_check = models.Constraint(
        "CHECK(minutes_approved_session_id IS NULL OR minutes_approved_session_id <> id)",
        "The minutes of a session are approved by another session.",
    )
    _committee_moment_uniq = models.UniqueIndex(
        f"(committee_id, date_begin) WHERE active AND state NOT IN {DEAD}",
        "This committee already has a session at that time.",
    )

    @api.depends("committee_id")
    def _compute_defaults(self):
        """Defaults from the committee, for what the session does not set."""
        for session in self:
            committee = session.committee_id
            session.duration = session.duration or committee.default_duration or 2.0
            session.room = session.room or committee.default_room
            usual_url = committee.video_allowed and committee.default_video_url
            session.video_url = session.video_url or usual_url
            session.chair_id = session._get_chair()
            session.secretary_id = session.secretary_id or committee.secretary_id

    @api.depends("committee_id")
    def _compute_items_open(self):
        """The mayor calls a municipal council and sets its agenda (CGCT, L.2121-10)."""
        for session in self:
            session.items_open = not session.committee_id.is_municipal

    @api.depends("date_begin", "duration")
    def _compute_date_end(self):
        for session in self:
            session.date_end = session.date_begin and session.date_begin + timedelta(
                hours=session.duration
            )

    @api.depends("date_begin", "committee_id")
    def _compute_date(self):
        for session in self:
            session.date = session.date_begin and session._get_local_begin().date()

    @api.depends("date", "committee_id.items_days")
    def _compute_items_deadline(self):
        for session in self:
            if session.state in (False, "draft") or not session.items_deadline:
                days = session.committee_id.items_days
                session.items_deadline = session.date and session.date - timedelta(days=days)

    @api.depends("date", "committee_id.minutes_days")
    def _compute_minutes_deadline(self):
        """Working days; the day of the session does not count."""
        working = self.env.company._get_working_days()
        for session in self:
            days = session.committee_id.minutes_days
            session.minutes_deadline = session.date and working.add(session.date, days)

    @api.depends("name", "committee_id", "date")
    @api.depends_context("lang")
    def _compute_display_name(self):
        for session in self:
            day = session.date and format_date(self.env, session.date, date_format="dd/MM/y")
            committee = session.committee_id
            # “New” has no committee yet, and its name is asked at once.
            session.display_name = session.name or (
                bool(committee)
                and self.env._(
                    "%(committee)s of %(day)s",
                    committee=committee._get_label(),
                    day=day or "",
                )
            )

    def _sync_members_in_office(self, vals):
        """A session starts with the members in office on its day."""
        self._sync_attendances()

    def _check_record_state(self, vals):
        convened = self.filtered(lambda s: s.notice_date or s.state not in PREPARING)
        hidden = not vals.get("active", True) and convened.filtered(lambda s: s.state == "convened")
        if hidden or (convened and NOTIFIED_FIELDS & set(vals)):
            raise UserError(
                self.env._("The members know of this session: call it off or postpone it instead.")
            )

    @api.model
    def _get_kept_files_domain(self, attachment_ids):
        """The notice that left is the one that stays; the minutes are in their version."""
        return Domain("notice_attachment_id", "in", attachment_ids)

    def _get_local_begin(self):
        """Start of the session at the place where it is held, as an aware datetime."""
        self.ensure_one()
        zone = pytz.timezone(self.committee_id._get_zone())
        return pytz.utc.localize(self.date_begin).astimezone(zone)

    def _get_local_end(self):
        self.ensure_one()
        return self._get_local_begin() + timedelta(hours=self.duration)

    def _sync_attendances(self):
        """One line per member in office on the day, until the members are convened."""
        self = self.sudo()  # nobody adds a line of attendance by hand
        for session in self.filtered(lambda s: s.state in PREPARING and s.date):
            seats = session.committee_id.member_ids.filtered(
                lambda member, s=session: member._sits_on(s.date)
            )
            lines = session.attendance_ids
            lines.filtered(lambda line: line.member_id not in seats).unlink()  # noqa: B023
            missing = seats - lines.exists().member_id
            self.env["commune.attendance"].create(
                [{"session_id": session.id, "member_id": member.id} for member in missing]
            )

    @api.ondelete(at_uninstall=False)
    def _unlink_except_always(self):
        self._check_not_convened()
