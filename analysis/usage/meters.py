"""From the Book to what the meters tell: rates, due dates by use, and readings that cannot be."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd

from analysis.arrays import Array, Ints, Names
from analysis.book import Book
from analysis.schema import METER_FAULTS, SERVICE_USE, USAGE, empty_frame
from analysis.settings import Settings
from analysis.usage.distance import Distance
from analysis.usage.due import as_dates, due_by_use, whichever_first
from analysis.usage.meter_lines import meter_lines
from analysis.usage.rates import Rates, rates
from analysis.usage.readings import MeterUnit, meter_unit, readings
from analysis.usage.unit_intervals import Waits, gaps_of, service_use
from analysis.visits import Visits


@dataclass(frozen=True)
class Usage:
    """What the meters tell; the frames are empty where the export has no meter.

    A client stands for one vehicle: where two run under one name, that is found out and the dates alone are used.
    """

    unit: MeterUnit
    clients: pd.DataFrame  # schema.USAGE
    services: pd.DataFrame  # schema.SERVICE_USE
    faults: pd.DataFrame  # schema.METER_FAULTS

    @property
    def metered(self) -> bool:
        """Whether anybody's meter was read at all."""
        return not (self.clients.empty and self.faults.empty)


def usage(book: Book, seen: Visits, calendar: pd.DataFrame, settings: Settings) -> Usage:
    """Rates, due dates and faults of a Book's meters.

    `calendar`: when each client is due for each service by their own days: client_id, service, visits, due
    (`schema.STREAMS`; `by_visits` where the export names no service).
    """
    if not book.knows("sales", "meter"):
        return Usage("km", empty_frame(USAGE), empty_frame(SERVICE_USE), empty_frame(METER_FAULTS))
    lines = meter_lines(readings(book, seen), seen.clients)
    driven = rates(lines, seen.clients, seen.today)
    total = Distance.of(lines, driven.per_day)
    client, names, service, day = _visits_by_service(seen)
    last = np.append((np.diff(client) != 0) | (np.diff(service) != 0), [True])
    seen_on = seen.table["day"].to_numpy()[seen.rows_until(seen.today) - 1][client[last]]
    waits = Waits(
        service[last], client[last], (seen_on - day[last]).astype(float), driven.per_day[client[last]]
    )
    services = service_use(names, gaps_of(service, client, day, total), waits, settings.unit_intervals)
    due = due_by_use(total, driven, client[last], service[last], day[last], names, services)
    table = _people(seen, driven, total).merge(due, on="client", how="left")
    table["service"] = table["service"].fillna("")
    table = whichever_first(table, calendar, services, settings.standards)
    faults = lines.faults
    faults = faults.assign(
        client_id=seen.client_id[faults["client"].to_numpy()],
        date=as_dates(faults["day"].to_numpy()),
        reading=faults["value"],
    )
    return Usage(
        meter_unit(book),
        table.sort_values(["client", "due", "service"], ignore_index=True)[list(USAGE)],
        services,
        faults[list(METER_FAULTS)],
    )


def by_visits(seen: Visits, interval_days: Array) -> pd.DataFrame:
    """The calendar of an export without services: every visit is of one service, "", at the client's own rhythm."""
    stop = seen.rows_until(seen.today)
    last_day = seen.table["day"].to_numpy()[stop - 1]
    return pd.DataFrame(
        {
            "client_id": seen.client_id,
            "service": "",
            "visits": stop - seen.first_row,
            "due": as_dates(last_day + interval_days),
        }
    )


def _visits_by_service(seen: Visits) -> tuple[Ints, Names, Ints, Ints]:
    """(client, names of services, number of the service, day), sorted; one service "" where the export names none."""
    if seen.streams.empty:
        client, day = seen.table["client"].to_numpy(), seen.table["day"].to_numpy()
        return client, np.array([""], dtype=object), np.zeros(len(client), dtype=np.int64), day
    names, of_stream = seen.stream_services
    client, day = seen.streams["client"].to_numpy(), seen.streams["day"].to_numpy()
    return client, names.astype(object), of_stream[seen.stream_of], day


def _people(seen: Visits, driven: Rates, total: Distance) -> pd.DataFrame:
    """What the meter says of each client who has one: one row each."""
    who = np.flatnonzero(total.known)
    newest = total.stop[who] - 1
    return pd.DataFrame(
        {
            "client": who,
            "client_id": seen.client_id[who],
            "readings": total.stop[who] - total.start[who],
            "units_per_day": driven.per_day[who],
            "source": np.where(driven.own[who], "own", "business").astype(object),
            "last_reading": total.total[newest],
            "last_reading_on": as_dates(total.day[newest]),
            "projected_reading": total.at(who, np.full(len(who), seen.today)),
        }
    )
