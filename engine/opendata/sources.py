"""Files as streams of bytes: plain, gzipped or zipped, distinguished by their content."""

import io
import os
from collections.abc import Callable
from dataclasses import dataclass
from typing import BinaryIO

from .archives import DAMAGED, open_archive
from .inflate import Inflated
from .messages import RneError
from .size_limit import CSV_FLOOR, CSV_RATIO, LINES_FLOOR, LINES_RATIO, TooMuch

# A whole RNE is 65 MB: this stops an archive made to fill the memory or the disk.
LIMIT = 500 * 1024 * 1024
_BLOCK = 1 << 17
_GZIP = b"\x1f\x8b"
_LAYERS = 3
# A line of the RNE has 250 characters.
_LONGEST_LINE = 1 << 20
_SIGNATURES = (
    (b"%PDF", "un document PDF"),
    (b"\xd0\xcf\x11\xe0", "un classeur Excel ou un document Word ancien"),
    (b"7z\xbc\xaf", "une archive 7-Zip"),
    (b"Rar!", "une archive RAR"),
    (b"BZh", "une archive bzip2"),
    (b"\xfd7zXZ", "une archive xz"),
    (b"\x28\xb5\x2f\xfd", "une archive zstd"),
    (b"PAR1", "un fichier Parquet"),
    (b"SQLite format 3", "une base SQLite"),
    (b"\x89PNG", "une image"),
    (b"\xff\xd8\xff", "une image"),
    (b"GIF8", "une image"),
    (b"{\\rtf", "un document RTF"),
)
_MARKUP = (
    (b"<!doctype html", "une page web (HTML)"),
    (b"<html", "une page web (HTML)"),
    (b"<", "un fichier XML ou HTML"),
    (b"{", "un fichier JSON"),
    (b"[", "un fichier JSON"),
)


@dataclass(frozen=True, slots=True)
class Source:
    """One text file to read, as often as needed."""

    name: str
    opener: Callable[[], BinaryIO]

    def open(self) -> BinaryIO:
        """A fresh buffered stream that refuses damaged or endless data with `RneError`."""
        return io.BufferedReader(_CheckedReader(self.opener(), self.name), _BLOCK)


class _CheckedReader(io.RawIOBase):
    """Counts what is read and turns the errors of the layers below into `RneError`."""

    def __init__(self, stream: BinaryIO, name: str):
        super().__init__()
        self.stream, self.name, self.left = stream, name, LIMIT

    def readable(self) -> bool:
        return True

    def readinto(self, buffer) -> int:
        try:
            count = self.stream.readinto(buffer)
        except TooMuch as error:
            raise RneError("oversized", file=self.name) from error
        except DAMAGED as error:
            raise RneError("damaged_archive", file=self.name) from error
        self.left -= count
        if self.left < 0:
            raise RneError("too_large", file=self.name, limit=LIMIT // 1024 // 1024)
        return count

    def close(self) -> None:  # pylint: disable=missing-return
        self.stream.close()
        super().close()


def open_sources(file: str | os.PathLike | tuple[str, bytes]) -> list[Source]:
    """The text files in a file: itself, or the members of a zip archive.

    :param file: a path, or a name and the content
    :raises RneError: when there is nothing to read as text
    """
    if isinstance(file, tuple):
        name, content = file
        name, opener = str(name), lambda: io.BytesIO(content)
    else:
        path = os.fspath(file)
        name, opener = os.path.basename(path) or path, lambda: open(path, "rb")
    head, size = _look(name, opener)
    members = [(name, opener)]
    if head.startswith((b"PK\x03\x04", b"PK\x05\x06")):
        is_workbook, members = open_archive(name, opener, size)
        if is_workbook:
            return [Source(*member) for member in members]
    elif not head.startswith(_GZIP):
        return [Source(name, opener)]
    sources = [Source(full_name, _unpacker(name, opens, size)) for full_name, opens in members]
    _check_lines(name, sources, size)
    return sources


def check_text(name: str, head: bytes) -> None:
    """Refuse what is visibly not CSV text.

    :raises RneError: empty file, document, image, web page, binary data
    """
    start = head.lstrip(b"\xef\xbb\xbf \t\r\n\0")
    if not start or not head.strip(b"\xff\xfe\0 \t\r\n"):
        raise RneError("empty_file", file=name)
    lower = start[:64].lower()
    for mark, found in _SIGNATURES:
        if head.startswith(mark) or start.startswith(mark):
            raise RneError("wrong_format", file=name, found=found)
    for mark, found in _MARKUP:
        if lower.startswith(mark):
            raise RneError("wrong_format", file=name, found=found)


def _look(name: str, opener: Callable[[], BinaryIO]) -> tuple[bytes, int]:
    """The first bytes of a file, and its size."""
    try:
        with opener() as stream:
            return stream.read(8), stream.seek(0, os.SEEK_END)
    except FileNotFoundError as error:
        raise RneError("missing_file", file=name) from error
    except IsADirectoryError as error:
        raise RneError("not_a_file", file=name) from error
    except (OSError, ValueError) as error:
        detail = getattr(error, "strerror", None) or str(error)
        raise RneError("unreadable_file", file=name, detail=detail) from error


def _unpacker(name: str, opener: Callable[[], BinaryIO], size: int) -> Callable[[], BinaryIO]:
    return lambda: _gunzip(name, opener(), size)


def _gunzip(name: str, stream: BinaryIO, size: int) -> BinaryIO:
    """A stream, unpacked when its content is gzipped: twice over, or inside an archive, too."""
    for _layer in range(_LAYERS):
        stream = io.BufferedReader(stream, _BLOCK)
        try:
            head = stream.peek(len(_GZIP))[: len(_GZIP)]
        except TooMuch as error:
            raise RneError("oversized", file=name) from error
        except DAMAGED as error:
            raise RneError("damaged_archive", file=name) from error
        if head != _GZIP:
            break
        stream = Inflated(stream, CSV_FLOOR + CSV_RATIO * size)
    return stream


def _check_lines(name: str, sources: list[Source], size: int) -> None:
    """Walk once through what was compressed, before anything is made of its lines.

    :raises RneError: it unpacks to much more than its size lets expect
    """
    left = LINES_FLOOR + int(LINES_RATIO * size)
    for source in sources:
        length = 0
        try:
            with source.open() as stream:
                while block := stream.read(_BLOCK):
                    left -= max(block.count(b"\n"), block.count(b"\r"))
                    end = max(block.rfind(b"\n"), block.rfind(b"\r"))
                    length = length + len(block) if end < 0 else len(block) - end
                    if left < 0 or length > _LONGEST_LINE:
                        raise RneError("oversized", file=name)
        except RneError as error:
            # The reader of rows already reports the line after which a file is damaged.
            if error.code != "damaged_archive":
                raise
