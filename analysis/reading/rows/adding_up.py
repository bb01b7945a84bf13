"""Whether columns of figures add up: on which share of the rows, to the cent."""

from __future__ import annotations

import numpy as np

from analysis.reading.values.columns import Flags, Numbers

#: Figures that agree within a cent or two, or a thousandth, add up.
CENTS, _SHARE = 0.021, 1e-3
#: Tax rates of the countries we know, in percent.
# fmt: off
_RATES = np.array([
    0, 0.5, 1, 1.4, 2, 2.1, 3, 4, 5, 5.5, 6, 6.5, 7, 7.5, 8, 8.25, 8.875, 9.5, 10, 10.5, 12, 13, 14.975, 15, 16,
    18, 19, 20, 21, 22, 23, 25, 27,
])
# fmt: on
#: Canada's two taxes stand side by side, and are added up.
_TOGETHER = np.unique(np.append(_RATES, 5 + np.array([6, 7, 8, 9.975, 10])))
_A_CENT = 0.0151


def agree(one: Numbers, other: Numbers) -> Flags:
    """Per row, whether two figures are the same but for rounding; a missing one agrees with nothing."""
    with np.errstate(invalid="ignore"):
        return np.asarray(np.abs(one - other) <= np.maximum(CENTS, _SHARE * np.abs(one)))


def hold(total: Numbers, parts: Numbers, rows: Flags) -> float:
    """On which share of the rows (of those with both figures) the parts make the total."""
    rows = rows & ~np.isnan(total) & ~np.isnan(parts)
    return float(agree(total[rows], parts[rows]).mean()) if rows.any() else 0.0


def same(one: Numbers, other: Numbers) -> bool:
    """Whether two columns have the same figure on every row that has both."""
    rows = ~np.isnan(one) & ~np.isnan(other)
    return bool(agree(one[rows], other[rows]).all())


def counts(figures: Numbers) -> Flags:
    """Rows with a figure that is not nought."""
    return np.asarray(np.abs(np.nan_to_num(figures)) > CENTS)


def matter(figures: Numbers) -> bool:
    """Whether a column has any figure but nought."""
    return bool(counts(figures).any())


def taxed(base: Numbers, tax: Numbers, rows: Flags) -> float:
    """On which share of the rows the tax is, to the cent, a known rate of the base (or two that are added up)."""
    rows = rows & ~np.isnan(base) & ~np.isnan(tax)
    off = np.abs(np.abs(base[rows])[:, None] * _TOGETHER / 100.0 - np.abs(tax[rows])[:, None]).min(
        axis=1, initial=np.inf
    )
    return float((off <= _A_CENT).mean()) if rows.any() else 0.0


def are_rates(tax: Numbers, of: Numbers) -> bool:
    """Whether a column called tax holds rates: a few known ones, the same whatever the amount."""
    rows = ~np.isnan(tax) & ~np.isnan(of) & (tax != 0)
    rates, amounts = np.unique(tax[rows]), np.unique(of[rows])
    known = bool(np.isin(rates, _RATES).all())
    return bool(len(rates) and known and len(amounts) > len(rates) and len(rates) <= len(_RATES) // 4)
