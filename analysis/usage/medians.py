"""Weighted medians and quantiles of many groups at once: sort once, then look up."""

from __future__ import annotations

import numpy as np

from analysis.arrays import Array, Ints


def weighted_medians(group: Ints, value: Array, weight: Array, groups: int) -> Array:
    """The weighted median of each group's values, NaN for a group without any: (groups,).

    Half the weight lies at or below it; where half the weight ends exactly between two values, their middle.
    """
    out = np.full(groups, np.nan)
    if not len(group):
        return out
    order = np.argsort(sorting_key(group, value))
    group, value, weight = group[order], value[order], weight[order]
    upto = np.cumsum(weight)
    start = np.flatnonzero(np.diff(group, prepend=-1))
    stop = np.append(start[1:], len(group))
    before = upto[start] - weight[start]
    half = before + (upto[stop - 1] - before) / 2
    # Sums of weights end a little beside the half they mean to reach.
    slack = 1e-9 * (upto[stop - 1] - before)
    low = np.minimum(np.maximum(np.searchsorted(upto, half - slack), start), stop - 1)
    high = np.minimum(np.maximum(np.searchsorted(upto, half + slack), start), stop - 1)
    out[group[start]] = (value[low] + value[high]) / 2
    return out


def sorting_key(group: Ints, value: Array) -> Ints:
    """One whole number that sorts by group, then by value to seven digits: a quarter of the time of two keys."""
    bits = value.astype(np.float32).view(np.int32)
    rising = bits ^ ((bits >> 31) & np.int32(0x7FFFFFFF))  # negative numbers count backwards in their bits
    return (group << 32) + (rising.astype(np.int64) + (1 << 31))


def medians(group: Ints, value: Array, groups: int) -> Array:
    """The median of each group's values, NaN for a group without any: (groups,)."""
    return weighted_medians(group, value, np.ones(len(value)), groups)
