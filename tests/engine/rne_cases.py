"""Files of the RNE made for the tests, from the invented persons of tests/fixtures/rne."""

import csv
import io
import re
from pathlib import Path

FIXTURES = Path(__file__).resolve().parents[1] / "fixtures" / "rne"
MAYORS = FIXTURES / "2026-08_elus-maire-mai.csv"
COUNCILS = FIXTURES / "2026-08_elus-conseiller-municipal-cm.csv"
DELEGATES = FIXTURES / "2026-08_elus-conseiller-communautaire-epci.csv"
METZ = "200039865"
HEADER = (
    "Code de la commune",
    "Nom de l'élu",
    "Prénom de l'élu",
    "Code sexe",
    "Date de début du mandat",
    "Libellé de la fonction",
    "Date de début de la fonction",
)


def rows_of(path):
    """Rows of a fixture as dictionaries, read by the csv module alone."""
    with open(path, encoding="utf-8-sig", newline="") as stream:
        return list(csv.DictReader(stream, delimiter=";"))


def communes_of(path):
    """INSEE codes met in a fixture, in order."""
    column = "Code de la commune de rattachement" if path == DELEGATES else "Code de la commune"
    return list(dict.fromkeys(row[column] for row in rows_of(path)))


def expected(row):
    """The persons of a fixture's row, worked out without the code under test."""
    label = row.get("Libellé de la fonction", "Maire")
    rank = int(match[0]) if (match := re.match(r"\d+", label)) else 0
    if "SIREN" in " ".join(row):
        place, plain = row["N° SIREN"], "community_councillor"
    else:
        place, plain = row["Code de la commune"], "councillor"
    function = next(
        (
            code
            for word, code in [
                ("adjoint", "deputy_mayor"),
                ("Vice", "vice_president"),
                ("Président", "president"),
                ("Maire", "mayor"),
            ]
            if word in label
        ),
        plain,
    )
    return (
        place,
        row["Nom de l'élu"],
        row["Prénom de l'élu"],
        {"F": "mme", "M": "m"}[row["Code sexe"]],
        function,
        rank,
        row["Date de début du mandat"],
        row["Date de début de la fonction"] or None,
    )


def describe(mandate):
    """A mandate read, in the form of `expected`."""
    return (
        mandate.place,
        mandate.last_name,
        mandate.first_name,
        mandate.civility,
        mandate.function,
        mandate.rank,
        mandate.date_start.isoformat(),
        mandate.function_date and mandate.function_date.isoformat(),
    )


def table(rows, header=HEADER, separator=";", encoding="utf-8", newline="\n", before=()):
    """The bytes of a file; rows are sequences of texts, `before` lines above the header."""
    text = io.StringIO()
    writer = csv.writer(text, delimiter=separator, lineterminator=newline)
    for line in before:
        text.write(line + newline)
    writer.writerow(header)
    writer.writerows(rows)
    return text.getvalue().encode(encoding)


HEADER_LINE = ";".join(HEADER)


def text_file(*lines, header=HEADER_LINE, name="essai.csv", encoding="utf-8"):
    """(name, bytes) of a file typed line by line."""
    return name, "".join(f"{line}\n" for line in (header, *lines)).encode(encoding)
