"""Charts of a workbook, which the spreadsheet renders from the figures of a sheet."""

from collections.abc import Sequence
from dataclasses import dataclass, field

CHART_WIDTH, CHART_HEIGHT = 900, 380  # pixels
ROW_PIXELS = 20


@dataclass(frozen=True, slots=True)
class Chart:
    """A chart of one or two columns of a sheet.

    kind: `bar` (names on the left, for many of them), `column` or `pie`.
    sheet: name of the sheet that holds the figures. categories, values: numbers of its columns.
    first, last: its lines, as `xlsxwriter` counts them.
    """

    title: str
    sheet: str
    categories: int
    values: Sequence[int]
    first: int
    last: int
    kind: str = "bar"


ONE_PAGE = 6  # charts


@dataclass(frozen=True, slots=True)
class ChartPage:
    """A sheet of charts alone."""

    name: str
    charts: Sequence[Chart] = field(default_factory=tuple)


def write_page(book, page, headers):
    """:param headers: {sheet name: (line of the header, headers)} of the figures"""
    sheet = book.add_worksheet(page.name)
    sheet.hide_gridlines(2)
    sheet.set_portrait()
    sheet.set_paper(9)
    # A few charts hold on a page: none is cut between two.
    sheet.fit_to_pages(1, 1 if len(page.charts) <= ONE_PAGE else 0)
    top = 0
    for chart in page.charts:
        height = max(
            CHART_HEIGHT, 18 * (chart.last - chart.first + 1) if chart.kind == "bar" else 0
        )
        drawn = _add_chart(book, chart, headers)
        drawn.set_size({"width": CHART_WIDTH, "height": height})
        sheet.insert_chart(top, 0, drawn, {"object_position": 1, "description": chart.title})
        top += height // ROW_PIXELS + 2


def _add_chart(book, chart, headers):
    drawn = book.add_chart({"type": chart.kind})
    header_line, names = headers[chart.sheet]
    for value in chart.values:
        drawn.add_series(
            {
                "name": [chart.sheet, header_line, value],
                "categories": [
                    chart.sheet,
                    chart.first,
                    chart.categories,
                    chart.last,
                    chart.categories,
                ],
                "values": [chart.sheet, chart.first, value, chart.last, value],
            }
        )
    drawn.set_title({"name": chart.title, "name_font": {"size": 13}})
    if chart.kind == "bar":
        # The first line of the sheet on top, every name shown.
        drawn.set_y_axis({"reverse": True, "interval_unit": 1})
    if len(chart.values) == 1 and chart.kind != "pie":
        drawn.set_legend({"none": True})
    return drawn
