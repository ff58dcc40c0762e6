"""Sheets of an OpenDocument workbook (.ods)."""

import xml.etree.ElementTree as ET
import zipfile
from collections.abc import Iterator

from .xml_parts import attribute, local

# A sheet ends with one empty row repeated up to the last line of the grid.
_REPEATED = 1_000


def opendocument_sheets(archive: zipfile.ZipFile) -> Iterator[tuple[str, list[list[str]]]]:
    """Name and rows of each sheet.

    :raises: one of `workbook.ERRORS` when the file is damaged
    """
    with archive.open("content.xml") as stream:
        rows: list[list[str]] = []
        for event, node in ET.iterparse(stream, ("start", "end")):  # nosec B314: expat stops entities that explode
            name = local(node)
            if event == "start":
                rows = [] if name == "table" else rows
            elif name == "table-row":
                rows.extend([_row(node)] * _times(node, "number-rows-repeated"))
                node.clear()
            elif name == "table":
                yield attribute(node, "name"), rows


def _times(node: ET.Element, name: str) -> int:
    """How many times a row or a cell is there: empty ones fill the grid up to its end."""
    return min(int(attribute(node, name) or 1), _REPEATED)


def _row(row: ET.Element) -> list[str]:
    cells: list[str] = []
    for node in row:
        if local(node) in ("table-cell", "covered-table-cell"):
            cells.extend([_cell(node)] * _times(node, "number-columns-repeated"))
    while cells and not cells[-1]:
        cells.pop()
    return cells


def _cell(node: ET.Element) -> str:
    kind = attribute(node, "value-type")
    if kind == "date":
        return attribute(node, "date-value")
    if kind in ("float", "percentage", "currency"):
        return attribute(node, "value")
    return " ".join("".join(child.itertext()) for child in node if local(child) == "p")
