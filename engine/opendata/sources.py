"""Files as streams of bytes: plain, gzipped or zipped, told apart by their content."""

import io
import os
import zlib
from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from typing import BinaryIO

from .messages import RneError

# A whole RNE is 65 MB: this stops an archive made to fill the memory or the disk.
LIMIT = 500 * 1024 * 1024
_BLOCK = 1 << 17
_GZIP = b"\x1f\x8b"
_LAYERS = 3
_WORKBOOK = "workbook"
_TEXT_NAMES = (".csv", ".txt", ".tsv", ".gz")
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
        return io.BufferedReader(_Guarded(self.opener(), self.name), _BLOCK)


class _Guarded(io.RawIOBase):
    """Counts what is read and turns the errors of the layers below into `RneError`."""

    def __init__(self, stream: BinaryIO, name: str):
        super().__init__()
        self.stream, self.name, self.left = stream, name, LIMIT

    def readable(self) -> bool:
        return True

    def readinto(self, buffer) -> int:
        try:
            count = self.stream.readinto(buffer)
        except (EOFError, OSError, RuntimeError, ValueError, zlib.error) as error:
            raise RneError("damaged_archive", file=self.name) from error
        except Exception as error:  # zipfile.BadZipFile derives from Exception alone
            if type(error).__name__ != "BadZipFile":
                raise
            raise RneError("damaged_archive", file=self.name) from error
        self.left -= count
        if self.left < 0:
            raise RneError("too_large", file=self.name, limit=LIMIT // 1024 // 1024)
        return count

    def close(self) -> None:  # pylint: disable=missing-return
        self.stream.close()
        super().close()


def open_sources(file: str | os.PathLike | tuple[str, bytes]) -> list[Source]:
    """The text files in a file: one, or those of a zip archive.

    :param file: a path, or a name and the content
    :raises RneError: when there is nothing to read as text
    """
    if isinstance(file, tuple):
        name, content = file
        name, opener = str(name), lambda: io.BytesIO(content)
    else:
        path = os.fspath(file)
        name, opener = os.path.basename(path) or path, lambda: open(path, "rb")
    head = _head(name, opener)
    if head.startswith((b"PK\x03\x04", b"PK\x05\x06")):
        return _zip_members(name, opener)
    return [Source(name, lambda: _gunzip(name, opener()))]


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


def _head(name: str, opener: Callable[[], BinaryIO]) -> bytes:
    try:
        with opener() as stream:
            return stream.read(8)
    except FileNotFoundError as error:
        raise RneError("missing_file", file=name) from error
    except IsADirectoryError as error:
        raise RneError("not_a_file", file=name) from error
    except (OSError, ValueError) as error:
        detail = getattr(error, "strerror", None) or str(error)
        raise RneError("unreadable_file", file=name, detail=detail) from error


def _gunzip(name: str, stream: BinaryIO) -> BinaryIO:
    """A stream, unpacked when its content is gzipped: twice over, or inside an archive, too."""
    import gzip

    for _layer in range(_LAYERS):
        try:
            head = stream.read(len(_GZIP))
            stream.seek(0)
        except (EOFError, OSError, RuntimeError, ValueError, zlib.error) as error:
            raise RneError("damaged_archive", file=name) from error
        if head != _GZIP:
            break
        stream = gzip.GzipFile(fileobj=stream, mode="rb")
    return stream


def _zip_members(name: str, opener: Callable[[], BinaryIO]) -> list[Source]:
    import zipfile

    try:
        with opener() as stream, zipfile.ZipFile(stream) as archive:
            infos = [info for info in archive.infolist() if _is_content(info)]
            document = _document(archive)
    except (zipfile.BadZipFile, EOFError, OSError, RuntimeError, ValueError, zlib.error) as error:
        raise RneError("damaged_archive", file=name) from error
    if document == _WORKBOOK:
        _check_size(name, infos)
        return _sheets(name, opener)
    if document:
        raise RneError("wrong_format", file=name, found=document)
    infos = [info for info in infos if info.filename.lower().endswith(_TEXT_NAMES)] or infos
    if not infos:
        raise RneError("empty_archive", file=name)
    if any(info.flag_bits & 1 for info in infos):
        raise RneError("encrypted_archive", file=name)
    _check_size(name, infos)
    return [_zip_member(name, opener, info, len(infos) == 1) for info in infos]


def _zip_member(name: str, opener: Callable[[], BinaryIO], info, alone: bool) -> Source:
    def open_member() -> BinaryIO:
        import zipfile

        try:
            return _gunzip(name, zipfile.ZipFile(opener()).open(info))
        except (zipfile.BadZipFile, NotImplementedError, RuntimeError) as error:
            raise RneError("damaged_archive", file=name) from error

    return Source(name if alone else f"{name}/{info.filename}", open_member)


def _is_content(info) -> bool:
    path = info.filename.split("/")
    return not info.is_dir() and path[0] != "__MACOSX" and not path[-1].startswith(".")


def _check_size(name: str, infos: list) -> None:
    if sum(info.file_size for info in infos) > LIMIT:
        raise RneError("too_large", file=name, limit=LIMIT // 1024 // 1024)


def _document(archive) -> str:
    """What an archive is when it is the file of an office program: `_WORKBOOK` can be read."""
    members = set(archive.namelist())
    if "[Content_Types].xml" in members:
        excel = any(member.startswith("xl/") for member in members)
        return _WORKBOOK if excel else "un document Office"
    if {"mimetype", "content.xml"} <= members:
        sheets = b"spreadsheet" in archive.read("mimetype")[:200]
        return _WORKBOOK if sheets else "un document LibreOffice"
    return ""


def _sheets(name: str, opener: Callable[[], BinaryIO]) -> list[Source]:
    """The sheets of a workbook, as CSV texts."""
    import zipfile

    from .workbook import ERRORS, csv_of_sheets

    try:
        with opener() as stream, zipfile.ZipFile(stream) as archive:
            sheets = csv_of_sheets(archive)
    except ERRORS as error:
        raise RneError("damaged_workbook", file=name) from error
    if not sheets:
        raise RneError("empty_file", file=name)
    alone = len(sheets) == 1
    return [
        Source(name if alone else f"{name}/{sheet}", partial(io.BytesIO, content))
        for sheet, content in sheets
    ]
