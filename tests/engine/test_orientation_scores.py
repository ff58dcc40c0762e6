"""Scores of a set of questions, learning under control, and the data that the addon ships."""

import unittest
from dataclasses import replace
from pathlib import Path

from orientation_cases import LIGHTS, ROADS, TOPICS, WASTE, codes, index, topic

from engine.orientation import (
    Index,
    Question,
    Term,
    compare,
    default_topics,
    evaluate,
    examples,
    read_questions,
)
from engine.orientation.learning import propose_terms
from engine.orientation.model import answerable
from engine.orientation.tables import TOPICS as SHIPPED
from engine.text import fold

BENCHMARK = SHIPPED.with_name("benchmark_questions.csv")
FIXTURES = Path(__file__).parents[1] / "fixtures" / "orientation"
HELD_OUT = FIXTURES / "held_out_questions.csv"
LAST = FIXTURES / "last_questions.csv"
FRESH = FIXTURES / "fresh_questions.csv"
NEWEST = FIXTURES / "newest_questions.csv"


def learn(one, text):
    """A topic with one more term."""
    return replace(one, terms=(*one.terms, Term(text)))


class TestEvaluate(unittest.TestCase):
    def test_fractions_over_the_judged_questions(self):
        questions = [
            Question("un trou", "ROADS"),
            Question("un trottoir, près d'une poubelle", "WASTE"),
            Question("une ampoule", "ROADS"),
            Question("la girafe", "WASTE"),
            Question("une ampoule"),
        ]
        result = evaluate(index(), questions)
        self.assertEqual((result.top1, result.top3), (1 / 4, 2 / 4))
        self.assertEqual([answer.expected for answer in result.answers][-1], "")
        self.assertEqual(codes(result.answers[2].found), ["LIGHTS"])
        self.assertEqual(result.answers[3].found, ())

    def test_the_third_counts_the_fourth_does_not(self):
        alike = [topic(code, "Alpha", "zébulon") for code in "ABCD"]
        for code, within in (("A", 1.0), ("C", 1.0), ("D", 0.0)):
            result = evaluate(index(*alike), [Question("zébulon", code)], limit=5)
            self.assertEqual((result.top1, result.top3), (float(code == "A"), within), code)

    def test_no_judged_question(self):
        result = evaluate(index(), [Question("un trou")])
        self.assertEqual((result.top1, result.top3), (None, None))
        self.assertEqual(codes(result.answers[0].found), ["ROADS"])


class TestLearning(unittest.TestCase):
    questions = [Question("la poubelle déborde", "WASTE"), Question("le zébulon", "LIGHTS")]

    def test_a_good_term_is_accepted(self):
        result = compare(index(), index(ROADS, learn(LIGHTS, "zébulon"), WASTE), self.questions)
        self.assertTrue(result.accepted)
        self.assertEqual((result.before.top1, result.after.top1), (0.5, 1.0))
        self.assertEqual([answer.question for answer in result.mended], ["le zébulon"])
        self.assertEqual(result.broken, ())

    def test_a_term_that_lowers_the_score_is_refused_with_figures(self):
        roads = replace(ROADS, terms=(*ROADS.terms, Term("poubelle qui déborde", 5.0)))
        result = compare(index(), index(roads, LIGHTS, WASTE), self.questions)
        self.assertFalse(result.accepted)
        self.assertEqual((result.before.top1, result.after.top1), (0.5, 0.0))
        self.assertEqual([answer.question for answer in result.broken], ["la poubelle déborde"])
        self.assertEqual(codes(result.broken[0].found), ["ROADS"])

    def test_a_fall_of_the_first_three_alone_is_refused(self):
        last = topic("A", "Alpha", "zébulon, girafe")
        others = [topic(code, "Beta", "zébulon, mirliton") for code in "BCD"]
        questions = [Question("zébulon", "A")]
        result = compare(index(*others[:2], last), index(*others, last), questions)
        self.assertEqual((result.before.top1, result.after.top1), (0.0, 0.0))
        self.assertEqual((result.before.top3, result.after.top3), (1.0, 0.0))
        self.assertFalse(result.accepted)

    def test_nothing_to_compare_with(self):
        self.assertTrue(compare(index(), index(ROADS), []).accepted)


class TestProposedTerms(unittest.TestCase):
    def test_words_of_four_letters_that_the_topic_has_not(self):
        """“bus” is short, “dans” is a stop word, LIGHTS has “ampoule”."""
        found = propose_terms(TOPICS, "Une AMPOULE dans le bus de la zone", "LIGHTS")
        self.assertEqual(found, ["zone"])

    def test_three_words_those_that_the_fewest_topics_have_first(self):
        question = "poubelle, girafe, mirliton, zébulon"
        self.assertEqual(
            propose_terms(TOPICS, question, "LIGHTS"), ["girafe", "mirliton", "zébulon"]
        )
        self.assertEqual(
            propose_terms(TOPICS, "poubelle et girafe", "LIGHTS"), ["girafe", "poubelle"]
        )


class TestShippedTopics(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.topics = default_topics()
        cls.index = Index(cls.topics)

    def test_each_label_finds_its_topic_first(self):
        for one in answerable(self.topics):
            self.assertEqual(codes(self.index.rank(one.label))[:1], [one.code], one.label)

    def test_third_party_subjects_show_who_is_competent(self):
        outside = [one for one in answerable(self.topics) if one.level != "metropole"]
        self.assertEqual(len(outside), 16)
        self.assertEqual([one.code for one in outside if not one.outside_name], [])
        police = {"VOI-PER", "DEC-DEP", "HAB-IND"}
        others = [one for one in outside if one.code not in police]
        self.assertEqual({one.parent for one in others}, {"HOR"})

    def test_what_private_persons_ask_is_for_other_bodies(self):
        for question in (
            "un habitant a perdu sa carte vitale",
            "impots sur le revenu : avis d'imposition jamais recu",
            "inscription au chomage, pole emploi ou france travail ?",
            "les allocations familiales de la caf ne sont pas versées",
        ):
            with self.subTest(question):
                self.assertEqual(codes(self.index.rank(question))[:1], ["HOR-PAR"])
        # The commune's own taxes and subsidies stay where they were.
        self.assertEqual(codes(self.index.rank("vote des taux de taxe foncière"))[:1], ["FIN-CLE"])
        self.assertIn("FIN-SUB", codes(self.index.rank("subvention de la caf pour la crèche")))

    def test_slang_of_breakdowns(self):
        broken, slang = (
            self.index.rank(f"la conduite d'eau est {word} dans la rue")[0]
            for word in ("cassée", "pétée")
        )
        self.assertEqual((broken.code, broken.score), (slang.code, slang.score))
        dead, rade = (
            self.index.rank(f"le serveur {word}") for word in ("ne marche plus", "est en rade")
        )
        self.assertEqual(codes(dead)[0], "INF-CYB")
        self.assertEqual(codes(rade)[0], "INF-CYB")

    def test_a_parked_car_is_no_railway_station(self):
        for question in (
            "une voiture est gare depuis trois mois devant la mairie",
            "un vehicule mal gare bloque le passage du camion des pompiers",
            "des voitures garees n'importe comment a la sortie de l'ecole",
        ):
            with self.subTest(question):
                self.assertNotIn("HOR-LYC", codes(self.index.rank(question)))
        self.assertIn("HOR-LYC", codes(self.index.rank("le train ne s'arrete plus a la gare")))

    def test_what_is_none_of_our_topics_is_not_guessed(self):
        for question in (
            "la recette de la tarte aux pommes",
            "quel film regarder ce soir",
            "résultat du match de football Metz Nancy",
            "traduire un poème en anglais",
            "zorglub",
        ):
            with self.subTest(question):
                self.assertEqual(self.index.answer(question), [])
        for question in (
            "taxe de séjour d'un hôtel",
            "un canapé abandonné sur le trottoir",
            "les vacances de la secrétaire de mairie",
            "trottoir",
        ):
            with self.subTest(question):
                self.assertNotEqual(self.index.answer(question), [])

    def test_what_fell_is_no_grave(self):
        for question in (
            "tombé en panne",
            "la chaudière de l'école est tombée en panne",
            "un arbre est tombé",
            "le bus tombe en panne",
            "la chaudiere est tombee en panne",
            "des arbres sont tombees sur la route",
            "arbres tombees",
        ):
            with self.subTest(question):
                self.assertNotIn("HOR-CIM", codes(self.index.rank(question)))
        self.assertEqual(codes(self.index.rank("la tombe de mes parents"))[:1], ["HOR-CIM"])

    def test_dirt_is_no_salt_and_a_sauce_no_rain(self):
        """Participles that would be other words without their ending: salée, saucée."""
        self.assertEqual(codes(self.index.rank("la rue est sale"))[:1], ["DEC-DEP"])
        self.assertEqual(codes(self.index.rank("la route est salee"))[:1], ["VOI-HIV"])
        self.assertNotIn("EAU-PLU", codes(self.index.rank("sauce")))
        self.assertIn("EAU-PLU", codes(self.index.rank("on a pris une saucée")))

    def test_phone_style_says_the_same(self):
        for phone, plain in (
            ("bjr kelkun peut venir la benne est pleine", "la benne est pleine"),
            (
                "jvoulé savoir, qqn ds la rue ya plus de lumiere",
                "dans la rue il n'y a plus de lumière",
            ),
        ):
            with self.subTest(phone):
                self.assertEqual(codes(self.index.rank(phone))[0], codes(self.index.rank(plain))[0])

    def test_every_topic_has_everyday_words(self):
        poor = [one.code for one in answerable(self.topics) if len(one.terms) < 30]
        self.assertEqual(poor, [])

    def test_singular_and_plural(self):
        """The same words; pieces of words, which know nothing of plurals, may move the score."""
        for one, many, code in (
            ("nid de poule", "nids de poules", "VOI-ENT"),
            ("un vitrail", "des vitraux", "CUL-EQU"),
            ("la formation d'un élu", "la formation des élues", "GOU-FOR"),
            ("un feu rouge", "des feux rouges", "VOI-SIG"),
            ("le tuyau", "les tuyaux", "EAU-POT"),
            ("un lampadaire cassé", "des lampadaires cassés", "VOI-ECL"),
        ):
            with self.subTest(one):
                one, many = self.index.rank(one)[0], self.index.rank(many)[0]
                self.assertEqual((one.code, many.code), (code, code))
                self.assertAlmostEqual(one.score / many.score, 1, delta=0.2)

    def test_the_benchmark_stays_above_its_floor(self):
        """These questions were seen when the words were written: a guard, not a measure."""
        questions = read_questions(BENCHMARK)
        self.assertEqual(len(questions), 152)
        unknown = {question.topic_code for question in questions} - {t.code for t in self.topics}
        self.assertEqual(unknown, set())
        result = evaluate(self.index, questions)
        self.assertGreaterEqual(result.top1, 0.97)
        self.assertGreaterEqual(result.top3, 0.98)

    def test_questions_that_nobody_looked_at_reach_the_bar(self):
        """Held out: no word was written, and none may be, from the misses of this file."""
        questions = read_questions(HELD_OUT)
        self.assertEqual(len(questions), 112)
        result = evaluate(self.index, questions)
        self.assertGreaterEqual(result.top1, 0.90)
        self.assertGreaterEqual(result.top3, 0.96)

    def test_nor_do_questions_written_after_all_words_fall(self):
        """Nothing was tuned on these, and nothing may be: the aim is 0.90 and 0.97."""
        result = evaluate(self.index, read_questions(LAST))
        self.assertGreaterEqual(result.top1, 0.88)
        self.assertGreaterEqual(result.top3, 0.93)

    def test_fresh_questions_of_another_hand(self):
        """109 with a topic, 15 with none; no word was written from them."""
        result = evaluate(self.index, read_questions(FRESH))
        outside = [answer for answer in result.answers if not answer.expected]
        self.assertEqual((len(result.answers), len(outside)), (124, 15))
        self.assertGreaterEqual(result.top1, 0.79)
        self.assertGreaterEqual(result.top3, 0.88)
        self.assertGreaterEqual(sum(not answer.found for answer in outside), 8)

    def test_newest_questions_coded_twice(self):
        """125 with a topic, 25 with none; two persons gave the same code to each, independently."""
        result = evaluate(self.index, read_questions(NEWEST))
        outside = [answer for answer in result.answers if not answer.expected]
        self.assertEqual((len(result.answers), len(outside)), (150, 25))
        self.assertGreaterEqual(result.top1, 0.91)
        self.assertGreaterEqual(result.top3, 0.94)
        self.assertGreaterEqual(sum(not answer.found for answer in outside), 17)

    def test_examples_are_of_shipped_topics_and_of_no_set_of_questions(self):
        """Sentences that teach and sentences that measure stay separate."""
        known = {one.code for one in answerable(self.topics)}
        self.assertEqual(set(examples()), known | {""})
        self.assertEqual([code for code, found in examples().items() if len(found) < 80], [])
        taught = {fold(text) for found in examples().values() for text in found}
        self.assertEqual(len(taught), sum(map(len, examples().values())))
        for path in (BENCHMARK, HELD_OUT, LAST, FRESH, NEWEST):
            asked = {fold(question.text) for question in read_questions(path)}
            self.assertEqual(asked & taught, set(), path.name)


if __name__ == "__main__":
    unittest.main()
