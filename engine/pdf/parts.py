"""Layout of a long PDF part by part, with the memory of a part freed before the next.

WeasyPrint lays out again each page that shows the number of another one, and keeps its data of
each element until the end. Here each part is a document: only its pages are kept once it is laid
out, no page is laid out twice, and one file is written with the links, bookmarks and tags of all.
"""

import gc
import logging
from contextlib import contextmanager
from copy import deepcopy
from functools import partial
from urllib.parse import urljoin

from lxml import etree
from lxml import html as lxml_html
from weasyprint.formatting_structure.boxes import MarginBox
from weasyprint.text.fonts import FontConfiguration

PART = 24  # elements marked `data-cut`, of one section, that are laid out together
# Page numbers are known: they are written, not looked for.
WRITTEN = '.contents a::after { content: leader(" . ") attr(data-page) }'
# The feet of all pages, alone: how many pages there are is known last.
FEET = """
@page { @top-left { content: none; border: 0 } @top-right { content: none; border: 0 } }
.foot { break-after: page }
.foot:last-child { break-after: auto }
"""
HEAD, FOOT = ".//div[@class='page-header']", ".//div[@class='page-footer']"


def lay_out_parts(html, base_url, lay_out, read_sheet):
    """:param base_url: base of the addresses in style sheets
    :param lay_out: function of the HTML of a part and of options, which gives its layout
    :param read_sheet: function that reads a style sheet
    :return: the whole document, as WeasyPrint writes it
    """
    fonts = FontConfiguration()
    document = _Document(html)
    # Read once, with their fonts, and not for each part.
    addresses = [urljoin(base_url, address) for address in document.take_sheets()]
    sheets = [read_sheet(url=address, font_config=fonts) for address in addresses]
    written, alone = (read_sheet(string=css) for css in (WRITTEN, FEET))
    lay_out = partial(lay_out, font_config=fonts)
    lay_out_part = partial(lay_out, stylesheets=[*sheets, written])
    front, *others = document.cut()
    front_size = len(lay_out_part(document.part(front, {})).pages)
    pages, places = [], {}
    for elements in others:
        laid_out = lay_out_part(document.part(elements, places)).pages
        for number, page in enumerate(laid_out, front_size + len(pages) + 1):
            for anchor in page.anchors:
                places.setdefault(anchor, number)
        pages += laid_out
        del laid_out
        _give_back()
    first = lay_out_part(document.part(front, places))
    pages = first.pages + pages
    with _without_progress():
        feet = lay_out(document.feet(len(pages)), stylesheets=[*sheets, alone]).pages
    for page, foot in zip(pages, feet, strict=True):
        boxes = [box for box in foot._page_box.children if isinstance(box, MarginBox)]
        page._page_box.children = (*page._page_box.children, *boxes)
    return first.copy(pages)


@contextmanager
def _without_progress():
    """These are no further pages of the document: its progress does not count them."""
    logger = logging.getLogger("weasyprint.progress")
    level = logger.level
    logger.setLevel(logging.WARNING)
    try:
        yield
    finally:
        logger.setLevel(level)


def _give_back():
    """Collect the garbage of a part where the automatic collector is disabled.

    Kept objects are frozen, so that the collector does not scan them again.
    """
    if not gc.isenabled():
        gc.collect()
        gc.freeze()


class _Document:
    def __init__(self, html):
        self.root = lxml_html.document_fromstring(html)
        self.body = self.root.find("body")
        self.header, self.footer = self.body.find(HEAD), self.body.find(FOOT)

    def take_sheets(self):
        """Addresses of the style sheets, which the page has no more."""
        links = self.root.findall("head/link[@rel='stylesheet']")
        for link in links:
            link.getparent().remove(link)
        return [link.get("href") for link in links]

    def cut(self):
        """Elements of the body by part.

        First those before the first section that is cut or that begins a page, then each such
        section, the long ones in several parts.
        """
        parts = [[]]
        for child in self.body:
            if child in (self.header, self.footer):
                continue
            if child.get("data-part") is None:
                parts[-1].append(child)
            else:
                parts += [[piece] for piece in _pieces(child)]
        return parts

    def part(self, elements, places):
        page = self._empty()
        body = page.find("body")
        if self.header is not None:
            body.append(deepcopy(self.header))
        for element in elements:
            element = deepcopy(element)
            for link in element.iterfind(".//a[@href]"):
                if link.get("href")[:1] == "#":
                    link.set("data-page", str(places.get(link.get("href")[1:], "")))
            body.append(element)
        return _write(page)

    def feet(self, count):
        page = self._empty()
        body = page.find("body")
        if self.footer is not None:
            body.append(deepcopy(self.footer))
        covers = [child for child in self.body if child.get("class") == "cover"]
        body.extend(etree.Element("section", {"class": "cover"}) for _cover in covers)
        body.extend(etree.Element("div", {"class": "foot"}) for _ in range(count - len(covers)))
        return _write(page)

    def _empty(self):
        """The page without what it shows."""
        page = etree.Element("html", dict(self.root.attrib))
        page.append(deepcopy(self.root.find("head")))
        etree.SubElement(page, "body", dict(self.body.attrib))
        return page


def _pieces(section):
    """A section in several, as many elements that may be cut in each."""
    if sum(child.get("data-cut") is not None for child in section) <= PART:
        return [section]
    pieces, count = [], 0
    for child in list(section):
        if count % PART == 0 and (count or not pieces):
            piece = etree.Element(section.tag, dict(section.attrib) if not pieces else {})
            if pieces:
                piece.set("class", section.get("class", ""))
            pieces.append(piece)
        count += child.get("data-cut") is not None
        pieces[-1].append(child)
    return pieces


def _write(page):
    return "<!DOCTYPE html>" + lxml_html.tostring(page, encoding="unicode")
