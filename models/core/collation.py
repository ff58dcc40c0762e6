"""Names in the order of a French directory, in PostgreSQL and in Python: one rule.

A database is often made with the order of bytes, which puts Châtel behind Chieulles and Étain
behind Yutz; collations of ICU are not on every server. Both sides sort by the folded words first
(`engine.text.collation`), by the name as it is written when these are the same.
"""

from odoo import api, models
from odoo.orm.models import ReversibleComparator
from odoo.tools import SQL

from ...engine.text import collation


def collate(name):
    """What to sort a name by in Python; nothing sorts first."""
    return collation(name or "")


class CommuneCollation(models.AbstractModel):
    """For a model that is sorted by names of places or persons: `_collated` says which fields."""

    _name = "commune.collation"
    _description = "Sorted as a French directory"
    _collated = ()

    def _order_field_to_sql(self, alias, field_name, direction, nulls, query):
        if field_name not in self._collated:
            return super()._order_field_to_sql(alias, field_name, direction, nulls, query)
        written = self._field_to_sql(alias, field_name, query)
        query._order_groupby.append(written)
        folded = SQL("regexp_replace(lower(unaccent(%s)), '[^a-z0-9]+', ' ', 'g')", written)
        return SQL(
            'btrim(%(folded)s) COLLATE "C" %(way)s %(nulls)s, %(written)s COLLATE "C" %(way)s',
            folded=folded,
            written=written,
            way=direction,
            nulls=nulls,
        )

    @api.model
    def _sorted_order_to_function(self, order):
        makers = [self._get_sorting(part.strip()) for part in order.split(",")]
        return lambda record: tuple(make(record) for make in makers)

    @api.model
    def _get_sorting(self, part):
        name, *way = part.split()
        if name not in self._collated:
            return super()._sorted_order_to_function(part)
        words = " ".join(way).upper()
        reverse = words.startswith("DESC")
        none_first = "NULLS FIRST" in words if "NULLS" in words else reverse

        def get_key(record):
            key = collate(record[name]) if record[name] else None
            return ReversibleComparator(key, reverse, none_first)

        return get_key
