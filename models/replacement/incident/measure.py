"""Measure of an incident: its cost before the decision, its effects, its undoing."""

from odoo import fields, models
from odoo.exceptions import UserError

from ....engine.staffing.messages import half_day_count
from ...core.inside import NO_LETTERS
from .incident import COORDINATOR

KINDS = [
    ("tasks", "Tasks adjusted"),
    ("tutor", "Tutor"),
    ("replaced", "Another agent"),
    ("early_end", "Early end of the mission"),
    ("exclusion", "Not together until a date"),
    ("suspension", "Convention suspended"),
]
MOST_NAMES = 5


class _Look(Exception):
    """The measure was only looked at: nothing of it stays."""


class CommuneReplacementIncidentMeasure(models.Model):
    """What each kind does and undoes is in `effect.py`."""

    _name = "commune.replacement.incident.measure"
    _inherit = ["commune.readonly.fields.mixin"]
    _description = "Measure of a case"
    _order = "id"
    _rec_name = "kind"
    _values_at_creation = {"incident_id": None}

    incident_id = fields.Many2one(
        "commune.replacement.incident", required=True, index=True, ondelete="cascade"
    )
    kind = fields.Selection(KINDS, required=True)
    state = fields.Selection(
        [("draft", "To decide"), ("decided", "Decided"), ("undone", "Undone")],
        required=True,
        readonly=True,
        default="draft",
    )
    date_start = fields.Date(
        string="From the", required=True, default=lambda self: self.env.company._get_today()
    )
    date_end = fields.Date(string="Until", help="Last day of an exclusion; empty: no end foreseen.")
    tasks = fields.Text(string="New tasks")
    tutor_id = fields.Many2one("hr.employee", domain="[('is_replacement_agent', '=', True)]")
    party_ids = fields.Many2many(
        "commune.replacement.incident.party",
        "commune_replacement_measure_party_rel",
        "measure_id",
        "party_id",
        string="Persons concerned",
        domain="[('incident_id', '=', incident_id)]",
        help="They read the measure on their portal once it is decided.",
    )
    party_text = fields.Text(string="What they read")
    cost_text = fields.Text(string="What it costs", readonly=True, groups=COORDINATOR)
    cost_count = fields.Integer(string="Half-days to fill again", readonly=True, groups=COORDINATOR)
    decided_date = fields.Datetime(string="Decided on", readonly=True)
    decided_by_id = fields.Many2one("res.users", string="Decided by", readonly=True)
    before = fields.Json(readonly=True, groups="base.group_system", help="What undoes it.")
    _tasks_check = models.Constraint(
        "CHECK(kind <> 'tasks' OR tasks IS NOT NULL)", "Write the new tasks."
    )
    _tutor_check = models.Constraint(
        "CHECK(kind <> 'tutor' OR tutor_id IS NOT NULL)", "Choose the tutor."
    )
    _period_check = models.Constraint(
        "CHECK(date_end IS NULL OR date_end >= date_start)", "The measure ends before it starts."
    )

    def _check_record_state(self, vals):
        if set(vals) - {"party_text", "party_ids"} and any(one.state != "draft" for one in self):
            raise UserError(self.env._("A measure that was decided is undone, not changed."))

    def action_look(self):
        """What it would cost: the measure is tried, looked at and taken back."""
        self.check_access("write")
        for measure in self:
            measure._expect("draft")
            text, count = measure._estimate_cost()
            measure._set({"cost_text": text, "cost_count": count})
        return False

    def action_decide(self):
        self.check_access("write")
        for measure in self:
            measure._expect("draft")
            if not measure.cost_text:
                raise UserError(self.env._("Look at what the measure costs first."))
            measure._go(
                {
                    "state": "decided",
                    "decided_date": fields.Datetime.now(),
                    "decided_by_id": self.env.uid,
                }
            )
            measure.sudo().before = measure._apply()
            measure._log_measure(self.env._("Decided: %s", measure._get_label()))

    def action_undo(self):
        """Restore the plan; only the incident keeps a trace."""
        self.check_access("write")
        for measure in self:
            measure._expect("decided")
            measure._go({"state": "undone"})
            measure._revert(measure.sudo().before or {})
            measure._log_measure(self.env._("Undone: %s", measure._get_label()))

    def _go(self, values):
        """Before what it does: of two persons at once, the second waits, then reads that it is
        done."""
        self._set(values)
        self.flush_recordset()

    def _estimate_cost(self):
        """(what it costs in words, half-days to fill again)."""
        self.ensure_one()
        if sentence := self._get_who_suspends():
            text, count = self._describe_cost({})
            return f"{text} {sentence}", count
        found = self.env._("No half-day changes."), 0
        try:
            with self.env.cr.savepoint():
                quiet = self.with_context(**NO_LETTERS, tracking_disable=True)
                found = quiet._describe_cost(quiet._apply())
                raise _Look
        except _Look:
            return found

    def _describe_cost(self, before):
        """In the state of things after the measure."""
        slots = self.env["commune.replacement.slot"]
        opened = slots.browse(before.get("opened", ()))
        if opened:
            return self._describe_opened(opened), len(opened)
        if gone := len(before.get("cancelled", ())):
            text = self.env._("%s cancelled: the commune has nobody.", half_day_count(gone))
            return text, gone
        if count := self._count_agreed():
            text = self.env._("%s to come: change or cancel them as well.", half_day_count(count))
            return text, count
        return self.env._("No half-day changes."), 0

    def _describe_opened(self, opened):
        """Half-days to fill again, and who could: the agents that the plan would propose."""
        found = opened.request_id._get_candidates()
        gone = self.incident_id.mission_id.employee_id
        able = [one for one in found if one["eligible"] and one["agent"] != gone]
        names = ", ".join(f"{one['agent'].name} ({len(one['slots'])})" for one in able[:MOST_NAMES])
        if not names:
            return self.env._("%s to fill again; nobody could.", half_day_count(len(opened)))
        return self.env._(
            "%(count)s to fill again. Who could: %(names)s.",
            count=half_day_count(len(opened)),
            names=names,
        )

    def _get_label(self):
        return dict(self._fields["kind"]._description_selection(self.env))[self.kind]

    def _log_measure(self, text):
        self.incident_id._log("measure", text)

    def _expect(self, state):
        if self.state != state:
            raise UserError(self.env._("This measure is no longer at that step."))


class CommuneReplacementIncident(models.Model):
    _inherit = "commune.replacement.incident"

    measure_ids = fields.One2many(
        "commune.replacement.incident.measure", "incident_id", string="Measures"
    )
