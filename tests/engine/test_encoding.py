"""Which characters the bytes of a file encode, where several encodings would do."""

from unittest import TestCase

from engine.opendata.encoding import FALLBACK, after_error, decode_head, detect
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
        """Of two pairs of bytes one has a null: that is not more than half; nor is one of three
        in each place, though two of three have one."""
        self.assertEqual(encoding_of("nom".encode("utf-16-le")), "utf-16-le")
        self.assertEqual(encoding_of("nom".encode("utf-16-be")), "utf-16-be")
        for head in (b"a\0bc", b"\0abc", b"a\0\0aab"):
            with self.assertRaises(RneError):
                encoding_of(head)

    def test_a_character_cut_at_the_end_of_the_head(self):
        head = "Zoé".encode()[:-1]
        self.assertEqual(encoding_of(head, complete=False), "utf-8")
        self.assertNotEqual(encoding_of(head), "utf-8")

    def test_the_text_of_a_head_whose_last_character_is_cut(self):
        cut = "Zoé;Éva".encode("utf-16-le")[:-1]
        self.assertEqual(decode_head(cut, "utf-16-le", "strict"), "Zoé;Év")
        self.assertEqual(decode_head("Zoé".encode()[:-1], "utf-8", "strict"), "Zo")
        self.assertEqual(decode_head(b"Zo\xe9", "cp1252", FALLBACK), "Zoé")
        # A byte that cp1252 does not have is read as in latin-1.
        self.assertEqual(decode_head(b"Zo\xe9 \x81,", "utf-8", FALLBACK), "Zoé \x81,")

    def test_what_to_try_when_an_accent_comes_late(self):
        self.assertEqual(after_error(b"nom", "utf-8"), ("cp1252", FALLBACK))
        self.assertEqual(after_error("é".encode(), "utf-8"), ("utf-8", FALLBACK))
        self.assertIsNone(after_error(b"nom", "cp1252"))

    def test_more_accents_in_utf_8_than_bytes_alone(self):
        """Three accents of UTF-8 and two bytes that are not: damage. As many: another encoding."""
        accents, alone = "é".encode(), b"\xe9 "
        self.assertEqual(encoding_of(accents * 3 + b" " + alone * 2), "utf-8")
        self.assertEqual(encoding_of(accents * 2 + b" " + alone * 2), "cp1252")
