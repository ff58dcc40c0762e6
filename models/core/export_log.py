"""Trace of the exports of personal data: who took what out, and when."""

from odoo import api, fields, models
from odoo.tools import LazyTranslate

_lt = LazyTranslate(__name__)


class CommuneExportLog(models.Model):
    _name = "commune.export.log"
    _inherit = ["commune.append.only"]
    _description = "Export of personal data"
    _order = "date desc, id desc"
    _rec_name = "document"
    _log_access = False
    _kept_reason = _lt("The log of exports is neither changed nor deleted.")

    user_id = fields.Many2one(
        "res.users", required=True, readonly=True, index=True, ondelete="restrict"
    )
    date = fields.Datetime(
        required=True, readonly=True, index=True, default=lambda self: fields.Datetime.now()
    )
    document = fields.Char(required=True, readonly=True, help="What was produced.")
    filters = fields.Text(readonly=True, help="What was chosen, in words.")
    person_count = fields.Integer(
        string="Persons",
        readonly=True,
        aggregator="sum",
        help="Number of persons whose data are in the document.",
    )

    @api.model
    def _log(self, document, filters, person_count):
        """Note an export by the current user.

        :param document: name of the document, as the user reads it
        :param filters: what was chosen, in words
        """
        return self.sudo().create(
            {
                "user_id": self.env.uid,
                "document": document,
                "filters": filters,
                "person_count": person_count,
            }
        )
