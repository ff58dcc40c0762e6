"""python -m engine.orientation: JSON on standard output, one line and exit code 2 on errors."""

import json
import subprocess
import sys
import tempfile
from pathlib import Path
from unittest import TestCase

ROOT = Path(__file__).resolve().parents[3]
FIXTURES = ROOT / "tests" / "fixtures" / "orientation"
QUESTIONS, TOPICS = FIXTURES / "questions.csv", FIXTURES / "topics.csv"


def command(*arguments):
    """Run the command line in a process of its own."""
    process = subprocess.run(
        [sys.executable, "-m", "engine.orientation", *map(str, arguments)],
        cwd=ROOT,
        capture_output=True,
        check=False,
        env={"PATH": "/usr/bin:/bin", "LC_ALL": "C"},
    )
    return process.returncode, process.stdout.decode(), process.stderr.decode()


class TestCommand(TestCase):
    def test_scores_and_answers_with_other_topics(self):
        code, out, err = command(QUESTIONS, "--topics", TOPICS)
        self.assertEqual((code, err), (0, ""))
        result = json.loads(out)
        self.assertEqual(list(result), ["top1", "top3", "answers"])
        self.assertEqual(out.splitlines()[1][:7], ' "top1"')
        # Three judged questions; that about the dustbin is judged wrong on purpose.
        self.assertAlmostEqual(result["top1"], 2 / 3)
        self.assertEqual(len(result["answers"]), 4)
        first, second, third, last = result["answers"]
        self.assertEqual(list(first), ["question", "expected", "found"])
        self.assertEqual(list(first["found"][0]), ["code", "score", "reasons"])
        self.assertEqual(first["found"][0]["code"], "VOI-ENT")
        self.assertEqual(
            first["found"][0]["reasons"][0],
            "«\u00a0nid de poule\u00a0» fait partie des mots de ce sujet",
        )
        self.assertEqual(second["question"], "lampadaire éteint ; c'est urgent")
        self.assertEqual(second["found"][0]["code"], "VOI-ECL")
        self.assertEqual((third["expected"], third["found"][0]["code"]), ("VOI-ENT", "DEC-COL"))
        self.assertIsNone(last["expected"])

    def test_topics_of_the_addon_and_limit(self):
        code, out, err = command(QUESTIONS, "--limit=1")
        self.assertEqual((code, err), (0, ""))
        result = json.loads(out)
        self.assertEqual([len(answer["found"]) for answer in result["answers"]], [1, 1, 1, 1])
        self.assertEqual(result["answers"][0]["found"][0]["code"], "VOI-ENT")

    def test_no_column_of_right_topics(self):
        with tempfile.TemporaryDirectory() as folder:
            file = Path(folder) / "q.csv"
            file.write_text("question\nun trou\n\nbonjour\ndéchetterie\n", encoding="utf-8")
            code, out, err = command(file, "--topics", TOPICS)
        self.assertEqual((code, err), (0, ""))
        result = json.loads(out)
        self.assertEqual((result["top1"], result["top3"]), (None, None))
        self.assertEqual([answer["expected"] for answer in result["answers"]], [None, None, None])
        self.assertEqual(result["answers"][1]["found"], [])
        # A word that the topics of the addon lend.
        self.assertEqual(result["answers"][2]["found"][0]["code"], "DEC-COL")

    def test_codes_that_the_topics_lack_are_reported_and_counted(self):
        with tempfile.TemporaryDirectory() as folder:
            file = Path(folder) / "q.csv"
            file.write_text("question;topic_code\nun trou;ZZZ\n", encoding="utf-8")
            code, out, err = command(file, "--topics", TOPICS)
        self.assertEqual((code, json.loads(out)["top1"]), (0, 0.0))
        self.assertEqual(len(err.splitlines()), 1)
        self.assertIn("ZZZ", err)

    def test_help(self):
        code, out, err = command("--help")
        self.assertEqual((code, err), (0, ""))
        self.assertIn("python -m engine.orientation QUESTIONS.csv", out)


class TestErrors(TestCase):
    def refused(self, message, *arguments):
        """One line on standard error, nothing on standard output, exit code 2."""
        code, out, err = command(*arguments)
        self.assertEqual((code, out), (2, ""))
        self.assertEqual(err.replace("\u00a0", " ").replace("’", "'"), message + "\n")

    def test_no_file(self):
        self.refused(
            "Indiquez le fichier des questions : python -m engine.orientation QUESTIONS.csv"
        )

    def test_missing_file(self):
        self.refused("Le fichier « rien.csv » n'existe pas.", "rien.csv")

    def test_missing_column(self):
        self.refused(
            "Fichier « topics.csv », ligne 1 : la colonne « question » manque."
            " Colonnes lues : code, parent, label, keywords.",
            TOPICS,
        )

    def test_topics_file_that_is_not_one(self):
        self.refused(
            "Fichier « questions.csv », ligne 1 : la colonne « code » manque."
            " Colonnes lues : question, topic_code.",
            QUESTIONS,
            "--topics",
            QUESTIONS,
        )

    def test_options(self):
        self.refused("Option inconnue : « --fast ».", QUESTIONS, "--fast")
        self.refused("L'option « --topics » demande une valeur.", QUESTIONS, "--topics")
        self.refused(
            "L'option --limit demande un nombre entier d'au moins 1 (« 0 » reçu).",
            QUESTIONS,
            "--limit",
            "0",
        )
        self.refused(
            f"Un seul fichier de questions est attendu (« {TOPICS} » est en trop).",
            QUESTIONS,
            TOPICS,
        )
