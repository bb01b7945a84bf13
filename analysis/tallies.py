"""The tables under the charts: sums over frames of the Portfolio, small enough to draw and to read.

Every figure a page shows is a row here first, where it can be checked without a screen.
"""

from __future__ import annotations

import datetime as dt
import math
from typing import Literal

import numpy as np
import pandas as pd

from analysis.schema import BANDS, STATES

Lens = Literal["own", "service"]
Measure = Literal["lost_revenue", "lost_visits"]

#: What a histogram of gaps draws: this share of them, and no more than this many upper quartiles.
_DRAWN_GAPS, _DRAWN_QUARTILES = 0.98, 3.5
_DAYS_A_YEAR = 365.25
_MONTHS = 12
_DAYS_A_MONTH = _DAYS_A_YEAR / _MONTHS


def year_months(as_of: dt.date) -> pd.DatetimeIndex:
    """First days of the months that the twelve months up to `as_of` touch.

    Twelve where `as_of` ends a month, else thirteen of which the first and the last are parts.
    """
    end = pd.Timestamp(as_of)
    start = end - pd.DateOffset(years=1) + pd.Timedelta(days=1)
    return pd.period_range(start, end, freq="M").to_timestamp().as_unit("s")


def covered_months(first: dt.date, as_of: dt.date) -> int:
    """How many of the last twelve months the history from `first` on covers, to the nearest month; at least one."""
    return min(_MONTHS, max(1, round((as_of - first).days / _DAYS_A_MONTH)))


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


def month_corrections(published: pd.DataFrame, losses: pd.DataFrame, measure: Measure) -> pd.DataFrame:
    """Per closed month of `schema.PUBLISHED_LOSSES`: month, then (as it closed), now and change, by the own lens."""
    own = losses[losses["lens"] == "own"]
    now = own.groupby("month")[measure].sum().reindex(published["month"]).fillna(0.0).to_numpy()
    then = published[measure].to_numpy(dtype=float)
    return pd.DataFrame({"month": published["month"], "then": then, "now": now, "change": now - then})


def reachable_loss(losses: pd.DataFrame, clients: pd.DataFrame, measure: Measure) -> dict[str, float]:
    """Loss of each kind (late, gone) times how probably each client still is one: what an answer could win back."""
    p_alive = clients.set_index("client_id")["p_alive"]
    reached = losses[measure] * losses["client_id"].map(p_alive).astype(float)
    return {kind: float(reached[losses["kind"] == kind].sum()) for kind in ("late", "gone")}


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

    `returns` is the table of `analysis.returns.by_band`.
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


def out_of_rhythm(clients: pd.DataFrame, most: int = 8, fewest_visits: int = 4) -> pd.DataFrame:
    """Late clients with a rhythm of their own, those furthest beyond it first, with the window they were due in.

    Adds due_low and due_high (dates): from when on they were expected, and after which they are late.
    """
    late = clients[
        clients["state"].eq("late")
        & clients["interval_source"].eq("own")
        & clients["visits"].ge(fewest_visits)
    ]
    beyond = (late["recency_days"] / late["late_after_days"]).sort_values(ascending=False, kind="stable")
    chosen = late.loc[beyond.index[:most]]
    return chosen.assign(
        due_low=chosen["last_visit"] + pd.to_timedelta(chosen["due_after_days"].round(), unit="D"),
        due_high=chosen["last_visit"] + pd.to_timedelta(chosen["late_after_days"].round(), unit="D"),
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
