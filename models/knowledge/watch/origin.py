"""Where a thing comes from: said once for all that is made of an item of the watch."""

from odoo import fields


def make_origin(string="Comes from the watch", **options):
    """The field of a model in which things are made of items: shown, never chosen by hand."""
    return fields.Many2one(
        "commune.watch.item",
        string=string,
        readonly=True,
        copy=False,
        index="btree_not_null",
        ondelete="set null",
        **options,
    )
