"""The Portfolio: one row per client, and the tables of the business around it."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, field
from functools import partial

import numpy as np
import pandas as pd

from analysis import schema
from analysis.affection import Affection, affection
from analysis.affection_past import AffectionPast, affection_past
from analysis.affection_then import AffectionThen
from analysis.affection_weights import Weights
from analysis.arrays import Names
from analysis.book import Book
from analysis.client_rhythm import ClientRhythms, client_rhythms, main_services
from analysis.clients import annual_value, client_table, with_losses, with_reasons
from analysis.early_signals import Choice, EarlySignals, Judged, Past, judge, look_back
from analysis.early_signals import today as early_today
from analysis.events import Events, events
from analysis.first_signal import first_signals
from analysis.gap_counts import gap_counts
from analysis.history import Months, expected_weeks, month_by_month
from analysis.losses.lenses import (
    losses,
    own_lens_published,
    own_yardstick,
    service_yardstick,
    year_windows,
)
from analysis.losses.published import published_losses
from analysis.next_visits import earliest_stream
from analysis.notebook.entries import Notebook
from analysis.progress import Progress, untold
from analysis.records import Records, records
from analysis.schema import empty_frame
from analysis.services import Streams, gap_densities, service_table
from analysis.services import stream_table as stream_dues
from analysis.services import streams as fit_streams
from analysis.settings import Settings
from analysis.shop_calendar import ShopCalendar, ShopYear
from analysis.signals import signals
from analysis.threads import one_thread
from analysis.totals import Totals, total
from analysis.usage import Usage, by_visits, merged, usage, with_use
from analysis.visits import Visits, visits


@dataclass(frozen=True)
class BackTest:
    """How the alarm did on the owner's own past (rolling origins, label windows closed before as_of).

    `usable` is False where there is too little history; the frames are then empty and `why` is a code
    (`too_short`, `too_few_clients`, `one_outcome`). `method` is what p_no_visit really comes from:
    `puntual` (classifier averaged with the rhythm model), `rhythm`, `own_gap`, `recency` or `bg_nbd`.
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
    warning: pd.DataFrame  # schema.WARNING; empty where too few clients were lost to tell


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
    visits: pd.DataFrame  # completed, up to as_of: client_id, date, amount, service (main line's), staff
    streams: pd.DataFrame
    services: pd.DataFrame
    usage: Usage  # what meters tell (km, engine hours); already in `streams`, where it decides
    losses: pd.DataFrame  # the last twelve months, both lenses
    published_losses: pd.DataFrame  # schema.PUBLISHED_LOSSES
    gap_fits: pd.DataFrame  # service ("" = all), days, density: the fitted gap density for the histograms
    gap_counts: pd.DataFrame  # service ("" = all), days, gaps: how many gaps of each length there were
    affection_points: pd.DataFrame
    affection_past: AffectionPast
    affection_then: AffectionThen  # everyone's score on any past day
    movement: pd.DataFrame
    history: pd.DataFrame
    expected: pd.DataFrame
    year: ShopYear
    back_test: BackTest
    totals: Totals
    records: Records  # what stands in the export beside visits
    known: frozenset[str]  # the columns that the export really has, "sales.amount"
    notebook: Notebook = field(default_factory=Notebook)  # what the owner said: see `analysis.with_notebook`


@one_thread()
def analyse(book: Book, settings: Settings | None = None, progress: Progress = untold) -> Portfolio:
    """From the Book to the Portfolio: all that is worked out, step by step.

    Raises NoVisitsError where there is nothing to analyse, AffectionWeightError where a weight cannot be.
    """
    settings = settings or Settings()
    weights = Weights.of(settings.affection_weights)

    progress("visits", 0.0)
    seen = visits(book, settings.as_of)
    happened = events(book, seen)

    shop = _learn(book, seen, happened, settings, progress)

    progress("clients", 0.7)
    now = _today(book, seen, happened, shop, weights)

    progress("lost_revenue", 0.8)
    lost = _lost(seen, shop, now.people)
    people = _complete(seen, happened, shop, now, lost)

    progress("history", 0.9)
    months = _by_month(seen, happened, shop, now, weights)
    felt_before = affection_past(seen, happened, shop.past, weights)
    own_lens = own_lens_published(shop.fitted, shop.streams)
    has_amounts = bool(seen.table["amount"].notna().any())
    has_money = has_amounts or settings.average_ticket is not None
    totals = total(people, lost.losses, lost.year_before, seen, own_lens, has_money=has_money)
    progress("done", 1.0)
    return Portfolio(
        as_of=seen.as_of,
        settings=settings,
        currency=book.currency,
        has_amounts=has_amounts,
        has_services=shop.streams is not None,
        has_staff=bool((seen.table["staff"] != "").any()),
        has_names=book.knows("sales", "client_name") or book.knows("clients", "client_name"),
        clients=people,
        visits=_visit_frame(seen),
        streams=shop.dues,
        services=shop.services,
        usage=shop.used,
        losses=lost.losses,
        published_losses=lost.published,
        gap_fits=gap_densities(shop.streams, shop.fitted.density),
        gap_counts=gap_counts(shop.streams, shop.fitted.gaps),
        affection_points=_with_ids(now.felt.points(), seen),
        affection_past=felt_before,
        affection_then=AffectionThen.of(seen, happened, shop.fitted, weights),
        movement=months.movement,
        history=_until_today(months.history, totals),
        expected=_expected(seen, shop),
        year=shop.calendar.year(),
        back_test=BackTest(**vars(shop.judged), method=shop.choice.method, base_rate=now.early.base_rate),
        totals=totals,
        records=records(book, seen),
        known=frozenset(f"{table}.{column}" for table, known in book.known.items() for column in known),
    )


@dataclass(frozen=True)
class _Shop:
    """What the visits of all clients teach together, before each is looked at.

    `streams` is None where the export names no service; `services`: schema.SERVICES; `dues`: schema.STREAMS, by use
    where a meter decides. `past`, `choice`, `judged`: the alarm, learned and tried on the owner's own past.
    """

    main_service: Names  # of each client
    fitted: ClientRhythms
    streams: Streams | None
    services: pd.DataFrame
    dues: pd.DataFrame
    used: Usage
    calendar: ShopCalendar
    past: Past
    choice: Choice
    judged: Judged


def _learn(book: Book, seen: Visits, happened: Events, settings: Settings, progress: Progress) -> _Shop:
    """Rhythms, services, the shop's year, and the alarm."""
    progress("rhythm", 0.1)
    main_service = main_services(seen)
    fitted = client_rhythms(seen, main_service, settings)

    progress("services", 0.35)
    streams, services, stream_table = _services(seen, fitted, settings)
    own_days = stream_table if streams else by_visits(seen, fitted.rhythms.interval_days)
    used = usage(book, seen, own_days, settings)
    dues = merged(stream_table, used.clients, seen.today)
    fitted = earliest_stream(fitted, streams)
    calendar = ShopCalendar.of(seen, fitted)
    fitted = calendar.follow_the_year(seen, fitted, settings.horizon_days)

    progress("back_test", 0.45)
    past = look_back(seen, happened, settings.horizon_days)
    choice, judged = judge(past, seen.client_id)
    return _Shop(main_service, fitted, streams, services, dues, used, calendar, past, choice, judged)


def _services(
    seen: Visits, fitted: ClientRhythms, settings: Settings
) -> tuple[Streams | None, pd.DataFrame, pd.DataFrame]:
    """Streams, the services' table and when each stream is due; nothing where the export names no service."""
    if seen.streams.empty:
        return None, empty_frame(schema.SERVICES), empty_frame(schema.STREAMS)
    found = fit_streams(seen, fitted.pooled, fitted.rhythms.interval_days, fitted.clock)
    table = service_table(seen, found, float(np.median(fitted.pace.mu)), settings)
    return found, table, stream_dues(seen, found, table)


@dataclass(frozen=True)
class _Today:
    """Each client today: signs, affection, what the alarm says, and all of it in `people` (see `client_table`)."""

    signs: pd.DataFrame
    felt: Affection
    early: EarlySignals
    people: pd.DataFrame


def _today(book: Book, seen: Visits, happened: Events, shop: _Shop, weights: Weights) -> _Today:
    rhythms = shop.fitted.rhythms
    signs = signals(seen, happened, seen.today, rhythms.interval_high, rhythms.interval_low)
    felt = affection(signs, rhythms.interval_high, rhythms.gone_after_days, weights)
    early = early_today(signs, rhythms.p_no_visit, shop.past, shop.choice)
    people = client_table(
        book,
        seen,
        signs,
        felt.scores,
        shop.fitted,
        early,
        shop.calendar,
        shop.main_service,
        *_due_first(seen, shop.dues),
        shop.past.horizon_days,
    )
    return _Today(signs, felt, early, people)


@dataclass(frozen=True)
class _Lost:
    """`losses`: schema.LOSSES of the last twelve months, both lenses; `year_before`: the own lens, a year earlier."""

    losses: pd.DataFrame
    year_before: pd.DataFrame
    published: pd.DataFrame


def _lost(seen: Visits, shop: _Shop, people: pd.DataFrame) -> _Lost:
    """What late visits cost, in both lenses."""
    fitted, streams, services = shop.fitted, shop.streams, shop.services
    this_year, year_before = year_windows(seen)
    # Off months would count against a seasonal client's pace in season.
    state = np.where(shop.calendar.habits.seasonal, "seasonal", people["state"].to_numpy(dtype=object))
    own = own_yardstick(seen, fitted, streams, services, state, this_year)
    service = service_yardstick(seen, fitted, streams, services, state)
    lost_by = partial(losses, seen=seen, clock=fitted.clock, p_alive=people["p_alive"].to_numpy(dtype=float))
    return _Lost(
        pd.concat([lost_by(own, window=this_year), lost_by(service, window=this_year)], ignore_index=True),
        lost_by(own, window=year_before),
        published_losses(own, seen),
    )


def _complete(seen: Visits, happened: Events, shop: _Shop, now: _Today, lost: _Lost) -> pd.DataFrame:
    """The client table with what was lost, since when the alarm is up, and why; the most at stake first."""
    flagged = now.people["flagged"].to_numpy(dtype=bool)
    typical = now.early.base_rate
    first = first_signals(seen, happened, shop.fitted, shop.past, shop.choice, flagged, typical)
    people = with_losses(now.people.assign(first_signal=first), lost.losses)
    return with_use(with_reasons(people, seen, now.signs, now.early), shop.used, seen.as_of)


def _by_month(seen: Visits, happened: Events, shop: _Shop, now: _Today, weights: Weights) -> Months:
    late_after = shop.calendar.late_after(shop.fitted.rhythms)
    value = annual_value(shop.fitted, now.signs)
    typical = now.early.base_rate
    return month_by_month(
        seen, happened, shop.fitted, late_after, value, shop.past, shop.choice, typical, weights
    )


def _expected(seen: Visits, shop: _Shop) -> pd.DataFrame:
    weekly = shop.calendar.weekly_visits(shop.fitted.rhythms)
    return expected_weeks(seen.as_of, weekly, shop.fitted.ticket)


def _due_first(seen: Visits, streams: pd.DataFrame) -> tuple[Names, Names]:
    """The service each client is due for first, and whom or what for; "" where none repeats."""
    first = streams.sort_values(["client_id", "due", "service", "subject"]).drop_duplicates("client_id")
    told = first.set_index("client_id")[["service", "subject"]].reindex(seen.client_id).fillna("")
    return told["service"].to_numpy(dtype=object), told["subject"].to_numpy(dtype=object)


def _until_today(months: pd.DataFrame, totals: Totals) -> pd.DataFrame:
    """The history with today's own figures in its last row, so that a line ends at the number beside it."""
    today = months.index[-1]
    months.loc[today, "active_clients"] = totals.active_clients
    months.loc[today, "late_clients"] = totals.late_clients
    months.loc[today, "on_time_share"] = totals.on_time_share
    months.loc[today, "value_at_stake"] = np.nan if totals.value_at_stake is None else totals.value_at_stake
    return months


def _visit_frame(seen: Visits) -> pd.DataFrame:
    table = seen.table
    return pd.DataFrame(
        {
            "client_id": seen.client_id[table["client"].to_numpy()],
            **table[["date", "amount", "service", "staff"]],
        }
    )


def _with_ids(points: pd.DataFrame, seen: Visits) -> pd.DataFrame:
    named = points.assign(client_id=seen.client_id[points["client"].to_numpy()])
    return named[list(schema.AFFECTION_POINTS)]
