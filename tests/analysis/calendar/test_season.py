"""The shop's season: hand-worked factors, planted seasons recovered, and none where nothing can be known."""

import datetime as dt

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from analysis.calendar.open_days import OpenDays
from analysis.calendar.season import Coming, Season, factors, on_chances, p_no_visit_in_season, season, shrunk

TODAY = (dt.date(2026, 10, 31) - dt.date(1970, 1, 1)).days
POOL = np.array([0.2, 0.2, 0.5, 0.9, 1.4, 2.0, 2.3, 2.1, 1.3, 0.6, 0.3, 0.2])
POOL = POOL / POOL.mean()
LEVEL = np.ones(12)


def month_of(day: np.ndarray) -> np.ndarray:
    return np.asarray(day.astype("datetime64[D]").astype("datetime64[M]").astype(np.int64) % 12)


def shop(
    factor: np.ndarray, *, years: float, a_day: float = 6.0, growth: float = 0.0, seed: int = 1
) -> np.ndarray:
    """Days of visits: Poisson with each month's factor, and so much growth a year (of the logarithm)."""
    random = np.random.default_rng(seed)
    days = TODAY - np.arange(round(365.25 * years))[::-1]
    mean = a_day * factor[month_of(days)] * np.exp(growth * (days - TODAY) / 365.25)
    return np.repeat(days, random.poisson(mean))


def found(visits: np.ndarray) -> Season:
    return season(visits, TODAY, OpenDays.of(visits, TODAY))


def test_a_month_leans_on_one_by_the_shops_own_spread():
    # Prior of variance 1/4 is worth 4 visits: (12 + 4) / (6 + 4) and (0 + 4) / (6 + 4), before the mean is set to 1.
    came, usual = np.array([12.0, 0.0, *[6.0] * 10]), np.full(12, 6.0)
    factor, low, high = shrunk(came, usual, spread=0.25)
    assert factor[:2] == pytest.approx([1.6, 0.4])
    assert factor.mean() == pytest.approx(1)
    assert (low < factor).all()
    assert (factor < high).all()


def test_the_less_months_differ_the_more_they_lean():
    came, usual = np.array([12.0, 0.0, *[6.0] * 10]), np.full(12, 6.0)
    assert shrunk(came, usual, spread=0.01)[0][0] == pytest.approx(112 / 106)


def test_factors_worked_by_hand_on_two_equal_years():
    # 60 visits a month but for 120 every August, and no trend: the average month has 65, 130 in two years.
    august = np.arange(12) == 7
    visits = np.tile(np.where(august, 120.0, 60.0), 2)
    told = factors(visits, np.full(24, 30.0), np.tile(np.arange(12), 2), np.arange(24) / 12)
    assert told is not None
    # What twelve counts vary beyond chance: 240 and eleven times 120, where 130 are usual.
    spread = (110**2 + 11 * 10**2 - 12 * 130) / (12 * 130**2)
    by_hand = (np.where(august, 240, 120) + 1 / spread) / (130 + 1 / spread)
    assert told[0] == pytest.approx(by_hand / by_hand.mean(), rel=0.01)
    assert by_hand[7] == pytest.approx(1.746, abs=0.001)


@pytest.mark.parametrize("years", [2, 3, 4])
def test_a_planted_season_is_recovered(years: int):
    told = found(shop(POOL, years=years))
    assert told.code == "known"
    assert told.years == years
    assert np.abs(told.factor - POOL).mean() < 0.08
    assert told.factor.mean() == pytest.approx(1)
    inside = (told.low <= POOL) & (told.high >= POOL)
    assert inside.mean() >= 0.5  # an 80% interval of twelve months, in one draw


def test_growth_is_no_season():
    assert found(shop(LEVEL, years=3, growth=0.7)).code == "flat"
    growing = found(shop(POOL, years=3, growth=0.7))
    assert np.abs(growing.factor - POOL).mean() < 0.12


def test_shops_without_a_season_are_seldom_given_one():
    codes = [found(shop(LEVEL, years=2 + seed % 2, seed=seed)).code for seed in range(40)]
    assert codes.count("flat") >= 38


def test_a_burst_in_one_year_is_no_season():
    visits = shop(LEVEL, years=3)
    burst = np.repeat(TODAY - 400 - np.arange(30), 12)  # one month three times as busy, once
    assert found(np.sort(np.concatenate([visits, burst]))).code == "flat"


def test_under_two_years_nothing_is_known():
    told = found(shop(POOL, years=1.9))
    assert (told.code, told.years) == ("too_short", 1)
    assert told.factor.tolist() == [1.0] * 12


def test_too_few_visits_show_no_season():
    assert found(shop(POOL, years=2.5, a_day=0.2)).code == "too_few"


def test_what_came_before_the_fifth_year_is_forgotten():
    old, new = shop(LEVEL, years=9), shop(POOL, years=5)
    changed = np.sort(np.concatenate([old[old < new.min()], new]))
    assert np.abs(found(changed).factor - POOL).mean() < 0.08


@settings(max_examples=15, deadline=None)
@given(st.integers(0, 1000), st.floats(0.3, 3.0))
def test_factors_are_positive_average_one_and_scale_with_nothing(seed: int, a_day: float):
    told = found(shop(POOL, years=2, a_day=a_day, seed=seed))
    assert (told.factor > 0).all()
    assert told.factor.mean() == pytest.approx(1)
    assert (told.low <= told.factor).all()


def coming(of_shop: Season, weeks: int = 13, closed: tuple[int, ...] = ()) -> Coming:
    visits = shop(LEVEL, years=1.5, a_day=20)
    calendar = OpenDays.of(visits, TODAY)
    for week in closed:
        start = TODAY + 1 + 7 * week - calendar.first
        calendar.is_open[start : start + 7] = False
    return Coming.of(of_shop, calendar, weeks)


def known(factor: np.ndarray) -> Season:
    return Season("known", 3, factor, factor, factor, np.ones(12))


def test_without_a_season_an_open_quarter_is_what_rhythms_expect():
    plain = coming(Season.unknown("too_short", 1))
    assert plain.moved == pytest.approx(np.eye(13))
    assert plain.factor.tolist() == [1.0] * 13


def test_visits_of_a_closed_week_come_in_the_weeks_after():
    moved = coming(Season.unknown("flat", 2), closed=(2,)).moved
    came = np.full(13, 8.0) @ moved
    assert came[:6].round(6).tolist() == [8, 8, 0, 12, 10, 9]
    assert came.sum() == pytest.approx(13 * 8, abs=0.1)


def test_a_known_season_multiplies_the_weeks_by_their_months_factor_against_the_months_just_passed():
    factor = np.where(np.arange(12) == 10, 0.5, 1.0)  # November is half as busy
    weeks = coming(known(factor))
    # November begins tomorrow; August to October, the last 91 days, had factor 1.
    assert weeks.factor[:4] == pytest.approx(0.5, rel=0.03)
    assert weeks.factor[5:] == pytest.approx(1.0, rel=0.03)
    busy = np.where(np.isin(np.arange(12), (7, 8, 9)), 2.0, 1.0)
    # The rhythms of a busy quarter have moved a third of the way by themselves: 1 / 2^0.35.
    assert coming(known(busy)).factor[1:4] == pytest.approx(2**-0.35, rel=0.03)


def test_each_client_follows_the_weeks_in_which_they_are_expected():
    weeks = coming(known(np.where(np.arange(12) == 10, 0.5, 1.0)))
    expected = np.zeros((3, 13))
    expected[0, 1], expected[1, 8] = 0.7, 0.7
    assert on_chances(weeks.factor, expected, 91) == pytest.approx([0.5, 1.0, weeks.factor.mean()], rel=0.03)
    assert on_chances(weeks.factor, expected, 28)[1] == pytest.approx(weeks.factor[:4].mean())


chance = st.floats(0, 1)


@given(chance, chance, st.floats(0.05, 5))
def test_chances_stay_chances_and_move_against_the_season(p: float, alive: float, factor: float):
    p_no_visit, p_alive = np.array([p]), np.array([alive])
    [told] = p_no_visit_in_season(p_no_visit, p_alive, np.array([factor]))
    assert 0 <= told <= 1
    assert told >= min(1 - alive, p) - 1e-9  # who has left does not come back for a busy month
    assert (told - p) * (1 - factor) >= -1e-9
    [same] = p_no_visit_in_season(p_no_visit, p_alive, np.array([1.0]))
    assert same == pytest.approx(p, abs=1e-9)


def test_a_client_who_surely_lives_follows_the_power_of_the_hazard():
    # p = 0.25 with nobody gone: twice the hazard squares it.
    assert p_no_visit_in_season(np.array([0.25]), np.array([1.0]), np.array([2.0])) == pytest.approx([0.0625])
    # A tenth gone: 0.1 + 0.9 (0.3/0.9)^2 = 0.2.
    assert p_no_visit_in_season(np.array([0.4]), np.array([0.9]), np.array([2.0])) == pytest.approx([0.2])
