"""Mandates: dates make the state, PostgreSQL keeps them from overlapping, titles agree."""

from datetime import date

from psycopg2.errors import CheckViolation, ExclusionViolation

from odoo.exceptions import UserError, ValidationError
from odoo.tests import freeze_time, tagged
from odoo.tools import mute_logger

from ..common import CommuneCase


@tagged("post_install", "-at_install")
class TestMandate(CommuneCase):
    def test_the_state_follows_the_dates_without_any_job(self):
        person = self.env["res.partner"].create({"firstname": "Iris", "lastname": "GALL"})
        mandate = self._mandate(
            person, self.commune_a, "dst", date_start="2026-03-10", date_end="2026-03-20"
        )
        Mandate = self.env["commune.mandate"]
        for day, state in [
            ("2026-03-09", "future"),
            ("2026-03-10", "current"),
            ("2026-03-20", "current"),
            ("2026-03-21", "ended"),
        ]:
            with self.subTest(day=day), freeze_time(f"{day} 12:00:00"):
                mandate.invalidate_recordset()
                self.assertEqual(mandate.state, state)
                for wanted in ("future", "current", "ended"):
                    found = Mandate.search([("state", "=", wanted), ("id", "=", mandate.id)])
                    self.assertEqual(bool(found), wanted == state, wanted)

    def test_one_running_mandate_per_person_place_and_function(self):
        with self.assertRaises(ExclusionViolation), mute_logger("odoo.sql_db"):
            self._mandate(self.portal_a, self.commune_a, "mayor", date_start="2026-03-15")
            self.env.flush_all()

    def test_a_mandate_may_follow_another_the_next_day(self):
        self.mandate_a.date_end = "2026-03-14"
        second = self._mandate(self.portal_a, self.commune_a, "mayor", date_start="2026-03-15")
        self.env.flush_all()
        self.assertEqual(self.portal_a.partner_id.held_mandate_ids, self.mandate_a | second)

    def test_a_mandate_does_not_end_before_it_starts(self):
        with self.assertRaises(CheckViolation), mute_logger("odoo.sql_db"):
            self.mandate_a.date_end = date(2019, 1, 1)
            self.env.flush_all()

    def test_a_function_of_the_intercommunality_is_not_held_in_a_commune(self):
        with self.assertRaisesRegex(ValidationError, "does not exist in Aubrive"):
            self._mandate(self.portal_a, self.commune_a, "vice_president")

    def test_an_organisation_holds_no_mandate(self):
        with self.assertRaisesRegex(ValidationError, "only a person"):
            self._mandate(self.commune_b, self.commune_a, "mayor")

    def test_titles_agree_with_the_person_and_the_rank(self):
        self.env["res.lang"]._activate_lang("fr_FR")
        function = self.functions["deputy_mayor"].with_context(lang="fr_FR")
        function.write({"name": "Adjoint au maire", "name_feminine": "Adjointe au maire"})
        self.assertEqual(function._get_title("mme", 1), "Première adjointe au maire")
        self.assertEqual(function._get_title("m", 1), "Premier adjoint au maire")
        self.assertEqual(function._get_title("mme", 2), "Deuxième adjointe au maire")
        self.assertEqual(function._get_title("m", 0), "Adjoint au maire")

    def test_several_places_at_once(self):
        person = self.portal_both.partner_id
        self.assertEqual(person.held_mandate_ids.commune_id, self.commune_a | self.commune_b)

    def test_a_commune_is_archived_never_deleted(self):
        self.env["commune.mandate"].search([("commune_id", "=", self.commune_b.id)]).active = False
        with self.assertRaisesRegex(UserError, "cannot be deleted"):
            self.commune_b.unlink()

    def test_an_officer_ends_a_mandate_and_it_stays_in_the_history(self):
        self.mandate_a_limited.with_user(self.officer).action_end_today()
        self.assertEqual(self.mandate_a_limited.date_end, self.today)
        self.assertIn(self.mandate_a_limited, self.portal_a_limited.partner_id.held_mandate_ids)


@tagged("post_install", "-at_install")
class TestCommune(CommuneCase):
    def test_population_bands(self):
        Partner = self.env["res.partner"]
        for population, band in [
            (0, "under_1000"),
            (999, "under_1000"),
            (1000, "under_3500"),
            (3499, "under_3500"),
            (3500, "under_10000"),
            (9999, "under_10000"),
            (10000, "over_10000"),
        ]:
            self.commune_a.population = population
            with self.subTest(population=population):
                self.assertEqual(self.commune_a.population_band, band)
        self.assertFalse(Partner.create({"name": "Personne"}).population_band)

    def test_electoral_status_in_words_and_in_search(self):
        self.env.company.last_renewal_date = "2026-03-15"
        village = self.commune_a.copy(
            {"name": "Cormont", "is_commune": True, "insee_code": "57903"}
        )
        orphan = self.commune_a.copy({"name": "Dornes", "is_commune": True, "insee_code": "57904"})
        person = self.env["res.partner"].create({"name": "Éva NOIR"})
        self._mandate(person, village, "councillor", date_start="2026-03-15")
        self.mandate_b.date_start = "2026-03-22"
        expected = {
            self.commune_a: "former_term",
            self.commune_b: "complete",
            village: "no_mayor",
            orphan: "no_official",
        }
        scope = [("id", "in", [commune.id for commune in expected])]
        for commune, status in expected.items():
            with self.subTest(status=status):
                self.assertEqual(commune.electoral_status, status)
                found = self.env["res.partner"].search([*scope, ("electoral_status", "=", status)])
                self.assertEqual(found, commune)
        others = self.env["res.partner"].search([*scope, ("electoral_status", "!=", "complete")])
        self.assertEqual(len(others), 3)

    def test_directory_to_confirm_after_six_months(self):
        Partner = self.env["res.partner"]
        scope = [("id", "in", (self.commune_a | self.commune_b).ids)]
        self.assertEqual(
            Partner.search([*scope, ("contact_to_confirm", "=", True)]),
            self.commune_a | self.commune_b,
        )
        with freeze_time("2026-05-01 10:00:00"):
            self.commune_a.action_confirm_contact()
            self.assertFalse(self.commune_a.contact_to_confirm)
        for day, to_confirm in [("2026-11-01", False), ("2026-11-02", True)]:
            with self.subTest(day=day), freeze_time(f"{day} 10:00:00"):
                self.commune_a.invalidate_recordset()
                self.assertEqual(self.commune_a.contact_to_confirm, to_confirm)
                found = Partner.search([*scope, ("contact_to_confirm", "=", True)])
                self.assertEqual(self.commune_a in found, to_confirm)

    def test_counts_and_mayor(self):
        self.assertEqual(self.commune_a.elected_count, 2)  # mayor and councillor, not the ended one
        self.assertEqual(self.commune_a.staff_count, 1)
        self.assertEqual(self.commune_a.mayor_id, self.portal_a.partner_id)
        self.assertEqual(self.epci.member_count, 2)

    def test_last_contact_counts_exchanges_with_the_persons_too(self):
        self.assertFalse(self.commune_a.last_contact_date)
        self.commune_a._message_log(body="Note automatique")
        self.commune_a.invalidate_recordset()
        self.assertFalse(self.commune_a.last_contact_date)
        message = self.portal_a.partner_id.message_post(body="Appel", message_type="comment")
        self.commune_a.invalidate_recordset()
        self.assertEqual(self.commune_a.last_contact_date, message.date)
        self.assertFalse(self.commune_b.last_contact_date)

    def test_figures_of_a_list_cost_the_same_for_any_number_of_communes(self):
        few = self.commune_a | self.commune_b
        many = few | self.env["res.partner"].create(
            [
                {
                    "name": f"Commune {number}",
                    "is_company": True,
                    "is_commune": True,
                    "insee_code": f"57{number}",
                    "epci_id": self.epci.id,
                }
                for number in range(910, 950)
            ]
        )
        figures = [
            "mayor_id",
            "elected_count",
            "staff_count",
            "electoral_status",
            "contact_to_confirm",
            "last_contact_date",
        ]
        counts = []
        for communes in (few, many):
            self.env.flush_all()
            self.env.invalidate_all()
            before = self.cr.sql_log_count
            communes.read(figures)
            counts.append(self.cr.sql_log_count - before)
        self.assertLessEqual(counts[1], counts[0] + 2)
