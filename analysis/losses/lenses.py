"""Both lenses of lost revenue in one additive table: a row per client, service, seller, month, lens and kind."""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np
import pandas as pd

from analysis import schema
from analysis.alarm import GONE_BELOW
from analysis.arrays import Array, Bools, Ints, Names
from analysis.calendar.clock import Clock
from analysis.client_rhythm import ClientRhythms
from analysis.losses.gate import learned_gate
from analysis.losses.lost_revenue import (
    GATE,
    GATE_IRREGULAR,
    IRREGULAR_BELOW_K,
    MIN_CLOSED_GAPS,
    UNNAMEABLE_BELOW_K,
    Lateness,
    Window,
    late_days,
    lost_visits,
)
from analysis.pace.clean_rhythm import CleanRhythm, true_k
from analysis.pace.gaps import Gaps
from analysis.services import Streams, whole_weeks
from analysis.tickets import expected_ticket
from analysis.visits import Visits, days_since_epoch

#: States whose silence costs nothing: nobody is waiting for them.
NOT_LOST = ("seasonal", "paused")


@dataclass(frozen=True)
class Yardstick:
    """What a lens holds its rows to: clients, or client-service streams.

    lines: the visits that the gaps' `visit` counts (service, staff, amount). Per row: its client, the ticket of a
    visit, the group whose mean it leans on, its closed gaps, and whether its losses count. gate: in standard deviations
    of natural ups and downs.
    """

    lens: str
    lines: pd.DataFrame
    gaps: Gaps
    pace: CleanRhythm
    client: Ints
    ticket: Array
    group: Ints
    closed_gaps: Ints
    counted: Bools
    gate: float

    @property
    def knows_money(self) -> bool:
        return not bool(np.isnan(self.ticket).all())


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
    if true_k(pace.shop_k) < UNNAMEABLE_BELOW_K:
        return False, "irregular"
    return True, ""


def own_yardstick(
    seen: Visits,
    fitted: ClientRhythms,
    streams: Streams | None,
    services: pd.DataFrame,
    state: Names,
    window: Window,
) -> Yardstick | None:
    """Each client's own clean pace, with the gate learned in the window.

    None where visits are too irregular to name a loss.
    """
    if not own_lens_published(fitted, streams)[0]:
        return None
    waiting = ~np.isin(state.astype(str), NOT_LOST)
    if streams is not None and by_stream(fitted, streams):
        counted = waiting[streams.client] & _repeating(streams, services)
        yard = _of_streams("own", seen, fitted, streams, streams.pace, counted)
    else:
        yard = _of_clients("own", seen, fitted, fitted.pace, waiting)
    yard = replace(yard, counted=yard.counted & (yard.closed_gaps >= MIN_CLOSED_GAPS))
    short = Lateness.of(yard.gaps, fitted.clock, yard.pace, window).shortfall()
    return replace(yard, gate=learned_gate(short, yard.closed_gaps, yard.pace, yard.counted))


def service_yardstick(
    seen: Visits, fitted: ClientRhythms, streams: Streams | None, services: pd.DataFrame, state: Names
) -> Yardstick:
    """The services' standards; services that do not repeat are left out, and who came once.

    A shop without services is held to one standard: the median of its clients' paces, in whole weeks.
    """
    waiting = ~np.isin(state.astype(str), NOT_LOST)
    if streams is None:
        standard = np.full(seen.clients, whole_weeks(float(np.median(fitted.pace.mu))))
        yard = _of_clients("service", seen, fitted, _held_to(fitted.pace, standard), waiting)
    else:
        standard = services.set_index("service")["standard_days"].reindex(streams.names).to_numpy(dtype=float)
        pace = _held_to(streams.pace, standard[streams.service])
        counted = waiting[streams.client] & _repeating(streams, services)
        yard = _of_streams("service", seen, fitted, streams, pace, counted)
    irregular = true_k(yard.pace.shop_k) < IRREGULAR_BELOW_K
    return replace(
        yard,
        counted=yard.counted & (yard.closed_gaps >= 1),
        gate=GATE_IRREGULAR if irregular else GATE,
    )


def losses(
    yard: Yardstick | None, seen: Visits, clock: Clock, p_alive: Array, window: Window
) -> pd.DataFrame:
    """`schema.LOSSES` of a window by a yardstick; none without one."""
    if yard is None:
        return schema.empty_frame(schema.LOSSES)
    lateness = Lateness.of(yard.gaps, clock, yard.pace, window)
    short = lateness.shortfall()
    lost = lost_visits(short, yard.counted, yard.gate)
    variance = short.natural**2
    if yard.lens == "own":  # a standard is known, a pace is learned from n gaps
        variance = variance + short.expected**2 / (yard.pace.k * (yard.closed_gaps + 1))
    with np.errstate(divide="ignore", invalid="ignore"):
        sd_of_one = np.sqrt(variance) / lost
    found = late_days(lateness, clock, window, lost)
    row, visits = found["row"].to_numpy(), found["lost_visits"].to_numpy()
    opening = yard.lines.iloc[found["visit"].to_numpy()]
    client, ticket = yard.client[row], yard.ticket[row]
    spread = visits * sd_of_one[row]
    rows = pd.DataFrame(
        {
            "client_id": seen.client_id[client],
            "service": opening["service"].to_numpy(dtype=object),
            "staff": opening["staff"].to_numpy(dtype=object),
            "month": found["month"].to_numpy(),
            "lens": yard.lens,
            "kind": np.where(p_alive[client] < GONE_BELOW, "gone", "late"),
            "late_days": found["late_days"].to_numpy(),
            "lost_visits": visits,
            "lost_revenue": visits * ticket,
            "lost_visits_sd": spread,
            "lost_revenue_sd": spread * ticket,
        }
    )
    if rows.empty:
        return schema.empty_frame(schema.LOSSES)
    grouped = rows.groupby(list(schema.LOSSES[:6]), sort=True, observed=True)
    # A sum of unknown money is unknown, not zero.
    return grouped[list(schema.LOSSES[6:])].sum(min_count=1).reset_index()


def _held_to(pace: CleanRhythm, standard: Array) -> CleanRhythm:
    return replace(pace, mu=standard, drift=None)


def _repeating(streams: Streams, services: pd.DataFrame) -> Bools:
    repeats = services.set_index("service")["repeats"].reindex(streams.names).to_numpy(dtype=bool)
    return np.asarray(repeats[streams.service])


def _of_clients(
    lens: str, seen: Visits, fitted: ClientRhythms, pace: CleanRhythm, counted: Bools
) -> Yardstick:
    client = np.arange(seen.clients)
    gaps, known = fitted.gaps, fitted.known.gaps
    return Yardstick(lens, seen.table, gaps, pace, client, fitted.ticket, fitted.group, known, counted, GATE)


def _of_streams(
    lens: str, seen: Visits, fitted: ClientRhythms, streams: Streams, pace: CleanRhythm, counted: Bools
) -> Yardstick:
    client, gaps, known = streams.client, streams.gaps, streams.known.gaps
    amount = seen.streams["amount"].to_numpy(dtype=float)
    ticket = expected_ticket(gaps.row, amount, streams.service, gaps.rows)
    ticket = np.where(np.isnan(ticket), fitted.ticket[client], ticket)
    return Yardstick(lens, seen.streams, gaps, pace, client, ticket, streams.service, known, counted, GATE)
