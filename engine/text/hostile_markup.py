"""Text that is written to hold anyone who parses it: counted in one pass, before any parser reads
it.

The parsers of XML and HTML compare each attribute of an element with all the others: 20,000 of them
cost seconds, 300,000 minutes. The cleaner of Odoo looks for the end of each tag from each of its
beginnings: 80,000 that never end cost hours."""

import re

MAX_ATTRIBUTES = 200  # of one element; real ones have less than fifty
MAX_OPEN = 10  # tags that begin before one ends; in a real page one does
_TAG = re.compile(r"<[A-Za-z][^\s/>]*")
_SPACE = re.compile(r"[\s/]*")
_ATTRIBUTE = re.compile(
    r"""[\s/]*(?:[^\s/>=]+|=)(?:\s*=\s*(?:"[^"]*"|'[^']*'|[^\s>]*))?""",
)


def drop_attributes(text: str, most: int = MAX_ATTRIBUTES) -> str:
    """The same text, without the attributes of the tags that have too many.

    >>> drop_attributes('<p a="1" b c=">">x</p><br/>', most=2), drop_attributes("<p a b>", most=2)
    ('<p>x</p><br/>', '<p a b>')
    """
    parts, kept, place = [], 0, 0
    while tag := _TAG.search(text, place):
        place = tag.end()
        count = 0
        while found := _ATTRIBUTE.match(text, place):
            place = found.end()
            count += 1
        if count > most:
            parts.append(text[kept : tag.end()])
            kept = place = _SPACE.match(text, place).end()
    return "".join([*parts, text[kept:]]) if parts else text


def defuse(text: str) -> str:
    """Rewrite a text so that an HTML parser reads it quickly.

    >>> defuse("<p>a < b</p>"), defuse("<b " * 11 + ">")[-12:]
    ('<p>a < b</p>', 'b &lt;b <b >')
    """
    parts = drop_attributes(text).split(">")
    return ">".join(_close(part) if part.count("<") > MAX_OPEN else part for part in parts)


def _close(part: str) -> str:
    """Rewrite the text between two ends of tags; only its last `<` may begin a tag."""
    before, sign, last = part.rpartition("<")
    return before.replace("<", "&lt;") + sign + last
