"""Whole shops with a planted year: a pool service, a dentist, a hairdresser's closed days."""

import datetime as dt
from functools import cache

import numpy as np
import pandas as pd
import pytest

from analysis.portfolio import Portfolio, analyse
from analysis.settings import Settings
from tests.analysis.books import Visit, book_of

FIRST = dt.date(2023, 1, 2)
NOVEMBER = dt.date(2025, 11, 30)


def on(date: dt.date, client: str) -> Visit:
    return (client, date.isoformat(), 40.0)


@cache
def pool_service(as_of: dt.date = NOVEMBER) -> Portfolio:
    """Thirty pools looked after every ten days from May to September, and ten clients who come all year round."""
    random = np.random.default_rng(2)
    lines: list[Visit] = []
    for number in range(40):
        day = FIRST + dt.timedelta(days=int(random.integers(0, 20)))
        usual = 10 if number < 30 else 21
        while day <= dt.date(2026, 3, 1):
            if number >= 30 or 5 <= day.month <= 9:
                lines.append(on(day, f"{'pool' if number < 30 else 'house'}{number:02}"))
            day += dt.timedelta(days=max(2, round(float(random.gamma(8, usual / 8)))))
    return analyse(book_of(lines), Settings(as_of=as_of))


@cache
def dentist() -> Portfolio:
    """Sixty patients with a check-up about once a year, some of them on their second one."""
    random = np.random.default_rng(3)
    lines: list[Visit] = []
    for number in range(60):
        day = FIRST + dt.timedelta(days=int(random.integers(0, 700)))
        while day <= NOVEMBER:
            lines.append(on(day, f"patient{number:02}"))
            day += dt.timedelta(days=round(float(random.normal(365, 18))))
    return analyse(book_of(lines), Settings(as_of=NOVEMBER))


def shut(date: dt.date) -> bool:
    return date.weekday() in (0, 6) or (date.month == 8 and 4 <= date.day <= 24)


@cache
def hairdresser(as_of: dt.date) -> Portfolio:
    """A hundred clients about every five weeks, who come when it is open: never on Sundays, Mondays and in August."""
    random = np.random.default_rng(5)
    lines: list[Visit] = []
    for number in range(100):
        day = FIRST + dt.timedelta(days=int(random.integers(0, 35)))
        while day <= NOVEMBER:
            while shut(day):
                day += dt.timedelta(days=1)
            lines.append(on(day, f"c{number:03}"))
            day += dt.timedelta(days=max(4, round(float(random.gamma(6, 35 / 6)))))
    return analyse(book_of(lines), Settings(as_of=as_of))


def pools(shop: Portfolio) -> pd.DataFrame:
    return shop.clients[shop.clients["client_id"].str.startswith("pool")]


def test_pool_clients_are_seasonal_in_november_and_cost_nothing():
    clients = pools(pool_service())
    assert (clients["state"] == "seasonal").all()
    assert not clients["flagged"].any()
    assert (clients["lost_visits"] == 0).all()
    assert (clients["days_late"] == 0).all()
    assert clients["next_visit"].between("2026-04-20", "2026-05-25").all()
    assert (clients["p_no_visit"] > 0.95).all()


def test_pool_clients_who_come_in_may_are_expected_in_may():
    april = pool_service(dt.date(2025, 4, 25))
    came = pd.Timestamp("2025-04-25")
    visits = pool_service().visits
    first = visits[(visits["date"] > came) & visits["client_id"].str.startswith("pool")]
    first = first.groupby("client_id")["date"].min()
    clients = pools(april).set_index("client_id").loc[first.index]
    inside = first.between(clients["next_visit_low"], clients["next_visit_high"])
    assert inside.mean() >= 0.75
    assert (clients["next_visit"] - first).dt.days.abs().mean() <= 8


def test_the_coming_weeks_of_a_pool_service_follow_its_season():
    for as_of in (dt.date(2025, 4, 25), dt.date(2025, 9, 20)):
        shop = pool_service(as_of)
        visits = pool_service(dt.date(2026, 3, 1)).visits
        end = pd.Timestamp(as_of) + pd.Timedelta(days=91)
        truth = ((visits["date"] > pd.Timestamp(as_of)) & (visits["date"] <= end)).sum()
        assert shop.expected["visits"].sum() == pytest.approx(truth, rel=0.2)
        assert shop.year.season == "known"
    assert pool_service(dt.date(2024, 9, 20)).year.season == "too_short"


def test_a_dentists_patients_are_yearly_and_none_has_lapsed():
    clients = dentist().clients
    again = clients[clients["visits"] >= 2]
    assert again["state"].isin(["on_time", "due", "late", "seasonal"]).mean() >= 0.95
    assert again["state"].isin(["on_time", "due"]).mean() >= 0.8
    away = (again["next_visit"] - again["last_visit"]).dt.days
    assert away.between(320, 420).all()
    assert not again.loc[again["state"] != "late", "flagged"].any()


def test_a_yearly_client_among_clockwork_ones_is_no_early_signal():
    monthly = [
        on(NOVEMBER - dt.timedelta(days=30 * back + number % 28), f"monthly{number:02}")
        for number in range(40)
        for back in range(30)
    ]
    yearly = [on(dt.date(year, 11, 10), "yearly") for year in (2022, 2023, 2024, 2025)]
    clients = analyse(book_of([*monthly, *yearly]), Settings(as_of=NOVEMBER)).clients.set_index("client_id")
    assert clients.loc["yearly", "active"]
    assert clients.loc["yearly", "p_no_visit"] > 0.95  # in three months
    assert not clients["flagged"].any()
    assert clients.loc["yearly", "next_visit"] == pd.Timestamp("2026-11-10")
    assert clients.loc["yearly", "value_at_stake"] < clients.loc["yearly", "annual_value"] / 3


def test_nobody_is_expected_on_a_sunday_a_monday_or_in_the_closed_weeks():
    shop = hairdresser(dt.date(2025, 7, 19))
    assert shop.year.closed_weekdays == (0, 6)
    assert not shop.clients["next_visit"].map(shut).any()
    inside = shop.clients["next_visit"].between(
        shop.clients["next_visit_low"], shop.clients["next_visit_high"]
    )
    assert inside.all()
    weeks = shop.expected.set_index("week")["visits"]
    closed = weeks[(weeks.index >= "2025-08-04") & (weeks.index <= "2025-08-18")]
    assert (closed < weeks.iloc[0] / 4).all()
    [(start, end)] = shop.year.closed_runs
    assert (start, end) == (dt.date(2025, 8, 3), dt.date(2025, 8, 25))


def test_closed_weeks_make_nobody_late():
    shop = hairdresser(dt.date(2025, 8, 26))
    clients = shop.clients
    assert (clients["late_after_days"] - clients["interval_high"]).max() >= 15
    before = hairdresser(dt.date(2025, 8, 2)).clients
    # Those who fell due while it was shut are no later than anyone was the day it closed.
    assert (clients["state"] == "late").mean() <= (before["state"] == "late").mean() + 0.03


def test_the_shops_year_looks_no_further_than_as_of():
    early = hairdresser(dt.date(2025, 7, 19))
    visits = early.visits
    again = analyse(
        book_of([on(row.date.date(), row.client_id) for row in visits.itertuples()]),
        Settings(as_of=early.as_of),
    )
    assert again.year.closed_runs == early.year.closed_runs
    pd.testing.assert_frame_equal(again.year.months, early.year.months)
    pd.testing.assert_frame_equal(again.expected, early.expected)


def test_chances_and_expected_visits_agree_in_every_shop():
    for shop in (pool_service(), dentist(), hairdresser(NOVEMBER)):
        clients = shop.clients
        assert (1 - clients["p_no_visit"] <= clients["expected_visits"] + 1e-3).all()
        assert clients["p_no_visit"].between(0, 1).all()
