"""Reports of Odoo, written for wkhtmltopdf, turned into what WeasyPrint draws.

Odoo gives one body per record and two pages holding all headers and all footers, among which a
script chooses; here the header and the footer of each body become its running elements."""

import lxml.html

from odoo.addons.base.models.report_paperformat import PAPER_SIZES

SIZES = {size["key"]: (size["width"], size["height"]) for size in PAPER_SIZES if "width" in size}
SIDE_PADDING = "11mm"  # $o-default-report-margins of Odoo's report.scss
PAGE_CSS = """
@page {
    size: %(width)smm %(height)smm;
    margin: %(top)smm %(right)smm %(bottom)smm %(left)smm;
    @top-center { content: element(report-header); width: 100%%; vertical-align: top;
                  padding-top: %(spacing)smm; }
    @bottom-center { content: element(report-footer); width: 100%%; vertical-align: top; }
}
html, body { height: auto !important; overflow: visible !important; }
body { margin: 0 !important; max-width: none !important; width: auto !important; }
* { bookmark-level: none !important; }
#minimal_layout_report_headers { position: running(report-header); }
#minimal_layout_report_footers { position: running(report-footer); }
[id^=minimal_layout_report] .page::before { content: counter(page); }
[id^=minimal_layout_report] .topage::before { content: counter(pages); }
/* The side padding of the body, which does not reach the margins of the page. */
.o_css_margins [id^=minimal_layout_report] { padding-left: %(side)s; padding-right: %(side)s; }
"""


def page_css(paper, landscape, arguments):
    """Size and margins of the pages.

    :param paper: the report.paperformat used, or an empty recordset
    :param arguments: what the template asks for (`data-report-margin-top`…), which prevails
    """
    width, height = SIZES.get(paper.format, SIZES["A4"])
    if paper.format == "custom" and paper.page_width and paper.page_height:
        width, height = paper.page_width, paper.page_height
    if landscape or paper.orientation == "Landscape" or arguments.get("data-report-landscape"):
        width, height = max(width, height), min(width, height)
    top = float(arguments.get("data-report-margin-top", paper.margin_top))
    spacing = float(arguments.get("data-report-header-spacing", paper.header_spacing))
    return PAGE_CSS % {
        "width": width,
        "height": height,
        "top": top,
        "right": paper.margin_right,
        "bottom": paper.margin_bottom,
        "left": paper.margin_left,
        "spacing": max(0, top - spacing),
        "side": SIDE_PADDING,
    }


def _parts(html, holder_id):
    """The headers (or footers) of all bodies, in order."""
    if not html:
        return []
    holder = lxml.html.document_fromstring(html).get_element_by_id(holder_id, None)
    return [] if holder is None else list(holder)


def documents(bodies, header, footer, css, language):
    """One HTML page per body, with its own header and footer in it."""
    headers = _parts(header, "minimal_layout_report_headers")
    footers = _parts(footer, "minimal_layout_report_footers")
    for index, body in enumerate(bodies):
        root = lxml.html.document_fromstring(str(body))
        root.set("lang", language)
        for parts, place in ((footers, "footers"), (headers, "headers")):
            if index < len(parts):
                holder = lxml.html.Element("div", id=f"minimal_layout_report_{place}")
                holder.append(parts[index])
                root.body.insert(0, holder)
        style = lxml.html.Element("style")
        style.text = css
        root.body.insert(0, style)
        yield lxml.html.tostring(root, encoding="unicode")
