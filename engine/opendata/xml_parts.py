"""Parts of the archives that spreadsheets write, without their name spaces.

Excel has two sets of name spaces for the same elements: only the local names are compared.
"""

import xml.etree.ElementTree as ET
import zipfile


def parsed(archive: zipfile.ZipFile, path: str) -> ET.Element:
    """The root of one part."""
    with archive.open(path) as stream:
        return ET.parse(stream).getroot()  # nosec B314: expat stops entities that explode


def local(node: ET.Element) -> str:
    """The name of an element."""
    return node.tag.rpartition("}")[2]


def attribute(node: ET.Element, name: str) -> str:
    """The value of an attribute, “” when it is not there."""
    value = node.get(name)
    if value is not None:
        return value
    ending = "}" + name
    return next((text for key, text in node.items() if key.endswith(ending)), "")
