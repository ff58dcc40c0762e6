"""First screen of the coordinator: what must be done today, each figure opens its list."""

from datetime import timedelta

from odoo import api, fields, models

from ...models.replacement.incident.incident import COORDINATOR

LISTS = {
    # figure: (action, domain)
    "check": ("commune_replacement_timesheet_action", [("state", "=", "validated")]),
    "contested": ("commune_replacement_timesheet_action", [("state", "=", "contested")]),
    "waiting": ("commune_replacement_timesheet_action", [("state", "=", "submitted")]),
    "draft": ("commune_replacement_statement_action", [("state", "=", "draft")]),
    "issue": ("commune_replacement_statement_action", [("state", "=", "checked")]),
    "unpaid": ("commune_replacement_statement_action", [("state", "=", "issued")]),
    "request": (
        "commune_replacement_request_action",
        [("state", "in", ("submitted", "qualified", "searching"))],
    ),
    "proposal": (
        "commune_replacement_proposal_action",
        [("state", "in", ("sent_agent", "sent_commune"))],
    ),
    "mission": ("commune_replacement_mission_action", [("state", "=", "prepared")]),
    "alert": ("commune_replacement_alert_action", [("state", "=", "open")]),
    "late_case": ("commune_replacement_incident_action", [("is_late", "=", True)]),
}


class CommuneReplacementToday(models.TransientModel):
    _name = "commune.replacement.today"
    _description = "Replacement: today"

    request_count = fields.Integer(string="Requests to staff", compute="_compute_counts")
    proposal_count = fields.Integer(string="Proposals without answer", compute="_compute_counts")
    mission_count = fields.Integer(string="Missions to confirm", compute="_compute_counts")
    alert_count = fields.Integer(
        string="Early warnings to look at", compute="_compute_counts", groups=COORDINATOR
    )
    late_case_count = fields.Integer(
        string="Cases that are late", compute="_compute_counts", groups=COORDINATOR
    )
    missing_count = fields.Integer(
        string="Weeks not sent by the agents",
        compute="_compute_counts",
        help="Weeks that are over, with half-days worked and no hours sent.",
    )
    waiting_count = fields.Integer(
        string="Weeks the communes have to validate", compute="_compute_counts"
    )
    check_count = fields.Integer(string="Weeks to check", compute="_compute_counts")
    contested_count = fields.Integer(string="Weeks contested", compute="_compute_counts")
    to_bill_count = fields.Integer(string="Half-days ready to bill", compute="_compute_counts")
    draft_count = fields.Integer(string="Statements to check", compute="_compute_counts")
    issue_count = fields.Integer(string="Statements to issue", compute="_compute_counts")
    unpaid_count = fields.Integer(string="Statements not paid yet", compute="_compute_counts")

    @api.depends_context("lang")
    def _compute_display_name(self):
        for screen in self:
            screen.display_name = self.env._("Replacement: today")

    @api.depends_context("uid")
    def _compute_counts(self):
        # Warnings and incidents are for coordinators: other users get no count.
        counts = {
            f"{name}_count": self.env[self._get_model(action)].search_count(domain)
            for name, (action, domain) in LISTS.items()
            if self._has_field_access(self._fields[f"{name}_count"], "read")
        }
        counts["missing_count"] = len(self._get_missing_weeks())
        counts["to_bill_count"] = self._count_to_bill()
        for screen in self:
            screen.update(counts)

    @api.model
    def _get_model(self, action):
        return self.env.ref(f"commune_relations.{action}").sudo().res_model

    @api.model
    def _get_missing_weeks(self):
        """(mission, Monday) of weeks that are over and were not sent."""
        sheets = self.env["commune.replacement.timesheet"].sudo()
        monday = sheets._get_monday(sheets._get_today())
        slots = self.env["commune.replacement.slot"]._read_group(
            [
                ("state", "=", "filled"),
                ("date", "<", monday),
                ("mission_id.state", "!=", "cancelled"),
            ],
            ["mission_id", "date:day"],
        )
        worked = {(mission.id, sheets._get_monday(day)) for mission, day in slots}
        sent = sheets._read_group(
            [("state", "!=", "draft"), ("week_start", "<", monday)],
            ["mission_id", "week_start:day"],
        )
        return worked - {(mission.id, start) for mission, start in sent}

    @api.model
    def _count_to_bill(self):
        today = self.env["commune.replacement.timesheet"]._get_today()
        domain = self.env["commune.replacement.statement"]._get_billable_domain(
            today - timedelta(days=4 * 365), today
        )
        return self.env["commune.replacement.timesheet.line"].sudo().search_count(domain)

    def _open(self, name):
        action, domain = LISTS[name]
        values = self.env["ir.actions.act_window"]._for_xml_id(f"commune_relations.{action}")
        return {**values, "domain": domain, "context": {}}

    def action_open(self):
        """The list of the figure that was pressed: its name comes from the button."""
        self.check_access("read")
        return self._open(self.env.context.get("list_name", "check"))

    def action_open_missing(self):
        self.check_access("read")
        values = self.env["ir.actions.act_window"]._for_xml_id(
            "commune_relations.commune_replacement_mission_action"
        )
        missions = [mission for mission, _monday in self._get_missing_weeks()]
        return {**values, "domain": [("id", "in", missions)], "context": {}}

    def action_prepare(self):
        self.check_access("read")
        return self.env["ir.actions.act_window"]._for_xml_id(
            "commune_relations.commune_replacement_statement_prepare_action"
        )
