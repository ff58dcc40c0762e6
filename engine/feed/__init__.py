"""Feeds of news, RSS or Atom as the sites really write them: bytes in, entries out.

`read` repairs what the real files get wrong (encoding, tags in titles and dates, duplicated
entries, followed links) and keeps a title, a link, a date and a short summary, never the article:
the rest belongs to who wrote it. `same` says which entries of several sources are one.
"""

from .links import clean_link, find_links, link_key
from .messages import FeedError
from .model import Entry, Feed
from .entries import identity, read
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
    "shorten",
    "text_key",
]
