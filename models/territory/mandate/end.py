"""Reason why a mandate or post ended: typed by the user, or set by the import if known."""

from odoo import fields, models
from odoo.exceptions import UserError

from ...core.window_actions import open_action

END_CAUSES = [
    ("term", "End of the term"),
    ("function", "Change of function"),
    ("resignation", "Resignation"),
    ("departure", "Departure from the post"),
    ("death", "Death"),
    ("removal", "Removal from office"),
    ("other", "Other cause"),
]


class CommuneMandate(models.Model):
    _inherit = "commune.mandate"

    # A death or a removal concerns nobody outside the staff: no portal, no document, no letter.
    end_cause = fields.Selection(
        END_CAUSES,
        string="Cause of the end",
        groups="commune_relations.group_reader",
        help="Seen by the staff only: no document and no page of a commune says it.",
    )
    _end_cause_check = models.Constraint(
        "CHECK(end_cause IS NULL OR date_end IS NOT NULL)",
        "Give the last day in office before the cause of the end.",
    )

    def _end(self, day, cause):
        """End these mandates.

        :param day: last day in office (date)
        :param cause: a key of `END_CAUSES`
        """
        late = self.filtered(lambda mandate: mandate.date_start and mandate.date_start > day)
        if late:
            raise UserError(
                self.env._(
                    "%s: a mandate cannot end before it starts.",
                    ", ".join(late.mapped("display_name")),
                )
            )
        self.write({"date_end": day, "end_cause": cause})

    def action_ask_end(self):
        """The window that asks for the last day and the cause."""
        self.check_access("write")
        return open_action(
            self, "commune_mandate_end_action", context={"default_mandate_ids": self.ids}
        )
