"""Wizard: a booklet for the communes chosen, one PDF each, put together."""

from odoo import fields, models

from ...models.core.collation import collate_place


class CommuneBookletPrint(models.TransientModel):
    _name = "commune.booklet.print"
    _inherit = ["commune.print.mixin"]
    _description = "Print a booklet"

    booklet_id = fields.Many2one("commune.booklet", required=True, ondelete="cascade")

    def action_print(self):
        """Download the booklet of each commune; from five on they are rendered in steps."""
        self.ensure_one()
        self.booklet_id.check_access("read")
        communes = self._get_communes().sorted(lambda commune: collate_place(commune.name))
        report = self.env.ref("commune_relations.booklet_report")
        data = {"booklet_id": self.booklet_id.id, "document_ids": communes.ids}
        action = report.report_action(communes, data=data, config=False)
        return action | {"close_on_report_download": True}
