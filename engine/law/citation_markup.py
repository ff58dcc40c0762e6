"""Marking of citations of given legal texts within an HTML text."""

import re
from collections.abc import Callable

from lxml import etree, html

from .references import Reference, find_references

# What ends a line when it is read; anything else is read on.
_BLOCKS = frozenset(
    "address article aside blockquote br dd div dl dt figure footer h1 h2 h3 h4 h5 h6 header hr li"
    " main nav ol p pre section table td th tr ul".split()
)

# What XML cannot hold.
_FORBIDDEN = re.compile("[^\t\n\r -\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def read(text: str) -> str:
    """Plain text of HTML, one line for each block, without any sign for bold text.

    >>> read("<p>Vu l’<b>art.</b> L. 5211-1</p><ul><li>un</li><li>deux</li></ul>")
    'Vu l’art. L. 5211-1\\nun\\ndeux'
    """
    words = "".join(words for words, _node, _name in _pieces(_parse(text)))
    return "\n".join(line for line in map(str.strip, words.split("\n")) if line)


def mark(text: str, cites: Callable[[Reference], bool]) -> str:
    """The same HTML, with `mark` around each citation that `cites` knows.

    >>> mark("<p>Vu l’<b>art. L. 5211-1</b> du CGCT</p>", lambda one: one.key == "CGCT:L5211-1")
    '<div><p>Vu l’<b><mark>art. L. 5211-1</mark></b> du CGCT</p></div>'
    """
    root = _parse(text)
    pieces = list(_pieces(root))
    words = "".join(piece for piece, _node, _name in pieces)
    spans = [
        (one.start, one.start + len(one.quote))
        for one in find_references(words, once=False)
        if cites(one)
    ]
    end = len(words)
    # From the last to the first: what is cut behind moves nothing before.
    for piece, node, name in reversed(pieces):
        end -= len(piece)
        for start, stop in reversed(spans):
            low, high = max(start - end, 0), min(stop - end, len(piece))
            if node is not None and low < high:
                _wrap(node, name, low, high)
    return etree.tostring(root, encoding="unicode", method="html")


def _parse(text):
    root = html.fragment_fromstring(_FORBIDDEN.sub("", text or ""), create_parent="div")
    etree.strip_tags(root, etree.Comment)
    return root


def _pieces(node):
    """(words, node, `text` or `tail`) in the order in which they are read; without a node, the end
    of a line."""
    if node.text:
        yield node.text, node, "text"
    for child in node:
        is_block = child.tag in _BLOCKS
        if is_block:
            yield "\n", None, ""
        yield from _pieces(child)
        if is_block and child.tag != "br":
            yield "\n", None, ""
        if child.tail:
            yield child.tail, child, "tail"


def _wrap(node, name, low, high):
    words = getattr(node, name)
    marked = etree.Element("mark")
    marked.text, marked.tail = words[low:high], words[high:]
    setattr(node, name, words[:low])
    if name == "text":
        node.insert(0, marked)
    else:
        parent = node.getparent()
        parent.insert(parent.index(node) + 1, marked)
