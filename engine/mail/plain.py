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
BLOCK_TAGS = {
    "blockquote",
    "dl",
    "h1",
    "h2",
    "h3",
    "h4",
    "h5",
    "h6",
    "ol",
    "p",
    "pre",
    "table",
    "ul",
}
LINES = {"address", "article", "dd", "div", "dt", "footer", "header", "hr", "section", "tr"}
SPACES = re.compile(r"[ \t\r\n\f]+")
INVISIBLE = re.compile("[\N{ZERO WIDTH NON-JOINER}\N{ZERO WIDTH SPACE}]")
BUTTON = "c-button"
# Addresses that add nothing to the words of their link.
IMPLIED = ("mailto:", "tel:")
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


class _Line:
    """A line being written, in pieces that are put together once: a page may be one long line."""

    def __init__(self, mark=""):
        """:param mark: what it opens with, a bullet or a name: alone, it is no line"""
        self.pieces = [mark] if mark else []
        self.is_bare = True

    def add(self, words):
        if words:
            self.pieces.append(words)
            self.is_bare = False

    def close(self, mark):
        """The spaces at its end become a mark: all of it is read, at most once for each line."""
        self.pieces = [str(self).rstrip() + mark]
        self.is_bare = False

    def ends_with_space(self):
        return not self.pieces or self.pieces[-1].endswith(" ")

    def __str__(self):
        return "".join(self.pieces)


class _Text:
    """Lines, each after the gap that the blocks around it ask for."""

    def __init__(self, buttons):
        self.buttons = set(buttons)
        self.colon = ""
        self.lines, self.line, self.gap = [], _Line(), 0
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
            self._add_link(node)
        elif tag == "br":
            self._end_line(1)
        elif tag in ("ol", "ul"):
            self._add_list(node)
        elif tag == "tr":
            self._add_table_row(node)
        elif tag == "pre":
            self._add_lines(node.text_content())
        elif tag != "img":
            self._read_inside(node)
        self._end_line(gap)

    def _get_gap(self, tag):
        """Number of line ends before and after an element; an item of a list is no paragraph."""
        if tag in BLOCK_TAGS:
            return 1 if self.items else 2
        return 1 if tag in LINES or tag == "li" else 0

    def _read_inside(self, node):
        self._add_text(node.text)
        for child in node:
            self._read(child)
            self._add_text(child.tail)

    def _add_text(self, text):
        words = INVISIBLE.sub("", SPACES.sub(" ", text or ""))
        self.line.add(words.lstrip(" ") if self.line.ends_with_space() else words)

    def _add_lines(self, text):
        """Add text typed as plain text, with its line ends."""
        for line in text.splitlines():
            self._add_text(line)
            self._end_line(1 if line.strip() else 2)

    def _add_link(self, link):
        line, start, url = self.line, len(self.line.pieces), (link.get("href") or "").strip()
        self._read_inside(link)
        words = "".join(self.line.pieces[start if line is self.line else 0 :]).strip()
        is_implied = not url or url.startswith(("#", *IMPLIED)) or words == url
        if _is_button(link) and not is_implied:
            self.line.close(self.colon.rstrip())
            self._end_line(1)
            self.line.add(url)
        elif words and not is_implied and url not in self.buttons:
            self.line.add(f" <{url}>")

    def _add_list(self, node):
        marks = (f"{number}. " for number in range(1, len(node) + 1))
        for child in node:
            self._end_line(1)
            self.items.append(next(marks) if node.tag == "ol" else BULLET)
            self.line = _Line(self.items[-1])
            self._read(child)
            self._end_line(1)
            self._end_item()

    def _add_table_row(self, row):
        """`Quand : lundi`; a row of one cell is there for the layout."""
        cells = [cell for cell in row if cell.tag in ("td", "th")]
        if len(cells) != 2:
            for cell in cells:
                self._end_line(1)
                self._read_inside(cell)
            return
        self._read_inside(cells[0])
        name = str(self.line)
        if name and not name.rstrip().endswith(":"):
            name = name.rstrip() + self.colon
        self.items.append(name)
        self.line = _Line(name)
        self._read_inside(cells[1])
        self._end_line(1)
        self._end_item()

    def _end_item(self):
        """A mark that nothing followed is a line, once what it opened has ended."""
        self.items.pop()
        if self.line.is_bare and str(self.line) not in self.items:
            self.line.is_bare = False

    def _end_line(self, gap):
        """:param gap: 1 for a line of its own, 2 for a paragraph, 0 to continue the same line"""
        if not gap:
            return
        line = "" if self.line.is_bare else str(self.line)
        if line.strip():
            self.lines += [""] * (self.gap - 1) if self.lines else []
            follows = self.items and not line.startswith(self.items[-1])
            self.lines.append(FOLLOWS * bool(follows) + line.rstrip(" "))
            self.line, self.gap = _Line(), 0
        self.gap = max(self.gap, gap)
