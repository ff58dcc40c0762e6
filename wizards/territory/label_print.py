"""Wizard: sheets of postal labels to the communes."""

from odoo import api, fields, models
from odoo.exceptions import ValidationError

from ...engine.postal import address, labels


class CommuneLabelPrint(models.TransientModel):
    _name = "commune.label.print"
    _inherit = ["commune.print.mixin"]
    _description = "Print postal labels"

    recipient = fields.Selection(
        [
            ("mayor", "The mayor, by name"),
            ("town_hall", "The town hall"),
            ("function", "Other functions, by name"),
        ],
        required=True,
        default="mayor",
    )
    function_ids = fields.Many2many("commune.function", string="Functions")
    label_format = fields.Selection(
        [
            ("3x8", "24 labels: 3 × 8 of 70 × 37 mm"),
            ("2x8", "16 labels: 2 × 8 of 99.1 × 33.9 mm"),
            ("3x7", "21 labels: 3 × 7 of 63.5 × 38.1 mm"),
        ],
        string="Sheet",
        required=True,
        default="3x8",
    )
    start_position = fields.Integer(
        string="First label",
        required=True,
        default=1,
        help="Number of the first free label of the first sheet, line by line: a sheet that was"
        " begun can be finished.",
    )

    @api.constrains("label_format", "start_position")
    def _check_start_position(self):
        for wizard in self:
            count = labels.FORMATS[wizard.label_format].count
            if not 1 <= wizard.start_position <= count:
                raise ValidationError(
                    self.env._(
                        "The first label is a number from 1 to %(count)s on this sheet, not"
                        " %(position)s.",
                        count=count,
                        position=wizard.start_position,
                    )
                )

    def _get_functions(self):
        if self.recipient == "function":
            return self.function_ids
        return self.env["commune.function"].search([("code", "=", "mayor")])

    def _get_label_rows(self):
        """Addresses, each a list of lines, in the order of the communes."""
        communes = self._get_communes()
        if self.recipient == "town_hall":
            rows = self.env["commune.directory"]._get_directory_rows(communes, kinds=())
            return [self._prepare_label(row) for row in rows]
        rows = self.env["commune.directory"]._get_directory_rows(communes, self._get_functions())
        found = []
        for row in rows:
            found.extend(self._prepare_label(row, person) for person in row["persons"])
            # A commune whose mayor is not known still receives its letter.
            if self.recipient == "mayor" and not row["persons"]:
                found.append(self._prepare_label(row))
        return found

    def _prepare_label(self, row, person=None):
        """:param row: row of the directory; person: one of its persons, or nobody"""
        recipient = [address.town_hall(row["name"])]
        if person:
            recipient = address.official(
                person["civility"], person["name"], person["title"], row["name"]
            )
        return address.lines(
            recipient,
            street=row["street"],
            complement=row["street2"],
            postal_code=row["zip"],
            place=row["city"] or row["name"],
        )

    def _get_sheets(self):
        """Labels by sheet, with one more sheet of warning when the persons are invented."""
        rows, notice = self._get_label_rows(), self.env.company._get_demonstration_notice()
        return labels.sheets(
            [*rows, *([[notice]] if notice else [])],
            labels.FORMATS[self.label_format],
            self.start_position,
        )

    def _get_file_name(self):
        return self.env._("Postal labels %(date)s", date=self.env.company._get_today().isoformat())

    def _log_export(self, count):
        names = dict(self._fields["recipient"]._description_selection(self.env))
        self.env["commune.export.log"]._log(
            self.env._("Postal labels"),
            "; ".join([*self._describe_communes(), names[self.recipient].lower()]),
            count if self.recipient != "town_hall" else 0,
        )

    def action_print(self):
        """Download the sheets of labels."""
        self.ensure_one()
        self._get_communes()
        report = self.env.ref("commune_relations.label_document_report")
        return report.report_action(self) | {"close_on_report_download": True}
