"""One difference between a file of the RNE and what is known."""

from odoo import api, fields, models
from odoo.tools import LazyTranslate

from ....engine.opendata.model import MandateRow
from ...core.bulk import copy_rows
from ..mandate.end import END_CAUSES
from .rne_import import CHANGES

_lt = LazyTranslate(__name__)

ACTIONS = [
    ("create", "Create a mandate"),
    ("replace", "End one mandate, create the next"),
    ("update", "Correct a mandate"),
    ("end", "End a mandate"),
    ("none", "Nothing"),
]
# Why the mandates of a line end, by its reason; a person who is absent may have resigned.
ENDS = {
    "re_elected": "term",
    "former_term": "term",
    "rank_changed": "function",
    "function_lost": "function",
    "function_changed": "function",
    "function_absent": "function",
}
COLUMNS = [
    "import_id",
    "place_id",
    "change",
    "action",
    "selected",
    "former_term",
    "reason",
    "person_name",
    "person_key",
    "partner_id",
    "candidates",
    "similar_id",
    "mandate_refs",
    "mandate_values",
    "date_end",
    "end_cause",
    "row_kind",
    "insee_code",
    "last_name",
    "first_name",
    "civility",
    "function_id",
    "rank",
    "date_start",
    "function_date",
]


class CommuneImportLine(models.Model):
    _name = "commune.import.line"
    _inherit = ["commune.readonly.fields.mixin"]
    _description = "Line of an import of elected officials"
    _order = "place_id, change, id"
    # What the file says stays; a person chooses who it is and what is applied.
    _readonly_reason = _lt("What an import found and wrote is noted by its buttons.")
    _writable_fields = frozenset({"date_end", "end_cause", "partner_id", "selected"})

    import_id = fields.Many2one("commune.import", required=True, index=True, ondelete="cascade")
    import_state = fields.Selection(related="import_id.state", string="State of the import")
    place_id = fields.Many2one(
        "res.partner",
        string="Commune or intercommunality",
        required=True,
        ondelete="cascade",
        index=True,
    )
    change = fields.Selection(CHANGES, required=True, readonly=True)
    action = fields.Selection(ACTIONS, default="none", required=True, readonly=True)
    selected = fields.Boolean(string="Apply", help="Ticked lines are written, the others are not.")
    can_select = fields.Boolean(compute="_compute_can_select")
    former_term = fields.Boolean(readonly=True)
    reason = fields.Char(readonly=True)
    date_end = fields.Date(string="Ends on", help="Last day of the mandate that ends.")

    end_cause = fields.Selection(
        END_CAUSES,
        string="Cause of the end",
        help="Why the mandate ends, when the file tells or when you know it.",
    )

    # the person
    person_name = fields.Char(string="Person", readonly=True)
    person_key = fields.Char(
        readonly=True, help="The same new person on several lines is created once."
    )
    partner_id = fields.Many2one(
        "res.partner",
        string="Known person",
        ondelete="set null",
        help="Empty for a new person. When several persons have this name, choose one here.",
        index="btree_not_null",
    )
    candidates = fields.Json(readonly=True)
    similar_id = fields.Many2one(
        "res.partner",
        string="Similar name",
        readonly=True,
        ondelete="set null",
        help="Known person whose name is written almost the same way.",
        index="btree_not_null",
    )
    candidate_ids = fields.Many2many(
        "res.partner", compute="_compute_candidate_ids", string="Possible persons"
    )
    mandate_refs = fields.Json(readonly=True, help="Identifiers of the mandates concerned.")
    mandate_values = fields.Json(readonly=True, help="What the mandate to write will hold.")

    # values of the file
    row_kind = fields.Char(readonly=True)
    insee_code = fields.Char(readonly=True)
    last_name = fields.Char(readonly=True)
    first_name = fields.Char(readonly=True)
    civility = fields.Selection([("mme", "Ms"), ("m", "Mr")], readonly=True)
    function_id = fields.Many2one("commune.function", readonly=True, ondelete="cascade")
    rank = fields.Integer(readonly=True)
    date_start = fields.Date(readonly=True)
    function_date = fields.Date(readonly=True)
    _change_idx = models.Index("(import_id, change)")

    def _check_record_state(self, vals):
        """:raise UserError: the import was applied or set aside"""
        self.import_id._check_preview()

    @api.depends("action", "change")
    def _compute_can_select(self):
        for line in self:
            line.can_select = line.action != "none" or line.change == "ambiguous"

    @api.depends("candidates")
    def _compute_candidate_ids(self):
        known = (
            self.env["res.partner"]
            .browse({partner_id for line in self for partner_id in line.candidates or []})
            .exists()
        )
        for line in self:
            line.candidate_ids = known & known.browse(line.candidates or [])

    @api.model
    def _create_from(self, record, differences, by_code, functions):
        """Insert one line per difference.

        :param by_code: INSEE code or SIREN -> partner
        :param functions: code -> function
        """
        today = self.env.company._get_today()
        rows = [
            self._prepare_row(record, difference, by_code, functions, today)
            for difference in differences
        ]
        copy_rows(self, COLUMNS, rows)

    def _prepare_row(self, record, difference, by_code, functions, today):
        """The values of one difference, in the order of `COLUMNS`."""
        row = difference.row
        date_end = difference.date_end
        if difference.change == "ended" and not date_end:
            date_end = today
        return (
            record.id,
            by_code[difference.place].id,
            difference.change,
            difference.action,
            difference.selected or "f",
            difference.former_term or "f",
            difference.message,
            difference.person_name,
            difference.person_key,
            difference.partner_id or None,
            list(difference.candidates),
            self._get_similar(difference),
            list(difference.mandate_ids),
            self._get_mandate_values(difference),
            date_end,
            ENDS.get(difference.reason),
            row and row.kind,
            row and row.insee_code,
            row and row.last_name,
            row and row.first_name,
            (row and row.civility) or None,
            row and functions[row.function].id,
            row.rank if row else 0,
            row and row.date_start,
            row and row.function_date,
        )

    @api.model
    def _get_similar(self, difference):
        """The one known person whose name is close to that of a new person, else None."""
        alone = difference.change == "new" and len(difference.candidates) == 1
        return difference.candidates[0] if alone else None

    @api.model
    def _get_mandate_values(self, difference):
        """Function code, rank and dates of the mandate to write, ready for JSON."""
        return {
            name: fields.Date.to_string(value) if "date" in name else value
            for name, value in difference.values.items()
        }

    def _get_row(self):
        """The line of the file again (engine.opendata.model.MandateRow), or None."""
        self.ensure_one()
        if not self.row_kind:
            return None
        place = self.place_id
        return MandateRow(
            file=self.import_id.name,
            line=0,
            kind=self.row_kind,
            insee_code=self.insee_code or "",
            siren=place.siren if place.is_epci else "",
            last_name=self.last_name or "",
            first_name=self.first_name or "",
            civility=self.civility or "",
            function=self.function_id.code,
            rank=self.rank,
            date_start=self.date_start or None,
            function_date=self.function_date or None,
        )
