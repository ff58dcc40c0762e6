"""An interview of a case: the person who was heard reads it, the others do not."""

from odoo import fields, models


class CommuneReplacementIncidentInterview(models.Model):
    _name = "commune.replacement.incident.interview"
    _inherit = ["commune.guarded"]
    _description = "Interview of a case"
    _order = "date, id"
    _rec_name = "date"
    _guarded_fields = frozenset({"incident_id"})
    _guarded_start = {"incident_id": None}

    incident_id = fields.Many2one(
        "commune.replacement.incident", required=True, index=True, ondelete="cascade"
    )
    kind = fields.Selection(
        [("separate", "Separate"), ("joint", "Joint"), ("mediation", "Mediation")],
        required=True,
        default="separate",
    )
    date = fields.Datetime(required=True)
    place = fields.Char()
    party_ids = fields.Many2many(
        "commune.replacement.incident.party",
        "commune_replacement_interview_party_rel",
        "interview_id",
        "party_id",
        string="Persons heard",
        domain="[('incident_id', '=', incident_id)]",
    )
    summary = fields.Text(help="What was said. Read by the persons heard.")
    note = fields.Text(
        string="Note of the service",
        groups="commune_relations.group_replacement_coordinator",
        help="Not shown to the persons heard.",
    )
