"""When a client's next visit is due by use, by the calendar, and by whichever comes first.

In a service whose gaps show that use decides, the calendar is the limit of days learned beside the units, or the
owner's standard: a client's own usual days are the same use told less well. (On simulated drivers the dates by use miss
the next visit by a third of the days that the dates by a client's own days do, and the earlier of the two is no better
than the latter.) Where the owner set an interval that the data does not show, the client's own days stand beside it.
"""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
import pandas as pd

from analysis.arrays import Ints, Names, as_dates, as_days
from analysis.intervals import Z
from analysis.usage.distance import Distance
from analysis.usage.rates import Rates

#: What a normal's mean absolute error is multiplied by to give its standard deviation.
FROM_ABSOLUTE = 1.2533
#: With this many visits for a service the client's own days say more than a rate borrowed from the shop.
OWN_VISITS = 3


def due_by_use(
    total: Distance,
    driven: Rates,
    client: Ints,
    service: Ints,
    had: Ints,
    names: Names,
    services: pd.DataFrame,
) -> pd.DataFrame:
    """The day on which each client reaches a service's interval: one row per client and service that has one.

    `client`, `service` (an index into `names`) and `had` (the day they last had it): one entry per stream. The window
    holds the 10% and 90% quantiles of that day: how well the rate is known, and how steadily the client drives.
    """
    rules = services.set_index("service").reindex(names)
    interval = rules["unit_interval"].to_numpy(dtype=float)[service]
    can = np.isfinite(interval) & total.known[client] & np.isfinite(driven.per_day[client])
    client, service, had, interval = client[can], service[can], had[can], interval[can]
    had_at = total.at(client, had)
    base = np.maximum(total.day[total.stop[client] - 1], had)
    at_base = total.at(client, base)
    ahead = (had_at + interval - at_base) / driven.per_day[client]
    reached = ahead <= 0
    # Reached before the last reading: between the two, evenly.
    share = interval / np.where(reached, at_base - had_at, interval)
    ahead = np.maximum(ahead, 0.0)
    doubt = np.where(reached, 0.0, driven.doubt(client, ahead))
    due, low, high = (
        np.where(reached, had + share * (base - had), base + ahead * np.exp(side * Z * doubt))
        for side in (0, -1, 1)
    )
    error = FROM_ABSOLUTE * np.nan_to_num(rules["error"].to_numpy(dtype=float)[service])
    slack = Z * np.hypot(ahead * doubt, (due - had) * error)
    return pd.DataFrame(
        {
            "client": client,
            "service": names[service],
            "had_on": as_dates(had),
            "unit_interval": interval,
            "due_reading": had_at + interval,
            "due_by_use": as_dates(due),
            "due_low": as_dates(low),
            "due_high": as_dates(high),
            "late_from": as_dates(due + slack),
        }
    )


def whichever_first(
    table: pd.DataFrame, calendar: pd.DataFrame, services: pd.DataFrame, standards: Mapping[str, float]
) -> pd.DataFrame:
    """Adds `due_by_calendar`, `due` and `decided_by` to rows of clients and services due by use.

    `calendar`: client_id, service, subject, visits, due (`schema.STREAMS`). `standards`: the owner's own, in days.
    """
    rules = services.set_index("service").reindex(table["service"])
    stream = ["client_id", "service", "subject"]
    own = calendar[[*stream, "visits", "due"]].rename(columns={"due": "own_days"})
    table = table.merge(own, on=stream, how="left")
    limit = (
        table["service"].map(dict(standards)).astype(float).fillna(pd.Series(rules["limit_days"].to_numpy()))
    )
    by_limit = table["had_on"] + pd.to_timedelta(limit, unit="D").astype("timedelta64[s]")
    shown = pd.Series(np.isfinite(rules["learned_units"].to_numpy(dtype=float)))
    # A rate borrowed from the shop knows less of a client than their own days.
    own_better = (table["source"] != "own") & (table["visits"] >= OWN_VISITS)
    by_calendar = by_limit.where(shown & ~own_better, table["own_days"])
    by_use = table["due_by_use"]
    meter = by_use.notna() & ~own_better & (by_calendar.isna() | (by_use <= by_calendar))
    return table.assign(
        due_by_calendar=by_calendar,
        due=by_use.where(meter, by_calendar),
        decided_by=np.where(meter, "meter", "calendar"),
        late_from=table["late_from"].where(meter),
    )


def merged(streams: pd.DataFrame, used: pd.DataFrame, today: int) -> pd.DataFrame:
    """`schema.STREAMS` with `due` and `days_late` by use where the meter decides: a pure function of the two frames.

    Late by use is who has passed the day of `late_from`: the interval reached, with room for an unsteady driver and for
    how far behind the rule this service's visits usually are.
    """
    stream = ["client_id", "service", "subject"]
    decided = used[used["decided_by"] == "meter"].set_index(stream)[["due", "late_from"]]
    by_use = decided.reindex(pd.MultiIndex.from_frame(streams[stream]))
    there = by_use["due"].notna().to_numpy()
    late = np.maximum(0.0, today - as_days(by_use["late_from"]))
    return streams.assign(
        due=np.where(there, by_use["due"].to_numpy(), streams["due"].to_numpy()).astype("datetime64[s]"),
        days_late=np.where(there, late, streams["days_late"].to_numpy(dtype=float)),
    )
