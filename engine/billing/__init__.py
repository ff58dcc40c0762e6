"""What a commune owes for replacements, to the cent: see `compute`."""

from .compute import bill, cancelled_half_days, early_end_half_days, quote, tariff_of
from .finance import COLUMNS, finance_csv
from .model import Before, Charge, NoTariff, Quote, Tariff, Work

__all__ = [
    "COLUMNS",
    "Before",
    "Charge",
    "NoTariff",
    "Quote",
    "Tariff",
    "Work",
    "bill",
    "cancelled_half_days",
    "early_end_half_days",
    "finance_csv",
    "quote",
    "tariff_of",
]
