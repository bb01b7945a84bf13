"""Every day on which a client could have been taken for lost, whatever came of it, and who could have been."""

from __future__ import annotations

from typing import Literal

import numpy as np
import pandas as pd

from analysis.arrays import Array, as_dates, as_days
from analysis.portfolio import Portfolio
from analysis.practices.needs import has
from analysis.practices.red_line.weeks import mondays, week_of

#: What a loss can be seen by: appointments and goodbyes, or silence alone.
Basis = Literal["notices", "lapses"]

_ACTIVE_WEEKS = 26
_NOTICES = ("cancelled", "no_show")


def basis_of(portfolio: Portfolio) -> Basis:
    """Appointments where the export tells what became of them."""
    return "notices" if has(portfolio, "sales.status") or has(portfolio, "clients.left") else "lapses"


def loss_events(portfolio: Portfolio, basis: Basis) -> pd.DataFrame:
    """client_id, kind, day, and `over`: the day it turned out to be no loss, infinity so far (days since 1970)."""
    return _notices(portfolio) if basis == "notices" else _lapses(portfolio)


def _notices(portfolio: Portfolio) -> pd.DataFrame:
    """Every goodbye, cancellation and no-show: client_id, kind, day, and the day on which it was over.

    It is over with the client's next visit, or their next cancellation (they had booked again) or goodbye.
    """
    records = portfolio.records
    missed = records.appointments.loc[records.appointments["status"].isin(_NOTICES)]
    left = records.left
    rows = pd.DataFrame(
        {
            "client_id": [*missed["client_id"], *left.index],
            "day": np.concatenate([as_days(missed["date"]), as_days(left)]),
            "kind": [*missed["status"], *["goodbye"] * len(left)],
        }
    )
    rows["rank"] = rows["kind"].eq("goodbye")
    rows = rows.sort_values(["client_id", "day", "rank"]).drop_duplicates(["client_id", "day"], keep="last")
    following = rows.groupby("client_id")["day"].shift(-1).fillna(np.inf)
    over = np.minimum(following.to_numpy(), _next_visits(portfolio, rows))
    # Who comes on the day of a cancelled appointment has moved it to another hour.
    return rows.assign(over=over)[["client_id", "kind", "day", "over"]].reset_index(drop=True)


def _lapses(portfolio: Portfolio) -> pd.DataFrame:
    """Every silence that outgrew the client's limit, also of those who came again."""
    visits = portfolio.visits[["client_id", "date"]].drop_duplicates().sort_values(["client_id", "date"])
    limit = portfolio.clients.set_index("client_id")["gone_after_days"]
    came = as_days(visits["date"])
    day = came + np.ceil(visits["client_id"].map(limit).to_numpy(dtype=float))
    over = (
        pd.Series(came, index=visits.index).groupby(visits["client_id"]).shift(-1).fillna(np.inf).to_numpy()
    )
    rows = pd.DataFrame({"client_id": visits["client_id"], "kind": "lapsed", "day": day, "over": over})
    today = as_days(np.datetime64(portfolio.as_of))
    return rows.loc[(rows["day"] <= today) & (rows["day"] < rows["over"])].reset_index(drop=True)


def _next_visits(portfolio: Portfolio, rows: pd.DataFrame) -> Array:
    """The day of the client's first visit on or after each row's day, infinity where none came."""
    code = {client_id: number for number, client_id in enumerate(portfolio.clients["client_id"])}
    span = 1e6  # days: more than any calendar's, so that client and day make one number
    visits = np.sort(
        portfolio.visits["client_id"].map(code).to_numpy(dtype=float) * span
        + as_days(portfolio.visits["date"])
    )
    client = rows["client_id"].map(code).to_numpy(dtype=float)
    place = np.searchsorted(visits, client * span + rows["day"].to_numpy())
    found = np.append(visits, np.inf)[place]
    return np.where(found < (client + 1) * span, found - client * span, np.inf)


def at_risk(portfolio: Portfolio, basis: Basis, today: int) -> tuple[int, Array]:
    """The first whole week in which somebody could have been lost, and the exposure of each week from there on."""
    opened = week_of(as_days(np.array([portfolio.visits["date"].min()], dtype="datetime64[s]")))
    number = int(week_of(np.array([today]))[0] - opened[0])
    if basis == "notices":
        return int(opened[0]) + 1, _active(portfolio, int(opened[0]) + 1, number)
    visits = portfolio.visits[["client_id", "date"]].drop_duplicates()
    limit = portfolio.clients.set_index("client_id")["gone_after_days"]
    ends = week_of(as_days(visits["date"]) + np.ceil(visits["client_id"].map(limit).to_numpy(dtype=float)))
    first = int(ends.min()) + 1
    weeks = max(int(opened[0]) + number - first + 1, 0)
    inside = (ends >= first) & (ends < first + weeks)
    return first, np.bincount(ends[inside] - first, minlength=weeks).astype(float)


def _active(portfolio: Portfolio, first: int, number: int) -> Array:
    """Clients who came within the half year up to each week, times the season's factor: (number,)."""
    visits = portfolio.visits
    client, ids = pd.factorize(visits["client_id"])
    place = week_of(as_days(visits["date"])) - (first - _ACTIVE_WEEKS)
    came = np.zeros((len(ids), _ACTIVE_WEEKS + number), dtype=np.int32)
    inside = (place >= 0) & (place < came.shape[1])
    came[client[inside], place[inside]] = 1
    total = np.cumsum(came, axis=1)
    active = ((total[:, _ACTIVE_WEEKS:] - total[:, :-_ACTIVE_WEEKS]) > 0).sum(axis=0)
    factor = portfolio.year.months.set_index("month")["factor"]
    middle = pd.DatetimeIndex(as_dates(mondays(first, number) + 3))
    return np.asarray(active * factor.reindex(middle.month).to_numpy(dtype=float))
