"""Items of late decisions made before 19.0.1.17.0, whose text repeated the whole decision."""

import importlib.util
from pathlib import Path

from markupsafe import Markup

from odoo.tests import tagged
from odoo.tools import plaintext2html

from .committee_case import CommitteeCase

UPDATES = Path(__file__).parents[2] / "migrations"
SCRIPT = UPDATES / "19.0.1.17.0" / "post-follow-up-items.py"
NAMES = UPDATES / "19.0.1.18.0" / "post-minutes-of-councils.py"
TEXT = "Acheter le sel & le sable <ensemble> :\n– dès octobre ;\n\nvoir https://deuxrives.example"


@tagged("post_install", "-at_install")
class TestFollowUpMigration(CommitteeCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        decided = cls._session(days=-30)
        decided.sudo().write({"state": "held", "notice_date": "2026-01-01 08:00:00"})
        cls.decision = cls.env["commune.decision"].create(
            {"session_id": decided.id, "text": TEXT, "deadline": "2026-01-02"}
        )
        cls.coming = cls._session(days=30)

    def _item(self, after=""):
        """As they were made: the days, the decision, the note of progress."""
        item = self.coming.item_ids.filtered(lambda i: i.followed_decision_id == self.decision)
        days = item.description
        item.description = days + plaintext2html(TEXT) + Markup(after)
        return item, str(days)

    def _migrate(self, path=SCRIPT):
        spec = importlib.util.spec_from_file_location("post_follow_up", path)
        script = importlib.util.module_from_spec(spec)
        spec.loader.exec_module(script)
        self.env.flush_all()
        for _time in range(2):
            script.migrate(self.env.cr, "19.0.1.16.0")
            self.env.invalidate_all()

    def test_an_item_in_preparation_becomes_as_a_new_one(self):
        item, days = self._item(after="<p>Le marché est <b>lancé</b>.</p>")
        self.assertIn("dès octobre", item.description)
        self._migrate()
        self.assertEqual(item.description, days + "<p>Le marché est <b>lancé</b>.</p>")
        self.assertEqual(self.decision.text, TEXT)

    def test_what_somebody_wrote_keeps_every_word(self):
        item, _days = self._item()
        item.description = item.description.replace("octobre", "novembre")
        before = item.description
        self._migrate()
        self.assertEqual(item.description, before)

    def test_an_agenda_that_was_approved_stays(self):
        item, _days = self._item()
        before = item.description
        self.coming.sudo().state = "agenda"
        self._migrate()
        self.assertEqual(item.description, before)

    def test_what_was_decided_comes_first_in_the_name_of_an_item(self):
        """A calendar and a telephone cut the end: the number stands there."""
        item, _days = self._item()
        number = self.decision.number
        name = item.name
        self.assertRegex(name, rf"^(Suivi|Follow-up)\W+Acheter le sel .* \({number}\)$")
        former = f"Suivi\N{NO-BREAK SPACE}: {self.decision.display_name}"
        for before, after in ((former, name), (f"{former} (à revoir)", f"{former} (à revoir)")):
            item.name = before
            self._migrate(NAMES)
            self.assertEqual(item.name.partition(" ")[2], after.partition(" ")[2])
