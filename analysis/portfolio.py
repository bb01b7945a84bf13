"""The Portfolio: one row per client, and the tables of the business around it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass

import pandas as pd

from analysis.book import Book
from analysis.settings import Settings

#: Called with a step's code (`progress.<code>` in the catalogue) and the share done, 0-1.
Progress = Callable[[str, float], None]


@dataclass(frozen=True)
class BackTest:
    """How the alarm did on the owner's own past (rolling origins, label windows closed before as_of).

    `usable` is False where there is too little history; the frames are then empty and `why` is a code
    (`too_short`, `too_few_clients`, `one_outcome`). `method` is what p_no_visit really comes from:
    `puntual` (classifier averaged with the rhythm model), `rhythm`, `own_gap` or `recency`.
    """

    usable: bool
    why: str
    method: str
    origins: tuple[dt.date, ...]
    client_windows: int
    base_rate: float  # share of active clients who did not return within the horizon
    methods: pd.DataFrame  # schema.METHODS
    calibration: pd.DataFrame  # schema.CALIBRATION
    precision_at: pd.DataFrame  # schema.PRECISION_AT
    replay: pd.DataFrame  # schema.REPLAY


@dataclass(frozen=True)
class Totals:
    """The figures the overview opens with. Money is None where the export has no amounts."""

    clients: int
    active_clients: int
    walk_in_lines: int
    on_time_share: float  # of clients on_time, due or late: those not late; NaN if nobody can be judged
    late_clients: int
    lost_visits_12m: float  # own lens, kind late
    lost_revenue_12m: float | None
    gone_visits_12m: float  # own lens, kind gone
    gone_revenue_12m: float | None
    lost_revenue_previous_12m: float | None  # own lens, kind late, the twelve months before; None if not covered
    value_at_stake: float | None  # over the flagged
    mean_affection: float
    own_lens_published: bool  # False where visits are too irregular to name a loss (`own_lens_why` says why)
    own_lens_why: str


@dataclass(frozen=True)
class Portfolio:
    """All results of one Book at one date. Frames are described in `analysis.schema`."""

    as_of: dt.date
    settings: Settings
    currency: str | None
    has_amounts: bool
    has_services: bool
    has_staff: bool
    has_names: bool
    clients: pd.DataFrame  # schema.CLIENTS + schema.CLIENT_EXTRAS, RangeIndex, by value_at_stake descending
    visits: pd.DataFrame  # client_id, date, amount, service (main line's), staff; completed visits up to as_of
    streams: pd.DataFrame
    services: pd.DataFrame
    losses: pd.DataFrame  # the last 24 whole-month-aligned windows; filter by month
    gap_fits: pd.DataFrame  # service ("" = all), days, density: the fitted gap density for the histograms
    affection_points: pd.DataFrame
    movement: pd.DataFrame
    history: pd.DataFrame
    expected: pd.DataFrame
    back_test: BackTest
    totals: Totals


def analyse(book: Book, settings: Settings | None = None, progress: Progress | None = None) -> Portfolio:
    """From the Book to the Portfolio: the whole way of the data, one step a line."""
    raise NotImplementedError
