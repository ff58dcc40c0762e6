"""The delay of notice follows the kind of body, the population and the local law."""

from datetime import date

from psycopg2 import IntegrityError

from odoo.exceptions import UserError, ValidationError
from odoo.tests import freeze_time, tagged
from odoo.tools import mute_logger

from .committee_case import CommitteeCase

MEETING = "2026-12-14 17:30:00"


@tagged("post_install", "-at_install")
class TestNoticeRule(CommitteeCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.council = cls._committee("Conseil (essai)", "council", place_id=cls.commune_b.id)
        cls.council_epci = cls._committee("Conseil métropolitain (essai)", "council")

    def _plan(self, committee, begin=MEETING, **values):
        with freeze_time("2026-11-02 09:00:00"):
            session = self.env["commune.session"].create(
                {"committee_id": committee.id, "date_begin": begin, **values}
            )
            self.env.flush_all()
        return session

    def test_a_council_of_an_intercommunality_has_five_clear_days(self):
        session = self._plan(self.council_epci)
        self.assertEqual(session.notice_rule_id.code, "council_epci")
        self.assertEqual(session.notice_deadline, date(2026, 12, 8))
        self.assertEqual(session.urgent_deadline, date(2026, 12, 12))
        self.assertIn("L.2121-12", session.notice_source)

    def test_a_small_commune_of_moselle_has_three_days_at_least(self):
        session = self._plan(self.council)
        self.assertEqual(session.notice_rule_id.code, "council_small_local")
        self.assertEqual(session.notice_deadline, date(2026, 12, 11))
        self.assertEqual(session.urgent_deadline, date(2026, 12, 13))

    def test_a_small_commune_elsewhere_has_three_clear_days(self):
        self.commune_b.local_law = "general"
        session = self._plan(self.council)
        self.assertEqual(session.notice_rule_id.code, "council_small")
        self.assertEqual(session.notice_deadline, date(2026, 12, 10))

    def _set_term(self, population, commune=None):
        """The population of the renewal of March 2026, as stated by the legal department."""
        term = (commune or self.commune_b).council_term_ids
        self.assertEqual(term.date_start, date(2026, 3, 15))
        term.population = population

    def test_the_population_of_the_renewal_decides_not_that_of_today(self):
        self._set_term(3554)
        session = self._plan(self.council)
        self.assertEqual(session.notice_rule_id.code, "council_large_local")
        self.assertEqual(session.notice_deadline, date(2026, 12, 8))
        self.commune_b.write({"population": 3490, "population_year": 2024})
        self.assertEqual(self.council.notice_rule_id.code, "council_large_local")
        self.assertEqual(session.notice_deadline, date(2026, 12, 8))
        self.assertEqual(self.commune_b.council_population, 3554)

    def test_the_limit_is_3500_inhabitants_at_the_renewal(self):
        session = self._plan(self.council)
        self._set_term(3499)
        self.assertEqual(session.notice_deadline, date(2026, 12, 11))
        self._set_term(3500)
        self.assertEqual(session.notice_rule_id.code, "council_large_local")
        self.assertEqual(session.notice_deadline, date(2026, 12, 8))

    def test_a_sitting_after_the_next_renewal_follows_the_next_population(self):
        self._set_term(3554)
        self.env["commune.council.term"].create(
            {
                "commune_id": self.commune_b.id,
                "date_start": "2027-02-07",
                "population": 3490,
            }
        )
        before = self._plan(self.council, "2027-02-05 17:30:00")
        after = self._plan(self.council, "2027-02-08 17:30:00")
        self.assertEqual(before.notice_rule_id.code, "council_large_local")
        self.assertEqual(after.notice_rule_id.code, "council_small_local")

    def test_a_session_already_convened_keeps_its_rule(self):
        session = self._plan(self.council)
        session.write({"state": "convened", "notice_date": "2026-12-10 09:00:00"})
        self._set_term(3500)
        self.assertEqual(session.notice_deadline, date(2026, 12, 11))
        self.assertEqual(session.notice_rule_id.code, "council_small_local")

    def test_a_rule_that_changes_or_is_added_is_followed(self):
        session = self._plan(self.copil)
        self.assertEqual(session.notice_rule_id.code, "house_committees")
        # ten working days before Monday 14 December
        self.assertEqual(session.notice_deadline, date(2026, 11, 30))
        session.notice_rule_id.days = 5
        self.assertEqual(session.notice_deadline, date(2026, 12, 7))
        rule = self.env["commune.notice.rule"].create(
            {
                "name": "COPIL : huit jours francs",
                "code": "house_copil",
                "kind": "copil",
                "unit": "clear_days",
                "days": 8,
                "legal_source": "Règlement intérieur",
                "priority": 50,
            }
        )
        self.assertEqual(session.notice_rule_id, rule)
        self.assertEqual(session.notice_deadline, date(2026, 12, 5))
        rule.active = False
        self.assertEqual(session.notice_rule_id.code, "house_committees")

    def test_a_committee_may_choose_its_rule(self):
        chosen = self.env.ref("commune_relations.notice_rule_council_epci")
        session = self._plan(self.copil)
        self.copil.chosen_rule_id = chosen
        self.assertEqual(session.notice_deadline, date(2026, 12, 8))

    def test_the_day_is_that_of_metz(self):
        # 23:30 in Paris is the day before in UTC
        session = self._plan(self.council_epci, "2026-12-13 23:30:00")
        self.assertEqual(session.date, date(2026, 12, 14))
        self.assertEqual(session.notice_deadline, date(2026, 12, 8))

    def test_a_late_notice_is_refused_without_a_reason(self):
        session = self._plan(self.council)
        with freeze_time("2026-12-11 10:00:00"):
            session._check_notice_in_time()
        with freeze_time("2026-12-12 10:00:00"):
            self.assertEqual(session.notice_state, "urgent")
            with self.assertRaisesRegex(UserError, "L.2541-2"):
                session._check_notice_in_time()
            session.urgency_reason = " "
            with self.assertRaises(UserError):
                session._check_notice_in_time()
            session.urgency_reason = "Crue de la Moselle"
            session._check_notice_in_time()
        with freeze_time("2026-12-14 06:00:00"), self.assertRaises(UserError):
            session._check_notice_in_time()

    def test_a_rule_whose_urgent_delay_is_longer_is_refused(self):
        rule = self.council.notice_rule_id
        with self.assertRaises(IntegrityError), mute_logger("odoo.sql_db"), self.env.cr.savepoint():
            rule.urgent_days = 9
            rule.flush_recordset()

    def test_the_law_has_no_deputy_in_a_metropole(self):
        self.epci.epci_kind = "METRO"
        self.assertFalse(self.council_epci.deputies_allowed)
        with self.assertRaises(ValidationError):
            self._seat(self.council_epci, self.mandate_a, role="deputy")
        self._seat(self.copil, self.mandate_both_b, role="deputy")

    def test_a_delay_in_working_days_counts_good_friday_off_until_somebody_says(self):
        """Tuesday 30 March 2027: Monday 29 is off, Good Friday is 26 March."""
        self.env["commune.notice.rule"].create(
            {
                "name": "Commission : deux jours ouvrés",
                "code": "house_commission",
                "kind": "commission",
                "unit": "working_days",
                "days": 2,
                "legal_source": "Règlement intérieur",
                "priority": 40,
            }
        )
        board = self._committee("Commission", "commission", place_id=self.commune_b.id)
        expected = {False: date(2027, 3, 24), "yes": date(2027, 3, 24), "no": date(2027, 3, 25)}
        for answer, day in expected.items():
            self.commune_b.good_friday_church = answer
            last = board._get_last_sending_date(date(2027, 3, 30))
            self.assertEqual((answer, last), (answer, day))

    def test_an_intercommunality_follows_the_commune_of_its_seat(self):
        self.assertFalse(self.epci._has_good_friday_off())
        self.assertTrue(self.epci._has_good_friday_off(careful=True))
        self.epci.seat_commune_id = self.commune_a
        self.commune_a.good_friday_church = "no"
        self.assertFalse(self.epci._has_good_friday_off(careful=True))
        self.commune_a.good_friday_church = "yes"
        self.assertTrue(self.epci._has_good_friday_off())
