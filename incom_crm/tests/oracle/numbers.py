"""Exact arithmetic: fractions, rounded half up only where the definitions say so."""

from decimal import Decimal
from fractions import Fraction
from math import floor


def half_up(value, digits=0):
    """Round half up (away from zero) to a number of digits.

    >>> half_up(Fraction(5, 2)), half_up(Fraction(-5, 2)), half_up(Fraction(1, 8), 2)
    (Decimal('3'), Decimal('-3'), Decimal('0.13'))
    """
    scaled = abs(Fraction(value)) * 10**digits
    rounded = floor(scaled + Fraction(1, 2))
    return Decimal(-rounded if value < 0 else rounded).scaleb(-digits)


def median(values):
    """The middle value, the mean of the two middle ones where there are two.

    >>> median([9, 1, 4]), median([1, 4])
    (Fraction(4, 1), Fraction(5, 2))
    """
    values = sorted(map(Fraction, values))
    middle = len(values) // 2
    if len(values) % 2:
        return values[middle]
    return (values[middle - 1] + values[middle]) / 2
