"""From lines of a till to visits: one row per client and calendar day, and per service stream.

Unmerged, 41% of a real salon's "gaps" are 0 days: a cut and a colour on one ticket are one visit.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, replace
from functools import cached_property

import numpy as np
import numpy.typing as npt
import pandas as pd

from analysis.arrays import Dates, Ints, Names
from analysis.book import Book
from analysis.errors import NoVisitsError

#: Streams are kept for services that make up the shop; a retailer's thousand products are no services with a cadence.
MAX_SERVICES = 60
MIN_SERVICE_VISITS = 12
#: Client and day as one sortable number: a client's days fit in here (until the year 4840).
DAYS_PER_CLIENT = 1 << 20
EPOCH = dt.date(1970, 1, 1)


@dataclass(frozen=True)
class Visits:
    """Completed visits up to `as_of`, sorted by client and day; clients are numbered in the order of `client_id`.

    table: client, day (days since 1970), date, amount (NaN if unknown), service (the main line's), staff
    streams: client, service, subject, day, amount, staff: one row per client, service, subject and day, for services
        with a cadence worth fitting (`MAX_SERVICES`, `MIN_SERVICE_VISITS`); a subject is whom or what the client
        brings (a vehicle, a pet, a child), "" for the client alone
    brought: client, subject, day: the days each subject was brought; None where the export names none
    events: client, day, status: cancelled, no_show and refund lines up to as_of
    staff_days: staff, day: the days each seller has a completed line of any client or walk-in, up to as_of
    booked_for: next future booking per client, NaT if none
    """

    as_of: dt.date
    client_id: Names
    table: pd.DataFrame
    streams: pd.DataFrame
    events: pd.DataFrame
    staff_days: pd.DataFrame
    booked_for: Dates
    walk_in_lines: int
    brought: pd.DataFrame | None = None

    @property
    def clients(self) -> int:
        return len(self.client_id)

    @property
    def today(self) -> int:
        """as_of in days since 1970."""
        return days_since_epoch(self.as_of)

    @cached_property
    def first_row(self) -> Ints:
        """First row of `table` of each client; every client has one."""
        return np.searchsorted(self.table["client"].to_numpy(), np.arange(self.clients))

    @cached_property
    def _row_key(self) -> Ints:
        return np.asarray(self.table["client"].to_numpy() * DAYS_PER_CLIENT + self.table["day"].to_numpy())

    def rows_until(self, day: int) -> Ints:
        """One past the last row of `table` with a visit up to `day`, for each client; `first_row` if there is none."""
        return np.searchsorted(self._row_key, np.arange(self.clients) * DAYS_PER_CLIENT + day, side="right")

    @cached_property
    def _service_codes(self) -> tuple[npt.NDArray[np.str_], Ints]:
        """Names of the services, and which one each row of `streams` is of."""
        return _numbered(self.streams["service"])

    @cached_property
    def stream_of(self) -> Ints:
        """The number of the client-service-subject stream of each row of `streams`."""
        client, service = self.streams["client"].to_numpy(), self._service_codes[1]
        new = np.ones(len(client), dtype=bool)
        new[1:] = (client[1:] != client[:-1]) | (service[1:] != service[:-1])
        if self.brought is not None:
            subject = _numbered(self.streams["subject"])[1]
            new[1:] |= subject[1:] != subject[:-1]
        return np.asarray(np.cumsum(new) - 1)

    @cached_property
    def stream_subjects(self) -> Names:
        """Whom or what each stream is of, "" for the client alone."""
        return self.streams["subject"].to_numpy(dtype=object)[self.stream_starts[0]]

    @cached_property
    def stream_starts(self) -> tuple[Ints, Ints]:
        """First row and client of each stream."""
        start = np.flatnonzero(np.diff(self.stream_of, prepend=-1))
        return start, self.streams["client"].to_numpy()[start]

    @cached_property
    def _stream_key(self) -> Ints:
        return np.asarray(self.stream_of * DAYS_PER_CLIENT + self.streams["day"].to_numpy())

    def stream_rows_until(self, day: int) -> Ints:
        """The same for each stream, in `streams`."""
        streams = np.arange(len(self.stream_starts[0]))
        return np.searchsorted(self._stream_key, streams * DAYS_PER_CLIENT + day, side="right")

    @cached_property
    def stream_services(self) -> tuple[npt.NDArray[np.str_], Ints]:
        """Names of the services, and which one each stream is of."""
        names, service = self._service_codes
        return names, service[self.stream_starts[0]]

    def only(self, clients: Ints) -> Visits:
        """The same shop with some of its clients alone (in increasing order), numbered anew."""
        number = self.renumbered(clients)

        def of(rows: pd.DataFrame) -> pd.DataFrame:
            new = number[rows["client"].to_numpy()]
            kept: pd.DataFrame = rows.loc[new >= 0].assign(client=new[new >= 0])
            return kept.reset_index(drop=True)

        return replace(
            self,
            client_id=self.client_id[clients],
            table=of(self.table),
            streams=of(self.streams),
            events=of(self.events),
            booked_for=self.booked_for[clients],
            brought=None if self.brought is None else of(self.brought),
        )

    def renumbered(self, clients: Ints) -> Ints:
        """The number each client has among `clients`, negative for those left out."""
        number = np.full(self.clients, -1)
        number[clients] = np.arange(len(clients))
        return number

    @cached_property
    def staff_type(self) -> pd.CategoricalDtype:
        """The names of the sellers, as categories numbered as in `staff_codes`."""
        return pd.CategoricalDtype(pd.Index(self.staff_codes[0]))

    @cached_property
    def service_type(self) -> pd.CategoricalDtype:
        """The names of the services, as categories numbered as in `stream_services`."""
        return pd.CategoricalDtype(pd.Index(self.stream_services[0]))

    @cached_property
    def staff_last_lines(self) -> tuple[Ints, Ints]:
        """Seller (numbered as in `staff_codes`) and day of each row of `staff_days` whose seller has a visit."""
        names, _ = self.staff_codes
        seller = self.staff_days["staff"].to_numpy(dtype=str)
        code = np.minimum(np.searchsorted(names, seller), len(names) - 1)
        known = names[code] == seller
        return code[known], self.staff_days["day"].to_numpy()[known]

    @cached_property
    def staff_codes(self) -> tuple[npt.NDArray[np.str_], Ints]:
        """Names of the sellers, and which one made each visit of `table`."""
        return _numbered(self.table["staff"])


#: Columns that are categories until visits are merged.
TEXTS = ("service", "staff")


def days_since_epoch(date: dt.date) -> int:
    """The date as a whole number, as all arithmetic here wants it."""
    return (date - EPOCH).days


def _days(dates: pd.Series) -> Ints:
    return dates.to_numpy().astype("datetime64[D]").astype(np.int64)


def _numbered(column: pd.Series) -> tuple[npt.NDArray[np.str_], Ints]:
    """The distinct texts in order, and which one each row has."""
    code, found = pd.factorize(column)
    names, place = np.unique(np.asarray(found, dtype=object).astype(str), return_inverse=True)
    return names, place[code]


def _text(column: pd.Series) -> pd.Series:
    """Categories in sorted order, so that nothing depends on the order of the rows; unknown is "".

    Lines are filtered and sorted as categories, which is many times faster than as texts.
    """
    return column.fillna("").astype("category").cat.rename_categories(str)


def no_visits(sales: pd.DataFrame) -> NoVisitsError:
    """Why there is nothing to analyse: no sales at all (a file of clients alone), or none that took place."""
    return NoVisitsError("no_sales") if sales.empty else NoVisitsError(rows=len(sales))


def visits(book: Book, as_of: dt.date | None = None) -> Visits:
    """The visits of a Book up to `as_of`, or up to its last completed line.

    Raises NoVisitsError where no named client has a completed line by then.
    """
    sales = book.sales
    named = sales["client_id"].notna().to_numpy()
    completed = (sales["status"] == "completed").to_numpy()
    dated = sales["date"].notna().to_numpy()
    if not (named & completed & dated).any():
        raise no_visits(sales)
    if as_of is None:
        # Walk-ins count: the shop was open on those days, so lateness runs up to them.
        as_of = sales.loc[completed & dated, "date"].max().date()
    today = days_since_epoch(as_of)
    walk_ins = ~named & completed & (sales["date"] <= pd.Timestamp(as_of)).to_numpy()

    own = sales.loc[named & dated, ["client_id", "date", "amount", "service", "staff", "status"]]
    day = _days(own["date"])
    past = day <= today
    is_visit = (own["status"] == "completed").to_numpy() & past
    if not is_visit.any():
        raise no_visits(sales)
    ids, client = _numbered(own["client_id"])
    seen = np.zeros(len(ids), dtype=bool)
    seen[client[is_visit]] = True
    number = np.cumsum(seen) - 1  # clients known only by a booking or a no-show have no visit to analyse

    lines = pd.DataFrame(
        {
            "client": client,
            "day": day,
            "amount": own["amount"].to_numpy(dtype=float),
            "service": _text(own["service"]).array,
            "staff": _text(own["staff"]).array,
            "status": own["status"].astype("category").array,
        }
    )
    subject = _subjects(sales.loc[own.index, "subject"], client)
    if subject is not None:
        lines["subject"] = subject
    lines = lines[seen[client]]
    lines["client"] = number[lines["client"].to_numpy()]
    past = lines["day"].to_numpy() <= today
    done = (lines["status"] == "completed").to_numpy() & past
    refund = (lines["status"] == "refund").to_numpy() & past
    table = _merge_days(lines[done])
    table = _net_refunds(table, lines[refund])
    return Visits(
        as_of=as_of,
        client_id=ids[seen].astype(object),
        table=table,
        streams=_streams(lines[done]),
        events=lines.loc[
            lines["status"].isin(["cancelled", "no_show", "refund"]) & past, ["client", "day", "status"]
        ]
        .astype({"status": "str"})  # few rows, and sorted by name
        .sort_values(["client", "day", "status"], ignore_index=True),
        staff_days=_staff_days(
            sales.loc[
                completed & dated & (sales["date"] <= pd.Timestamp(as_of)).to_numpy(), ["date", "staff"]
            ]
        ),
        booked_for=_next_booking(lines, today, int(seen.sum())),
        walk_in_lines=int(walk_ins.sum()),
        brought=None if subject is None else _brought(lines[done]),
    )


def _as_texts(merged: pd.DataFrame) -> pd.DataFrame:
    """Categories as the texts they stand for, looked up in one go (a cast goes by way of Python's own strings)."""
    columns = {name: merged[name].cat for name in (*TEXTS, "subject") if name in merged}
    return merged.assign(**{name: cat.categories.array.take(cat.codes) for name, cat in columns.items()})


def _merge(lines: pd.DataFrame, keys: list[str]) -> pd.DataFrame:
    """One row per combination of `keys`, in that order: amounts added, service and seller of the dearest line.

    Ties go by name, so that the order of the rows never matters.
    """
    client, day = lines["client"].to_numpy(), lines["day"].to_numpy()
    # The dearest line first, unknown amounts last.
    dearest = -lines["amount"].fillna(-np.inf).to_numpy()
    service, staff = (lines[name].cat.codes.to_numpy() for name in TEXTS)
    kept = ["client", "day", *TEXTS]
    if "subject" in keys:
        kept.append("subject")
        order = np.lexsort((staff, dearest, day, lines["subject"].cat.codes.to_numpy(), service, client))
    elif "service" in keys:
        order = np.lexsort((staff, dearest, day, service, client))
    else:
        order = np.lexsort((staff, service, dearest, client * DAYS_PER_CLIENT + day))
    ordered = lines.take(order).reset_index(drop=True)
    if ordered.empty:
        return _as_texts(ordered[[*kept, "amount"]])
    first = np.zeros(len(ordered), dtype=bool)
    first[0] = True
    for key in keys:
        value = ordered[key].to_numpy() if key in {"client", "day"} else ordered[key].cat.codes.to_numpy()
        first[1:] |= value[1:] != value[:-1]
    amount = ordered["amount"].to_numpy()
    start = np.flatnonzero(first)
    total = np.add.reduceat(np.nan_to_num(amount), start)
    known = np.add.reduceat((~np.isnan(amount)).astype(int), start) > 0
    merged = ordered.loc[first, kept].reset_index(drop=True)
    merged = _as_texts(merged)
    return merged.assign(amount=np.where(known, np.round(total, 6), np.nan))


def _merge_days(lines: pd.DataFrame) -> pd.DataFrame:
    merged = _merge(lines, ["client", "day"])
    date = merged["day"].to_numpy().astype("datetime64[D]").astype("datetime64[s]")
    return merged.assign(date=date)[["client", "day", "date", "amount", "service", "staff"]]


def _net_refunds(table: pd.DataFrame, refunds: pd.DataFrame) -> pd.DataFrame:
    """Refunds lower the amount of the visit they follow; a refund is no visit of its own."""
    refunds = refunds[refunds["amount"].notna()]
    if refunds.empty:
        return table
    span = int(max(table["day"].max(), refunds["day"].max())) + 1
    place = (
        np.searchsorted(
            table["client"].to_numpy() * span + table["day"].to_numpy(),
            refunds["client"].to_numpy() * span + refunds["day"].to_numpy(),
            side="right",
        )
        - 1
    )
    same = (place >= 0) & (table["client"].to_numpy()[np.maximum(place, 0)] == refunds["client"].to_numpy())
    amount = table["amount"].to_numpy().copy()
    order = np.argsort(refunds["amount"].to_numpy()[same], kind="stable")  # sums do not depend on row order
    np.add.at(amount, place[same][order], refunds["amount"].to_numpy()[same][order])
    return table.assign(amount=amount)


def _streams(lines: pd.DataFrame) -> pd.DataFrame:
    keys = ["client", "service", *(["subject"] if "subject" in lines else []), "day"]
    named = lines[lines["service"] != ""]
    days = named.drop_duplicates(keys)
    count = days["service"].value_counts()
    count = count[count >= MIN_SERVICE_VISITS]
    kept = sorted(count.index, key=lambda service: (-count[service], service))[:MAX_SERVICES]
    merged = _merge(named[named["service"].isin(kept)], keys)
    return merged if "subject" in merged else merged.assign(subject="")


def _subjects(subject: pd.Series, client: Ints) -> pd.Series | None:
    """Whom or what each line is for, as categories; None where no line says so.

    A line that does not say it is for the only one its client ever brings.
    """
    if subject.isna().all():
        return None
    texts = _text(subject)
    codes = texts.cat.codes.to_numpy().astype(np.int64)
    nobody = codes == (texts.cat.categories.get_loc("") if "" in texts.cat.categories else -1)
    pairs = pd.DataFrame({"client": client[~nobody], "code": codes[~nobody]}).drop_duplicates()
    only = pairs.drop_duplicates("client", keep=False).set_index("client")["code"]
    theirs = only.reindex(client).to_numpy(dtype=float)
    codes = np.where(nobody & ~np.isnan(theirs), np.nan_to_num(theirs), codes).astype(np.int64)
    return pd.Series(pd.Categorical.from_codes(codes, texts.cat.categories))


def _brought(lines: pd.DataFrame) -> pd.DataFrame:
    """Once each client, subject and day, in that order."""
    found = lines[["client", "subject", "day"]].drop_duplicates().astype({"subject": "object"})
    return found.sort_values(["client", "subject", "day"], ignore_index=True)


def _staff_days(lines: pd.DataFrame) -> pd.DataFrame:
    """Once each seller and day, in that order."""
    staff = _text(lines["staff"]).cat
    days = np.sort(
        pd.unique(staff.codes.to_numpy().astype(np.int64) * DAYS_PER_CLIENT + _days(lines["date"]))
    )
    names = staff.categories.to_numpy(dtype=object)[days // DAYS_PER_CLIENT]
    named = names != ""
    return pd.DataFrame({"staff": names[named], "day": (days % DAYS_PER_CLIENT)[named]})


def _next_booking(lines: pd.DataFrame, today: int, clients: int) -> Dates:
    future = lines[(lines["status"] == "booked") & (lines["day"] > today)]
    first = future.groupby("client")["day"].min()
    dates = np.full(clients, np.datetime64("NaT", "s"))
    dates[first.index.to_numpy()] = first.to_numpy().astype("datetime64[D]").astype("datetime64[s]")
    return dates
