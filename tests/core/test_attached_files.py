"""Files of a record: read without files of other records, with unchanged rights."""

from odoo.exceptions import AccessError
from odoo.tests import tagged

from ..committees.committee_case import CommitteeCase


@tagged("post_install", "-at_install")
class TestAttachedFiles(CommitteeCase):
    def _attach(self, record, name="ordre.pdf", **values):
        return self.env["ir.attachment"].create(
            {"name": name, "raw": b"x", "res_model": record._name, "res_id": record.id, **values}
        )

    def _fields(self):
        """Our Many2many to files, of every model."""
        return [
            field
            for model in self.env.registry.values()
            if not model._abstract
            for field in model._fields.values()
            if field.type == "many2many"
            and field.comodel_name == "ir.attachment"
            and field._module == "commune_relations"
            and field.store
        ]

    def test_a_form_does_not_look_at_the_files_of_the_database(self):
        session = self._session()
        session.document_ids = self._attach(session)
        user = session.with_user(self.officer)
        seen = []
        for _turn in range(3):
            self.env.invalidate_all()
            before = self.env.cr.sql_log_count
            self.assertEqual(user.document_ids.mapped("name"), ["ordre.pdf"])
            loaded = self.env["ir.attachment"].sudo()._fields["res_model"]
            cached = loaded._get_cache(user.env(su=True))
            seen.append((len(cached), self.env.cr.sql_log_count - before))
            self._attach(self.commune_a, "autre.pdf").copy()
            self.env["ir.attachment"].create(
                [{"name": f"{n}", "res_model": "res.partner", "res_id": 1} for n in range(50)]
            )
        # The first one also reads what the session holds for good.
        self.assertEqual(seen[1], seen[2])
        self.assertEqual(seen[2][0], 1)

    def test_each_of_our_fields_is_read_so(self):
        found = self._fields()
        self.assertGreaterEqual(len(found), 11)
        for field in found:
            self.assertTrue(field.bypass_search_access, field)

    def test_a_file_of_another_record_is_not_read_through_a_managed_one(self):
        session = self._session()
        secret = self._attach(self.env["ir.cron"].search([], limit=1), "secret.pdf")
        own = self._attach(session)
        session.document_ids = own | secret
        self.env.invalidate_all()
        self.assertEqual(session.with_user(self.officer).document_ids, own)
        with self.assertRaises(AccessError):
            secret.with_user(self.officer).read(["raw"])

    def test_no_search_through_a_file_finds_its_secret_or_its_text(self):
        """What a person of a commune may not read in a file is not guessed by a search."""
        session = self._session(state="draft")
        session.document_ids = self._attach(session)
        session.document_ids.sudo().access_token = "jeton"
        for user in (self.portal_a, self.portal_b):
            for name, value in (("access_token", "j%"), ("name", "ordre%"), ("index_content", "%")):
                domain = [(f"document_ids.{name}", "=like", value)]
                try:
                    found = self.env["commune.session"].with_user(user).search(domain)
                except AccessError:
                    continue
                self.assertFalse(found, name)
