"""How far each client had got on any day: the meter without resets, between readings and beyond the last."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from analysis.arrays import Array, Bools, Ints
from analysis.usage.meter_lines import MeterLines
from analysis.visits import DAYS_PER_CLIENT


@dataclass(frozen=True)
class Distance:
    """Readings in use as one rising total per client, in terms of the meter they have now."""

    client: Ints
    day: Ints
    total: Array
    line: Ints
    per_day: Array  # (clients,): the rate that bridges resets and goes on beyond the readings
    start: Ints  # (clients,): first row of each client, and one past the last
    stop: Ints

    @classmethod
    def of(cls, lines: MeterLines, per_day: Array) -> Distance:
        """The total of each client; over a reset it goes on at the client's rate."""
        client, day, value = lines.used.client, lines.used.day, lines.used.value
        clients = len(per_day)
        start = np.searchsorted(client, np.arange(clients), side="left")
        stop = np.searchsorted(client, np.arange(clients), side="right")
        step = np.diff(value, prepend=0.0)
        begins = np.ones(len(client), dtype=bool)
        begins[1:] = np.diff(client) != 0
        reset = np.zeros(len(client), dtype=bool)
        reset[1:] = (np.diff(lines.line) != 0) & ~begins[1:]
        days = np.diff(day, prepend=0)
        step = np.where(reset, per_day[client] * days, step)
        step[begins] = 0.0
        run = np.cumsum(step)
        last = stop[client] - 1
        return cls(client, day, run - run[last] + value[last], lines.line, per_day, start, stop)

    @property
    def known(self) -> Bools:
        """Who has a reading in use: (clients,)."""
        return self.stop > self.start

    def at(self, client: Ints, day: Ints) -> Array:
        """The total on each of these days; NaN for a client without a reading."""
        here = self.known[client]
        row = np.searchsorted(self._key, client * DAYS_PER_CLIENT + day, side="right") - 1
        before = row >= self.start[client]
        row = np.where(here, np.where(before, row, self.start[client]), 0)
        following = np.minimum(row + 1, np.maximum(self.stop[client] - 1, 0))
        if not len(self.total):
            return np.full(len(client), np.nan)
        between = before & (following > row)
        days = np.maximum(self.day[following] - self.day[row], 1)
        slope = np.where(between, (self.total[following] - self.total[row]) / days, self.per_day[client])
        return np.where(here, self.total[row] + slope * (day - self.day[row]), np.nan)

    def read_on(self, client: Ints, day: Ints) -> Ints:
        """The row of the reading in use of that very day, -1 where there is none."""
        key = client * DAYS_PER_CLIENT + day
        row = np.searchsorted(self._key, key, side="right") - 1
        exact = (row >= 0) & (self._key[np.maximum(row, 0)] == key) if len(self._key) else row >= 0
        return np.where(exact, row, -1)

    @property
    def _key(self) -> Ints:
        return self.client * DAYS_PER_CLIENT + self.day
