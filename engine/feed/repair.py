"""The bytes of a feed made into XML that any reader understands."""

import codecs
import html
import re

from lxml import etree

from ..text import drop_attributes
from .messages import FeedError

LONGEST = 5 * 1024 * 1024
# Elements, and how far one lies in another: feeds of 5,000 entries have five levels.
MOST_ELEMENTS = 300_000
DEEPEST = 60
_MEGABYTE = 1024 * 1024
_BOMS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_DECLARED = re.compile(r"""<\?xml[^<>]{0,200}?encoding=["']([\w.-]{1,40})["']""")
_PROLOGUE = re.compile(r"<\?xml[^<>]{0,300}\?>")
LOST = "\ufffd"
_CONTROL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")
# An ampersand that begins nothing; a name that only HTML knows.
_ALONE = re.compile(r"&(?!#\d{1,7};|#[xX][0-9a-fA-F]{1,6};|[A-Za-z][A-Za-z0-9]{1,31};)")
_NAMED = re.compile(r"&([A-Za-z][A-Za-z0-9]{1,31});")
_XML_NAMES = frozenset({"amp", "lt", "gt", "quot", "apos"})
_ENTITY = re.compile(r"<!ENTITY", re.I)


def decode(content: bytes, declared_charset: str = "") -> str:
    """Decode a feed: as UTF-8 when its bytes are valid UTF-8, whatever encoding is declared.

    >>> decode('<?xml version="1.0" encoding="iso-8859-15"?><a>été</a>'.encode())[-10:]
    '<a>été</a>'
    >>> decode(b'<?xml version="1.0" encoding="iso-8859-15"?><a>100 \\xa4</a>')[-12:]
    '<a>100 €</a>'

    :param declared_charset: encoding declared by the server, used when nothing else is known
    """
    for mark, encoding in _BOMS:
        if content.startswith(mark):
            return content.decode(encoding, "replace")
    text = content.decode(errors="replace")
    lost = text.count(LOST)
    if lost * 2 <= sum(not char.isascii() for char in text):
        return text  # as many signs read as lost: a page of UTF-8, perhaps with some damage
    declared = _DECLARED.search(content[:400].decode("latin-1"))
    return content.decode(_get_codec(declared[1] if declared else declared_charset), "replace")


def _get_codec(name: str) -> str:
    """Single-byte codec for a declared name; cp1252, a superset of latin-1, for any other name."""
    try:
        codec = codecs.lookup(name).name
    except LookupError:
        codec = ""
    useful = codec.startswith(("iso8859-", "cp12", "mac")) and codec != "iso8859-1"
    return codec if useful else "cp1252"


def to_tree(content: bytes, declared_charset: str = "") -> etree._Element:
    """The elements of a feed, mended where the XML is broken.

    :raises FeedError: it is empty, no XML, too large, too deep, one of its elements has too many
        attributes, or it declares entities
    """
    if len(content) > LONGEST:
        raise FeedError("too_large", limit=LONGEST // _MEGABYTE)
    text = _CONTROL.sub("", decode(content, declared_charset))
    if not text.strip():
        raise FeedError("empty")
    if drop_attributes(text) is not text:
        raise FeedError("attributes")
    text = _PROLOGUE.sub("", text[max(text.find("<"), 0) :], count=1)
    text = "".join(_mend(part, is_data) for part, is_data in _split_data(text))
    root = _parse(text)
    if root is None:
        raise FeedError("not_a_feed")
    return root


def _split_data(text: str):
    """The parts of a text that are CDATA, and those that are not."""
    place = 0
    while (start := text.find("<![CDATA[", place)) >= 0:
        end = text.find("]]>", start)
        end = len(text) if end < 0 else end + 3
        yield text[place:start], False
        yield text[start:end], True
        place = end
    yield text[place:], False


def _mend(part: str, is_data: bool) -> str:
    if is_data:
        return part if part.endswith("]]>") else part + "]]>"
    if _ENTITY.search(part):
        raise FeedError("entities")
    return _NAMED.sub(_unnamed, _ALONE.sub("&amp;", part))


def _unnamed(found: re.Match) -> str:
    """A name that XML does not know, as its character; an unknown one as it was typed."""
    if found[1] in _XML_NAMES:
        return found[0]
    char = html.unescape(found[0])
    return f"&amp;{found[1]};" if char == found[0] else html.escape(char)


def _parse(text: str) -> etree._Element | None:
    parser = etree.XMLPullParser(
        events=("start", "end"),
        recover=True,
        resolve_entities=False,
        no_network=True,
        load_dtd=False,
        huge_tree=False,
        remove_comments=True,
        remove_pis=True,
    )
    content = text.encode("utf-8", "replace")
    counts = [0, 0]
    for start in range(0, len(content), 65536):
        parser.feed(content[start : start + 65536])
        _count(parser, counts)
    try:
        root = parser.close()
    except etree.XMLSyntaxError:
        return None
    return root


def _count(parser, counts):
    for event, _element in parser.read_events():
        counts[0] += 1 if event == "start" else -1
        counts[1] += 1
        if counts[0] > DEEPEST or counts[1] > 2 * MOST_ELEMENTS:
            raise FeedError("too_deep")
