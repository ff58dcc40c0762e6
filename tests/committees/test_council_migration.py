"""What an installed database becomes: terms, dispatches, Good Friday, opinions, the chair."""

import importlib.util
from datetime import date
from pathlib import Path

from odoo.tests import tagged

from .committee_case import CommitteeCase

SCRIPT = Path(__file__).parents[2] / "migrations" / "19.0.1.10.0" / "post-councils.py"


@tagged("post_install", "-at_install")
class TestCouncilMigration(CommitteeCase):
    def _migrate(self):
        spec = importlib.util.spec_from_file_location("post_councils", SCRIPT)
        script = importlib.util.module_from_spec(spec)
        spec.loader.exec_module(script)
        self.env.flush_all()
        script.migrate(self.env.cr, "19.0.1.9.0")
        self.env.invalidate_all()

    def test_the_population_of_2026_comes_from_the_amounts_of_2026(self):
        """Kept in January for the amounts; the sheet has the next census already."""
        communes = self.commune_a | self.commune_b
        communes.council_term_ids.sudo().unlink()
        self.env["commune.service.population"].create(
            {
                "commune_id": self.commune_a.id,
                "year": 2026,
                "population": 3554,
                "population_year": 2023,
            }
        )
        self.env.flush_all()
        self.env.cr.execute(
            "UPDATE res_partner SET population = 3490, population_year = 2024 WHERE id IN %s",
            [tuple(communes.ids)],
        )
        self._migrate()
        known, unknown = self.commune_a.council_term_ids, self.commune_b.council_term_ids
        self.assertEqual((known.population, known.to_confirm), (3554, False))
        self.assertEqual((unknown.population, unknown.to_confirm), (3490, True))
        self.assertEqual(known.date_start, date(2026, 3, 15))
        self._migrate()
        self.assertEqual(len(communes.council_term_ids), 2)

    def test_thirty_days_become_the_month_and_another_choice_stays(self):
        other = self._committee("Bureau", "copil", dispatch_days=15)
        self.copil.dispatch_days = 30
        self._migrate()
        self.assertEqual((self.copil.dispatch_days, other.dispatch_days), (0, 15))

    def test_a_ticked_good_friday_is_a_yes_and_another_says_nothing(self):
        self.env.cr.execute("ALTER TABLE res_partner ADD COLUMN good_friday_holiday boolean")
        self.env.cr.execute(
            "UPDATE res_partner SET good_friday_holiday = (id = %s)", [self.commune_a.id]
        )
        self.epci.city = "BELLEFONTAINE"
        self._migrate()
        self.assertEqual(self.commune_a.good_friday_church, "yes")
        self.assertFalse(self.commune_b.good_friday_church)
        self.assertEqual(self.epci.seat_commune_id, self.commune_b)

    def test_items_in_preparation_become_opinions_and_what_was_called_stays(self):
        mayors = self._committee("Conférence", "mayors")
        draft, called = (self._session(mayors, days=days, item_ids=[]) for days in (40, 50))
        items = self.env["commune.session.item"].create(
            [{"session_id": one.id, "name": "Pacte"} for one in (draft, called)]
        )
        self.env.flush_all()
        self.env.cr.execute(
            "UPDATE commune_session_item SET kind = 'decision' WHERE id IN %s", [tuple(items.ids)]
        )
        called.write({"state": "convened", "notice_date": "2026-01-05 09:00:00"})
        self.env.invalidate_all()
        self._migrate()
        self.assertEqual(items.mapped("kind"), ["opinion", "decision"])

    def test_the_chair_joins_the_sittings_to_come(self):
        self.copil.member_ids.filtered("is_chair_seat")._leave_chair(self.today)
        past, called = self._session(days=-20), self._session(days=20)
        past.write({"state": "held", "notice_date": "2026-01-05 09:00:00"})
        called.write({"state": "convened", "notice_date": "2026-01-05 09:00:00"})
        self.assertFalse(self._line(called, self.chair))
        self._migrate()
        line = self._line(called, self.chair)
        self.assertEqual((line.role, line.voting), ("chair", True))
        self.assertFalse(self._line(past, self.chair))
        self._migrate()
        self.assertEqual(self._line(called, self.chair), line)

    def test_a_rule_says_what_was_read_unless_somebody_wrote_it(self):
        rule = self.env.ref("commune_relations.notice_rule_council_small")
        other = self.env.ref("commune_relations.notice_rule_council_large")
        rule.write({"version_read": False, "to_confirm": False})
        other.write({"version_read": "Légifrance, 1er janvier 2027", "to_confirm": False})
        self._migrate()
        self.assertIn("L.2121-11", rule.with_context(lang="en_US").to_confirm)
        self.assertFalse(other.to_confirm)
