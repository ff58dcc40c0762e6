"""After an import, what many documents hold is kept at once: no first question waits for it."""

from odoo.tests import tagged

from odoo.addons.commune_relations.models.requests.finder.finder import MOST_FRESH

from ..common import CommuneCase


@tagged("post_install", "-at_install")
class TestFinderCache(CommuneCase):
    def _publish(self, count):
        topic = self.env["commune.topic"].search([("parent_id", "!=", False)], limit=1)
        answers = self.env["commune.published.answer"].create(
            [
                {"question": f"Question {n} ?", "answer": "<p>Réponse</p>", "topic_id": topic.id}
                for n in range(count)
            ]
        )
        answers._set({"state": "published"})

    def _count_triggers(self):
        cron = self.env.ref("commune_relations.ir_cron_keep_library")
        return self.env["ir.cron.trigger"].search_count([("cron_id", "=", cron.id)])

    def test_an_import_does_not_wait_for_the_hour(self):
        before = self._count_triggers()
        self._publish(MOST_FRESH)
        self.assertEqual(self._count_triggers(), before + 1)
        finder = self.env["commune.finder"].sudo()
        finder._cron_keep_library()
        self.assertEqual(finder._get_document_cache()[1], 0)  # nothing left to read anew

    def test_a_few_wait_for_the_hour(self):
        before = self._count_triggers()
        self._publish(3)
        self.assertEqual(self._count_triggers(), before)
