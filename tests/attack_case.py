"""A record of each kind about commune A, marked by words that nobody else may meet."""

from odoo.tools import SQL

from .test_access_matrix import AccessRecords

MODULE = "commune_relations"
# Shown to all communes on purpose, or by their name alone.
SHARED = {
    "res.partner",
    "commune.exchange",
    "commune.exchange.notice",
    "commune.committee",
    "commune.session",
    "commune.service",
    "commune.booklet",
    "event.event",
}
# A state, a key or an address is no text of a record.
FIRST_TEXTS = ("name", "description", "note", "comment", "reason", "subject", "question", "place")


class VersionCase:
    """What has changed of all that the addon keeps; `targets`: other models that count."""

    targets = ()

    @classmethod
    def _get_versions(cls):
        """{table: mark of the version of each line} of all that the addon keeps."""
        cls.env.flush_all()
        tables = {
            cls.env[name]._table
            for name in [
                *cls.targets,
                *(n for n in cls.env.registry if cls.env[n]._original_module == MODULE),
                "mail.message",
                "mail.mail",
                "mail.followers",
                "ir.attachment",
                "res.users",
            ]
            if cls.env[name]._auto and not cls.env[name]._abstract
        }
        mark = SQL("coalesce(sum(hashtext(id::text || ':' || xmin::text)::bigint), 0)")
        parts = [
            SQL("SELECT %s, %s FROM %s", table, mark, SQL.identifier(table))
            for table in sorted(tables)
        ]
        return dict(cls.env.execute_query(SQL(" UNION ALL ").join(parts)))

    def _get_changed(self, before):
        after = self._get_versions()
        return sorted(table for table in after if before[table] != after[table])


class AttackCase(VersionCase, AccessRecords):
    """`cls.targets`: {model: records, most of them about commune A}; `cls.canary`: what marks those
    that the mayor of B may not read."""

    canary = "Canari-discret"

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.targets = {}
        for record in cls.records.values():
            if record and record._name in cls.env and record._name not in ("res.users",):
                known = cls.targets.get(record._name, record.browse())
                cls.targets[record._name] = known | record.sudo()
        cls.env.flush_all()
        for name, ids in cls._get_hidden(cls.portal_b).items():
            if ids and name not in SHARED:
                cls._mark(cls.env[name].browse(ids))
        cls.env.invalidate_all()

    @classmethod
    def _mark(cls, records):
        """The mark, under all the guards that would rightly refuse it."""
        for name in FIRST_TEXTS:
            field = records._fields.get(name)
            if field and field.store and field.type in ("char", "text") and not field.translate:
                cls.env.cr.execute(
                    SQL(
                        "UPDATE %s SET %s = %s || id WHERE id IN %s",
                        SQL.identifier(records._table),
                        SQL.identifier(name),
                        cls.canary,
                        records._ids,
                    )
                )
                return

    @classmethod
    def _get_hidden(cls, user):
        """{model: ids} of the targets that this person may not read."""
        return {
            name: [r.id for r in records if not r.with_user(user).sudo(False).has_access("read")]
            for name, records in cls.targets.items()
        }
