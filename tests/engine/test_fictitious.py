"""Invented councils have the data of a real file: numbers, functions, ranks."""

import csv
import io
import unittest

from engine.opendata.fictitious import FictiveCommune, council_size, files

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

    def test_councils_have_the_size_that_the_law_gives(self):
        """CGCT, article L2121-2: inhabitants, from which, and members."""
        law = (
            "0:7 100:11 500:15 1500:19 2500:23 3500:27 5000:29 10000:33 20000:35 30000:39 40000:43"
            " 50000:45 60000:49 80000:53 100000:55 150000:59 200000:61 250000:65 300000:69"
        )
        steps = [tuple(map(int, step.split(":"))) for step in law.split()]
        for (low, size), (high, _more) in zip(steps, [*steps[1:], (400000, 0)], strict=True):
            for population in (low, high - 1):
                self.assertEqual(council_size(population), size, population)

    def test_fifteen_vice_presidents_at_most(self):
        """48 communes would make sixteen of them (CGCT, article L5211-10)."""
        many = [FictiveCommune(f"57{n:03}", f"C{n}", 90 - n) for n in range(48)]
        (_name, content) = files(many, "200000001", "CC")[1]
        rows = csv.DictReader(io.StringIO(content.decode()), delimiter=";")
        functions = [row["Libellé de la fonction"] for row in rows]
        self.assertEqual(sum("Vice-président" in label for label in functions), 15)

    def test_women_and_men_in_turn_each_once(self):
        rows = list(csv.DictReader(io.StringIO(self.municipal.decode()), delimiter=";"))
        own = [row for row in rows if "57901" in row.values()]
        sexes = [row["Code sexe"] for row in own]
        self.assertEqual(sorted({*sexes[::2]}) + sorted({*sexes[1::2]}), sexes[:2])
        names = {(row["Nom de l'élu"], row["Prénom de l'élu"]) for row in own}
        self.assertEqual(len(names), 15)

    def test_women_and_men_begin_the_lists(self):
        """Of twenty mayors some are women and some are men."""
        many = [FictiveCommune(f"57{n:03}", f"C{n}", 90) for n in range(20)]
        (_name, content) = files(many, "200000001", "CC")[0]
        rows = csv.DictReader(io.StringIO(content.decode()), delimiter=";")
        mayors = {row["Code sexe"] for row in rows if row["Libellé de la fonction"] == "Maire"}
        self.assertEqual(mayors, {"F", "M"})

    def test_dates_of_the_elections_and_of_the_functions(self):
        for content, taken in ((self.municipal, "2026-03-22"), (self.community, "2026-04-09")):
            for row in csv.DictReader(io.StringIO(content.decode()), delimiter=";"):
                self.assertEqual(row["Date de début du mandat"], "2026-03-15")
                with_function = taken if row["Libellé de la fonction"] else ""
                self.assertEqual(row["Date de début de la fonction"], with_function)

    def test_a_vice_president_for_three_communes(self):
        """Six communes: two of them, beside the president."""
        six = [FictiveCommune(f"5790{n}", f"C{n}", 700 - n) for n in range(1, 7)]
        (_name, content) = files(six, "200000001", "CC")[1]
        rows = csv.DictReader(io.StringIO(content.decode()), delimiter=";")
        functions = [row["Libellé de la fonction"] for row in rows]
        self.assertEqual(
            [label.split()[:2] for label in functions if label],
            [["Président", "du"], ["1er", "Vice-président"], ["2eme", "Vice-président"]],
        )


if __name__ == "__main__":
    unittest.main()
