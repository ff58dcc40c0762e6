"""The words of a letter made ready for its frame: one button in the colours of the organisation,
and the line that a list of messages shows beside the subject.

>>> letter = dress('<p>Bonjour,</p><p>Votre demande a reçu une réponse.</p>', "#1d3c6a")
>>> letter.preheader
'Votre demande a reçu une réponse.'
>>> cell = '<td style="width:110px">Quand</td><td style="padding:4px">lundi</td>'
>>> "padding:4px; vertical-align: top;" in dress(f"<table><tr>{cell}</tr></table>", "#1d3c6a").body
True
>>> wide = f"<table><tr>{cell.replace('110px', '45%')}</tr></table>"
>>> 'class="c-label"' in dress(wide, "#1d3c6a").body
True
>>> dress("<p>Metz</p><p>Invitation</p><p>Bonjour,</p><p>Venez.</p>", "#1d3c6a").preheader
'Venez.'
"""

import re
from dataclasses import dataclass

from lxml import html

# How the models of letters draw a button.
DRAWN = "inline-block"
SMALL = re.compile(r"font-size:\s?13px;?")
BUTTON = (
    "display: inline-block; padding: 12px 20px; border-radius: 4px; font-weight: bold;"
    " line-height: 1.5;"
    " text-decoration: none; background-color: {color}; color: #ffffff;"
)
LINK = "color: {color}; text-decoration: underline;"
# Links shown as buttons are side by side.
CHOICE = LINK + " margin-right: 16px;"
# The names in the first column of a table: above what they name on a narrow screen.
LABEL = re.compile(r"width:\s?(?:1\d\dpx|\d\d%)")
GREETING = re.compile(r"(?:Bonjour|Hello|Madame|Monsieur|Dear|Cher)\b[^.!?]{0,120},$")
PHONE = re.compile(r"\b0\d(?: \d\d){4}\b")
BLOCKS = "address article blockquote br div h1 h2 h3 h4 li ol p table td th tr ul".split()
# What most lists of messages show.
LONGEST = 110
# Lines of a letter among which its greeting is looked for.
HEAD = 4
# Fills the rest of the line, else the list of letters shows the footer too.
FILLER = "\N{ZERO WIDTH NON-JOINER}\N{NO-BREAK SPACE}" * 60


@dataclass(frozen=True)
class Letter:
    """Body prepared for the layout.

    :param has_button: one of its links is shown as the button
    """

    body: str
    preheader: str
    has_button: bool


def dress(body: str, color: str, button: bool = True) -> Letter:
    """
    :param body: HTML of a letter, without its frame
    :param color: colour of the organisation, as `#1d3c6a`: white is read on it
    :param button: whether the body may draw one: the frame has none of its own
    """
    if not (body or "").strip():
        return Letter("", "", False)
    page = html.fragment_fromstring(body, create_parent="div")
    for part in page.iter("div"):
        # Odoo writes to colleagues in small letters.
        if SMALL.search(part.get("style") or ""):
            part.set("style", SMALL.sub("", part.get("style")))
    drawn = [link for link in page.iter("a") if DRAWN in (link.get("style") or "")]
    first = drawn[0] if drawn and button else None
    for link in page.iter("a"):
        if link in drawn:
            link.set("style", (BUTTON if link is first else CHOICE).format(color=color))
        elif not link.get("style"):
            link.set("style", LINK.format(color=color))
    for table in page.iter("table"):
        _mark_labels(table)
    _keep_numbers(page)
    if first is not None:
        first.set("class", "c-button")
        _put_in_cell(first, color)
    text = html.tostring(page, encoding="unicode")
    return Letter(text, _get_preheader(page), first is not None)


def without_greeting(body: str) -> str:
    """Remove the greeting of a typed text, for a letter that has its own.

    >>> without_greeting("<p>Bonjour Madame la Maire,</p><p>Le trou est rebouché.</p>")
    '<p>Le trou est rebouché.</p>'
    >>> without_greeting("<p>Bonjour,<br>Le trou est rebouché.</p>")
    '<p>Le trou est rebouché.</p>'
    """
    if not (body or "").strip():
        return body
    page = html.fragment_fromstring(body, create_parent="div")
    first = next((node for node in page.iter() if _has_text(node)), None)
    if first is None or not GREETING.fullmatch(" ".join(first.text.split())):
        return body
    if len(first) and first[0].tag == "br":
        first.text = (first[0].tail or "").lstrip()
        first.remove(first[0])
    elif first is page or len(first):
        return body
    else:
        first.drop_tree()
    return (page.text or "") + "".join(html.tostring(n, encoding="unicode") for n in page)


def _has_text(node):
    return isinstance(node.tag, str) and bool((node.text or "").strip())


def _mark_labels(table):
    """Set the width of the headings on one row of a table."""
    rows = [row.findall("td") for row in table.iter("tr")]
    if rows and rows[0] and LABEL.search(rows[0][0].get("style") or ""):
        for cells in rows:
            if len(cells) == 2:
                cells[0].set("class", "c-label")
                _add_style(cells[1], "vertical-align: top;")


def _keep_numbers(page):
    """A telephone number is not cut at the end of a line."""
    for node in page.iter():
        for name in ("text", "tail"):
            text = getattr(node, name)
            if text and PHONE.search(text):
                kept = PHONE.sub(lambda found: found[0].replace(" ", "\N{NO-BREAK SPACE}"), text)
                setattr(node, name, kept)


def _add_style(node, style):
    """:param style: whole declarations; what Odoo has cleaned ends without a semicolon"""
    former = (node.get("style") or "").rstrip("; ")
    node.set("style", f"{former}; {style}" if former else style)


def _put_in_cell(link, color):
    """Outlook pads no link: the colour is that of a cell."""
    table = html.fragment_fromstring(
        '<table role="presentation" cellspacing="0" cellpadding="0" border="0"'
        f' style="margin: 16px 0; border-collapse: separate;"><tr><td bgcolor="{color}"'
        f' style="border-radius: 4px; background-color: {color};"></td></tr></table>'
    )
    parent = link.getparent()
    alone = not (parent.text or "").strip() and not (link.tail or "").strip()
    place = parent if parent.tag == "p" and len(parent) == 1 and alone else link
    table.tail, place.tail = place.tail, None
    place.getparent().replace(place, table)
    link.tail = None
    table.find(".//td").append(link)


def _get_preheader(page) -> str:
    """First words after the greeting, cut at a word. A banner may precede the greeting."""
    lines = _get_lines(page)
    greetings = [number for number, line in enumerate(lines[:HEAD]) if GREETING.fullmatch(line)]
    for line in lines[max(greetings, default=-1) + 1 :]:
        if len(line) <= LONGEST:
            return line
        return line[:LONGEST].rpartition(" ")[0].rstrip(" ,;:") + "…"
    return ""


def _get_lines(page):
    """The text, one line for each block."""
    text = "".join(_walk(page))
    return [" ".join(line.split()) for line in text.split("\n") if line.strip()]


def _walk(node):
    block = node.tag in BLOCKS
    if block:
        yield "\n"
    if isinstance(node.tag, str) and node.tag not in ("style", "script"):
        yield (node.text or "").replace("\n", " ")
        for child in node:
            yield from _walk(child)
    if block:
        yield "\n"
    yield (node.tail or "").replace("\n", " ")
