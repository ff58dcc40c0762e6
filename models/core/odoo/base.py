"""`base`: extensions that apply to every model.

A mixin cannot carry them, since Odoo calls these methods on any model: lists grouped by a field
that the user may not read (fields of the addon, and accounts of communes); name beside the reply
address (records of the addon); links to records of the addon, whose names Odoo shows as superuser.
The local date in a domain (`filtered_domain`) is in
`models/territory/reference_epci/local_time.py`, with the rest of local time.
"""

from collections import defaultdict

from odoo import api, models
from odoo.fields import Command
from odoo.tools import formataddr

from ..named_record import PLACES, check_named, filter_of_addon

MODULE = "commune_relations"
ROLES = ",".join(
    f"{MODULE}.{role}"
    for role in ("group_reader", "group_referent", "group_replacement_coordinator")
)
# Fields that give the record of which a record is part, or that make it one of the addon's.
PARTS = {
    "agreement": {"commune_id"},
    "commune.replacement.incident.measure": {"incident_id"},
    "commune.visit.stop": {"tour_id"},
    "event.event": {"kind"},
    "event.mail": {"event_id"},
    "event.registration": {"event_id"},
    "helpdesk.sla": {"milestone", "team_ids"},
    "helpdesk.ticket": {"commune_id"},
    "helpdesk.ticket.sla": {"ticket_id"},
    "helpdesk.ticket.stage": {"serves_communes", "team_ids"},
    "helpdesk.ticket.team": {"serves_communes"},
    "mailing.subscription": {"list_id"},
    "survey.question": {"survey_id"},
    "survey.question.answer": {"question_id", "matrix_question_id"},
    "survey.user_input": {"survey_id"},
}
# The same for models with Odoo's own rules: checked for users who write there by rules of the
# addon, since Odoo lets its own users move their records.
PARTS_OF_ODOO = {
    "hr.employee.skill": {"employee_id"},
    "resource.calendar.attendance": {"calendar_id"},
    "resource.calendar.leaves": {"resource_id", "calendar_id", "company_id"},
}
# Models of others whose records the addon closes: all of them, or those that are its own. What is
# written, filed, planned or thought about a record is shown by no form to who does not read it.
CLOSED_WHOLE = {
    *PLACES,
    "mail.mail",
    "mailing.list",
    "mailing.trace",
    "resource.calendar.leaves",
}
CLOSED = CLOSED_WHOLE | {
    "agreement",
    "event.registration",
    "helpdesk.ticket",
    "mailing.mailing",
    "survey.user_input",
}


def _is_closed(model):
    return model.startswith("commune.") or model in CLOSED


class Base(models.AbstractModel):
    _inherit = "base"

    def onchange(self, values, field_names, fields_spec):
        """Check that one reads the records of the addon that a form links to, typed or by default.

        The name of a linked record is shown as superuser, before anything is saved, and so is all
        that related fields read of it: the text of a message, the bytes of a file.
        """
        if not self.env.su:
            links = [
                name for name in fields_spec if name not in values and self._is_closed_link(name)
            ]
            typed = values if field_names or not links else {**self.default_get(links), **values}
            named = defaultdict(set)
            self._collect_links([typed], named)
            self._check_links_read(named)
        return super().onchange(values, field_names, fields_spec)

    def _is_closed_link(self, name):
        """Whether a field leads to records that the addon closes, at once or by its lines."""
        field = self._fields[name]
        if not field.relational:
            return False
        return _is_closed(field.comodel_name) or (
            field.type != "many2one"
            and any(
                one.type == "many2one" and _is_closed(one.comodel_name)
                for one in self.env[field.comodel_name]._fields.values()
            )
        )

    def _collect_links(self, vals_list, named):
        """Add to `named`, {model: ids}, the records of the addon to which a form links."""
        for vals in vals_list:
            for name, value in vals.items():
                field = self._fields.get(name)
                if not value or field is None or not field.relational:
                    continue
                comodel = field.comodel_name
                if field.type == "many2one":
                    if _is_closed(comodel):
                        named[comodel].update(self.new({name: value})[name]._origin.ids)
                elif isinstance(value, list | tuple):
                    # Lines that are linked, not typed, are read with the rights of the user.
                    lines = [
                        line[2] for line in value if line[0] in (Command.CREATE, Command.UPDATE)
                    ]
                    self.env[comodel]._collect_links(lines, named)

    def _check_links_read(self, named):
        """:raise AccessError: one of these records of the addon is not read by its user

        :param named: {model: ids}; records of these models that are not the addon's are as in Odoo
        """
        found = {}
        for model, ids in named.items():
            records = self.env[model].browse(ids).exists()
            own = records if model in CLOSED_WHOLE else filter_of_addon(records)
            found[model] = own.ids
        check_named(self.env, found)

    @api.model_create_multi
    def create(self, vals_list):
        """Check that one reads the records of the addon to which new ones link: see `onchange`."""
        self._check_written_links(vals_list)
        return super().create(vals_list)

    def _check_written_links(self, vals_list):
        """Check links of these records alone: those of their lines are written by them.

        Links to mails are Odoo's: its traces have them, in the name of who sends to many.
        """
        if self.env.su:
            return
        named = defaultdict(set)
        for vals in vals_list:
            for name, value in vals.items():
                field = self._fields.get(name)
                if value and field is not None and field.type == "many2one":
                    comodel = field.comodel_name
                    if _is_closed(comodel) and comodel != "mail.mail":
                        named[comodel].add(value)
        if named:
            self._check_links_read(named)

    def _read_group_groupby(self, alias, groupby_spec, query):
        """Check the rights on multi-record fields too, when a list is grouped by them.

        Odoo skips these fields: a mayor could group by them, and so read values reserved to the
        staff. Applies to fields of the addon, and to every count by an account of a commune.
        """
        field = self._fields.get(groupby_spec.split(":")[0].split(".")[0])
        if field and field.type == "many2many" and not self.env.su:
            user = self.env.user
            if MODULE in field._modules or (user.share and user._get_commune_accounts()):
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
        self._check_written_links([vals])
        result = super().write(vals)
        if not self.env.su and self._is_moved_by(vals):
            self.check_access("write")
        return result

    def _is_moved_by(self, vals):
        if PARTS.get(self._name, set()) & vals.keys():
            return True
        moved = PARTS_OF_ODOO.get(self._name, set()) & vals.keys()
        return bool(moved) and self.env.user.has_groups(ROLES)
