"""Names in the order of a French directory, in PostgreSQL and in Python: one rule.

A database is often made with the order of bytes, which puts Châtel behind Chieulles and Étain
behind Yutz; collations of ICU are not on every server. Both sides sort by the folded words first
(`engine.text.collation`), by the name as it is written when these are the same. The article of a
commune does not count (`place_collation`): Le Ban-Saint-Martin is looked for at B.
"""

from odoo import models
from odoo.tools import SQL

from ...engine.text import collation, place_collation


def collate(name):
    """What to sort the name of a person or a thing by in Python; nothing sorts first."""
    return collation(name or "")


def collate_place(name):
    """What to sort the name of a commune by in Python; nothing sorts first."""
    return place_collation(name or "")


class CommuneCollation(models.AbstractModel):
    """Mixin of models sorted by names of places or persons; `_collated` lists the fields."""

    _name = "commune.collation"
    _description = "Sorted as a French directory"
    _collated = ()

    def _is_collated(self, alias):
        """Whether these records are sorted so, in a query where their table has this name."""
        return True

    def _get_place_sql(self, alias, query):
        """SQL: whether a name is that of a commune, whose article does not count."""
        return SQL("TRUE")

    def _order_field_to_sql(self, alias, field_name, direction, nulls, query):
        if field_name not in self._collated or not self._is_collated(alias):
            return super()._order_field_to_sql(alias, field_name, direction, nulls, query)
        written = self._field_to_sql(alias, field_name, query)
        query._order_groupby.append(written)
        folded = SQL("commune_relations.fold(%s)", written)
        folded = SQL("btrim(regexp_replace(%s, '[^a-z0-9]+', ' ', 'g'))", folded)
        return SQL(
            "CASE WHEN %(place)s THEN regexp_replace(%(folded)s, '^(le|la|les|l) (?=.)', '')"
            ' ELSE %(folded)s END COLLATE "C" %(way)s %(nulls)s, %(written)s COLLATE "C" %(way)s',
            place=self._get_place_sql(alias, query),
            folded=folded,
            written=written,
            way=direction,
            nulls=nulls,
        )
