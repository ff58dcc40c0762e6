"""Decisions: what was decided, who does it by when, and which communes it concerns."""

import re
from textwrap import shorten

from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.fields import Domain
from odoo.tools import LazyTranslate

from ...core.readonly_fields import TALK
from ...core.row_lock import lock_rows

_lt = LazyTranslate(__name__)

DECISION_STATES = [
    ("to_do", "To do"),
    ("in_progress", "In progress"),
    ("done", "Carried out"),
    ("abandoned", "Abandoned"),
]
MOST_SHOWN = 80  # characters of what was decided, in the name of a decision
OPEN_DECISIONS = ("to_do", "in_progress")
LATE = [("state", "in", OPEN_DECISIONS), ("deadline", "<", "today")]


class CommuneDecision(models.Model):
    _name = "commune.decision"
    _inherit = ["commune.staff.thread", "mail.activity.mixin", "commune.readonly.fields.mixin"]
    _description = "Decision of a committee"
    _order = "deadline nulls last, id"
    _readonly_reason = _lt("The number and the dates of a decision come by themselves.")
    _readonly_fields = frozenset(
        {"number", "done_date", "published_date", "reminded_for", "commune_ids"}
    )

    session_id = fields.Many2one("commune.session", required=True, index=True, ondelete="restrict")
    committee_id = fields.Many2one(related="session_id.committee_id", store=True, index=True)
    session_date = fields.Date(related="session_id.date", store=True, string="Decided on")
    item_id = fields.Many2one(
        "commune.session.item",
        index="btree_not_null",
        ondelete="restrict",
        domain="[('session_id', '=', session_id)]",
    )
    sequence = fields.Integer(default=10)
    number = fields.Char(readonly=True, copy=False, index="btree_not_null")
    text = fields.Text(string="Decision", required=True, tracking=True)
    topic_id = fields.Many2one("commune.topic", ondelete="restrict", index="btree_not_null")

    # follow-up
    owner_id = fields.Many2one(
        "res.partner",
        string="Carried out by",
        ondelete="restrict",
        index="btree_not_null",
        tracking=True,
        domain="[('is_company', '=', False)]",
    )
    deadline = fields.Date(index=True, tracking=True)
    state = fields.Selection(
        DECISION_STATES, required=True, default="to_do", tracking=True, index=True
    )
    done_date = fields.Date(readonly=True, copy=False)
    is_late = fields.Boolean(string="Late", compute="_compute_is_late", search="_search_is_late")
    followed_item_ids = fields.One2many(
        "commune.session.item", "followed_decision_id", string="Followed up in"
    )

    # what it changes for the communes
    scope = fields.Selection(
        [
            ("none", "No commune"),
            ("all", "All the communes"),
            ("chosen", "Chosen communes"),
            ("sectors", "Sectors"),
            ("population", "By number of inhabitants"),
        ],
        string="Communes concerned",
        required=True,
        default="none",
    )
    chosen_commune_ids = fields.Many2many(
        "res.partner",
        "commune_decision_chosen_rel",
        string="Communes chosen",
        domain="[('is_commune', '=', True)]",
    )
    sector_ids = fields.Many2many("commune.sector", "commune_decision_sector_rel")
    population_min = fields.Integer(string="From (inhabitants)")
    population_max = fields.Integer(string="To (inhabitants)", help="0: no upper limit.")
    commune_ids = fields.Many2many(
        "res.partner",
        "commune_decision_commune_rel",
        string="Communes",
        compute="_compute_commune_ids",
        store=True,
        help="Those that read it on the portal, by the choice above.",
    )
    impact_text = fields.Html(
        string="What this changes for my commune",
        help="Read on the portal by the communes concerned, once it is published.",
    )
    is_published = fields.Boolean(
        string="On the portal", copy=False, help="Published with the minutes, or by hand."
    )
    published_date = fields.Datetime(readonly=True, copy=False)
    _number_uniq = models.UniqueIndex(
        "(number) WHERE number IS NOT NULL", "This number already names another decision."
    )
    _population_check = models.Constraint(
        "CHECK(population_min >= 0 AND population_max >= 0"
        " AND (population_max = 0 OR population_max >= population_min))",
        "The number of inhabitants goes from the smaller to the larger.",
    )
    no_quorum_text = fields.Char(
        string="Want of quorum", compute="_compute_no_quorum_text", compute_sudo=True
    )

    @api.depends("number", "text")
    def _compute_display_name(self):
        for decision in self:
            decision.display_name = " – ".join(filter(None, (decision.number, decision._shorten())))

    @api.depends("session_id.no_quorum_text")
    @api.depends_context("lang")
    def _compute_no_quorum_text(self):
        for decision in self:
            session = decision.session_id._origin
            decision.no_quorum_text = session and session._get_decision_words(decision._origin)

    def _shorten(self):
        """The first words of what was decided; none that announces another ends them."""
        words = shorten(self.text or "", MOST_SHOWN, placeholder="…")
        return re.sub(r"(?: \w{1,4}){1,9}…$", "…", words)

    def _compute_is_late(self):
        today = self.env.company._get_today()
        for decision in self:
            decision.is_late = bool(
                decision.state in OPEN_DECISIONS and decision.deadline and decision.deadline < today
            )

    def _search_is_late(self, operator, value):
        if operator != "in":
            return NotImplemented
        return Domain(LATE) if True in value else ~Domain(LATE)

    @api.depends(
        "scope",
        "chosen_commune_ids",
        "sector_ids",
        "population_min",
        "population_max",
        "session_id.committee_id.place_id",
    )
    def _compute_commune_ids(self):
        """Kept in the table, so that the rule of the portal is one condition of PostgreSQL."""
        for decision in self:
            decision.commune_ids = decision._get_concerned()

    def _get_concerned(self):
        """Communes of the intercommunality that the scope chooses."""
        self.ensure_one()
        if self.scope == "none" or not self.scope:
            return self.env["res.partner"]
        if self.scope == "chosen":
            return self.chosen_commune_ids
        place = self.session_id.place_id
        communes = place._get_members() if place.is_epci else place
        if self.scope == "sectors":
            return communes.filtered(lambda c: c.sector_id in self.sector_ids)
        if self.scope == "population":
            low, high = self.population_min, self.population_max
            return communes.filtered(
                lambda c: c.population >= low and (not high or c.population <= high)
            )
        return communes

    @api.model_create_multi
    def create(self, vals_list):
        decisions = super().create(vals_list)
        decisions._number()
        return decisions

    def _check_record_state(self, vals):
        """The person in charge updates progress only; text and publication are the secretary's."""
        if not self.env.user.has_group("commune_relations.group_officer") and any(
            name != "state" and not name.startswith(TALK) for name in vals
        ):
            raise UserError(
                self.env._("The person who is in charge of a decision notes where it stands only.")
            )

    def _number(self):
        """`COPIL-2026-003`: by committee and year, in the order of writing."""
        # As superuser: numbers count decisions that the author may not read.
        unnumbered = self.sudo().filtered(lambda d: not d.number)
        lock_rows(unnumbered.committee_id)  # two at once: each has a number of its own
        for decision in unnumbered:
            session = decision.session_id
            prefix = f"{session.committee_id._get_label()}-{session.date:%Y}-"
            numbers = decision.search([("number", "=like", f"{prefix}%")]).mapped("number")
            rank = max((int(number[len(prefix) :]) for number in numbers), default=0) + 1
            decision.number = f"{prefix}{rank:03}"


class CommuneDecisionNote(models.Model):
    _name = "commune.decision.note"
    _inherit = ["commune.append.only"]
    _description = "Progress note of a decision"
    _order = "date desc, id desc"
    _rec_name = "text"
    _kept_reason = _lt("A progress note is neither changed nor deleted: write another one.")

    decision_id = fields.Many2one(
        "commune.decision", required=True, readonly=True, index=True, ondelete="cascade"
    )
    date = fields.Datetime(required=True, readonly=True, default=lambda self: fields.Datetime.now())
    author_id = fields.Many2one(
        "res.users",
        string="By",
        required=True,
        readonly=True,
        index=True,
        ondelete="restrict",
        default=lambda self: self.env.user,
    )
    state = fields.Selection(DECISION_STATES, required=True, readonly=True)
    text = fields.Text(required=True, readonly=True)
