"""The unit cost of functioning of a service lent to communes (CGCT, art. D5211-16).

It holds the charges of functioning and nothing else: staff, supplies, renewal of goods, contracts
of services attached to it. They come from the last administrative accounts, to which the
foreseeable changes of the initial budget of the year are added. The communes are notified before
the day by which the budget is adopted (CGCT, art. L1612-2).
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from ..text import round_cent
from .model import ZERO

NATURES = {
    "personnel": "Costs of staff",
    "supplies": "Supplies",
    "goods": "Renewal of goods",
    "contracts": "Contracts of services attached",
}
RENEWAL, TERM = 2026, 6  # a general renewal of the municipal councils, and years between two


@dataclass(frozen=True, slots=True)
class Charge:
    """A charge of functioning: euros of the last accounts, and what the budget adds or takes off.

    nature: key of `NATURES`.
    """

    nature: str
    observed: Decimal
    change: Decimal = ZERO

    @property
    def kept(self) -> Decimal:
        return self.observed + self.change


def unit_cost(charges: Sequence[Charge], units: Decimal) -> Decimal | None:
    """Euros for a unit of functioning: charges by units, to the cent, half a cent up.

    >>> charges = [Charge("personnel", Decimal(98_000), change=Decimal(2_050))]
    >>> str(unit_cost(charges, Decimal(800)))  # 100 050 / 800 = 125.0625
    '125.06'
    >>> unit_cost(charges, Decimal(0)) is None  # nothing was counted: no cost
    True

    :raise ValueError: a charge that the article does not name
    """
    for charge in charges:
        if charge.nature not in NATURES:
            raise ValueError(f"not a charge of functioning: {charge.nature}")
    if units <= 0:
        return None
    return round_cent(sum((charge.kept for charge in charges), ZERO) / units)


def budget_day(year: int) -> date:
    """The day before which the budget of a year is adopted (CGCT, art. L1612-2).

    >>> str(budget_day(2027)), str(budget_day(2032))  # 2032: the councils are renewed
    ('2027-04-15', '2032-04-30')
    """
    renewed = (year - RENEWAL) % TERM == 0
    return date(year, 4, 30 if renewed else 15)
