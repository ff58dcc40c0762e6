"""Load agents and requests from CSV files, after a look at what would be written."""

import base64

from odoo import fields, models
from odoo.exceptions import UserError

from ...models.core.display_notification import CLOSE, display_notification


class CommuneReplacementImport(models.TransientModel):
    _name = "commune.replacement.import"
    _description = "Load agents and requests"

    agents_file = fields.Binary(string="File of the agents")
    agents_name = fields.Char()
    requests_file = fields.Binary(string="File of the requests")
    requests_name = fields.Char()
    line_ids = fields.One2many("commune.replacement.import.line", "wizard_id", readonly=True)
    error_count = fields.Integer(readonly=True)

    def _read(self):
        files = [
            content and (name or "fichier.csv", base64.b64decode(content))
            for content, name in (
                (self.agents_file, self.agents_name),
                (self.requests_file, self.requests_name),
            )
        ]
        if not any(files):
            raise UserError(self.env._("Choose a file of agents or a file of requests."))
        return self.env["commune.replacement.csv.import"]._read_files(*files)

    def action_preview(self):
        self.ensure_one()
        lines = self._read()
        self.write(
            {
                "line_ids": [
                    fields.Command.clear(),
                    *(
                        fields.Command.create(
                            {
                                "kind": line.kind,
                                "code": line.code,
                                "name": line.name,
                                "change": line.change,
                                "message": line.message,
                            }
                        )
                        for line in lines
                    ),
                ],
                "error_count": sum(line.change == "error" for line in lines),
            }
        )
        return {
            "type": "ir.actions.act_window",
            "res_model": self._name,
            "res_id": self.id,
            "view_mode": "form",
            "target": "new",
            "name": self.env._("Load agents and requests"),
        }

    def action_apply(self):
        self.ensure_one()
        self.env["commune.replacement.request"].check_access("create")
        lines = self._read()
        agents, requests = self.env["commune.replacement.csv.import"]._apply_lines(lines)
        return display_notification(
            self.env._(
                "%(agents)s agents and %(requests)s requests were loaded.",
                agents=len(agents),
                requests=len(requests),
            ),
            following=CLOSE,
        )


class CommuneReplacementImportLine(models.TransientModel):
    _name = "commune.replacement.import.line"
    _description = "Line of a file of agents or requests"

    wizard_id = fields.Many2one("commune.replacement.import", ondelete="cascade", index=True)
    kind = fields.Selection([("agent", "Agent"), ("request", "Request")])
    code = fields.Char()
    name = fields.Char()
    change = fields.Selection(
        [
            ("new", "New line"),
            ("changed", "Updated"),
            ("known", "Already there"),
            ("error", "Refused"),
        ]
    )
    message = fields.Char()
