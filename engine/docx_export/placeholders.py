"""Placeholders of a document template, such as `{maire}`, replaced for one commune.

Only texts are read, never tags nor addresses of links, so that a value cannot inject HTML.
A placeholder that an editor cut in two (`{ma<b>ire</b>}`) is ignored; `find_unclosed` reports it.
"""

import re
from collections.abc import Iterator, Mapping

from lxml import html

from ..text import key

FIELD = re.compile(r"\{([^{}]{1,40})\}")


def find(text: str) -> list[str]:
    """The fields of a text of HTML, as they are written, once each, in order.

    >>> find("<p>{Maire} {de commune}, {maire}</p>")
    ['Maire', 'de commune']
    """
    found = {}
    for node, name in _texts(_parse(text)):
        for code in FIELD.findall(getattr(node, name)):
            found.setdefault(key(code), code.strip())
    return list(found.values())


def find_unclosed(text: str) -> bool:
    """Whether a brace is left that opens or closes no field.

    >>> find_unclosed("<p>{ma<b>ire</b>}</p>"), find_unclosed("<p>{maire}</p>")
    (True, False)
    """
    texts = (getattr(node, name) for node, name in _texts(_parse(text)))
    return any({"{", "}"} & set(FIELD.sub("", content)) for content in texts)


def fill(text: str, values: Mapping[str, str]) -> str:
    """A text of HTML with its fields filled; one that is not among the values stays as it is.
    A field written with a capital is filled with one: it begins a sentence.

    >>> fill("<p>{Maire} {inconnu}</p>", {"maire": "Anne <AUBRY>"})
    '<p>Anne &lt;AUBRY&gt; {inconnu}</p>'
    >>> fill("<p>{Le maire}, {le maire}</p>", {"le maire": "la maire"})
    '<p>La maire, la maire</p>'

    :param values: texts by `key` of the field
    """
    root = _parse(text)
    for node, name in _texts(root):
        content = getattr(node, name)
        setattr(node, name, FIELD.sub(lambda found: _replace_placeholder(found, values), content))
    head = html.tostring(root, encoding="unicode")
    return head.removeprefix("<div>").removesuffix("</div>")


def _replace_placeholder(found, values):
    value = values.get(key(found[1]))
    if value is None:
        return found[0]
    return value[:1].upper() + value[1:] if found[1].strip()[:1].isupper() else value


def _parse(text):
    return html.fragment_fromstring(str(text or ""), create_parent="div")


def _texts(root) -> Iterator[tuple]:
    """(element, `text` or `tail`) of each text of a document, in order."""
    for event, node in _walk(root):
        if event == "text" and isinstance(node.tag, str) and node.text:
            yield node, "text"
        elif event == "tail" and node is not root and node.tail:
            yield node, "tail"


def _walk(node):
    yield "text", node
    for child in node:
        yield from _walk(child)
    yield "tail", node
