"""Invented councils say what a real file says: numbers, functions, ranks."""

import csv
import io
import unittest

from engine.opendata.fictive import FictiveCommune, files

# 640 inhabitants: 15 members, of whom 30 %, so 4, are deputies; 90: 7 members and 2 deputies.
COMMUNES = [
    FictiveCommune("57901", "Aubrive", 640),
    FictiveCommune("57902", "Bellefontaine", 90),
    FictiveCommune("57903", "Clairval", 160),
]


def labels(content, code):
    """Functions of the rows of a commune, in the order of the file."""
    rows = csv.DictReader(io.StringIO(content.decode()), delimiter=";")
    column = "Libellé de la fonction"
    return [row[column] for row in rows if code in row.values()]


class TestFictive(unittest.TestCase):
    def setUp(self):
        (_name, self.municipal), (_name, self.community) = files(COMMUNES, "200000001", "CC")

    def test_a_mayor_and_deputies_by_rank(self):
        deputies = ["1er adjoint au Maire", *[f"{n}ème adjoint au Maire" for n in (2, 3, 4)]]
        self.assertEqual(
            labels(self.municipal, "57901"), ["Maire", *deputies, *[""] * (15 - 1 - 4)]
        )
        self.assertEqual(
            labels(self.municipal, "57902"),
            ["Maire", "1er adjoint au Maire", "2ème adjoint au Maire", *[""] * 4],
        )

    def test_a_president_and_one_vice_president_for_three_communes(self):
        """The two larger ones send two delegates, the other one."""
        council = "du conseil communautaire"
        self.assertEqual(labels(self.community, "57901"), [f"Président {council}", ""])
        self.assertEqual(labels(self.community, "57903"), [f"1er Vice-président {council}", ""])
        self.assertEqual(labels(self.community, "57902"), [""])

    def test_a_vice_president_for_three_communes(self):
        """Six communes: two of them, beside the president."""
        six = [FictiveCommune(f"5790{n}", f"C{n}", 700 - n) for n in range(1, 7)]
        (_name, content) = files(six, "200000001", "CC")[1]
        rows = csv.DictReader(io.StringIO(content.decode()), delimiter=";")
        told = [row["Libellé de la fonction"] for row in rows]
        self.assertEqual(
            [label.split()[:2] for label in told if label],
            [["Président", "du"], ["1er", "Vice-président"], ["2eme", "Vice-président"]],
        )


if __name__ == "__main__":
    unittest.main()
