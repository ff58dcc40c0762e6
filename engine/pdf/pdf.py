"""WeasyPrint at the service of Odoo's reports: plain functions, no record.

The library is imported when a document is asked for, so that a server without it still starts."""

import functools
import gc
import logging
import re
import threading
from contextlib import contextmanager
from urllib.parse import urljoin

_logger = logging.getLogger(__name__)


# These loggers write a line for each step of each page and of each font.
for _name in ("weasyprint.progress", "fontTools"):
    logging.getLogger(_name).setLevel(logging.WARNING)


# Images are brought down to this resolution: enough for an office printer.
IMAGE_DPI = 220


# Values of data-density in document.css, from 0 (ordinary) on.
DENSITIES = 7
SHEETS = re.compile(r'<link rel="stylesheet" href="([^"]+)"\s*/?>')


@functools.lru_cache(1)
def _weasyprint():
    """The library, or None when it or what it draws with (Pango) is not installed."""
    try:
        import weasyprint
    except (ImportError, OSError) as error:
        _logger.info("WeasyPrint cannot be used, documents cannot be made: %s", error)
        return None
    return weasyprint


def is_available():
    """Whether this server can render PDF documents."""
    return _weasyprint() is not None


@contextmanager
def only_errors():
    """Silence the warnings of WeasyPrint on style sheets that were not written for it."""
    logger = logging.getLogger("weasyprint")
    level = logger.level
    logger.setLevel(logging.ERROR)
    try:
        yield
    finally:
        logger.setLevel(level)


def render(html, fetcher, base_url):
    """One HTML document -> one tagged PDF (PDF/UA-1), as bytes.

    Title, author and language of the PDF come from the HTML. A document marked with
    `data-density="0"` must hold on one page: it is set tighter until it does. With
    `data-tightest="2"` too, it may have several: it is set tighter, up to that density, where
    this saves a page, rather than leave a few lines alone on the last one. One marked with
    `data-parts` is long: it is laid out part by part (see `parts`).

    :param fetcher: what serves images and style sheets (see `pdf_resources`)
    :param base_url: address that relative addresses start from
    """
    options = {"pdf_variant": "pdf/ua-1", "pdf_tags": True, "dpi": IMAGE_DPI}
    if re.search(r"<html[^>]* data-parts=", html):
        from .parts import lay_out_parts

        lay_out = functools.partial(_lay_out, fetcher=fetcher, base_url=base_url, options=options)
        read_sheet = functools.partial(_weasyprint().CSS, url_fetcher=fetcher)
        return lay_out_parts(html, base_url, lay_out, read_sheet).write_pdf(**options)
    html, sheets, fonts = _take_sheets(html, fetcher, base_url)
    others = {"options": options, "stylesheets": sheets, "font_config": fonts}
    with _without_collector():
        return _lay_out_tighter(html, fetcher, base_url, others).write_pdf(**options)


@contextmanager
def _without_collector():
    """Keep Python from looking for garbage in a short document: a fifth of its time."""
    was_enabled = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_enabled:
            gc.enable()


def _lay_out_tighter(html, fetcher, base_url, others):
    drawn = _lay_out(html, fetcher, base_url, **others)
    mark = re.search(r'<html[^>]* data-density="(\d)"', html)
    tightest = re.search(r'<html[^>]* data-tightest="(\d)"', html)
    last = int(tightest[1]) + 1 if tightest else DENSITIES
    for density in range(int(mark[1]) + 1, last) if mark else ():
        if len(drawn.pages) < 2:
            break
        tighter = f"{html[: mark.start(1)]}{density}{html[mark.end(1) :]}"
        other = _lay_out(tighter, fetcher, base_url, **others)
        if not tightest or len(other.pages) < len(drawn.pages):
            drawn = other
    return drawn


class _Sheets(threading.local):
    """Style sheets that a thread has read, with their fonts: a third of the time of a short
    document. Each thread has its own, since libraries of fonts do not serve two at once."""

    def __init__(self):
        self.fonts = None
        self.known = {}

    def get(self, url, fetcher):
        """:param url: style sheet, always asked of `fetcher`: it decides who may read it"""
        body = fetcher.fetch(url).read()
        if (url, body) not in self.known:
            self.known[url, body] = _weasyprint().CSS(
                string=body.decode(),
                base_url=url,
                url_fetcher=fetcher,
                font_config=self.get_fonts(),
            )
        return self.known[url, body]

    def get_fonts(self):
        if self.fonts is None:
            from weasyprint.text.fonts import FontConfiguration

            self.fonts = FontConfiguration()
        return self.fonts


_sheets = _Sheets()


def _take_sheets(html, fetcher, base_url):
    """:return: the page without the style sheets that could be read, these, and their fonts"""
    sheets = []

    def take(link):
        try:
            sheets.append(_sheets.get(urljoin(base_url, link[1]), fetcher))
        except ValueError:  # refused: WeasyPrint asks again and logs it
            return link[0]
        return ""

    return SHEETS.sub(take, html), sheets, _sheets.get_fonts()


def _lay_out(html, fetcher, base_url, options, **others):
    document = _page_class()(string=html, base_url=base_url, url_fetcher=fetcher)
    return document.render(**options, **others)


@functools.lru_cache(1)
def _page_class():
    """HTML whose elements have no style for footnotes and notes, which no document has: six for
    each element, half of the memory that a document takes before it is laid out."""
    weasyprint = _weasyprint()
    css = re.sub(r"(?m)^::(?:foot)?note-.*$", "", weasyprint.html.UA)
    css = re.sub(r"(?m)^::marker", "li::marker, summary::marker", css)
    with only_errors():  # the counters of lists are there already
        sheet = weasyprint.CSS(string=css, counter_style=weasyprint.html.UA_COUNTER_STYLE)

    class Page(weasyprint.HTML):
        def _ua_stylesheets(self, forms=False):
            sheets = super()._ua_stylesheets(forms)
            return [sheet, *sheets[1:]]

    return Page


def render_pages(documents, fetcher, base_url):
    """Several HTML documents -> one PDF holding the pages of each, as bytes.

    The PDF has no bookmark: Odoo would split it there, as it does for wkhtmltopdf.
    """
    with only_errors():
        options = {"dpi": IMAGE_DPI, "pdf_tags": True}
        drawn = [_lay_out(html, fetcher, base_url, options) for html in documents]
        pages = [page for document in drawn for page in document.pages]
        return drawn[0].copy(pages).write_pdf(**options)
