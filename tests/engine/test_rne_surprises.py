"""Stray quotes, and what the beginning of a file does not show."""

from unittest import TestCase

from rne_cases import HEADER, METZ, text_file

from engine.opendata import read

ROUX = "57463;ROUX;Zoé;F;2026-03-15;;"
PETIT = "57463;PETIT;Luc;M;2026-03-15;1er adjoint au Maire;2026-03-22"


class TestQuotes(TestCase):
    LINES = (
        '57463;ROUX;"Zoé;F;2026-03-15;;',
        "57463;PETIT;Luc;M;2026-03-15;;",
        '57463;SIMON;Paul "Paulo";M;2026-03-15;;',
        '57463;"DUPONT;MOREL";Ève;F;2026-03-15;;',
        '57463;BLANC;"Guy;M;2026-03-15;;',
        "57463;MARTIN;Anne;F;2026-03-15;;",
    )

    def test_a_short_line_after_a_stray_quote_loses_no_line(self):
        """The quote of line 2 is never closed, line 3 has no code, which comes last: line 4 has."""
        header, broken, whole = (
            ";".join((*line.split(";")[1:], line.split(";")[0]))
            for line in (";".join(HEADER), ROUX.replace("ROUX", '"ROUX'), PETIT)
        )
        result = read([text_file(broken, "rien", whole, header=header)], ["57463"])
        self.assertEqual([row.line for row in result.mandates], [2, 4])
        self.assertIn("short_row", {issue.code for issue in result.issues})

    def test_twenty_short_lines_are_reported_and_no_more(self):
        header, whole = (
            ";".join((*line.split(";")[1:], line.split(";")[0]))
            for line in (";".join(HEADER), PETIT)
        )
        result = read([text_file(whole, *["rien"] * 25, whole, header=header)], ["57463"])
        lines = [issue.line for issue in result.issues if issue.code == "short_row"]
        self.assertEqual(lines[:20], list(range(3, 23)))
        self.assertEqual(len([line for line in lines if line]), 20)

    def test_a_stray_quote_loses_no_line(self):
        result = read([text_file(*self.LINES)], ["57463"])
        self.assertEqual(
            [(row.line, row.last_name) for row in result.mandates],
            [
                (2, "ROUX"),
                (3, "PETIT"),
                (4, "SIMON"),
                (5, "DUPONT;MOREL"),
                (6, "BLANC"),
                (7, "MARTIN"),
            ],
        )
        self.assertEqual({issue.code for issue in result.issues}, {"bad_quotes_line"})

    def test_a_stray_quote_far_from_the_next_one_loses_no_line(self):
        many = [f"57463;NOM{number};Luc;M;2026-03-15;;" for number in range(200)]
        many[10] = '57463;NOM10;"Luc;M;2026-03-15;;'
        result = read([text_file(*many)], ["57463"])
        self.assertEqual(len(result.mandates), 200)

    def test_quoted_files_with_fields_over_several_lines(self):
        lines = [f'"57463";"NOM{n}";"Luc";"M";"2026-03-15";"";""' for n in range(40)]
        lines[5] = '"57463";"NOM5";"Luc";"M";"2026-03-15";"Maire\ndélégué";""'
        lines[20] = '"57463";"NOM20";"Luc;"M";"2026-03-15";"";""'
        result = read([text_file(*lines)], ["57463"])
        self.assertEqual([row.last_name for row in result.mandates], [f"NOM{n}" for n in range(40)])
        self.assertEqual(result.mandates[5].function, "delegated_mayor")
        self.assertEqual([row.line for row in result.mandates][4:8], [6, 7, 9, 10])


class TestLateSurprises(TestCase):
    """What the beginning of a file does not show."""

    def lines(self, name):
        plain = [f"57999;MARTIN;Luc{n};M;2026-03-15;;" for n in range(20000)]
        return [*plain, f"57463;{name};Zoé;F;2026-03-15;;"]

    def test_the_first_accent_of_a_cp1252_file_is_on_line_twenty_thousand(self):
        header = "code_commune;nom;prenom;sexe;date_debut_mandat;fonction;date_debut_fonction"
        file = text_file(*self.lines("BÉNOÎT"), header=header, encoding="cp1252")
        result = read([file], ["57463"])
        self.assertEqual(result.mandates[0].last_name, "BÉNOÎT")
        self.assertEqual(result.mandates[0].first_name, "Zoé")
        self.assertEqual(result.layouts[0].encoding, "cp1252")
        self.assertEqual(result.rows_read, 20001)

    def test_a_few_bytes_of_another_encoding_are_read_and_reported(self):
        content = text_file(*self.lines("MULLER"))[1]
        content = content.replace("Zoé".encode(), "Zoé".encode("cp1252"))
        result = read([("essai.csv", content)], ["57463"])
        self.assertEqual(result.mandates[0].first_name, "Zoé")
        self.assertEqual(result.layouts[0].encoding, "utf-8")
        self.assertEqual([issue.code for issue in result.issues], ["mixed_encoding"])

    def test_other_encodings_of_one_byte(self):
        for encoding in ("mac_roman", "cp850", "latin-1"):
            with self.subTest(encoding):
                result = read([text_file(ROUX, encoding=encoding)], ["57463"])
                self.assertEqual(result.mandates[0].first_name, "Zoé")

    def test_utf_16_without_its_mark(self):
        for encoding in ("utf-16-le", "utf-16-be"):
            with self.subTest(encoding):
                result = read([text_file(ROUX, encoding=encoding)], ["57463"])
                self.assertEqual(result.mandates[0].first_name, "Zoé")

    def test_a_file_of_councillors_without_functions_makes_no_mayors(self):
        header = ";".join(HEADER[:5])
        lines = [f"57463;NOM{n};Luc;M;2026-03-15" for n in range(5)]
        result = read([text_file(*lines, header=header)], ["57463"])
        self.assertEqual({row.function for row in result.mandates}, {"councillor"})
        self.assertEqual([issue.code for issue in result.issues], ["no_function_column"])

    def test_mayors_with_a_function_column_stay_mayors(self):
        lines = [f"5746{n};NOM{n};Luc;M;2026-03-15;Maire;2026-03-22" for n in range(5)]
        result = read([text_file(*lines)], ["57463"])
        self.assertEqual(list(result.covered), ["mayor"])

    def test_councillors_with_the_number_of_their_intercommunality_stay_councillors(self):
        header = ";".join((*HEADER, "SIREN EPCI", "Nom EPCI"))
        lines = (ROUX + ";200039865;Metz Métropole", PETIT + ";200039865;Metz Métropole")
        result = read([text_file(*lines, header=header)], ["57463"], [METZ])
        self.assertEqual([row.place for row in result.mandates], ["57463", "57463"])
