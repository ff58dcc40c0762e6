"""Record rules are checked after a write too, when it moves a record out of reach.

Odoo checks them only before: a closing day could become the absence of a colleague, a line of one's
working hours a line of everybody's, a subscription one to the letters of communes. Where a record
is handed to a colleague on purpose (its person in charge, the team of a request), nothing is
checked.
"""

from odoo import models

from .message_access import MODULE

ROLES = ",".join(
    f"{MODULE}.{role}"
    for role in ("group_reader", "group_referent", "group_replacement_coordinator")
)
# Fields that give the record of which a record is part.
PARTS = {
    "agreement": {"commune_id"},
    "commune.replacement.incident.measure": {"incident_id"},
    "commune.visit.stop": {"tour_id"},
    "helpdesk.ticket": {"commune_id"},
    "helpdesk.ticket.sla": {"ticket_id"},
    "mailing.subscription": {"list_id"},
}
# The same for models with Odoo's own rules: checked for users who write there by rules of the
# addon, since Odoo lets its own users move their records.
PARTS_OF_ODOO = {
    "hr.employee.skill": {"employee_id"},
    "resource.calendar.attendance": {"calendar_id"},
    "resource.calendar.leaves": {"resource_id", "calendar_id", "company_id"},
    "survey.question": {"survey_id"},
    "survey.question.answer": {"question_id", "matrix_question_id"},
}


class Base(models.AbstractModel):
    _inherit = "base"

    def write(self, vals):
        result = super().write(vals)
        if not self.env.su and self._is_moved_by(vals):
            self.check_access("write")
        return result

    def _is_moved_by(self, vals):
        if PARTS.get(self._name, set()) & vals.keys():
            return True
        moved = PARTS_OF_ODOO.get(self._name, set()) & vals.keys()
        return bool(moved) and self.env.user.has_groups(ROLES)
