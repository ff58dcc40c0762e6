"""`base`: extensions that apply to every model.

A mixin cannot carry them, since Odoo calls these methods on any model: lists grouped by a field
that the user may not read (fields of the addon, and accounts of communes); name beside the reply
address (records of the addon). The local date in a domain (`filtered_domain`) is in
`models/territory/reference_epci/local_time.py`, with the rest of local time.
"""

from odoo import models
from odoo.tools import formataddr

MODULE = "commune_relations"
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

    def _read_group_groupby(self, alias, groupby_spec, query):
        """Check the rights on multi-record fields too, when a list is grouped by them.

        Odoo skips these fields: a mayor could group by them, and so read values reserved to the
        staff. Applies to fields of the addon, and to every count by an account of a commune.
        """
        field = self._fields.get(groupby_spec.split(":")[0].split(".")[0])
        if field and field.type == "many2many" and not self.env.su:
            user = self.env.user
            if MODULE in field._modules or (user.share and user.sudo()._get_commune_accounts()):
                self._check_field_access(field, "read")
        return super()._read_group_groupby(alias, groupby_spec, query)

    def _notify_get_reply_to_formatted_email(self, record_email, author_id=False):
        """Public name of the organisation beside the reply address, for records of the addon.

        Odoo would show the name of its robot or of its company.
        """
        is_managed = getattr(
            self[:1], "_uses_organisation_layout", lambda: self._name.startswith("commune.")
        )
        if is_managed():
            company = self.env.company
            known = self.env["res.partner"].browse(author_id or self.env.user.partner_id.id)
            robots = company.partner_id | self.env.ref("base.partner_root")
            if known in robots and company._is_organisation():
                return formataddr((company._get_organisation_name(), record_email))
        return super()._notify_get_reply_to_formatted_email(record_email, author_id=author_id)

    def write(self, vals):
        """Check record rules after a write too, when it moves a record out of reach.

        Odoo checks them only before: a closing day could become the absence of a colleague, a line
        of one's working hours a line of everybody's, a subscription one to the letters of communes.
        Where a record is handed to a colleague on purpose (its person in charge, the team of a
        request), nothing is checked.
        """
        result = super().write(vals)
        if not self.env.su and self._is_moved_by(vals):
            self.check_access("write")
        return result

    def _is_moved_by(self, vals):
        if PARTS.get(self._name, set()) & vals.keys():
            return True
        moved = PARTS_OF_ODOO.get(self._name, set()) & vals.keys()
        return bool(moved) and self.env.user.has_groups(ROLES)
