"""Who came back, by band and by affection, on numbers worked by hand."""

import datetime as dt

import numpy as np
import pandas as pd
import pytest

from analysis import returns


def movement() -> pd.DataFrame:
    may, june = pd.Timestamp("2026-05-31"), pd.Timestamp("2026-06-30")
    rows = [
        ("a", may, 5.0, "ignored"),
        ("a", june, 7.5, "loved"),
        ("b", may, 7.2, "loved"),
        ("b", june, 7.1, "loved"),
        ("new", june, 5.0, "ignored"),
    ]
    return pd.DataFrame(rows, columns=["client_id", "month_end", "affection", "band"])


def test_a_client_returned_if_they_came_within_the_horizon_and_not_before_it() -> None:
    visits = pd.DataFrame({"client_id": ["a", "b"], "date": pd.to_datetime(["2026-05-31", "2026-06-20"])})
    past = returns.returned(movement(), visits, dt.date(2026, 7, 2), horizon_days=30)
    assert past.set_index("client_id")["returned"].to_dict() == {"a": False, "b": True}


def test_month_ends_whose_horizon_has_not_passed_are_not_judged() -> None:
    visits = pd.DataFrame({"client_id": ["a"], "date": pd.to_datetime(["2026-07-01"])})
    assert returns.returned(movement(), visits, dt.date(2026, 7, 2), horizon_days=91).empty


def test_return_shares_can_be_asked_for_some_clients() -> None:
    past = pd.DataFrame({"client_id": ["a", "b"], "band": "loved", "returned": [True, False]})
    everyone = returns.returns_by_band(past).set_index("band")
    assert everyone.loc["loved", "returned_share"] == 0.5
    assert np.isnan(everyone.loc["hated", "returned_share"])
    assert returns.returns_by_band(past, {"a"}).set_index("band").loc["loved", "returned_share"] == 1.0


def test_half_points_with_few_clients_are_joined_to_their_neighbour() -> None:
    past = pd.DataFrame({"affection": [2.0] * 3 + [5.2] * 12 + [6.1] * 12 + [9.9] * 2, "returned": True})
    table = returns.returns_by_affection(past)
    assert table[["low", "high", "clients"]].to_numpy().tolist() == [[0, 5.5, 15], [5.5, 10, 14]]
    assert table["returned_share"].tolist() == [1.0, 1.0]


def test_a_score_on_a_half_point_opens_its_class() -> None:
    past = pd.DataFrame({"affection": [4.4] * 12 + [4.5] * 12 + [8.5] * 12 + [10.0], "returned": True})
    table = returns.returns_by_affection(past)
    assert table[["low", "high", "clients"]].to_numpy().tolist() == [
        [0, 4.5, 12],
        [4.5, 5.0, 12],
        [5.0, 10.0, 13],
    ]


def test_wilson_interval_of_eight_in_ten_as_published() -> None:
    """95% interval of 8/10: (0.490, 0.943), Newcombe 1998's method 3."""
    low, high = returns.wilson(np.array([8.0]), np.array([10.0]), share=0.95)
    assert low[0] == pytest.approx(0.490, abs=5e-4)
    assert high[0] == pytest.approx(0.943, abs=5e-4)
