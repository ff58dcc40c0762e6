"""Expressions of users follow the names of 19.0.2.0.0; names that other models use stay."""

from runpy import run_path

from odoo.tests import TransactionCase, tagged
from odoo.tools import file_path

FOLDER = "commune_relations/migrations/19.0.2.0.0"


@tagged("post_install", "-at_install")
class TestRenameMigration(TransactionCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        read = run_path(file_path(f"{FOLDER}/pre-1-rename.py"))["Renames"]
        cls.renames = read(file_path(f"{FOLDER}/renames.csv"))
        cls.script = run_path(file_path(f"{FOLDER}/pre-2-expressions.py"))
        cls.expressions = cls.script["Expressions"](cls.env.cr, cls.renames)
        # The names of before are written in the table alone.
        cls.model = {new: old for old, new in cls.renames.models.items()}
        cls.field = {(m, new): old for (m, old), new in cls.renames.fields.items()}
        cls.xmlid = {new: old for old, new in cls.renames.xmlids.items()}

    def test_every_name_of_today_exists(self):
        for model in self.renames.models.values():
            self.assertIn(model, self.env)
        for (model, old), new in self.renames.fields.items():
            self.assertIn(new, self.env[model]._fields)
            self.assertNotIn(old, self.env[model]._fields)
        data = self.env["ir.model.data"].search([("module", "=", "commune_relations")])
        self.assertFalse(set(self.renames.xmlids) & set(data.mapped("name")))

    def test_a_second_run_has_nothing_to_rename(self):
        for name in self.env:
            self.assertEqual(self.renames.rename_model(name), name)
            self.assertEqual(
                self.renames.rename_table(self.env[name]._table), self.env[name]._table
            )
        data = self.env["ir.model.data"].search([("module", "=", "commune_relations")])
        names = [name for name in data.mapped("name") if self.renames.rename_xmlid(name) != name]
        self.assertEqual(names, [])

    def test_a_filter_on_our_model_follows_and_that_of_another_stays(self):
        old = self.field["commune.guide.view", "guide_id"]
        domain = f"[('{old}.state', '=', 'published')]"
        rename = self.expressions.rename
        self.assertEqual(
            rename(domain, "commune.guide.view"), "[('guide_id.state', '=', 'published')]"
        )
        for model in ("hr.employee", "resource.calendar.leaves", None):
            self.assertEqual(rename(domain, model), domain)

    def test_a_sentence_keeps_its_words(self):
        old = self.field["commune.survey.action", "feedback_summary"]
        text = f'<p>What was {old}: <t t-out="object.{old}"/></p>'
        self.assertEqual(
            self.expressions.rename(text, "commune.survey.action"),
            f'<p>What was {old}: <t t-out="object.feedback_summary"/></p>',
        )

    def test_code_names_models_and_external_ids(self):
        model, xmlid = self.model["commune.election"], self.xmlid["election_senators_2026"]
        code = f"env['{model}'].browse(env.ref('commune_relations.{xmlid}').id)"
        self.assertEqual(
            self.expressions.rename(code, "res.partner"),
            "env['commune.election'].browse("
            "env.ref('commune_relations.election_senators_2026').id)",
        )

    def test_what_a_user_changed_is_renamed_where_it_is_kept(self):
        old = self.field["res.partner", "is_tracked"]
        template = self.env["mail.template"].create(
            {
                "name": "Essai",
                "model_id": self.env["ir.model"]._get_id("res.partner"),
                "body_html": '<p>“Bonjour” <t t-out="object.name"/></p>',
            }
        )
        self.env.flush_all()
        self.env.cr.execute(
            "UPDATE mail_template SET body_html ="
            " replace(body_html::text, 'object.name', %s)::jsonb WHERE id = %s",
            [f"object.{old}", template.id],
        )
        model = self.script["EXPRESSIONS"]["mail_template"][1]
        self.script["rename_column"](
            self.env.cr, self.expressions, "mail_template", "body_html", model
        )
        self.env.invalidate_all()
        self.assertIn('t-out="object.is_tracked"', template.body_html)
        self.assertIn("“Bonjour”", template.body_html)
