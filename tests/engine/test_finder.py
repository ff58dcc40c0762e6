"""The finder: documents found by their words, those alike, and their topics."""

import unittest

from orientation_cases import ROADS, index, topic

from engine.finder import Document, DocumentCache, Library
from engine.finder.document_terms import units_of

NBSP = "\u00a0"
POTHOLES = Document("guide", 1, "Signaler un nid de poule", body="La chaussée se dégrade l’hiver.")
BINS = Document("guide", 2, "Sortir les poubelles", keywords="conteneur", body="Le lundi soir.")
PAID = Document("answer", 3, "Combien coûte un bac ?", body="Rien : la chaussée est à tous.")
LIBRARY = Library([POTHOLES, BINS, PAID])


def ids(question, library=LIBRARY, **options):
    """Numbers of the documents found, the best first."""
    return [match.id for match in library.find(question, **options)]


class TestFind(unittest.TestCase):
    def test_plurals_capitals_accents_and_slips(self):
        for question in ("nids de poules", "NID DE POULE", "un nid-de-poule", "chaussee degradee"):
            self.assertEqual(ids(question)[0], 1, question)
        self.assertEqual(ids("les poubbelles")[0], 2)
        self.assertEqual(ids("un conteneur")[0], 2)

    def test_a_word_alike_finds_less_than_the_word(self):
        self.assertEqual(ids("poubelle"), [2, 3])
        self.assertEqual(ids("bac"), [3, 2])

    def test_the_title_counts_more_than_the_text(self):
        one = Document("guide", 1, "Zébulon", body="La girafe.")
        two = Document("guide", 2, "Girafe", body="Le zébulon.")
        both = Library([one, two])
        self.assertEqual((ids("zébulon", both), ids("girafe", both)), ([1, 2], [2, 1]))

    def test_a_word_that_comes_back_counts_a_little_more(self):
        once = Document("guide", 1, "Alpha", body="zébulon mirliton mirliton")
        often = Document("guide", 2, "Beta", body="zébulon zébulon mirliton")
        self.assertEqual(ids("zébulon", Library([once, often])), [2, 1])

    def test_a_rare_word_counts_more_than_a_common_one(self):
        common = [Document("guide", n, "Mirliton") for n in range(1, 6)]
        rare = Document("guide", 9, "Zébulon")
        self.assertEqual(ids("mirliton zébulon", Library([*common, rare]))[0], 9)

    def test_an_expression_beats_its_separate_words(self):
        separate = Document("guide", 1, "Poule mouillée, nid douillet")
        whole = Document("guide", 2, "Reboucher les nids de poule")
        self.assertEqual(ids("nid de poule", Library([separate, whole])), [2, 1])

    def test_a_word_of_many_documents_finds_those_that_chose_it(self):
        body = [Document("guide", n, "Registre", body="mirliton " * 9) for n in range(1, 202)]
        self.assertEqual(ids("mirliton", Library(body)), [])
        for chosen in (Document("guide", 999, "Mirliton"), Document("guide", 999, "X", "mirliton")):
            with self.subTest(title=chosen.title):
                self.assertEqual(ids("mirliton", Library([*body, chosen])), [999])

    def test_one_word_in_common_out_of_many_is_chance(self):
        self.assertEqual(ids("la chaussée girafe zébulon mirliton figue"), [])
        self.assertEqual(ids("la chaussée girafe"), [1, 3])

    def test_kinds_and_limit(self):
        self.assertEqual(ids("chaussée", kinds=["answer"]), [3])
        self.assertEqual(ids("chaussée", kinds=[]), [])
        self.assertEqual(ids("chaussée", limit=1), [1])
        self.assertEqual(ids("chaussée", limit=0), [])

    def test_nothing_found_in_what_says_nothing(self):
        for question in (None, 12, "", "de la", "?!", "Bonjour", "x" * 9000):
            self.assertEqual(ids(question), [], question)
        self.assertEqual(ids("chaussée", Library([])), [])

    def test_reasons_quote_what_was_typed(self):
        (first, *_others) = LIBRARY.find("Des NIDS DE POULES !")
        self.assertEqual(first.reasons, (f"«{NBSP}NIDS DE POULES{NBSP}» y figure",))
        near = LIBRARY.find("poubelle", kinds=["answer"])[0].reasons
        self.assertEqual(near, (f"«{NBSP}poubelle{NBSP}» est proche de «{NBSP}bac{NBSP}»",))


class TestTopics(unittest.TestCase):
    def test_a_topic_lends_its_words_to_its_documents(self):
        topics = index(ROADS, topic("OTHER", "Alpha", "girafe"))
        guide = Document("guide", 1, "Alpha", topics=("ROADS",))
        library = Library([Document("guide", 2, "Beta", topics=("OTHER",)), guide], topics)
        (found,) = library.find("le trottoir")
        self.assertEqual(found.id, 1)
        sentence = f"Document du sujet «{NBSP}Entretien des chaussées{NBSP}»"
        self.assertEqual(found.reasons, (sentence,))

    def test_the_topic_alone_counts_less_than_the_title(self):
        topics = index(ROADS)
        topical = Document("guide", 1, "Alpha", topics=("ROADS",))
        titled = Document("guide", 2, "Le trottoir")
        self.assertEqual(ids("trottoir", Library([topical, titled], topics)), [2, 1])


class TestDocumentCache(unittest.TestCase):
    """What is kept answers as what was read, whatever was dropped and added since."""

    def _answers(self, library):
        asked = ("nids de poules", "poubbelles", "bac", "chaussée", "conteneur du lundi")
        return [
            [(match.id, match.score, match.reasons) for match in library.find(question)]
            for question in asked
        ]

    def test_kept_and_read_again(self):
        cache = DocumentCache([POTHOLES, BINS, PAID])
        again = DocumentCache.from_bytes(cache.to_bytes())
        self.assertEqual(self._answers(Library(again)), self._answers(LIBRARY))
        self.assertEqual(again.get_stamps()["guide", 2], (1, ""))

    def test_dropped_it_leaves_nothing(self):
        other = Document("guide", 7, "Zébulon conteneur", body="La chaussée, le bac.")
        cache = DocumentCache([POTHOLES, other, BINS])
        cache.drop([1])
        cache.add(PAID, "demain")
        self.assertEqual(self._answers(Library(cache)), self._answers(LIBRARY))
        self.assertNotIn(("zebulon",), cache.holders)
        self.assertEqual(cache.get_stamps()["answer", 3], (3, "demain"))
        self.assertEqual(
            self._answers(Library(DocumentCache.from_bytes(cache.to_bytes()))),
            self._answers(LIBRARY),
        )

    def test_kept_by_other_rules_or_cut_it_is_nothing(self):
        content = DocumentCache([POTHOLES, BINS]).to_bytes()
        rules = content.replace(b'"rules": "', b'"rules": "0', 1)
        for damaged in (b"", b"[", content[:-1], content + b"0", rules):
            self.assertEqual(DocumentCache.from_bytes(damaged).documents, [])

    def test_a_topic_by_another_name(self):
        guide = Document("guide", 1, "Alpha", topics=("12",))
        library = Library(DocumentCache([guide]), index(ROADS), {"12": ["ROADS"]})
        self.assertEqual(ids("le trottoir", library), [1])


class TestUnits(unittest.TestCase):
    def test_the_body_adds_up_to_four_times(self):
        """0.4, then 0.1 for each time more: 0.8 at most."""
        for times, weight in ((1, 0.4), (2, 0.5), (5, 0.8), (9, 0.8)):
            units = dict(units_of(Document("guide", 1, "Alpha", body="zébulon, " * times)))
            self.assertAlmostEqual(units[("zebulon",)], weight, msg=times)

    def test_title_keywords_and_pairs(self):
        units = dict(units_of(Document("guide", 1, "Zébulon mirliton", "girafe, figue verte")))
        self.assertEqual(units[("zebulon",)], 1.0)
        self.assertEqual(units[("girafe",)], 0.9)
        self.assertAlmostEqual(units[("zebulon", "mirliton")], 0.8)


if __name__ == "__main__":
    unittest.main()
