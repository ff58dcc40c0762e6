"""The update sets fourteen days between the two rounds of the presidential election of 2027."""

import importlib.util
from datetime import date
from pathlib import Path

from odoo.tests import TransactionCase, tagged

ROOT = Path(__file__).parents[2]
SCRIPT = ROOT / "migrations" / "19.0.2.0.0" / "post-presidential_election.py"


@tagged("post_install", "-at_install")
class TestElectionMigration(TransactionCase):
    def setUp(self):
        super().setUp()
        self.poll = self.env.ref("commune_relations.election_presidential_2027")

    def _migrate(self, first, last):
        self.poll.write({"first_round": first, "last_round": last})
        self.env.flush_all()
        spec = importlib.util.spec_from_file_location("post_presidential_poll", SCRIPT)
        script = importlib.util.module_from_spec(spec)
        spec.loader.exec_module(script)
        script.migrate(self.env.cr, "19.0.1.18.0")
        self.env.invalidate_all()
        return self.poll.first_round, self.poll.last_round

    def test_dates_as_they_shipped_are_put_right(self):
        rounds = date(2027, 4, 18), date(2027, 5, 2)
        self.assertEqual(self._migrate("2027-04-11", "2027-05-02"), rounds)

    def test_dates_that_a_user_corrected_stay(self):
        rounds = date(2027, 4, 11), date(2027, 4, 25)
        self.assertEqual(self._migrate(*rounds), rounds)
