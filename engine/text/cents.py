"""Amounts in euros and cents."""

from decimal import ROUND_HALF_UP, Decimal

CENT = Decimal("0.01")


def round_cent(amount: Decimal) -> Decimal:
    """Round to the cent, half a cent up as invoices do, and half a cent down for a debit.

    >>> round_cent(Decimal("12.345")), round_cent(Decimal("-12.345"))
    (Decimal('12.35'), Decimal('-12.35'))
    """
    return amount.quantize(CENT, ROUND_HALF_UP)
