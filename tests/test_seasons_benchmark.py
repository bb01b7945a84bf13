"""The benchmark of the calendar: its shops are what they are said to be, and it judges by what followed."""

import numpy as np
import pytest

from benchmarks import seasons
from benchmarks.seasons import CUTOFFS, FIRST, LAST, SHOPS, closed_weeks, judged, shut


def generator() -> np.random.Generator:
    return np.random.default_rng(1)


@pytest.mark.parametrize("name", SHOPS)
def test_every_shop_lasts_four_years_and_has_no_visit_twice(name: str):
    client, day = SHOPS[name](generator())
    assert day.min() >= FIRST
    assert LAST - 60 <= day.max() < LAST
    assert len(np.unique(np.column_stack([client, day]), axis=0)) == len(day)


def test_the_shop_with_closed_weeks_never_has_a_visit_in_them():
    assert not shut(closed_weeks(generator())[1]).any()


def test_a_look_is_judged_by_the_quarter_that_followed_and_by_nothing_later():
    client, day = SHOPS["no season"](generator())
    cutoff = CUTOFFS[0]
    alone, told = judged((client, day), cutoff)
    quarter = day <= cutoff + seasons.HORIZON
    again, _ = judged((client[quarter], day[quarter]), cutoff)
    assert (again.off, again.brier, again.weeks_off) == (alone.off, alone.brier, alone.weeks_off)
    assert 0 < alone.brier < 0.25
    assert told.brier == pytest.approx(alone.brier, abs=0.02)  # there is no season to follow


def test_the_table_has_a_row_without_and_with_the_calendar(monkeypatch: pytest.MonkeyPatch):
    shops = {name: SHOPS[name] for name in ("summer clients", "closed days and weeks")}
    monkeypatch.setattr(seasons, "CUTOFFS", [CUTOFFS[0]])
    monkeypatch.setattr(seasons, "SHOPS", shops)
    _, _, *rows = seasons.seasons_table([1]).splitlines()
    assert [row.split("|")[2].strip() for row in rows] == ["rhythms alone", "with the calendar"] * 2
    assert rows[3].rstrip(" |").endswith("0.0%")  # no next visit on a closed day
