"""Why an agent rather than another: what is known there, how far, how charged, in which words."""

from unittest import TestCase

from staffing_cases import agent, am, given, plain, pm, problem, request

from engine.replacement_csv import read_pattern
from engine.staffing import Board, Plan, Standing, explain, regret, sole_agent, standing, why_none


class TestStanding(TestCase):
    def test_the_load_is_that_of_the_weeks_of_the_request(self):
        """From Monday the 4th to Sunday the 10th: mornings of Tuesday and of Sunday are worked."""
        mornings = agent("A1", pattern=read_pattern("mar:M dim:M").weekly)
        asked = [request("R1", slots=(am(6),)), request("R2", slots=(am(5), am(10), am(12)))]
        for held, load in (
            ((), 0),
            (given("R2", "A1", am(5)), 50),
            (given("R2", "A1", am(5), am(10)), 100),
            (given("R2", "A1", am(12)), 0),  # the week after
            (given("R2", "A1", pm(5)), 0),  # not worked
            (given("R2", "A2", am(5)), 0),  # somebody else
        ):
            with self.subTest(held=held):
                board = Board(problem(asked, [mornings, agent("A2")], locked=held))
                self.assertEqual(standing(board, "R1", "A1"), Standing(0, None, load))

    def test_a_third_is_shown_as_a_whole_number(self):
        """One morning of three; anyone who does not work that week has no load."""
        asked = [request("R1", slots=(am(4),)), request("R2", slots=(am(4), am(5)))]
        people = [agent("A1", pattern=read_pattern("lun-mer:M").weekly), agent("A2", pattern=())]
        board = Board(problem(asked, people, locked=given("R2", "A1", am(4))))
        self.assertEqual(standing(board, "R1", "A1").load, 33)
        self.assertIsNone(standing(board, "R1", "A2").load)

    def test_who_knows_the_commune_then_the_nearest_then_the_least_charged(self):
        order = [
            Standing(2, None, 100),
            Standing(1, 80, 100),
            Standing(0, 0, 0),
            Standing(0, 5, None),
            Standing(0, 5, 1),
            Standing(0, 6, 0),
            Standing(0, None, 0),
        ]
        ranks = [one.rank for one in order]
        self.assertEqual(sorted(ranks), ranks)
        self.assertEqual(len(set(ranks)), len(ranks))

    def test_in_words(self):
        for found, gender, words in (
            (Standing(), "f", "première mission dans la commune"),
            (Standing(1), "f", "déjà venue 1 fois"),
            (Standing(2), "m", "déjà venu 2 fois"),
            (Standing(1), "", "déjà une mission dans la commune"),
            (Standing(2), "", "déjà 2 missions dans la commune"),
            (Standing(0, 0, 0), "", "première mission dans la commune, 0 km, charge 0 %"),
            (Standing(0, 7.6), "", "première mission dans la commune, 8 km"),
        ):
            with self.subTest(words):
                self.assertEqual(plain(found.describe(gender)), words)


class TestWhyNone(TestCase):
    def test_what_stops_that_agent_alone(self):
        asked = [request("R1", slots=(am(4), pm(4), am(5))), request("R2", slots=(am(4), am(5)))]
        people = [agent("A1", pattern=read_pattern("lun:J mar:M").weekly), agent("A2")]
        locked = given("R2", "A1", am(4), am(5))
        board = Board(problem(asked, people, locked=locked))
        self.assertEqual(plain(why_none(board, "R1")["A1"]), "pris par R2 (2) ; disponible (1)")
        self.assertEqual(plain(why_none(board, "R1")["A2"]), "disponible (3)")
        board = Board(problem([request(agreement=False)], people))
        self.assertEqual(why_none(board, "R1")["A1"], "convention manquante")


class TestNames(TestCase):
    """Messages name persons and communes, not their codes."""

    words = {"A1": "Zoé", "A2": "Bruno", "R1": "Aubrive", "R2": "Cassel"}

    def board(self, asked, people, **values):
        return Board(problem(asked, people, words=self.words, **values))

    def test_unfilled_half_days(self):
        asked = [request("R1", slots=(am(4), pm(4)), splittable=False), request("R2")]
        plan = Plan(given("R2", "A1", am(4)) + given("R1", "A2", pm(4)))
        text = plain(explain(self.board(asked, [agent("A1"), agent("A2")]), plan, "R1").text)
        self.assertIn("Zoé : pris par Cassel (1)", text)
        plan = Plan(given("R1", "A2", pm(4)))
        text = plain(explain(self.board(asked, [agent("A1"), agent("A2")]), plan, "R1").text)
        # In the order of the codes.
        self.assertIn("Zoé : mission non fractionnable partagée entre Zoé, Bruno (1)", text)

    def test_nobody_or_somebody_alone(self):
        asked = [request("R1", category="A"), request("R2", category="B")]
        board = self.board(asked, [agent("A1", category="B"), agent("A2", category="C")])
        self.assertIn("Zoé (catégorie B", plain(explain(board, Plan(()), "R1").text))
        self.assertEqual(sole_agent(board, "R2")[0], "A1")
        self.assertIn("Zoé seul", plain(sole_agent(board, "R2")[1]))

    def test_what_others_lose(self):
        asked = [request("R1", slots=(am(4),)), request("R2", slots=(am(4),), category="A")]
        board = self.board(asked, [agent("A1", category="A"), agent("A2", category="C")])
        self.assertEqual(
            plain(regret(board, "R1", "A1").text), "Cassel perdrait 1 demi-journée, Bruno convient"
        )
