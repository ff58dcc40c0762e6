"""Bodies accredited to train elected officials."""

from odoo import fields, models


class CommuneTrainingBody(models.Model):
    _name = "commune.training.body"
    _description = "Accredited training body"
    _order = "name, id"

    name = fields.Char(required=True)
    accreditation = fields.Char(
        required=True,
        help="Reference of the decision of the minister, as it stands on the certificates.",
    )
    date_end = fields.Date(
        string="Accredited until", help="Empty when the end of the accreditation is not known."
    )
    active = fields.Boolean(default=True)

    _accreditation_uniq = models.Constraint(
        "UNIQUE(accreditation)", "This accreditation is already that of another body."
    )
