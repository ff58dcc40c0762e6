"""Which role a column plays from its header, and which of two columns that could play it."""

from unittest import TestCase

from engine.opendata.headers import find_roles, header_words, role_of

# Header -> role and certainty: 4 for a code of INSEE, 3 for a full name, then less.
ROLES = {
    "Date de début du mandat": ("date_start", 3),
    "date mandat": ("date_start", 2),
    "Mandat depuis": ("date_start", 2),
    "Début mandat": ("date_start", 3),
    "Date d'élection": ("date_start", 1),
    "Date de début de la fonction": ("function_date", 3),
    "date_fonction": ("function_date", 2),
    "Fonction depuis le": ("function_date", 2),
    "Date de naissance": ("", 0),
    "Date de fin de mandat": ("", 0),
    "datefinmandat": ("", 0),
    "date_naiss": ("", 0),
    "Date": ("", 0),
    "N° SIREN": ("siren", 3),
    "SIREN de la commune": ("", 0),
    "Code EPCI": ("siren", 2),
    "Libellé de l'EPCI": ("", 0),
    "EPCI": ("", 0),
    "nom code epci": ("", 0),
    "Code du département": ("department", 2),
    "dep": ("department", 1),
    "dpt": ("department", 1),
    "N° dept": ("department", 2),
    "Code du département de la commune": ("department", 4),
    "Département de la commune": ("department", 3),
    "Libellé du département": ("", 0),
    "Nom département": ("", 0),
    "libelledepartement": ("", 0),
    "Section départementale": ("", 0),
    "Code de la commune": ("insee_code", 3),
    "codecommune": ("insee_code", 3),
    "numcommune": ("insee_code", 3),
    "code com": ("insee_code", 3),
    "Code INSEE": ("insee_code", 4),
    "codgeo": ("insee_code", 4),
    "COG": ("insee_code", 4),
    "depcom": ("insee_code", 4),
    "Commune": ("insee_code", 1),
    "Code INSEE de la commune siège": ("insee_code", 2),
    "Code commune siège": ("insee_code", 1),
    "Commune siège": ("", 0),
    "Libellé de la commune": ("", 0),
    "Nom de la commune": ("", 0),
    "nomcommune": ("", 0),
    "Code postal": ("", 0),
    "SIRET": ("", 0),
    "Libellé de la fonction": ("function", 3),
    "Fonction": ("function", 3),
    "Fonction exercée": ("function", 2),
    "Code de la fonction": ("", 0),
    "codefonction": ("", 0),
    "Motif de fin de fonction": ("", 0),
    "Fonction publique": ("", 0),
    "Sexe": ("sex", 3),
    "Code sexe": ("sex", 3),
    "codesexe": ("sex", 3),
    "Civilité": ("sex", 3),
    "civ": ("sex", 3),
    "Genre": ("sex", 3),
    "Prénom de l'élu": ("first_name", 3),
    "Nom et prénom": ("", 0),
    "nomprenom": ("", 0),
    "First name": ("first_name", 2),
    "firstname": ("first_name", 2),
    "Last name": ("last_name", 2),
    "lastname": ("last_name", 2),
    "Patronyme": ("last_name", 2),
    "name": ("", 0),
    "Nom de l'élu": ("last_name", 3),
    "NOM": ("last_name", 3),
    "nomusage": ("last_name", 3),
    "nomdelelu": ("last_name", 3),
    "Nom de naissance": ("last_name", 1),
    "NOM_REG": ("", 0),
    "nom_com": ("", 0),
    "Nom du groupe": ("", 0),
    "Observations": ("", 0),
    "": ("", 0),
    "nom" + "x" * 118: ("", 0),
}


class TestRoles(TestCase):
    def test_each_header_has_its_role(self):
        for text, wanted in ROLES.items():
            with self.subTest(text):
                self.assertEqual(role_of(text), wanted)

    def test_a_header_of_a_hundred_and_twenty_letters_is_read(self):
        self.assertEqual(role_of("nom " + "x" * 117), ("last_name", 3))
        self.assertEqual(role_of("nom " + "x" * 118), ("", 0))

    def test_words_of_a_header(self):
        for text, wanted in {
            "Code du département (Maire)": ["code", "departement", "maire"],
            "codeDepartement": ["code", "departement"],
            "N°2 l'élu": ["n", "2", "elu"],
        }.items():
            self.assertEqual(header_words(text), wanted)

    def test_the_surest_column_plays_the_role_the_first_of_two_as_sure(self):
        for headers, role, index in (
            (["Commune", "Code de la commune"], "insee_code", 1),
            (["Code INSEE", "Code de la commune"], "insee_code", 0),
            (["Code de la commune", "Code INSEE"], "insee_code", 1),
            (["Code commune siège", "Code de la commune"], "insee_code", 1),
            (["Nom de naissance", "Nom"], "last_name", 1),
            (["Nom", "Nom de naissance"], "last_name", 0),
            (["Patronyme", "Nom d'usage"], "last_name", 1),
            (["Nom", "Nom d'usage"], "last_name", 0),
            (["Date d'élection", "Date du mandat"], "date_start", 1),
            (["Date du mandat", "Date de début du mandat"], "date_start", 1),
            (["Département", "Code du département"], "department", 1),
            (["Code EPCI", "SIREN"], "siren", 1),
            (["Fonction exercée", "Libellé de la fonction"], "function", 1),
        ):
            with self.subTest(headers):
                self.assertEqual(find_roles(headers), {role: index})


if __name__ == "__main__":
    import unittest

    unittest.main()
