"""The same persons whatever the layout: separators, encodings, headers, dates, codes, order."""

import csv
import io
import random
import re
import unicodedata
from unittest import TestCase

from rne_cases import (
    COUNCILS,
    DELEGATES,
    FIXTURES,
    HEADER,
    MAYORS,
    METZ,
    communes_of,
    describe,
    expected,
    rows_of,
    table,
)

from engine.opendata import read

OLD_NAMES = {
    "Code du département": "Code du département (Maire)",
    "Libellé du département": "Libellé de département (Maires)",
    "Code de la commune": "Code Insee de la commune",
    "Libellé de la fonction": "Libellé de fonction",
}


def plain(text):
    """Without accents."""
    return "".join(c for c in unicodedata.normalize("NFD", text) if not unicodedata.combining(c))


def snake(text):
    """code_de_la_commune."""
    return re.sub(r"\W+", "_", plain(text).lower()).strip("_")


def camel(text):
    """codeCommune: the small words go too."""
    words = [w for w in re.findall(r"\w+", plain(text)) if w.lower() not in "de la du l d".split()]
    return words[0].lower() + "".join(word.capitalize() for word in words[1:])


HEADERS = {
    "official": str,
    "curly": lambda text: text.replace("'", "’"),
    "upper": lambda text: plain(text).upper(),
    "snake": snake,
    "camel": camel,
    "spaced": lambda text: f"  {text.replace(' ', '  ')} : ",
    "old": lambda text: OLD_NAMES.get(text, text),
    "decomposed": lambda text: unicodedata.normalize("NFD", text),
    "glued": lambda text: snake(text).replace("_de_", "_").replace("_la_", "_").replace("_", ""),
}
DATES = {
    "iso": "{y}-{m}-{d}",
    "slashes": "{d}/{m}/{y}",
    "short year": "{d}/{m}/{yy}",
    "no zeros": "{dd}/{mm}/{y}",
    "dots": "{d}.{m}.{y}",
    "dashes": "{d}-{m}-{y}",
    "with time": "{y}-{m}-{d}T00:00:00",
    "with zone": "{y}-{m}-{d}T00:00:00+01:00",
    "french time": "{d}/{m}/{y} 00:00",
    "compact": "{y}{m}{d}",
}
CODES = {
    "full": lambda row: None,
    "three digits": lambda row: row.update({"Code de la commune": row["Code de la commune"][2:]}),
    "spreadsheet": lambda row: row.update({"Code de la commune": row["Code de la commune"] + ".0"}),
    "formula": lambda row: row.update({"Code de la commune": f'="{row["Code de la commune"]}"'}),
    "spaces": lambda row: row.update({"Code de la commune": f" {row['Code de la commune']}\u00a0"}),
}
NAMES = {
    "as is": lambda row: None,
    "lower": lambda row: row.update(name_row(row, str.lower, str.lower)),
    "capitals": lambda row: row.update(name_row(row, str.upper, str.upper)),
    "curly": lambda row: row.update(name_row(row, lambda t: t.replace("'", "’"), str)),
    "spaces": lambda row: row.update(name_row(row, lambda t: f" {t} ".replace(" ", "  "), str)),
    "no-break": lambda row: row.update(name_row(row, lambda t: t.replace(" ", "\u00a0"), str)),
}
SEXES = {
    "letters": {"F": "F", "M": "M"},
    "civility": {"F": "Mme", "M": "M."},
    "words": {"F": "Madame", "M": "Monsieur"},
    "adjectives": {"F": "Féminin", "M": "Masculin"},
    "men": {"F": "Femme", "M": "Homme"},
}
LABELS = {
    "as is": str,
    "upper": str.upper,
    "plain": plain,
    "short": lambda text: re.sub(r"^(\d+)[eè]me", r"\1e", text),
    "words": lambda text: re.sub(r"^1er", "Premier", re.sub(r"^2[eè]me", "Deuxième", text)),
    "feminine": lambda text: text.replace("adjoint", "adjointe").replace("résident", "résidente"),
}
OPTIONS = {
    "header": HEADERS,
    "date": DATES,
    "code": CODES,
    "name": NAMES,
    "sex": SEXES,
    "label": LABELS,
    "separator": dict.fromkeys(";\t,|"),
    "encoding": dict.fromkeys(["utf-8", "utf-8-sig", "cp1252", "utf-16"]),
    "newline": dict.fromkeys(["\n", "\r\n", "\r"]),
    "quoting": dict.fromkeys([csv.QUOTE_MINIMAL, csv.QUOTE_ALL]),
    "before": {"nothing": [], "title": ["Titre du rapport : élus"], "blank": ["", "Titre", ""]},
    "order": dict.fromkeys(["same", "reversed", "shuffled"]),
}


def name_row(row, last, first):
    """The two names of a row, written otherwise."""
    return {
        "Nom de l'élu": last(row["Nom de l'élu"]),
        "Prénom de l'élu": first(row["Prénom de l'élu"]),
    }


def write_date(text, shape):
    """An ISO date in another form."""
    if not text:
        return text
    year, month, day = text.split("-")
    return shape.format(
        y=year, yy=year[2:], m=month, d=day, mm=month.lstrip("0"), dd=day.lstrip("0")
    )


def write_file(rows, choice):
    """A file with the same persons in the layout of a choice (option -> name of a value)."""
    written = []
    for source in rows:
        row = dict(source)
        CODES[choice["code"]](row) if "Code de la commune" in row else None
        NAMES[choice["name"]](row)
        row["Code sexe"] = SEXES[choice["sex"]][row["Code sexe"]]
        for column in row:
            if column.startswith("Date"):
                row[column] = write_date(row[column], DATES[choice["date"]])
            elif column == "Libellé de la fonction":
                row[column] = LABELS[choice["label"]](row[column])
        row["Observations"] = "a;b,c|d" if choice["quoting"] == csv.QUOTE_ALL else ""
        written.append(row)
    columns = list(written[0])
    if choice["order"] != "same":
        random.Random(7).shuffle(columns) if choice["order"] == "shuffled" else columns.reverse()
    text = io.StringIO()
    for line in OPTIONS["before"][choice["before"]]:
        text.write(line + choice["newline"])
    writer = csv.writer(
        text,
        delimiter=choice["separator"],
        lineterminator=choice["newline"],
        quoting=choice["quoting"],
    )
    writer.writerow(HEADERS[choice["header"]](column) for column in columns)
    writer.writerows([row[column] for column in columns] for row in written)
    return text.getvalue().encode(choice["encoding"], "replace")


def usable(choice, path):
    """Leave out what an encoding cannot write or a header cannot identify."""
    if choice["encoding"] == "cp1252" and choice["header"] == "decomposed":
        return False
    return True


class TestLayouts(TestCase):
    maxDiff = None

    @classmethod
    def setUpClass(cls):
        cls.communes = communes_of(COUNCILS)
        few = set(cls.communes[:4])
        cls.rows = {
            MAYORS: rows_of(MAYORS),
            COUNCILS: [row for row in rows_of(COUNCILS) if row["Code de la commune"] in few],
            DELEGATES: rows_of(DELEGATES)[:40],
        }

    def check(self, path, choice):
        if not usable(choice, path):
            return
        rows = self.rows[path]
        result = read([(path.name, write_file(rows, choice))], self.communes, [METZ])
        found = [describe(mandate) for mandate in result.mandates]
        self.assertEqual(found, [expected(row) for row in rows])
        self.assertEqual(result.issues, [])
        self.assertEqual(result.rows_read, len(rows))
        self.assertEqual(result.layouts[0].separator, choice["separator"])

    def test_each_way_of_writing_gives_the_same_persons(self):
        base = {option: next(iter(values)) for option, values in OPTIONS.items()}
        for option, values in OPTIONS.items():
            for value in values:
                for path in self.rows:
                    with self.subTest(option=option, value=value, file=path.name):
                        self.check(path, base | {option: value})

    def test_two_hundred_mixed_layouts_give_the_same_persons(self):
        rng = random.Random(2026)
        for number in range(200):
            choice = {option: rng.choice(list(values)) for option, values in OPTIONS.items()}
            path = rng.choice(list(self.rows))
            with self.subTest(number=number, file=path.name, **choice):
                self.check(path, choice)

    def test_the_published_layouts_give_the_same_mayors(self):
        reference = {row["Code de la commune"]: expected(row) for row in rows_of(MAYORS)}
        for path in sorted(FIXTURES.glob("*mai*.csv")):
            with self.subTest(path.name):
                result = read([path], self.communes)
                found = {mandate.insee_code: describe(mandate) for mandate in result.mandates}
                self.assertIn(len(found), (10, 45))
                self.assertEqual(found, {code: reference[code] for code in found})
                self.assertEqual(result.issues, [])

    def test_the_layout_is_reported(self):
        layouts = {
            "2022-02_rne-maires_cp1252.csv": (";", "cp1252", ("dd/mm/yyyy",)),
            "2026-04_elus-maires-mai_jjmmaaaa.csv": (";", "utf-8", ("dd/mm/yyyy",)),
            "2026-04_elus-maires-mai_virgule_annee2chiffres.csv": (",", "utf-8", ("dd/mm/yy",)),
            "2026-08_elus-maire-mai.csv": (";", "utf-8", ("yyyy-mm-dd",)),
            "utf8-bom_elus-maire-mai.csv": (";", "utf-8-sig", ("yyyy-mm-dd",)),
        }
        for name, (separator, encoding, dates) in layouts.items():
            with self.subTest(name):
                layout = read([FIXTURES / name], self.communes).layouts[0]
                self.assertEqual(
                    (layout.separator, layout.encoding, layout.date_formats, layout.header_line),
                    (separator, encoding, dates, 1),
                )
                self.assertEqual(layout.kind, "mayor")
                self.assertEqual(layout.columns["last_name"], "Nom de l'élu")
                self.assertEqual(layout.columns["insee_code"], "Code de la commune")
                self.assertNotIn("Date de naissance", layout.columns.values())

    def test_delegates_whose_functions_are_those_of_their_commune(self):
        """The column of SIREN and the name of the file prevail over the functions."""
        header = (*HEADER, "N° SIREN")
        row = ("57463", "ROUX", "Zoé", "F", "2026-03-15", "2ème adjoint au Maire", "", METZ)
        result = read([("elus-epci.csv", table([row], header))], [], [METZ])
        self.assertEqual(result.layouts[0].kind, "community")

    def test_the_kind_is_reported(self):
        kinds = {MAYORS: "mayor", COUNCILS: "municipal", DELEGATES: "community"}
        for path, kind in kinds.items():
            for name in (path.name, "export.csv"):
                with self.subTest(name=name, kind=kind):
                    result = read([(name, path.read_bytes())], self.communes, [METZ])
                    self.assertEqual(result.layouts[0].kind, kind)
