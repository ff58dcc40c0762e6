"""Interview of an incident: only the interviewed persons and the handlers read it."""

from odoo import api, fields, models


class CommuneReplacementIncidentInterview(models.Model):
    _name = "commune.replacement.incident.interview"
    _inherit = ["commune.readonly.fields.mixin"]
    _description = "Interview of a case"
    _order = "date, id"
    _rec_name = "date"
    _readonly_fields = frozenset({"incident_id"})
    _values_at_creation = {"incident_id": None}

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
        string="Persons interviewed",
        domain="[('incident_id', '=', incident_id)]",
    )
    summary = fields.Text(help="Record of the interview. Read by the persons interviewed.")
    note = fields.Text(
        string="Note of the service",
        groups="commune_relations.group_replacement_coordinator",
        help="Not shown to the persons interviewed.",
    )

    @api.model_create_multi
    def create(self, vals_list):
        """Add a line to the timeline: kind of interview, date, persons."""
        interviews = super().create(vals_list)
        labels = dict(self._fields["kind"]._description_selection(self.env))
        for one in interviews:
            moment = self.env["commune.letter"]._format_datetime(one.date)
            people = ", ".join(one.party_ids.mapped("display_name"))
            parts = (labels[one.kind], moment, people)
            one.incident_id._log("interview", " – ".join(filter(None, parts)))
        return interviews
