"""One folding for every comparison, and one way to round an amount."""

import re
import unicodedata
from decimal import Decimal
from unittest import TestCase

from staffing_cases import ROOT

from engine import mail, text
from engine.orientation.text import tokens
from engine.postal import address
from engine.redaction import ambiguous_names as redaction
from engine.text.cli import CommandError, Options


class TestFold(TestCase):
    def test_case_accents_ligatures_and_apostrophes(self):
        for typed, wanted in {
            "": "",
            "CŒUR": "coeur",
            "Ex Æquo": "ex aequo",
            "Großbliederstroff": "grossbliederstroff",
            "GROẞ": "gross",
            "ﬁnances, oﬃce": "finances, office",
            "Jørgen Đorđe Łódź Ŧ": "jorgen dorde lodz t",
            "Ǽ ǿ ĳ": "ae o ij",
            "l’été, l‘été, l´été, lʼété": "l'ete, l'ete, l'ete, l'ete",
            "1\u00a0000\u202f€": "1 000 €",
            "e\u0301cole": "ecole",
            "№ 2ᵉ": "no 2e",
        }.items():
            with self.subTest(typed):
                self.assertEqual(text.fold(typed), wanted)
                self.assertEqual(text.fold(typed.upper()), wanted)

    def test_a_folded_text_is_its_own_folding(self):
        """For every letter of Europe, with a composed or a combining accent."""
        for letter in filter(str.isalpha, map(chr, range(0x2500))):
            folded = text.fold(letter)
            self.assertEqual(text.fold(folded), folded, ascii(letter))
            separate = unicodedata.normalize("NFD", letter)
            self.assertEqual(text.fold(separate), folded, ascii(letter))

    def test_words_of_a_text(self):
        self.assertEqual(text.key("  Cimetières !"), "cimetieres")
        self.assertEqual(text.key("Maîtrise-d’œuvre"), "maitrise d oeuvre")
        self.assertEqual(text.words("…"), [])
        self.assertEqual(text.flat(" Le\u00a08\n DÉCEMBRE "), "le 8 decembre")


class TestEveryEngine(TestCase):
    """The same ligature is found wherever a person looks for it."""

    def test_a_ligature_is_two_letters_everywhere(self):
        self.assertEqual(mail.fold("Cœur, ﬁn"), "coeur fin")
        self.assertEqual(mail.names_in("Travaux à Vœlfling", ["Voelfling"]), ["Voelfling"])
        self.assertEqual(address.plain("12/14, rue du Cœur d’Étain"), "12/14 RUE DU COEUR D ETAIN")
        self.assertEqual(redaction.plain("ﬁls"), "fils")
        self.assertEqual(redaction.plain("Sᵗ"), "saint")
        self.assertEqual([one.word for one in tokens("nœud")], ["noeud"])

    def test_nobody_folds_by_hand(self):
        """Unicode is decomposed in one place; elsewhere it is only composed."""
        found = {
            path.relative_to(ROOT).as_posix()
            for folder in ("engine", "models", "controllers", "reports", "wizards", "demo")
            for path in (ROOT / folder).rglob("*.py")
            if re.search(r"NFK?D|combining|encode\(.ascii., .ignore", path.read_text("utf-8"))
        }
        self.assertEqual(found, {"engine/text/fold.py"})
        screens = (ROOT / "static" / "src").rglob("*.js")
        self.assertEqual([p.name for p in screens if "NFD" in p.read_text("utf-8")], [])


class TestCents(TestCase):
    def test_half_a_cent_goes_away_from_zero(self):
        for amount, wanted in (("0.005", "0.01"), ("2.665", "2.67"), ("-0.005", "-0.01")):
            self.assertEqual(text.round_cent(Decimal(amount)), Decimal(wanted))
        self.assertEqual(str(text.round_cent(Decimal(3))), "3.00")

    def test_nobody_rounds_by_hand(self):
        files = (p for f in ("engine", "models", "reports") for p in (ROOT / f).rglob("*.py"))
        found = [path.name for path in files if "quantize" in path.read_text("utf-8")]
        self.assertEqual(found, ["cents.py"])


class TestOptions(TestCase):
    def test_of_several_wrong_words_the_first_is_named(self):
        options = Options()
        options.add_argument("--all", action="store_true")
        with self.assertRaises(CommandError) as caught:
            options.parse(["x", "--all=1", "--all=2"])
        self.assertIn("--all=1", str(caught.exception))


class TestFirstSentence(TestCase):
    def test_an_abbreviation_ends_no_sentence(self):
        for typed, wanted in {
            "M. Dupont n’a plus d’eau. Que faire ?": "M. Dupont n’a plus d’eau.",
            "Mme. Roy et MM. Petit attendent. Merci": "Mme. Roy et MM. Petit attendent.",
            "Selon l’art. L. 2131-1 du CGCT, qui signe ? Moi ?": (
                "Selon l’art. L. 2131-1 du CGCT, qui signe ?"
            ),
            "Fuite au no. 12, bd. Foch. Urgent": "Fuite au no. 12, bd. Foch.",
            "Le n° 5. Ensuite le 7": "Le n° 5.",
            "Le Dr. J. Martin s’en va. Qui vient ?": "Le Dr. J. Martin s’en va.",
            "Bancs, poubelles, etc. Place Haute": "Bancs, poubelles, etc.",
            "Il dit « Stop. » Puis il part.": "Il dit « Stop. »",
            "Une fuite\nÀ Augny": "Une fuite",
            "  Sans point  ": "Sans point",
            "": "",
        }.items():
            with self.subTest(typed):
                self.assertEqual(text.first_sentence(typed), wanted)
