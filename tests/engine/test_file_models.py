"""The models of files that the dialogs offer are read by the engines that read the real ones."""

import re
import unittest
from pathlib import Path

from engine.opendata import rne
from engine.orientation.csvfile import read_rows
from engine.replacement_csv import read_agents, read_requests

ROOT = Path(__file__).parents[2]
MODELS = ROOT / "static" / "csv_templates"
DIALOGS = [
    ROOT / "wizards" / "replacement" / "csv_import_views.xml",
    ROOT / "views" / "territory" / "commune_import_upload_views.xml",
]


class TestFileModels(unittest.TestCase):
    def test_officials(self):
        found = rne.read([MODELS / "modele-elus.csv"], ["57901"])
        [mandate] = found.mandates
        self.assertEqual((mandate.first_name, mandate.last_name), ("Jeanne", "EXEMPLE"))
        self.assertEqual(mandate.insee_code, "57901")
        self.assertEqual(mandate.date_start.isoformat(), "2026-03-15")
        self.assertFalse(found.issues)

    def test_agents(self):
        [agent] = read_agents(MODELS / "modele-agents.csv")
        self.assertEqual((agent.name, agent.category), ("Jeanne EXEMPLE", "B"))
        self.assertEqual(agent.skills, {"CPT": 2, "PAI": 1})
        self.assertEqual((agent.weekly_hours, agent.hourly_cost, agent.radius), (35, 28.5, 30))
        self.assertEqual(agent.absences[0].first.date.isoformat(), "2027-12-21")

    def test_requests(self):
        [request] = read_requests(MODELS / "modele-demandes.csv")
        days = [(slot.date.day, slot.half) for slot in request.slots]
        # Mondays 11 and 18 January 2027 for the day, Thursdays 14 and 21 for the morning.
        asked = [(11, "am"), (11, "pm"), (14, "am"), (18, "am"), (18, "pm"), (21, "am")]
        self.assertEqual(days, asked)
        self.assertEqual((request.insee_code, request.skills), ("57901", {"CPT": 2}))

    def test_each_model_is_offered_and_each_offer_is_there(self):
        offered = set()
        for dialog in DIALOGS:
            offered |= set(re.findall(r"static/csv_templates/([\w-]+\.csv)", dialog.read_text()))
        self.assertEqual(offered, {path.name for path in MODELS.iterdir()})
        for path in MODELS.iterdir():
            self.assertEqual(len(list(read_rows(path, ()))), 1, path.name)
