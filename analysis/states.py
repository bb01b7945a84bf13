"""Where each client stands: on time, due, late, gone... and why, as reasons and a suggested action."""

from __future__ import annotations

import datetime as dt

import numpy as np
import numpy.typing as npt
import pandas as pd

from analysis.alarm import GONE_BELOW
from analysis.reasons import ActionCode, Reason
from analysis.schema import State
from analysis.visits import Visits

Array = npt.NDArray[np.float64]
Bools = npt.NDArray[np.bool_]

DUE_FROM_SHARE = 0.75
NEW_BELOW_VISITS = 3  # two visits make one gap: too few to judge anyone by
SEASONAL_VISITS, SEASONAL_SPAN_DAYS, SEASONAL_MONTHS = 4, 400, 6
SEASONAL_SLACK_DAYS = 45
LEFT_SLACK_DAYS = 7
TREND = 1.35  # gaps this much longer, or tickets this much smaller, than before are a trend worth a sentence
LOW_RATING = 6.0


def states(
    seen: Visits,
    signs: pd.DataFrame,
    interval_low: Array,
    interval_days: Array,
    interval_high: Array,
    p_alive: Array,
    left: Array,
) -> npt.NDArray[np.object_]:
    """State of each client. `left`: day (since 1970) the client's record says they left, NaN if it does not."""
    silence = signs["silence"].to_numpy(dtype=float)
    has_left = (left <= seen.today) & (signs["last_day"].to_numpy(dtype=float) <= left + LEFT_SLACK_DAYS)
    booked = ~np.isnat(seen.booked_for)
    gone = (p_alive < GONE_BELOW) | has_left
    young = (signs["visits"] < NEW_BELOW_VISITS).to_numpy()
    late = silence > interval_high
    # An erratic client's window begins so early that its start says nothing: three quarters of their usual gap at least.
    due_from = np.maximum(interval_low, DUE_FROM_SHARE * interval_days)
    chosen: list[tuple[Bools, State]] = [
        (booked, "booked"),
        (has_left, "lapsed"),
        (late & seasonal(seen, signs), "seasonal"),
        (gone, "lapsed"),
        (young, "new"),
        (late, "late"),
        (silence >= due_from, "due"),
    ]
    return np.select([where for where, _ in chosen], [code for _, code in chosen], "on_time").astype(object)


def seasonal(seen: Visits, signs: pd.DataFrame) -> Bools:
    """Clients who came in the same months of earlier years only, and whose months are not now.

    Their months fit in half a year, in at least two years, the last season was attended, and today is outside it.
    """
    n = seen.clients
    client = seen.table["client"].to_numpy()
    date = seen.table["date"].to_numpy().astype("datetime64[M]").astype(np.int64)
    month, year = date % 12, date // 12
    present = np.zeros((n, 12), dtype=bool)
    present[client, month] = True
    # The shortest arc of the year that holds all their months: a year less the longest run without any.
    twice = np.concatenate([present, present], axis=1)
    run = np.zeros(n, dtype=np.int64)
    longest = np.zeros(n, dtype=np.int64)
    for place in range(24):
        run = np.where(twice[:, place], 0, run + 1)
        longest = np.maximum(longest, run)
    arc = 12 - np.minimum(longest, 12)
    years = pd.Series(year).groupby(client).nunique().reindex(range(n)).to_numpy()
    now = np.datetime64(seen.as_of, "M").astype(np.int64) % 12
    off_season = ~present[:, now] & ~present[:, (now + 1) % 12]
    span = (signs["last_day"] - signs["first_day"]).to_numpy(dtype=float)
    return np.asarray(
        (signs["visits"] >= SEASONAL_VISITS).to_numpy()
        & (span >= SEASONAL_SPAN_DAYS)
        & (years >= 2)
        & (arc <= SEASONAL_MONTHS)
        & off_season
        & (signs["silence"] <= 365 + SEASONAL_SLACK_DAYS).to_numpy()
    )


def _date(day: float) -> dt.date:
    return dt.date(1970, 1, 1) + dt.timedelta(days=int(day))


def reasons(
    clients: pd.DataFrame, signs: pd.DataFrame, months: list[tuple[int, ...]], typical: float
) -> list[tuple[Reason, ...]]:
    """Why each client stands where they stand, in their own facts, most important first.

    `clients` has the columns computed so far (state, interval_*, p_no_visit...), aligned with `signs`; `months` are the calendar
    months of each client's visits (for the seasonal), `typical` the usual share of active clients who do not return.
    """
    rhythm = _rhythm_reasons(clients, months)
    found: list[list[Reason]] = [[reason] for reason in rhythm]

    def add(where: pd.Series, make: object) -> None:
        for place in np.flatnonzero(where.to_numpy(dtype=bool)):
            found[place].append(make(place))  # type: ignore[operator]

    s = {name: signs[name].to_numpy() for name in signs.columns}
    add(
        signs["problems_open"] > 0,
        lambda i: Reason(
            "problem_open", {"count": int(s["problems_open"][i]), "days": int(s["problem_open_days"][i])}
        ),
    )
    add(
        signs["problems_bad"] > 0,
        lambda i: Reason("problem_badly_solved", {"last": _date(s["problem_bad_last_day"][i])}),
    )
    add(
        signs["unpaid"] > 0,
        lambda i: Reason("payment_late", {"count": int(s["unpaid"][i]), "days": int(s["unpaid_days"][i])}),
    )
    add(
        signs["staff_left_day"].notna(),
        lambda i: Reason("staff_left", {"staff": str(s["staff"][i]), "last": _date(s["staff_left_day"][i])}),
    )
    add(
        signs["rating"] <= LOW_RATING,
        lambda i: Reason("low_rating", {"rating": float(s["rating"][i]), "last": _date(s["rating_day"][i])}),
    )
    add(
        signs["no_shows"] > 0,
        lambda i: Reason(
            "no_show", {"count": int(s["no_shows"][i]), "last": _date(s["no_shows_last_day"][i])}
        ),
    )
    add(
        signs["cancellations"] > 0,
        lambda i: Reason(
            "cancelled", {"count": int(s["cancellations"][i]), "last": _date(s["cancellations_last_day"][i])}
        ),
    )
    add(
        signs["refunds"] > 0,
        lambda i: Reason("refund", {"count": int(s["refunds"][i]), "last": _date(s["refunds_last_day"][i])}),
    )
    add(
        signs["dropped_last_day"].notna(),
        lambda i: Reason(
            "service_dropped",
            {"service": str(s["dropped_service"][i]), "last": _date(s["dropped_last_day"][i])},
        ),
    )
    add(
        signs["gap_now"] > TREND * signs["gap_before"],
        lambda i: Reason("gap_trend", {"before": float(s["gap_before"][i]), "now": float(s["gap_now"][i])}),
    )
    add(
        signs["ticket_now"] * TREND < signs["ticket_before"],
        lambda i: Reason(
            "ticket_trend", {"before": float(s["ticket_before"][i]), "now": float(s["ticket_now"][i])}
        ),
    )
    p = clients["p_no_visit"].to_numpy(dtype=float)
    not_late = clients["flagged"] & ~clients["state"].isin(["late"])
    add(not_late, lambda i: Reason("early_signal", {"p": float(p[i]), "typical": typical}))
    return [tuple(each) for each in found]


def _rhythm_reasons(clients: pd.DataFrame, months: list[tuple[int, ...]]) -> list[Reason]:
    out = []
    columns = zip(
        clients["state"],
        clients["recency_days"],
        clients["interval_days"],
        clients["interval_low"],
        clients["interval_high"],
        clients["visits"],
        clients["interval_source"],
        clients["beyond"],
        clients["booked_for"],
        months,
        strict=True,
    )
    for state, days, usual, low, high, visits, source, beyond, booked, when in columns:
        span = {
            "days": int(days),
            "usual": round(usual),
            "low": round(low),
            "high": round(high),
            "visits": int(visits),
        }
        if state == "booked":
            out.append(Reason("booked", {"date": booked.date()}))
        elif state == "late":
            out.append(Reason("late", {**span, "beyond": float(beyond), "borrowed": source != "own"}))
        elif state == "lapsed":
            out.append(Reason("lapsed", {"days": span["days"], "usual": span["usual"]}))
        elif state == "seasonal":
            out.append(Reason("seasonal", {"months": when}))
        elif state == "new":
            out.append(Reason("new", {"visits": int(visits)}))
        elif state == "due":
            out.append(Reason("due", span))
        else:
            out.append(Reason("on_rhythm", {"days": span["days"], "usual": span["usual"]}))
    return out


def actions(clients: pd.DataFrame, signs: pd.DataFrame) -> npt.NDArray[np.object_]:
    """What to do about each client, one ActionCode each: the relation's trouble before its lateness."""
    state = clients["state"]
    flagged = clients["flagged"].to_numpy(dtype=bool)
    trouble = ((signs["problems_open"] > 0) | (signs["problems_bad"] > 0)).to_numpy()
    chosen: list[tuple[Bools, ActionCode]] = [
        (trouble & (flagged | (state == "lapsed").to_numpy()), "solve_problem"),
        (flagged & (signs["unpaid"] > 0).to_numpy(), "settle_payment"),
        (flagged & signs["staff_left_day"].notna().to_numpy(), "introduce_staff"),
        (flagged & (clients["p_no_visit"] >= 0.4).to_numpy(), "call_now"),
        (flagged, "message"),
        ((state == "lapsed").to_numpy(), "win_back"),
        ((state == "new").to_numpy(), "second_visit"),
    ]
    return np.select([where for where, _ in chosen], [code for _, code in chosen], "wait").astype(object)
