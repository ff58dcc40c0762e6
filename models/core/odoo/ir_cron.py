"""`ir.cron`: scheduled actions run in the language of the organisation.

Applies to the addon's scheduled actions, and to Odoo's that run its code once a territory is set
up. Odoo gives them no language, and the code of an action is one line, with no place to choose one.
"""

from odoo import models

# Odoo's actions that run code of the addon: their texts for users are in the language of the
# organisation, once its territory is set up.
QUEUES = (
    "mail.ir_cron_mail_scheduler_action",
    "mail.ir_cron_mail_gateway_action",
    "mass_mailing.ir_cron_mass_mailing_queue",
)


class IrCron(models.Model):
    _inherit = "ir.cron"

    def _callback(self, cron_name, server_action_id):
        """Odoo gives a scheduled action no language, which is English. Third-party ones stay so."""
        if not self.env.context.get("lang") and self._is_managed():
            self = self.with_context(lang=self.env.company._get_organisation_lang())
        return super()._callback(cron_name, server_action_id)

    def _is_managed(self):
        names = self._get_external_ids()[self.id]
        if any(name.startswith("commune_relations.") for name in names):
            return True
        return bool(set(QUEUES) & set(names) and self.env.company.epci_id)
