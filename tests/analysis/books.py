"""Builders of small Books: what a test needs of a shop, in a line a visit."""

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence

import numpy as np
import pandas as pd

from analysis.book import TABLES, Book, empty_table

#: client (None = a walk-in), ISO date, amount, service, staff; what is left out is unknown.
Visit = tuple[object, ...]
Row = Mapping[str, object]


def book_of(
    visits: Iterable[Visit] = (),
    *,
    lines: Iterable[Row] = (),
    **tables: Sequence[Row],
) -> Book:
    """A Book of completed `visits`, of other sales `lines` (see `line`) and of rows of the other tables.

    A column is known where some row has a value for it; a client's name is their id.
    """
    sales = [*(_line_of(visit) for visit in visits), *lines]
    rows = {"sales": sales, **{name: list(given) for name, given in tables.items()}}
    return Book(
        tables={name: _table(name, given) for name, given in rows.items()},
        known={name: _known(given) for name, given in rows.items()},
        currency="EUR",
    )


def line(client: str | None, date: str, status: str = "completed", **values: object) -> Row:
    """One line of the till."""
    return {"client_id": client, "client_name": client, "date": date, "status": status, **values}


def every(
    client: str, days: int, times: int, *, last: str, amount: float | None = 30.0, service: str = ""
) -> list[Visit]:
    """`times` visits of a client, one every so many days, the last one on `last`."""
    end = dt.date.fromisoformat(last)
    dates = [end - dt.timedelta(days=days * back) for back in range(times - 1, -1, -1)]
    return [(client, date.isoformat(), amount, service or None) for date in dates]


def simulated(
    clients: int, *, k: float = 5.0, days: int = 730, seed: int = 1, usual: tuple[float, float] = (20.0, 60.0)
) -> list[Visit]:
    """Clients who never leave, each with gamma gaps of regularity `k` about a usual gap of their own.

    Every one begins within the first two months; client "c000" has the shortest usual gap, the last one the longest.
    """
    random = np.random.default_rng(seed)
    out: list[Visit] = []
    for number, mean in enumerate(np.geomspace(*usual, clients)):
        day = float(random.uniform(0, 60))
        while day <= days:
            date = dt.date(2024, 1, 1) + dt.timedelta(days=int(day))
            out.append((f"c{number:03}", date.isoformat(), 20.0 + number % 5, "Corte", f"s{number % 3}"))
            day += max(1.0, float(random.gamma(k, mean / k)))
    return out


def _line_of(visit: Visit) -> Row:
    client, date, *rest = visit
    names = ("amount", "service", "staff")
    return line(client, str(date), **dict(zip(names, rest, strict=False)))  # type: ignore[arg-type]


def _table(name: str, rows: Sequence[Row]) -> pd.DataFrame:
    if not rows:
        return empty_table(name)
    frame = pd.DataFrame(rows).reindex(columns=list(TABLES[name]))
    return frame.astype(
        {column: dtype for column, dtype in TABLES[name].items() if not dtype.startswith("datetime")}
    ).assign(
        **{
            column: pd.to_datetime(frame[column]).astype(dtype)
            for column, dtype in TABLES[name].items()
            if dtype.startswith("datetime")
        }
    )


def _known(rows: Sequence[Row]) -> frozenset[str]:
    known = {column for row in rows for column, value in row.items() if value is not None}
    only_completed = all(row.get("status", "completed") == "completed" for row in rows)
    return frozenset(known - {"status"} if only_completed else known)


#: Service, usual days, price; every client of the salon keeps to one, some take a second one at its own rhythm.
SERVICES = (("Corte", 30, 25.0), ("Color", 60, 70.0), ("Uñas", 21, 18.0))
SALON_LAST_DAY = dt.date(2026, 10, 31)


def salon_lines(clients: int = 66, *, seed: int = 11) -> list[Row]:
    """Two and a half years of a salon: most clients regular, every sixth slipping in the last months, every ninth gone.

    With walk-ins, no-shows, cancellations, refunds, ratings and a booking to come.
    """
    random = np.random.default_rng(seed)
    lines: list[Row] = []

    def visits_of(client: str, service: int, seller: str, until: dt.date, slips_from: dt.date | None) -> None:
        name, usual, price = SERVICES[service]
        day = dt.date(2024, 5, 1) + dt.timedelta(days=int(random.integers(0, 60)))
        while day <= until:
            status = "no_show" if random.random() < 0.02 else "completed"
            values = {
                "amount": price,
                "service": name,
                "staff": seller,
                "rating": float(random.integers(6, 11)),
            }
            lines.append(line(client, day.isoformat(), status, **values))
            slower = 1.7 if slips_from and day >= slips_from else 1.0
            day += dt.timedelta(days=max(2, round(float(random.gamma(8.0, usual * slower / 8.0)))))

    for number in range(clients):
        gone, slipping = number % 9 == 4, number % 6 == 5
        until = SALON_LAST_DAY - dt.timedelta(days=120 + 3 * number if gone else 0)
        slips_from = SALON_LAST_DAY - dt.timedelta(days=240) if slipping else None
        client, seller = f"c{number:03}", ("Rosa", "Inés", "Luz")[number % 3]
        visits_of(client, number % 3, seller, until, slips_from)
        if number % 4 == 0:
            visits_of(client, (number + 1) % 3, seller, until, slips_from)
    day = SALON_LAST_DAY.isoformat()
    lines += [line(None, f"2026-0{month}-10", amount=15.0) for month in range(1, 10)]
    lines += [line("c001", "2026-10-02", "refund", amount=-10.0), line("c002", "2026-09-20", "cancelled")]
    return [*lines, line("c003", "2026-11-20", "booked"), line(None, day, amount=15.0)]


def salon(*, lines: Sequence[Row] | None = None, names: bool = True, **dropped: bool) -> Book:
    """The salon as a Book with every table; `amount=False` and the like leave a column of the sales out."""
    rows = salon_lines() if lines is None else lines
    without = {column for column, kept in dropped.items() if not kept} | (set() if names else {"client_name"})
    rows = [{name: value for name, value in row.items() if name not in without} for row in rows]
    clients = [
        {"client_id": f"c{number:03}", "phone": f"+34 600 000 {number:03}", "consent": number % 10 != 5}
        | ({"referred_by": f"c{number - 10:03}"} if number in (20, 30) else {})
        | ({"client_name": f"Clienta {number:03}"} if names else {})
        for number in range(66)
    ]
    return book_of(
        lines=rows,
        clients=clients,
        problems=[
            {"client_id": "c005", "opened": "2026-09-01", "kind": "espera"},
            {"client_id": "c011", "opened": "2026-06-01", "closed": "2026-06-09", "solved": False},
            {"client_id": "c012", "opened": "2026-06-01", "closed": "2026-06-03", "solved": True},
        ],
        payments=[
            {"client_id": "c006", "due": "2026-08-01", "amount": 70.0},
            {"client_id": "c007", "due": "2026-08-01", "paid": "2026-08-03", "amount": 25.0},
        ],
        contacts=[{"client_id": "c008", "date": "2026-10-01", "channel": "call", "outcome": "confirmada"}],
    )
