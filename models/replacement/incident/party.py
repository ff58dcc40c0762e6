"""Person of an incident, with a role that decides what that person may read."""

from odoo import api, fields, models

from .labels import ROLES


class CommuneReplacementIncidentParty(models.Model):
    """Notification of a person concerned: it announces that an incident exists, nothing else."""

    _name = "commune.replacement.incident.party"
    _inherit = ["commune.letter", "commune.letter.document.mixin", "commune.readonly.fields.mixin"]
    _description = "Person of a case"
    _order = "role, id"
    _rec_name = "partner_id"
    _readonly_fields = frozenset({"incident_id", "notified_date"})
    _values_at_creation = {"incident_id": None}

    incident_id = fields.Many2one(
        "commune.replacement.incident", required=True, index=True, ondelete="cascade"
    )
    partner_id = fields.Many2one(
        "res.partner",
        string="Person",
        index="btree_not_null",
        ondelete="restrict",
        domain="[('is_company', '=', False)]",
    )
    role = fields.Selection(ROLES, required=True, default="concerned")
    notified_date = fields.Datetime(string="Written to on", readonly=True)
    _person_uniq = models.UniqueIndex(
        "(incident_id, partner_id, role) WHERE partner_id IS NOT NULL",
        "This person already has this role in the case.",
    )

    def action_notify(self):
        """Send a letter without any content of the incident: details are on the portal."""
        self.check_access("write")
        incidents = self.incident_id
        incidents.check_access("write")
        self._set({"notified_date": fields.Datetime.now()})
        self._send_letters("mail_template_replacement_incident")
        for incident in incidents:
            incident._log("letter", self.env._("A person of the case was written to."))

    def _get_letter_person(self):
        return self.partner_id

    def _get_letter_reply(self):
        """An incident is confidential: replies do not reach the desk."""
        return self._get_reply_address(self.incident_id.user_id)

    def _get_failed_letter_owner(self, person):
        return self.incident_id._get_failed_letter_owner(person)

    def _get_letter_link(self):
        return f"{self.get_base_url()}/my/difficulties"

    @api.model
    def _get_roles_of(self, person):
        """Incidents in which a person has a role (parties, as superuser)."""
        return self.sudo().search([("partner_id", "=", person.id)])
