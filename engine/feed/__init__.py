"""News feeds, RSS or Atom as sites really write them: bytes in, entries out.

`read` repairs the errors of real files (encoding, tags in titles and dates, duplicated entries,
tracking links). It keeps a title, a link, a date and a short summary, never the article, which
belongs to its author. `duplicate_news` finds entries of several sources about the same news.
"""

from .links import clean_link, find_links, link_key
from .messages import FeedError
from .model import Entry, Feed
from .entries import identity, read
from .limited_read import read_limited
from .duplicate_news import Known, is_near, text_key
from .plain_text import LONGEST_SUMMARY, LONGEST_TITLE, plain, shorten

__all__ = [
    "LONGEST_SUMMARY",
    "LONGEST_TITLE",
    "Entry",
    "Feed",
    "FeedError",
    "Known",
    "clean_link",
    "find_links",
    "identity",
    "is_near",
    "link_key",
    "plain",
    "read",
    "read_limited",
    "shorten",
    "text_key",
]
