"""French typography of typed texts."""

import re

# Between two letters of a word; an address (`o'neil@…`) is kept as it is.
_STRAIGHT = re.compile(r"(?<=[^\W\d_])(?:'|&#39;|&#x27;)(?=[^\W\d_])(?![\w.-]*@)")
# What is quoted of a code stays on one line.
_QUOTED = re.compile(r"\b(art\.|[LRD]\.) (?=[LRD]\.|\d)")
_NBSP = "\u00a0"
# Odoo writes the minus of an amount as a hyphen that does not break.
_MINUS, _HYPHEN = "\u2212", "-\ufeff"
_BETWEEN_TAGS = re.compile(r"(?<=>)[^<>]+(?=<)")


def curl(text: str) -> str:
    """The apostrophe of a typewriter, within a word, becomes that of a book.

    >>> curl("Direction des systèmes d'information, D'ANGELO"), curl("o'neil@exemple.fr")
    ('Direction des systèmes d’information, D’ANGELO', "o'neil@exemple.fr")
    """
    return _STRAIGHT.sub("’", text)


def curl_page(html: str) -> str:
    """The same between the tags of a page, never within them; a quoted article that no line
    breaks, and the minus of an amount.

    >>> curl_page("<p title='a'>Grand&#39;Rue</p>")
    "<p title='a'>Grand’Rue</p>"
    >>> curl_page("<p>CGCT, art. L. 5211-4-2</p>").replace(chr(160), "~")
    '<p>CGCT, art.~L.~5211-4-2</p>'
    >>> curl_page(f"<td>-{chr(0xFEFF)}12,00 €</td>")
    '<td>−12,00 €</td>'
    """
    return _BETWEEN_TAGS.sub(lambda found: _typeset(found[0]), html)


def _typeset(text: str) -> str:
    return _QUOTED.sub(rf"\1{_NBSP}", curl(text)).replace(_HYPHEN, _MINUS)


def after_comma(title: str | None) -> str:
    """A title or a grade that follows a name; initials of words stay capitals.

    >>> after_comma("Adjointe administrative"), after_comma("DGS"), after_comma(None)
    ('adjointe administrative', 'DGS', '')
    """
    title = title or ""
    return title if title[:2].isupper() else title[:1].lower() + title[1:]
