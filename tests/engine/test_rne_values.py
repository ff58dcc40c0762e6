"""Meaning of headers, codes and dates."""

from datetime import date
from unittest import TestCase

from engine.opendata.codes import department, insee_code, siren
from engine.opendata.dates import parse_date
from engine.opendata.headers import find_roles, role_of


class TestHeaders(TestCase):
    def test_headers_are_recognised_in_any_wording(self):
        wordings = {
            "last_name": "Nom de l'élu|NOM|nom_elu|Nom|nomElu|Nom de l’élu(e)|Nom de famille"
            "|Nom usuel|Nom d'usage|elu_nom|LastName",
            "first_name": "Prénom de l'élu|prenom_elu|PRENOMS|prenomElu|Prénom(s)|first_name",
            "insee_code": "Code de la commune|Code Insee de la commune|code_insee|codeCommune"
            "|Code de la commune de rattachement|N° commune|INSEE|Code commune (Insee)|CODGEO"
            "|code_commune_insee|cod_commune|Commune",
            "siren": "N° SIREN|SIREN|siren_epci|SIREN de l'EPCI|Numéro SIREN|Nº Siren|Code EPCI"
            "|n_siren|Code de l'EPCI",
            "date_start": "Date de début du mandat|date_debut_mandat|Début du mandat"
            "|dateDebutMandat|DATE DE DEBUT DU MANDAT|Date début mandat (municipal)|Date de mandat",
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
            "|Nom du département|Date de début de la nuance|Nombre d'habitants|Nom du groupe"
            "|Nom de la liste|NOM_REG|"
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

    def test_the_name_at_birth_when_there_is_no_other(self):
        self.assertEqual(find_roles(["Nom de la liste", "Nom de naissance"]), {"last_name": 1})

    def test_the_beginning_of_a_function_is_surer_than_its_date(self):
        roles = find_roles(["Date de la fonction", "Date de début de la fonction"])
        self.assertEqual(roles, {"function_date": 1})


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
        cases = {
            "1": "01",
            "57": "57",
            "057": "57",
            "2a": "2A",
            "ZB": "972",
            "976": "976",
            "57 - Moselle": "57",
            "69M": "69",
            "69D": "69",
            "75C": "75",
            "02A": "2A",
            "20b": "2B",
            "2A-Corse-du-Sud": "2A",
        }
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
            "|2026-03-14T23:00:00.000+00:00|2026-03-15T00:00:00+0100|2026-03-15T00:00:00Z"
            "| 15/03/2026 |15 mars 2026|15-mars-26|15 MARS 2026|dimanche 15 mars 2026|15-Mar-2026"
            "|46096.5|46096,43|15/03/2026 12:00:00 AM"
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
        # Summer time from Sunday 29 March to Sunday 25 October 2020, at 1:00 UTC.
        for text, day in (
            ("2020-03-28T22:30:00Z", date(2020, 3, 28)),
            ("2020-03-29T22:30:00Z", date(2020, 3, 30)),
            ("2020-10-24T22:30:00Z", date(2020, 10, 25)),
            ("2020-10-25T22:30:00Z", date(2020, 10, 25)),
        ):
            self.assertEqual(parse_date(text)[0], day, text)
        # A zone overseas is written with the day that is meant.
        self.assertEqual(parse_date("2020-05-18T00:00:00-04:00")[0], date(2020, 5, 18))

    def test_two_digits_of_year(self):
        self.assertEqual(parse_date("18/05/20")[0], date(2020, 5, 18))
        self.assertEqual(parse_date("06/03/83")[0], date(1983, 3, 6))

    def test_months_in_words(self):
        self.assertEqual(parse_date("1er août 2026")[0], date(2026, 8, 1))
        self.assertEqual(parse_date("2 avr. 2026")[0], date(2026, 4, 2))
        self.assertEqual(parse_date("2-Apr-2026")[0], date(2026, 4, 2))
        self.assertEqual(parse_date("mercredi 1er avril 2026")[0], date(2026, 4, 1))
        for text in ("2 jui 2026", "31 février 2026", "2 mois 2026"):
            with self.subTest(text), self.assertRaises(ValueError):
                parse_date(text)

    def test_empty(self):
        for text in ("", "  ", "-", "//", "NULL", "nan", "N/A", "#N/A", "n.c.", "Néant"):
            with self.subTest(text):
                self.assertEqual(parse_date(text), (None, ""))

    def test_what_is_not_a_date(self):
        forms = (
            "31/02/2026|inconnu|2026-13-01|00/00/0000|15/03|15/03/20266|99|2026|15/03/1026|1/1/1"
        )
        for text in (*forms.split("|"), "2026-03-15T25:00:00", "15/03/2026 matin", "03/15/2026"):
            with self.subTest(text), self.assertRaises(ValueError):
                parse_date(text)
