"""The day page: what waits for the current user, late, today, this week, and from others."""

from collections import Counter

from odoo import api, fields, models
from odoo.exceptions import AccessError
from odoo.fields import Domain
from odoo.tools import SQL

from ..activity import PREFIX
from ..mail_delivery.delivery import LOST, WAITING
from ..pillar import get_pillar
from .source import COORDINATOR, ME, OFFICER, REFERENT, SECTIONS, STAFF, Source, WaitingRecord

# Lines of a section on the page; all are counted, and a list opens them.
MOST = 7
HANDED_OVER = "handed_over"


def _get_type(env, name):
    """Activity type, by its full XML id or the end of an id of the addon; False if unknown."""
    name = name if "." in name else PREFIX + name
    return env["ir.model.data"]._xmlid_to_res_id(name)


class CommuneMyDay(models.AbstractModel):
    """Lines of the day page.

    One query finds and counts the lines of all sources, with the rights of the user; one more per
    non-empty source reads their content.
    """

    _name = "commune.my.day"
    _description = "What must I do today?"

    # where the lines come from

    @api.model
    def _get_day_sources(self):
        """A list of `Source`; each pillar adds its own, for the current user."""
        return [self._get_letter_source()]

    @api.model
    def _get_letter_source(self):
        return Source(
            "letter",
            self.env._("Letters that did not leave"),
            "commune.letter.delivery",
            Domain("state", "in", (WAITING, LOST)),
            day="failed_at",
            groups=(OFFICER, COORDINATOR),
            title=("subject",),
            person="partner_id",
            action="action_try_again",
            button=self.env._("Try again"),
            activity_types=("letters_unsent",),
            target=("document_model", "document_id"),
            screen="commune_letter_delivery_action",
            most=3,
        )

    @api.model
    def _get_sources(self):
        """{code: Source} of the sources that the user sees.

        A record is shown once: activities show only what no other source shows.
        """
        user, company = self.env.user, self.env.company
        shown = {
            source.code: source
            for source in self._get_day_sources()
            if any(map(user.has_group, source.groups))
            and (not source.pillar or company._uses(source.pillar))
            and (source.is_own or self.env[source.model].has_access("read"))
        }
        own = self._get_activity_source(shown.values())
        return shown | {own.code: own}

    @api.model
    def _get_activity_source(self, sources):
        """Activities of the user on records of the addon that none of these sources shows."""
        return Source(
            "activity",
            self.env._("Other things to do"),
            "mail.activity",
            self._get_activity_domain(sources),
            day="date_deadline",
            groups=STAFF,
            title=("display_name", "res_name"),
            action="action_done",
            button=self.env._("Done"),
            confirm=self.env._("Is it done? It leaves your list."),
            hand_over="user_id",
            target=("res_model", "res_id"),
            kind="activity_type_id",
            is_own=True,
        )

    @api.model
    def _get_activity_domain(self, sources):
        domain = Domain("user_id", "=", self.env.uid)
        domain &= Domain("res_model", "in", self._get_asking_models())
        for source in sources:
            has_own = "activity_ids" in self.env[source.model]._fields
            names = source.activity_types + (
                (HANDED_OVER,) if has_own and source.waits == ME else ()
            )
            kinds = list(filter(None, (_get_type(self.env, name) for name in names)))
            counted = Domain("activity_type_id", "in", kinds)
            if has_own and kinds:
                query = self._get_model(source)._search(self._get_domain(source))
                counted &= Domain("res_model", "=", source.model) & Domain("res_id", "in", query)
            domain &= ~counted
        return domain

    @api.model
    def _get_asking_models(self):
        """Models of the pillars in use."""
        own = {name for name in self.env.registry if name.startswith("commune.")}
        pillars = {name: get_pillar(self.env, name) for name in own} | self._get_day_models()
        off = self.env.company._get_unused()
        return sorted(name for name, pillar in pillars.items() if pillar not in off)

    @api.model
    def _get_day_models(self):
        """{model of another addon whose activities are shown: pillar}; each pillar adds its own."""
        return {"res.partner": ""}

    @api.model
    def _check_staff(self):
        if not any(map(self.env.user.has_group, STAFF)):
            raise AccessError(self.env._("This page is for the staff of the organisation."))

    @api.model
    def _is_reader_only(self):
        """Whether the user is a reader, such as the Vice-President: late and coming items, no
        to-do."""
        return not any(map(self.env.user.has_group, (REFERENT, COORDINATOR)))

    # days

    @api.model
    def _get_zone(self):
        return self.env.company._get_zone()

    @api.model
    def _get_today(self):
        return self.env.company._get_today()

    @api.model
    def _get_model(self, source):
        return self.env[source.model].sudo(source.is_own or self.env.su)

    @api.model
    def _get_bounds(self, source):
        is_day = self.env[source.model]._fields[source.day].type == "date"
        return source.get_bounds(self._get_today(), self._get_zone(), is_day)

    @api.model
    def _get_domain(self, source, section="", off=()):
        """The records of a source in a section: the counted ones, or the ones of its list.

        :param off: ids put off by the person
        """
        domain = source.domain & source.get_window(section, self._get_bounds(source))
        return domain & Domain("id", "not in", off) if off else domain

    # reading

    @api.model
    def get_day(self):
        """What the page shows.

        :return: dict: `date` in words, `sections` (see `_get_section`), `off`, the number of lines
            put off
        """
        self._check_staff()
        sources = self._get_sources()
        off = self.env["commune.my.day.snooze"]._get_of_user()
        rows = self._find_lines(sources, off)
        lines = self._read_lines(sources, rows)
        today = self.env["commune.letter"]._format_date(self._get_today())
        return {
            "date": today[:1].upper() + today[1:],
            "sections": [self._get_section(one, sources, rows, lines) for one in SECTIONS],
            "off": sum(map(len, off.values())),
        }

    @api.model
    def _find_lines(self, sources, off):
        """A list of `WaitingRecord`, in one query."""
        self.env.flush_all()
        queries = [self._get_query(one, off.get(one.code, ())) for one in sources.values()]
        if not queries:
            return []
        return [
            WaitingRecord(*row) for row in self.env.execute_query(SQL(" UNION ALL ").join(queries))
        ]

    @api.model
    def _get_query(self, source, off):
        model = self._get_model(source)
        query = model._search(self._get_domain(source, off=off), order="id")
        query.order = None
        column = model._field_to_sql(query.table, source.day, query)
        section = source.get_section(column, self._get_bounds(source))
        number, kind = SQL.identifier(query.table, "id"), SQL("0")
        if source.kind:
            kind = SQL("COALESCE(%s, 0)", model._field_to_sql(query.table, source.kind, query))
        found = query.select(
            number,
            section,
            SQL("COUNT(*) OVER (PARTITION BY %s)", section),
            SQL("COUNT(*) OVER (PARTITION BY %s, %s)", section, kind),
            kind,
            SQL(
                "ROW_NUMBER() OVER (PARTITION BY %s, %s ORDER BY %s, %s)",
                *(section, kind, column, number),
            ),
        )
        return SQL(
            """SELECT %(code)s::text, id, section, total, together, kind
                 FROM (%(found)s) AS found(id, section, total, together, kind, place)
                WHERE place <= CASE WHEN together > %(most)s THEN 1 ELSE %(most)s END""",
            code=source.code,
            found=found,
            most=source.most,
        )

    @api.model
    def _read_lines(self, sources, rows):
        """{(code, id): line}; one read for each source that has lines, then one for each kind of
        thing that they name."""
        lines = {}
        for source in sources.values():
            ids = [row.id for row in rows if row.code == source.code]
            records = self._get_model(source).browse(ids)
            if not ids:
                continue
            records.fetch(source.get_fields())
            communes = self._get_communes(source, records)
            for record in records:
                line = self._get_line(source, record)
                lines[source.code, record.id] = {**line, "commune": communes.get(record.id, "")}
        return lines

    @api.model
    def _get_communes(self, source, records):
        """{id: names of communes}: of the record, or of what it is about."""
        if source.commune:
            return {one.id: ", ".join(one[source.commune].mapped("name")) for one in records.sudo()}
        found = {}
        for model, some in records.grouped(source.target[0]).items() if source.target else ():
            numbers = {one.id: one[source.target[1]] for one in some}
            things = self.env[model].sudo().browse(set(numbers.values())).exists()
            if "commune_id" in things._fields:
                names = {thing.id: thing.commune_id.name or "" for thing in things}
                found |= {one: names.get(number, "") for one, number in numbers.items()}
        return found

    @api.model
    def _get_section(self, section, sources, rows, lines):
        """dict: `code`, `count`, `lines`, the most urgent ones, and `sources`, what is counted."""
        found = [row for row in rows if row.section == section]
        counts = {row.code: row.total for row in found}
        order = {code: rank for rank, code in enumerate(sources)}
        waiting = sorted(
            (self._group_line(sources[row.code], row, lines[row.code, row.id]) for row in found),
            key=lambda line: (line["day"] or "9999", order[line["source"]], line["id"]),
        )
        return {
            "code": section,
            "count": sum(counts.values()),
            "lines": self._choose(waiting),
            "sources": [
                {"code": code, "label": sources[code].label, "count": counts[code]}
                for code in sorted(counts, key=order.get)
            ],
        }

    @api.model
    def _choose(self, waiting):
        """Lines to show, most urgent first: one of each source, then a second one of each, as long
        as there is room. Old lines never hide new ones."""
        seen = Counter()
        places = []
        for rank, line in enumerate(waiting):
            places.append((seen[line["source"]], rank))
            seen[line["source"]] += 1
        return [waiting[rank] for rank in sorted(rank for _place, rank in sorted(places)[:MOST])]

    # one line

    @api.model
    def _get_line(self, source, record):
        named = record.sudo()  # names of communes and persons, whatever else is hidden of them
        day = self._get_day(source, record)
        person = named[source.person] if source.person else self.env["res.users"]
        is_mine = person and person in (self.env.user, self.env.user.partner_id)
        return {
            "source": source.code,
            "label": source.label,
            "id": record.id,
            "title": source.get_title(record),
            "person": "" if is_mine else (person.name or ""),
            "day": day and fields.Date.to_string(day),
            "exact": day and self.env["commune.letter"]._format_date(day),
            "when": self._format_due_date(day) if day else "",
            "button": source.button,
            "does": bool(source.action),
            "gives": self._can_give(source),
            "confirm": source.confirm,
            "waits": source.waits,
            "kind": (source.kind and record[source.kind].display_name) or source.label,
            "together": 0,
        }

    @api.model
    def _group_line(self, source, row, line):
        """Line of a record, or one line for all records of its kind when they are many.

        The grouped line takes the earliest date, and opens the list.
        """
        if row.together <= source.most:
            return line
        many = {"name": line["kind"], "count": row.together}
        return {
            **line,
            **dict.fromkeys(("commune", "person", "confirm"), ""),
            **dict.fromkeys(("does", "gives"), False),
            "title": self.env._("%(name)s: %(count)s", **many),
            "button": self.env._("Open the list"),
            "together": row.together,
            "section": row.section,
            "kind": row.kind,
        }

    @api.model
    def _can_give(self, source):
        """Whether a colleague may be asked to take it."""
        can = source.hand_over or "activity_ids" in self.env[source.model]._fields
        return source.waits == ME and bool(can and source.button)

    @api.model
    def _get_day(self, source, record):
        """The deadline of a record, as a day of the organisation."""
        value = record[source.day]
        if not value:
            return False
        if record._fields[source.day].type == "datetime":
            value = self.env.company._get_organisation_date(value)
        value = fields.Date.add(value, days=source.delay)
        # What has no deadline of its own is carried over to the next day, and never late.
        carried = source.delay and source.waits == ME
        return max(value, self._get_today()) if carried else value

    @api.model
    def _format_due_date(self, day):
        """“in 3 days”."""
        days = (day - self._get_today()).days
        near = {
            0: self.env._("today"),
            1: self.env._("tomorrow"),
            -1: self.env._("yesterday"),
        }
        if days in near:
            return near[days]
        return self.env._("in %s days", days) if days > 0 else self.env._("%s days ago", -days)
