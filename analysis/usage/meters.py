"""From the Book to what the meters tell: rates, due dates by use, and readings that cannot be."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd

from analysis.arrays import Array, Ints, Names, as_dates
from analysis.book import Book
from analysis.schema import METER_FAULTS, SERVICE_USE, USAGE, empty_frame
from analysis.settings import Settings
from analysis.usage.distance import Distance
from analysis.usage.due import due_by_use, whichever_first
from analysis.usage.meter_lines import meter_lines
from analysis.usage.rates import Rates, rates
from analysis.usage.readings import MeterUnit, meter_unit, readings
from analysis.usage.unit_intervals import Waits, gaps_of, service_use
from analysis.usage.vehicles import Vehicles
from analysis.visits import Visits


@dataclass(frozen=True)
class Usage:
    """What the meters tell; the frames are empty where the export has no meter.

    A client stands for one vehicle unless the export names vehicles: where two run under one name and nothing tells
    them apart, that is found out and the dates alone are used.
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
    vehicles = Vehicles.of(seen)
    lines = meter_lines(readings(book, seen, vehicles), len(vehicles))
    driven = rates(lines, len(vehicles), seen.today)
    total = Distance.of(lines, driven.per_day)
    vehicle, names, service, day = _visits_by_service(seen, vehicles)
    last = np.append((np.diff(vehicle) != 0) | (np.diff(service) != 0), [True])
    seen_on = vehicles.last_day[vehicle[last]]
    waits = Waits(
        service[last], vehicle[last], (seen_on - day[last]).astype(float), driven.per_day[vehicle[last]]
    )
    services = service_use(names, gaps_of(service, vehicle, day, total), waits, settings.unit_intervals)
    due = due_by_use(total, driven, vehicle[last], service[last], day[last], names, services)
    table = _people(seen, vehicles, driven, total).merge(due, on="client", how="left")
    table["service"] = table["service"].fillna("")
    table = whichever_first(table, calendar, services, settings.standards)
    faults = lines.faults
    whose = faults["client"].to_numpy()
    faults = faults.assign(
        client_id=seen.client_id[vehicles.client[whose]],
        subject=vehicles.subject[whose],
        date=as_dates(faults["day"]),
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
            "subject": "",
            "visits": stop - seen.first_row,
            "due": as_dates(last_day + interval_days),
        }
    )


def _visits_by_service(seen: Visits, vehicles: Vehicles) -> tuple[Ints, Names, Ints, Ints]:
    """(vehicle, names of services, number of the service, day), a group after the other; one service "" where none."""
    if seen.streams.empty:
        vehicle, day = vehicles.visit_vehicle, vehicles.visit_day
        return vehicle, np.array([""], dtype=object), np.zeros(len(vehicle), dtype=np.int64), day
    names, of_stream = seen.stream_services
    vehicle = vehicles.numbers(seen.streams["client"].to_numpy(), seen.streams["subject"])
    return vehicle, names.astype(object), of_stream[seen.stream_of], seen.streams["day"].to_numpy()


def _people(seen: Visits, vehicles: Vehicles, driven: Rates, total: Distance) -> pd.DataFrame:
    """What the meter says of each vehicle that has one: one row each, its number under `client`."""
    who = np.flatnonzero(total.known)
    newest = total.stop[who] - 1
    return pd.DataFrame(
        {
            "client": who,
            "client_id": seen.client_id[vehicles.client[who]],
            "subject": vehicles.subject[who],
            "several": vehicles.several[who],
            "readings": total.stop[who] - total.start[who],
            "units_per_day": driven.per_day[who],
            "source": np.where(driven.own[who], "own", "business").astype(object),
            "last_reading": total.total[newest],
            "last_reading_on": as_dates(total.day[newest]),
            "projected_reading": total.at(who, np.full(len(who), seen.today)),
        }
    )
