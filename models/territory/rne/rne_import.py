"""Import of elected officials from the RNE: compare, show, apply.

The files themselves are never stored: they hold birth dates and professions."""

import base64

from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.tools import LazyTranslate

from ....engine.opendata import diff, rne
from ....engine.opendata.messages import RneError
from ...core.readonly_fields import TALK

_lt = LazyTranslate(__name__)

CHANGES = [
    ("new", "New"),
    ("changed", "Changed"),
    ("ended", "Probably ended"),
    ("unchanged", "Unchanged"),
    ("ambiguous", "To choose"),
    ("incomplete", "Incomplete source"),
]
SHOWN_ISSUES = 10
# New persons whose name is almost that of a known person, nothing chosen yet.
SIMILAR = [("change", "=", "new"), ("similar_id", "!=", False), ("partner_id", "=", False)]


class CommuneImport(models.Model):
    _name = "commune.import"
    _inherit = ["commune.readonly.fields.mixin"]
    _description = "Import of elected officials"
    _order = "create_date desc, id desc"
    _readonly_reason = _lt("What an import found and wrote is noted by its buttons.")

    name = fields.Char(string="Files", required=True, readonly=True)
    state = fields.Selection(
        [("preview", "To check"), ("applied", "Applied"), ("cancelled", "Not applied")],
        default="preview",
        required=True,
        readonly=True,
        copy=False,
    )
    source = fields.Selection(
        [("rne", "National directory of elected officials"), ("fictive", "Fictitious persons")],
        default="rne",
        required=True,
        readonly=True,
    )
    rows_read = fields.Integer(string="Lines read", readonly=True)
    rows_kept = fields.Integer(string="Lines about our communes", readonly=True)
    layout_text = fields.Text(string="Layout detected", readonly=True)
    issue_text = fields.Text(string="Remarks on the file", readonly=True)
    covered = fields.Json(readonly=True)
    line_ids = fields.One2many("commune.import.line", "import_id", string="Lines")
    difference_ids = fields.One2many(
        "commune.import.line",
        "import_id",
        string="Differences",
        domain=[("change", "!=", "unchanged")],
    )
    compared_date = fields.Datetime(readonly=True, copy=False)
    applied_date = fields.Datetime(readonly=True, copy=False)
    applied_by_id = fields.Many2one("res.users", readonly=True, copy=False)
    remove_fictitious = fields.Boolean(
        string="Remove the fictitious persons",
        default=True,
        help="The invented persons of these places are deleted when the real file is applied.",
    )
    fictitious_count = fields.Integer(compute="_compute_fictitious_count")

    # counts by change
    new_count = fields.Integer(compute="_compute_counts", string="New ones")
    changed_count = fields.Integer(compute="_compute_counts", string="Changed ones")
    ended_count = fields.Integer(compute="_compute_counts", string="Ones that probably ended")
    unchanged_count = fields.Integer(compute="_compute_counts", string="Unchanged ones")
    ambiguous_count = fields.Integer(compute="_compute_counts", string="To choose")
    incomplete_count = fields.Integer(compute="_compute_counts", string="Incomplete source")
    selected_count = fields.Integer(compute="_compute_counts", string="Ticked")
    similar_count = fields.Integer(compute="_compute_counts", string="Similar names")
    former_term_count = fields.Integer(compute="_compute_counts", string="Former term")

    @api.depends("line_ids.change", "line_ids.selected", "line_ids.former_term")
    def _compute_counts(self):
        Line = self.env["commune.import.line"]
        scope = [("import_id", "in", self.ids)]
        counts = {
            (record.id, change): count
            for record, change, count in Line._read_group(
                scope, ["import_id", "change"], ["__count"]
            )
        }
        ticked = dict(
            Line._read_group([*scope, ("selected", "=", True)], ["import_id"], ["__count"])
        )
        former = dict(
            Line._read_group(
                [*scope, ("former_term", "=", True), ("change", "=", "ended")],
                ["import_id"],
                ["__count"],
            )
        )
        similar = dict(Line._read_group([*scope, *SIMILAR], ["import_id"], ["__count"]))
        for record in self:
            record.similar_count = similar.get(record, 0)
            for change, _label in CHANGES:
                record[f"{change}_count"] = counts.get((record.id, change), 0)
            record.selected_count = ticked.get(record, 0)
            record.former_term_count = former.get(record, 0)

    @api.depends("state", "source")
    def _compute_fictitious_count(self):
        count = self.env["res.partner"].search_count([("is_fictitious", "=", True)])
        for record in self:
            record.fictitious_count = count if record.source != "fictive" else 0

    @api.model
    def load_files(self, files, source="rne"):
        """Read files of the RNE and return the import to check; nothing else is written.

        :param files: list of (file name, content); the content is bytes, or base64 text for
            callers that cannot send bytes
        :param source: `fictive` for invented persons
        :return: the import (commune.import) in preview
        :raise UserError: with the line and the column, when a file cannot be used
        """
        self.check_access("create")
        files = [(name, self._get_bytes(name, data)) for name, data in files or []]
        places = self._get_places()
        result = self._read_files(files, places)
        differences = diff.compare(
            result.mandates,
            self._get_known(places, fictive=source == "fictive"),
            communes_expected=self._get_codes(places),
            epci_expected=self._get_sirens(places),
            covered=result.covered,
            today=self.env.company._get_today(),
        )
        found = self.sudo().create(
            {
                "name": ", ".join(name for name, _data in files),
                "source": source,
                "rows_read": result.rows_read,
                "rows_kept": result.rows_kept,
                "layout_text": "\n".join(self._describe(layout) for layout in result.layouts),
                "issue_text": "\n".join(
                    [issue.message for issue in result.issues]
                    + self._describe_councils(result.members, places)
                ),
                "covered": {kind: sorted(codes) for kind, codes in result.covered.items()},
            }
        )
        record = found.sudo(self.env.su)
        record._create_lines(differences, places)
        return record

    def _check_record_state(self, vals):
        """:raise UserError: it was applied or set aside"""
        if any(not name.startswith(TALK) for name in vals):
            self._check_preview()

    @api.model
    def _get_bytes(self, name, data):
        if isinstance(data, (bytes, bytearray)):
            return bytes(data)
        try:
            return base64.b64decode(data or "", validate=True)
        except (ValueError, TypeError) as error:
            raise UserError(
                self.env._("The content of %s is not readable: send it in base64.", name)
            ) from error

    @api.model
    def _read_files(self, files, places):
        """Read the files for the managed places; any fault becomes one clear sentence."""
        reference = self.env["commune.reference.epci"]._get_reference()
        try:
            result = rne.read(
                files,
                communes=self._get_codes(places),
                epci=self._get_sirens(places),
                aliases=reference.aliases(),
            )
        except RneError as error:
            raise UserError(str(error)) from error
        faults = [issue.message for issue in result.issues if issue.level == "error"]
        if faults:
            more = len(faults) - SHOWN_ISSUES
            if more > 0:
                faults[SHOWN_ISSUES:] = [self.env._("… and %s other lines.", more)]
            raise UserError(
                self.env._("Nothing was imported: correct these lines first.")
                + "\n"
                + "\n".join(faults)
            )
        if not result.rows_kept:
            raise UserError(
                self.env._(
                    "%(files)s (%(kinds)s): lines read: %(rows)s; none is about your communes or"
                    " your intercommunality.",
                    files=", ".join(name for name, _data in files),
                    kinds=", ".join(sorted({self._get_kind(one) for one in result.layouts})),
                    rows=result.rows_read,
                )
            )
        return result

    def _get_kind(self, layout):
        return {
            "mayor": self.env._("mayors"),
            "municipal": self.env._("municipal councillors"),
            "community": self.env._("community councillors"),
        }[layout.kind]

    @api.model
    def _describe(self, layout):
        separators = {"\t": self.env._("tab"), ";": ";", ",": ",", "|": "|"}
        return self.env._(
            "%(file)s: file of the %(kind)s, separator %(separator)s, encoding %(encoding)s,"
            " header on line %(line)s",
            file=layout.file,
            kind=self._get_kind(layout),
            separator=separators.get(layout.separator, layout.separator),
            encoding=layout.encoding,
            line=layout.header_line,
        )

    # what the database knows

    @api.model
    def _get_places(self):
        """Member communes and intercommunalities that the files are read for."""
        epci = self.env["res.partner"].search([("is_epci", "=", True)])
        communes = epci._get_members()
        if not communes:
            raise UserError(
                self.env._("Set up the territory first: there is no commune to import for.")
            )
        return communes | epci

    @api.model
    def _get_codes(self, places):
        return set(places.filtered("is_commune").mapped("insee_code"))

    @api.model
    def _get_sirens(self, places):
        return set(places.filtered("is_epci").mapped("siren"))

    @api.model
    def _get_known(self, places, fictive=False):
        """Elected mandates of these places, ended ones too, for the comparison.

        Real persons are never matched with invented ones.
        """
        mandates = self.env["commune.mandate"].search_fetch(
            [
                ("commune_id", "in", places.ids),
                ("kind", "=", "elected"),
                ("source", "=", "fictive") if fictive else ("source", "!=", "fictive"),
            ],
            ["partner_id", "commune_id", "function_id", "rank", "date_start", "date_end"],
        )
        mandates.partner_id.fetch(["lastname", "firstname", "civility"])
        return [mandate._get_known() for mandate in mandates]

    def _create_lines(self, differences, places):
        """One line per difference, in bulk."""
        by_code = {place.siren if place.is_epci else place.insee_code: place for place in places}
        functions = self.env["commune.function"]._by_code()
        self.env["commune.import.line"]._create_from(self, differences, by_code, functions)

    # actions

    def action_cancel(self):
        """Set the import aside: nothing was written, nothing will be."""
        self.filtered(lambda record: record.state == "preview")._set({"state": "cancelled"})

    def action_open_lines(self):
        """The lines of one kind of change, grouped by commune."""
        self.ensure_one()
        xmlid = "commune_relations.commune_import_line_action"
        action = self.env["ir.actions.act_window"]._for_xml_id(xmlid)
        change = self.env.context.get("line_change")
        return dict(
            action,
            domain=[("import_id", "=", self.id)] + ([("change", "=", change)] if change else []),
            context={"search_default_group_place": 1, "create": False},
        )

    def action_renew_councils(self):
        """Renewal of the councils: tick every mandate of a former term that the file does not
        renew, with the day before the new term as its end."""
        self.ensure_one()
        self._check_preview()
        lines = self.line_ids.filtered(lambda line: line.change == "ended" and line.former_term)
        if not lines:
            raise UserError(self.env._("No mandate of a former term is missing from this file."))
        lines.selected = True

    def action_match_similar(self):
        """New persons whose name is almost that of one known person are that person."""
        self.ensure_one()
        self._check_preview()
        for line in self.line_ids.filtered_domain(SIMILAR):
            line.partner_id = line.similar_id

    def _check_preview(self):
        self.check_access("write")
        for record in self.filtered(lambda one: one.state != "preview"):
            raise UserError(
                self.env._("The import “%s” was already applied or set aside.", record.name)
            )
