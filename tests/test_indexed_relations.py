"""Deleting or merging a person, a mandate, a file or a request reads no table from end to end."""

from odoo.tests import TransactionCase, tagged

# What is deleted, merged or anonymised one by one, in a database where the rest goes by thousands.
GROWING = {
    "agreement",
    "commune.attendance",
    "commune.letter.delivery",
    "commune.mandate",
    "commune.replacement.mission",
    "commune.replacement.proposal",
    "commune.replacement.request",
    "commune.replacement.slot",
    "commune.replacement.timesheet",
    "commune.replacement.timesheet.line",
    "commune.session.item",
    "commune.survey.target",
    "event.registration",
    "helpdesk.ticket",
    "ir.attachment",
    "mail.mail",
    "mail.message",
    "res.partner",
    "survey.user_input",
}


@tagged("post_install", "-at_install")
class TestIndexedRelations(TransactionCase):
    def test_each_of_our_links_to_them_is_found_by_an_index(self):
        """On a deletion PostgreSQL looks for the referencing rows: its own catalogue is read, as
        `index` on the field is no proof."""
        columns = {
            (model._table, field.name)
            for model in self.env.registry.values()
            if model._auto and not model._abstract and not model._transient
            for field in model._fields.values()
            if field.type == "many2one"
            and field.store
            and field.column_type
            and field._module == "commune_relations"
            and field.comodel_name in GROWING
        }
        self.env.cr.execute(
            """
            SELECT t.relname, a.attname
              FROM pg_index i
              JOIN pg_class t ON t.oid = i.indrelid
              JOIN pg_attribute a ON a.attrelid = t.oid AND a.attnum = i.indkey[0]
            """
        )
        self.assertGreater(len(columns), 100)
        self.assertEqual(sorted(columns - set(self.env.cr.fetchall())), [])
