"""Drop the files of the RNE, or fetch the current ones, and see the differences."""

from odoo import fields, models
from odoo.exceptions import UserError


class CommuneImportUpload(models.TransientModel):
    _name = "commune.import.upload"
    _description = "Import elected officials"

    attachment_ids = fields.Many2many("ir.attachment", string="Files", bypass_search_access=True)
    address_text = fields.Text(compute="_compute_address_text")

    def _compute_address_text(self):
        addresses = self.env["commune.import"]._get_addresses()
        self.address_text = "\n".join(address for address, _name in addresses)

    def action_load(self):
        """Read the files and show the differences; the files themselves are not kept, since
        they hold birth dates and professions."""
        self.ensure_one()
        if not self.attachment_ids:
            raise UserError(
                self.env._("Drop at least one file, or use the current files of data.gouv.fr.")
            )
        files = [(attachment.name, attachment.raw) for attachment in self.attachment_ids]
        record = self.env["commune.import"].load(files)
        self.attachment_ids.unlink()
        return record._get_form_action()

    def action_download(self):
        """Fetch the current files of data.gouv.fr and show the differences."""
        return self.env["commune.import"].action_download()
