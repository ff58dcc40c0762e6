"""A letter of the addon is shown before it is sent, by the composer and the preview of Odoo, to
those who read its record, and to nobody else."""

from odoo.exceptions import AccessError
from odoo.tests import tagged

from .test_access_matrix import AccessRecords

# Enough of the letters have a record in the table of rights.
LEAST = 15


@tagged("post_install", "-at_install")
class TestLettersRead(AccessRecords):
    def _get_letters(self):
        """(letter, a record that it may be about) of all those that we know one for."""
        names = self.env["ir.model.data"].search(
            [("module", "=", "commune_relations"), ("model", "=", "mail.template")]
        )
        letters = self.env["mail.template"].browse(names.mapped("res_id"))
        known = {record._name: record[:1] for record in self.records.values()}
        # No record of the table gives a proxy.
        letters = letters.filtered(lambda one: one.model in known and "proxy" not in one.name)
        return [(one, known[one.model]) for one in letters]

    def _see(self, letter, record, user):
        """What the composer shows of it."""
        composer = self.env["mail.compose.message"].with_user(user)
        values = {
            "model": record._name,
            "res_ids": str(record.ids),
            "template_id": letter.id,
            "composition_mode": "comment",
        }
        return composer.create(values).body

    def test_a_colleague_sees_the_letters_of_what_one_reads(self):
        letters = self._get_letters()
        self.assertGreater(len(letters), LEAST)
        for user in (self.employee, self.reader, self.referent):
            for letter, record in letters:
                reads = record.with_user(user).has_access("read")
                with self.subTest(user=user.login, letter=letter.name):
                    if reads:
                        continue
                    with self.assertRaises(AccessError):
                        self._see(letter, record, user)
                    preview = self.env["mail.template.preview"].with_user(user)
                    shown = preview.new(
                        {
                            "mail_template_id": letter.id,
                            "resource_ref": f"{record._name},{record.id}",
                        }
                    )
                    self.assertTrue(shown.error_msg)

    def test_nor_a_copy_nor_a_text_message_of_the_administrator(self):
        """They are no letters of the addon, but call the same methods, which read as superuser."""
        record = self.records["request_a"]
        self.assertFalse(record.with_user(self.employee).has_access("read"))
        number = "{{ object.sudo().number }}"
        model = self.env["ir.model"]._get(record._name)
        letter = self.env["mail.template"].create(
            {"name": "Copie", "model_id": model.id, "subject": number}
        )
        values = {"mail_template_id": letter.id, "resource_ref": f"{record._name},{record.id}"}
        shown = self.env["mail.template.preview"].with_user(self.employee).create(values)
        self.assertNotIn(record.number, shown.subject or "")
        self.assertTrue(shown.error_msg)
        text = self.env["sms.template"].create(
            {"name": "Texto", "model_id": model.id, "body": number}
        )
        values = {"sms_template_id": text.id, "resource_ref": f"{record._name},{record.id}"}
        shown = self.env["sms.template.preview"].with_user(self.employee).create(values)
        with self.assertRaises(AccessError):
            shown.read(["body"])
        # Who reads the request sees both; a record that the addon does not manage is Odoo's.
        self.assertEqual(shown.with_user(self.officer).new(values).body, record.number)
        ticket = self.env["helpdesk.ticket"].create({"name": "Écran", "description": "Noir"})
        values["resource_ref"] = f"{ticket._name},{ticket.id}"
        shown = self.env["sms.template.preview"].with_user(self.employee).new(values)
        self.assertEqual(shown.body, ticket.number)

    def test_nor_a_letter_that_opens_the_account_of_another(self):
        """The code of a second factor, a link that sets a password."""
        names = self.env["ir.model.data"].search([("model", "=", "mail.template")])
        letters = self.env["mail.template"].browse(names.mapped("res_id")).exists()
        letters = letters.filtered(
            lambda one: (
                one.model == "res.users"
                and ("_get_totp_mail_code" in one.body_html or "_get_signup_url" in one.body_html)
            )
        )
        self.assertGreater(len(letters), 1)
        for letter in letters:
            for user in (self.employee, self.officer):
                values = {
                    "mail_template_id": letter.id,
                    "resource_ref": f"res.users,{self.manager.id}",
                }
                preview = self.env["mail.template.preview"].with_user(user).create(values)
                with self.subTest(letter=letter.name, user=user.login):
                    self.assertTrue(preview.error_msg)
                    self.assertEqual(preview.body_html, letter.body_html)
                    with self.assertRaises(AccessError):
                        self._see(letter, self.manager, user)
        code = self.env.ref("auth_totp_mail.mail_template_totp_mail_code")
        values = {"mail_template_id": code.id, "resource_ref": f"res.users,{self.employee.id}"}
        own = self.env["mail.template.preview"].with_user(self.employee).create(values)
        self.assertFalse(own.error_msg)
