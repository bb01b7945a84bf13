import datetime as dt

import numpy as np
import pandas as pd
import pytest

from analysis.losses.ranges import half_ranges, loss_range
from analysis.portfolio import Portfolio, analyse
from analysis.settings import Settings
from tests.analysis.books import book_of, every


def losses(*rows: tuple[str, str, float, float]) -> pd.DataFrame:
    return pd.DataFrame(rows, columns=["client_id", "service", "lost_visits", "lost_visits_sd"])


def test_clients_are_independent_and_one_clients_rows_are_not():
    """Ana: 1 + 2 = 3 visits of standard deviation; Bea: 4; together 5, and 1.28 of them each way."""
    found = loss_range(losses(("Ana", "a", 6, 1), ("Ana", "b", 6, 2), ("Bea", "a", 8, 4)), "lost_visits")
    assert (found.value, found.low, found.high) == pytest.approx((20, 20 - 1.281552 * 5, 20 + 1.281552 * 5))


def test_a_range_never_begins_below_zero():
    assert loss_range(losses(("Ana", "a", 1, 5)), "lost_visits").low == 0.0


def test_no_losses_no_range():
    found = loss_range(losses(), "lost_visits")
    assert (found.value, found.low, found.high) == (0.0, 0.0, 0.0)


def test_each_service_has_its_own_range():
    names, half = half_ranges(
        losses(("Ana", "a", 6, 3), ("Ana", "b", 6, 2), ("Bea", "a", 8, 4)), "service", "lost_visits"
    )
    assert names.tolist() == ["a", "b"]
    assert half.tolist() == pytest.approx([1.281552 * 5, 1.281552 * 2])


def test_the_range_of_a_whole_is_narrower_than_those_of_its_clients_together(portfolio: Portfolio):
    own = portfolio.losses[portfolio.losses["lens"] == "own"]
    whole, clients = loss_range(own, "lost_revenue"), half_ranges(own, "client_id", "lost_revenue")[1]
    assert (whole.high - whole.low) / 2 == pytest.approx(np.sqrt((clients**2).sum()))
    assert (whole.high - whole.low) / 2 < clients.sum()


def test_a_clients_range_is_wider_the_fewer_gaps_their_pace_rests_on():
    """The same slip after two years of monthly visits, and after half a year of them."""
    book = book_of(
        [
            visit
            for name, times in (("long", 25), ("short", 7))
            for visit in (
                *every(name, 30, times, last="2025-10-31"),
                *every(name, 60, 6, last="2026-10-26"),
            )
        ]
    )
    own = (
        analyse(book)
        .losses.query("lens == 'own'")
        .groupby("client_id")[["lost_visits", "lost_visits_sd"]]
        .sum()
    )
    assert own["lost_visits"].tolist() == pytest.approx([6.0, 6.0], abs=0.05)
    assert own.loc["short", "lost_visits_sd"] > 1.1 * own.loc["long", "lost_visits_sd"]


def test_four_in_five_planted_losses_lie_in_their_clients_range():
    """Forty clients of regularity 8 slip from 30 to 60 days for a year: about six visits each."""
    random, visits = np.random.default_rng(5), []
    for number in range(40):
        day, slipped = pd.Timestamp("2024-01-01") + pd.Timedelta(days=int(random.integers(0, 30))), 1.0
        while day <= pd.Timestamp("2026-10-31"):
            visits.append((f"c{number:02}", day.date().isoformat(), 30.0))
            slipped = 2.0 if day >= pd.Timestamp("2025-10-31") else 1.0
            day += pd.Timedelta(days=max(1, round(float(random.gamma(8 * slipped, 30 / 8)))))
    own = analyse(book_of(visits), Settings(as_of=dt.date(2026, 10, 31))).losses.query("lens == 'own'")
    of_client = own.groupby("client_id")[["lost_visits", "lost_visits_sd"]].sum()
    made = pd.Series([date for _, date, _ in visits]).gt("2025-10-31").sum() / 40
    inside = (of_client["lost_visits"] - made).abs() <= 1.281552 * of_client["lost_visits_sd"]
    assert len(of_client) >= 36
    assert 0.65 <= inside.mean() <= 0.95
