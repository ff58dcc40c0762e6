"""What runs by itself speaks the language of the organisation."""

from odoo import models

# Actions of Odoo that run our code: what they leave to people is read in the language of the
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
        names = self.sudo()._get_external_ids()[self.id]
        if any(name.startswith("commune_relations.") for name in names):
            return True
        return bool(set(QUEUES) & set(names) and self.env.company.epci_id)
