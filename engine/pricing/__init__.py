"""What a commune owes for a service over a year, to the cent: see `compute`."""

from .compute import forecast_cost, part_of_year, yearly_base, yearly_cost
from .model import Band, Cost, Line, Price, Use

__all__ = [
    "Band",
    "Cost",
    "Line",
    "Price",
    "Use",
    "forecast_cost",
    "part_of_year",
    "yearly_base",
    "yearly_cost",
]
