"""Titles and summaries: plain words, without tags, short."""

import html
import re

LONGEST_TITLE = 300
LONGEST_SUMMARY = 300
# A summary is shortened: what lies far behind is not even looked at.
_LONGEST_READ = 20_000
_WITHIN = re.compile(
    r"</?(?:a|abbr|b|em|i|mark|small|span|strong|sub|sup|u)(?: [^<>]{0,2000})?>", re.I
)
_TAG = re.compile(r"</?[A-Za-z!][^<>]{0,2000}>")
# An invisible sign of the markup: soft hyphen, zero-width space, mark of order.
_INVISIBLE = re.compile("[\u00ad\u200b\u2060\ufeff]")


def plain(text: str) -> str:
    """The words of a text that may hold tags, and entities written once or twice; one line.

    >>> plain("Rapport &amp;amp; avis<br/> de l'&lt;b&gt;État&lt;/b&gt;&amp;nbsp;?")
    "Rapport & avis de l'État ?"
    """
    text = (text or "")[:_LONGEST_READ]
    for _again in range(2):
        text = html.unescape(_without_tags(text))
    return " ".join(_INVISIBLE.sub("", _without_tags(text)).split())


def _without_tags(text: str) -> str:
    """A tag within a sentence leaves nothing, any other a space."""
    return _TAG.sub(" ", _WITHIN.sub("", text))


def shorten(text: str, longest: int) -> str:
    """A text of one line, cut at a word.

    >>> shorten("Le projet de loi de finances", 16)
    'Le projet de…'
    """
    if len(text) <= longest:
        return text
    cut = text[: longest - 1]
    head = cut.rsplit(" ", 1)[0] if " " in cut else cut
    return head.rstrip(" ,;:.-–—") + "…"
