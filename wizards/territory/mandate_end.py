"""End mandates or posts by hand: on which day, and why."""

from odoo import fields, models

from ...models.territory.mandate.end import END_CAUSES


class CommuneMandateEnd(models.TransientModel):
    _name = "commune.mandate.end"
    _description = "End a mandate or a post"

    mandate_ids = fields.Many2many("commune.mandate", string="Mandates and posts", required=True)
    date_end = fields.Date(
        string="Last day in office",
        required=True,
        default=lambda self: self.env.company._get_today(),
        help="The access to the portal that goes with it ends at once on that day.",
    )
    end_cause = fields.Selection(
        END_CAUSES,
        string="Cause of the end",
        required=True,
        help="Seen by the staff only: no document and no page of a commune says it.",
    )

    def action_end(self):
        """End the mandates; their history stays.

        :raise UserError: when one of them starts after that day
        """
        for wizard in self:
            wizard.mandate_ids.check_access("write")
            wizard.mandate_ids._end(wizard.date_end, wizard.end_cause)
        return {"type": "ir.actions.act_window_close"}
