"""After the update, topics and teams that nobody rewrote have typographic apostrophes."""

import importlib.util
from pathlib import Path

from odoo.tests import TransactionCase, tagged

SCRIPT = Path(__file__).parents[2] / "migrations/19.0.1.13.0/post-topic-apostrophes.py"


@tagged("post_install", "-at_install")
class TestTopicMigration(TransactionCase):
    def test_what_an_organisation_wrote_itself_stays(self):
        topics = self.env["commune.topic"]
        water = topics.search([("code", "=", "EAU")])
        fire = topics.search([("code", "=", "EAU-INC")])
        water.with_context(lang=None).write(
            {"name": "Cycle de l'eau", "suggested_department": "Direction du cycle de l'eau"}
        )
        fire.with_context(lang=None).name = "Bornes d'incendie"
        team = self.env["helpdesk.ticket.team"].create({"name": "Direction du cycle de l'eau"})
        spec = importlib.util.spec_from_file_location("post_topic_apostrophes", SCRIPT)
        script = importlib.util.module_from_spec(spec)
        spec.loader.exec_module(script)
        self.env.flush_all()
        script.migrate(self.env.cr, "19.0.1.12.0")
        self.env.invalidate_all()
        for lang in (None, "fr_FR"):
            self.assertEqual(water.with_context(lang=lang).name, "Cycle de l’eau")
        self.assertEqual(water.suggested_department, "Direction du cycle de l’eau")
        self.assertEqual(team.name, "Direction du cycle de l’eau")
        self.assertEqual(fire.with_context(lang=None).name, "Bornes d'incendie")

    def test_the_reference_has_no_other(self):
        """But in the keywords: they are what the engine compares, and nobody reads them."""
        fields = ("name", "suggested_department", "legal_basis", "outside_name", "disambiguation")
        for topic in self.env["commune.topic"].with_context(active_test=False).search([]):
            for name in fields:
                self.assertNotIn("'", topic[name] or "", (topic.code, name))
