"""The next visit of clients with several services: the earliest of their streams, as far as streams tell in this shop.

Nails every three weeks and a colour every two months make visits without any rhythm of their own, and the next one is
whichever comes first: the chance that none has come by a day is the product of the streams' chances. In another shop
whatever is needed that day is done at each visit, and the rhythm is the client's. Both distributions of the next visit
are mixed, with the share of the streams learned on visits of the shop's own past (the EM of a mixture of two known
components, from an even start).
"""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from analysis import rhythm
from analysis.alarm import GONE_BELOW
from analysis.arrays import Array, Ints
from analysis.client_rhythm import ClientRhythms
from analysis.services import Streams

MIN_STREAMS, MIN_STREAM_GAPS = (
    2,
    1,
)  # streams with a gap of their own; a client of one stream has the client's rhythm
CHUNK_CLIENTS = 4_096  # bounds memory whatever the number of clients

#: The share of the streams is learned on these days ago, on so many clients of each, from an even start that is worth
#: so many visits.
DAYS_AGO, MOST_CLIENTS = (120, 200, 280), 250
EVEN_SHARE, PSEUDO_VISITS, EM_STEPS = 0.5, 30.0, 15
LEAST_CHANCE = 1e-9


def earliest_stream(fitted: ClientRhythms, streams: Streams | None) -> ClientRhythms:
    """`fitted` with next visits that know of the streams, for clients with two or more that repeat."""
    who = _several(streams, fitted.known.rows) if streams is not None else np.zeros(0, dtype=np.int64)
    who = who[fitted.rhythms.p_alive[who] >= GONE_BELOW]
    if streams is None or len(who) == 0:
        return fitted
    share = streams_share(fitted, streams)
    found = {name: getattr(fitted.rhythms, name).copy() for name in ("next_low", "next_days", "next_high")}
    late = fitted.known.silence_days > fitted.rhythms.interval_high
    mass = fitted.masses.of(fitted.known.gaps, late)
    for start in range(0, len(who), CHUNK_CLIENTS):
        clients = who[start : start + CHUNK_CLIENTS]
        own, earliest = _both(fitted, streams, fitted.known, streams.known, clients)
        coming = rhythm.NextVisit((1 - share) * own.cdf + share * earliest.cdf, own.days)
        found["next_low"][clients], found["next_high"][clients] = coming.window(mass[clients])
        found["next_days"][clients] = coming.median()
    return replace(fitted, rhythms=replace(fitted.rhythms, **found))


def streams_share(fitted: ClientRhythms, streams: Streams) -> float:
    """How much the earliest stream tells of the next visit in this shop, 0-1, against the client's own rhythm."""
    by_client, by_stream = [], []
    for ago in DAYS_AGO:
        clients, came = fitted.known.as_of(ago)
        past, _ = streams.known.as_of(ago)
        several = _several(streams, clients.rows, past)
        judged = several[came[several] <= ago]
        judged = judged[:: max(1, len(judged) // MOST_CLIENTS)]
        if len(judged):
            own, earliest = _both(fitted, streams, clients, past, judged)
            by_client.append(_chance(own, came[judged]))
            by_stream.append(_chance(earliest, came[judged]))
    share = EVEN_SHARE
    if by_client:
        client, stream = np.concatenate(by_client), np.concatenate(by_stream)
        for _ in range(EM_STEPS):
            of_streams = (share * stream / (share * stream + (1 - share) * client)).sum()
            share = (of_streams + PSEUDO_VISITS * EVEN_SHARE) / (len(client) + PSEUDO_VISITS)
    return float(share)


def _several(streams: Streams, clients: int, known: rhythm.Histories | None = None) -> Ints:
    """Clients with at least two streams that have a gap."""
    repeats = (streams.known if known is None else known).gaps >= MIN_STREAM_GAPS
    return np.flatnonzero(np.bincount(streams.client[repeats], minlength=clients) >= MIN_STREAMS)


def _both(
    fitted: ClientRhythms,
    streams: Streams,
    clients: rhythm.Histories,
    stream_histories: rhythm.Histories,
    who: Ints,
) -> tuple[rhythm.NextVisit, rhythm.NextVisit]:
    """The next visit of the clients `who` (in increasing order) by their own rhythm and by their earliest stream."""
    own = rhythm.survival_ahead(clients.take(who), fitted.priors, fitted.group[who])
    # Streams are sorted by client, and each of these clients has some: runs of rows.
    first, end = np.searchsorted(streams.client, (who[0], who[-1] + 1))
    asked = np.isin(streams.client[first:end], who) & (stream_histories.gaps[first:end] >= MIN_STREAM_GAPS)
    rows = first + np.flatnonzero(asked)
    of_streams = rhythm.survival_ahead(stream_histories.take(rows), streams.priors, streams.service[rows])
    starts = np.searchsorted(streams.client[rows], who)
    none_yet = np.exp(np.add.reduceat(np.log(np.maximum(of_streams, LEAST_CHANCE)), starts, axis=0))
    return rhythm.NextVisit.given(own), rhythm.NextVisit.given(none_yet)


def _chance(coming: rhythm.NextVisit, came: Ints) -> Array:
    """Probability of the day that came, if it came within 180 days."""
    rows = np.arange(len(came))
    place = np.clip(np.searchsorted(coming.days, came), 1, len(coming.days) - 1)
    days = coming.days[place] - coming.days[place - 1]
    return np.maximum((coming.cdf[rows, place] - coming.cdf[rows, place - 1]) / days, LEAST_CHANCE)
