"""Reading of a France-wide file of mayors: the addon's reader against Python's csv."""

import csv
import statistics
import tempfile
import time
from pathlib import Path

from engine.opendata import fictitious, read
from engine.opendata.reference import reference

METZ = "200039865"


def france_file(folder):
    """A file of mayors of all the communes of France, invented persons."""
    data = reference()
    rows = [
        "Code du département;Code de la commune;Libellé de la commune;Nom de l'élu;"
        "Prénom de l'élu;Code sexe;Date de début du mandat;Date de début de la fonction"
    ]
    for epci in data.epcis():
        if epci.members_known:
            rows += [
                f"{c.department};{c.insee_code};{c.name};"
                f"{fictitious.LAST_NAMES[i % 80]};Claude;F;15/03/2026;20/03/2026"
                for i, c in enumerate(data.members(epci.siren))
            ]
    path = Path(folder) / "maires.csv"
    path.write_text("\n".join(rows) + "\n", encoding="utf-8")
    return path, len(rows) - 1


def seconds(function):
    start = time.perf_counter()
    function()
    return time.perf_counter() - start


def plain(path):
    with open(path, encoding="utf-8", newline="") as file:
        for _row in csv.reader(file, delimiter=";"):
            pass


with tempfile.TemporaryDirectory() as folder:
    path, count = france_file(folder)
    codes = reference().member_codes(METZ)
    pairs = [
        (seconds(lambda: read([path], communes=codes, epci=[METZ])), seconds(lambda: plain(path)))
        for _run in range(7)
    ]
    addon_time, csv_time = (statistics.median(column) for column in zip(*pairs, strict=True))
    ratio = statistics.median(a / b for a, b in pairs)
    print(
        f"{'lecture, ' + str(count) + ' lignes':<44}{'nous':>10}{'référence':>12}{'rapport':>9}{'budget':>9}"
    )
    print(
        f"{'RNE filtré sur Metz / csv.reader (s)':<44}{addon_time:>10.3f}{csv_time:>12.3f}{ratio:>9.2f}{'≤ 1.50':>9}"
    )
