"""What is handed over at the entry and at the exit, and the accesses to open and to close."""

from odoo import api, fields, models

# Shared by all missions: (stage, label in English, translated when the list is made).
ACCESS_STATES = [
    ("missing", "Missing"),
    ("asked", "Asked for"),
    ("open", "Access open"),
    ("closed", "Access closed"),
    ("not_needed", "Not needed"),
]


class CommuneReplacementChecklist(models.Model):
    _name = "commune.replacement.checklist"
    _inherit = ["commune.readonly.fields.mixin"]
    _description = "Line of the entry sheet or of the exit handover"
    _order = "mission_id, stage, sequence, id"

    mission_id = fields.Many2one(
        "commune.replacement.mission", required=True, index=True, ondelete="cascade"
    )
    stage = fields.Selection(
        [("entry", "Entry sheet"), ("exit", "Exit handover")], required=True, default="exit"
    )
    sequence = fields.Integer(default=10)
    name = fields.Char(string="Subject", required=True)
    note = fields.Text()
    is_done = fields.Boolean(string="Done")
    done_date = fields.Datetime(string="Done on", readonly=True)
    done_by_id = fields.Many2one("res.users", string="Done by", readonly=True)

    def write(self, vals):
        result = super().write(vals)
        if "is_done" in vals:
            done = vals["is_done"]
            super(CommuneReplacementChecklist, self.sudo()).write(
                {
                    "done_date": fields.Datetime.now() if done else False,
                    "done_by_id": self.env.uid if done else False,
                }
            )
        return result


class CommuneReplacementAccess(models.Model):
    _name = "commune.replacement.access"
    _description = "Access of an agent in a commune"
    _order = "mission_id, id"

    mission_id = fields.Many2one(
        "commune.replacement.mission", required=True, index=True, ondelete="cascade"
    )
    name = fields.Char(string="Access", required=True)
    software_id = fields.Many2one("commune.software", ondelete="restrict")
    is_required = fields.Boolean(string="Required to start", default=True)
    holder = fields.Char(string="Who opens it")
    state = fields.Selection(ACCESS_STATES, required=True, default="missing")
    note = fields.Char(help="Never a password.")


class CommuneReplacementMission(models.Model):
    _inherit = "commune.replacement.mission"

    checklist_ids = fields.One2many("commune.replacement.checklist", "mission_id")
    entry_ids = fields.One2many(
        "commune.replacement.checklist", "mission_id", domain=[("stage", "=", "entry")]
    )
    exit_ids = fields.One2many(
        "commune.replacement.checklist", "mission_id", domain=[("stage", "=", "exit")]
    )
    access_ids = fields.One2many("commune.replacement.access", "mission_id")

    def _prepare_lists(self):
        """Usual lines of both sheets; the accesses follow the software of the request."""
        lines, accesses = [], []
        for mission in self:
            for stage, names in self._get_usual_lines().items():
                lines += [
                    {"mission_id": mission.id, "stage": stage, "name": name, "sequence": rank}
                    for rank, name in enumerate(names, start=1)
                ]
            known = mission.employee_id.sudo().software_ids
            wanted = mission.request_id.software_ids & known or mission.request_id.software_ids
            accesses += [
                {"mission_id": mission.id, "name": software.name, "software_id": software.id}
                for software in wanted
            ]
        self.env["commune.replacement.checklist"].create(lines)
        self.env["commune.replacement.access"].create(accesses)

    @api.model
    def _get_usual_lines(self):
        return {
            "entry": [
                self.env._("Keys and alarm: who holds them"),
                self.env._("Workstation, telephone, mailbox"),
                self.env._("Files in progress and their deadlines"),
                self.env._("Contacts: mayor, deputies, colleagues"),
                self.env._("Opening hours and reception of the public"),
            ],
            "exit": [
                self.env._("Files in progress: state of each"),
                self.env._("Deadlines of the coming weeks"),
                self.env._("Mail and messages not answered"),
                self.env._("Keys and equipment given back"),
                self.env._("Message to the person who comes back"),
            ],
        }
