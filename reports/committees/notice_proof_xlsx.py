"""Proof of the notice as a workbook: who was called when, who opened, who answered what."""

from odoo import models

from ...engine.sheets import Column, Sheet
from ...models.core.workbook import make_workbook


class NoticeProofXlsx(models.AbstractModel):
    _name = "report.commune_relations.notice_proof_xlsx"
    _inherit = ["report.report_xlsx.abstract"]
    _description = "Proof of the notice (XLSX)"

    def create_xlsx_report(self, docids, data):
        session = self.env["commune.session"].browse(docids)
        session.ensure_one()
        session.attendance_ids.check_access("read")
        headers = [
            ("name", self.env._("Name"), 26),
            ("title", self.env._("Function"), 24),
            ("commune", self.env._("Commune"), 22),
            ("college", self.env._("College"), 16),
            ("email", self.env._("E-mail"), 30),
            ("sent", self.env._("Notice sent"), 17),
            ("opened", self.env._("Link opened"), 17),
            ("bounced", self.env._("Returned"), 17),
            ("answer", self.env._("Answer"), 16),
            ("answered", self.env._("Replied on"), 17),
            ("proxy", self.env._("Proxy or representative"), 26),
        ]
        rows = session.attendance_ids._get_proof_rows(session)
        sheet = Sheet(
            self.env._("Proof of the notice"),
            [Column(label, width=width) for _key, label, width in headers],
            [[row[key] for key, _label, _width in headers] for row in rows],
            notice=session._get_proof_notice(),
        )
        document = self.env._("Proof of the notice: %s", session.display_name)
        self.env["commune.export.log"]._log(document, "", len(rows))
        return make_workbook(self.env, document, [sheet]), "xlsx"


class CommuneSession(models.Model):
    _inherit = "commune.session"

    def _get_proof_notice(self):
        """The rule and what became of it, in one line above the list."""
        self.ensure_one()
        if not self.notice_deadline:
            return self._get_letter_when()
        return self.env._(
            "%(when)s. Last day for the notice: %(day)s (%(rule)s). %(text)s.",
            when=self._get_letter_when(),
            day=self._format_date(self.notice_deadline),
            rule=self.notice_rule_id.name,
            text=self.notice_source,
        )

    def action_print_proof(self):
        self.ensure_one()
        self.check_access("read")
        return self.env.ref("commune_relations.notice_proof_report").report_action(self)

    def action_print_notice(self):
        self.ensure_one()
        self.check_access("read")
        return self.env.ref("commune_relations.session_notice_report").report_action(self)
