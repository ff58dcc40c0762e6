"""Small rules of the files of officials, each from both sides."""

import io
import tempfile
import zipfile
from datetime import date
from pathlib import Path
from unittest import TestCase

from diff_cases import NEW, Database, row
from rne_cases import HEADER, text_file

from engine.opendata import RneError, read
from engine.opendata.codes import bare, department, insee_code, siren
from engine.opendata.dates import is_month_first, parse_date
from engine.opendata.functions import parse_function
from engine.opendata.sources import open_sources

ROUX = "ROUX;Zoé;F;2026-03-15;;;57463"
PLACE_LAST = ";".join(HEADER[1:] + HEADER[:1])


class TestFunctions(TestCase):
    def test_labels_of_a_commune(self):
        for label, wanted in {
            "Conseiller": ("councillor", 0, True),
            "Conseillère municipale": ("councillor", 0, True),
            "Membre du conseil municipal": ("councillor", 0, True),
            "Commune": ("councillor", 0, False),
            "Conseiller de quartier": ("councillor", 0, False),
            "Conseillère municipale déléguée": ("delegated_councillor", 0, True),
            "Conseiller communautaire délégué": ("councillor", 0, False),
            "Troisième adjointe au maire": ("deputy_mayor", 3, True),
            "Adjoint au maire vingt et unième": ("deputy_mayor", 21, True),
            "12ème adjoint": ("deputy_mayor", 12, True),
            "Seconde adjointe": ("deputy_mayor", 2, True),
            "Maire délégué": ("delegated_mayor", 0, True),
            "Maire de la ville": ("mayor", 0, True),
            "Ancien maire": ("councillor", 0, False),
            "Maire honoraire": ("councillor", 0, False),
            "Néant": ("councillor", 0, True),
        }.items():
            self.assertEqual(parse_function(label, "municipal"), wanted, label)

    def test_labels_of_an_intercommunality(self):
        plain = "community_councillor"
        for label, wanted in {
            "Président": ("president", 0, True),
            "2ème vice-présidente": ("vice_president", 2, True),
            "Vice-présidente chargée des eaux": ("vice_president", 0, True),
            "VP": ("vice_president", 0, True),
            "Membre du bureau": ("bureau_member", 0, True),
            "Conseiller communautaire": (plain, 0, True),
            "Deuxième conseiller communautaire": (plain, 0, True),
            "Conseiller communautaire deuxième": (plain, 0, True),
            "Conseiller délégué": (plain, 0, False),
            "Délégué": (plain, 0, True),
            "Membre du conseil": (plain, 0, False),
            "Questeur": (plain, 0, False),
        }.items():
            self.assertEqual(parse_function(label, "community"), wanted, label)


class TestCodes(TestCase):
    def test_sirens(self):
        for text, wanted in {
            "200039865": "200039865",
            "1234567": "001234567",
            "12345678": "012345678",
            "123456": "",
            "1234567890": "",
            "200 039 865": "200039865",
            "2.00039865E+08": "200039865",
            "20003986A": "",
        }.items():
            self.assertEqual(siren(text), wanted, text)

    def test_communes(self):
        for text, dep, wanted in (
            ("57463", "", "57463"),
            ("1004", "", "01004"),
            ("2a004", "", "2A004"),
            ("463", "57", "57463"),
            ("4", "1", "01004"),
            ("04", "01", "01004"),
            ("004", "2A", "2A004"),
            ("463", "", ""),
            ("463", "Moselle", ""),
            ("101", "971", "97101"),
            ("1", "971", "97101"),
            ("01", "ZA", "97101"),
            ("001", "974", "97401"),
            ("411", "ZD", "97411"),
            ("574630", "", ""),
            ("57463.0", "", "57463"),
            ("57463,5", "", ""),
            ('="01004"', "", "01004"),
        ):
            self.assertEqual(insee_code(text, dep), wanted, (text, dep))

    def test_departments(self):
        for text, wanted in {
            "57": "57",
            "1": "01",
            "001": "01",
            "057": "57",
            "971": "971",
            "ZB": "972",
            "2A": "2A",
            "20A": "2A",
            "02B": "2B",
            "69M": "69",
            "57 - Moselle": "57",
            "1234": "",
            "2C": "",
            "": "",
        }.items():
            self.assertEqual(department(text), wanted, text)

    def test_a_code_alone(self):
        for text, wanted in {" 57 463 ": "57463", "57463,00": "57463", "5.7E4": "57000"}.items():
            self.assertEqual(bare(text), wanted, text)


class TestDates(TestCase):
    def test_forms(self):
        day = date(2026, 3, 5)
        for text, shape in {
            "2026-03-05": "yyyy-mm-dd",
            "2026/3/5": "yyyy/mm/dd",
            "20260305": "yyyymmdd",
            "05/03/2026": "dd/mm/yyyy",
            "5/03/2026": "d/m/yyyy",
            "05/3/2026": "d/m/yyyy",
            "05.03.26": "dd.mm.yy",
            "05-03-2026 10:30": "dd-mm-yyyy hh:mm",
            "2026-03-05T10:30:00+01:00": "yyyy-mm-dd hh:mm zone",
            "46086": "days since 1899-12-30",
            "5 mars 2026": "d month yyyy",
            "jeudi 5 mars 2026": "d month yyyy",
            "5-Mar-26": "d month yyyy",
        }.items():
            self.assertEqual(parse_date(text), (day, shape), text)
        self.assertEqual(parse_date("03/05/2026", True), (day, "mm/dd/yyyy"))

    def test_midnight_in_france_is_the_evening_before_elsewhere(self):
        """An hour in winter, two from the last Sunday of March to the last one of October."""
        for text, wanted in {
            "2026-03-04T23:00:00Z": date(2026, 3, 5),
            "2026-03-04T22:59:00Z": date(2026, 3, 4),
            "2026-03-28T22:30:00Z": date(2026, 3, 28),
            "2026-03-29T22:00:00Z": date(2026, 3, 30),
            "2026-07-04T22:00:00Z": date(2026, 7, 5),
            "2026-07-04T21:59:00Z": date(2026, 7, 4),
            "2026-10-24T22:30:00Z": date(2026, 10, 25),
            "2026-10-25T22:30:00Z": date(2026, 10, 25),
            "2026-10-25T23:00:00Z": date(2026, 10, 26),
        }.items():
            self.assertEqual(parse_date(text)[0], wanted, text)

    def test_years(self):
        for text, wanted in {"01/01/69": 2069, "01/01/70": 1970, "01/01/1900": 1900}.items():
            self.assertEqual(parse_date(text)[0].year, wanted, text)
        for text in (
            "01/01/1899",
            "01/01/2100",
            "31/02/2026",
            "2026-3-",
            "123",
            "5 m 2026",
            "2026115",
        ):
            with self.subTest(text), self.assertRaises(ValueError):
                parse_date(text)

    def test_nothing(self):
        for text in ("", " ", "-", "N/A", "néant", "null", "''"):
            self.assertEqual(parse_date(text), (None, ""), text)

    def test_a_fifth_of_impossible_dates_turns_the_others(self):
        american, either = ["03/15/2026"], ["03/04/2026"]
        for texts, wanted in (
            (american + either * 4, True),
            (american + either * 5, False),
            (american + ["15/03/2026"], False),
            (["12/13/2026"], True),
            (["13/12/2026"], False),
            (["12/12/2026"], False),
            ([], False),
        ):
            self.assertEqual(is_month_first(texts), wanted, texts)


class TestFiles(TestCase):
    def issues(self, *lines, header=PLACE_LAST):
        result = read([text_file(*lines, header=header)], ["57463"])
        return result, [(issue.code, issue.line, issue.value) for issue in result.issues]

    def test_a_short_line_with_quotes_is_reported_with_its_number(self):
        result, issues = self.issues(ROUX, "", '"Source" : le ministère', ROUX.replace("OUX", "OY"))
        self.assertEqual([one.line for one in result.mandates], [2, 5])
        self.assertEqual(issues, [("short_row", 4, "Source : le ministère")])

    def test_in_a_file_of_quotes_too(self):
        def quoted(line):
            return ";".join(f'"{cell}"' for cell in line.split(";"))

        lines = quoted(ROUX), '"Source"', quoted(ROUX.replace("OUX", "OY"))
        result, issues = self.issues(*lines, header=quoted(PLACE_LAST))
        self.assertEqual([one.line for one in result.mandates], [2, 4])
        self.assertEqual(issues, [("short_row", 3, "Source")])

    def test_twenty_lines_of_rubbish_are_reported_one_by_one(self):
        for count, expected in ((20, 20), (21, 21), (22, 21)):
            _result, issues = self.issues(ROUX, *["rubbish"] * count)
            self.assertEqual(len(issues), expected)
            self.assertEqual(issues[-1][0], "short_row" if count == 20 else "more_short_rows")
        self.assertEqual(issues[-1][2], "2")

    def test_a_column_called_commune_holds_codes_when_half_of_its_values_are(self):
        header = ";".join(["Commune", *HEADER[1:]])
        good, wrong = "57463;ROUX;Zoé;F;2026-03-15;;", "Metz;PETIT;Luc;M;2026-03-15;;"
        for lines in ((good, good, good, wrong), (good, wrong)):
            result = read([text_file(*lines, header=header)], ["57463"])
            self.assertEqual(len(result.mandates), lines.count(good))
        with self.assertRaises(RneError):
            read([text_file(good, wrong, wrong, header=header)], ["57463"])

    def test_what_a_computer_leaves_in_an_archive_is_no_file(self):
        """A file that is alone in its archive is named as the archive, one of several is not."""
        useless = ("__MACOSX/elus.csv", "x/.elus.csv")
        for names, expected in (
            (("x/elus.csv", "deux.csv"), ["a.zip/x/elus.csv", "a.zip/deux.csv"]),
            (("x/elus.csv",), ["a.zip"]),
        ):
            stream = io.BytesIO()
            with zipfile.ZipFile(stream, "w") as archive:
                for name in (*useless, *names):
                    archive.writestr(name, "a;b\n")
                archive.mkdir("y")
            found = [source.name for source in open_sources(("a.zip", stream.getvalue()))]
            self.assertEqual(found, expected)

    def test_files_that_cannot_be_opened(self):
        with tempfile.TemporaryDirectory() as folder:
            file = Path(folder) / "elus.csv"
            file.write_text("a;b\n", encoding="utf-8")
            for path, code in (
                (file / "autre.csv", "unreadable_file"),
                (Path(folder) / "rien.csv", "missing_file"),
                (Path(folder), "not_a_file"),
                ("\0", "unreadable_file"),
            ):
                with self.subTest(code), self.assertRaises(RneError) as caught:
                    open_sources(path)
                self.assertEqual(caught.exception.code, code)

    def test_the_first_word_gives_the_sex(self):
        header = ";".join(HEADER)
        for text, wanted in {
            "Mme": "mme",
            "M. (élu)": "m",
            "F féminin": "mme",
            "x": "",
            "": "",
        }.items():
            line = f"57463;ROUX;Zoé;{text};2026-03-15;;"
            (one,) = read([text_file(line, header=header)], ["57463"]).mandates
            self.assertEqual(one.civility, wanted, text)


class TestCouncil(TestCase):
    def only(self, known, line):
        (found,) = [one for one in known.compare(line) if one.change != "incomplete"]
        return found

    def test_a_rank_is_corrected_where_the_beginning_may_not_move(self):
        known = Database()
        function = "deputy_mayor"
        person = known.add("ROUX Zoé", function, date_start=date(2020, 3, 15), date_end=NEW)
        known.add("ROUX Zoé", function, partner=person, date_start=date(2026, 3, 20))
        found = self.only(known, row("ROUX Zoé", function, rank=2))
        self.assertEqual((found.action, found.values), ("update", {"rank": 2}))

    def test_a_second_function_begins_with_the_term_unless_it_was_held_in_it_before(self):
        """What ends it is the end of the very function, not that the other one runs."""
        april, june = date(2026, 4, 9), date(2026, 6, 1)
        lines = [
            row("ROUX Zoé", "vice_president", function_date=april),
            row("ROUX Zoé", "bureau_member", function_date=june),
        ]
        for held, start in ((False, NEW), (True, june)):
            known = Database()
            person = known.add("ROUX Zoé", "vice_president", function_date=april)
            if held:
                known.add("ROUX Zoé", "bureau_member", partner=person, date_end=date(2026, 5, 1))
            (found,) = [one for one in known.compare(*lines) if one.change == "new"]
            self.assertEqual(found.values["date_start"], start, held)

    def test_a_function_that_ended_is_not_given_back_to_a_councillor(self):
        known = Database()
        person = known.add("ROUX Zoé", date_start=NEW)
        known.add("ROUX Zoé", "deputy_mayor", partner=person, date_end=date(2026, 6, 1))
        found = self.only(known, row("ROUX Zoé", "deputy_mayor"))
        self.assertEqual((found.change, found.reason), ("unchanged", "already_ended"))

    def test_a_delegate_without_a_commune_is_the_only_councillor_of_that_name(self):
        known = Database(communes=("57463", "57017", "57751"))
        delegate = row("ROUX Zoé", "vice_president", commune="")
        here, there = row("ROUX Zoé"), row("ROUX Zoé", place="57017")
        for rows, persons in (
            ((here, delegate), 1),
            ((here, there, delegate), 3),
            ((here, row("ROUX Anne", place="57017"), delegate), 2),
        ):
            keys = {line.person_key for line in known.compare(*rows) if line.row}
            self.assertEqual(len(keys), persons, rows)

    def test_a_word_of_two_letters_is_no_married_name(self):
        for name, alike in (("LE BRAS/Anne", 0), ("BRAS ROY/Anne", 1)):
            known = Database()
            known.add("LE ROY/Anne")
            (found,) = [one for one in known.compare(row(name)) if one.change == "new"]
            self.assertEqual(len(found.candidates), alike, name)


if __name__ == "__main__":
    import unittest

    unittest.main()
