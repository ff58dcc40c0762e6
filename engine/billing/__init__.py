"""Amount that a commune owes for replacements, to the cent: see `compute`."""

from .compute import (
    balance,
    bill,
    cancelled_half_days,
    early_end_half_days,
    quote,
    taken_away,
    tariff_of,
)
from .finance import COLUMNS, finance_csv
from .model import (
    CANCELLED,
    NOTICE,
    WORKED,
    ZERO,
    Before,
    Charge,
    Half,
    NoTariff,
    Parts,
    Quote,
    Removed,
    Tariff,
    Work,
)
from .rates import Rate, change_rate, move_rate, rate_on

__all__ = [
    "CANCELLED",
    "COLUMNS",
    "NOTICE",
    "WORKED",
    "ZERO",
    "Before",
    "Charge",
    "Half",
    "NoTariff",
    "Parts",
    "Quote",
    "Rate",
    "Removed",
    "Tariff",
    "Work",
    "balance",
    "bill",
    "cancelled_half_days",
    "change_rate",
    "early_end_half_days",
    "finance_csv",
    "move_rate",
    "quote",
    "rate_on",
    "taken_away",
    "tariff_of",
]
