"""The tables under the charts: sums over frames of the Portfolio, small enough to draw and to read.

Every figure a page shows is a row here first, where it can be checked without a screen.
"""

from __future__ import annotations

import datetime as dt
import math
from collections.abc import Collection
from typing import Literal

import numpy as np
import pandas as pd
from scipy.stats import norm

from analysis.schema import BANDS, STATES

Lens = Literal["own", "service"]
Measure = Literal["lost_revenue", "lost_visits"]

#: What a histogram of gaps draws: this share of them, and no more than this many upper quartiles.
_DRAWN_GAPS, _DRAWN_QUARTILES = 0.98, 3.5
#: Classes of affection with fewer clients than this are joined to their neighbour: three of four is no rate.
FEWEST_PER_CLASS = 12
#: Below and above these scores clients hardly differ in how they return: one class each.
_LOWEST_CLASS, _HIGHEST_CLASS = 4.5, 8.5
_INTERVAL_SHARE = 0.8
_DAYS_A_YEAR = 365.25


def year_months(as_of: dt.date) -> pd.DatetimeIndex:
    """First days of the months that the twelve months up to `as_of` touch.

    Twelve where `as_of` ends a month, else thirteen of which the first and the last are parts.
    """
    end = pd.Timestamp(as_of)
    start = end - pd.DateOffset(years=1) + pd.Timedelta(days=1)
    return pd.period_range(start, end, freq="M").to_timestamp().as_unit("s")


def loss_by_month(
    losses: pd.DataFrame, months: pd.DatetimeIndex, lens: Lens, measure: Measure
) -> pd.DataFrame:
    """Per month of `months`: late, gone in the lens, and `other`: late and gone together in the other lens."""
    table = (
        losses.pivot_table(
            index="month", columns=["lens", "kind"], values=measure, aggfunc="sum", observed=True
        )
        .reindex(months)
        .fillna(0.0)
    )

    def column(of_lens: str, kind: str) -> pd.Series:
        key = (of_lens, kind)
        return table[key] if key in table.columns else pd.Series(0.0, index=months)

    rest = "service" if lens == "own" else "own"
    return pd.DataFrame(
        {
            "month": months,
            "late": column(lens, "late").to_numpy(),
            "gone": column(lens, "gone").to_numpy(),
            "other": (column(rest, "late") + column(rest, "gone")).to_numpy(),
        }
    )


def loss_by(losses: pd.DataFrame, column: str, measure: Measure) -> pd.DataFrame:
    """Per value of `column`: late, gone and total of losses in one lens, the greatest total first."""
    kinds = losses[[column]].assign(
        late=losses[measure].where(losses["kind"] == "late", 0.0),
        gone=losses[measure].where(losses["kind"] == "gone", 0.0),
    )
    table = kinds.groupby(column, observed=True, as_index=False)[["late", "gone"]].sum()
    table["total"] = table["late"] + table["gone"]
    return table[table["total"] > 0].sort_values(
        ["total", column], ascending=[False, True], ignore_index=True
    )


def loss_by_band(losses: pd.DataFrame, clients: pd.DataFrame, measure: Measure) -> pd.DataFrame:
    """As `loss_by`, by the band of each client; column `band`."""
    bands = clients.set_index("client_id")["band"]
    return loss_by(losses.assign(band=losses["client_id"].map(bands)), "band", measure)


def loss_by_service_and_month(
    losses: pd.DataFrame, months: pd.DatetimeIndex, measure: Measure, most: int = 8
) -> pd.DataFrame:
    """A column of monthly losses per service (the `most` that lose most, greatest first), a row per month."""
    table = losses.pivot_table(index="month", columns="service", values=measure, aggfunc="sum", observed=True)
    table = table.reindex(months).fillna(0.0)
    order = table.sum().sort_values(ascending=False, kind="stable")
    return table[order[order > 0].index[:most]]


def gap_bins(counts: pd.DataFrame, most: int = 22) -> pd.DataFrame:
    """Histogram of gaps: low (exclusive), high (inclusive; days), gaps, density (share of all gaps per day).

    `counts` has days and gaps (how many of that length). At most `most` classes, whole days wide so that none holds
    more days than another. The tail (the last 2% of the gaps, or beyond 3.5 upper quartiles) counts in the shares
    but is not drawn, for it would leave the others no room.
    """
    if counts.empty:
        return pd.DataFrame({"low": [], "high": [], "gaps": [], "density": []})
    days = counts["days"].to_numpy()
    how_many = counts["gaps"].to_numpy()
    end = max(min(gap_quantile(counts, _DRAWN_GAPS), _DRAWN_QUARTILES * gap_quantile(counts, 0.75)), 2)
    width = math.ceil(end / most)
    edges = np.arange(0, math.ceil(end / width) * width + 1, width)
    # -0.5: a gap on an edge belongs to the class it closes.
    drawn, _ = np.histogram(days - 0.5, edges, weights=how_many)
    return pd.DataFrame(
        {
            "low": edges[:-1],
            "high": edges[1:],
            "gaps": drawn.astype("int64"),
            "density": drawn / (how_many.sum() * width),
        }
    )


def gap_quantile(counts: pd.DataFrame, share: float) -> float:
    """The least length (days) that at least `share` of the gaps do not exceed. `counts` as for `gap_bins`."""
    ordered = counts.sort_values("days")
    running = ordered["gaps"].cumsum().to_numpy()
    place = int(np.searchsorted(running, share * running[-1] - 1e-9))
    return float(ordered["days"].to_numpy()[place])


def service_rhythms(services: pd.DataFrame, fits: pd.DataFrame) -> pd.DataFrame:
    """Repeating services (schema.SERVICES) with `usual_days`: the median of the fitted gap density of their visits.

    `services.interval_days` is a median over clients, who may have come once: what a histogram of gaps shows is this.
    """
    named = fits[fits["service"] != ""].sort_values(["service", "days"])
    mass = named.groupby("service")["density"].transform("sum")
    upper = named[named.groupby("service")["density"].cumsum() >= mass / 2]
    usual = upper.groupby("service")["days"].first()
    repeating = services[services["repeats"].astype(bool)]
    return repeating.assign(usual_days=repeating["service"].map(usual).astype(float))


def yearly_value(clients: pd.DataFrame, *, money: bool) -> pd.DataFrame:
    """Clients with a `value` to draw: money a year, or visits a year at their own rhythm without amounts.

    Clients worth nothing a year (or of unknown rhythm) have no place on a log scale and are left out.
    """
    value = clients["annual_value"] if money else _DAYS_A_YEAR / clients["interval_days"]
    placed = clients.assign(value=value.astype(float))
    return placed[placed["value"].gt(0) & placed["affection"].notna()]


def band_summary(clients: pd.DataFrame, returns: pd.DataFrame) -> pd.DataFrame:
    """Per band: clients, annual_value (sum), each (mean), returned_share (NaN where nothing is known yet).

    `returns` is `returns_by_band`'s table.
    """
    table = clients.groupby("band")["annual_value"].agg(clients="size", annual_value="sum", each="mean")
    table = table.reindex(list(BANDS))
    table["clients"] = table["clients"].fillna(0).astype("int64")
    table["annual_value"] = table["annual_value"].fillna(0.0)
    table["returned_share"] = returns.set_index("band")["returned_share"]
    return table.reset_index()


def band_moves(movement: pd.DataFrame, earlier: pd.Timestamp, later: pd.Timestamp) -> pd.DataFrame:
    """Clients known at both month ends by band before and after: nine rows, `clients` 0 where nobody moved."""
    before = movement.loc[movement["month_end"] == earlier].set_index("client_id")["band"]
    after = movement.loc[movement["month_end"] == later].set_index("client_id")["band"]
    both = pd.DataFrame({"before": before, "after": after}).dropna()
    grid = pd.MultiIndex.from_product([BANDS, BANDS], names=["before", "after"])
    counts = both.groupby(["before", "after"]).size().reindex(grid, fill_value=0)
    return counts.rename("clients").reset_index()


def movement_dates(movement: pd.DataFrame, months_back: int) -> tuple[pd.Timestamp, pd.Timestamp] | None:
    """The month ends to compare: the last one and the one `months_back` before; None if history is shorter."""
    ends = sorted(movement["month_end"].unique())
    if len(ends) <= months_back:
        return None
    return pd.Timestamp(ends[-1 - months_back]), pd.Timestamp(ends[-1])


def returned(movement: pd.DataFrame, visits: pd.DataFrame, as_of: dt.date, horizon_days: int) -> pd.DataFrame:
    """Rows of `movement` with `returned`: whether that client came within the horizon after that month end.

    Only month ends whose horizon had passed by `as_of`, a horizon apart or more so that no visit answers twice.
    """
    horizon = pd.Timedelta(days=horizon_days)
    cutoffs: list[pd.Timestamp] = []
    for end in sorted(movement["month_end"].unique(), reverse=True):
        if end + horizon <= pd.Timestamp(as_of) and (not cutoffs or end + horizon <= cutoffs[-1]):
            cutoffs.append(end)
    rows = movement[movement["month_end"].isin(cutoffs)].copy()
    rows["returned"] = False
    for cutoff in cutoffs:
        came = visits.loc[
            visits["date"].gt(cutoff) & visits["date"].le(cutoff + horizon), "client_id"
        ].unique()
        at = rows["month_end"] == cutoff
        rows.loc[at, "returned"] = rows.loc[at, "client_id"].isin(came)
    return rows


def returns_by_band(past: pd.DataFrame, clients: Collection[str] | None = None) -> pd.DataFrame:
    """Per band: clients (client-windows of `returned`'s table) and returned_share; of some clients or of all."""
    chosen = past if clients is None else past[past["client_id"].isin(clients)]
    table = chosen.groupby("band")["returned"].agg(clients="size", returned_share="mean").reindex(list(BANDS))
    table["clients"] = table["clients"].fillna(0).astype("int64")
    return table.reset_index()


def returns_by_affection(past: pd.DataFrame, fewest: int = FEWEST_PER_CLASS) -> pd.DataFrame:
    """Per half point of affection: low, high, clients, returned_share and its 80% Wilson interval.

    One class below 4.5 and one from 8.5 up; classes with fewer than `fewest` clients are joined to the next one above,
    the last to the one below.
    """
    edges = np.array([0.0, *np.arange(_LOWEST_CLASS, _HIGHEST_CLASS + 0.5, 0.5), 10.0])
    place = np.clip(np.searchsorted(edges, past["affection"].to_numpy(), side="right") - 1, 0, len(edges) - 2)
    counts = np.bincount(place, minlength=len(edges) - 1)
    came = np.bincount(place, weights=past["returned"].to_numpy(dtype=float), minlength=len(edges) - 1)
    classes: list[tuple[float, float, int, float]] = []
    low, size, back = 0.0, 0, 0.0
    for high, here, returned_here in zip(edges[1:], counts, came, strict=True):
        size, back = size + int(here), back + float(returned_here)
        if size >= fewest:
            classes.append((low, float(high), size, back))
            low, size, back = float(high), 0, 0.0
    if size and classes:
        start, _, before, returned_before = classes.pop()
        classes.append((start, 10.0, before + size, returned_before + back))
    elif classes:
        classes[-1] = (classes[-1][0], 10.0, *classes[-1][2:])
    table = pd.DataFrame(classes, columns=["low", "high", "clients", "back"])
    low_share, high_share = wilson(table["back"].to_numpy(), table["clients"].to_numpy())
    return table.assign(
        returned_share=table["back"] / table["clients"], share_low=low_share, share_high=high_share
    ).drop(columns="back")


def wilson(
    successes: np.ndarray, trials: np.ndarray, share: float = _INTERVAL_SHARE
) -> tuple[np.ndarray, np.ndarray]:
    """Interval of a proportion (Wilson 1927), sensible at 0 and 1 and for few trials."""
    z = float(norm.ppf(0.5 + share / 2))
    observed = successes / trials
    centre = (observed + z * z / (2 * trials)) / (1 + z * z / trials)
    half = z * np.sqrt(observed * (1 - observed) / trials + z * z / (4 * trials**2)) / (1 + z * z / trials)
    return np.clip(centre - half, 0, 1), np.clip(centre + half, 0, 1)


def out_of_rhythm(clients: pd.DataFrame, most: int = 8, fewest_visits: int = 4) -> pd.DataFrame:
    """Late clients with a rhythm of their own, those furthest beyond it first, with the window they were due in.

    Adds due_low and due_high (dates): last visit plus the 10% and 90% quantiles of their gaps.
    """
    late = clients[
        clients["state"].eq("late")
        & clients["interval_source"].eq("own")
        & clients["visits"].ge(fewest_visits)
    ]
    beyond = (late["recency_days"] / late["interval_high"]).sort_values(ascending=False, kind="stable")
    chosen = late.loc[beyond.index[:most]]
    return chosen.assign(
        due_low=chosen["last_visit"] + pd.to_timedelta(chosen["interval_low"].round(), unit="D"),
        due_high=chosen["last_visit"] + pd.to_timedelta(chosen["interval_high"].round(), unit="D"),
    )


def shown_since(lines: pd.DataFrame, visits: pd.DataFrame, as_of: dt.date) -> dt.date:
    """Where the time lines of `out_of_rhythm`'s clients begin: the longest wait and three visits before it.

    Between half a year and four years back, and not before the first visit of the export.
    """
    reach = float((lines["recency_days"] + 3.5 * lines["interval_days"]).max())
    since = pd.Timestamp(as_of) - pd.Timedelta(days=min(max(reach, 183), 4 * 366))
    return max(since, pd.Timestamp(visits["date"].min()) - pd.Timedelta(days=7)).date()


def state_shares(clients: pd.DataFrame) -> pd.Series:
    """Share of the clients in each state that occurs, in the order of `schema.STATES`."""
    shares = clients["state"].value_counts(normalize=True)
    return shares.reindex([state for state in STATES if state in shares.index])
