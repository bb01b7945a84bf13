"""Lost visits by the own lens against the truth of generated shops: `python -m benchmarks.lost_revenue`.

Each shop is analysed twice, with late episodes in its last year and without them: what is found of the first is
compared with the visits that really did not come, and whatever is found in the second is a false loss.
"""

from __future__ import annotations

import argparse
import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import product

import numpy as np
import pandas as pd

from analysis.book import TABLES, Book
from analysis.portfolio import analyse
from analysis.settings import Settings
from benchmarks.shops import Shop, shop
from benchmarks.tables import figure, share, table
from benchmarks.ticking import DAYS_A_YEAR, Plan

REGULARITIES = (8.0, 4.0, 2.5, 1.5)
LATE_SHARE = 0.3
#: How the pace of a shop's clients behaves besides: what is not named here is as in `Plan`.
PACES: Mapping[str, Mapping[str, float | bool]] = {
    "steady": {},
    "closed in August": {"closed_august": True},
    "drifting": {"drift": 0.15},
    "clients leave": {"dropout": 0.03},
}
HEADERS = (
    "k",
    "pace",
    "shops",
    "named",
    "made",
    "lost",
    "found",
    "gone",
    "found gone",
    "error",
    "false loss",
    "of calm clients",
)
#: After two years of a visit every 30 days: a year at another rhythm, and the visits that this loses of twelve.
LATE_RHYTHMS = {30: 0.0, 45: 4.0, 60: 6.0}


@dataclass(frozen=True)
class Judged:
    """One shop's last year: visits made, lost and found; NaN where the own lens names no loss in such a shop."""

    made: float
    lost: float
    found: float
    gone: float
    found_gone: float
    false: float  # found in the same shop without its episodes, where nobody who stayed lost a visit
    made_without: float
    false_calm: float  # found with the clients who lost no visit, in the shop where others did
    made_calm: float


def main(arguments: Sequence[str] | None = None) -> None:
    """Prints both tables."""
    options = _parser().parse_args(arguments)
    print(losses_table(options.k, options.paces, options.clients, range(1, options.shops + 1)))
    print()
    print(rhythms_table())


def losses_table(
    regularities: Sequence[float], paces: Sequence[str], clients: int, seeds: Sequence[int]
) -> str:
    """A row for each kind of shop, the shops of all seeds together."""
    rows = []
    for k, pace in product(regularities, paces):
        plan = Plan(clients=clients, k=k, **PACES[pace])  # type: ignore[arg-type]
        rows.append([figure(k, 1), pace, *_row([judge(replace(plan, seed=seed)) for seed in seeds])])
    return table(HEADERS, rows)


def judge(plan: Plan) -> Judged:
    """What the analysis finds in a shop of that plan with late episodes and without them, beside the truth."""
    late = shop(replace(plan, late_share=LATE_SHARE))
    calm = shop(replace(plan, late_share=0.0))
    year_ago = late.today - DAYS_A_YEAR
    lost, gone = late.lost(year_ago, late.today)
    made = late.visits(year_ago, late.today)
    calm_clients = (lost == 0) & (gone == 0)
    found, false = _found(late), _found(calm)
    return Judged(
        made=float(made.sum()),
        lost=float(lost.sum()),
        found=found["late"].sum(skipna=False),
        gone=float(gone.sum()),
        found_gone=found["gone"].sum(skipna=False),
        false=false["late"].sum(skipna=False),
        made_without=float(calm.visits(year_ago, calm.today).sum()),
        false_calm=found["late"][calm_clients].sum(skipna=False),
        made_calm=float(made[calm_clients].sum()),
    )


def _found(of: Shop) -> pd.DataFrame:
    """Visits lost by the own lens of each client, late and gone; NaN where no loss can be named."""
    seen = analyse(of.book, Settings(as_of=of.as_of))
    nothing = 0.0 if seen.totals.own_lens_published else float("nan")
    own = seen.losses[seen.losses["lens"] == "own"]
    by_client = own.pivot_table("lost_visits", "client_id", "kind", aggfunc="sum")
    return by_client.reindex(index=of.client_id, columns=["late", "gone"]).fillna(nothing)


def _row(judged: Sequence[Judged]) -> list[str]:
    """Sums over the shops in which both twins have a figure."""
    named = [one for one in judged if np.isfinite(one.found) and np.isfinite(one.false)]
    total = {name: sum(getattr(one, name) for one in named) for name in Judged.__dataclass_fields__}
    if not named:
        return [str(len(judged)), "0", *["–"] * (len(HEADERS) - 4)]
    error = (total["found"] + total["found_gone"]) / (total["lost"] + total["gone"]) - 1
    return [
        str(len(judged)),
        str(len(named)),
        *(figure(total[name], 0) for name in ("made", "lost", "found", "gone", "found_gone")),
        share(error, signed=True),
        share(total["false"] / total["made_without"]),
        share(total["false_calm"] / total["made_calm"]),
    ]


def rhythms_table() -> str:
    """Twelve visits a year, one every month and a half, every two months: what the own lens says is lost."""
    rows = []
    for days, truth in LATE_RHYTHMS.items():
        alone, among = (analyse(_slowing(days, others)).totals.lost_visits_12m for others in (0, 40))
        rows.append([f"every {days} days", figure(truth), figure(alone), figure(among)])
    return table(("a year after two monthly ones", "lost", "found, alone", "found, among 40"), rows)


def _slowing(days: int, others: int) -> Book:
    """A client monthly for two years and every `days` days for one, among others who stay monthly."""
    slowing = [*range(0, 721, 30), *range(720 + days, 1081, days)]
    visits = [("late", day) for day in slowing]
    visits += [(f"c{number}", day) for number in range(others) for day in range(number % 30, 1081, 30)]
    first = pd.Timestamp(dt.date(2021, 1, 1))
    sales = pd.DataFrame(
        {
            "client_id": [client for client, _ in visits],
            "date": [first + pd.Timedelta(days=day) for _, day in visits],
            "status": "completed",
        }
    )
    sales = sales.reindex(columns=list(TABLES["sales"])).astype(dict(TABLES["sales"]))
    return Book(tables={"sales": sales}, known={"sales": frozenset({"client_id", "date"})})


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m benchmarks.lost_revenue", description=__doc__)
    parser.add_argument("--k", type=float, nargs="+", default=REGULARITIES, help="regularities of the gaps")
    parser.add_argument("--paces", nargs="+", choices=list(PACES), default=list(PACES), help="kinds of shop")
    parser.add_argument("--clients", type=int, default=400, help="of each shop")
    parser.add_argument("--shops", type=int, default=3, help="of each kind, each with a seed of its own")
    return parser


if __name__ == "__main__":
    main()
