"""The bundled reference data: communes, intercommunalities, town halls, contours of France."""

import csv
import gzip
import json
from collections import defaultdict
from collections.abc import Iterable
from functools import cached_property, lru_cache
from pathlib import Path

from .messages import ReferenceDataError
from .places import Commune, Epci, commune_of, department_of, epci_of, local_law
from .search import Index
from .town_halls import TownHall, town_hall

__all__ = ["Commune", "Epci", "Reference", "TownHall", "local_law", "reference"]

FOLDER = Path(__file__).resolve().parents[2] / "data" / "reference"
_DAMAGE = (OSError, EOFError, ValueError, KeyError, IndexError)


class Reference:
    """The files of a folder, read when they are needed and only as far as needed.

    :raises ReferenceDataError: (any method) a file is missing or damaged
    """

    def __init__(self, folder: str | Path | None = None):
        self.folder = Path(folder) if folder else FOLDER

    @cached_property
    def _about(self) -> dict:
        try:
            return json.loads((self.folder / "SOURCES.json").read_text(encoding="utf-8"))
        except _DAMAGE as error:
            raise ReferenceDataError("missing_reference", file="SOURCES.json") from error

    @property
    def vintage(self) -> str:
        """Year of the list of communes."""
        return self._about["vintage"]

    @property
    def population_year(self) -> int:
        """Year of the census of the populations."""
        return self._about["population_year"]

    @property
    def sources(self) -> list[dict]:
        """One dictionary per file: file, title, content, source, licence, url; in French."""
        return self._about["sources"]

    # intercommunalities

    def epcis(self) -> list[Epci]:
        """All of them, in order of SIREN."""
        return list(self._epcis.values())

    def epci(self, siren: str) -> Epci:
        """:raises ReferenceDataError: no intercommunality has this SIREN"""
        found = self._epcis.get("".join(str(siren).split()))
        if found is None:
            raise ReferenceDataError("unknown_epci", value=siren, vintage=self.vintage)
        return found

    def search_epci(self, text: str, limit: int = 20) -> list[Epci]:
        """Search by SIREN, by name, or by a member commune (its name, its INSEE code or its
        postal code); the best first."""
        sirens = self._of_code("".join(text.split()).upper())
        sirens += [one for one in self._index.search(text, limit) if one not in sirens]
        return [self._epcis[siren] for siren in sirens[:limit]]

    def _of_code(self, code: str) -> list[str]:
        """SIREN of the intercommunalities of a commune or of a postal code, the largest first."""
        if len(code) != 5 or not code[2:].isdigit():
            return []
        code, found = self.successor(code), set()
        for line in self._communes.values():
            if code in line:
                row = line.split(",")
                if code == row[0] or code in row[6].split("|"):
                    found.add(row[8])
        known = [siren for siren in found if siren in self._epcis]
        return sorted(known, key=lambda siren: (-self._epcis[siren].population, siren))

    def member_codes(self, siren: str) -> list[str]:
        """INSEE codes of the member communes, without cutting the lines of all of France.

        :raises ReferenceDataError: unknown SIREN, or communes unknown (EPT)
        """
        text, mark = self._text("communes_france_2026.csv.gz"), f",{siren},"
        codes, position = [], text.find(mark)
        while position >= 0:
            start = text.rfind("\n", 0, position) + 1
            codes += [row[0] for row in [text[start:position].split(",")] if len(row) == 8]
            position = text.find(mark, position + 1)
        if not codes:
            raise ReferenceDataError("members_unknown", name=self.epci(siren).name)
        return codes

    def members(self, siren: str) -> list[Commune]:
        """The member communes with their town halls, in order of INSEE code.

        :raises ReferenceDataError: unknown SIREN, or communes unknown (EPT)
        """
        epci = self.epci(siren)
        codes = self._members.get(epci.siren)
        if not codes:
            raise ReferenceDataError("members_unknown", name=epci.name)
        halls = self._town_halls(set(codes))
        return [commune_of(self._communes[code].split(","), halls.get(code)) for code in codes]

    # communes

    def commune(self, insee_code: str) -> Commune:
        """:raises ReferenceDataError: no commune of today has this code"""
        line = self._communes.get(insee_code)
        if line is None:
            raise ReferenceDataError("unknown_commune", value=insee_code, vintage=self.vintage)
        return commune_of(line.split(","), self._town_halls({insee_code}).get(insee_code))

    def successor(self, insee_code: str) -> str:
        """Today's commune of a delegated or associated commune, else the same code."""
        return self._aliases.get(insee_code, insee_code)

    def aliases(self) -> dict[str, str]:
        """Code of a former commune or of an arrondissement -> code of today's commune."""
        return self._aliases

    @cached_property
    def _aliases(self) -> dict[str, str]:
        rows = csv.reader(self._lines("communes_historiques_2026.csv.gz"))
        return {row[0]: row[3] for row in rows if row[0] != row[3]}

    def contours(self, insee_codes: Iterable[str]) -> dict[str, dict]:
        """INSEE code -> GeoJSON geometry; communes without a contour are left out."""
        codes = set(insee_codes)
        found = {}
        for department in sorted({department_of(code) for code in codes}):
            name = f"contours/communes_{department}.geojson.gz"
            if (self.folder / name).exists():
                for feature in json.loads(self._text(name))["features"]:
                    code = feature["properties"]["code"]
                    if code in codes:
                        found[code] = feature["geometry"]
        return found

    # files

    def _text(self, name: str) -> str:
        try:
            with gzip.open(self.folder / name) as stream:
                return stream.read().decode("utf-8")
        except _DAMAGE as error:
            raise ReferenceDataError("missing_reference", file=name) from error

    def _lines(self, name: str) -> list[str]:
        """The lines of a file but the first."""
        return self._text(name).rstrip().split("\n")[1:]

    @cached_property
    def _communes(self) -> dict[str, str]:
        """INSEE code -> line of the file, which has no quotes: lines weigh less than rows."""
        lines = self._lines("communes_france_2026.csv.gz")
        return {line[: line.index(",")]: line for line in lines}

    @cached_property
    def _members(self) -> dict[str, list[str]]:
        members = defaultdict(list)
        for code, line in self._communes.items():
            members[line.split(",", 9)[8]].append(code)
        return dict(members)

    @cached_property
    def _epcis(self) -> dict[str, Epci]:
        found = []
        for row in csv.reader(self._lines("epci_france_2026.csv.gz")):
            lines = [self._communes[code] for code in self._members.get(row[0], ())]
            population = sum(int(line.split(",", 8)[7] or 0) for line in lines)
            found.append(epci_of(row, len(lines), population))
        return {epci.siren: epci for epci in sorted(found, key=lambda epci: epci.siren)}

    @cached_property
    def _index(self) -> Index:
        rows = (line.split(",", 9) for line in self._communes.values())
        return Index(self._epcis.values(), ((row[1], row[8]) for row in rows if row[8]))

    def _town_halls(self, codes: set[str]) -> dict[str, TownHall]:
        """Only the lines of these communes are cut: the file is two megabytes of opening hours."""
        lines = self._lines("mairies_france.csv.gz")
        rows = csv.reader(line for line in lines if line[:5] in codes)
        return {row[0]: town_hall(row) for row in rows}


@lru_cache(maxsize=4)
def reference(folder: str | None = None) -> Reference:
    """The reference data of a folder, kept in memory once read."""
    return Reference(folder)
