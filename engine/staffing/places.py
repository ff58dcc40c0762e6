"""Location of communes: department of a name, distance by road between two communes."""

import gzip
from collections import defaultdict
from dataclasses import dataclass
from functools import cached_property
from math import asin, cos, radians, sin, sqrt

from ..opendata.places import department_of
from ..opendata.reference import FOLDER
from ..text import flat

EARTH_KM = 6371
_FILE = "communes_france_2026.csv.gz"


def pad_code(code: str) -> str:
    """INSEE code with the leading zero that a spreadsheet removed.

    >>> pad_code("1004"), pad_code("2a004")
    ('01004', '2A004')
    """
    return code.zfill(5) if code.isdigit() else code.upper()


class Places:
    """The bundled list of communes, read when it is needed; empty when it is not there.

    names: the only names that will be asked for. codes: of the current file; names are
    looked for in their departments, in the whole of France when there is none.
    """

    def __init__(self, names=(), codes=()):
        self.names = {flat(name) for name in names if name}
        self.codes = {code for code in codes if code}

    @cached_property
    def _found(self):
        """(code -> (latitude, longitude)), (name -> codes)."""
        points, named = {}, defaultdict(list)
        try:
            text = gzip.decompress((FOLDER / _FILE).read_bytes()).decode()
        except (OSError, EOFError, UnicodeError):
            return points, named
        departments = tuple({department_of(code) for code in self.codes}) or ("",)
        for line in text.split("\n")[1:]:
            if not line.startswith(departments):
                continue
            code, cells = line[:5], line[6:].split(",")
            name = flat(cells[0]) if len(cells) > 9 else ""
            if code in self.codes or name in self.names:
                named[name].append(code)
                if cells[8] and cells[9]:
                    points[code] = (float(cells[8]), float(cells[9]))
        return points, named

    def code_of(self, name: str) -> str:
        """INSEE code of a name; empty when it is unknown, or that of several communes."""
        if not name:
            return ""
        codes = self._found[1].get(flat(name), [])
        return codes[0] if len(codes) == 1 else ""

    def distance(self, one: tuple[str, str], other: tuple[str, str], detour: float) -> float | None:
        """Kilometres by road, estimated from the centres; None when one is not known."""
        if one == other or (one[0] and flat(one[0]) == flat(other[0])):
            return 0.0
        points = self._found[0]
        first = points.get(one[1] or self.code_of(one[0]))
        second = points.get(other[1] or self.code_of(other[0]))
        if first is None or second is None:
            return None
        return road_km(first, second, detour)


def road_km(one: tuple[float, float], other: tuple[float, float], detour: float) -> float:
    """Kilometres by road between two points (latitude, longitude): the great circle (haversine)
    times the detour.

    >>> round(road_km((49.12, 6.18), (49.12, 6.18), 1.3)), round(road_km((49, 6), (50, 6), 1.3))
    (0, 145)
    """
    lat1, lon1, lat2, lon2 = map(radians, (*one, *other))
    chord = sin((lat2 - lat1) / 2) ** 2 + cos(lat1) * cos(lat2) * sin((lon2 - lon1) / 2) ** 2
    return 2 * EARTH_KM * asin(sqrt(chord)) * detour


@dataclass(frozen=True)
class Points:
    """Kilometres by road between two communes (name, INSEE code), estimated from where they are.

    >>> round(Points({"A": (49, 6), "57002": (50, 6)})(("A", ""), ("B", "57002"), 1.3))
    145

    :param points: INSEE code or name -> (latitude, longitude)
    """

    points: dict[str, tuple[float, float]]

    def __call__(self, one: tuple[str, str], other: tuple[str, str], detour: float) -> float | None:
        """:return: None when one of them is not known"""
        if one == other:
            return 0.0
        first = self.points.get(one[1]) or self.points.get(one[0])
        second = self.points.get(other[1]) or self.points.get(other[0])
        return road_km(first, second, detour) if first and second else None
