"""Charts of a document, drawn as SVG: columns by month, bars by reason; figures as in French."""

import io
from collections.abc import Sequence

WIDTH, BAR_HEIGHT, COLUMN_HEIGHT = 7.0, 0.17, 2.2  # inches
COLOURS = ("#1f4e79", "#8fb4d6", "#b8860b")


def french(value: float) -> str:
    """A figure as it is written in French.

    >>> french(1234.5), french(12.0)
    ('1\\u202f234,5', '12')
    """
    text = f"{value:,.1f}".removesuffix(".0")
    return text.replace(",", "\N{NARROW NO-BREAK SPACE}").replace(".", ",")


def columns(labels: Sequence[str], series: dict[str, Sequence[float]]) -> str:
    """Bar chart: a group of columns for each label, the figure above each column.

    >>> columns(["janv."], {"Demandes": [3]}).startswith("<?xml")
    True

    :param series: {name: a value for each label; None: no column}
    :return: SVG, empty when the library that draws is not installed
    """
    return _plot(labels, series, across=False)


def bars(labels: Sequence[str], series: dict[str, Sequence[float]]) -> str:
    """The same lying, for long labels: the first one on top."""
    return _plot(labels, series, across=True)


def _plot(labels, series, across):
    try:
        # Heavy, and needed by who prints a report alone.
        from matplotlib import rc_context
        from matplotlib.figure import Figure
    except ImportError:
        return ""
    count = max(len(labels), 1)
    height = 0.8 + BAR_HEIGHT * count * len(series) if across else COLUMN_HEIGHT
    settings = {"svg.hashsalt": "report", "svg.fonttype": "none", "font.size": 8}
    with rc_context(settings):
        figure = Figure(figsize=(WIDTH, height), layout="constrained")
        axes = figure.add_subplot()
        thickness = 0.8 / len(series)
        for rank, (name, values) in enumerate(series.items()):
            places = [place - 0.4 + thickness * (rank + 0.5) for place in range(len(labels))]
            draw = axes.barh if across else axes.bar
            sizes = [value or 0 for value in values]
            drawn = draw(places, sizes, thickness, label=name, color=COLOURS[rank % 3])
            texts = ["" if value is None else french(value) for value in values]
            axes.bar_label(drawn, labels=texts, padding=2, fontsize=7)
        _dress(axes, labels, across)
        if len(series) > 1:
            figure.legend(loc="outside upper right", ncols=len(series), frameon=False)
        stream = io.StringIO()
        figure.savefig(stream, format="svg", metadata={"Date": None}, transparent=True)
    return stream.getvalue()


def _dress(axes, labels, across):
    """Names along one axis, no figure along the other: each bar bears its own."""
    along, other = (axes.yaxis, axes.xaxis) if across else (axes.xaxis, axes.yaxis)
    along.set_ticks(range(len(labels)), labels)
    along.set_tick_params(length=0)
    other.set_visible(False)
    axes.spines[["top", "right", "bottom" if across else "left"]].set_visible(False)
    axes.margins(**{"x" if across else "y": 0.12})
    if across:
        axes.invert_yaxis()
