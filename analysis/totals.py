"""The figures the overview opens with."""

from __future__ import annotations

from dataclasses import dataclass

import pandas as pd

from analysis.losses.lenses import year_windows
from analysis.losses.ranges import loss_range
from analysis.visits import Visits


@dataclass(frozen=True)
class Totals:
    """Money is None where the export has no amounts."""

    clients: int
    active_clients: int
    walk_in_lines: int
    on_time_share: float  # of clients on_time, due or late: those not late; NaN if nobody can be judged
    late_clients: int
    lost_visits_12m: float  # own lens, kind late
    lost_revenue_12m: float | None
    gone_visits_12m: float  # own lens, kind gone
    gone_revenue_12m: float | None
    # 80% range of late and gone together; a floor, for what cannot be shown is left out
    lost_visits_12m_low: float
    lost_visits_12m_high: float
    lost_revenue_12m_low: float | None
    lost_revenue_12m_high: float | None
    lost_revenue_previous_12m: float | None  # own lens, kind late, twelve months earlier; None if not covered
    value_at_stake: float | None  # over the flagged
    mean_affection: float
    own_lens_published: bool  # False where visits are too irregular to name a loss (`own_lens_why` says why)
    own_lens_why: str


def total(
    people: pd.DataFrame,
    losses: pd.DataFrame,
    year_before: pd.DataFrame,
    seen: Visits,
    own_lens: tuple[bool, str],
    *,
    has_money: bool,
) -> Totals:
    """Adds up the whole client table, `people`, and what was lost.

    `losses`: schema.LOSSES of the last twelve months; `year_before`: the own lens in the twelve before; `own_lens`:
    whether a loss of clients' own can be named, and why not; `has_money`: whether visits have an amount, or are given
    one.
    """
    judged = people["state"].isin(["on_time", "due", "late"])
    late = people["state"] == "late"
    own = losses[losses["lens"] == "own"]
    published, why = own_lens
    covered = int(seen.table["day"].min()) <= year_windows(seen)[1].start
    flagged = people["flagged"]

    def visits_of(kind: str) -> float:
        return float(own.loc[own["kind"] == kind, "lost_visits"].sum())

    def money(amount: float) -> float | None:
        return float(amount) if has_money else None

    visits, revenue = loss_range(own, "lost_visits"), loss_range(own, "lost_revenue")

    def money_of(rows: pd.DataFrame, kind: str) -> float | None:
        return money(rows.loc[rows["kind"] == kind, "lost_revenue"].sum())

    return Totals(
        clients=len(people),
        active_clients=int(people["active"].sum()),
        walk_in_lines=seen.walk_in_lines,
        on_time_share=float(1 - (late & judged).sum() / judged.sum()) if judged.any() else float("nan"),
        late_clients=int(late.sum()),
        lost_visits_12m=visits_of("late"),
        lost_revenue_12m=money_of(own, "late"),
        gone_visits_12m=visits_of("gone"),
        gone_revenue_12m=money_of(own, "gone"),
        lost_visits_12m_low=visits.low,
        lost_visits_12m_high=visits.high,
        lost_revenue_12m_low=money(revenue.low),
        lost_revenue_12m_high=money(revenue.high),
        lost_revenue_previous_12m=money_of(year_before, "late") if covered and published else None,
        value_at_stake=money(people.loc[flagged, "value_at_stake"].sum()),
        mean_affection=float(people["affection"].mean()),
        own_lens_published=published,
        own_lens_why=why,
    )
