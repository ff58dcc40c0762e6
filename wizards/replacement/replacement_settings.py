"""Time to answer and accounts: settings a manager changes alone."""

from odoo import api, fields, models

NAMES = (
    "proposal_answer_hours",
    "hours_reminder_days",
    "evaluation_answer_days",
    "incident_acknowledge_hours",
    "incident_hours_1",
    "incident_hours_2",
    "incident_hours_3",
    "incident_hours_4",
    "incident_retention_years",
    "replacement_account_in",
    "replacement_account_out",
    "replacement_phone",
    "replacement_base_id",
    "ordonnateur_name",
    "ordonnateur_title",
    "order_signatory_name",
    "order_signatory_title",
    "order_by_delegation",
    "order_delegation_ref",
    "order_payment_terms",
)


class CommuneReplacementSettings(models.TransientModel):
    """The general settings of Odoo are for its administrators; these belong to the service."""

    _name = "commune.replacement.settings"
    _description = "Settings of the replacement service"

    proposal_answer_hours = fields.Integer(string="Hours to answer a proposal", required=True)
    hours_reminder_days = fields.Integer(
        string="Days before hours are recalled",
        help="After the end of a week whose hours the agent has not sent: one letter. 0: none.",
    )
    evaluation_answer_days = fields.Integer(string="Days to answer an evaluation", required=True)
    incident_acknowledge_hours = fields.Integer(
        string="Hours to acknowledge a case", help="Hours of the clock."
    )
    incident_hours_1 = fields.Integer(string="Working hours, minor case")
    incident_hours_2 = fields.Integer(string="Working hours, case to be settled")
    incident_hours_3 = fields.Integer(string="Working hours, serious case")
    incident_hours_4 = fields.Integer(string="Working hours, urgent case")
    incident_retention_years = fields.Integer(
        string="Years before a case is anonymised", help="After its end."
    )
    replacement_account_in = fields.Char(string="Account of the receipts")
    replacement_account_out = fields.Char(string="Account of the commune")
    replacement_phone = fields.Char(
        string="Telephone for the urgent",
        help="Given to communes for today or tomorrow. Empty: the main telephone.",
    )
    replacement_base_id = fields.Many2one(
        "res.partner",
        string="Home base of the service",
        domain="[('is_commune', '=', True)]",
        help="The commune from which distances are counted. Empty: the largest one.",
    )
    ordonnateur_name = fields.Char(
        string="Who orders the receipts", help="Printed on the statements."
    )
    ordonnateur_title = fields.Char(string="Title of who orders the receipts")
    order_signatory_name = fields.Char(string="Who signs the orders of mission")
    order_signatory_title = fields.Char(string="Title of who signs the orders of mission")
    order_by_delegation = fields.Boolean(string="Signs by delegation")
    order_delegation_ref = fields.Char(
        string="Delegation of signature", help="Number and date of the order that delegates."
    )
    order_payment_terms = fields.Text(
        string="Conditions of payment of travel",
        help="Empty: the orders say on receipts, at the rates of the decrees.",
    )

    @api.model
    def default_get(self, fields):
        self.browse().check_access("create")
        company = self.env.company.sudo()
        values = {name: company[name] for name in NAMES if name in fields}
        return {**super().default_get(fields), **values}

    def action_open_work_rules(self):
        """The hours of the half-days are rules, with the limits of working time."""
        self.check_access("write")
        return self.env["ir.actions.act_window"]._for_xml_id(
            "commune_relations.commune_work_rule_action"
        )

    def action_save(self):
        self.ensure_one()
        self.check_access("write")
        self.env.company.sudo().write({name: self[name] for name in NAMES})
        return {"type": "ir.actions.act_window_close"}
