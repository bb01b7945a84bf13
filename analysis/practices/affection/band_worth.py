"""What a client of each band brings and costs in a year: money, visits, trouble, and who comes back.

Sums of the last twelve months over the clients who stand in a band today, per client. The intervals hold four times in
five: Student's for a mean, which is wide where clients are few; Wilson's for a share of clients. Figures of the past,
not effects: the score itself looks at visits, spending and complaints.
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

import numpy as np
import numpy.typing as npt
import pandas as pd

from analysis.arrays import Array
from analysis.intervals import half_of_mean, of_share
from analysis.portfolio import Portfolio
from analysis.practices.needs import has
from analysis.schema import BANDS

Measure = Literal[
    "revenue",
    "ticket",
    "visits",
    "returns",
    "discounted",
    "discounts",
    "discount_share",
    "refunds",
    "unpaid",
    "problems",
    "problem_days",
    "no_shows",
    "cancellations",
    "contacts",
]
Unit = Literal["money", "times", "days", "share"]
UNITS: dict[Measure, Unit] = {
    "revenue": "money",
    "ticket": "money",
    "visits": "times",
    "returns": "share",
    "discounted": "share",
    "discounts": "money",
    "discount_share": "share",
    "refunds": "money",
    "unpaid": "money",
    "problems": "times",
    "problem_days": "days",
    "no_shows": "times",
    "cancellations": "times",
    "contacts": "times",
}
#: Of fewer clients nothing is said in a title.
FEWEST = 5
_YEAR_DAYS = 365


def band_worth(portfolio: Portfolio) -> pd.DataFrame:
    """A row per measure (those the export can tell) and band: measure, unit, band, clients, total, each, low, high.

    each: the mean per client (of those with a known value), with its interval; total: the sum. revenue, visits,
    contacts, discounts, refunds (money given back), problems, no_shows, cancellations: of the last twelve months.
    problem_days: days of them with a problem open. unpaid: bills due before today and not paid. ticket: expected per
    visit. returns: share who came within the horizon after a past day on which they stood in the band
    (`affection_past`). discounted: share of clients with a discount. discount_share: the part of what the band's visits
    would have cost without them, a figure of the band and not of its clients, so without an interval.
    """
    values = _values(portfolio)
    stands = portfolio.clients["band"].to_numpy()
    rows = []
    for measure, unit in UNITS.items():
        if measure == "returns":
            rows += _returns(portfolio)
        elif measure == "discount_share":
            rows += _discount_shares(values, stands)
        elif measure in values:
            rows += [_row(measure, unit, band, values[measure][stands == band]) for band in BANDS]
    columns = ["measure", "unit", "band", "clients", "total", "each", "low", "high"]
    return pd.DataFrame(rows, columns=columns)


@dataclass(frozen=True)
class Worth:
    """What to say of `band_worth`: `costs` (conflicts beside the loved), `worth` (the loved beside the ignored).

    `few` where no two groups are large enough. revenue, visits, problem_days are per client and year, NaN where
    unknown; `other_*` of the loved (costs) or of the ignored (worth).
    """

    code: Literal["costs", "worth", "few"]
    revenue: float = math.nan
    visits: float = math.nan
    problem_days: float = math.nan
    other_revenue: float = math.nan
    other_visits: float = math.nan
    other_problem_days: float = math.nan


def worth(table: pd.DataFrame) -> Worth:
    """The finding of the table."""
    visits = table[table["measure"] == "visits"].set_index("band")["clients"]
    if min(visits["hated"], visits["loved"]) >= FEWEST:
        return Worth("costs", *_figures(table, "hated"), *_figures(table, "loved"))
    if min(visits["loved"], visits["ignored"]) >= FEWEST:
        return Worth("worth", *_figures(table, "loved"), *_figures(table, "ignored"))
    return Worth("few")


def _figures(table: pd.DataFrame, band: str) -> tuple[float, float, float]:
    each = table[table["band"] == band].set_index("measure")["each"]
    found = (float(each.get(measure, math.nan)) for measure in ("revenue", "visits", "problem_days"))
    revenue, visits, days = found
    return revenue, visits, days


def _values(portfolio: Portfolio) -> dict[Measure, Array]:
    """Each client's value of every measure that the export can tell, in the order of `portfolio.clients`."""
    clients, records = portfolio.clients, portfolio.records
    today = pd.Timestamp(portfolio.as_of)
    since = today - pd.Timedelta(days=_YEAR_DAYS)
    found: dict[Measure, Array] = {"visits": clients["visits_12m"].to_numpy(dtype=float)}
    if portfolio.has_amounts:
        found["revenue"] = clients["revenue_12m"].to_numpy(dtype=float)
        found["ticket"] = clients["ticket"].to_numpy(dtype=float)

    def per_client(rows: pd.DataFrame, value: pd.Series | None = None) -> Array:
        amounts = pd.Series(1.0, index=rows.index) if value is None else value
        sums = amounts.groupby(rows["client_id"]).sum()
        return np.asarray(sums.reindex(clients["client_id"]).fillna(0.0), dtype=np.float64)

    if has(portfolio, "sales.discount"):
        given = records.discounts[records.discounts["date"] > since]
        found["discounts"] = per_client(given, given["discount"])
        found["discounted"] = (found["discounts"] > 0).astype(np.float64)
    lines = records.appointments
    lines = lines[(lines["date"] > since) & (lines["date"] <= today)]
    if has(portfolio, "sales.status") or len(records.appointments):
        refunds = lines[lines["status"] == "refund"]
        if portfolio.has_amounts:
            found["refunds"] = per_client(refunds, refunds["amount"].abs().fillna(0.0))
        found["no_shows"] = per_client(lines[lines["status"] == "no_show"])
        found["cancellations"] = per_client(lines[lines["status"] == "cancelled"])
    if has(portfolio, "problems.opened") or len(records.problems):
        problems = records.problems
        found["problems"] = per_client(problems[problems["opened"] > since])
        found["problem_days"] = per_client(problems, _days_open(problems, since, today))
    if has(portfolio, "payments.due"):
        bills = records.payments
        owed = bills[(bills["due"] < today) & bills["paid"].isna()]
        found["unpaid"] = per_client(owed, owed["amount"].fillna(0.0))
    if has(portfolio, "contacts.date") or len(records.contacts):
        found["contacts"] = per_client(records.contacts[records.contacts["date"] > since])
    return found


def _days_open(problems: pd.DataFrame, since: pd.Timestamp, today: pd.Timestamp) -> pd.Series:
    """Days of the year with each problem open. One closed on a day nobody wrote down counts its first day alone."""
    unknown = problems["closed"].isna() & problems["state"].ne("open")
    end = problems["closed"].where(~unknown, problems["opened"]).fillna(today)
    start = problems["opened"].mask(problems["opened"] < since, since)
    days: pd.Series = (end - start).dt.days.clip(lower=0).astype(float)
    return days


def _row(measure: Measure, unit: Unit, band: str, values: Array) -> tuple[object, ...]:
    known = values[~np.isnan(values)]
    n, total = len(known), float(known.sum())
    each = total / n if n else math.nan
    if unit == "share":
        low, high = (float(end) for end in of_share(total, n))
    else:
        half = half_of_mean(known)
        low, high = max(each - half, 0.0), each + half
    return measure, unit, band, n, total, each, low, high


def _discount_shares(
    values: Mapping[Measure, Array], stands: npt.NDArray[np.object_]
) -> list[tuple[object, ...]]:
    """What discounts took off each band's visits, of what they and the revenue come to together."""
    if not {"discounts", "revenue"} <= set(values):
        return []
    rows: list[tuple[object, ...]] = []
    for band in BANDS:
        off, paid = (float(np.nansum(values[name][stands == band])) for name in ("discounts", "revenue"))
        share = off / (off + paid) if off + paid > 0 else math.nan
        clients = int((stands == band).sum())
        rows.append(("discount_share", "share", band, clients, math.nan, share, math.nan, math.nan))
    return rows


def _returns(portfolio: Portfolio) -> list[tuple[object, ...]]:
    past = portfolio.affection_past.by_band
    if not past["windows"].sum():
        return []
    return [
        (
            "returns",
            "share",
            row["band"],
            int(row["windows"]),
            math.nan,
            *(float(row[name]) for name in ("returned_share", "share_low", "share_high")),
        )
        for row in past.to_dict("records")
    ]
