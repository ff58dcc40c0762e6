"""References to the law found in a text, in any author's style; no false positive."""

import re
import unittest
from datetime import date
from pathlib import Path

from hypothesis import given
from hypothesis import strategies as st
from pattern_cases import is_linear, patterns_of
from property_cases import often

from engine.law import find_references, needles, read_key, reference_patterns, touches
from engine.law.texts import CODES

ROOT = Path(__file__).parents[2]
WRITTEN = {
    "loi n° 2023-1380 du 30 décembre 2023": ["loi:2023-1380"],
    "L. n°2023-1380": ["loi:2023-1380"],
    "la loi du 30 décembre 2023 n° 2023-1380": ["loi:2023-1380"],
    "loi de finances pour 2024 n° 2023-1322": ["loi:2023-1322"],
    "Décret no 2024-826": ["decret:2024-826"],
    "décrets n° 2024-826 et n° 2024-827": ["decret:2024-826", "decret:2024-827"],
    "ordonnance n° 2015-899": ["ordonnance:2015-899"],
    "art. L. 5211-9-2 CGCT": ["CGCT:L5211-9-2"],
    "article L5211-9-2 du code général des collectivités territoriales": ["CGCT:L5211-9-2"],
    "articles L. 5211-1 et L. 5211-2": ["CGCT:L5211-1", "CGCT:L5211-2"],
    "L. 5211-4-1 et suivants": ["CGCT:L5211-4-1"],
    "CGCT, art. L. 5211-4-1, IV, et L. 5211-4-2": ["CGCT:L5211-4-1", "CGCT:L5211-4-2"],
    "CGCT, art. L. 5211-39 ; CGFP, art. L. 251-5": ["CGCT:L5211-39", "CGFP:L251-5"],
    "art. 28 du décret n° 2006-781": ["decret:2006-781:28"],
    "loi n° 62-1292 du 6 novembre 1962, article 3, II": ["loi:62-1292:3"],
    "articles 5, 6 et 7 de la loi n° 82-213": ["loi:82-213:5", "loi:82-213:6", "loi:82-213:7"],
    "CGI, art. 1650 et 1650 A": ["CGI:1650", "CGI:1650 A"],
    "article 1609 nonies C du code général des impôts": ["CGI:1609 nonies C"],
    "article R*123-1 du code de l’urbanisme": ["CU:R123-1"],
    "L. 153-36 du code de l'urbanisme, L. 153-41 du même code": ["CU:L153-36", "CU:L153-41"],
    "règlement (UE) 2016/679, art. 5": ["ue:reglement:2016/679:5"],
    "règlement (UE) n° 1303/2013, règlement (CE) n° 1371/2007": [
        "ue:reglement:2013/1303",
        "ue:reglement:2007/1371",
    ],
    "directive 92/43/CEE": ["ue:directive:1992/43"],
    "règlement général sur la protection des données": ["ue:reglement:2016/679"],
    "art. L. 211-7, I bis du code de l’environnement": ["CENV:L211-7"],
    "L. 211-11 CRPM": ["CRPM:L211-11"],
    "règlement (UE) n° 651/2014 et directive 2014/24/UE": [
        "ue:reglement:2014/651",
        "ue:directive:2014/24",
    ],
    "circulaire du 1er mars 2024": ["circulaire:2024-03-01"],
    "loi NOTRe": ["loi:2015-991"],
    # A law with its article, whichever comes first, whatever is between them.
    "loi n° 2019-1461 du 27 décembre 2019, art. 80": ["loi:2019-1461:80"],
    "l’article 80 de la loi n° 2019-1461 du 27 décembre 2019": ["loi:2019-1461:80"],
    "Article 80 de la loi n° 2019-1461": ["loi:2019-1461:80"],
    "loi n° 2019-1461 – art. 80": ["loi:2019-1461:80"],
    "loi n° 2019-1461 relative à l’engagement et à la proximité, art. 80": ["loi:2019-1461:80"],
    "loi n° 82-213 du 2 mars 1982 modifiée (art. 3)": ["loi:82-213:3"],
    "loi n° 82-213 modifiée, notamment ses articles 3 et 4": ["loi:82-213:3", "loi:82-213:4"],
    "l’article 80 modifié de la loi susvisée n° 2019-1461": ["loi:2019-1461:80"],
    "l’article 80 de la loi de finances pour 2024 (n° 2023-1322)": ["loi:2023-1322:80"],
    "loi n° 2019-1461 relative à la vie locale, article 3 du règlement de voirie": [
        "loi:2019-1461"
    ],
    "loi n° 2019-1461 relative à la vie locale. Voir l’article 3": ["loi:2019-1461"],
    "Demande D2026-0012": [],
    "L. 153-36": [],
    "Le règlement de voirie a 5 articles et 3 annexes": [],
}


def keys(text):
    return [found.key for found in find_references(text)]


class TestWritten(unittest.TestCase):
    def test_each_way_of_writing_gives_its_key(self):
        for text, wanted in WRITTEN.items():
            with self.subTest(text):
                self.assertEqual(keys(text), wanted)
                self.assertEqual(keys(text.replace(" ", "\u00a0")), wanted)

    def test_the_words_that_state_it_are_quoted(self):
        text = "Vu l’article L. 5211-9 du CGCT, puis la loi n° 2023-1380."
        quotes = [(one.quote, one.start) for one in find_references(text)]
        self.assertEqual(quotes, [("article L. 5211-9", 5), ("loi n° 2023-1380", 40)])

    def test_a_label_is_written_with_care(self):
        [law] = find_references("LOI N°2023-1380 DU 30/12/2023")
        self.assertEqual(law.label, "loi n°\u00a02023-1380 du 30 décembre 2023")
        self.assertEqual(
            law.link, "https://www.legifrance.gouv.fr/eli/loi/2023/12/30/2023-1380/jo/texte"
        )
        [part] = find_references("l’article 80 de la loi n° 2019-1461 du 27 décembre 2019")
        self.assertEqual(part.label, "loi n°\u00a02019-1461 du 27 décembre 2019, art.\u00a080")
        self.assertEqual(
            part.link, "https://www.legifrance.gouv.fr/eli/loi/2019/12/27/2019-1461/jo/article_80"
        )
        [article] = find_references("L5211-9-2")
        self.assertEqual(article.label, "CGCT, art.\u00a0L.\u00a05211-9-2")
        self.assertIn("article+L5211-9-2+code+g%C3%A9n%C3%A9ral", article.link)


class TestTouched(unittest.TestCase):
    def test_a_text_and_its_articles(self):
        [whole] = find_references("décret n° 2006-781")
        [article] = find_references("art. 3 du décret n° 2006-781")
        self.assertTrue(touches("decret:2006-781", article))
        self.assertTrue(touches("decret:2006-781:28", whole))
        self.assertFalse(touches("decret:2006-781:28", article))

    def test_what_a_database_looks_for_is_in_each_way_of_writing(self):
        for text in ("le RGPD", "règlement général sur la protection des données", "92/43/CEE"):
            found = find_references(text if text[0] in "rl" else f"directive {text}")
            hints = needles(found[0].key)
            pattern = "|".join(re.escape(one).replace("_", ".") for one in hints)
            self.assertRegex(text.lower(), pattern)

    def test_european_labels_have_the_letters_of_their_time(self):
        for text in ("directive 2000/60/CE", "directive 92/43/CEE", "directive 2014/24/UE"):
            self.assertEqual([one.label for one in find_references(text)], [text])

    def test_et_suivants_stays_in_its_division(self):
        [cited] = find_references("L. 5211-4-1 et suivants du CGCT")
        touched = [n for n in ("4", "4-1", "4-2", "4-3", "5", "9-2") if self.hit(cited, n)]
        self.assertEqual(touched, ["4-1", "4-2", "4-3"])

    def test_a_range_goes_from_end_to_end(self):
        [cited] = find_references("L. 5211-4 à L. 5211-9 du CGCT")
        touched = [n for n in ("3", "4", "4-2", "9", "9-2", "10") if self.hit(cited, n)]
        self.assertEqual(touched, ["4", "4-2", "9"])
        self.assertFalse(touches("CGCT:R5211-5", cited))
        self.assertFalse(touches("CCP:L5211-5", cited))

    def hit(self, cited, number):
        return touches(f"CGCT:L5211-{number}", cited)


FOUR = st.builds("{}-{}".format, st.integers(1111, 7331), st.integers(1, 99))
NUMBER = st.builds(lambda one, more: f"{one}-{more}" if more else one, FOUR, st.integers(0, 9))
LETTER = st.sampled_from("LRD")
PHONE = st.builds(
    lambda sep, parts: sep.join(["0" + str(parts[0]), *(f"{p:02}" for p in parts[1:])]),
    st.sampled_from([" ", ".", "-", ""]),
    st.tuples(st.integers(1, 9), *[st.integers(0, 99)] * 4),
)
DAY = st.builds(
    lambda day, sep: day.strftime(sep),
    st.dates(min_value=date(1990, 1, 1)),
    st.sampled_from(["%d/%m/%Y", "%Y-%m-%d", "%d-%m-%Y", "%d.%m.%y"]),
)
PRICE = st.builds(
    "{} {}".format,
    st.one_of(st.integers(0, 99999), st.decimals(0, 99999, places=2)),
    st.sampled_from(["€", "euros", "€ HT", "k€", "m²", "habitants"]),
)
PLACE = st.builds(
    "{} rue du Docteur-Royer, 57{:03}".format, st.integers(1, 99), st.integers(0, 999)
)
REQUEST_NUMBER = st.builds(
    "Demande D{}-{:04}".format, st.integers(2020, 2040), st.integers(1, 9999)
)


class TestProperties(unittest.TestCase):
    @often(300)
    @given(st.lists(st.one_of(PHONE, DAY, PRICE, PLACE, REQUEST_NUMBER), max_size=6), st.data())
    def test_numbers_of_daily_life_are_no_reference(self, parts, data):
        joint = data.draw(st.sampled_from([" ", ", ", " et ", " le ", " article ", " de la loi "]))
        self.assertEqual(keys(joint.join(parts)), [])

    @often(300)
    @given(LETTER, NUMBER, st.sampled_from(["{}{}", "{} {}", "{}. {}", "{}.{}", "{}.\u00a0{}"]))
    def test_an_article_is_found_however_it_is_spaced(self, letter, number, form):
        wanted = [f"CGCT:{letter}{number}"]
        written = form.format(letter, number)
        for around in ("art. {} CGCT", "CGCT, art. {}", "l’article {} du CGCT.", "({})"):
            self.assertEqual(keys(around.format(written)), wanted)

    @often(200)
    @given(st.sampled_from(CODES), LETTER, st.integers(100, 999), st.integers(1, 99))
    def test_what_is_written_is_read_again(self, code, letter, one, two):
        first = one * 10 + 1 if code.figures == 4 else one
        key = f"{code.key}:{letter}{first}-{two}" if code.figures else f"{code.key}:{first}"
        label = read_key(key).label
        self.assertEqual(keys(f"Voir {label}, et la suite"), [key])
        self.assertTrue(any(self.holds(label, needle) for needle in needles(key)))

    @often(100)
    @given(st.text(max_size=200))
    def test_any_text_is_read(self, text):
        for found in find_references(text):
            self.assertEqual(keys(found.label), [found.key])

    def test_no_text_takes_a_time_without_end(self):
        patterns = dict(patterns_of(reference_patterns))
        self.assertGreater(len(patterns), 6)
        for name, pattern in patterns.items():
            with self.subTest(name):
                self.assertTrue(is_linear(pattern), pattern.pattern)

    def holds(self, text, needle):
        pattern = re.escape(needle).replace("_", ".")
        return re.search(pattern, text, re.I)


class TestOwnWords(unittest.TestCase):
    """The register of the law of the addon: every article there is read."""

    def test_each_article_of_the_register_is_found(self):
        text = (ROOT / "docs/law.md").read_text(encoding="utf-8").replace("\u00a0", " ")
        seen = {"".join(one) for one in re.findall(r"\b([LRD])\. (5211-\d+(?:-\d+)*)\b", text)}
        found = [one for line in text.splitlines() for one in find_references(line)]
        # "L. 5211-1 à L. 5211-5" is one reference, with both ends.
        read = {key.partition(":")[2] for one in found for key in (one.key, one.last)}
        self.assertGreater(len(seen), 15)
        self.assertEqual(seen - read, set())
