"""Detection of the encoding of a file."""

import codecs
import re

from .messages import RneError

FALLBACK = "commune_relations_cp1252"
_BOMS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_SINGLE = ("cp1252", "mac_roman", "cp850")
_FRENCH = frozenset("àâäçéèêëîïôöùûüÿœæÀÂÄÇÉÈÊËÎÏÔÖÙÛÜŒÆ°’‘«»–—€ñáíóúãõåø\u00a0")
_COMMON = frozenset("éèàçêîôâûëï")
_UTF8_SEQUENCE = re.compile(rb"[\xc2-\xdf][\x80-\xbf]|[\xe0-\xef][\x80-\xbf]{2}")
_HIGH = re.compile(rb"[\x80-\xff]")
_CONTROL = re.compile(rb"[\x00-\x08\x0e-\x19\x1c-\x1f]")


def _fallback(error: UnicodeError) -> tuple[str, int]:
    """Read the bytes that break a text as cp1252, or as latin-1 where cp1252 has nothing."""
    if not isinstance(error, UnicodeDecodeError):
        raise error
    text = ""
    for byte in error.object[error.start : error.end]:
        single = bytes([byte])
        try:
            text += single.decode("cp1252")
        except UnicodeDecodeError:
            text += single.decode("latin-1")
    return text, error.end


codecs.register_error(FALLBACK, _fallback)


def detect(name: str, head: bytes, complete: bool) -> tuple[str, str]:
    """Encoding of a file and how to treat its errors, from its first bytes.

    :param complete: the head is the whole file
    :raises RneError: binary data
    """
    for mark, encoding in _BOMS:
        if head.startswith(mark):
            return encoding, "strict"
    wide = _wide(head)
    if wide:
        return wide, "strict"
    if b"\0" in head or len(_CONTROL.findall(head)) * 100 > len(head):
        raise RneError("binary_file", file=name)
    try:
        codecs.getincrementaldecoder("utf-8")().decode(head, complete)
    except UnicodeDecodeError:
        sequences = len(_UTF8_SEQUENCE.findall(head))
        alone = len(_HIGH.findall(_UTF8_SEQUENCE.sub(b"", head)))
        if sequences > alone:
            return "utf-8", "strict"
        return _best_single(head), FALLBACK
    return "utf-8", "strict"


def decode_head(head: bytes, encoding: str, errors: str) -> str:
    """The text of the first bytes, whose last character may be cut."""
    if encoding.startswith("utf-16"):
        head = head[: len(head) // 2 * 2]
    decoder = codecs.getincrementaldecoder(encoding)(
        errors="replace" if errors == "strict" else errors
    )
    return decoder.decode(head, False)


def after_error(head: bytes, encoding: str) -> tuple[str, str] | None:
    """Encoding to try when a file is not in the detected one.

    :return: encoding and treatment of errors; None when there is nothing more to try
    """
    if encoding not in ("utf-8", "utf-8-sig"):
        return None
    # Accents already read as UTF-8 are proof enough: the rest is damage, read byte by byte.
    return (encoding, FALLBACK) if not head.isascii() else ("cp1252", FALLBACK)


def _wide(head: bytes) -> str:
    """UTF-16 without its mark: one byte of two is null."""
    size = len(head) // 2
    if head[1::2].count(0) * 2 > size > 0:
        return "utf-16-le"
    return "utf-16-be" if head[::2].count(0) * 2 > size > 0 else ""


def _best_single(head: bytes) -> str:
    """The single-byte encoding in which the text looks most French."""

    def score(encoding: str) -> int:
        high = [char for char in head.decode(encoding, "replace") if ord(char) > 127]
        return sum((2 if char in _COMMON else 1) if char in _FRENCH else -1 for char in high)

    return max(_SINGLE, key=score)
