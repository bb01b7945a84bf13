import dataclasses
import datetime as dt

import numpy as np
import pandas as pd
import pytest

from analysis import schema
from analysis.portfolio import BackTest
from analysis.practices.calling.how_early import how_early

ROWS = [
    ("alarm", np.nan, 0.14, 0.94, 116.0, 112.0, 120.0, 171),
    ("puntual", 0.1, 0.10, 1.0, 100.0, 97.0, 105.0, 171),
    ("own_gap", 0.1, 0.10, 0.8, 70.0, 62.0, 79.0, 171),
    ("recency", 0.1, 0.10, 1.0, 93.0, 91.0, 96.0, 171),
    ("bg_nbd", 0.1, 0.10, 1.0, 88.0, 82.0, 99.0, 171),
    ("puntual", 0.2, 0.20, 1.0, 142.0, 136.0, 153.0, 171),
]


def back_test(rows: list[tuple[object, ...]], method: str = "puntual") -> BackTest:
    empty = pd.DataFrame()
    warning = pd.DataFrame(rows, columns=list(schema.WARNING))
    return BackTest(
        True, "", method, (dt.date(2026, 7, 31),), 40, 0.2, empty, empty, empty, empty, warning=warning
    )


def test_it_is_told_at_a_tenth_of_false_alarms_beside_the_best_rule() -> None:
    found = how_early(back_test(ROWS))
    assert found is not None
    assert (found.days, found.rule, found.rule_days, found.standing) == (100, "recency", 93, "ahead")
    assert (found.caught, found.false_alarms, found.alarm_days, found.lapses) == (0.94, 0.14, 116, 171)


@pytest.mark.parametrize(("days", "standing"), [(93.0, "even"), (92.0, "even"), (80.0, "behind")])
def test_what_cannot_be_told_apart_is_even_and_what_is_later_is_behind(days: float, standing: str) -> None:
    ours = ("puntual", 0.1, 0.10, 1.0, days, days - 3, days + 3, 171)
    found = how_early(back_test([ROWS[0], ours, *ROWS[2:]]))
    assert found is not None
    assert found.standing == standing


def test_a_rule_in_use_is_compared_with_the_others() -> None:
    found = how_early(back_test(ROWS, "recency"))
    assert found is not None
    assert (found.days, found.rule, found.standing) == (93, "bg_nbd", "ahead")


def test_without_lapses_nothing_is_said() -> None:
    nothing = dataclasses.replace(back_test(ROWS), warning=schema.empty_frame(schema.WARNING))
    assert how_early(nothing) is None
