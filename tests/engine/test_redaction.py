"""Names taken out of an answer before it is published."""

import unittest

from engine.redaction import Names, find_remaining, redact

NAMES = Names(
    communes=(
        "Aubrive",
        "Saint-Julien-lès-Rives",
        "Sainte-Ruffine",
        "Jury",
        "Ay",
        "L’Hôpital",
        "Rives",
        "57901",
    ),
    persons=(
        ("Anne", "AUBRY"),
        ("Jean-Marc", "LE GALL"),
        ("Élodie", "Petit"),
        ("", "Maire"),
        ("Léa", "Hélène"),
    ),
    references=("D2026-0012",),
    kept=("Eurométropole de Rives", "Rives"),
)


class TestKnownNames(unittest.TestCase):
    def check(self, text, expected):
        self.assertEqual(redact(text, NAMES).text, expected)

    def test_communes_whatever_their_spelling(self):
        for written in (
            "Saint-Julien-lès-Rives",
            "saint julien les rives",
            "St-Julien-les-Rives",
            "SAINT JULIEN LÈS RIVES",
            "Saint‑Julien‑lès‑Rives",
        ):
            with self.subTest(written=written):
                self.check(f"La rue de {written} est barrée.", "La rue de [commune] est barrée.")
        self.check("travaux à aubrive", "travaux à [commune]")
        self.check("Ste Ruffine, demain", "[commune], demain")
        self.check("à l'hôpital", "à [commune]")

    def test_a_decomposed_accent_hides_nothing(self):
        self.check("Saint-Julien-le\u0300s-Rives", "[commune]")

    def test_a_word_that_is_also_a_commune_needs_a_capital(self):
        self.check("Le jury se réunit à Jury.", "Le jury se réunit à [commune].")
        self.check("ay, que faire ? Voyez Ay.", "ay, que faire ? Voyez [commune].")

    def test_part_of_a_word_is_not_a_name(self):
        self.check("les riverains d'Aubriveville", "les riverains d'Aubriveville")

    def test_public_bodies_keep_their_name(self):
        self.check(
            "L’Eurométropole de Rives intervient à Rives.",
            "L’Eurométropole de Rives intervient à [commune].",
        )

    def test_codes_and_numbers_of_requests(self):
        self.check(
            "57901 Aubrive, demande D2026-0012", "[commune] [commune], demande [numéro de demande]"
        )

    def test_persons_in_both_orders_and_alone(self):
        for written in ("Anne Aubry", "AUBRY Anne", "Aubry", "AUBRY", "anne aubry", "Anne AUBRY"):
            with self.subTest(written=written):
                self.check(f"Vu avec {written} hier", "Vu avec [personne] hier")
        self.check("Jean-Marc Le Gall a répondu", "[personne] a répondu")
        self.check("le gall a répondu", "[personne] a répondu")

    def test_a_last_name_that_is_a_word_is_not_seen_everywhere(self):
        text = "Le Maire a un petit budget. Petit rappel."
        self.check(text, text)
        self.check("Élodie Petit et PETIT", "[personne] et [personne]")

    def test_the_longest_name_wins(self):
        found = redact("Saint-Julien-lès-Rives", NAMES).replacements
        self.assertEqual(len(found), 1)
        self.assertEqual(found[0].original, "Saint-Julien-lès-Rives")
        self.assertEqual(found[0].kind, "commune")

    def test_a_commune_after_an_elision(self):
        """“la mairie d’Yutz”, with either apostrophe, alone or in an address."""
        names = Names(communes=("Yutz",))
        for written in ("d'Yutz", "d’Yutz"):
            found = redact(f"La mairie {written}, puis 12 rue {written} demain", names).text
            self.assertEqual(
                found, f"La mairie {written[:2]}[commune], puis [adresse] demain", written
            )

    def test_of_two_passages_that_overlap_the_longer_goes(self):
        """The known name begins with the longer one after “Mme”, an address ends with a commune."""
        self.assertEqual(
            redact("Mme Aubry Durand-Weiss a écrit", NAMES).text, "Mme [personne] a écrit"
        )
        self.assertEqual(redact("au 12 rue de Jury, hier", NAMES).text, "au [adresse], hier")
        # The shorter begins first: “Léa Hélène” is known, “Hélène Aubin” follows a civility.
        found = redact("Léa Hélène Aubin-Marchand", Names(persons=(("Léa", "Hélène"),)))
        self.assertEqual(found.text, "[personne] Aubin-Marchand")

    def known(self, text, expected, **names):
        self.assertEqual(redact(text, Names(**names)).text, expected)

    def test_short_names_of_persons(self):
        """Three letters need a capital; two are in too many words; a plain word, full capitals."""
        self.known("Vu Ney, ney et NEY", "Vu [personne], ney et [personne]", persons=(("", "Ney"),))
        self.known("Ly est LY", "Ly est LY", persons=(("", "Ly"),))
        self.known("Vu Roy et ROY", "Vu Roy et [personne]", persons=(("", "Roy"),))

    def test_a_commune_of_three_letters_needs_a_capital(self):
        self.known("les ars à Ars", "les ars à [commune]", communes=("Ars",))
        self.known("à metz", "à [commune]", communes=("Metz",))

    def test_a_first_name_alone_is_nobody(self):
        self.known("Léa est là", "Léa est là", persons=(("Léa", ""),))

    def test_a_name_made_of_small_words_is_none(self):
        self.known("La rue", "La rue", communes=("La",))

    def test_a_number_of_request_needs_no_letter(self):
        self.known("demande 123", "demande [numéro de demande]", references=("123",))

    def test_a_public_body_whose_name_begins_as_a_commune_keeps_it(self):
        names = {"communes": ("Metz",), "kept": ("Metz Métropole",)}
        self.known("Metz Métropole aide Metz", "Metz Métropole aide [commune]", **names)

    def test_one_word_is_no_name_of_a_public_body(self):
        names = {"persons": (("", "Ney"),), "kept": ("Ney",)}
        self.known("Vu avec Ney", "Vu avec [personne]", **names)


class TestPatterns(unittest.TestCase):
    def check(self, text, expected):
        self.assertEqual(redact(text, Names()).text, expected)

    def test_addresses_and_numbers(self):
        for text, expected in (
            ("Écrivez à jean.dupont@mairie-test.fr.", "Écrivez à [adresse électronique]."),
            ("au 03 87 12 34 56 ou +33 6 12 34 56 78", "au [téléphone] ou [téléphone]"),
            ("0387123456, 03.87.12.34.56", "[téléphone], [téléphone]"),
            ("au 12 bis, rue des Lilas demain", "au [adresse] demain"),
            ("12 avenue du Général de Gaulle est", "[adresse] est"),
            ("devant le 3 impasse de l’Église.", "devant le [adresse]."),
            ("la parcelle AB 123 est", "la [parcelle] est"),
            ("section AB n° 45, puis", "[parcelle], puis"),
            ("les parcelles 12 et 13.", "les [parcelle]."),
            ("le véhicule AB-123-CD gêne", "le véhicule [immatriculation] gêne"),
        ):
            with self.subTest(text=text):
                self.check(text, expected)

    def test_a_name_after_a_civility(self):
        for text, expected in (
            ("Mme Durand a appelé", "Mme [personne] a appelé"),
            ("M. de La Tour et Mme Anne-Lise Martin", "M. [personne] et Mme [personne]"),
            ("Monsieur D’Artagnan,", "Monsieur [personne],"),
            ("Dr Élie Weiss, médecin", "Dr [personne], médecin"),
        ):
            with self.subTest(text=text):
                self.check(text, expected)

    def test_a_title_after_the_name_does_not_save_it(self):
        self.check("Mme Durand Présidente", "Mme [personne]")

    def test_titles_figures_and_law_stay(self):
        for text in (
            "Madame la Maire, Monsieur le Préfet",
            "Madame Maire",
            "L’article L.5217-2 du CGCT, 15 jours, 1 200 euros, le 12 mars 2026",
            "la RD 603, 46 communes, la loi n° 2023-1380",
            "Monsieur, Nous vous répondons.",
        ):
            with self.subTest(text=text):
                self.check(text, text)

    def test_nothing_and_odd_things(self):
        for text in (None, "", "\U0001f600", "'; DROP TABLE x; --", "\ud800", "{commune}"):
            with self.subTest(text=repr(text)):
                self.assertEqual(redact(text, NAMES).text, text or "")


class TestRemaining(unittest.TestCase):
    def test_says_what_and_where(self):
        text = "Merci. " * 20 + "Les travaux à Saint-Julien-lès-Rives sont finis. " + "Bien. " * 20
        (left,) = find_remaining(text, NAMES)
        self.assertEqual((left.kind, left.name), ("commune", "Saint-Julien-lès-Rives"))
        self.assertIn("Les travaux à Saint-Julien-lès-Rives sont finis", left.excerpt)
        self.assertTrue(left.excerpt.startswith("…") and left.excerpt.endswith("…"))

    def test_a_short_text_is_reported_whole(self):
        (left,) = find_remaining("Aubrive, mairie", NAMES)
        self.assertEqual(left.excerpt, "Aubrive, mairie")

    def test_certain_data_only(self):
        self.assertFalse(find_remaining("12 rue du Docteur Schweitzer, Mme Untel", NAMES))
        kinds = [left.kind for left in find_remaining("a@b.fr 03 87 12 34 56 AUBRY", NAMES)]
        self.assertEqual(kinds, ["email", "phone", "person"])

    def test_what_redact_gives_is_clean(self):
        text = "Anne Aubry, 12 rue des Lilas, 57901 Aubrive, a@b.fr, 0612345678, D2026-0012"
        self.assertFalse(find_remaining(redact(text, NAMES).text, NAMES))
        self.assertEqual(redact(redact(text, NAMES).text, NAMES).replacements, ())


if __name__ == "__main__":
    unittest.main()
