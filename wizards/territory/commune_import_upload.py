"""Drop the files of the RNE, or fetch the current ones, and see the differences."""

from markupsafe import Markup

from odoo import fields, models
from odoo.exceptions import UserError


class CommuneImportUpload(models.TransientModel):
    _name = "commune.import.upload"
    _description = "Import elected officials"

    attachment_ids = fields.Many2many("ir.attachment", string="Files", bypass_search_access=True)
    source_links = fields.Html(string="Current files", compute="_compute_source_links")

    def _compute_source_links(self):
        """The current files, each as a link with its name."""
        link = Markup('<li><a href="%s" target="_blank">%s</a></li>')
        sources = self.env["commune.import"]._get_addresses()
        self.source_links = Markup("<ul>%s</ul>") % Markup().join(link % one for one in sources)

    def action_load(self):
        """Read the files and show the differences; the files themselves are not kept, since
        they hold birth dates and professions."""
        self.ensure_one()
        if not self.attachment_ids:
            raise UserError(
                self.env._("Drop at least one file, or use the current files of data.gouv.fr.")
            )
        files = [(attachment.name, attachment.raw) for attachment in self.attachment_ids]
        record = self.env["commune.import"].load_files(files)
        self.attachment_ids.unlink()
        return record._get_form_action()

    def action_download(self):
        """Fetch the current files of data.gouv.fr and show the differences."""
        return self.env["commune.import"].action_download()
