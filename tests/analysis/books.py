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
