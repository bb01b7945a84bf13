"""What a slip of the pen did to a number, told from the range it should have been in."""

from __future__ import annotations

import numpy as np

from analysis.arrays import Array, Bools

#: Places looked at: no meter shows ten million.
_PLACES = 7
_LEAST_OF_THREE_DIGITS = 100


def slip_of(value: Array, low: Array, high: Array) -> np.ndarray:
    """`digit_missing`, `digit_added` or `digits_swapped` where such a slip explains each value, else "".

    `low` and `high`: the range that the right value lies in, of the same shape.
    """
    whole = np.where(np.isfinite(value), np.abs(value), 0.0)
    missing, added, swapped = (np.zeros(value.shape, dtype=bool) for _ in range(3))
    for place in range(_PLACES):
        one = 10.0**place
        head, tail = np.floor(whole / one), np.mod(whole, one)
        there = head > 0
        for digit in range(10):
            missing |= there & _within(head * 10 * one + digit * one + tail, low, high)
        added |= there & _within(np.floor(head / 10) * one + tail, low, high)
        here, left = np.mod(head, 10), np.mod(np.floor(head / 10), 10)
        turned = whole + (here - left) * 9 * one
        # No number begins with a nought: its first two digits are not swapped where the second is one.
        first_two = head < _LEAST_OF_THREE_DIGITS
        swapped |= (left > 0) & (here != left) & ~(first_two & (here == 0)) & _within(turned, low, high)
    said = np.select([missing, swapped, added], ["digit_missing", "digits_swapped", "digit_added"], "")
    return said.astype(object)


def _within(value: Array, low: Array, high: Array) -> Bools:
    return np.asarray((value >= low) & (value <= high))
