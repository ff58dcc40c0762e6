"""The demonstration is set up on any day: what nobody could do was asked on a working day."""

from odoo.tests import freeze_time, tagged

from odoo.addons.commune_relations.demo import Demo

from .replacement_case import ReplacementCase


@tagged("post_install", "-at_install")
class TestDemoUnfilled(ReplacementCase):
    def test_a_request_of_the_week_of_a_holiday(self):
        """Eight months before December 2026, the first Monday of April is that of Easter."""
        requests = self.env["commune.replacement.request"]
        for now, asked in (("2026-12-01", {"2026-04-07"}), ("2026-11-02", {"2026-03-02"})):
            before = requests.search([])
            with freeze_time(f"{now} 10:00:00"):
                Demo(self.env)._create_unfilled(self.commune_a, 8, "Paie", "software", "cdg")
            request = requests.search([]) - before
            self.assertEqual(request.state, "unfilled")
            self.assertEqual({str(day) for day in request.slot_ids.mapped("date")}, asked)
