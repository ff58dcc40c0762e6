"""What a commune and an agent think of a mission: scores of a grid, “again?”, a word to the
service. Neither side reads the other; the staff of the coordination alone reads both."""

import secrets

from odoo import api, fields, models
from odoo.tools import LazyTranslate

from ...core.private_link import TOKEN_BYTES, find_by_token
from .grid import AGAIN, CRITERIA, MOMENTS, SCORES, SIDES, STATES

_lt = LazyTranslate(__name__)


def _score(label):
    return fields.Integer(string=label, readonly=True, aggregator="avg", help="From 1 to 4.")


class CommuneReplacementEvaluation(models.Model):
    """Asked by a letter (`ask.py`), answered on a page without account (`answer.py`), once."""

    _name = "commune.replacement.evaluation"
    _inherit = ["commune.letter", "commune.readonly.fields.mixin"]
    _description = "Evaluation of a mission"
    _order = "asked_date desc, id desc"
    _writable_fields = frozenset()
    _readonly_reason = _lt("An evaluation is written by the side that was asked, on its page.")

    mission_id = fields.Many2one(
        "commune.replacement.mission", required=True, readonly=True, index=True, ondelete="restrict"
    )
    commune_id = fields.Many2one(
        related="mission_id.commune_id", string="Commune", store=True, index=True
    )
    employee_id = fields.Many2one(
        related="mission_id.employee_id", string="Agent", store=True, index=True
    )
    half_day_count = fields.Integer(related="mission_id.half_day_count", string="Half-days")
    side = fields.Selection(SIDES, string="Asked of", required=True, readonly=True)
    moment = fields.Selection(MOMENTS, required=True, readonly=True, default="end")
    state = fields.Selection(STATES, required=True, readonly=True, default="asked", index=True)
    person_id = fields.Many2one(
        "res.partner",
        string="Written to",
        readonly=True,
        ondelete="set null",
        index="btree_not_null",
    )
    token = fields.Char(
        readonly=True, copy=False, groups="base.group_system", default=lambda self: _new_token()
    )
    asked_date = fields.Date(
        string="Requested on", readonly=True, default=lambda self: self.env.company._get_today()
    )
    expiry_date = fields.Date(string="Answer until", readonly=True)
    last_letter_date = fields.Date(string="Last letter", readonly=True)
    reminder_count = fields.Integer(string="Reminders", readonly=True)
    answered_date = fields.Datetime(string="Answered on", readonly=True)

    score_punctuality = _score("Punctuality")
    score_autonomy = _score("Autonomy")
    score_technical = _score("Quality of the work")
    score_public = _score("Relations with the public")
    score_elected = _score("Relations with the elected members")
    score_discretion = _score("Discretion")
    score_handover = _score("Handover")
    score_welcome = _score("Welcome and accesses")
    score_workload = _score("Amount of work")
    mean = fields.Float(
        compute="_compute_mean",
        store=True,
        digits=(3, 2),
        aggregator="avg",
        help="Of the scores of this side; empty until the answer.",
    )
    again = fields.Selection(AGAIN, string="Together again?", readonly=True, index=True)
    comment = fields.Text(string="A word to the service", readonly=True)

    _token_uniq = models.Constraint("UNIQUE(token)", "Two links cannot be the same.")
    _once_uniq = models.Constraint(
        "UNIQUE(mission_id, side, moment)", "This side was already asked about this mission."
    )
    _answer_check = models.Constraint(
        "CHECK(state <> 'answered' OR (answered_date IS NOT NULL AND again IS NOT NULL))",
        "An answer says whether both would work together again.",
    )
    _scores_check = models.Constraint(
        "CHECK({})".format(" AND ".join(f"COALESCE({name}, 0) BETWEEN 0 AND 4" for name in SCORES)),
        "A score goes from 1 to 4.",
    )

    @api.depends("mission_id", "side", "moment")
    def _compute_display_name(self):
        sides = dict(self._fields["side"]._description_selection(self.env))
        for one in self:
            one.display_name = f"{one.mission_id.name} – {sides.get(one.side, '')}"

    @api.depends(*SCORES)
    def _compute_mean(self):
        for one in self:
            given = [one[name] for name, _label in CRITERIA.get(one.side, ()) if one[name]]
            one.mean = sum(given) / len(given) if given else 0

    # the link

    @api.model
    def _find_by_token(self, token):
        """The evaluation of a link, as superuser; empty when it has died."""
        found = find_by_token(self, "token", token)
        return found if found and found._is_open() else found.browse()

    def _is_open(self):
        """An answer can be read as given until the term; a mandate that ended closes the link."""
        self.ensure_one()
        if self.state == "expired" or (
            self.expiry_date and self.expiry_date < self.env.company._get_today()
        ):
            return False
        if self.side == "agent":
            return self.employee_id.active
        person = self.person_id
        return not person or self.commune_id._get_contact_person(person) == person

    def _get_link_persons(self):
        """Whom the link was made for."""
        if self.side == "commune":
            return self.person_id or self.commune_id
        return self.employee_id._get_own_contacts()

    def _get_secret_address(self, name, person, email):
        if not person or person != self._get_letter_person():
            return ""
        return f"{self.get_base_url()}/replacement-evaluation/{self.token}"

    # the letter

    def _get_letter_person(self):
        return self.person_id

    def _get_letter_document(self):
        return self.mission_id

    def _get_letter_deadline(self):
        return self._format_date(self.expiry_date)

    def _get_period(self):
        """`Mission of 11 January 2027 to 22 January 2027.`"""
        mission = self.mission_id
        return self.env._(
            "Mission from %(start)s to %(end)s",
            start=self._format_date(mission.date_start),
            end=self._format_date(mission.date_end),
        )

    def _get_rule(self):
        return self.env._("One answer only, until %s.", self._get_letter_deadline())

    def _get_title(self):
        """Subject of the evaluation: the agent for a commune, the commune for an agent."""
        self.ensure_one()
        if self.side == "commune":
            return self.employee_id.name
        return self.commune_id.brand_name or self.commune_id.name


def _new_token():
    return secrets.token_urlsafe(TOKEN_BYTES)
