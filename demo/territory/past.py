"""Shared helpers of the demonstration's past twenty-four months.

Active and silent persons, and the dates that PostgreSQL sets by itself.
"""

from datetime import datetime, time, timedelta

from odoo.tools import SQL

MONTHS = 24
MONTH = 30  # days: the dates only have to go back in order
SILENT = 4  # communes that have given no sign for long
SILENT_FROM, SILENT_EVERY = 1, 5  # which ones of those that are free, by their size


class PastDemo:
    def _get_talking_communes(self, epci):
        """Communes of the intercommunality that give signs of life, the smallest first."""
        communes = epci._get_members().sorted(lambda place: (place.population, place.id))
        return communes - self._get_silent_communes(epci)

    def _get_silent_communes(self, epci):
        """Some small communes, without account nor request of replacement; none when the
        intercommunality is too small to spare them."""
        communes = epci._get_members().sorted(lambda place: (place.population, place.id))
        busy = self.env["res.users"].search([("share", "=", True)]).partner_id.held_mandate_ids
        codes = self._get_scenario_codes()
        free = (communes - busy.commune_id).filtered(lambda one: one.insee_code not in codes)
        return free[SILENT_FROM::SILENT_EVERY][:SILENT] if len(communes) > 20 else free[:0]

    def _set_created(self, moments, *columns):
        """Give records the moment when they came, and the same to other columns.

        :param moments: {record: moment} of one model
        """
        if not moments:
            return
        self.env.flush_all()
        records = next(iter(moments)).browse(one.id for one in moments)
        names = ("create_date", *columns)
        self.env.execute_query(
            SQL(
                "UPDATE %s SET %s FROM UNNEST(%s, %s::timestamp[]) AS come(number, moment)"
                " WHERE id = come.number RETURNING id",
                SQL.identifier(records._table),
                SQL(", ").join(SQL("%s = come.moment", SQL.identifier(one)) for one in names),
                records.ids,
                list(moments.values()),
            )
        )
        records.invalidate_recordset(names)

    def _get_moment(self, rng, days):
        """A working hour, so many days ago; a week-end becomes the Friday before."""
        day = self.env.company._get_today() - timedelta(days=days)
        day -= timedelta(days=max(0, day.weekday() - 4))
        return datetime.combine(day, time(rng.randint(7, 15), rng.randint(0, 59)))
