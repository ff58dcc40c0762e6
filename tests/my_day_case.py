"""Records put in SQL in the states that the day page lists: it depends on nothing else."""

from datetime import UTC, datetime, time

from odoo.tools import SQL

from .test_access_matrix import AccessRecords


class DaySourceCase(AccessRecords):
    def _get_record(self, model):
        records = [one for one in self.records.values() if one._name == model]
        self.assertTrue(records, model)
        return records[0].sudo()[:1]

    def _write(self, record, user, values):
        known = {"me": user.id, "my": user.partner_id.id}
        sets = SQL(", ").join(
            SQL("%s = %s", SQL.identifier(name), known.get(value, value))
            for name, value in values.items()
        )
        self.env.flush_all()
        self.env.cr.execute(
            SQL("UPDATE %s SET %s WHERE id = %s", SQL.identifier(record._table), sets, record.id)
        )
        self.env.invalidate_all()

    def _put_on(self, record, user, name, day):
        if record._fields[name].type == "datetime":
            zone = self.env.company._get_zone()
            day = datetime.combine(day, time(23, 30), zone).astimezone(UTC).replace(tzinfo=None)
        # A statement is that of a part of a year: a day of it is enough.
        first = {"date_start": day} if record._name.endswith(".statement") else {}
        if name == "date_start" and (end := record._fields.get("date_end")) and end.store:
            first["date_end"] = max(record.date_end or day, day)
        self._write(record, user, {name: day, **first})

    def _find(self, user, source, record):
        """The section where the user reads this record, by this source."""
        day = self.env["commune.my.day"].with_user(user)
        sources = day._get_sources()
        found = day._find_lines({source: sources[source]}, {}) if source in sources else []
        return [row.section for row in found if row.id == record.id]

    def _schedule(self, user, source):
        """{record id: its line} of all that the user reads by this source, and the section."""
        day = self.env["commune.my.day"].with_user(user)
        sources = day._get_sources()
        if source not in sources:
            return {}
        found = day._find_lines({source: sources[source]}, {})
        lines = day._read_lines(sources, found)
        return {row.id: {**lines[row.code, row.id], "section": row.section} for row in found}
