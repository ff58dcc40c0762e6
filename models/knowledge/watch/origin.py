"""Origin of a record created from a watch item, as a mixin."""

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
