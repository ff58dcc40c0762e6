"""Copies rows of a database within it, by one INSERT … SELECT a table: what a copy names is the copy
of what the first one names.

Nothing of Odoo runs: stored figures are copied from the row, as its dates are, further
back. A copy that an index or an exclusion refuses is left out, and what names it. Numbers of a copy
are `APART` further, so that a copy is found without being looked for.
"""

from large_families import ENDINGS, FAMILIES, PARTLY, SURNAMES, TEXTS

APART = 1_000_000
DAYS = ("date", "timestamp without time zone")
LETTERS = ("character varying", "text")
FAMILY_OF = {table: one for one in FAMILIES for table in one.tables + one.wide}


class Copier:
    """:param env: that of `odoo shell`"""

    def __init__(self, env):
        self.cr = env.cr
        self.models = {
            model._table: name
            for name, model in env.items()
            if model._auto and model._table in FAMILY_OF
        }
        self.done = []
        for table, query in PARTLY.items():
            self.cr.execute(f"CREATE TEMP TABLE first_{table} (id) AS {query}")

    def copy_all(self):
        """:return: {table: rows that were added}"""
        added, exclusions = {}, self._get_deferrable_exclusions()
        self._make_exclusions(exclusions, deferrable=False)
        for one in FAMILIES:
            for table in one.tables + one.wide:
                added[table] = self._copy(table, one)
                self.done.append(table)
                self.cr.execute(f"ANALYZE {table}")
            for table in one.tables + one.wide:
                self._fill_later(table, one)
        self._make_exclusions(exclusions, deferrable=True)
        self._move_sequences()
        return added

    def _get_deferrable_exclusions(self):
        """(table, name, definition) of exclusions that ON CONFLICT does not take as they are."""
        self.cr.execute(
            """
            SELECT conrelid::regclass::text, conname, pg_get_constraintdef(oid)
              FROM pg_constraint WHERE contype = 'x' AND condeferrable
            """
        )
        return [row for row in self.cr.fetchall() if row[0] in FAMILY_OF]

    def _make_exclusions(self, exclusions, deferrable):
        for table, name, definition in exclusions:
            held = definition if deferrable else definition.removesuffix(" DEFERRABLE")
            self.cr.execute(f"ALTER TABLE {table} DROP CONSTRAINT {name}")
            self.cr.execute(f"ALTER TABLE {table} ADD CONSTRAINT {name} {held}")

    # columns

    def _get_columns(self, table):
        """{column: type} of a table, without its number."""
        self.cr.execute(
            """
            SELECT column_name, data_type FROM information_schema.columns
             WHERE table_name = %s AND table_schema = current_schema AND column_name <> 'id'
            """,
            [table],
        )
        return dict(self.cr.fetchall())

    def _get_targets(self, table):
        """{column: table that it names}"""
        self.cr.execute(
            """
            SELECT a.attname, c.confrelid::regclass::text FROM pg_constraint c
              JOIN pg_attribute a ON a.attrelid = c.conrelid AND a.attnum = c.conkey[1]
             WHERE c.contype = 'f' AND c.conrelid = %s::regclass
            """,
            [table],
        )
        return dict(self.cr.fetchall())

    def _get_unique(self, table):
        """Columns with a unique index of their own."""
        self.cr.execute(
            """
            SELECT a.attname FROM pg_index i
              JOIN pg_attribute a ON a.attrelid = i.indrelid AND a.attnum = i.indkey[0]
             WHERE i.indisunique AND i.indnkeyatts = 1 AND i.indrelid = %s::regclass
            """,
            [table],
        )
        return {name for (name,) in self.cr.fetchall()}

    # values

    def _find_copy(self, one, target):
        """SQL of the number of the copy that copy c.n names in another table; None: the first."""
        family = FAMILY_OF[target]
        if family is one:
            return "c.n" if target in one.wide or one.width == 1 else _of_time(one)
        if target not in self.done:
            return None
        if family.width > 1 and (family.times > 1 or target not in family.wide):
            return None
        within = f"mod(c.n, {one.width})" if one.width > 1 else "c.n"
        return f"mod({within}, {family.total})"

    def _shift(self, one, target, column):
        """SQL of the number that a copy names."""
        number = self._find_copy(one, target)
        if number is None:
            return f"t.{column}"
        moved = f"t.{column} + {number} * {APART}"
        if target in PARTLY:
            known = f"t.{column} IN (SELECT id FROM first_{target})"
            moved = f"CASE WHEN {known} THEN {moved} ELSE t.{column} END"
        return moved

    def _shift_any(self, one, kind):
        """SQL of `res_id`, the number of a record of whatever model."""
        cases = [
            f"WHEN '{name}' THEN {self._shift(one, table, 'res_id')}"
            for table, name in self.models.items()
        ]
        return f"CASE t.{kind} {' '.join(cases)} ELSE t.res_id END"

    def _write(self, table, one, name, kind, target, unique):
        """SQL of what a copy has in a column."""
        if f"{table}.{name}" in TEXTS:
            return TEXTS[f"{table}.{name}"]
        if target in FAMILY_OF:
            return self._shift(one, target, name)
        if kind in DAYS and one.step():
            return f"t.{name} - {_time(one)} * {one.step()} * interval '1 day'"
        if kind in LETTERS and (name in unique or "token" in name):
            return f"t.{name} || '-' || c.n"
        return f"t.{name}"

    # copies

    def _prepare(self, table, one, targets):
        """{column: SQL of what a copy has there}"""
        columns = self._get_columns(table)
        unique = self._get_unique(table)
        values = {
            name: self._write(table, one, name, kind, targets.get(name), unique)
            for name, kind in columns.items()
        }
        values |= {name: "NULL" for name in self._find_later(table, one, targets)}
        kind = "model" if "model" in columns else "res_model"
        if "res_id" in columns and kind in columns:
            values["res_id"] = self._shift_any(one, kind)
        if self._has_number(table):
            values["id"] = f"t.id + c.n * {APART}"
        return values

    def _copy(self, table, one):
        targets = self._get_targets(table)
        values = self._prepare(table, one, targets)
        there = [
            f"(t.{name} IS NULL OR EXISTS (SELECT FROM {target} p WHERE p.id = {values[name]}))"
            for name, target in targets.items()
            if target in self.done and values[name] != f"t.{name}"
        ]
        names = ", ".join(f'"{name}"' for name in values)
        only = f"t.id IN (SELECT id FROM first_{table})" if table in PARTLY else "true"
        self.cr.execute(
            f"""
            INSERT INTO {table} ({names})
            SELECT {", ".join(values.values())}
              FROM (SELECT * FROM {table} o WHERE {self._is_first(table, targets)}) t
              CROSS JOIN generate_series(1, %(last)s) c(n)
             WHERE mod(c.n, %(each)s) = 0 AND {only} AND {" AND ".join(there) or "true"}
                ON CONFLICT DO NOTHING
            """,
            {
                "last": one.total - 1,
                "each": 1 if table in one.wide else one.width,
                "endings": ENDINGS,
                "surnames": SURNAMES,
            },
        )
        return self.cr.rowcount

    def _has_number(self, table):
        self.cr.execute(
            "SELECT FROM information_schema.columns WHERE table_name = %s AND column_name = 'id'",
            [table],
        )
        return bool(self.cr.rowcount)

    def _is_first(self, table, targets):
        """SQL condition of the rows that existed before any copy."""
        own = [name for name, target in targets.items() if target in FAMILY_OF]
        return " AND ".join(
            f"o.{name} < {APART}" for name in (["id"] if self._has_number(table) else own)
        )

    def _find_later(self, table, one, targets):
        """Columns that name a row of the family which is not copied yet."""
        return [
            name
            for name, target in targets.items()
            if FAMILY_OF.get(target) is one and target not in [*self.done, table]
        ]

    def _fill_later(self, table, one):
        targets = self._get_targets(table)
        order = one.tables + one.wide
        for name, target in targets.items():
            if FAMILY_OF.get(target) is not one or order.index(target) <= order.index(table):
                continue
            number = self._find_copy(one, target).replace("c.n", f"(n.id / {APART})")
            self.cr.execute(
                f"""
                UPDATE {table} n SET {name} = p.id
                  FROM {table} t, {target} p
                 WHERE n.id > {APART} AND t.id = mod(n.id, {APART})
                   AND p.id = t.{name} + {number} * {APART}
                """
            )

    def _move_sequences(self):
        for table in FAMILY_OF:
            if self._has_number(table):
                self.cr.execute(
                    f"""
                    SELECT setval(pg_get_serial_sequence('{table}', 'id'),
                                  (SELECT max(id) FROM {table}))
                    """
                )


def _time(one):
    """SQL of the time of copy c.n: 0 for the latest."""
    return f"(c.n / {one.width})"


def _of_time(one):
    """SQL of the first copy of the same time."""
    return f"(c.n / {one.width} * {one.width})"
