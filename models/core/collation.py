"""Names in the order of a French directory, in PostgreSQL and in Python: one rule.

A database is often made with the order of bytes, which puts Châtel behind Chieulles and Étain
behind Yutz; collations of ICU are not on every server. Both sides sort by the folded words first
(`engine.text.collation`), by the name as it is written when these are the same.
"""

from odoo import models
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

    def _is_collated(self, alias):
        """Whether these records are sorted so, in a query where their table has this name."""
        return True

    def _order_field_to_sql(self, alias, field_name, direction, nulls, query):
        if field_name not in self._collated or not self._is_collated(alias):
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
