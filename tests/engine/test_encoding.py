"""Which characters the bytes of a file stand for, where several encodings would do."""

from unittest import TestCase

from engine.opendata.encoding import detect
from engine.opendata.messages import RneError


def encoding_of(head, complete=True):
    return detect("f.csv", head, complete)[0]


class TestSingleByte(TestCase):
    def test_the_encoding_in_which_a_name_looks_most_french(self):
        """A letter as common as é counts more than one as rare as Ÿ or ñ, and a sign that is in
        no French name counts against."""
        for encoding, names in {
            "cp1252": ("Zoé", "Hélène Ÿ", "GÉRARD Œuvre", "François"),
            "mac_roman": ("Noël", "CÔTE Évry", "où", "ÉLOÏSE", "Nuñez Raphaël", "l’Haÿ"),
            "cp850": ("Ligné", "Île", "Nuñez Évry", "Éric Île", "ÉVRY Hélène", "François"),
        }.items():
            for name in names:
                with self.subTest(name=name, encoding=encoding):
                    self.assertEqual(encoding_of(name.encode(encoding)), encoding)


class TestHead(TestCase):
    def test_marks(self):
        for head, encoding in (
            (b"\xef\xbb\xbfnom", "utf-8-sig"),
            (b"\xff\xfen\0", "utf-16"),
            (b"\xfe\xff\0n", "utf-16"),
            (b"nom", "utf-8"),
            (b"", "utf-8"),
        ):
            self.assertEqual(encoding_of(head), encoding)

    def test_one_control_in_a_hundred_bytes_is_still_a_text(self):
        self.assertEqual(encoding_of(b"\x01" + b"a" * 99), "utf-8")
        with self.assertRaises(RneError) as caught:
            encoding_of(b"\x01" + b"a" * 98)
        self.assertEqual(caught.exception.code, "binary_file")

    def test_more_than_half_of_the_second_bytes_are_null(self):
        """Of two pairs of bytes one has a null: that is not more than half."""
        self.assertEqual(encoding_of("nom".encode("utf-16-le")), "utf-16-le")
        self.assertEqual(encoding_of("nom".encode("utf-16-be")), "utf-16-be")
        for head in (b"a\0bc", b"\0abc"):
            with self.assertRaises(RneError):
                encoding_of(head)

    def test_a_character_cut_at_the_end_of_the_head(self):
        head = "Zoé".encode()[:-1]
        self.assertEqual(encoding_of(head, complete=False), "utf-8")
        self.assertNotEqual(encoding_of(head), "utf-8")

    def test_more_accents_in_utf_8_than_bytes_alone(self):
        """Three accents of UTF-8 and two bytes that are not: damage. As many: another encoding."""
        accents, alone = "é".encode(), b"\xe9 "
        self.assertEqual(encoding_of(accents * 3 + b" " + alone * 2), "utf-8")
        self.assertEqual(encoding_of(accents * 2 + b" " + alone * 2), "cp1252")
