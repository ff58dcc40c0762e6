"""From a question to topics: order, reasons, gate, boosts, hostile input."""

import unittest

from orientation_cases import LIGHTS, ROADS, TOPICS, WASTE, codes, index, topic

from engine.orientation import Found, Index, Term, Topic, enriched, is_clear
from engine.orientation.confidence import is_in_scope
from engine.orientation.topic_terms import TopicTerms

NBSP = "\u00a0"


def quoted(text):
    return f"«{NBSP}{text}{NBSP}»"


class TestRank(unittest.TestCase):
    def test_the_word_of_a_topic_finds_it(self):
        self.assertEqual(codes(index().rank("une ampoule grillée")), ["LIGHTS"])

    def test_singular_and_plural_have_the_same_score(self):
        one, many = index().rank("nid de poule"), index().rank("des nids de poules !")
        self.assertEqual((one[0].code, one[0].score), (many[0].code, many[0].score))

    def test_a_complete_expression_beats_its_parts(self):
        hens = topic("HENS", "Poulailler", "poule")
        found = index(ROADS, hens).rank("nid de poule")
        self.assertEqual(codes(found), ["ROADS", "HENS"])

    def test_the_parts_of_an_expression_alone_are_not_shown_beside_it(self):
        """A pothole (“nid de poule”) is neither a hen nor a nest, even mistyped; both topics are
        shown where one has the word by itself."""
        hens = topic("HENS", "Poulailler", "poule, poulets, nid")
        for question in ("nid de poule", "un nid de poul"):
            self.assertEqual(codes(index(ROADS, hens).answer(question)), ["ROADS"], question)
        fowl = topic("FOWL", "Alpha", "nid de poule, poule")
        self.assertEqual(codes(index(fowl, hens).answer("nid de poule")), ["FOWL", "HENS"])

    def test_a_word_typed_wrong_is_what_completes_an_expression(self):
        whole, other = topic("A", "Alpha", "zébulon de mirlitonne"), topic("B", "Beta", "mirlitons")
        both = index(whole, other)
        self.assertEqual(sorted(codes(both.rank("mirlitonn"))), ["A", "B"])
        self.assertEqual(codes(both.rank("zébulon de mirlitonn")), ["A"])

    def test_two_words_may_come_within_an_expression_not_three(self):
        whole, two, three = (
            index().rank(f"nid {between} poule")[0].score
            for between in ("de", "girafe zébulon", "girafe zébulon mirliton")
        )
        self.assertEqual(two, whole)
        self.assertLess(three, whole)

    def test_an_expression_of_place_counts_less(self):
        hall = index(ROADS, topic("HALL", "Alpha", "zébulon mirliton"))
        what = hall.rank("le zébulon mirliton")[0].score
        where = hall.rank("devant le grand zébulon mirliton")[0].score
        # Expression and first word 0.35 instead of 1; the second word, half a word, stays whole.
        self.assertLess(where, 0.6 * what)

    def test_at_equal_words_the_topic_that_has_fewer_comes_first(self):
        long = topic("LONG", "Alpha", "zébulon, mirliton, girafe, ampoule, trottoir")
        self.assertEqual(
            codes(index(long, topic("SHORT", "Beta", "zébulon")).rank("zébulon")),
            ["SHORT", "LONG"],
        )

    def test_a_word_of_all_topics_weighs_less(self):
        both = index(topic("A", "Alpha", "bus, tarif"), topic("B", "Beta", "tarif"))
        self.assertEqual(codes(both.rank("tarif bus")), ["A", "B"])

    def test_the_limit(self):
        question = "trottoir lampadaire poubelle"
        self.assertEqual(len(index().rank(question)), 3)
        self.assertEqual(len(index().rank(question, limit=1)), 1)
        self.assertEqual(index().rank(question, limit=0), [])

    def test_families_are_never_answers(self):
        self.assertEqual(index().rank("les services techniques", limit=9)[:0], [])
        self.assertNotIn("F", codes(index().rank("services techniques", limit=9)))

    def test_a_list_without_families_is_answered(self):
        flat = Index([Topic("A", "Piscine"), Topic("B", "Musée")])
        self.assertEqual(codes(flat.rank("la piscine")), ["A"])

    def test_equal_scores_keep_the_order_of_the_list(self):
        twins = index(topic("ONE", "Alpha", "zébulon"), topic("TWO", "Beta", "zébulon"))
        self.assertEqual(codes(twins.rank("zébulon")), ["ONE", "TWO"])

    def test_at_equal_words_the_own_topic_comes_before_another_level(self):
        outside = topic("STATE", "Alpha", "zébulon", level="etat")
        own = topic("OWN", "Beta", "zébulon")
        self.assertEqual(codes(index(outside, own).rank("zébulon")), ["OWN", "STATE"])

    def test_a_term_that_counts_for_nothing_finds_nothing(self):
        self.assertEqual(
            index(Topic("A", "Alpha", "F", (Term("zébulon", 0.0),))).rank("zébulon"), []
        )

    def test_a_learned_term_counts_by_its_weight(self):
        light = Topic("A", "Alpha", "F", (Term("zébulon", 0.5),))
        heavy = Topic("B", "Beta", "F", (Term("zébulon", 1.0),))
        self.assertEqual(codes(index(light, heavy).rank("zébulon")), ["B", "A"])


class TestReasons(unittest.TestCase):
    def reason(self, question):
        return index().rank(question)[0].reasons[0]

    def test_keyword(self):
        self.assertEqual(
            self.reason("trou béant"), f"{quoted('trou')} fait partie des mots de ce sujet"
        )

    def test_an_expression_is_shown_as_the_person_wrote_it(self):
        self.assertEqual(
            self.reason("nids-de-poules"),
            f"{quoted('nids-de-poules')} fait partie des mots de ce sujet",
        )

    def test_label(self):
        self.assertEqual(
            self.reason("la collecte"), f"{quoted('collecte')} est dans l’intitulé de ce sujet"
        )

    def test_an_expression_of_the_lexicon(self):
        """Two words that mean “poubelle” together."""
        self.assertEqual(
            self.reason("les ordures ménagères"),
            f"{quoted('ordures ménagères')} est proche de {quoted('poubelle')}",
        )

    def test_what_the_topic_has_itself_needs_not_be_near_to_another_of_its_words(self):
        """“nid de poule” leads to “trou”, which counts more here, and is a word of the topic."""
        roads = Topic("R", "Alpha", "F", (Term("nid de poule"), Term("trou", 1.5)))
        self.assertEqual(
            index(roads).rank("nid de poule")[0].reasons,
            (f"{quoted('nid de poule')} fait partie des mots de ce sujet",),
        )

    def test_every_reason_quotes_what_was_typed(self):
        question = "Un TROU, des poubelles et la lampadere de l'Ampoule"
        for found in index().rank(question):
            for reason in found.reasons:
                quoted_word = reason.split(f"«{NBSP}")[1].split(f"{NBSP}»")[0]
                self.assertIn(quoted_word, question)

    def test_a_word_within_a_longer_reason_is_not_repeated(self):
        self.assertEqual(len(index().rank("nid de poule")[0].reasons), 1)

    def test_repaired(self):
        self.assertEqual(
            self.reason("lampadere"), f"{quoted('lampadere')} compris comme {quoted('lampadaire')}"
        )

    def test_synonym(self):
        self.assertEqual(
            self.reason("un bac renversé"), f"{quoted('bac')} est proche de {quoted('poubelle')}"
        )

    def test_at_most_three(self):
        found = index(topic("A", "Alpha", "pomme, poire, prune, figue")).rank(
            "pomme poire prune figue"
        )
        self.assertEqual(len(found[0].reasons), 3)


class TestBoosts(unittest.TestCase):
    def test_a_boost_changes_the_order_and_says_so(self):
        question = "poubelle et lampadaire et ampoule"
        self.assertEqual(codes(index().rank(question))[0], "LIGHTS")
        found = index().rank(question, boosts={"WASTE": 3.0})
        self.assertEqual(found[0].code, "WASTE")
        self.assertEqual(found[0].reasons[-1], "La commune a un référent désigné pour ce sujet")

    def test_a_boost_multiplies_the_score(self):
        plain = index().rank("poubelle")[0].score
        boosted = index().rank("poubelle", boosts={"WASTE": 2})[0].score
        self.assertAlmostEqual(boosted, plain * 2, delta=0.002)

    def test_a_boost_makes_nothing_out_of_nothing(self):
        self.assertEqual(codes(index().rank("poubelle", boosts={"ROADS": 9})), ["WASTE"])


class TestScope(unittest.TestCase):
    def test_a_sentence_needs_seven_tenths_a_few_words_nothing(self):
        for question, least in (
            ("girafe zébulon mirliton", 0.7),
            ("girafe zébulon", 0.001),
            ("girafe", 0.001),
        ):
            with self.subTest(question):
                self.assertTrue(is_in_scope(question, [Found("A", least)]))
                self.assertEqual(is_in_scope(question, [Found("A", least - 0.01)]), least < 0.7)

    def test_a_word_of_private_life_needs_more(self):
        """Half a point for each such word."""
        for score, managed in ((1.2, True), (1.19, False)):
            for question in ("recette zébulon", "le bitcoin, girafe et zébulon"):
                self.assertEqual(is_in_scope(question, [Found("A", score)]), managed, question)
        for score, managed in ((1.7, True), (1.69, False)):
            found = [Found("A", score)]
            self.assertEqual(is_in_scope("recette de tarte au zébulon", found), managed)

    def test_small_words_make_a_sentence(self):
        """Of a question in words, not of a few words typed in the search."""
        for question, managed in (("qui est le zébulon", False), ("le zébulon de la girafe", True)):
            self.assertEqual(is_in_scope(question, [Found("A", 0.5)]), managed, question)

    def test_a_question_of_general_knowledge_needs_more(self):
        for question, managed in (("qui a écrit zébulon", False), ("qui a vu zébulon", True)):
            self.assertEqual(is_in_scope(question, [Found("A", 1.0)]), managed, question)
        self.assertTrue(is_in_scope("recettes", [Found("A", 0.2)]))

    def test_where_examples_discriminate_the_stranger_needs_more(self):
        """1.2 for what is as like what is of no topic as like a topic; as much more for each."""
        for strangeness, least in ((1.0, 1.2), (0.5, 0.6)):
            for score, managed in ((least, True), (least - 0.01, False)):
                found = [Found("A", score)]
                self.assertEqual(
                    is_in_scope("girafe zébulon mirliton", found, strangeness), managed
                )

    def test_nothing_found_is_out_of_scope(self):
        self.assertFalse(is_in_scope("girafe", []))

    def test_the_index_shows_nothing_out_of_scope(self):
        few = index(topic("A", "Alpha", "zébulon, mirliton, figue"), topic("B", "Beta", "zébulon"))
        asked = "zébulon girafe wapiti"
        self.assertEqual(codes(few.rank(asked)), ["B", "A"])
        self.assertEqual(few.answer(asked), [])
        self.assertEqual(codes(few.answer("zébulon")), ["B", "A"])
        self.assertEqual(few.answer(None), [])


class TestGate(unittest.TestCase):
    def test_a_clear_lead(self):
        self.assertTrue(is_clear([Found("A", 1.5), Found("B", 1.0)]))
        self.assertFalse(is_clear([Found("A", 1.49), Found("B", 1.0)]))
        # The score that counts is that of the first.
        self.assertTrue(is_clear([Found("A", 20.0), Found("B", 0.5)]))

    def test_one_topic_needs_the_score_only(self):
        self.assertTrue(is_clear([Found("A", 1.0)]))
        self.assertFalse(is_clear([Found("A", 0.99)]))

    def test_nothing_found(self):
        self.assertFalse(is_clear([]))

    def test_an_everyday_word_is_never_clear(self):
        roads = topic("ROADS", "Alpha", "route")
        self.assertFalse(is_clear(index(roads, WASTE, LIGHTS).rank("route")))


class TestHostileInput(unittest.TestCase):
    def test_nothing_to_understand(self):
        for text in (None, "", "   ", "?!…", "😀🚒", "0123456789", "a", "привет", "你好", "'" * 99):
            self.assertEqual(index().rank(text), [], text)

    def test_not_a_text(self):
        self.assertEqual(index().rank(12), [])

    def test_twenty_thousand_characters(self):
        self.assertEqual(codes(index().rank("lampadaire " * 2_000)), ["LIGHTS"])
        self.assertEqual(index().rank("x" * 20_000), [])

    def test_control_characters_and_markup(self):
        self.assertEqual(codes(index().rank("\0<b>lampadaire</b>\u202e\r\n")), ["LIGHTS"])

    def test_no_topic(self):
        self.assertEqual(Index([]).rank("lampadaire"), [])

    def test_a_topic_without_keywords(self):
        self.assertEqual(codes(index(Topic("A", "Piscine", "F")).rank("piscine")), ["A"])


class TestWeights(unittest.TestCase):
    def weight(self, label, keywords):
        """What a topic of the family “Zébulon” holds to the word “zébulon”."""
        family = Topic("Z", "Gamma, zébulon")
        one = Topic("A", label, "Z", tuple(Term(text) for text in keywords.split(", ")))
        return TopicTerms(one, family).entries[("zebulon",)].weight

    def test_a_word_that_comes_back_counts_a_little_more(self):
        """A keyword is worth 1, and a tenth more for each of the next five that hold it."""
        for keywords, weight in (
            ("zébulon", 1.0),
            ("zébulon, zébulon bleu", 1.1),
            ("zébulon, zébulon bleu, zébulon vert", 1.2),
            ("zébulon, " + ", ".join(f"zébulon {x}" for x in ("bleu", "vert", "rouge")), 1.3),
            ("zébulon, " + ", ".join(f"zébulon {x}q" for x in "abcde"), 1.5),
            ("zébulon, " + ", ".join(f"zébulon {x}q" for x in "abcdef"), 1.5),
        ):
            self.assertAlmostEqual(self.weight("Alpha", keywords), weight, msg=keywords)

    def test_a_plural_is_the_same_word_a_verb_is_another(self):
        """Who looks ("regarder") speaks of no "regard" of the sewers."""
        sewers = index(topic("A", "Alpha", "regard"))
        one, many = (sewers.rank(word)[0].score for word in ("regard", "regards"))
        self.assertEqual(one, many)
        self.assertEqual(sewers.rank("regarder"), [])

    def test_an_apostrophe_left_out(self):
        bare = index(topic("A", "Alpha", "école")).rank("lecole cassee")
        self.assertEqual(codes(bare), ["A"])
        self.assertIn("lecole\xa0» compris comme «\xa0ecole", bare[0].reasons[0])

    def test_the_position_of_a_word(self):
        """In an expression a half; in the label 0.8 and 0.15 more; in the family alone 0.2."""
        for label, keywords, weight in (
            ("Alpha", "zébulon bleu", 0.5),
            ("Zébulon", "mirliton", 0.95),
            ("Zébulon", "zébulon", 1.15),
            ("Alpha", "mirliton", 0.2),
        ):
            self.assertAlmostEqual(self.weight(label, keywords), weight, msg=(label, keywords))


class TestEnriched(unittest.TestCase):
    shipped = [
        Topic("X", "Services"),
        Topic("S1", "Collecte des déchets", "X", (Term("poubelle"), Term("zébulon"))),
        Topic("S2", "Musée", "X", (Term("tableau"), Term("mirliton"))),
    ]

    def test_the_nearest_topic_borrows_the_words(self):
        poor = [Topic("F", "Tout"), topic("W", "Déchets", "tri"), topic("M", "Musée", "visite")]
        self.assertEqual(index(*poor[1:]).rank("zébulon"), [])
        rich = Index(enriched(poor, self.shipped))
        self.assertEqual(codes(rich.rank("zébulon")), ["W"])
        self.assertEqual(codes(rich.rank("mirliton")), ["M"])
        self.assertEqual(
            rich.rank("zébulon")[0].reasons,
            (f"{quoted('zébulon')} est un mot courant pour ce sujet",),
        )

    def test_own_words_stay_and_count_more(self):
        poor = [Topic("F", "Tout"), topic("W", "Déchets", "poubelle")]
        (_family, waste) = enriched(poor, self.shipped)
        self.assertEqual(
            [(term.text, term.weight, term.lent) for term in waste.terms],
            [("poubelle", 1.0, False), ("zébulon", 0.5, True)],
        )

    def test_a_lender_of_another_level_lends_by_its_nearness(self):
        """S2, of the State, is nine tenths as near as S1: half of that for its words."""
        shipped = [
            Topic("X", "Services"),
            Topic("S1", "Collecte des déchets", "X", (Term("poubelle"),)),
            Topic("S2", "Collecte des déchets", "X", (Term("mirliton"),), level="etat"),
        ]
        poor = [Topic("F", "Tout"), topic("W", "Collecte des déchets", "tri")]
        (_family, waste) = enriched(poor, shipped)
        weights = {term.text: term.weight for term in waste.terms if term.lent}
        self.assertAlmostEqual(weights["poubelle"], 0.5)
        self.assertAlmostEqual(weights["mirliton"], 0.45, places=2)

    def test_a_lender_that_shares_a_word_in_passing_lends_nothing(self):
        """S2, of the State, has one word of three, within an expression."""
        shipped = [
            Topic("X", "Services"),
            Topic("S1", "Collecte des déchets verts", "X", (Term("poubelle"),)),
            Topic("S2", "Alpha", "X", (Term("déchets gamma"), Term("mirliton")), level="etat"),
        ]
        poor = [Topic("F", "Tout"), topic("W", "Collecte des déchets verts", "tri")]
        (_family, waste) = enriched(poor, shipped)
        self.assertEqual([term.text for term in waste.terms if term.lent], ["poubelle"])

    def lent(self, managed, shipped):
        """Texts that the only topic of a list borrows."""
        (_family, one) = enriched([Topic("F", "Tout"), managed], [Topic("X", "Services"), *shipped])
        return [term.text for term in one.terms if term.lent]

    def test_at_most_four_lend_to_a_topic(self):
        """Topics of the State lend only to the topics whose own words lead to them."""
        shipped = [
            Topic(f"S{n}", "Zébulon", "X", (Term(word),), level="etat")
            for n, word in enumerate(("pomme", "poire", "prune", "figue", "cassis"))
        ]
        found = self.lent(topic("W", "Zébulon", "tri"), shipped)
        self.assertEqual(found, ["pomme", "poire", "prune", "figue"])

    def test_the_first_eight_words_of_a_topic_decide_to_which_one_it_lends(self):
        """Shipped keywords lead to a topic of the State, far nearer: SHOP's own win."""
        state = Topic("S", "Gamma delta epsilon", "X", level="etat")
        managed = topic("W", "Gamma delta epsilon", "zébulon, mirliton")
        seven = "pomme poire prune figue cassis fraise melon".split()
        for behind, lent in ((["zébulon", "navet"], [*seven, "navet"]), (["navet", "zébulon"], [])):
            shop = Topic("SHOP", "Beta", "X", tuple(map(Term, seven + behind)))
            self.assertEqual(self.lent(managed, [state, shop]), lent, behind)

    def test_the_small_list_is_left_as_it_is(self):
        before = [topic.terms for topic in TOPICS]
        enriched(TOPICS, self.shipped)
        self.assertEqual([topic.terms for topic in TOPICS], before)


if __name__ == "__main__":
    unittest.main()
