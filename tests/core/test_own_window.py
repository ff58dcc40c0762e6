"""What is typed in a window is read by nobody else, by its number either."""

from odoo.exceptions import AccessError
from odoo.tests import new_test_user, tagged

from ..common import CommuneCase

WINDOWS = ("commune.directory.print", "commune.label.print")


@tagged("post_install", "-at_install")
class TestOwnWindow(CommuneCase):
    def test_a_wizard_is_private_to_its_creator(self):
        """A colleague of the same role, one of another and the manager: none reads nor writes."""
        group = "commune_relations.group_officer"
        colleague = new_test_user(self.env, "colleague_of_window", groups=group)
        for model in WINDOWS:
            window = self.env[model].with_user(self.officer).create({})
            self.assertTrue(window.read(["display_name"]))
            for user in (colleague, self.reader, self.manager):
                other = window.with_user(user)
                other.invalidate_recordset()
                with self.subTest(model=model, user=user.login):
                    with self.assertRaises(AccessError):
                        other.read(["display_name"])
                    with self.assertRaises(AccessError):
                        other.write({})
                    self.assertFalse(other.search([("id", "=", window.id)]))

    def test_what_the_software_keeps_for_all_stays_readable(self):
        """A rule of windows touches no record that lasts."""
        self.assertTrue(self.commune_a.with_user(self.reader).read(["name"]))
        topic = self.env["commune.topic"].sudo().search([], limit=1)
        self.assertTrue(topic.with_user(self.reader).read(["name"]))
