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
Bools = npt.NDArray[np.bool_]
Column = Array | Ints | pd.Categorical

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
class Events:
    """Dated rows of the Book's smaller tables by client number; rows of unknown clients are left out.

    Every entry is a tuple of aligned arrays that begins with the client numbers; days are days since 1970, NaN where
    missing. `known` says which of these the export can tell at all: "status", "problems", "payments"...
    """

    no_show: tuple[Ints, Array]  # client, day
    cancelled: tuple[Ints, Array]
    refund: tuple[Ints, Array]
    problems: tuple[Ints, Array, Array, Array]  # client, opened, closed, solved (1, 0, NaN)
    payments: tuple[Ints, Array, Array]  # client, due, paid
    contacts: tuple[Ints, Array, Bools]  # client, day, answered
    ratings: tuple[Ints, Array, Array]  # client, day, rating, in order of client and day
    referrals: tuple[Ints, Array]  # who referred, first visit of the referred one
    known: frozenset[str]


def events(book: Book, seen: Visits) -> Events:
    """The Book's events keyed by client number."""
    number = pd.Series(np.arange(seen.clients), index=seen.client_id)

    def of(table: str, needed: str) -> tuple[pd.DataFrame, Ints]:
        rows = book.table(table)
        client = rows["client_id"].map(number)
        kept = (client.notna() & rows[needed].notna()).to_numpy()
        return rows[kept], client.to_numpy(dtype=float)[kept].astype(np.int64)

    def by_status(status: str) -> tuple[Ints, Array]:
        rows = seen.events[seen.events["status"] == status]
        return rows["client"].to_numpy(), rows["day"].to_numpy(dtype=float)

    problems, problem_client = of("problems", "opened")
    payments, payment_client = of("payments", "due")
    contacts, contact_client = of("contacts", "date")
    known = {name for name in ("problems", "payments", "contacts") if book.known.get(name)}
    known |= {"status"} if book.knows("sales", "status") else set()
    known |= {"rating"} if book.knows("sales", "rating") else set()
    known |= {"referrals"} if book.knows("clients", "referred_by") else set()
    return Events(
        no_show=by_status("no_show"),
        cancelled=by_status("cancelled"),
        refund=by_status("refund"),
        problems=(
            problem_client,
            _day(problems["opened"]),
            _day(problems["closed"]),
            problems["solved"].astype("Float64").to_numpy(dtype=float, na_value=np.nan),
        ),
        payments=(payment_client, _day(payments["due"]), _day(payments["paid"])),
        contacts=(contact_client, _day(contacts["date"]), _answered(contacts["outcome"])),
        ratings=_ratings(book, number),
        referrals=_referrals(book, seen, number),
        known=frozenset(known),
    )


def _day(dates: pd.Series) -> Array:
    values = dates.to_numpy().astype("datetime64[D]")
    return np.where(np.isnat(values), np.nan, values.astype(np.int64).astype(float))


#: Words of an outcome that mean the client could not be reached, in both languages.
NOT_ANSWERED = "no contest|sin respuesta|no respond|no answer|voicemail|buz|unreach|ilocaliz|no cog"


def _answered(outcome: pd.Series) -> Bools:
    text = outcome.fillna("").str.lower()
    return ((text != "") & ~text.str.contains(NOT_ANSWERED, regex=True)).to_numpy(dtype=bool)


def _ratings(book: Book, number: pd.Series) -> tuple[Ints, Array, Array]:
    sales = book.sales
    rated = sales[sales["rating"].notna() & sales["date"].notna()]
    client = rated["client_id"].map(number).to_numpy(dtype=float)
    day, rating = _day(rated["date"]), rated["rating"].to_numpy(dtype=float)
    order = np.lexsort((rating, day, client))
    order = order[~np.isnan(client[order])]
    return client[order].astype(np.int64), day[order], rating[order]


def _referrals(book: Book, seen: Visits, number: pd.Series) -> tuple[Ints, Array]:
    """Who brought whom: `referred_by` names a client by id or by name."""
    clients = book.table("clients")
    referred = clients[clients["referred_by"].notna()]
    named = clients[clients["client_name"].notna()]
    by_name = dict(zip(named["client_name"].map(fingerprint), named["client_id"], strict=True))
    known = set(clients["client_id"])
    source = referred["referred_by"].map(lambda by: by if by in known else by_name.get(fingerprint(by), ""))
    day = seen.table["day"].to_numpy()
    first = day[np.searchsorted(seen.table["client"].to_numpy(), np.arange(seen.clients))]
    who = source.map(number).to_numpy(dtype=float)
    brought = referred["client_id"].map(number).to_numpy(dtype=float)
    kept = ~np.isnan(who) & ~np.isnan(brought)
    return who[kept].astype(np.int64), first[brought[kept].astype(np.int64)].astype(float)


def _count(client: Ints, n: int) -> Array:
    return np.bincount(client, minlength=n).astype(float)


def _last(client: Ints, day: Array, n: int) -> Array:
    """The latest day of each client, NaN where there is none."""
    out = np.full(n, -np.inf)
    np.maximum.at(out, client, day)
    return np.where(np.isinf(out), np.nan, out)


def signals(seen: Visits, happened: Events, day: int, late_after: Array, early_before: Array) -> pd.DataFrame:
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
    last_day = np.where(has, when[last_index], np.nan)
    year_start = np.maximum(start, np.searchsorted(key, numbers + day - YEAR_DAYS, side="right"))

    # Means over the latest gaps come from the first and last day of a run of visits: no loop, no groupby.
    recent = np.clip(visits - 1, 0, RECENT_GAPS)  # nobody has -1 gaps: who had not come yet has none
    earlier = np.minimum(visits - 1 - recent, EARLIER_GAPS)
    cut = np.maximum(last_index - recent, start)
    before = np.maximum(cut - np.maximum(earlier, 0), start)
    enough = (recent >= RECENT_GAPS) & (earlier >= RECENT_GAPS)

    amount = np.concatenate([[0], np.cumsum(np.nan_to_num(table["amount"].to_numpy()))])
    known = np.concatenate([[0], np.cumsum(table["amount"].notna().to_numpy())])
    split = end - recent * enough
    old = split - earlier * enough

    gap = np.diff(when, prepend=when[:1])
    first_of_client = np.zeros(len(when), dtype=bool)
    first_of_client[start] = True
    on_time = np.cumsum(np.concatenate([[0], (gap <= late_after[client]) & ~first_of_client]))
    extra = np.cumsum(np.concatenate([[0], (gap < early_before[client]) & ~first_of_client]))
    window = np.minimum(np.maximum(visits - 1, 0), PUNCTUAL_GAPS)

    def mean_ticket(from_: Ints, to: Ints) -> Array:
        return (amount[to] - amount[from_]) / (known[to] - known[from_])

    six = np.maximum(end - 6, start)
    with np.errstate(invalid="ignore", divide="ignore"):
        columns = {
            "visits": visits,
            "first_day": np.where(has, when[start], np.nan),
            "last_day": last_day,
            "silence": day - last_day,
            "visits_12m": end - year_start,
            "gap_now": np.where(enough, (when[last_index] - when[cut]) / np.maximum(recent, 1), np.nan),
            "gap_before": np.where(enough, (when[cut] - when[before]) / np.maximum(earlier, 1), np.nan),
            "revenue_12m": amount[end] - amount[year_start],
            "ticket_6": mean_ticket(six, end),
            "tickets_6": known[end] - known[six],
            "ticket_now": np.where(enough, mean_ticket(split, end), np.nan),
            "ticket_before": np.where(enough, mean_ticket(old, split), np.nan),
            "gaps_12": window,
            "punctual_share": (on_time[end] - on_time[end - window]) / window,
            "extra_share": (extra[end] - extra[end - window]) / window,
        }
    # One frame of all columns at once: frames that grow column by column were a third of the time.
    return pd.DataFrame(
        columns
        | _usual_staff(seen, day, start, end)
        | _dropped_service(seen, day, last_day)
        | _events(happened, day, n)
    )


def _usual_staff(seen: Visits, day: int, start: Ints, end: Ints) -> dict[str, Column]:
    """The seller of most of the latest visits, and since when that seller has no lines at all."""
    names, code = seen.staff_codes
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
    gone = (usual >= 0) & (last_line[usual] < day - STAFF_GONE_DAYS)
    # Only news: after a year without them the client has another seller or another reason.
    gone &= last_line[usual] >= day - YEAR_DAYS
    return {
        "staff": pd.Categorical.from_codes(np.where(usual >= 0, usual, -1), names),
        "staff_left_day": np.where(gone, last_line[usual], np.nan),
    }


def _dropped_service(seen: Visits, day: int, last_visit: Array) -> dict[str, Column]:
    """A service the client used to take and came on without, for twice its own gap: the most usual one dropped."""
    names, code = seen.stream_services
    dropped = np.full(seen.clients, -1)
    last_day = np.full(seen.clients, np.nan)
    start, client = seen.stream_starts
    if len(start):
        when = seen.streams["day"].to_numpy()
        row = np.arange(len(start))
        # Days are sorted within a stream: those up to `day` are counted by a search on (stream, day).
        end = np.searchsorted(seen.stream_of * (1 << 20) + when, row * (1 << 20) + day, side="right")
        visits = end - start
        rhythm = visits >= MIN_STREAM_VISITS
        latest = when[np.maximum(end - 1, start)]
        gap = (latest - when[start]) / np.maximum(visits - 1, 1)
        without = last_visit[client] - latest
        gone = rhythm & (without > DROPPED_AFTER * gap) & (without > 0) & (latest >= day - YEAR_DAYS)
        order = np.flatnonzero(gone)[np.lexsort((latest[gone], visits[gone]))]  # the last assignment wins
        dropped[client[order]] = code[order]
        last_day[client[order]] = latest[order]
    return {"dropped_service": pd.Categorical.from_codes(dropped, names), "dropped_last_day": last_day}


def _events(happened: Events, day: int, n: int) -> dict[str, Column]:
    columns: dict[str, Array] = {}
    nothing = np.full(n, np.nan)

    for name, (client, when), span in (
        ("no_shows", happened.no_show, RECENT_DAYS),
        ("cancellations", happened.cancelled, RECENT_DAYS),
        ("refunds", happened.refund, YEAR_DAYS),
    ):
        recent = (when <= day) & (when > day - span)
        told = "status" in happened.known or len(client) > 0
        columns[name] = _count(client[recent], n) if told else nothing
        columns[f"{name}_last_day"] = _last(client[recent], when[recent], n)

    client, opened, closed, solved = happened.problems
    told = "problems" in happened.known
    past = opened <= day
    still = past & ~(closed <= day)
    badly = past & (closed <= day) & (closed > day - YEAR_DAYS) & (solved == 0)
    well = past & (closed <= day) & (solved != 0)
    columns["problems_open"] = _count(client[still], n) if told else nothing
    columns["problem_open_days"] = day + _last(client[still], -opened[still], n)
    columns["problems_bad"] = _count(client[badly], n) if told else nothing
    columns["problem_bad_last_day"] = _last(client[badly], closed[badly], n)
    columns["problems_solved"] = _count(client[well], n) if told else nothing

    client, due, paid = happened.payments
    told = "payments" in happened.known
    settled = (due <= day) & (paid <= day)
    late = (due < day - UNPAID_DAYS) & ~(paid <= day)
    on_time = settled & (paid <= due + UNPAID_DAYS)
    columns["payments"] = _count(client[settled], n)
    columns["unpaid"] = _count(client[late], n) if told else nothing
    columns["unpaid_days"] = day + _last(client[late], -due[late], n)
    paid_count = columns["payments"]
    columns["paid_on_time_share"] = np.where(
        paid_count > 0, _count(client[on_time], n) / np.maximum(paid_count, 1), np.nan
    )

    client, when, rating = happened.ratings
    past = when <= day
    columns["rating"], columns["rating_day"] = nothing.copy(), nothing.copy()
    columns["rating"][client[past]] = rating[past]  # sorted by day: the last assignment wins
    columns["rating_day"][client[past]] = when[past]

    client, when = happened.referrals
    columns["referrals"] = _count(client[when <= day], n) if "referrals" in happened.known else nothing

    client, when, answered = happened.contacts
    told = "contacts" in happened.known
    recent = (when <= day) & (when > day - YEAR_DAYS)
    columns["contacts"] = _count(client[recent], n) if told else nothing
    columns["contacts_answered"] = _count(client[recent & answered], n) if told else nothing
    columns["contact_last_day"] = _last(client[when <= day], when[when <= day], n)
    return dict(columns)
