"""Files that cannot be used: one precise sentence, never a traceback, nothing half read."""

import gzip
import io
import random
import tempfile
import zipfile
import zlib
from pathlib import Path
from unittest import TestCase
from unittest.mock import patch

from rne_cases import COUNCILS, HEADER, MAYORS, table, text_file

from engine.opendata import RneError, read, sources

GOOD = table([("57463", "ROUX", "Zoé", "F", "2026-03-15", "", "")])
# Headers of the other files of the dataset, as published.
OTHER_FAMILIES = {
    "conseillers départementaux": "Code du département;Libellé du département;Code du canton"
    ";Libellé du canton;Nom de l'élu;Prénom de l'élu;Code sexe;Date de début du mandat"
    ";Libellé de la fonction",
    "conseillers régionaux": "Code de la région;Libellé de la région"
    ";Code de la section départementale;Nom de l'élu;Prénom de l'élu;Code sexe"
    ";Date de début du mandat",
    "députés": "Code du département;Libellé du département;Code de la circonscription législative"
    ";Nom de l'élu;Prénom de l'élu;Code sexe;Date de début du mandat",
    "sénateurs": "Code du département;Libellé du département;Nom de l'élu;Prénom de l'élu;Code sexe"
    ";Date de début du mandat",
    "représentants au Parlement européen": "Nom de l'élu;Prénom de l'élu;Code sexe"
    ";Date de début du mandat",
    "conseillers d’arrondissement": "Code du département;Code de la commune;Code du secteur"
    ";Nom de l'élu;Prénom de l'élu;Code sexe;Date de début du mandat",
}


def zipped(**members):
    """The bytes of a zip archive."""
    archive = io.BytesIO()
    with zipfile.ZipFile(archive, "w", zipfile.ZIP_DEFLATED) as file:
        for name, content in members.items():
            file.writestr(name, content)
    return archive.getvalue()


class TestRefused(TestCase):
    def refuse(self, file, code, *words, communes=("57463",)):
        with self.assertRaises(RneError) as caught:
            read([file], communes)
        error = caught.exception
        self.assertEqual(error.code, code, str(error))
        self.assertNotIn("\n", str(error))
        for word in words:
            self.assertIn(word, str(error))

    def test_the_first_of_two_headers_that_lack_as_much_is_reported(self):
        header = "Nom de l'élu;Prénom de l'élu\n"
        text = f"Liste;2026\n{header}ROUX;Zoé\n{header}PETIT;Luc\n"
        self.refuse(("a.csv", text.encode()), "missing_columns", "l’en-tête de la ligne 2 ")

    def test_what_is_not_a_csv_file_is_named(self):
        cases = {
            "un document PDF": b"%PDF-1.7\n%\xe2\xe3",
            "un classeur Excel ou": b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600),
            "un document Office": zipped(**{"[Content_Types].xml": "", "word/document.xml": ""}),
            "LibreOffice": zipped(mimetype="application/vnd.oasis.text", **{"content.xml": "<a/>"}),
            "une page web (HTML)": b"\xef\xbb\xbf\n <!DOCTYPE html><html><body>404</body></html>",
            "un fichier JSON": b'{"error": "not found"}',
            "un fichier XML": b'<?xml version="1.0"?><a/>',
            "une archive RAR": b"Rar!\x1a\x07\x00",
            "une image": b"\x89PNG\r\n\x1a\n" + bytes(50),
        }
        for found, content in cases.items():
            with self.subTest(found):
                self.refuse(("maires.csv", content), "wrong_format", "maires.csv", found)

    def test_binary_and_empty_files(self):
        noise = b"\x01" + random.Random(1).randbytes(5000)
        self.refuse(("maires.csv", noise), "binary_file", "maires.csv")
        for content in (b"", b"\n \n", b"\xef\xbb\xbf", b"\xff\xfe", gzip.compress(b"")):
            with self.subTest(content):
                self.refuse(("vide.csv", content), "empty_file", "vide.csv")

    def test_archives(self):
        long = COUNCILS.read_bytes() + b"".join(COUNCILS.read_bytes().splitlines(True)[1:]) * 9
        packed, archive = gzip.compress(long), zipped(**{"a.csv": GOOD})
        self.refuse(("a.csv.gz", packed[:-4000]), "damaged_at_line", "a.csv.gz", "ligne")
        self.refuse(("a.csv.gz", packed[:12]), "damaged_archive", "a.csv.gz")
        half = len(packed) // 2
        broken = packed[:half] + bytes(50) + packed[half + 50 :]
        self.refuse(("a.csv.gz", broken), "damaged_at_line", "a.csv.gz")
        self.refuse(("a.zip", archive[:-30]), "damaged_archive", "a.zip")
        self.refuse(("a.zip", zipped()), "empty_archive")
        self.refuse(("a.zip", zipped(**{"a.pdf": b"%PDF-1.7"})), "wrong_format", "PDF")
        locked = bytearray(archive)
        for mark in (b"PK\x03\x04", b"PK\x01\x02"):
            start = locked.index(mark) + (6 if mark == b"PK\x03\x04" else 8)
            locked[start] |= 1
        self.refuse(("a.zip", bytes(locked)), "encrypted_archive", "mot de passe")
        broken = bytearray(zipped(**{"a.csv": GOOD * 50}))
        broken[60:80] = bytes(20)
        with self.assertRaises(RneError):
            read([("a.zip", bytes(broken))], ["57463"])

    def test_an_archive_made_to_explode(self):
        bomb = zlib.compressobj(9, zlib.DEFLATED, 31)
        packed = bomb.compress(GOOD) + bomb.compress(b"57999;A;B;M;2026-03-15;;\n" * 200000)
        with patch.object(sources, "LIMIT", 1000000):
            self.refuse(("a.csv.gz", packed + bomb.flush()), "too_large", "a.csv.gz")
            self.refuse(("a.zip", zipped(**{"a.csv": b"x" * 2000000})), "too_large")

    def test_files_of_other_elected_officials(self):
        for family, header in OTHER_FAMILIES.items():
            row = ";".join("x" for _column in header.split(";"))
            with self.subTest(family):
                file = text_file(row, header=header)
                self.refuse(file, "wrong_family", "essai.csv", f"celui des {family}")

    def test_what_has_no_header_of_the_rne(self):
        self.refuse(("a.csv", b"produit;prix\npomme;3\n"), "no_header", "a.csv", "nom, prénom")
        self.refuse(("a.csv", b"Bonjour,\nvoici le fichier.\n"), "no_header", "30")
        self.refuse(("a.csv", b"nom" * 30000), "no_header")

    def test_a_missing_column_is_named_with_the_line_of_the_header(self):
        for index, word in ((0, "code de la commune"), (1, "nom"), (2, "prénom"), (4, "mandat")):
            header = ["Truc" if place == index else name for place, name in enumerate(HEADER)]
            content = table([["x"] * 7], header, before=["Titre du rapport : élus", ""])
            with self.subTest(word):
                self.refuse(("a.csv", content), "missing_columns", "ligne 3", word, "Truc")

    def test_delegates_without_the_number_of_their_intercommunality(self):
        header = ";".join(("Code de la commune de rattachement", *HEADER[1:]))
        self.refuse(
            text_file("57463;A;B;M;2026-03-15;;", header=header), "missing_columns", "SIREN"
        )

    def test_codes_of_three_digits_without_their_department(self):
        lines = ("463;ROUX;Zoé;F;2026-03-15;;",)
        self.refuse(text_file(*lines), "missing_department", "Code de la commune", "463")

    def test_paths(self):
        with tempfile.TemporaryDirectory() as folder:
            self.refuse(Path(folder) / "rien.csv", "missing_file", "rien.csv")
            self.refuse(folder, "not_a_file")

    def test_a_field_without_end(self):
        line = '57463;"' + "x" * 200000
        self.refuse(text_file(line), "bad_quotes", "ligne 2")

    def test_cut_utf_16(self):
        content = text_file("57463;ROUX;Zoé;F;2026-03-15;;", encoding="utf-16")[1]
        self.refuse(("a.csv", content[:-1]), "undecodable", "a.csv")

    def test_codes_asked_for(self):
        self.refuse(MAYORS, "bad_insee", "5746", communes=["5746"])
        self.refuse(MAYORS, "no_place_wanted", communes=[])
        with self.assertRaises(RneError) as caught:
            read([MAYORS], epci=["20003986"])
        self.assertEqual(caught.exception.code, "bad_siren")
        with self.assertRaises(RneError) as caught:
            read([], ["57463"])
        self.assertEqual(caught.exception.code, "no_file")

    def test_one_bad_file_refuses_the_load(self):
        with self.assertRaises(RneError):
            read([MAYORS, ("a.csv", b"%PDF")], ["57463"])

    def test_damaged_files_never_escape_as_other_errors(self):
        contents = [MAYORS.read_bytes()[:3000], gzip.compress(MAYORS.read_bytes()[:3000])]
        contents.append(zipped(**{"a.csv": MAYORS.read_bytes()[:3000]}))
        rng = random.Random(5)
        for number in range(300):
            content = bytearray(rng.choice(contents))
            for _change in range(rng.randrange(1, 12)):
                content[rng.randrange(len(content))] = rng.randrange(256)
            content = bytes(content[: rng.randrange(len(content))] if number % 3 == 0 else content)
            with self.subTest(number):
                try:
                    read([("a", content)], ["57017", "57031"])
                except RneError as error:
                    self.assertTrue(str(error))
