"""Price models: inputs, amount and payment of each. Their names appear nowhere else in the addon,
except in `_describe_<kind>` on a price."""

from collections.abc import Callable
from dataclasses import dataclass
from decimal import Decimal

from .model import ZERO, Price


@dataclass(frozen=True, slots=True)
class Kind:
    """A price model.

    label: in English, for the selection. figures: what has to be typed, among `fixed`, `unit`,
    `rate` and `bands`. yearly: euros for a whole year before any use, from the price, the
    population and the amount decided for the commune alone (or None); None when no band holds
    the population. used: what uses are counted in, `units` (at so many euros) or `works` (at so
    many %). payment: `budget`, `withheld` (from the attribution de compensation) or `none`.
    """

    label: str
    figures: tuple[str, ...] = ()
    yearly: Callable[[Price, int, Decimal | None], Decimal | None] = lambda *_known: ZERO
    used: str = ""
    payment: str = "budget"
    by_population: bool = False


def _band_amount(price, population, _own):
    reached = [band for band in price.bands if band.population_from <= population]
    return max(reached, key=lambda band: band.population_from).amount if reached else None


KINDS = {
    "free": Kind("Free", payment="none"),
    "inhabitant": Kind(
        "Per inhabitant",
        figures=("unit",),
        yearly=lambda price, population, _own: price.unit * population,
        by_population=True,
    ),
    "unit": Kind("Per unit", figures=("unit",), used="units"),
    "band": Kind("Flat, by population band", figures=("bands",), yearly=_band_amount),
    "fixed_variable": Kind(
        "Fixed part and part per unit",
        figures=("fixed", "unit"),
        yearly=lambda price, _population, _own: price.fixed,
        used="units",
    ),
    "works": Kind("Percentage of the works", figures=("rate",), used="works"),
    "compensation": Kind(
        "Charged to the attribution de compensation",
        figures=("fixed",),
        yearly=lambda price, _population, own: price.fixed if own is None else own,
        payment="withheld",
    ),
}
