"""Cars whose readings are written by hand."""

from collections.abc import Sequence

import numpy as np

from analysis.usage.meter_lines import meter_lines
from analysis.usage.rates import Rates, rates
from analysis.usage.readings import Readings

#: Day and what the meter showed.
Car = Sequence[tuple[int, float]]

#: Ten visits, one every 60 days, at 30 a day: 50,000 to 66,200.
STEADY: Car = tuple((60 * visit, 50_000.0 + 1_800 * visit) for visit in range(10))
LAST_DAY = 540


def with_reading(car: Car, visit: int, value: float) -> Car:
    """The car with another value at one of its visits."""
    return [(day, value if place == visit else reading) for place, (day, reading) in enumerate(car)]


def readings_of(*cars: Car) -> Readings:
    """The readings of some cars, numbered as they come."""
    rows = [(number, day, value) for number, car in enumerate(cars) for day, value in sorted(car)]
    client, day, value = zip(*rows, strict=True) if rows else ((), (), ())
    return Readings(
        np.array(client, dtype=np.int64), np.array(day, dtype=np.int64), np.array(value, dtype=float)
    )


def rates_of(*cars: Car, today: int = LAST_DAY) -> Rates:
    """The rates of some cars of one shop."""
    return rates(meter_lines(readings_of(*cars), len(cars)), len(cars), today)


def faults_of(*cars: Car) -> list[tuple[int, int, str]]:
    """Number of the car, day and fault of each odd reading."""
    faults = meter_lines(readings_of(*cars), len(cars)).faults
    return list(zip(faults["client"].tolist(), faults["day"].tolist(), faults["fault"].tolist(), strict=True))
