"""Workbooks: attendance over time, and who received a dispatch."""

from collections import Counter

from odoo import api, fields, models

from ...engine.sheets import Column, Sheet
from ...models.core.collation import collate, collate_place
from ...models.core.workbook import make_workbook


class AttendanceXlsx(models.AbstractModel):
    _name = "report.commune_relations.attendance_xlsx"
    _inherit = ["report.report_xlsx.abstract"]
    _description = "Attendance over time (XLSX)"

    def create_xlsx_report(self, docids, data):
        committee = self.env["commune.committee"].browse(docids)
        committee.ensure_one()
        committee.member_ids.check_access("read")
        sheets = [
            self._get_sheet(title, head, committee._get_attendance_rows(key))
            for title, head, key in (
                (self.env._("By member"), self.env._("Member"), "partner_id"),
                (self.env._("By commune"), self.env._("Commune"), "commune_id"),
                (self.env._("By college"), self.env._("College"), "college"),
            )
        ]
        title = self.env._("Attendance: %s", committee.name)
        self.env["commune.export.log"]._log(title, "", committee.member_count)
        return make_workbook(self.env, title, sheets), "xlsx"

    @api.model
    def _get_sheet(self, title, head, rows):
        columns = [
            Column(head, width=34),
            Column(self.env._("Sessions called to"), "integer", 14, False),
            Column(self.env._("Sessions attended"), "integer", 14, False),
            Column(self.env._("Excused or by proxy"), "integer", 14, False),
            Column(self.env._("Absent without a word"), "integer", 14, False),
            Column(self.env._("Attendance (%)"), "amount", 14, False),
        ]
        return Sheet(title, columns, rows)


class DispatchXlsx(models.AbstractModel):
    _name = "report.commune_relations.dispatch_xlsx"
    _inherit = ["report.report_xlsx.abstract"]
    _description = "Log of a dispatch (XLSX)"

    def create_xlsx_report(self, docids, data):
        dispatch = self.env["commune.dispatch"].browse(docids)
        dispatch.ensure_one()
        dispatch.line_ids.check_access("read")
        columns = [
            Column(self.env._("Commune"), width=26),
            Column(self.env._("Name"), width=28),
            Column(self.env._("Function"), width=26),
            Column(self.env._("Sent to"), width=32),
            Column(self.env._("Sent"), width=17),
            Column(self.env._("Returned"), width=17),
            Column(self.env._("Outcome"), width=32),
        ]
        rows = dispatch._get_log_rows()
        sheet = Sheet(self.env._("Recipients"), columns, rows, notice=dispatch.display_name)
        self.env["commune.export.log"]._log(dispatch.display_name, "", len(rows))
        sheets = [sheet, self._get_communes(dispatch)]
        return make_workbook(self.env, dispatch.display_name, sheets), "xlsx"

    @api.model
    def _get_communes(self, dispatch):
        columns = [
            Column(self.env._("Commune"), width=26),
            Column(self.env._("Recipients"), "integer", 14),
            Column(self.env._("Sent"), "integer", 14),
            Column(self.env._("To be handed over by the town hall"), "integer", 18),
            Column(self.env._("Not arrived"), "integer", 14),
        ]
        return Sheet(
            self.env._("By commune"),
            columns,
            dispatch._get_commune_rows(),
            total_label=self.env._("Total"),
        )


class CommuneCommittee(models.Model):
    _inherit = "commune.committee"

    def action_print_attendance(self):
        self.ensure_one()
        self.check_access("read")
        return self.env.ref("commune_relations.attendance_xlsx_report").report_action(self)

    def _get_attendance_rows(self, key):
        """:param key: partner_id, commune_id or college"""
        self.ensure_one()
        figures = ("called", "attended", "excused", "missed")
        groups = self.env["commune.attendance.stat"]._read_group(
            [("committee_id", "=", self.id)], [key], [f"{name}:sum" for name in figures]
        )
        nothing = self.env._("Without a college") if key == "college" else "–"
        rows = []
        for group, called, attended, excused, missed in groups:
            label = group.display_name if hasattr(group, "display_name") else group
            rate = round(100 * attended / called, 1)
            name = group.lastname if key == "partner_id" else label
            shown = label or nothing
            rows.append((name or label, [shown, called, attended, excused, missed, rate]))
        rows.sort(key=lambda row: (not row[0], collate(row[0]), collate(row[1][0])))
        return [row for _name, row in rows]


class CommuneDispatch(models.Model):
    _inherit = "commune.dispatch"

    def _get_log_rows(self):
        """One row per councillor, commune by commune, at the hour of the place."""
        self.ensure_one()
        zone = self.with_context(tz=self.session_id.committee_id._get_zone())
        states = dict(self.line_ids._fields["state"]._description_selection(self.env))

        def moment(value):
            if not value:
                return ""
            return fields.Datetime.context_timestamp(zone, value).strftime("%d/%m/%Y %H:%M")

        lines = self.line_ids.sorted(
            lambda line: (collate_place(line.commune_id.name), collate(line.partner_id.name))
        )
        return [
            [
                line.commune_id.name,
                line.partner_id.name,
                line.title or "",
                line.email or "",
                moment(line.sent_at),
                moment(line.bounced_at),
                states[line.state],
            ]
            for line in lines
        ]

    def _get_commune_rows(self):
        """Name, councillors written to, of whom: sent, without an address (the town hall hands the
        documents over), not left or come back; in the order of a directory."""
        self.ensure_one()
        rows = []
        for commune, lines in self.line_ids.grouped("commune_id").items():
            counts = Counter(lines.mapped("state"))
            lost = counts["unsent"] + counts["bounced"]
            rows.append([commune.name, len(lines), counts["sent"], counts["missing"], lost])
        return sorted(rows, key=lambda row: collate_place(row[0]))
