"""What a server loads at its start: the libraries of one action wait for that action, so that a
worker that serves pages holds none of them in memory."""

import json
import subprocess
import sys

from odoo.tests import TransactionCase, tagged

import odoo.addons

# weasyprint brings fontTools, matplotlib and statsmodels bring numpy and pandas.
SINGLE_USE = (
    *("docx", "feedparser", "fontTools", "holidays", "matplotlib", "numpy", "openpyxl"),
    *("ortools", "pandas", "scipy", "statsmodels", "weasyprint"),
)
START = """
import json, sys
folders, names = json.loads(sys.argv[1])
import odoo, odoo.addons
odoo.addons.__path__[:] = folders
import odoo.addons.commune_relations
print(json.dumps([name for name in names if name in sys.modules]))
"""


@tagged("post_install", "-at_install")
class TestLightStart(TransactionCase):
    def test_no_single_use_library_is_loaded_at_the_start(self):
        asked = json.dumps([list(odoo.addons.__path__), [*SINGLE_USE, "lxml"]])
        command = [sys.executable, "-c", START, asked]
        done = subprocess.run(command, capture_output=True, text=True, check=False)
        self.assertEqual(done.returncode, 0, done.stderr)
        self.assertEqual(json.loads(done.stdout.splitlines()[-1]), ["lxml"])
