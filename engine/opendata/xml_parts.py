"""Parts of the archives that spreadsheets write, walked through without being kept.

Excel has two sets of name spaces for the same elements: only the local names are compared.
"""

import zipfile
from xml.parsers import expat

from .size_limit import Budget, TooMuch

Attributes = dict[str, str]

_BLOCK = 1 << 16
# A tag with its attributes: about a hundred characters in a spreadsheet.
_LONGEST_TAG = 1 << 20
# A cell of a spreadsheet is some ten elements deep.
_DEEPEST = 100
# Elements and attributes of other names: a part has some fifty of each, and their list is kept.
_NAMES = 1_000
# What Excel lets into one cell.
LONGEST_CELL = 32_767


class PartReader:
    """Reads one part; a subclass looks at what it wants in `start`, `end` and `data`.

    depth: how many elements are open. wanted: whether the text met now is to be kept.
    """

    def __init__(self, budget: Budget):
        self.budget, self.depth, self.wanted = budget, 0, False
        self.names: dict[str, str] = {}
        self.attributes: set[str] = set()
        self.pieces: list[str] = []
        self.size = 0

    def walk(self, archive: zipfile.ZipFile, path: str) -> None:
        """Walk through a part.

        :raises TooMuch: it is made to explode
        :raises: one of `workbook.ERRORS` when it is damaged
        """
        parser = expat.ParserCreate()
        parser.buffer_text = True
        parser.StartElementHandler = self._start
        parser.EndElementHandler = self._end
        parser.CharacterDataHandler = self._data
        parser.StartDoctypeDeclHandler = _raise_doctype
        fed = 0
        with archive.open(path) as stream:
            while block := stream.read(_BLOCK):
                self.budget.take(xml=len(block))
                parser.Parse(block)
                fed += len(block)
                if fed - parser.CurrentByteIndex > _LONGEST_TAG:
                    raise TooMuch
            parser.Parse(b"", True)

    def start(self, name: str, attributes: Attributes) -> None:
        """An element begins."""

    def end(self, name: str) -> None:
        """An element ends."""

    def taken(self) -> str:
        """The text kept since the last time."""
        text = self.pieces[0] if len(self.pieces) == 1 else "".join(self.pieces)
        self.pieces.clear()
        self.size = 0
        return text

    def _start(self, tag: str, attributes: Attributes) -> None:
        self.budget.cells -= 1
        self.depth += 1
        if self.budget.cells < 0:
            raise TooMuch
        if self.depth > _DEEPEST:
            raise ValueError(tag)
        if not self.attributes.issuperset(attributes):
            self.attributes.update(attributes)
            self._check_names()
        self.start(self.names.get(tag) or self._named(tag), attributes)

    def _end(self, tag: str) -> None:
        self.end(self.names[tag])
        self.depth -= 1

    def _data(self, text: str) -> None:
        if self.wanted:
            self.size += len(text)
            if self.size > LONGEST_CELL:
                raise TooMuch
            self.pieces.append(text)

    def _named(self, tag: str) -> str:
        name = self.names[tag] = tag.rpartition(":")[2]
        self._check_names()
        return name

    def _check_names(self) -> None:
        if len(self.names) + len(self.attributes) > _NAMES:
            raise TooMuch


def attribute(attributes: Attributes, name: str) -> str:
    """The value of an attribute, “” when it is not there."""
    value = attributes.get(name)
    if value is not None:
        return value
    ending = ":" + name
    return next((text for key, text in attributes.items() if key.endswith(ending)), "")


def _raise_doctype(name, _system, _public, _internal) -> None:
    """No office program writes one; those who do want its entities to explode."""
    raise ValueError(name)
