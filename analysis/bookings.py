"""What an appointment in the book says of a client's next visit: a date, and that it is likely to be kept."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from analysis.arrays import Array, Bools, Ints
from analysis.visits import Visits

#: Of appointments, before the shop's own are counted: so many are not kept, worth so many of its own.
USUALLY_MISSED, PSEUDO_APPOINTMENTS = 0.15, 30.0
SURE_TO_BE_KEPT = 0.8  # as many as the window of a next visit holds: the day alone will do
NEVER = np.iinfo(np.int64).max


@dataclass(frozen=True)
class Bookings:
    """`day`: each client's next appointment, in days since 1970, `NEVER` without one. `missed`: the share not kept."""

    day: Ints
    missed: float

    @classmethod
    def of(cls, seen: Visits) -> Bookings:
        """Appointments cancelled or not attended, against the visits made; both are of the past alone."""
        status = seen.events["status"].to_numpy(dtype=str)
        missed = int(np.isin(status, ("cancelled", "no_show")).sum())
        made = len(seen.table) + missed
        share = (missed + PSEUDO_APPOINTMENTS * USUALLY_MISSED) / (made + PSEUDO_APPOINTMENTS)
        booked = ~np.isnat(seen.booked_for)
        day = (
            np.where(booked, seen.booked_for, np.datetime64(0, "s")).astype("datetime64[D]").astype(np.int64)
        )
        return cls(np.where(booked, day, NEVER), share if missed else USUALLY_MISSED)

    @property
    def booked(self) -> Bools:
        return np.asarray(self.day != NEVER)

    def p_no_visit(self, p_no_visit: Array, until: int) -> Array:
        """The chance of no visit up to the day `until`: the appointment is missed, and nothing else brings them."""
        return np.where(self.day <= until, self.missed * p_no_visit, p_no_visit)

    def next_visit(self, low: Ints, day: Ints, high: Ints) -> tuple[Ints, Ints, Ints]:
        """First, middle and last day of the next visit: the day of the appointment, and later where many miss it."""
        last = self.day if 1 - self.missed >= SURE_TO_BE_KEPT else np.maximum(high, self.day)
        told = ((self.day, low), (self.day, day), (last, high))
        booked_low, booked_day, booked_high = (
            np.where(self.booked, by_booking, by_rhythm) for by_booking, by_rhythm in told
        )
        return booked_low, booked_day, booked_high
