"""What happened to a week of hours: written once, never changed."""

from odoo import fields, models
from odoo.tools import LazyTranslate

_lt = LazyTranslate(__name__)

ACTIONS = [
    ("submitted", "Sent by the agent"),
    ("validated", "Signed by the commune"),
    ("contested", "Line contested"),
    ("answered", "Answer of the agent"),
    ("corrected", "Line corrected"),
    ("added", "Line added"),
    ("dropped", "Line left out"),
    ("checked", "Checked by the service"),
]


class CommuneReplacementTimesheetLog(models.Model):
    _name = "commune.replacement.timesheet.log"
    _inherit = ["commune.append.only"]
    _description = "Trace of hours"
    _order = "id desc"
    _rec_name = "action"
    _kept_reason = _lt("The trace of the hours is neither changed nor deleted.")

    sheet_id = fields.Many2one(
        "commune.replacement.timesheet",
        string="Week of hours",
        required=True,
        index=True,
        ondelete="restrict",
    )
    line_id = fields.Many2one(
        "commune.replacement.timesheet.line", ondelete="restrict", index="btree_not_null"
    )
    action = fields.Selection(ACTIONS, required=True)
    date = fields.Datetime(required=True, default=fields.Datetime.now)
    author_id = fields.Many2one(
        "res.partner", string="By", ondelete="restrict", index="btree_not_null"
    )
    author_name = fields.Char(string="Name", help="As it was at that moment.")
    before = fields.Char()
    after = fields.Char()
    note = fields.Char()
    fingerprint = fields.Char()


class CommuneReplacementTimesheet(models.Model):
    _inherit = "commune.replacement.timesheet"

    def _get_authors(self, action):
        """Who did this on these weeks (res.partner). Called as superuser."""
        return self.log_ids.filtered(lambda entry: entry.action == action).author_id

    def _check_not_signed_by_me(self, problem):
        """:raise UserError: the account at work signed these hours for the commune, which pays
        them

        The software itself, which loads a demonstration, is nobody's other side.

        :param problem: the sentence of the refusal
        """
        if self.env.user._is_superuser():
            return
        signers = self.sign_partner_id | self._get_authors("validated")
        self.env.user.partner_id._check_single_side(signers, problem)

    def _log(self, action, line=None, **values):
        """One entry per week; called as superuser, the author is the person at work."""
        person = self.env.user.partner_id
        self.env["commune.replacement.timesheet.log"].create(
            [
                {
                    "sheet_id": sheet.id,
                    "line_id": line.id if line else False,
                    "action": action,
                    "author_id": person.id,
                    "author_name": person.name,
                    **values,
                }
                for sheet in self
            ]
        )
