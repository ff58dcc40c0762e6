"""No search leads further than what one could search directly."""

from odoo.exceptions import AccessError, UserError
from odoo.fields import Command
from odoo.tests import new_test_user, tagged

from ..common import CommuneCase

# Only those who manage accounts read it; every record has an author.
HIDDEN = "create_uid.partner_id.signup_type"


@tagged("post_install", "-at_install")
class TestSearchEntryPoints(CommuneCase):
    def test_followers_lead_no_employee_to_a_hidden_field(self):
        person = self.portal_a.partner_id
        person.sudo().signup_type = "reset"
        own = self.env["res.partner"].create({"name": "Fournisseur"}).with_user(self.employee)
        own.sudo().message_subscribe(person.ids)
        for path in ("signup_type", "user_ids.totp_secret", "create_uid.partner_id.signup_type"):
            with self.subTest(path=path), self.assertRaises(AccessError):
                own.search_count([(f"message_partner_ids.{path}", "=like", "r%")])
        self.assertEqual(own.search([("message_partner_ids", "in", person.ids)]), own)
        self.assertIn(own, own.search([("message_partner_ids", "ilike", "AUBRY")]))

    def test_members_of_a_group_lead_a_mayor_to_nobody_else(self):
        group = self.env["mail.group"].create(
            {
                "name": "Secrétaires",
                "access_mode": "public",
                "alias_name": "secretaires-essai",
                "member_ids": [
                    Command.create(
                        {"partner_id": user.partner_id.id, "email": f"{user.id}@x.example"}
                    )
                    for user in (self.portal_a, self.portal_b)
                ],
            }
        )
        self.portal_b.partner_id.message_post(body="Dossier sensible")
        groups = self.env["mail.group"].with_user(self.portal_a)
        self.assertIn(group, groups.search([]))
        for path, value in (
            ("message_ids.body", "%sensible%"),
            ("user_ids.login", "test_mayor_b"),
            ("held_mandate_ids.commune_id.name", "Bellefontaine"),
        ):
            try:
                found = groups.search([(f"member_partner_ids.{path}", "ilike", value)])
            except AccessError:
                continue
            self.assertNotIn(group, found, path)

    def test_no_computed_relation_of_any_application_leads_to_a_hidden_field(self):
        """Odoo looks through some of them as superuser, with the condition that it is given."""
        tried = 0
        portal = new_test_user(self.env, "essai_portail", groups="base.group_portal")
        staff = (self.employee, self.reader, self.officer, self.coordinator)
        for user in (*staff, portal, self.portal_a):
            for name, field in self._get_computed_relations():
                model = self.env[name].with_user(user)
                if not (model.has_access("read") and model._has_field_access(field, "read")):
                    continue
                tried += 1
                with self.subTest(user=user.login, field=str(field)):
                    self.assertTrue(self._is_refused(model, field))
        self.assertGreater(tried, 20)

    def _get_computed_relations(self):
        for name in sorted(self.env.registry):
            model = self.env[name]
            if model._abstract or model._transient:
                continue
            for field in model._fields.values():
                comodel = field.relational and self.env.get(field.comodel_name)
                if comodel is None or comodel is False or "create_uid" not in comodel._fields:
                    continue
                if not field.store and field.search:
                    yield name, field

    def _is_refused(self, model, field):
        """An error, or a question to the database that does not name the field."""
        try:
            query = model._search([(f"{field.name}.{HIDDEN}", "=like", "r%")])
        except (AccessError, UserError, ValueError, NotImplementedError, TypeError):
            return True
        return "signup_type" not in query.select().code
