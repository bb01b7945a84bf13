"""Both lenses of lost revenue in one additive table: a row per client, service, seller, month, lens and kind."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pandas as pd

from analysis import schema
from analysis.alarm import GONE_BELOW
from analysis.arrays import Array, Bools, Ints, Names
from analysis.clean_rhythm import CleanRhythm
from analysis.client_rhythm import ClientRhythms
from analysis.lost_revenue import MIN_CLOSED_GAPS, UNNAMEABLE_BELOW_K, Window, late_days
from analysis.services import Streams, whole_weeks
from analysis.visits import Visits, days_since_epoch

#: States whose silence costs nothing: nobody is waiting for them.
NOT_LOST = ("seasonal", "paused")


def year_windows(seen: Visits) -> tuple[Window, Window]:
    """The last twelve months (start excluded, end included) and the twelve before."""
    now = pd.Timestamp(seen.as_of)
    edges = [days_since_epoch((now - pd.DateOffset(years=back)).date()) for back in (2, 1, 0)]
    return Window(edges[1], edges[2]), Window(edges[0], edges[1])


def by_stream(fitted: ClientRhythms, streams: Streams | None) -> bool:
    """Whether a client's own pace is kept per service (nails three weeks, colour two months) or over all visits.

    The clock that ticks more regularly: two services taken at rhythms of their own make irregular visits, and one
    rhythm of visits with whatever is needed that day makes irregular services.
    """
    return streams is not None and streams.pace.shop_k > fitted.pace.shop_k


def own_lens_published(fitted: ClientRhythms, streams: Streams | None) -> tuple[bool, str]:
    """Whether a loss of clients' own can be named, and why not: a code ("" if it can)."""
    known = streams.known if streams is not None and by_stream(fitted, streams) else fitted.known
    pace = streams.pace if streams is not None and by_stream(fitted, streams) else fitted.pace
    if not (known.gaps >= MIN_CLOSED_GAPS).any():
        return False, "too_few_gaps"
    if pace.shop_k < UNNAMEABLE_BELOW_K:
        return False, "irregular"
    return True, ""


def own_lens(
    seen: Visits,
    fitted: ClientRhythms,
    streams: Streams | None,
    services: pd.DataFrame,
    state: Names,
    p_alive: Array,
    window: Window,
) -> pd.DataFrame:
    """`schema.LOSSES` against each client's own clean pace; none where visits are too irregular to name a loss."""
    if not own_lens_published(fitted, streams)[0]:
        return schema.empty_frame(schema.LOSSES)
    waiting = ~np.isin(state.astype(str), NOT_LOST)
    if streams is not None and by_stream(fitted, streams):
        counted = (
            (streams.known.gaps >= MIN_CLOSED_GAPS) & waiting[streams.client] & _repeating(streams, services)
        )
        return _stream_losses(seen, fitted, streams, streams.pace, window, counted, "own", p_alive)
    counted = (fitted.known.gaps >= MIN_CLOSED_GAPS) & waiting
    return _client_losses(seen, fitted, fitted.pace, window, counted, "own", p_alive)


def service_lens(
    seen: Visits,
    fitted: ClientRhythms,
    streams: Streams | None,
    services: pd.DataFrame,
    state: Names,
    p_alive: Array,
    window: Window,
) -> pd.DataFrame:
    """`schema.LOSSES` against the services' standards; services that do not repeat are left out.

    A shop without services is held to one standard: the median of its clients' paces, in whole weeks.
    """
    waiting = ~np.isin(state.astype(str), NOT_LOST)
    if streams is None:
        standard = np.full(seen.clients, whole_weeks(float(np.median(fitted.pace.mu))))
        pace = replace(fitted.pace, mu=standard)
        return _client_losses(
            seen, fitted, pace, window, waiting & (fitted.known.gaps >= 1), "service", p_alive
        )
    standard = services.set_index("service")["standard_days"].reindex(streams.names).to_numpy(dtype=float)
    pace = replace(streams.pace, mu=standard[streams.service])
    counted = _repeating(streams, services) & (streams.visits > 1) & waiting[streams.client]
    return _stream_losses(seen, fitted, streams, pace, window, counted, "service", p_alive)


def _repeating(streams: Streams, services: pd.DataFrame) -> Bools:
    repeats = services.set_index("service")["repeats"].reindex(streams.names).to_numpy(dtype=bool)
    return np.asarray(repeats[streams.service])


def _client_losses(
    seen: Visits,
    fitted: ClientRhythms,
    pace: CleanRhythm,
    window: Window,
    counted: Bools,
    lens: str,
    p_alive: Array,
) -> pd.DataFrame:
    found = late_days(fitted.gaps, fitted.clock, pace, window, counted)
    visit = seen.table.iloc[found["visit"].to_numpy()]
    client = found["row"].to_numpy()
    return _losses(
        found, seen, client, visit["service"], visit["staff"], lens, p_alive, fitted.ticket[client]
    )


def _stream_losses(
    seen: Visits,
    fitted: ClientRhythms,
    streams: Streams,
    pace: CleanRhythm,
    window: Window,
    counted: Bools,
    lens: str,
    p_alive: Array,
) -> pd.DataFrame:
    found = late_days(streams.gaps, fitted.clock, pace, window, counted)
    row = found["row"].to_numpy()
    visit = seen.streams.iloc[found["visit"].to_numpy()]
    ticket = np.where(np.isnan(streams.ticket), fitted.ticket[streams.client], streams.ticket)
    return _losses(
        found, seen, streams.client[row], visit["service"], visit["staff"], lens, p_alive, ticket[row]
    )


def _losses(
    found: pd.DataFrame,
    seen: Visits,
    client: Ints,
    service: pd.Series,
    staff: pd.Series,
    lens: str,
    p_alive: Array,
    ticket: Array,
) -> pd.DataFrame:
    rows = pd.DataFrame(
        {
            "client_id": seen.client_id[client],
            "service": service.to_numpy(dtype=object),
            "staff": staff.to_numpy(dtype=object),
            "month": found["month"].to_numpy(),
            "lens": lens,
            "kind": np.where(p_alive[client] < GONE_BELOW, "gone", "late"),
            "late_days": found["late_days"].to_numpy(),
            "lost_visits": found["lost_visits"].to_numpy(),
            "lost_revenue": found["lost_visits"].to_numpy() * ticket,
        }
    )
    keys = list(schema.LOSSES[:6])
    grouped = rows.groupby(keys, sort=True, observed=True)
    # A sum of unknown money is unknown, not zero.
    return (
        grouped[list(schema.LOSSES[6:])].sum(min_count=1).reset_index()
        if len(rows)
        else schema.empty_frame(schema.LOSSES)
    )
