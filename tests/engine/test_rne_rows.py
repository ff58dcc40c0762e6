"""What is kept of the files, which lines are merged, what is reported about a line."""

import gzip
import io
import random
import zipfile
from datetime import date
from unittest import TestCase

from rne_cases import COUNCILS, DELEGATES, HEADER, MAYORS, METZ, communes_of, table, text_file

from engine.opendata import read

ROUX = "57463;ROUX;Zoé;F;2026-03-15;;"
PETIT = "57463;PETIT;Luc;M;2026-03-15;1er adjoint au Maire;2026-03-22"


def people(result):
    """(place, last name, function, rank) of what was read."""
    return [(row.place, row.last_name, row.function, row.rank) for row in result.mandates]


def issues(result):
    """(code, line, column, value) of the issues."""
    return [(issue.code, issue.line, issue.column, issue.value) for issue in result.issues]


class TestWanted(TestCase):
    def test_only_the_wanted_communes_are_kept(self):
        result = read([COUNCILS], ["57017", "57396"])
        # Counted with grep: 19 lines of Amanvillers, 15 of Lessy, 868 in all.
        self.assertEqual((result.rows_read, result.rows_kept), (868, 34))
        self.assertEqual(result.covered, {"municipal": {"57017", "57396"}})

    def test_delegates_are_kept_by_intercommunality_else_by_commune(self):
        self.assertEqual(read([DELEGATES], ["57017"], [METZ]).rows_kept, 85)
        result = read([DELEGATES], communes_of(COUNCILS))
        self.assertEqual(result.rows_kept, 85)
        self.assertEqual({row.siren for row in result.mandates}, {METZ})
        self.assertEqual(read([DELEGATES], ["57396"]).rows_kept, 0)

    def test_files_of_several_kinds_in_one_load(self):
        result = read([MAYORS, COUNCILS, DELEGATES], communes_of(COUNCILS), [METZ])
        self.assertEqual(result.rows_kept, 45 + 868 + 85)
        self.assertEqual(
            [layout.kind for layout in result.layouts], ["mayor", "municipal", "community"]
        )
        # The 45 mayors are in two files.
        self.assertEqual(len(result.mandates), 868 + 85)
        self.assertEqual(
            {kind: len(places) for kind, places in result.covered.items()},
            {"mayor": 45, "municipal": 46, "community": 1},
        )

    def test_a_kind_without_wanted_rows_is_covered_nowhere(self):
        self.assertEqual(read([MAYORS], ["75056"]).covered, {"mayor": frozenset()})

    def test_codes_without_their_zero_and_with_their_department(self):
        header = ("Code du département (Maire)", "Code Insee de la commune", *HEADER[1:5])
        rows = [
            ("1", "4", "FABRE", "Luc", "M", "15/03/2026"),
            ("57", "463", "ROUX", "Zoé", "F", "15/03/2026"),
            ("57", "004", "PETIT", "Ève", "F", "15/03/2026"),
            ("2A", "4", "CASTA", "Ange", "M", "15/03/2026"),
            ("ZA", "101", "LOUIS", "Guy", "M", "15/03/2026"),
            ("Total", "", "", "", "", ""),
        ]
        file = "maires.txt", table(rows, header, "\t", before=["Titre du rapport : maires", ""])
        result = read([file], ["01004", "57463", "2A004", "97101"])
        self.assertEqual(
            [row.insee_code for row in result.mandates], ["01004", "57463", "2A004", "97101"]
        )
        self.assertEqual(result.layouts[0].header_line, 3)
        self.assertEqual([row.line for row in result.mandates], [4, 5, 7, 8])

    def test_a_former_commune_counts_for_the_one_of_today(self):
        files = [text_file("57999;ROUX;Zoé;F;2020-05-18;;")]
        self.assertEqual(read(files, ["57463"]).rows_kept, 0)
        result = read(files, ["57463"], aliases={"57999": "57463", "57998": "57001"})
        self.assertEqual(people(result), [("57463", "ROUX", "councillor", 0)])

    def test_archives(self):
        content = table([("57463", "ROUX", "Zoé", "F", "2026-03-15", "", "")])
        archive = io.BytesIO()
        with zipfile.ZipFile(archive, "w", zipfile.ZIP_DEFLATED) as file:
            file.writestr("__MACOSX/._a.csv", b"\0\0")
            file.writestr("lisez-moi.pdf", b"%PDF-1.7")
            file.writestr("conseillers.csv", content)
            file.writestr("sub/maires.csv", MAYORS.read_bytes())
            file.writestr("autre.csv", "a;b\n1;2\n")
        for name, data, count in (
            ("conseillers.csv.gz", gzip.compress(content), 1),
            ("sans-extension", gzip.compress(content), 1),
            ("rne.zip", archive.getvalue(), 2),
        ):
            with self.subTest(name):
                result = read([(name, data)], ["57463"])
                self.assertEqual(len(result.mandates), count)
        self.assertEqual([issue.code for issue in result.issues], ["member_skipped"])
        self.assertEqual(result.mandates[0].file, "rne.zip/conseillers.csv")

    def test_two_files_of_the_same_name_stay_two_files(self):
        result = read([text_file(ROUX), text_file(ROUX)], ["57463"])
        self.assertEqual([layout.file for layout in result.layouts], ["essai.csv", "essai.csv (2)"])
        self.assertEqual(len(result.mandates), 1)


class TestTogether(TestCase):
    def test_a_function_says_more_than_the_plain_line_of_the_same_person(self):
        mayors = text_file(
            "57463;ROUX;ZOE;F;2026-03-15;2026-03-22",
            header=";".join(HEADER[:5] + HEADER[6:]),
            name="maires.csv",
        )
        for files in ([text_file(ROUX, PETIT), mayors], [mayors, text_file(ROUX, PETIT)]):
            self.assertEqual(
                sorted(people(read(files, ["57463"]))),
                [("57463", "PETIT", "deputy_mayor", 1), ("57463", "ROUX", "mayor", 0)],
            )

    def test_a_function_and_a_plain_line_of_one_file_are_two_persons(self):
        lines = (ROUX, "57463;ROUX;ZOE;F;2026-03-15;2ème adjoint au Maire;2026-03-22")
        result = read([text_file(*lines)], ["57463"])
        self.assertEqual(
            people(result),
            [("57463", "ROUX", "councillor", 0), ("57463", "ROUX", "deputy_mayor", 2)],
        )
        self.assertTrue(all(row.has_namesake for row in result.mandates))

    def test_two_functions_are_two_mandates(self):
        lines = (
            "57463;ROUX;Zoé;F;2026-03-15;1er adjoint au Maire;2026-03-22",
            "57463;ROUX;Zoé;F;2026-03-15;Maire délégué;2026-03-22",
        )
        found = people(read([text_file(*lines)], ["57463"]))
        self.assertEqual([row[2] for row in found], ["deputy_mayor", "delegated_mayor"])

    def test_homonyms_of_one_file_stay_two(self):
        self.assertEqual(len(read([text_file(ROUX, ROUX)], ["57463"]).mandates), 2)

    def test_a_mayor_of_two_files_is_one_mandate_with_the_most_complete_dates(self):
        council = text_file("57463;ROUX;Zoé;F;2026-03-15;Maire;", ROUX.replace("ROUX", "DUPONT"))
        mayors = text_file(
            "57463;Roux;Zoé;F;2026-03-15;2026-03-22",
            header=";".join(HEADER[:5] + HEADER[6:]),
            name="maires.csv",
        )
        for files in ([council, mayors], [mayors, council]):
            result = read(files, ["57463"])
            self.assertEqual(len(result.mandates), 2)
            mayor = next(row for row in result.mandates if row.last_name == "ROUX")
            self.assertEqual((mayor.function, mayor.function_date), ("mayor", date(2026, 3, 22)))

    def test_of_two_vintages_the_newest_is_kept(self):
        old = text_file("57463;ROUX;Zoé;F;2020-05-18;1er adjoint au Maire;2020-05-25", name="a.csv")
        new = text_file(ROUX, PETIT, name="b.csv")
        for files in ([old, new], [new, old]):
            found = sorted(people(read(files, ["57463"])))
            self.assertEqual(
                found, [("57463", "PETIT", "deputy_mayor", 1), ("57463", "ROUX", "councillor", 0)]
            )


class TestIssues(TestCase):
    def test_a_line_in_error_is_skipped_and_reported(self):
        result = read(
            [
                text_file(
                    ROUX,
                    "57463;SIMON;Paul;M;31/02/2026;;",
                    "57463;SIMON;Paul;M;2026-03-15;;inconnu",
                    "57463;;Paul;M;2026-03-15;;",
                    "57463;SIMON;-;M;2026-03-15;;",
                    "57463;SIMON;Paul;M;2026-03-15;;;trop",
                    "57999;SIMON;Paul;M;inconnu;;",
                )
            ],
            ["57463"],
        )
        self.assertEqual(people(result), [("57463", "ROUX", "councillor", 0)])
        self.assertEqual(
            issues(result),
            [
                ("bad_date", 3, HEADER[4], "31/02/2026"),
                ("bad_date", 4, HEADER[6], "inconnu"),
                ("no_name", 5, HEADER[1], ""),
                ("no_name", 6, HEADER[2], "-"),
                ("column_count", 7, "", "8 / 7"),
            ],
        )
        self.assertEqual({issue.level for issue in result.issues}, {"error"})
        self.assertEqual(result.rows_kept, 6)
        self.assertEqual(
            result.issues[0].message.replace("\u00a0", "~"),
            "essai.csv, ligne 3, colonne «~Date de début du mandat~»~: «~31/02/2026~» n’est pas une"
            " date qui existe~; la ligne est laissée de côté.",
        )

    def test_a_place_with_a_line_in_error_is_not_covered(self):
        lines = (ROUX, "57017;SIMON;Paul;M;2026-02-31;;", "57017;PETIT;Luc;M;2026-03-15;;")
        result = read([text_file(*lines)], ["57463", "57017"])
        self.assertEqual(result.covered, {"municipal": {"57463"}})

    def test_a_line_to_look_at_is_kept(self):
        lines = ("57463;ROUX;Zoé;F;;;", "57463;SIMON;Paul;M;2026-03-15;Questeur;")
        result = read([text_file(*lines)], ["57463"])
        self.assertEqual(len(result.mandates), 2)
        self.assertIsNone(result.mandates[0].date_start)
        self.assertEqual(
            issues(result),
            [("no_date", 2, HEADER[4], ""), ("unknown_function", 3, HEADER[5], "Questeur")],
        )
        self.assertEqual({issue.level for issue in result.issues}, {"warning"})

    def test_lines_are_counted_as_in_the_file(self):
        lines = ("57999;A;B;M;2026-03-15;;", "", '57463;"ROUX";"Zoé";F;2026-03-15;"a\nb";', PETIT)
        result = read([text_file(*lines)], ["57463"])
        self.assertEqual([row.line for row in result.mandates], [4, 6])
        self.assertEqual(result.rows_read, 3)

    def test_two_lines_that_two_stray_quotes_glue_are_two_persons(self):
        """Together they have seven cells, as one line has: a whole line is inside a cell."""
        lines = ('57463;"ROUX;Zoé;F;2026-03-15;;', '57463;PETIT";Luc;M;2026-03-15;;')
        result = read([text_file(*lines)], ["57463"])
        self.assertEqual([row.last_name for row in result.mandates], ["ROUX", "PETIT"])
        self.assertEqual(issues(result), [("bad_quotes_line", 2, "", "")])

    def test_a_compressed_file_of_three_hundred_kilobytes(self):
        """Remarks that nothing shrinks: thirty times 300 kB and more may come out of it."""
        remarks = [f"{random.Random(n).getrandbits(1200):x}" for n in range(2_000)]
        lines = [f"57001;NOM;Luc;M;2026-03-15;;;{remark}" for remark in remarks]
        content = text_file(ROUX + ";", *lines, header=";".join((*HEADER, "Remarque")))[1]
        packed = gzip.compress(content)
        self.assertGreater(len(packed), 300_000)
        result = read([("elus.csv.gz", packed)], ["57463"])
        self.assertEqual([row.last_name for row in result.mandates], ["ROUX"])

    def test_lines_of_a_file_of_quotes_are_counted_too(self):
        def quoted(line):
            return ";".join(f'"{cell}"' for cell in line.split(";"))

        lines = [quoted(line) for line in (ROUX, "57463;ABEL;Léo;M;31/02/2026;;", PETIT)]
        result = read([text_file(*lines, header=quoted(";".join(HEADER)))], ["57463"])
        self.assertEqual([row.line for row in result.mandates], [2, 4])
        self.assertEqual(issues(result), [("bad_date", 3, HEADER[4], "31/02/2026")])

    def test_a_long_line_is_reported_by_its_beginning(self):
        """60 characters are shown whole; of 61, the first 59 and a sign."""
        header = ";".join(HEADER[1:] + HEADER[:1])
        lines = ("ROUX;Zoé;F;2026-03-15;;;57463", "x" * 60, "y" * 61)
        result = read([text_file(*lines, header=header)], ["57463"])
        self.assertEqual([issue.value for issue in result.issues], ["x" * 60, "y" * 59 + "…"])

    def test_a_short_line_is_reported_without_stopping(self):
        header = ";".join(HEADER[1:] + HEADER[:1])
        lines = (
            "ROUX;Zoé;F;2026-03-15;;;57463",
            "Source : ministère",
            "PETIT;Luc;M;2026-03-15;;;57463",
        )
        result = read([text_file(*lines, header=header)], ["57463"])
        self.assertEqual(len(result.mandates), 2)
        self.assertEqual(issues(result), [("short_row", 3, "", "Source : ministère")])

    def test_millions_of_lines_of_rubbish_are_counted_not_listed(self):
        header = ";".join(HEADER[1:] + HEADER[:1])
        lines = ("ROUX;Zoé;F;2026-03-15;;;57463", *["rubbish"] * 500)
        result = read([text_file(*lines, header=header)], ["57463"])
        self.assertEqual(len(result.mandates), 1)
        self.assertEqual(len(result.issues), 21)
        self.assertIn("480 autres lignes", result.issues[-1].message)

    def test_trailing_separators_do_not_matter(self):
        lines = (ROUX + ";;;", "57463;SIMON;Paul;M;2026-03-15")
        result = read([text_file(*lines)], ["57463"])
        self.assertEqual((len(result.mandates), result.issues), (2, []))
