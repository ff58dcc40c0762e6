"""What the staff notes on communes and on their persons: read with a role."""

from odoo.exceptions import AccessError
from odoo.tests import new_test_user, tagged

from ..common import CommuneCase

NOTED = "<p>Le maire hésite sur la fusion</p>"


@tagged("post_install", "-at_install")
class TestNotes(CommuneCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.clerk = new_test_user(
            cls.env, "test_clerk", groups="base.group_user,base.group_partner_manager"
        )
        for user in (
            cls.clerk,
            cls.employee,
            cls.reader,
            cls.referent,
            cls.coordinator,
            cls.officer,
        ):
            user.group_ids += cls.env.ref("base.group_allow_export")
        cls.customer = cls.env["res.partner"].create({"name": "CLIENT", "comment": NOTED})
        cls.managed = cls.commune_a | cls.portal_a.partner_id
        cls.managed.comment = NOTED
        cls.note = cls.commune_a.with_user(cls.officer).message_post(
            body="Le maire hésite", message_type="comment", subtype_xmlid="mail.mt_note"
        )

    def test_notes_on_communes_are_read_with_a_role(self):
        for user, is_read in (
            (self.employee, False),
            (self.clerk, False),
            (self.reader, True),
            (self.referent, True),
            (self.coordinator, True),
            (self.officer, True),
        ):
            for contact in self.managed.with_user(user):
                with self.subTest(user=user.login, contact=contact.name):
                    shown = contact.web_read({"name": {}, "comment": {}})
                    self.assertEqual(shown[0]["name"], contact.name)
                    self.assertEqual(shown[0]["comment"] or "", NOTED if is_read else "")
                    [[exported]] = contact.export_data(["comment"])["datas"]
                    for known in (contact.read(["comment"])[0]["comment"], exported):
                        self.assertEqual(known or "", NOTED if is_read else "")

    def test_who_reads_no_notes_does_not_write_over_them(self):
        with self.assertRaises(AccessError):
            self.commune_a.with_user(self.clerk).comment = "<p>Vide</p>"
        self.customer.with_user(self.clerk).comment = "<p>Vu</p>"
        self.commune_a.with_user(self.officer).comment = "<p>Vu</p>"
        self.assertEqual(self.commune_a.comment, "<p>Vu</p>")

    def test_notes_are_not_guessed_by_a_search(self):
        every = self.managed | self.customer
        domain = [("id", "in", every.ids), ("comment", "ilike", "hésite")]
        for user, found in ((self.clerk, self.customer), (self.reader, every)):
            partners = self.env["res.partner"].with_user(user)
            self.assertEqual(partners.search(domain), found)
            groups = partners._read_group([("id", "in", every.ids)], [], ["comment:array_agg"])
            self.assertEqual(len(groups[0][0]), len(found))

    def test_messages_on_a_commune_are_not_guessed_by_a_search(self):
        self.customer.message_post(body="Le maire hésite", subtype_xmlid="mail.mt_note")
        every = self.managed | self.customer
        for condition in (
            ("message_ids.body", "ilike", "hésite"),
            ("message_ids", "any", [("body", "ilike", "hésite")]),
            ("website_message_ids.body", "ilike", "hésite"),
        ):
            domain = [("id", "in", every.ids), condition]
            for user in (self.employee, self.clerk):
                with self.subTest(user=user.login, condition=condition):
                    found = self.env["res.partner"].with_user(user).search(domain)
                    self.assertNotIn(self.commune_a, found)
            found = self.env["res.partner"].with_user(self.reader).search(domain[:1] + [condition])
            self.assertIn(self.commune_a, found)
        linked = [("partner_id.message_ids.body", "ilike", "hésite")]
        self.portal_a.partner_id.message_post(body="Elle hésite", subtype_xmlid="mail.mt_note")
        users = self.env["res.users"].with_user(self.employee)
        for domain in (linked, [("message_ids.body", "ilike", "hésite")]):
            self.assertNotIn(self.portal_a, users.search(domain))

    def test_notes_of_other_applications_are_read_as_in_odoo(self):
        for user in (self.employee, self.clerk):
            contacts = (self.customer | self.commune_a).with_user(user)
            shown = contacts.web_read({"comment": {}})
            self.assertEqual([one["id"] for one in shown], contacts.ids)
            self.assertEqual([one["comment"] or "" for one in shown], [NOTED, ""])
            self.assertEqual(contacts[0].comment, NOTED)

    def test_messages_on_a_commune_are_read_with_a_role_or_by_who_receives_them(self):
        messages = self.env["mail.message"]
        for user, is_read in (
            (self.employee, False),
            (self.clerk, False),
            (self.reader, True),
            (self.referent, True),
            (self.coordinator, True),
        ):
            with self.subTest(user=user.login):
                own = messages.with_user(user)
                self.assertEqual(bool(own.search([("id", "=", self.note.id)])), is_read)
                self.assertEqual(self.note.with_user(user).has_access("read"), is_read)
        self.note.partner_ids = self.employee.partner_id
        self.assertTrue(self.note.with_user(self.employee).has_access("read"))
        other = self.customer.message_post(body="Vu", subtype_xmlid="mail.mt_note")
        self.assertTrue(other.with_user(self.employee).has_access("read"))
