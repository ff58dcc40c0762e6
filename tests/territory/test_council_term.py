"""The population of the last renewal of a council: kept when it comes, asked for when unknown."""

from datetime import date

from psycopg2 import IntegrityError

from odoo.tests import freeze_time, tagged
from odoo.tools import mute_logger

from ..common import CommuneCase

RENEWAL = date(2026, 3, 15)


@tagged("post_install", "-at_install")
class TestCouncilTerm(CommuneCase):
    def _commune(self, population, census, code="57990"):
        return self.env["res.partner"].create(
            {
                "name": "Clairlieu",
                "is_company": True,
                "is_commune": True,
                "insee_code": code,
                "population": population,
                "population_year": census,
            }
        )

    def test_the_census_in_force_at_the_poll_is_kept(self):
        commune = self._commune(3554, 2023)
        term = commune.council_term_ids
        self.assertEqual((term.date_start, term.population), (RENEWAL, 3554))
        self.assertFalse(term.to_confirm)
        commune.write({"population": 3490, "population_year": 2024})
        self.assertEqual(commune.council_term_ids, term)
        self.assertEqual((term.population, commune.council_population), (3554, 3554))
        self.assertFalse(commune.council_population_to_confirm)

    def test_another_census_replaces_it_until_it_is_confirmed(self):
        commune = self._commune(3490, 2024)
        self.assertTrue(commune.council_population_to_confirm)
        commune.write({"population": 3620, "population_year": 2025})
        self.assertEqual(commune.council_population, 3490)
        commune.write({"population": 3554, "population_year": 2023})
        self.assertEqual(commune.council_population, 3554)
        self.assertFalse(commune.council_population_to_confirm)

    def test_what_somebody_confirmed_stays(self):
        commune = self._commune(3490, 2024)
        commune.council_term_ids.write({"population": 3501, "to_confirm": False})
        commune.write({"population": 3554, "population_year": 2023})
        self.assertEqual(commune.council_population, 3501)

    def test_the_figures_of_2032_come_in_january_and_count_from_the_poll(self):
        commune = self._commune(3554, 2023)
        with freeze_time("2032-01-10"):
            commune.write({"population": 3200, "population_year": 2029})
        self.assertEqual(len(commune.council_term_ids), 2)
        self.assertEqual(
            commune.env["commune.council.term"]._get_council_population(commune, date(2032, 2, 29)),
            3554,
        )
        self.assertEqual(
            commune.env["commune.council.term"]._get_council_population(commune, date(2032, 3, 1)),
            3200,
        )

    def test_an_import_feeds_it(self):
        """Metz Métropole, census of 2023: INSEE's population of Metz is part of its term."""
        epci = self.env["commune.reference.epci"]._set_up("200039865")
        communes = epci._get_members()
        self.assertEqual(len(communes.council_term_ids), len(communes))
        self.assertFalse(communes.filtered("council_population_to_confirm"))
        for commune in communes:
            self.assertEqual(commune.council_population, commune.population)

    def test_a_person_or_an_intercommunality_has_no_term(self):
        self.assertFalse(self.epci.council_term_ids)
        self.epci.population = 230000
        self.assertEqual(self.epci.council_population, 230000)
        self.assertFalse(self.epci.council_term_ids)

    def test_a_renewal_is_known_once(self):
        commune = self._commune(3554, 2023)
        values = {"commune_id": commune.id, "date_start": RENEWAL, "population": 1}
        with self.assertRaises(IntegrityError), mute_logger("odoo.sql_db"), self.env.cr.savepoint():
            self.env["commune.council.term"].create(values)

    def test_a_hundred_communes_in_as_many_queries_as_ten(self):
        counts = []
        for number, first in ((10, 100), (100, 200)):
            communes = self.env["res.partner"].create(
                [
                    {
                        "name": f"C{code}",
                        "is_company": True,
                        "is_commune": True,
                        "insee_code": f"99{code}",
                    }
                    for code in range(first, first + number)
                ]
            )
            self.env.flush_all()
            self.env.invalidate_all()
            before = self.env.cr.sql_log_count
            communes.write({"population": 700, "population_year": 2023})
            self.env.flush_all()
            counts.append(self.env.cr.sql_log_count - before)
            self.assertEqual(len(communes.council_term_ids), number)
        self.assertLessEqual(counts[1], counts[0] + 3)
