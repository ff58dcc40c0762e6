"""What we put into PostgreSQL: others search as without us, and nothing stays when we go."""

from odoo.modules import db
from odoo.tests import TransactionCase, tagged
from odoo.tools import SQL

from odoo.addons.commune_relations import hooks
from odoo.addons.commune_relations.models.core import pg_schema


@tagged("post_install", "-at_install")
class TestPgSchema(TransactionCase):
    """Everything happens in the transaction of the test: PostgreSQL takes it back."""

    def setUp(self):
        super().setUp()
        kept = {
            name: self.env.registry.__dict__[name]
            for name in ("has_unaccent", "unaccent", "unaccent_python")
        }
        self.addCleanup(lambda: self.env.registry.__dict__.update(kept))

    def _query(self, query, *values):
        self.env.cr.execute(query, values)
        return self.env.cr.fetchall()

    def _get_schemas(self):
        return dict(
            self._query("SELECT extname, extnamespace::regnamespace::text FROM pg_extension")
        )

    def _go_back(self, order=("btree_gist", "unaccent")):
        """The database as 19.0.1.18.0 left it, or an administrator before it."""
        self.env.cr.execute(
            "DROP EXTENSION btree_gist, unaccent CASCADE; DROP SCHEMA commune_relations CASCADE"
        )
        for name in order:
            self.env.cr.execute(f"CREATE EXTENSION {name}")
        self.env.cr.execute(
            "CREATE FUNCTION public.commune_fold(text) RETURNS text LANGUAGE sql IMMUTABLE"
            " AS $$ SELECT lower(public.unaccent($1)) $$"
        )
        self.env.cr.execute(
            "CREATE TEXT SEARCH CONFIGURATION public.commune_fr (COPY = pg_catalog.french)"
        )
        self.env.cr.execute(
            "ALTER TEXT SEARCH CONFIGURATION public.commune_fr"
            " ALTER MAPPING FOR hword, hword_part, word WITH public.unaccent, french_stem"
        )
        self.env["ir.config_parameter"].set_param(pg_schema.MADE, False)

    def _get_managed_fields(self):
        """Functions and configurations of the addon, in any schema."""
        return self._query(
            "SELECT pronamespace::regnamespace::text || '.' || proname FROM pg_proc"
            " WHERE proname IN ('commune_fold', 'fold')"
            " UNION ALL SELECT cfgnamespace::regnamespace::text || '.' || cfgname"
            " FROM pg_ts_config WHERE cfgname = 'commune_fr'"
            " OR cfgnamespace::regnamespace::text = 'commune_relations' ORDER BY 1"
        )

    def test_odoo_finds_no_unaccent_and_keeps_its_indexes(self):
        """The plan of a third-party search is that of a stock `ilike`: its index serves."""
        self.assertFalse(db.has_unaccent(self.env.cr))
        self.assertFalse(self.env.registry.has_unaccent)
        self.assertTrue(db.has_trigram(self.env.cr))
        query = self.env["mail.blacklist"]._search([("email", "ilike", "metz")]).select()
        self.env.cr.execute("SET LOCAL enable_seqscan = off")
        [plan] = [
            " ".join(line for (line,) in self._query(f"EXPLAIN {code}", *values))
            for code, values in [(query.code, query.params)]
        ]
        self.assertIn("mail_blacklist__email_index", plan)
        self.assertNotIn("unaccent", plan)

    def test_words_are_compared_without_accents(self):
        self._check_words()

    def _check_words(self):
        [[folded]] = self._query("SELECT commune_relations.fold('Éœuvre ŒDÈME de Thionville')")
        self.assertEqual(folded, "eoeuvre oedeme de thionville")
        [[found]] = self._query(
            "SELECT to_tsvector('commune_relations.french', 'Chéneaux bouchés')::text"
        )
        self.assertEqual(found, "'bouch':2 'cheneau':1")

    def test_a_database_in_use_is_put_right(self):
        self._go_back()
        registry = self.env.registry
        registry.has_unaccent = db.has_unaccent(self.env.cr)  # as when the server started
        self.assertTrue(registry.has_unaccent)
        registry.unaccent = lambda text: SQL("unaccent(%s)", text)
        pg_schema.move_in(self.env)
        pg_schema.create_configuration(self.env.cr)
        self.assertFalse(db.has_unaccent(self.env.cr))
        self.assertEqual(self._get_schemas()["unaccent"], "commune_relations")
        self.assertEqual(
            self._get_managed_fields(), [("commune_relations.fold",), ("commune_relations.french",)]
        )
        self._check_words()
        # The registry that is loaded calls nothing that has moved.
        self.env["res.partner"].search([("name", "ilike", "Metz")])

    def test_after_a_restore_no_extension_is_taken_away(self):
        """A dump makes extensions before tables: an administrator's may look like the addon's."""
        self._go_back()
        known = pg_schema._get_extensions(self.env.cr)
        self.assertTrue(pg_schema._is_our_unaccent(self.env.cr, known))
        for number, name in enumerate(("btree_gist", "unaccent"), 1):
            known[name]["oid"] = number
        self.assertFalse(pg_schema._is_our_unaccent(self.env.cr, known))
        self.assertFalse(pg_schema._is_younger(self.env.cr, known, "btree_gist"))

    def test_what_an_administrator_had_before_stays(self):
        self._go_back(order=("unaccent", "btree_gist"))
        pg_schema.move_in(self.env)
        pg_schema.create_configuration(self.env.cr)
        self.assertEqual(self._get_schemas()["unaccent"], "public")
        self._check_words()
        pg_schema.take_away(self.env)
        self.assertEqual(self._get_schemas().get("unaccent"), "public")

    def test_what_others_have_built_upon_stays(self):
        self._go_back()
        self.env.cr.execute(
            "CREATE INDEX ON ir_module_module USING gin (name public.gin_trgm_ops);"
            "CREATE TEXT SEARCH CONFIGURATION public.of_third_parties (COPY = pg_catalog.simple);"
            "ALTER TEXT SEARCH CONFIGURATION public.of_third_parties"
            " ALTER MAPPING FOR word WITH public.unaccent, simple"
        )
        with self.assertLogs(pg_schema.__name__, "WARNING") as logs:
            pg_schema.move_in(self.env)
        self.assertIn("ALTER EXTENSION unaccent SET SCHEMA commune_relations", logs.output[0])
        self.assertEqual(self._get_schemas()["unaccent"], "public")

    def test_nothing_of_the_addon_stays(self):
        before = self._get_schemas()
        self.assertEqual(before["unaccent"], "commune_relations")
        if before["btree_gist"] == "public":  # as an update leaves it
            self.env["ir.config_parameter"].set_param(pg_schema.MADE, "btree_gist")
        self.env.cr.execute(
            "SELECT format('ALTER TABLE %I DROP CONSTRAINT %I', c.relname, x.conname)"
            " FROM pg_constraint x JOIN pg_class c ON c.oid = x.conrelid WHERE x.contype = 'x'"
        )
        for (command,) in self.env.cr.fetchall():
            self.env.cr.execute(command)
        pg_schema.take_away(self.env)
        self.assertEqual(self._get_managed_fields(), [])
        self.assertFalse(
            self._query("SELECT FROM pg_namespace WHERE nspname = 'commune_relations'")
        )
        left = {
            name: schema
            for name, schema in before.items()
            if name not in ("btree_gist", "unaccent")
        }
        self.assertEqual(self._get_schemas(), left)

    def test_the_extension_of_trigrams_goes_when_we_had_brought_it(self):
        self.env["ir.config_parameter"].set_param(pg_schema.MADE, "pg_trgm")
        pg_schema.take_away(self.env)
        self.assertNotIn("pg_trgm", self._get_schemas())


@tagged("post_install", "-at_install")
class TestColumnsBeforeInstall(TransactionCase):
    """Tables of others may be large: installing writes none of their rows."""

    def _get_filled_at_install(self, table):
        """Stored fields that Odoo fills in each row when it adds their column."""
        [model] = [m for m in self.env.registry.values() if m._table == table and not m._abstract]
        return {
            name
            for name, field in model._fields.items()
            if field._modules[:1] == ("commune_relations",)
            and field.store
            and field.column_type
            and (field.compute or field.default)
        }

    def test_each_field_that_odoo_would_fill_has_its_column_before(self):
        for table, columns in hooks.COLUMNS.items():
            with self.subTest(table=table):
                self.assertEqual(self._get_filled_at_install(table), set(columns))

    def test_a_contact_that_was_there_is_not_written(self):
        self.env.cr.execute(
            "SELECT min(create_date) FROM ir_model_data WHERE module = 'commune_relations'"
        )
        [installed] = self.env.cr.fetchone()
        contact = self.env.ref("base.public_partner")
        self.assertLess(contact.create_date, installed)
        self.assertLess(contact.write_date, installed)
