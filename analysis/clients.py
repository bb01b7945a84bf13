"""The client table: everything the Portfolio says of each client, in one row."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd

from analysis import alarm, schema
from analysis.arrays import Array, Bools, Names, as_dates, as_days
from analysis.book import Book
from analysis.bookings import Bookings
from analysis.client_rhythm import ClientRhythms
from analysis.early_signals import EarlySignals
from analysis.rhythm import Rhythms
from analysis.services import regularity
from analysis.shop_calendar import ShopCalendar
from analysis.states import actions, states
from analysis.visits import Visits
from analysis.why import reasons

DAYS_A_YEAR = 365.25
LEFT_P_ALIVE = 0.05  # their record says they left; a few come back
LATE_STATES = ("late", "lapsed")
FLAGGED_STATES = ("late", "due", "on_time")
_OF_THE_CLIENT_TABLE = ("client_name", "phone", "email", "consent", "birthday", "joined")
KNOWN_RHYTHM_VISITS = 3  # with fewer visits a year's value is what the year brought


@dataclass(frozen=True)
class _Standing:
    """Where each client stands today: days of silence, chances, money. One entry a client."""

    due_after: Array
    late_after: Array
    state: Names
    p_no_visit: Array  # without the shop's season, which says nothing of one client against another
    in_season: Array  # with it
    expected: Array  # visits within the horizon, with the season
    p_alive: Array
    flagged: Bools
    value: Array
    at_stake: Array


def client_table(
    book: Book,
    seen: Visits,
    signs: pd.DataFrame,
    scores: pd.DataFrame,
    fitted: ClientRhythms,
    early: EarlySignals,
    calendar: ShopCalendar,
    main_service: Names,
    due_service: Names,
    due_subject: Names,
    horizon_days: int,
) -> pd.DataFrame:
    """Columns of `schema.CLIENTS` and `CLIENT_EXTRAS` but for losses and first signals, one row per client number.

    Also `beyond`: the share of the client's own gaps that were shorter than today's silence; `in_season`:
    p_no_visit with the shop's season, which says nothing of one client against another; `season_due`: the date on
    which a seasonal client's visits usually begin, NaT for everyone else and for who is here this season.
    """
    people = _people(book, seen)
    bookings = Bookings.of(seen)
    left = as_days(people["left"])
    now = _standing(seen, signs, left, fitted, early, calendar, bookings, horizon_days)
    visits, silence = signs["visits"].to_numpy(), signs["silence"].to_numpy(dtype=float)
    return pd.DataFrame(
        {
            "client_id": seen.client_id,
            **{name: people[name] for name in _OF_THE_CLIENT_TABLE},
            **_visit_columns(signs, fitted),
            **_rhythm_columns(fitted, calendar, now),
            **_next_visit_columns(fitted.rhythms, calendar, bookings),
            **_standing_columns(now, silence),
            **{name: scores[name] for name in ("affection", "band", "affection_halfwidth", "behaviour_only")},
            "computed_affection": scores["affection"],
            "owner_said": False,
            "owner_note": "",
            "service": main_service,
            "due_service": due_service,
            "due_subject": due_subject,
            "active": alarm.active(visits, silence, horizon_days),
            "booked_for": seen.booked_for,
            "beyond": _beyond(fitted, silence),
            "season_due": calendar.season_due(),
        }
    )


def _visit_columns(signs: pd.DataFrame, fitted: ClientRhythms) -> dict[str, object]:
    """What was counted: visits, days and money."""
    return {
        "visits": signs["visits"].to_numpy(),
        "first_visit": as_dates(signs["first_day"]),
        "last_visit": as_dates(signs["last_day"]),
        "recency_days": signs["silence"].to_numpy(dtype=float).astype(np.int64),
        "staff": signs["staff"].astype(object).fillna(""),
        "ticket": np.round(fitted.ticket, 2),
        "visits_12m": signs["visits_12m"],
        "revenue_12m": np.where(np.isnan(fitted.ticket), np.nan, signs["revenue_12m"]),
    }


def _rhythm_columns(fitted: ClientRhythms, calendar: ShopCalendar, now: _Standing) -> dict[str, object]:
    """How often they come, and after which silence they are due, late and gone."""
    r = fitted.rhythms
    return {
        "interval_days": np.round(r.interval_days, 1),
        "interval_low": np.round(r.interval_low, 1),
        "interval_high": np.round(r.interval_high, 1),
        "interval_source": fitted.interval_source,
        "regularity": regularity(r.regularity_k),
        "due_after_days": np.round(np.where(calendar.habits.waits, now.due_after, r.interval_low), 1),
        "late_after_days": np.round(now.late_after, 1),
        "gone_after_days": r.gone_after_days,
    }


def _next_visit_columns(r: Rhythms, calendar: ShopCalendar, bookings: Bookings) -> dict[str, object]:
    low, day, high = bookings.next_visit(*calendar.next_visit(r))
    return {"next_visit": as_dates(day), "next_visit_low": as_dates(low), "next_visit_high": as_dates(high)}


def _standing_columns(now: _Standing, silence: Array) -> dict[str, object]:
    """Where they stand, as it is shown."""
    days_late = np.where(np.isin(now.state.astype(str), LATE_STATES), silence - now.late_after, 0.0)
    return {
        "days_late": np.maximum(0, np.round(days_late)).astype(np.int64),
        "state": now.state,
        "expected_visits": np.round(now.expected, 3),
        "p_no_visit": np.round(now.p_no_visit, 4),
        "in_season": np.round(now.in_season, 4),
        "p_alive": np.round(now.p_alive, 4),
        "annual_value": np.round(now.value, 2),
        "value_at_stake": np.round(now.at_stake, 2),
        "flagged": now.flagged,
    }


def _standing(
    seen: Visits,
    signs: pd.DataFrame,
    left: Array,
    fitted: ClientRhythms,
    early: EarlySignals,
    calendar: ShopCalendar,
    bookings: Bookings,
    horizon_days: int,
) -> _Standing:
    """`left` is the day each client's record says they left, NaN if it does not."""
    r = fitted.rhythms
    by_year = calendar.told_by_the_year
    due_after = calendar.due_after(r)
    late_after = calendar.late_after(r) + calendar.shut_while_due(r)
    p_no_visit = r.p_no_visit.copy()
    p_no_visit[early.client] = early.p_no_visit
    # Nobody's silence is a sign outside the time of the year they come in.
    p_no_visit[by_year] = r.p_no_visit[by_year]
    p_no_visit = bookings.p_no_visit(p_no_visit, seen.today + horizon_days)
    in_season, expected = calendar.in_season(r, p_no_visit, _expected(r, p_no_visit), horizon_days)

    state = states(seen, signs, due_after, late_after, r.p_alive, left, calendar.habits)
    gone = (state == "lapsed") & (r.p_alive >= alarm.GONE_BELOW)
    p_alive = np.where(gone, LEFT_P_ALIVE, r.p_alive)
    # The alarm compares clients with one another, whatever the month brings to all of them; and whose time of the
    # year it is not gives no early signal by staying away.
    not_theirs = by_year & (state != "late")
    flagged = alarm.flagged(
        signs["visits"].to_numpy(),
        signs["silence"].to_numpy(dtype=float),
        late_after,
        p_alive,
        np.where(not_theirs, 0.0, p_no_visit),
        horizon_days,
        early.base_rate,
    )
    value = annual_value(fitted, signs)
    may_leave = np.where(not_theirs, 1 - p_alive, p_no_visit)
    return _Standing(
        due_after,
        late_after,
        state,
        p_no_visit,
        in_season,
        expected,
        p_alive,
        flagged & np.isin(state.astype(str), FLAGGED_STATES),
        value,
        alarm.value_at_stake(value, may_leave, p_alive) * ~bookings.booked,
    )


def _expected(r: Rhythms, p_no_visit: Array) -> Array:
    """Visits expected within the horizon: whatever moves the chance of any visit moves their number with it."""
    with np.errstate(divide="ignore", invalid="ignore"):
        came = (1 - p_no_visit) / (1 - r.p_no_visit)
    return np.maximum(r.expected_visits * np.where(np.isfinite(came), came, 1.0), 1 - p_no_visit)


def annual_value(fitted: ClientRhythms, signs: pd.DataFrame) -> Array:
    """Money a year at the client's own rhythm and ticket; with fewer than three visits, what the last year brought."""
    rhythm = DAYS_A_YEAR / np.maximum(fitted.mean_gap, 1.0)
    young = (signs["visits"] < KNOWN_RHYTHM_VISITS).to_numpy()
    return fitted.ticket * np.where(young, np.maximum(signs["visits_12m"].to_numpy(dtype=float), 1.0), rhythm)


def with_losses(people: pd.DataFrame, losses: pd.DataFrame) -> pd.DataFrame:
    """Adds lost_visits and lost_revenue: own lens, the last twelve months."""
    own = losses[losses["lens"] == "own"]
    by = own.groupby("client_id")[["lost_visits", "lost_revenue"]].sum(min_count=1)
    by = by.reindex(people["client_id"])
    lost = by["lost_visits"].fillna(0.0).to_numpy()
    money = by["lost_revenue"].to_numpy(dtype=float)
    money = np.where(people["ticket"].isna(), np.nan, np.nan_to_num(money))
    return people.assign(lost_visits=np.round(lost, 3), lost_revenue=np.round(money, 2))


def with_reasons(
    people: pd.DataFrame, seen: Visits, signs: pd.DataFrame, early: EarlySignals
) -> pd.DataFrame:
    """Adds reasons and suggested_action, keeps the columns of the contract, and puts the most at stake first."""
    months = _months(seen, people["state"].to_numpy(dtype=object))
    told = people.assign(p_no_visit=people["in_season"])  # in the figures that stand beside them
    people = people.assign(
        reasons=pd.Series(reasons(told, signs, months, early), index=people.index, dtype=object),
        suggested_action=actions(people, signs),
    )
    people = people.assign(p_no_visit=people["in_season"])
    columns = [*schema.CLIENTS, *schema.CLIENT_EXTRAS]
    order = ["value_at_stake", "p_no_visit", "client_id"]
    return people.sort_values(order, ascending=[False, False, True], na_position="last", ignore_index=True)[
        columns
    ]


def _people(book: Book, seen: Visits) -> pd.DataFrame:
    """Name, phone, consent... of each client, from the clients' table, else the name on their sales."""
    table = book.table("clients").drop_duplicates("client_id").set_index("client_id")
    people = table.reindex(seen.client_id).reset_index(drop=True)
    sales = book.sales[["client_id", "client_name"]].dropna().drop_duplicates("client_id", keep="last")
    on_sales = sales.set_index("client_id")["client_name"].reindex(seen.client_id).reset_index(drop=True)
    name = people["client_name"].fillna(on_sales).fillna(pd.Series(seen.client_id))
    return people.assign(client_name=name)


def _months(seen: Visits, state: Names) -> list[tuple[int, ...]]:
    """Calendar months of the visits of seasonal clients; nothing for the others."""
    out: list[tuple[int, ...]] = [()] * seen.clients
    table = seen.table[np.isin(seen.table["client"].to_numpy(), np.flatnonzero(state == "seasonal"))]
    for client, month in table["date"].dt.month.groupby(table["client"]).unique().items():
        out[int(str(client))] = tuple(sorted(int(m) for m in month))
    return out


def _beyond(fitted: ClientRhythms, silence: Array) -> Array:
    known = fitted.known
    shorter = np.bincount(known.row, weights=known.gap_days < silence[known.row], minlength=known.rows)
    return np.asarray(shorter / np.maximum(known.gaps, 1))
