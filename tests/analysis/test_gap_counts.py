"""Counted gaps: only those that closed, each under its own service, and none invented."""

from types import SimpleNamespace
from typing import cast

import numpy as np

from analysis.gap_counts import gap_counts
from analysis.pace.gaps import Gaps
from analysis.services import Streams

TODAY = 100
#: Client 0 on days 0, 30 and 60; client 1 on days 10 and 25; client 2 once.
ROWS = np.array([0, 0, 0, 1, 1, 2])
DAYS = np.array([0, 30, 60, 10, 25, 50])


def gaps() -> Gaps:
    return Gaps.of(ROWS, DAYS, TODAY, 3)


def test_only_closed_gaps_count() -> None:
    table = gap_counts(None, gaps())
    assert table.to_dict("records") == [
        {"service": "", "days": 15, "gaps": 1},
        {"service": "", "days": 30, "gaps": 2},
    ]
    assert table["gaps"].sum() == len(DAYS) - 3  # visits less clients


def test_each_service_counts_the_gaps_of_its_own_streams() -> None:
    streams = SimpleNamespace(
        names=np.array(["colour", "cut"], dtype=object), service=np.array([1, 0, 1]), gaps=gaps()
    )
    table = gap_counts(cast("Streams", streams), gaps())
    of = {name: dict(zip(rows["days"], rows["gaps"], strict=True)) for name, rows in table.groupby("service")}
    assert of == {"": {15: 1, 30: 2}, "colour": {15: 1}, "cut": {30: 2}}
