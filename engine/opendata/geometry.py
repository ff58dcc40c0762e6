"""From the contours of communes (GeoJSON, longitude and latitude) to shapes on a page or screen.

The projection is equirectangular, with the longitudes shortened by the cosine of the middle
latitude: over one intercommunality (less than 100 km) it keeps shapes to within 1 %.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from math import cos, radians


@dataclass(frozen=True, slots=True)
class Projected:
    """Shapes in a rectangle of `width` × `height` units, y downwards as in SVG.

    paths: code -> value of the `d` attribute of an SVG path; holes are sub-paths, to be drawn
    with `fill-rule="evenodd"`. centres: code -> (x, y) of the centre of the largest part.
    """

    width: float
    height: float
    paths: dict[str, str] = field(default_factory=dict)
    centres: dict[str, tuple[float, float]] = field(default_factory=dict)


def _polygons(geometry: Mapping) -> list[list[list]]:
    """The polygons of a GeoJSON Polygon or MultiPolygon, each a list of rings."""
    kind, coordinates = geometry.get("type"), geometry.get("coordinates") or []
    if kind == "Polygon":
        return [coordinates]
    if kind == "MultiPolygon":
        return list(coordinates)
    raise ValueError(f"not a surface: {kind}")


def _points(contours: Mapping[str, Mapping]) -> Iterator[tuple[float, float]]:
    for geometry in contours.values():
        for polygon in _polygons(geometry):
            for ring in polygon:
                yield from ((point[0], point[1]) for point in ring)


def _ring_area_and_centre(ring: list[tuple[float, float]]) -> tuple[float, tuple[float, float]]:
    """Area and centre of gravity of a closed ring (shoelace formula)."""
    area = x_sum = y_sum = 0.0
    for (x1, y1), (x2, y2) in zip(ring, ring[1:] + ring[:1], strict=True):
        cross = x1 * y2 - x2 * y1
        area += cross
        x_sum += (x1 + x2) * cross
        y_sum += (y1 + y2) * cross
    if not area:
        return 0.0, ring[0]
    return abs(area) / 2, (x_sum / (3 * area), y_sum / (3 * area))


def _path(ring: list[tuple[float, float]]) -> str:
    """One closed sub-path; a point that falls on the previous one is left out."""
    texts = []
    for x, y in ring:
        text = f"{x:.1f},{y:.1f}"
        if not texts or texts[-1] != text:
            texts.append(text)
    if len(texts) > 1 and texts[0] == texts[-1]:
        texts.pop()
    return "M" + "L".join(texts) + "Z"


def project(contours: Mapping[str, Mapping], width: float, margin: float = 1) -> Projected:
    """Draw contours side by side in a rectangle of the given width.

    :param contours: code -> GeoJSON geometry (Polygon or MultiPolygon)
    :param width: width of the rectangle; the height follows from the shapes
    :param margin: space left free on each side, for the stroke
    """
    points = list(_points(contours))
    if not points:
        return Projected(width, 0)
    west, east = min(p[0] for p in points), max(p[0] for p in points)
    south, north = min(p[1] for p in points), max(p[1] for p in points)
    shrink = cos(radians((south + north) / 2))
    scale = (width - 2 * margin) / (((east - west) * shrink) or 1)

    def place(ring):
        return [
            (margin + (lon - west) * shrink * scale, margin + (north - lat) * scale)
            for lon, lat, *_altitude in ring
        ]

    drawn = Projected(width, round((north - south) * scale + 2 * margin, 1))
    for code, geometry in contours.items():
        rings = [[place(ring) for ring in polygon if ring] for polygon in _polygons(geometry)]
        drawn.paths[code] = "".join(_path(ring) for polygon in rings for ring in polygon)
        outer = [_ring_area_and_centre(polygon[0]) for polygon in rings if polygon]
        if outer:
            drawn.centres[code] = tuple(round(value, 1) for value in max(outer)[1])
    return drawn
