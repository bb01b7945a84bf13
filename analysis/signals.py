"""What each client did, as of any day: the evidence behind affection, reasons and the early-signal classifier.

Everything here is rebuilt from dated rows up to a day, so the same function gives today's signs and those of six months ago.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import pandas as pd

from analysis.book import Book
from analysis.names import fingerprint
from analysis.visits import Visits

Array = npt.NDArray[np.float64]
Ints = npt.NDArray[np.int64]

RECENT_DAYS = 182  # a no-show or a cancellation of half a year ago still says something
YEAR_DAYS = 365
RECENT_GAPS, EARLIER_GAPS = 3, 8  # a trend compares the last three gaps with up to eight before them
PUNCTUAL_GAPS = 12
USUAL_STAFF_VISITS = 6
STAFF_GONE_DAYS = 45  # no line for this long while the shop works: the seller is gone, not on holiday
DROPPED_AFTER = 2.0  # a service is dropped when the client came on without it for twice its own gap
MIN_STREAM_VISITS = 3
UNPAID_DAYS = 30


@dataclass(frozen=True)
class EventTables:
    """Dated rows of the Book's smaller tables by client number, unknown clients left out. Days since 1970."""

    no_show: pd.DataFrame  # client, day
    cancelled: pd.DataFrame
    refund: pd.DataFrame
    problems: pd.DataFrame  # client, opened, closed (NaN while open), solved (True/False/NA)
    payments: pd.DataFrame  # client, due, paid (NaN while unpaid)
    contacts: pd.DataFrame  # client, day, answered (bool)
    ratings: pd.DataFrame  # client, day, rating
    referrals: pd.DataFrame  # client (who referred), day (first visit of the referred one)
    known: frozenset[str]  # which of these the export can tell: "status", "problems", "payments", ...


def _day(dates: pd.Series) -> Array:
    values = dates.to_numpy().astype("datetime64[D]")
    return np.where(np.isnat(values), np.nan, values.astype(np.int64).astype(float))


def event_tables(book: Book, seen: Visits) -> EventTables:
    """The Book's events keyed by client number."""
    number = pd.Series(np.arange(seen.clients), index=seen.client_id)

    def of(table: str) -> tuple[pd.DataFrame, Ints]:
        rows = book.table(table)
        client = rows["client_id"].map(number)
        rows = rows[client.notna().to_numpy()]
        return rows, client.dropna().to_numpy().astype(np.int64)

    problems, problem_client = of("problems")
    payments, payment_client = of("payments")
    contacts, contact_client = of("contacts")
    sales = book.sales
    rated = sales[sales["rating"].notna() & sales["date"].notna() & sales["client_id"].isin(seen.client_id)]
    known = {name for name in ("problems", "payments", "contacts") if book.known.get(name)}
    known |= {"status"} if book.knows("sales", "status") else set()
    known |= {"rating"} if book.knows("sales", "rating") else set()
    known |= {"referrals"} if book.knows("clients", "referred_by") else set()
    by_status = {
        status: seen.events.loc[seen.events["status"] == status, ["client", "day"]]
        for status in ("no_show", "cancelled", "refund")
    }
    return EventTables(
        **by_status,
        problems=pd.DataFrame(
            {
                "client": problem_client,
                "opened": _day(problems["opened"]),
                "closed": _day(problems["closed"]),
                "solved": problems["solved"].to_numpy(dtype=object),
            }
        ).dropna(subset="opened"),
        payments=pd.DataFrame(
            {"client": payment_client, "due": _day(payments["due"]), "paid": _day(payments["paid"])}
        ).dropna(subset="due"),
        contacts=pd.DataFrame(
            {
                "client": contact_client,
                "day": _day(contacts["date"]),
                "answered": _answered(contacts["outcome"]),
            }
        ).dropna(subset="day"),
        ratings=pd.DataFrame(
            {
                "client": rated["client_id"].map(number).to_numpy(),
                "day": _day(rated["date"]),
                "rating": rated["rating"].to_numpy(),
            }
        ),
        referrals=_referrals(book, seen, number),
        known=frozenset(known),
    )


#: Words of an outcome that mean the client could not be reached, in both languages.
NOT_ANSWERED = "no contest|sin respuesta|no respond|no answer|voicemail|buz|unreach|ilocaliz|no cog"


def _answered(outcome: pd.Series) -> npt.NDArray[np.bool_]:
    text = outcome.fillna("").str.lower()
    return ((text != "") & ~text.str.contains(NOT_ANSWERED, regex=True)).to_numpy(dtype=bool)


def _referrals(book: Book, seen: Visits, number: pd.Series) -> pd.DataFrame:
    """Who brought whom: `referred_by` names a client by id or by name."""
    clients = book.table("clients")
    referred = clients[clients["referred_by"].notna()]
    empty = pd.DataFrame({"client": np.array([], dtype=np.int64), "day": np.array([], dtype=float)})
    if referred.empty:
        return empty
    by_name = {
        fingerprint(str(name)): client_id
        for client_id, name in zip(clients["client_id"], clients["client_name"], strict=True)
        if isinstance(name, str)
    }
    source = referred["referred_by"].map(
        lambda by: by if by in number.index else by_name.get(fingerprint(by))
    )
    first = seen.table.groupby("client")["day"].min()
    frame = pd.DataFrame(
        {"client": source.map(number), "day": referred["client_id"].map(number).map(first)}
    ).dropna()
    return frame.astype({"client": np.int64, "day": float}) if len(frame) else empty


def _count(rows: pd.DataFrame, n: int) -> Array:
    return np.bincount(rows["client"].to_numpy(dtype=np.int64), minlength=n).astype(float)


def _last(rows: pd.DataFrame, column: str, n: int) -> Array:
    out = np.full(n, -np.inf)
    np.maximum.at(out, rows["client"].to_numpy(dtype=np.int64), rows[column].to_numpy(dtype=float))
    return np.where(np.isinf(out), np.nan, out)


def _first(rows: pd.DataFrame, column: str, n: int) -> Array:
    return -_last(rows.assign(**{column: -rows[column]}), column, n)


def signals(
    seen: Visits, events: EventTables, day: int, late_after: Array, early_before: Array
) -> pd.DataFrame:
    """One row per client (by number) with what was known at the end of `day`; NaN where it cannot be known.

    `late_after`, `early_before`: days of a gap beyond which a visit is late, or under which it is a visit more than
    usual, one per client. Clients with no visit by then have `visits` 0.
    """
    n = seen.clients
    table = seen.table
    client, when = table["client"].to_numpy(), table["day"].to_numpy()
    start = np.searchsorted(client, np.arange(n))
    key = client * (1 << 20) + when
    numbers = np.arange(n) * (1 << 20)
    end = np.searchsorted(key, numbers + day, side="right")
    visits = end - start
    has = visits > 0
    last_index = np.where(has, end - 1, start)
    out = pd.DataFrame({"visits": visits})
    out["first_day"] = np.where(has, when[start], np.nan)
    out["last_day"] = np.where(has, when[last_index], np.nan)
    out["silence"] = day - out["last_day"]
    out["visits_12m"] = end - np.maximum(start, np.searchsorted(key, numbers + day - YEAR_DAYS, side="right"))

    # Means over the latest gaps come from the first and last day of a run of visits: no loop, no groupby.
    recent = np.minimum(visits - 1, RECENT_GAPS)
    earlier = np.minimum(visits - 1 - recent, EARLIER_GAPS)
    cut = np.maximum(last_index - recent, start)
    before = np.maximum(cut - np.maximum(earlier, 0), start)
    enough = (recent >= RECENT_GAPS) & (earlier >= RECENT_GAPS)
    out["gap_now"] = np.where(enough, (when[last_index] - when[cut]) / np.maximum(recent, 1), np.nan)
    out["gap_before"] = np.where(enough, (when[cut] - when[before]) / np.maximum(earlier, 1), np.nan)

    amount = np.concatenate([[0], np.cumsum(np.nan_to_num(table["amount"].to_numpy()))])
    known = np.concatenate([[0], np.cumsum(table["amount"].notna().to_numpy())])
    year_start = end - out["visits_12m"].to_numpy()
    out["revenue_12m"] = amount[end] - amount[year_start]
    six = np.maximum(end - 6, start)
    with np.errstate(invalid="ignore", divide="ignore"):
        out["ticket_6"] = (amount[end] - amount[six]) / (known[end] - known[six])
        out["tickets_6"] = known[end] - known[six]
        now = (amount[end] - amount[end - recent * enough]) / (known[end] - known[end - recent * enough])
        split = end - recent * enough
        old = split - earlier * enough
        out["ticket_now"] = np.where(enough, now, np.nan)
        out["ticket_before"] = np.where(
            enough, (amount[split] - amount[old]) / (known[split] - known[old]), np.nan
        )

    gap = np.diff(when, prepend=when[:1])
    first_of_client = np.zeros(len(when), dtype=bool)
    first_of_client[start] = True
    on_time = np.cumsum(np.concatenate([[0], (gap <= late_after[client]) & ~first_of_client]))
    extra = np.cumsum(np.concatenate([[0], (gap < early_before[client]) & ~first_of_client]))
    window = np.minimum(np.maximum(visits - 1, 0), PUNCTUAL_GAPS)
    out["gaps_12"] = window
    with np.errstate(invalid="ignore", divide="ignore"):
        out["punctual_share"] = (on_time[end] - on_time[end - window]) / window
        out["extra_share"] = (extra[end] - extra[end - window]) / window

    _usual_staff(out, seen, day, start, end)
    _dropped_service(out, seen, day)
    _events(out, events, day)
    return out


def _usual_staff(out: pd.DataFrame, seen: Visits, day: int, start: Ints, end: Ints) -> None:
    """The seller of most of the latest visits, and since when that seller has no lines at all."""
    staff = seen.table["staff"].to_numpy()
    names, code = np.unique(staff.astype(str), return_inverse=True)
    place = end[:, None] - 1 - np.arange(USUAL_STAFF_VISITS)
    latest = np.where(place >= start[:, None], code[np.maximum(place, 0)], -1)
    latest = np.where(latest >= 0, np.where(names[latest] == "", -1, latest), -1)
    same = (latest[:, :, None] == latest[:, None, :]).sum(axis=2) * (latest >= 0)
    best = same.argmax(axis=1)  # ties go to the latest
    usual = latest[np.arange(len(latest)), best]
    when = seen.table["day"].to_numpy()
    last_line = np.full(len(names), -np.inf)
    past = when <= day
    np.maximum.at(last_line, code[past], when[past].astype(float))
    out["staff"] = np.where(usual >= 0, names[usual], "")
    gone = (usual >= 0) & (last_line[usual] < day - STAFF_GONE_DAYS)
    # Only news: after a year without them the client has another seller or another reason.
    gone &= last_line[usual] >= day - YEAR_DAYS
    out["staff_left_day"] = np.where(gone, last_line[usual], np.nan)


def _dropped_service(out: pd.DataFrame, seen: Visits, day: int) -> None:
    """A service the client used to take and came on without, for twice its own gap: the last one dropped."""
    streams = seen.streams[seen.streams["day"] <= day]
    out["dropped_service"] = ""
    out["dropped_last_day"] = np.nan
    if streams.empty:
        return
    by = streams.groupby(["client", "service"], sort=True)["day"].agg(["min", "max", "size"]).reset_index()
    by = by[by["size"] >= MIN_STREAM_VISITS]
    gap = (by["max"] - by["min"]) / (by["size"] - 1)
    last = out["last_day"].to_numpy()[by["client"].to_numpy()]
    without = last - by["max"]
    dropped = by[(without > DROPPED_AFTER * gap) & (without > 0) & (by["max"] >= day - YEAR_DAYS)]
    latest = dropped.sort_values(["client", "size", "max", "service"]).drop_duplicates("client", keep="last")
    out.loc[latest["client"].to_numpy(), "dropped_service"] = latest["service"].to_numpy()
    out.loc[latest["client"].to_numpy(), "dropped_last_day"] = latest["max"].to_numpy().astype(float)


def _events(out: pd.DataFrame, events: EventTables, day: int) -> None:
    n = len(out)
    for name, rows, span in (
        ("no_shows", events.no_show, RECENT_DAYS),
        ("cancellations", events.cancelled, RECENT_DAYS),
        ("refunds", events.refund, YEAR_DAYS),
    ):
        recent = rows[(rows["day"] <= day) & (rows["day"] > day - span)]
        out[name] = _count(recent, n) if "status" in events.known or len(rows) else np.nan
        out[f"{name}_last_day"] = _last(recent, "day", n)

    problems = events.problems[events.problems["opened"] <= day]
    still = problems[~(problems["closed"] <= day)]
    closed = problems[problems["closed"] <= day]
    badly = closed[(closed["solved"] == False) & (closed["closed"] > day - YEAR_DAYS)]  # noqa: E712 - object column with NA
    well = closed[closed["solved"] != False]  # noqa: E712
    has = "problems" in events.known
    out["problems_open"] = _count(still, n) if has else np.nan
    out["problem_open_days"] = day - _first(still, "opened", n)
    out["problems_bad"] = _count(badly, n) if has else np.nan
    out["problem_bad_last_day"] = _last(badly, "closed", n)
    out["problems_solved"] = _count(well, n) if has else np.nan

    due = events.payments[events.payments["due"] <= day]
    unpaid = due[~(due["paid"] <= day)]
    late = unpaid[unpaid["due"] < day - UNPAID_DAYS]
    settled = due[due["paid"] <= day]
    paid_count = _count(settled, n)
    on_time = _count(settled[settled["paid"] <= settled["due"] + UNPAID_DAYS], n)
    pays = "payments" in events.known
    out["unpaid"] = _count(late, n) if pays else np.nan
    out["unpaid_days"] = day - _first(late, "due", n)
    with np.errstate(invalid="ignore", divide="ignore"):
        out["paid_on_time_share"] = np.where(paid_count > 0, on_time / paid_count, np.nan)
    out["payments"] = paid_count

    rated = events.ratings[events.ratings["day"] <= day].sort_values(["client", "day", "rating"])
    latest = rated.drop_duplicates("client", keep="last")
    out["rating"] = np.nan
    out["rating_day"] = np.nan
    out.loc[latest["client"].to_numpy(dtype=np.int64), "rating"] = latest["rating"].to_numpy()
    out.loc[latest["client"].to_numpy(dtype=np.int64), "rating_day"] = latest["day"].to_numpy()

    brought = events.referrals[events.referrals["day"] <= day]
    out["referrals"] = _count(brought, n) if "referrals" in events.known else np.nan
    touched = events.contacts[(events.contacts["day"] <= day) & (events.contacts["day"] > day - YEAR_DAYS)]
    reached = "contacts" in events.known
    out["contacts"] = _count(touched, n) if reached else np.nan
    out["contacts_answered"] = _count(touched[touched["answered"]], n) if reached else np.nan
    out["contact_last_day"] = _last(events.contacts[events.contacts["day"] <= day], "day", n)
