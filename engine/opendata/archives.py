"""Content of a zip archive: CSV files, or the parts of a workbook."""

import io
import zipfile
import zlib
from collections.abc import Callable
from functools import partial
from typing import BinaryIO

from .messages import RneError
from .size_limit import CSV_FLOOR, CSV_RATIO, Budget, TooMuch

DAMAGED = (zipfile.BadZipFile, EOFError, OSError, RuntimeError, ValueError, zlib.error)
_WORKBOOK = "workbook"
_TEXT_NAMES = (".csv", ".txt", ".tsv", ".gz")
_BLOCK = 1 << 20
# A workbook has some ten members and one for each image; the directory is read at each opening.
_ENTRY = b"PK\x01\x02"
MEMBERS = 1_000
# The RNE has a dozen files, a folder by department a hundred.
_FILES = 200
# Other methods give a hundred megabytes at once, and no office program uses them.
METHODS = (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED)
_LONGEST_NAME = 100

Opener = Callable[[], BinaryIO]
Members = list[tuple[str, Opener]]


def open_archive(name: str, opener: Opener, size: int) -> tuple[bool, Members]:
    """Whether an archive is a workbook, and its tables: name and how to open each.

    :raises RneError: there is nothing to read as a table
    """
    _check_directory(name, opener)
    try:
        with opener() as stream, zipfile.ZipFile(stream) as archive:
            infos = [info for info in archive.infolist() if _is_content(info)]
            _check_methods(name, infos)
            document = _document(archive)
    except DAMAGED as error:
        raise RneError("damaged_archive", file=name) from error
    if document == _WORKBOOK:
        return True, _sheets(name, opener, size)
    if document:
        raise RneError("wrong_format", file=name, found=document)
    infos = [info for info in infos if info.filename.lower().endswith(_TEXT_NAMES)] or infos
    if not infos:
        raise RneError("empty_archive", file=name)
    unpacked = sum(info.file_size for info in infos)
    if len(infos) > _FILES or unpacked > CSV_FLOOR + CSV_RATIO * size:
        raise RneError("oversized", file=name)
    alone = len(infos) == 1
    return False, [
        (name if alone else f"{name}/{_short(info.filename)}", partial(_open, name, opener, info))
        for info in infos
    ]


def count_members(stream: BinaryIO) -> int:
    """Count the entries of the directory before it is read: its own count may be false."""
    return sum(block.count(_ENTRY) for block in iter(partial(stream.read, _BLOCK), b""))


def _check_directory(name: str, opener: Opener) -> None:
    with opener() as stream:
        if count_members(stream) > MEMBERS:
            raise RneError("oversized", file=name)


def _check_methods(name: str, infos: list[zipfile.ZipInfo]) -> None:
    if any(info.flag_bits & 1 for info in infos):
        raise RneError("encrypted_archive", file=name)
    if any(info.compress_type not in METHODS for info in infos):
        raise RneError("wrong_format", file=name, found="une archive d'un genre rare")


def _open(name: str, opener: Opener, info: zipfile.ZipInfo) -> BinaryIO:
    """Stream of a member, limited to the size declared in the directory."""
    try:
        return zipfile.ZipFile(opener()).open(info)
    except (zipfile.BadZipFile, NotImplementedError, RuntimeError) as error:
        raise RneError("damaged_archive", file=name) from error


def _is_content(info: zipfile.ZipInfo) -> bool:
    path = info.filename.split("/")
    return not info.is_dir() and path[0] != "__MACOSX" and not path[-1].startswith(".")


def _document(archive: zipfile.ZipFile) -> str:
    """Kind of an office file, empty for another archive; `_WORKBOOK` can be read."""
    members = set(archive.namelist())
    if "[Content_Types].xml" in members:
        excel = any(member.startswith("xl/") for member in members)
        return _WORKBOOK if excel else "un document Office"
    if {"mimetype", "content.xml"} <= members:
        with archive.open("mimetype") as stream:
            sheets = b"spreadsheet" in stream.read(200)
        return _WORKBOOK if sheets else "un document LibreOffice"
    return ""


def _sheets(name: str, opener: Opener, size: int) -> Members:
    """The sheets of a workbook, as CSV texts."""
    from .workbook import ERRORS, csv_of_sheets

    try:
        with opener() as stream, zipfile.ZipFile(stream) as archive:
            sheets = csv_of_sheets(archive, Budget.of(size))
    except TooMuch as error:
        raise RneError("oversized", file=name) from error
    except ERRORS as error:
        raise RneError("damaged_workbook", file=name) from error
    if not sheets:
        raise RneError("empty_file", file=name)
    alone = len(sheets) == 1
    return [
        (name if alone else f"{name}/{_short(sheet)}", partial(io.BytesIO, content))
        for sheet, content in sheets
    ]


def _short(name: str) -> str:
    return name if len(name) <= _LONGEST_NAME else name[: _LONGEST_NAME - 1] + "…"
