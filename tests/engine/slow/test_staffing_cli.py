"""python -m engine.staffing: JSON on standard output, one line and exit code 2 on errors."""

import json
import subprocess
import sys
import tempfile
from pathlib import Path
from unittest import TestCase

from staffing_cases import AGENTS, REQUESTS, ROOT, plain


def command(*arguments):
    """Run the command line in a process of its own."""
    process = subprocess.run(
        [sys.executable, "-m", "engine.staffing", *map(str, arguments)],
        cwd=ROOT,
        capture_output=True,
        check=False,
        env={"PATH": "/usr/bin:/bin", "LC_ALL": "C"},
    )
    return process.returncode, process.stdout.decode(), process.stderr.decode()


class TestCommand(TestCase):
    def test_order_of_arrival(self):
        code, out, err = command(REQUESTS, AGENTS, "--solver", "greedy")
        self.assertEqual((code, err), (0, ""))
        result = json.loads(out)
        self.assertEqual(
            list(result)[:6],
            ["requested", "filled", "bound", "seconds", "assignments", "requests"],
        )
        self.assertEqual((result["requested"], result["filled"]), (593, 465))
        self.assertEqual(
            result["assignments"][0],
            {"request": "R01", "date": "2026-11-30", "half_day": "am", "agent": "A03"},
        )

    def test_best(self):
        code, out, err = command(REQUESTS, AGENTS, "--seconds=60")
        self.assertEqual((code, err), (0, ""))
        result = json.loads(out)
        self.assertEqual((result["requested"], result["filled"], result["bound"]), (593, 571, 571))
        self.assertEqual(len(result["assignments"]), 571)
        self.assertEqual(sum(one["filled"] for one in result["requests"]), 571)
        by_code = {one["request"]: one for one in result["requests"]}
        self.assertEqual(
            list(by_code["R17"]),
            ["request", "requested", "filled", "eligible", "stopped", "why_unfilled"],
        )
        self.assertEqual(by_code["R17"]["eligible"], ["A01"])
        self.assertIn(
            {"agent": "A05", "rule": "skill", "reason": "compétence EC 0/2"},
            by_code["R17"]["stopped"],
        )
        self.assertIsNone(by_code["R17"]["why_unfilled"])
        self.assertTrue(by_code["R10"]["why_unfilled"].startswith("Compétence absente"))

    def test_help(self):
        code, out, err = command("--help")
        self.assertEqual((code, err), (0, ""))
        self.assertIn("python -m engine.staffing DEMANDES.csv AGENTS.csv", out)


class TestErrors(TestCase):
    def refused(self, message, *arguments):
        """One line on standard error, nothing on standard output, exit code 2."""
        code, out, err = command(*arguments)
        self.assertEqual((code, out), (2, ""))
        self.assertEqual(plain(err), message + "\n")

    def test_files(self):
        self.refused(
            "Indiquez le fichier des demandes et celui des agents :"
            " python -m engine.staffing DEMANDES.csv AGENTS.csv",
            REQUESTS,
        )
        self.refused("Deux fichiers sont attendus (« c.csv » est en trop).", "a", "b", "c.csv")
        self.refused("Le fichier « rien.csv » n'existe pas.", "rien.csv", AGENTS)
        self.refused(
            "Fichier « replacement_requests.csv », ligne 1 : la colonne « agent_id » manque."
            " Colonnes lues : "
            + ", ".join(REQUESTS.read_text("utf-8").split("\n")[0].split(","))
            + ".",
            REQUESTS,
            REQUESTS,
        )

    def test_a_cell_that_cannot_be_read(self):
        with tempfile.TemporaryDirectory() as folder:
            file = Path(folder) / "demandes.csv"
            file.write_text("demande_id;date_debut\nX1;2027-01-04\nX2;demain\n", encoding="utf-8")
            self.refused(
                "Fichier « demandes.csv », ligne 3, colonne « date_debut » : « demain » n'est pas"
                " une date (attendu : 2026-12-08 ou 08/12/2026).",
                file,
                AGENTS,
            )

    def test_options(self):
        self.refused("Option inconnue : « --fast ».", REQUESTS, AGENTS, "--fast")
        self.refused("L'option « --solver » demande une valeur.", REQUESTS, AGENTS, "--solver")
        self.refused(
            "L'option --solver accepte « greedy » ou « cpsat » (« magie » reçu).",
            REQUESTS,
            AGENTS,
            "--solver=magie",
        )
        for value in ("0", "-1", "nan", "inf", "vite"):
            self.refused(
                f"L'option --seconds demande un nombre positif (« {value} » reçu).",
                REQUESTS,
                AGENTS,
                f"--seconds={value}",
            )
