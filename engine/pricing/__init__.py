"""What a commune owes for a service over a year, to the cent: see `compute`."""

from .compute import forecast_cost, part_of_year, per_inhabitant, yearly_base, yearly_cost
from .kinds import KINDS
from .model import Band, Cost, Line, Price, Use

__all__ = [
    "KINDS",
    "Band",
    "Cost",
    "Line",
    "Price",
    "Use",
    "forecast_cost",
    "part_of_year",
    "per_inhabitant",
    "yearly_base",
    "yearly_cost",
]
