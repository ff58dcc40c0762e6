"""A letter in plain text: for readers of mail that draw nothing, and to be read aloud.

>>> print(plain('<p>Bonjour,</p><ul><li>Un</li><li>Deux</li></ul><p>Merci.</p>'))
Bonjour,
<BLANKLINE>
– Un
– Deux
<BLANKLINE>
Merci.
>>> plain('<p>Voir <a href="https://metz.fr">https://metz.fr</a></p>')
'Voir https://metz.fr'
>>> plain('<table><tr><td>Quand</td><td><b>lundi</b></td></tr></table>')
'Quand : lundi'
"""

import re

from lxml import html

# What is drawn and not read.
SKIPPED = {"head", "style", "script", "title", "meta"}
HIDDEN = re.compile(r"display:\s{0,3}none")
APART = {"blockquote", "dl", "h1", "h2", "h3", "h4", "h5", "h6", "ol", "p", "pre", "table", "ul"}
LINES = {"address", "article", "dd", "div", "dt", "footer", "header", "hr", "section", "tr"}
SPACES = re.compile(r"[ \t\r\n\f]+")
INVISIBLE = re.compile("[\N{ZERO WIDTH NON-JOINER}\N{ZERO WIDTH SPACE}]")
BUTTON = "c-button"
# Addresses that say no more than the words of their link.
SAID = ("mailto:", "tel:")
BULLET = "– "
FOLLOWS = "  "  # the next lines of an item


def plain(body: str) -> str:
    """
    :param body: HTML of a whole letter, or of a part of it
    """
    if not (body or "").strip():
        return ""
    page = html.document_fromstring(body)
    text = _Text(link.get("href") for link in page.iter("a") if _is_button(link))
    text.walk(page, page.get("lang") or "fr")
    return text.finish()


def _is_button(link):
    return BUTTON in (link.get("class") or "").split()


class _Text:
    """Lines, each after the gap that the blocks around it ask for."""

    def __init__(self, buttons):
        self.buttons = set(buttons)
        self.colon = ""
        self.lines, self.line, self.gap = [], "", 0
        self.items = []

    def walk(self, page, lang):
        self.colon = "\N{NO-BREAK SPACE}: " if lang.startswith("fr") else ": "
        self._read(page)

    def finish(self):
        self._end_line(1)
        return "\n".join(self.lines)

    def _read(self, node):
        tag = node.tag
        if not isinstance(tag, str) or tag in SKIPPED or HIDDEN.search(node.get("style") or ""):
            return
        gap = self._get_gap(tag)
        self._end_line(gap)
        if tag == "a":
            self._say_link(node)
        elif tag == "br":
            self._end_line(1)
        elif tag in ("ol", "ul"):
            self._say_list(node)
        elif tag == "tr":
            self._say_row(node)
        elif tag != "img":
            self._read_inside(node)
        self._end_line(gap)

    def _get_gap(self, tag):
        """How many lines end before and after this: an item of a list is no paragraph."""
        if tag in APART:
            return 1 if self.items else 2
        return 1 if tag in LINES or tag == "li" else 0

    def _read_inside(self, node):
        self._say(node.text)
        for child in node:
            self._read(child)
            self._say(child.tail)

    def _say(self, text):
        words = INVISIBLE.sub("", SPACES.sub(" ", text or ""))
        if not self.line or self.line.endswith(" "):
            words = words.lstrip(" ")
        self.line += words

    def _say_link(self, link):
        before, url = self.line, (link.get("href") or "").strip()
        self._read_inside(link)
        words = self.line[len(before) :].strip()
        told = not url or url.startswith(("#", *SAID)) or words == url
        if _is_button(link) and not told:
            self.line = f"{self.line.rstrip()}{self.colon.rstrip()}"
            self._end_line(1)
            self.line = url
        elif words and not told and url not in self.buttons:
            self.line += f" <{url}>"

    def _say_list(self, node):
        marks = (f"{number}. " for number in range(1, len(node) + 1))
        for child in node:
            self._end_line(1)
            self.items.append(next(marks) if node.tag == "ol" else BULLET)
            self.line = self.items[-1]
            self._read(child)
            self._end_line(1)
            self.items.pop()

    def _say_row(self, row):
        """`Quand : lundi`; a row of one cell is there for the layout."""
        cells = [cell for cell in row if cell.tag in ("td", "th")]
        if len(cells) != 2:
            for cell in cells:
                self._end_line(1)
                self._read_inside(cell)
            return
        name, value = cells
        self._read_inside(name)
        if self.line and not self.line.rstrip().endswith(":"):
            self.line = self.line.rstrip() + self.colon
        self.items.append(self.line)
        self._read_inside(value)
        self._end_line(1)
        self.items.pop()

    def _end_line(self, gap):
        """:param gap: 1 for a line of its own, 2 for a paragraph; 0 goes on with the same one"""
        if not gap:
            return
        if self.line.strip() and self.line not in self.items:
            self.lines += [""] * (self.gap - 1) if self.lines else []
            follows = self.items and not self.line.startswith(self.items[-1])
            self.lines.append(FOLLOWS * bool(follows) + self.line.rstrip(" "))
            self.line, self.gap = "", 0
        self.gap = max(self.gap, gap)
