"""Clients by when they came first: how many stay three, six and twelve months, and what their first year brings."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal, get_args

import numpy as np
import pandas as pd

from analysis.arrays import Bools
from analysis.portfolio import Portfolio
from analysis.practices.growth.narrowed import narrowed
from analysis.practices.growth.periods import YEAR
from analysis.practices.growth.second_visit import newcomers
from analysis.practices.growth.staying import Staying, staying
from analysis.practices.once import untouched_by_notebook
from analysis.practices.survival import Share

Unit = Literal["month", "quarter", "year"]
UNITS: tuple[Unit, ...] = get_args(Unit)
_FREQUENCY: dict[Unit, str] = {"month": "M", "quarter": "Q", "year": "Y"}

AFTER = (3, 6, 12)
#: With fewer clients than these a cohort has no share.
FEWEST = 5
#: A unit is fine enough to read where its middle cohort has so many clients.
_READABLE: dict[Unit, int] = {"month": 25, "quarter": 8, "year": 0}


@dataclass(frozen=True)
class Cohorts:
    """Cohorts of at least `FEWEST` clients, the earliest first.

    table: a row per cohort: begins (first day), clients, active_3, active_6, active_12 (shares, NaN where too recent),
    low_6 and high_6 and so on, value and value_error (of the first year).

    curves: a row per cohort, a column per month 0-12: share still active, NaN where too recent. overall: all together.
    active: of all newcomers, after so many months. too_small: cohorts left out.
    """

    unit: Unit
    table: pd.DataFrame
    curves: pd.DataFrame
    overall: tuple[float, ...]
    active: dict[int, Share]
    newcomers: int
    silence_days: float
    too_small: int
    money: bool


@untouched_by_notebook
def cohorts(
    portfolio: Portfolio,
    unit: Unit | None = None,
    service: str | None = None,
    seller: str | None = None,
) -> Cohorts:
    """Cohorts of the shop, or of the clients of a service or of a seller; by the finest unit that can be read."""
    shop = narrowed(portfolio, service, seller)
    came = newcomers(portfolio, shop)
    life = staying(portfolio, shop, came)
    began = pd.Series(came.began.astype("datetime64[D]"))
    unit = unit or _finest(began)
    begins = began.dt.to_period(_FREQUENCY[unit])
    sizes = begins.value_counts().sort_index()
    shown = sizes.index[sizes >= FEWEST]
    rows, curves = [], []
    for cohort in shown:
        own = (begins == cohort).to_numpy()
        rows.append({"begins": cohort.to_timestamp(), "clients": int(own.sum()), **_figures(life, own)})
        curves.append(life.active_through(range(YEAR + 1), own))
    everyone = np.ones(len(came.began), dtype=bool)
    return Cohorts(
        unit=unit,
        table=pd.DataFrame(rows, columns=_COLUMNS),
        curves=pd.DataFrame(curves, columns=range(YEAR + 1)),
        overall=tuple(map(float, life.active_through(range(YEAR + 1), everyone))),
        active={months: life.active_after(months, everyone) for months in AFTER},
        newcomers=len(came.began),
        silence_days=shop.since.silence_days,
        too_small=len(sizes) - len(shown),
        money=shop.money,
    )


def _finest(began: pd.Series) -> Unit:
    for unit in UNITS:
        sizes = began.dt.to_period(_FREQUENCY[unit]).value_counts()
        if len(sizes) and sizes.median() >= _READABLE[unit]:
            return unit
    return "quarter"


_COLUMNS = [
    "begins",
    "clients",
    *(f"{name}_{months}" for months in AFTER for name in ("active", "low", "high")),
    "value",
    "value_error",
]


def _figures(life: Staying, own: Bools) -> dict[str, float]:
    found: dict[str, float] = {}
    for months in AFTER:
        share = life.active_after(months, own)
        found |= {f"active_{months}": share.share, f"low_{months}": share.low, f"high_{months}": share.high}
    value = life.first_year(own)
    return found | {"value": value.mean, "value_error": value.error}
