"""How long a text typed on the portal may be: said once, read by the pages and by what checks."""

from odoo import models

LENGTHS = {
    # a person
    "person": 60,
    "signature": 120,  # the name of who signs
    "print": 64,  # SHA-256 of what is signed
    "word": 200,
    # a request
    "request": 20_000,
    "title": 120,
    "place": 200,
    "search": 200,
    "question": 2_000,
    # an item proposed for an agenda
    "item_title": 200,
    "item_text": 5_000,
    # what is asked, told or refused
    "service": 4_000,
    "correction": 2_000,
    "refusal": 2_000,
    # conventions and hours
    "reference": 60,
    "task": 200,
    "contest": 500,
}


class IrQweb(models.AbstractModel):
    _inherit = "ir.qweb"

    def _prepare_environment(self, values):
        prepared = super()._prepare_environment(values)
        values["commune_lengths"] = LENGTHS
        return prepared
