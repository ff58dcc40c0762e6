"""Tables typed by a person: a file or a cell beyond any use is refused before it is looked into."""

import io
from pathlib import Path
from tempfile import TemporaryDirectory
from unittest import TestCase
from unittest.mock import patch

from rne_cases import table

from engine.opendata import codes, read
from engine.orientation import csvfile
from engine.orientation.messages import OrientationError
from engine.replacement_csv import tables


class Endless(io.RawIOBase):
    """An endless file; `given` counts how much of it was read."""

    name, given = "agents.csv", 0

    def readable(self):
        return True

    def readinto(self, buffer):
        buffer[:] = b"a" * len(buffer)
        self.given += len(buffer)
        return len(buffer)


class TestTypedTables(TestCase):
    def refuse(self, source, code, *words):
        with self.assertRaises(OrientationError) as caught:
            tables.read_agents(source)
        self.assertEqual(caught.exception.code, code)
        for word in words:
            self.assertIn(word, str(caught.exception))

    def test_a_file_without_end_is_left_at_the_limit(self):
        endless = Endless()
        self.refuse(io.BufferedReader(endless), "too_large", "agents.csv", "5 Mo")
        self.assertLess(endless.given, csvfile.LONGEST_FILE + 2**20)

    def test_a_file_at_the_limit_is_read(self):
        content = b"agent_id\nA1\n"
        with patch.object(csvfile, "LONGEST_FILE", len(content)), TemporaryDirectory() as folder:
            for more in (b"", b"\n"):
                path = Path(folder) / "agents.csv"
                path.write_bytes(content + more)
                for source in (path, io.BytesIO(content + more)):
                    if more:
                        self.refuse(source, "too_large")
                    else:
                        self.assertEqual(len(tables.read_agents(source)), 1)

    def test_a_cell_at_the_limit_is_read(self):
        content = b"question\n" + b"x" * csvfile.LONGEST_VALUE
        self.assertEqual(len(list(csvfile.read_rows(io.BytesIO(content), ("question",)))), 1)

    def test_a_text_without_end_is_named_with_its_line_and_column(self):
        for text in ("agent_id;statut\nA1;", "agent_id\n"):
            content = text.encode() + b"x" * (csvfile.LONGEST_VALUE + 1)
            self.refuse(io.BytesIO(content), "long_value", "ligne 2")
        self.refuse(io.BytesIO(b"agent_id;x\nA1;" + b"y" * 20_000), "long_value", "colonne", "x")

    def test_a_long_text_is_read(self):
        content = b"question\n" + b"voirie " * 1_000
        (row,) = csvfile.read_rows(io.BytesIO(content), ("question",))
        self.assertEqual(len(row.values["question"]), 6_999)


class TestCells(TestCase):
    def test_a_code_is_looked_for_in_the_beginning_of_a_cell(self):
        long = "x" + "'" * 100_000 + "y"
        with patch.object(codes, "_SPREADSHEET", wraps=codes._SPREADSHEET) as pattern:
            self.assertEqual(codes.insee_code(long), "")
        self.assertLess(len(pattern.sub.call_args[0][1]), 100)
        self.assertEqual(codes.department("57 - " + "Moselle et alentours " * 20), "57")

    def test_a_name_without_end_is_cut(self):
        content = table([("57463", "A" * 50_000, "b'" * 20_000, "F", "2026-03-15", "", "")])
        (row,) = read([("elus.csv", content)], ["57463"]).mandates
        self.assertLess(len(row.last_name) + len(row.first_name), 1_000)
