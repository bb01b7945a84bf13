"""Who stays, by when they began: worked by hand, against a known truth, and the sample's planted lives."""

import numpy as np
import pandas as pd
import pytest

from analysis.portfolio import Portfolio
from analysis.practices.growth.cohorts import FEWEST, cohorts
from analysis.practices.growth.narrowed import narrowed
from analysis.practices.growth.second_visit import newcomers
from analysis.practices.growth.staying import staying
from tests.analysis.practices.drawn_shops import drawn_shop, joined, shop_of

_DAYS = 900


def shop() -> Portfolio:
    """Ten who began on the first day and come every 30 days: two of them 4 times, three 9 times, and five to today.

    Each visit brings 20. So two last came on day 90, three on day 240, and five are still here.
    """
    rows = []
    for number in range(10):
        times = 4 if number < 2 else 9 if number < 5 else _DAYS // 30 + 1
        rows += [(f"n{number}", 30 * visit, 20.0) for visit in range(times)]
    return joined(shop_of(rows, _DAYS, {}))


def test_active_after_three_six_and_twelve_months_by_hand() -> None:
    row = cohorts(shop(), "quarter").table.iloc[0]
    # Day 91 is past the last visit of two, day 183 is not past that of the three, day 365 is.
    assert row["clients"] == 10
    assert [row[f"active_{months}"] for months in (3, 6, 12)] == [
        pytest.approx(share) for share in (0.8, 0.8, 0.5)
    ]
    assert row["low_12"] < 0.5 < row["high_12"]


def test_the_first_year_by_hand() -> None:
    # Months of 30.44 days: visits on days 0, 30, ... 360 are thirteen, all within 365.25 days. Two bring 4 x 20, three
    # 9 x 20, five 13 x 20: (160 + 540 + 1,300) / 10.
    assert cohorts(shop(), "quarter").table["value"].iloc[0] == pytest.approx(200.0)


def test_a_curve_begins_with_all_and_never_rises() -> None:
    drawn, _ = drawn_shop(newcomers=200, old=50)
    found = cohorts(drawn, "quarter")
    curves = found.curves.to_numpy()
    assert len(curves) > 8
    assert set(curves[~np.isnan(curves[:, 0]), 0]) == {1.0}
    steps = np.diff(curves, axis=1)
    assert (steps[~np.isnan(steps)] <= 1e-12).all()


def test_who_may_still_come_does_not_count_as_gone() -> None:
    """Eight of twelve were here 50 days ago: within the shop's usual silence, so that nothing is known against them."""
    rows = [("old", day, 9.0) for day in range(0, 701, 50)]
    rows += [(f"n{n}", day, 9.0) for n in range(12) for day in range(400, 651 if n < 8 else 452, 50)]
    shop_now = shop_of(rows, 700, {})
    first = shop_now.clients.set_index("client_id")["first_visit"].copy()
    first["old"] = pd.Timestamp("2020-01-01")
    found = cohorts(joined(shop_now, first), "year")
    assert found.silence_days == 60.0
    # Four ended on day 450, fifty days after the first; the eight are watched to day 640 and nobody else has ended.
    assert found.active[6].share == pytest.approx(8 / 12)
    assert found.active[3].share == pytest.approx(8 / 12)
    assert not found.active[12].known


def test_small_cohorts_are_counted_and_not_shown() -> None:
    rows = [(f"n{n}", 30 * n, 9.0) for n in range(20)]
    found = cohorts(joined(shop_of(rows, _DAYS, {})), "quarter")
    assert found.newcomers == 20
    assert found.too_small > 0
    assert (found.table["clients"] >= FEWEST).all()


@pytest.mark.parametrize(("newcomers_a_year", "unit"), [(6, "year"), (50, "quarter"), (400, "month")])
def test_the_unit_is_the_finest_that_can_be_read(newcomers_a_year: int, unit: str) -> None:
    rows = [(f"n{n:04}", round(n * 365 / newcomers_a_year), 9.0) for n in range(2 * newcomers_a_year)]
    assert cohorts(joined(shop_of(rows, 731, {}))).unit == unit


def test_without_amounts_the_first_year_is_visits() -> None:
    bare = shop()
    found = cohorts(type(bare)(**(vars(bare) | {"has_amounts": False})), "year")
    assert not found.money
    assert found.table["value"].iloc[0] == pytest.approx(10.0)  # 200 at 20 a visit


def test_retention_and_first_year_come_out_at_the_truth() -> None:
    """Leaving with 0.1 after every visit at a mean gap of m days: in a year about (1 - 0.9^n) / 0.1 visits are made.

    The truth is that of 20,000 lives drawn from the same laws and watched to the end.
    """
    random = np.random.default_rng(3)
    usual = 30.0 * np.exp(random.normal(0, 0.3, 20_000))
    lived, visits, day, here = (
        np.zeros(20_000),
        np.ones(20_000),
        np.zeros(20_000),
        np.ones(20_000, dtype=bool),
    )
    for _ in range(60):
        here &= random.random(20_000) >= 0.1
        day = np.where(here, day + np.maximum(1.0, random.gamma(5.0, usual / 5.0)), day)
        lived = np.where(here, day, lived)
        visits += here & (day < 365.25)
    shares, values = [], []
    for seed in range(12):
        drawn, _ = drawn_shop(newcomers=250, old=60, leaves={"calle": 0.1}, seed=seed)
        found = cohorts(drawn, "year")
        shares.append([found.active[months].share for months in (3, 6, 12)])
        of_the_shop = narrowed(drawn)
        came = newcomers(drawn, of_the_shop)
        values.append(staying(drawn, of_the_shop, came).first_year(np.ones(len(came.began), dtype=bool)).mean)
    truth = [(lived >= days).mean() for days in (91.3, 182.6, 365.25)]
    assert np.mean(shares, axis=0).tolist() == pytest.approx(truth, abs=0.03)
    assert np.mean(values) == pytest.approx(30.0 * visits.mean(), rel=0.04)


def test_nobody_of_the_sample_who_settled_leaves_within_half_a_year(salon_sample: Portfolio) -> None:
    """Planted: nobody leaves before two hundred days but the one-timers, who never come again."""
    found = cohorts(salon_sample)
    assert found.unit == "quarter"
    assert found.active[3].share == pytest.approx(found.active[6].share, abs=0.02)
    assert found.active[12].share < found.active[6].share - 0.1
