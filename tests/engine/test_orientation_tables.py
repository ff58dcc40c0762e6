"""Files of topics and of questions: what is read, and the errors of an invalid file."""

import io
import tempfile
import unittest
from pathlib import Path

from engine.orientation import OrientationError, Question, Term, read_questions, read_topics

HEADER = "code;parent;label;keywords\n"
NBSP = "\u00a0"


def topics(text):
    return read_topics(io.StringIO(text))


class FileCase(unittest.TestCase):
    def refused(self, read, text, message):
        """Reading raises this sentence, typed with plain spaces and apostrophes."""
        stream = io.BytesIO(text.encode() if isinstance(text, str) else text)
        stream.name = "fichier.csv"
        with self.assertRaises(OrientationError) as caught:
            read(stream)
        shown = str(caught.exception).replace(NBSP, " ").replace("’", "'")
        self.assertEqual(shown, message)


class TestTopics(FileCase):
    def test_the_columns(self):
        text = (
            "code;parent;label;keywords;department;level;legal_basis;disambiguation;"
            "outside_name;outside_contact\n"
            "F;;Famille;;;;;;;\n"
            "T;F;Trous; trou ,nid  de poule,,trou;Voirie;departement;L.1;Où ?;Département;0\n"
        )
        family, topic = topics(text)
        self.assertEqual((family.code, family.parent, family.terms), ("F", "", ()))
        self.assertEqual(family.level, "metropole")
        self.assertEqual(topic.terms, (Term("trou"), Term("nid de poule")))
        self.assertEqual(
            (topic.department, topic.level, topic.legal_basis), ("Voirie", "departement", "L.1")
        )
        self.assertEqual(
            (topic.disambiguation, topic.outside_name, topic.outside_contact),
            ("Où ?", "Département", "0"),
        )

    def test_encodings(self):
        text = HEADER + "A;;Éclairage;réverbère\n"
        for data in (text.encode(), b"\xef\xbb\xbf" + text.encode(), text.encode("cp1252")):
            (topic,) = read_topics(io.BytesIO(data))
            self.assertEqual((topic.label, topic.terms[0].text), ("Éclairage", "réverbère"))

    def test_other_separators_and_line_ends(self):
        self.assertEqual(topics('code,parent,label,keywords\r\nA,,Alpha,"b, c"\r\n')[0].code, "A")

    def test_a_family_may_come_after_its_topics(self):
        self.assertEqual(len(topics(HEADER + "A;F;Alpha;\nF;;Famille;\n")), 2)

    def test_missing_column(self):
        self.refused(
            read_topics,
            "code;label;keywords\nA;Alpha;\n",
            "Fichier « fichier.csv », ligne 1 : la colonne « parent » manque."
            " Colonnes lues : code, label, keywords.",
        )

    def test_empty_label(self):
        self.refused(
            read_topics,
            HEADER + "\nA;;;mot\n",
            "Fichier « fichier.csv », ligne 3, colonne « label » : la valeur est vide.",
        )

    def test_double_code(self):
        self.refused(
            read_topics,
            HEADER + "A;;Alpha;\nA;;Beta;\n",
            "Fichier « fichier.csv », ligne 3, colonne « code » : le code « A » est déjà à la"
            " ligne 2.",
        )

    def test_unknown_family(self):
        self.refused(
            read_topics,
            HEADER + "A;Z;Alpha;\n",
            "Fichier « fichier.csv », ligne 2, colonne « parent » : le sujet « Z » n'existe pas"
            " dans ce fichier.",
        )

    def test_its_own_family(self):
        self.refused(
            read_topics,
            HEADER + "A;A;Alpha;\n",
            "Fichier « fichier.csv », ligne 2, colonne « parent » : le sujet « A » ne peut pas"
            " être sa propre famille.",
        )

    def test_unknown_level(self):
        self.refused(
            read_topics,
            "code;parent;label;keywords;level\nA;;Alpha;;canton\n",
            "Fichier « fichier.csv », ligne 2, colonne « level » : « canton » n'est pas un niveau"
            " connu (metropole, commune, departement, region, etat, operateur).",
        )

    def test_too_many_values(self):
        self.refused(
            read_topics,
            HEADER + "A;;Alpha;mot;de trop\n",
            "Fichier « fichier.csv », ligne 2 : 5 valeurs pour 4 colonnes (« de trop » est en"
            " trop).",
        )

    def test_quote_left_open(self):
        self.refused(
            read_topics,
            HEADER + 'A;;Alpha;\nB;;"Beta;\n',
            "Le fichier « fichier.csv » est mal formé à la ligne 3 : un guillemet ouvert n'est"
            " jamais refermé.",
        )

    def test_line_numbers_follow_values_on_several_lines(self):
        self.refused(
            read_topics,
            HEADER + 'A;;"Al\npha";\nA;;Beta;\n',
            "Fichier « fichier.csv », ligne 4, colonne « code » : le code « A » est déjà à la"
            " ligne 2.",
        )

    def test_nothing_in_it(self):
        self.refused(read_topics, "\n \n", "Le fichier « fichier.csv » est vide.")
        self.refused(read_topics, HEADER, "Le fichier « fichier.csv » ne contient aucun sujet.")

    def test_not_a_text_file(self):
        self.refused(
            read_topics,
            b"PK\x03\x04\0\0\0\1\2",
            "Le fichier « fichier.csv » n'est pas un fichier texte : un fichier CSV est attendu.",
        )

    def test_a_duplicate_column(self):
        self.refused(
            read_topics,
            "code;parent;label;keywords;label\nA;;Alpha;;Beta\n",
            "Fichier « fichier.csv », ligne 1 : la colonne « label » est là deux fois.",
        )
        self.assertEqual(topics("code;;parent;label;keywords;\nA;;;Alpha;;\n")[0].label, "Alpha")

    def test_a_file_is_named_without_its_folder(self):
        with tempfile.TemporaryDirectory() as folder:
            path = Path(folder) / "sujets.csv"
            path.write_text("\n", encoding="utf-8")
            with self.assertRaises(OrientationError) as caught:
                read_topics(path)
        self.assertEqual(
            str(caught.exception).replace(NBSP, " "), "Le fichier « sujets.csv » est vide."
        )

    def test_files_that_cannot_be_opened(self):
        with tempfile.TemporaryDirectory() as folder:
            for path in (Path(folder), Path(folder) / "rien.csv"):
                with self.assertRaises(OrientationError) as caught:
                    read_topics(path)
                self.assertIn(str(path), str(caught.exception))


class TestQuestions(FileCase):
    def test_with_and_without_the_right_topic(self):
        self.assertEqual(
            read_questions(io.StringIO("question;topic_code\nun trou;VOI\nautre;\n")),
            [Question("un trou", "VOI"), Question("autre", "")],
        )

    def test_one_column_may_hold_the_separator(self):
        self.assertEqual(
            read_questions(io.StringIO("question\nun trou; un autre, aussi\n")),
            [Question("un trou; un autre, aussi")],
        )

    def test_missing_column(self):
        self.refused(
            read_questions,
            "texte;topic_code\nun trou;VOI\n",
            "Fichier « fichier.csv », ligne 1 : la colonne « question » manque."
            " Colonnes lues : texte, topic_code.",
        )


if __name__ == "__main__":
    unittest.main()
