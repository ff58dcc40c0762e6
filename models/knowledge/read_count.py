"""Which communes read a thing: counted once per person and day, and the person is forgotten the
day after."""

from odoo import api, fields, models
from odoo.tools import SQL, LazyTranslate

from ..core.retention import get_retention_limit

_lt = LazyTranslate(__name__)


class CommuneReading(models.AbstractModel):
    """A reading of what `_read_field` names. Each model adds that field, and the constraint that
    counts a person once a day."""

    _name = "commune.reading"
    _inherit = ["commune.append.only"]
    _description = "Reading by a commune"
    _order = "date desc, id desc"
    _kept_reason = _lt("A reading that was counted is never changed.")
    _read_field = None

    commune_id = fields.Many2one("res.partner", required=True, index=True, ondelete="cascade")
    partner_id = fields.Many2one(
        "res.partner",
        string="Person",
        index="btree_not_null",
        ondelete="set null",
        groups="base.group_system",
        help="Who read it today; empty from the next day on.",
    )
    date = fields.Date(required=True)

    @api.autovacuum
    def _gc_persons(self):
        """A count needs no name: it is kept for the day only, to count a person once."""
        if self._abstract:
            return
        self.env.execute_query(
            SQL(
                "UPDATE %s SET partner_id = NULL"
                " WHERE partner_id IS NOT NULL AND date < %s RETURNING id",
                SQL.identifier(self._table),
                get_retention_limit(self, "commune.reading"),
            )
        )
        self.invalidate_model(["partner_id"])

    @api.model
    def _count(self, thing, commune, person):
        """Count a reading; one query.

        :param thing: one record, which the person may read
        :param commune: the place for which they act
        :param person: res.partner
        """
        thing.ensure_one()
        name = SQL.identifier(self._read_field)
        self.env.execute_query(
            SQL(
                """INSERT INTO %(table)s (%(name)s, commune_id, partner_id, date)
                   VALUES (%(thing)s, %(commune)s, %(person)s, %(today)s)
                   ON CONFLICT (%(name)s, partner_id, date) DO NOTHING RETURNING id""",
                table=SQL.identifier(self._table),
                name=name,
                thing=thing.id,
                commune=commune.id,
                person=person.id,
                today=self.env.company._get_today(),
            )
        )
