"""From the bytes of a feed to its entries."""

import calendar
import io
import re
from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

from lxml import etree

from ..text import key
from .links import clean_link, link_key
from .messages import FeedError
from .model import Entry, Feed
from .plain_text import LONGEST_SUMMARY, LONGEST_TITLE, plain, shorten
from .repair import to_tree

MOST_ENTRIES = 500
ZONE = "Europe/Paris"
# No feed is older; a date before is the zero of a clock.
FIRST_YEAR = 1990
_TEXTS = frozenset({"title", "description", "summary", "content"})
_NAMES = frozenset({"link", "guid", "id"})
_DATES = frozenset({"date", "pubDate", "published", "updated", "issued", "modified", "created"})
_DAY_WITHOUT_SPACE = re.compile(r"^\s{0,9}([A-Za-z]{3,9}),(?=\d)")


def read(
    content: bytes, declared_charset: str = "", base: str = "", titles_only: bool = False
) -> Feed:
    """Read the entries of a feed, each once, in its order.

    >>> text = "<rss version='2.0'><channel><item><title>Loi<br/></title><link>https://a.fr/1"
    >>> read(text.encode()).entries
    (Entry(title='Loi', link='https://a.fr/1', day=None, summary=''),)

    :param content: the file, at most `repair.LONGEST` bytes
    :param declared_charset: encoding declared by the server
    :param base: where it was read, for links that start from there
    :param titles_only: keep no summary
    :raises FeedError: no feed can be read there
    """
    import feedparser

    root = to_tree(content, declared_charset)
    _flatten(root)
    clean = etree.tostring(root, encoding="utf-8", xml_declaration=True)
    found = feedparser.parse(
        io.BytesIO(clean),
        response_headers={"content-location": base} if base else None,
        resolve_relative_uris=True,
        sanitize_html=False,
    )
    if not found.version:
        raise FeedError("not_a_feed")
    entries = [_read_entry(one, titles_only) for one in found.entries[:MOST_ENTRIES]]
    kept = _merge(entry for entry in entries if entry.title)
    left_out = len(found.entries) - len(entries) + sum(not entry.title for entry in entries)
    return Feed(plain(found.feed.get("title", "")), found.version, kept, left_out)


def _flatten(root: etree._Element) -> None:
    """Tags within a title or a date become its words: feeds have text there."""
    for element in list(root.iter(etree.Element)):
        name = etree.QName(element).localname if "{" in element.tag else element.tag
        name = name.rpartition(":")[2]
        if name in _DATES:
            exact = element.find(".//*[@datetime]")
            date_text = "".join(element.itertext()) if exact is None else exact.get("datetime")
            _set_text(element, _DAY_WITHOUT_SPACE.sub(r"\1, ", date_text.strip()))
        elif name in _TEXTS and len(element):
            _set_text(element, " ".join(element.itertext()))
            element.attrib.pop("type", None)
        elif name in _NAMES and len(element):
            _set_text(element, element.text)


def _set_text(element: etree._Element, text: str | None) -> None:
    tail, attributes = element.tail, dict(element.attrib)
    element.clear()
    element.attrib.update(attributes)
    element.text, element.tail = text, tail


def _read_entry(found, titles_only: bool) -> Entry:
    link = clean_link(found.get("link") or "") or clean_link(found.get("id") or "")
    summary = "" if titles_only else plain(found.get("summary") or "")
    return Entry(
        title=shorten(plain(found.get("title") or ""), LONGEST_TITLE),
        link=link,
        day=_read_day(found),
        summary=shorten(summary, LONGEST_SUMMARY),
    )


def _read_day(found) -> date | None:
    """The day in France of the moment of publication; else of the last change."""
    for name in ("published_parsed", "created_parsed", "updated_parsed"):
        moment = dict.get(found, name)  # its own `get` takes one date for another
        if moment and moment.tm_year >= FIRST_YEAR:
            seconds = calendar.timegm(moment)
            return datetime.fromtimestamp(seconds, UTC).astimezone(ZoneInfo(ZONE)).date()
    return None


def identity(entry: Entry) -> str:
    """Identity of an entry: its page, or its title and day when it has no page of its own.

    >>> identity(Entry("Loi", "https://a.fr/x?utm_source=rss"))
    'a.fr/x'
    >>> identity(Entry("Loi", "https://a.fr", date(2026, 10, 2)))
    'title:loi 2026-10-02'
    """
    page = link_key(entry.link)
    if "/" in page or "?" in page:
        return page
    return f"title:{key(entry.title)} {entry.day or ''}".strip()


def _merge(found) -> tuple[Entry, ...]:
    """Each entry once; what one writing of it lacks, another has."""
    kept: dict[str, Entry] = {}
    for entry in found:
        name = identity(entry)
        known = kept.setdefault(name, entry)
        if known is not entry:
            kept[name] = Entry(
                title=known.title,
                link=known.link or entry.link,
                day=known.day or entry.day,
                summary=known.summary or entry.summary,
            )
    return tuple(kept.values())
