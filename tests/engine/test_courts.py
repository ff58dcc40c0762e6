"""Administrative courts: each department has one, and one only."""

import unittest

from engine.courts import _TERRITORIES, court_of


class TestCourts(unittest.TestCase):
    def test_each_department_has_one_court(self):
        departments = {f"{n:02d}" for n in range(1, 96)} - {"20"}
        departments |= {"2A", "2B", "971", "972", "973", "974", "976"}
        known = " ".join(_TERRITORIES.values()).split()
        self.assertEqual(sorted(known), sorted(departments))

    def test_a_commune_has_that_of_its_department(self):
        self.assertEqual(court_of("67482"), "de Strasbourg")
        self.assertEqual(court_of("45234"), "d’Orléans")
        self.assertEqual(court_of("2A004"), "de Bastia")
        self.assertEqual(court_of("97105"), "de la Guadeloupe")
        self.assertEqual(court_of(None), "")
