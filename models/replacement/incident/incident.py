"""Incident between a commune and an agent, from the report to the closing.

Strictly confidential: who reads what is in `security/replacement/incident_rules.xml`, and each
opening is logged (`access_log.py`). It has no discussion, follower or activity: they would show it
elsewhere.
"""

from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.tools import LazyTranslate

from .labels import ENDED, GRAVE, KINDS, RESULTS, SEVERITIES, SOURCES, STEPS

_lt = LazyTranslate(__name__)

COORDINATOR = "commune_relations.group_replacement_coordinator"
# Confidential content of an incident: each reading is logged.
CONTENT = ("facts", "quotes", "analysis", "closing_note")


class CommuneReplacementIncident(models.Model):
    _name = "commune.replacement.incident"
    _inherit = ["commune.letter", "commune.readonly.fields.mixin"]
    _description = "Case of a difficulty"
    _order = "reported_date desc, id desc"
    _values_at_creation = {
        "mission_id": None,
        "source": ("mission", "hours", "phone"),
        "commune_id": None,
        "employee_id": None,
    }

    name = fields.Char(string="Reference", readonly=True, copy=False, default="/")
    kind = fields.Selection(KINDS, string="About", required=True)
    severity = fields.Selection(SEVERITIES, required=True, default="2")
    step = fields.Selection(
        STEPS,
        required=True,
        readonly=True,
        default="reported",
        index=True,
        group_expand="_expand_steps",
    )
    source = fields.Selection(
        SOURCES, string="Opened from", required=True, readonly=True, default="phone"
    )
    mission_id = fields.Many2one(
        "commune.replacement.mission", readonly=True, index="btree_not_null", ondelete="restrict"
    )
    evaluation_id = fields.Many2one(
        "commune.replacement.evaluation", readonly=True, index="btree_not_null", ondelete="set null"
    )
    commune_id = fields.Many2one(
        "res.partner",
        compute="_compute_two",
        store=True,
        readonly=False,
        precompute=True,
        domain="[('is_commune', '=', True)]",
        index="btree_not_null",
        ondelete="restrict",
    )
    employee_id = fields.Many2one(
        "hr.employee",
        string="Agent",
        compute="_compute_two",
        store=True,
        readonly=False,
        precompute=True,
        domain="[('is_replacement_agent', '=', True)]",
        index="btree_not_null",
        ondelete="restrict",
    )
    user_id = fields.Many2one(
        "res.users",
        string="Handled by",
        domain=lambda self: [("all_group_ids", "in", self.env.ref(COORDINATOR).ids)],
        default=lambda self: self.env.user.has_group(COORDINATOR) and self.env.user,
    )

    # Facts, quotes and analysis are separate: what can be checked, was reported, is thought.
    facts = fields.Text(help="What happened, when, where: what somebody else could check.")
    quotes = fields.Text(string="Words said", help="Between quotation marks, with who said them.")
    analysis = fields.Text(help="What the service understands of it. Not shown to the persons.")
    evidence_ids = fields.Many2many(
        "ir.attachment",
        "commune_replacement_incident_evidence_rel",
        string="Evidence files",
        bypass_search_access=True,
        help="Messages, photos, documents: read by the readers of the incident.",
    )

    reported_date = fields.Datetime(
        string="Reported on", required=True, readonly=True, default=fields.Datetime.now
    )
    acknowledge_due = fields.Datetime(
        string="To acknowledge before", compute="_compute_due", store=True
    )
    acknowledged_date = fields.Datetime(string="Acknowledged on", readonly=True, copy=False)
    due_date = fields.Datetime(string="To settle before", compute="_compute_due", store=True)
    closed_date = fields.Datetime(string="Closed on", readonly=True, copy=False)
    reopen_count = fields.Integer(string="Times reopened", readonly=True, copy=False)
    closing_result = fields.Selection(RESULTS, string="Result")
    closing_note = fields.Text(
        string="Evaluation of the case", help="What was done, what it changed, what to remember."
    )
    anonymised_date = fields.Date(string="Anonymised on", readonly=True, copy=False)

    party_ids = fields.One2many("commune.replacement.incident.party", "incident_id")
    interview_ids = fields.One2many("commune.replacement.incident.interview", "incident_id")
    event_ids = fields.One2many("commune.replacement.incident.event", "incident_id")

    _closing_check = models.Constraint(
        "CHECK(step <> 'closed' OR (closing_result IS NOT NULL AND closed_date IS NOT NULL"
        " AND (anonymised_date IS NOT NULL OR length(trim(closing_note)) > 0)))",
        "A case is closed with its evaluation: say the result, and what was done.",
    )
    _acknowledged_check = models.Constraint(
        "CHECK(step IN ('reported', 'no_action', 'sent_hr') OR acknowledged_date IS NOT NULL)",
        "A case is acknowledged first.",
    )
    _evaluation_uniq = models.UniqueIndex(
        "(evaluation_id) WHERE evaluation_id IS NOT NULL",
        "This evaluation has already opened a case.",
    )

    @api.depends("name")
    def _compute_display_name(self):
        for case in self:
            case.display_name = self.env._("New case") if case.name == "/" else case.name

    @api.depends("reported_date", "severity")
    def _compute_due(self):
        for case in self:
            company = self.env.company
            case.acknowledge_due = company._get_acknowledge_due(case.reported_date)
            case.due_date = company._get_incident_due(case.reported_date, case.severity)

    @api.depends("mission_id")
    def _compute_two(self):
        """An incident of a mission is about its commune and its agent."""
        for case in self:
            case.commune_id = case.mission_id.commune_id or case.commune_id
            case.employee_id = case.mission_id.employee_id or case.employee_id

    @api.model_create_multi
    def create(self, vals_list):
        for vals in vals_list:
            if vals.get("kind") in GRAVE:
                vals["severity"] = "4"
        cases = super().create(vals_list)
        for case in cases.sudo():
            case.name = self.env["ir.sequence"]._next_of_year(self._name)
        cases._keep_evidence()
        cases._log("step", self.env._("Reported"))
        return cases

    def write(self, vals):
        if vals.get("kind") in GRAVE:
            vals = {**vals, "severity": "4"}
        result = super().write(vals)
        if "evidence_ids" in vals:
            self._keep_evidence()
        return result

    def _keep_evidence(self):
        """Attach to the incident the files sent before it was saved, for its readers."""
        for case in self:
            loose = case.sudo().evidence_ids.filtered(
                lambda file: not file.res_id and file.create_uid == self.env.user
            )
            loose.write({"res_model": case._name, "res_id": case.id})

    @api.ondelete(at_uninstall=False)
    def _unlink_never(self):
        raise UserError(self.env._("A case is never deleted: it is anonymised after its time."))

    def _expand_steps(self, steps, domain):
        """The columns of the board: every step of a running incident, in order, and those found."""
        return [step for step, _label in STEPS if step not in ENDED or step in steps]

    def _log(self, kind, text):
        """A line of the timeline, in the name of the current user."""
        self.env["commune.replacement.incident.event"].sudo().create(
            [
                {
                    "incident_id": case.id,
                    "kind": kind,
                    "text": text,
                    "user_id": self.env.uid,
                }
                for case in self
            ]
        )

    # The letter to the handlers reveals nothing of the incident.

    def _get_letter_person(self):
        handler = self.user_id.filtered("active") or self._choose_handler(self.user_id, True)
        return handler.partner_id

    def _get_failed_letter_owner(self, person):
        """A reader of the incident; a colleague when the letter to the handler failed."""
        people = self._get_coordination_people()
        handler = (self.user_id & people) or self._choose_handler(self.user_id, False)
        others = people.filtered(lambda user: user.partner_id != person)
        return (handler & others) or others[:1] or super()._get_failed_letter_owner(person)

    def _get_case_link(self):
        return f"{self.get_base_url()}/odoo/replacement-cases/{self.id}"
