"""The general renewal: the import begins the path of each councillor in one action."""

from unittest.mock import patch

from odoo.tests import tagged

from odoo.addons.commune_relations.models.knowledge.path import start

from ..territory.test_import import MUNICIPAL, ImportCase


@tagged("post_install", "-at_install")
class TestPathImport(ImportCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.path = cls.env.ref("commune_relations.path_elected")
        cls.follows = cls.env["commune.path.progress"]
        # The file describes the councils of March 2026, whatever the day of the test.
        cls.startClassPatcher(patch.object(start, "NEW_DAYS", 36500))

    def test_off_nothing_begins(self):
        self._apply(self._file(MUNICIPAL))
        self.assertFalse(self.follows.search([]))
        self.path.action_switch_on()
        self._apply(self._file(MUNICIPAL))
        self.assertFalse(self.follows.search([]))  # they were in office

    def test_each_of_the_868_councillors_begins_once(self):
        self.path.action_switch_on()
        self._apply(self._file(MUNICIPAL))
        follows = self.follows.search([])
        self.assertEqual(len(follows.partner_id), 868)
        self.assertEqual(len(follows.line_ids), 868 * 3)
        self._apply(self._file(MUNICIPAL))
        self.assertEqual(self.follows.search([]), follows)
