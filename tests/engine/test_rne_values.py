"""What the cells say: headers, codes, dates, names, functions."""

from datetime import date
from unittest import TestCase

from engine.opendata.codes import department, insee_code, siren
from engine.opendata.dates import parse_date
from engine.opendata.functions import parse_function
from engine.opendata.headers import find_roles, role_of
from engine.opendata.names import (
    clean_first_name,
    clean_last_name,
    compatible_first_names,
    name_key,
)


class TestHeaders(TestCase):
    def test_headers_are_recognised_in_any_wording(self):
        wordings = {
            "last_name": "Nom de l'élu|NOM|nom_elu|Nom|nomElu|Nom de l’élu(e)|Nom de famille|Nom usuel"
            "|Nom d'usage|elu_nom|LastName",
            "first_name": "Prénom de l'élu|prenom_elu|PRENOMS|prenomElu|Prénom(s)|first_name",
            "insee_code": "Code de la commune|Code Insee de la commune|code_insee|codeCommune"
            "|Code de la commune de rattachement|N° commune|INSEE|Code commune (Insee)|CODGEO"
            "|code_commune_insee|cod_commune|Commune",
            "siren": "N° SIREN|SIREN|siren_epci|SIREN de l'EPCI|Numéro SIREN|Nº Siren|Code EPCI"
            "|n_siren|Code de l'EPCI",
            "date_start": "Date de début du mandat|date_debut_mandat|Début du mandat|dateDebutMandat"
            "|DATE DE DEBUT DU MANDAT|Date début mandat (municipal)|Date de mandat",
            "function_date": "Date de début de la fonction|date_debut_fonction|Début de fonction"
            "|Date de prise de fonction",
            "function": "Libellé de la fonction|Libellé de fonction|fonction|lib_fonction"
            "|LIBELLE_FONCTION|libelleFonction|Fonction exercée",
            "sex": "Code sexe|Sexe|sexe_elu|Civilité|codeSexe|Genre",
            "department": "Code du département|Code du département (Maire)|code_departement|dep"
            "|Code dpt|Département|codeDepartement|Code département de la commune",
        }
        for role, headers in wordings.items():
            for header in headers.split("|"):
                with self.subTest(header):
                    self.assertEqual(role_of(header)[0], role)

    def test_other_columns_play_no_role(self):
        headers = (
            "Libellé de la commune|Libellé du département|Date de naissance|Date de fin du mandat"
            "|Code de la catégorie socio-professionnelle|Libellé de la profession|Code nationalité"
            "|Lieu de naissance|Code de la fonction|Motif de fin de fonction|Code postal|Nuance"
            "|Libellé de l'EPCI|Nom de la commune|Nom de l'EPCI|SIREN de la commune|SIRET"
            "|Code de la collectivité à statut particulier|Nom et prénom|Population de la commune"
            "|Nom du département|Date de début de la nuance|Nombre d'habitants|"
        )
        for header in headers.split("|"):
            with self.subTest(header):
                self.assertEqual(role_of(header)[0], "")

    def test_the_surest_column_is_chosen(self):
        roles = find_roles(
            [
                "Commune",
                "Code de la commune siège",
                "Nom de naissance",
                "Date du mandat",
                "Code de la commune de rattachement",
                "Nom",
                "Date de début du mandat",
            ]
        )
        self.assertEqual(roles, {"insee_code": 4, "last_name": 5, "date_start": 6})


class TestCodes(TestCase):
    def test_communes(self):
        cases = {
            ("57463", ""): "57463",
            ("1001", ""): "01001",
            ("1001.0", "1"): "01001",
            ("2a004", ""): "2A004",
            ("97101", "ZA"): "97101",
            ('="57463"', ""): "57463",
            (" 57 463 ", ""): "57463",
            ("57463,0", ""): "57463",
            ("463", "57"): "57463",
            ("4", "1"): "01004",
            ("004", "01"): "01004",
            ("4", "2A"): "2A004",
            ("004", "2b"): "2B004",
            # Guadeloupe, three ways: code of the ministry, code of INSEE, zeros lost.
            ("101", "ZA"): "97101",
            ("101", "971"): "97101",
            ("01", "971"): "97101",
            ("1", "971"): "97101",
            ("411", "ZD"): "97411",
            ("608", "ZM"): "97608",
            ("502", "ZS"): "97502",
            ("818", "ZN"): "98818",
            ("801", "ZX"): "97801",
            ("463", ""): "",
            ("", "57"): "",
            ("Metz", "57"): "",
            ("574635", ""): "",
            ("2C004", ""): "",
        }
        for (code, dep), wanted in cases.items():
            with self.subTest(code=code, department=dep):
                self.assertEqual(insee_code(code, dep), wanted)

    def test_departments(self):
        cases = {"1": "01", "57": "57", "057": "57", "2a": "2A", "ZB": "972", "976": "976"}
        for text, wanted in (cases | {"Moselle": "", "": "", "57.0": "57"}).items():
            with self.subTest(text):
                self.assertEqual(department(text), wanted)

    def test_sirens(self):
        cases = {
            "200039865": "200039865",
            "200 039 865": "200039865",
            "200039865.0": "200039865",
            "2,00039865E+08": "200039865",
            "Metz": "",
            "": "",
            "20003986500012": "",
        }
        for text, wanted in cases.items():
            with self.subTest(text):
                self.assertEqual(siren(text), wanted)


class TestDates(TestCase):
    def test_one_day_in_every_form(self):
        forms = (
            "15/03/2026|15/3/2026|15/03/26|2026-03-15|2026/03/15|15-03-2026|15.03.2026|20260315"
            "|2026-03-15T00:00:00|2026-03-15 00:00:00|2026-03-15T00:00:00+01:00|15/03/2026 00:00"
            "|2026-03-15T00:00:00.000|15/03/2026 10:30:00|46096|46096.0|2026-03-14T23:00:00Z"
            "|2026-03-14T23:00:00.000+00:00|2026-03-15T00:00:00+0100|2026-03-15T00:00:00Z| 15/03/2026 "
        )
        for form in forms.split("|"):
            with self.subTest(form):
                self.assertEqual(parse_date(form)[0], date(2026, 3, 15))

    def test_midnight_in_france_is_the_day_before_in_utc(self):
        # Summer time: 22:00 UTC; winter time: 23:00 UTC.
        self.assertEqual(parse_date("2020-05-17T22:00:00Z")[0], date(2020, 5, 18))
        self.assertEqual(parse_date("2020-05-17T21:59:00Z")[0], date(2020, 5, 17))
        self.assertEqual(parse_date("2020-12-17T22:59:00Z")[0], date(2020, 12, 17))
        self.assertEqual(parse_date("2020-12-17T23:00:00Z")[0], date(2020, 12, 18))
        # A zone overseas is written with the day that is meant.
        self.assertEqual(parse_date("2020-05-18T00:00:00-04:00")[0], date(2020, 5, 18))

    def test_two_digits_of_year(self):
        self.assertEqual(parse_date("18/05/20")[0], date(2020, 5, 18))
        self.assertEqual(parse_date("06/03/83")[0], date(1983, 3, 6))

    def test_empty(self):
        for text in ("", "  ", "-", "//", "NULL", "nan"):
            with self.subTest(text):
                self.assertEqual(parse_date(text), (None, ""))

    def test_what_is_not_a_date(self):
        forms = "31/02/2026|inconnu|2026-13-01|00/00/0000|15/03|15/03/20266|99|2026|15/03/1026|1/1/1"
        for text in (*forms.split("|"), "2026-03-15T25:00:00", "15/03/2026 matin", "03/15/2026"):
            with self.subTest(text), self.assertRaises(ValueError):
                parse_date(text)


class TestNames(TestCase):
    def test_last_names_in_capitals(self):
        cases = {
            "martin": "MARTIN",
            "de La Tour": "DE LA TOUR",
            "  Le\u00a0 Goff ": "LE GOFF",
            "D’Angelo": "D'ANGELO",
            "Müller–Noël": "MÜLLER-NOËL",
            "be\u0301noît": "BÉNOÎT",
        }
        for text, wanted in cases.items():
            with self.subTest(text):
                self.assertEqual(clean_last_name(text), wanted)

    def test_first_names_are_recased_only_when_they_have_no_case(self):
        cases = {
            "JEAN-PIERRE": "Jean-Pierre",
            "marie claude": "Marie Claude",
            "Marie de l'Assomption": "Marie de l'Assomption",
            "ÉLODIE": "Élodie",
            "N'GUESSAN": "N'Guessan",
            "ANNAÏC'K": "Annaïc'k",
            "Jean\u00a0 Luc": "Jean Luc",
            "J": "J",
        }
        for text, wanted in cases.items():
            with self.subTest(text):
                self.assertEqual(clean_first_name(text), wanted)

    def test_names_are_compared_by_their_letters(self):
        for left, right in (
            ("DE LA TOUR", "de-la’Tour"),
            ("D'ANGELO", "D ANGELO"),
            ("STÉMART", "Stemart"),
            ("CŒUR", "COEUR"),
        ):
            with self.subTest(left):
                self.assertEqual(name_key(left), name_key(right))
        self.assertNotEqual(name_key("MULLER"), name_key("MILLER"))

    def test_more_first_names(self):
        self.assertTrue(compatible_first_names("Bruno", "Bruno Gérald"))
        self.assertTrue(compatible_first_names("Marc-Noël", "Marc"))
        self.assertFalse(compatible_first_names("Jean", "Jeanne"))
        self.assertFalse(compatible_first_names("Gérald", "Bruno Gérald"))
        self.assertFalse(compatible_first_names("", "Bruno"))


class TestFunctions(TestCase):
    def check(self, kind, cases):
        for label, wanted in cases.items():
            with self.subTest(label):
                self.assertEqual(parse_function(label, kind), (*wanted, True))

    def test_functions_of_a_commune(self):
        cases = {
            "": ("councillor", 0),
            "-": ("councillor", 0),
            "Maire": ("mayor", 0),
            "MAIRE": ("mayor", 0),
            "Maire de la commune": ("mayor", 0),
            "1er adjoint au Maire": ("deputy_mayor", 1),
            "1ère adjointe au maire": ("deputy_mayor", 1),
            "2ème adjoint au Maire": ("deputy_mayor", 2),
            "2e adjointe": ("deputy_mayor", 2),
            "12eme Adjoint au Maire": ("deputy_mayor", 12),
            "Premier adjoint": ("deputy_mayor", 1),
            "Seconde adjointe au maire": ("deputy_mayor", 2),
            "Vingt et unième adjoint": ("deputy_mayor", 21),
            "Adjoint au maire": ("deputy_mayor", 0),
            "Adjointe n° 3": ("deputy_mayor", 3),
            "Maire-adjoint": ("deputy_mayor", 0),
            "Adjoint au maire délégué": ("deputy_mayor", 0),
            "Maire délégué": ("delegated_mayor", 0),
            "Maire déléguée de la commune associée": ("delegated_mayor", 0),
            "Maire d'arrondissement": ("arrondissement_mayor", 0),
            "Maire du 3ème arrondissement": ("arrondissement_mayor", 0),
            "Conseiller délégué": ("delegated_councillor", 0),
            "Conseillère municipale déléguée": ("delegated_councillor", 0),
            "Conseillère municipale": ("councillor", 0),
            "Conseiller": ("councillor", 0),
        }
        self.check("municipal", cases)

    def test_functions_of_an_intercommunality(self):
        cases = {
            "": ("community_councillor", 0),
            "Président du conseil communautaire": ("president", 0),
            "Présidente": ("president", 0),
            "1er Vice-président du conseil communautaire": ("vice_president", 1),
            "8eme Vice-président du conseil communautaire": ("vice_president", 8),
            "16ème vice-présidente": ("vice_president", 16),
            "Première vice-présidente": ("vice_president", 1),
            "Vice-président": ("vice_president", 0),
            "vice président": ("vice_president", 0),
            "Autre membre du bureau": ("bureau_member", 0),
            "Conseiller communautaire": ("community_councillor", 0),
            "Conseillère métropolitaine": ("community_councillor", 0),
        }
        self.check("community", cases)

    def test_every_row_of_a_file_of_mayors_is_a_mayor(self):
        self.assertEqual(parse_function("", "mayor"), ("mayor", 0, True))

    def test_an_unknown_function_is_that_of_a_plain_member(self):
        for label in ("Questeur", "Ancien maire", "Maire honoraire", "Président de groupe"):
            with self.subTest(label):
                self.assertEqual(parse_function(label, "municipal"), ("councillor", 0, False))
        for label in ("Maire", "Président de la commission", "Conseiller délégué", "Doyen"):
            with self.subTest(label):
                found = parse_function(label, "community")
                self.assertEqual(found, ("community_councillor", 0, False))
