"""Both lenses of lost revenue in one additive table: a row per client, service, seller, month, lens and kind."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt
import pandas as pd

from analysis import schema
from analysis.client_rhythm import ClientRhythms
from analysis.clean_rhythm import CleanRhythm
from analysis.lost_revenue import MIN_CLOSED_GAPS, UNNAMEABLE_BELOW_K, Window, late_days
from analysis.services import Streams, whole_weeks
from analysis.visits import Visits, days_since_epoch

Array = npt.NDArray[np.float64]
Bools = npt.NDArray[np.bool_]

#: States whose silence costs nothing: nobody is waiting for them.
NOT_LOST = ("seasonal", "paused")


def year_windows(seen: Visits) -> tuple[Window, Window]:
    """The last twelve months (start excluded, end included) and the twelve before."""
    now = pd.Timestamp(seen.as_of)
    edges = [days_since_epoch((now - pd.DateOffset(years=back)).date()) for back in (2, 1, 0)]
    return Window(edges[1], edges[2]), Window(edges[0], edges[1])


def own_lens_published(fitted: ClientRhythms) -> tuple[bool, str]:
    """Whether a loss of clients' own can be named, and why not: a code ("" if it can)."""
    if not (fitted.known.gaps >= MIN_CLOSED_GAPS).any():
        return False, "too_few_gaps"
    if fitted.pace.shop_k < UNNAMEABLE_BELOW_K:
        return False, "irregular"
    return True, ""


def own_lens(
    seen: Visits, fitted: ClientRhythms, state: npt.NDArray[np.object_], p_alive: Array, window: Window
) -> pd.DataFrame:
    """`schema.LOSSES` against each client's own clean pace; none where visits are too irregular to name a loss."""
    if not own_lens_published(fitted)[0]:
        return schema.empty_frame(schema.LOSSES)
    counted = (fitted.known.gaps >= MIN_CLOSED_GAPS) & ~np.isin(state.astype(str), NOT_LOST)
    found = late_days(fitted.gaps, fitted.clock, fitted.pace, window, counted)
    visit = seen.table.iloc[found["visit"].to_numpy()]
    client = found["row"].to_numpy()
    return _losses(
        found, seen, client, visit["service"], visit["staff"], "own", p_alive, fitted.ticket[client]
    )


def service_lens(
    seen: Visits,
    fitted: ClientRhythms,
    streams: Streams | None,
    services: pd.DataFrame,
    state: npt.NDArray[np.object_],
    p_alive: Array,
    window: Window,
) -> pd.DataFrame:
    """`schema.LOSSES` against the services' standards; services that do not repeat are left out.

    A shop without services is held to one standard: the median of its clients' paces, in whole weeks.
    """
    waiting = ~np.isin(state.astype(str), NOT_LOST)
    if streams is None:
        standard = np.full(seen.clients, whole_weeks(float(np.median(fitted.pace.mu))))
        pace = CleanRhythm(standard, fitted.pace.k, fitted.pace.borrowed, fitted.pace.shop_k)
        found = late_days(fitted.gaps, fitted.clock, pace, window, waiting & (fitted.known.gaps >= 1))
        visit = seen.table.iloc[found["visit"].to_numpy()]
        client = found["row"].to_numpy()
        return _losses(
            found, seen, client, visit["service"], visit["staff"], "service", p_alive, fitted.ticket[client]
        )
    of = services.set_index("service")
    standard = of["standard_days"].reindex(streams.names).to_numpy(dtype=float)[streams.service]
    repeats = of["repeats"].reindex(streams.names).to_numpy(dtype=bool)[streams.service]
    pace = CleanRhythm(standard, streams.pace.k, streams.pace.borrowed, streams.pace.shop_k)
    counted = repeats & (streams.visits >= 2) & waiting[streams.client]
    found = late_days(streams.gaps, fitted.clock, pace, window, counted)
    row = found["row"].to_numpy()
    visit = seen.streams.iloc[found["visit"].to_numpy()]
    ticket = np.where(np.isnan(streams.ticket), fitted.ticket[streams.client], streams.ticket)
    return _losses(
        found, seen, streams.client[row], visit["service"], visit["staff"], "service", p_alive, ticket[row]
    )


def _losses(
    found: pd.DataFrame,
    seen: Visits,
    client: npt.NDArray[np.int64],
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
            "kind": np.where(p_alive[client] < 0.5, "gone", "late"),
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
