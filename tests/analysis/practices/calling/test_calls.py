"""Whom to call first, and what became of past lists."""

import dataclasses
import datetime as dt

import pandas as pd
import pytest

from analysis.portfolio import BackTest, Portfolio
from analysis.practices.calling.calls import call_list, past_calls, precision_at, who_may_be_called


@dataclasses.dataclass(frozen=True)
class Shop:
    """As much of a Portfolio as a call list looks at."""

    clients: pd.DataFrame
    has_amounts: bool


CLIENTS = pd.DataFrame(
    {
        "client_id": ["a", "b", "c", "d"],
        "flagged": [True, True, False, True],
        "value_at_stake": [100.0, 300.0, 900.0, 200.0],
        "interval_days": [10.0, 60.0, 30.0, 30.0],
        "p_no_visit": [0.5, 0.5, 0.9, 0.5],
        "p_alive": [0.8, 0.8, 0.9, 0.8],
    }
)


def portfolio(*, has_amounts: bool) -> Portfolio:
    return Shop(CLIENTS, has_amounts)  # type: ignore[return-value]


def test_the_list_is_the_flagged_with_most_money_first() -> None:
    assert call_list(portfolio(has_amounts=True))["client_id"].tolist() == ["b", "d", "a"]


def test_without_amounts_those_whose_visits_are_most_often_come_first() -> None:
    assert call_list(portfolio(has_amounts=False))["client_id"].tolist() == ["a", "d", "b"]


def test_without_amounts_a_likely_absence_of_somebody_still_there_counts_for_more() -> None:
    """All come twelve times a year: 12 x 0.9 x 0.9 is more than 12 x 0.9 x 0.5, and that more than 12 x 0.3 x 0.9."""
    alike = CLIENTS.assign(interval_days=30.0, flagged=True, p_no_visit=[0.3, 0.9, 0.9, 0.3])
    alike = alike.assign(p_alive=[0.9, 0.5, 0.9, 0.5])
    assert call_list(Shop(alike, has_amounts=False))["client_id"].tolist() == ["c", "b", "a", "d"]  # type: ignore[arg-type]


def test_a_filter_narrows_the_list() -> None:
    some = CLIENTS.loc[CLIENTS["client_id"] != "b"]
    assert call_list(portfolio(has_amounts=True), some)["client_id"].tolist() == ["d", "a"]


def test_who_asked_not_to_be_contacted_is_nobody_s_call_of_today() -> None:
    asked = CLIENTS.assign(consent=pd.array([False, pd.NA, True, True], dtype="boolean"))
    assert who_may_be_called(asked)["client_id"].tolist() == ["b", "c", "d"]


def back_test(*, usable: bool = True) -> BackTest:
    return BackTest(
        usable=usable,
        why="" if usable else "too_short",
        method="puntual",
        origins=(dt.date(2026, 7, 31),),
        client_windows=40,
        base_rate=0.2,
        methods=pd.DataFrame(),
        calibration=pd.DataFrame(),
        precision_at=pd.DataFrame(
            {
                "calls": [5, 10, 20],
                "precision": [0.8, 0.7, 0.6],
                "precision_low": [0.6, 0.5, 0.5],
                "precision_high": [0.9, 0.8, 0.7],
            }
        ),
        replay=pd.DataFrame(
            {
                "client_id": list("abcd"),
                "rank": [1, 2, 3, 4],
                "p_no_visit": [0.9] * 4,
                "returned": [False, True, False, False],
            }
        ),
        warning=pd.DataFrame(),
    )


def test_of_the_first_three_flagged_two_did_not_return() -> None:
    past = past_calls(back_test(), 3)
    assert (past.called, past.did_not_return, past.share) == (3, 2, pytest.approx(2 / 3))


def test_a_list_longer_than_the_past_one_counts_those_there_were() -> None:
    assert past_calls(back_test(), 20).called == 4


@pytest.mark.parametrize(("calls", "share"), [(5, 0.8), (11, 0.7), (100, 0.6)])
def test_the_precision_is_that_of_the_nearest_list_length(calls: int, share: float) -> None:
    expected = precision_at(back_test(), calls)
    assert expected is not None
    assert expected.share == share


def test_where_the_past_is_too_short_no_precision_is_promised() -> None:
    assert precision_at(back_test(usable=False), 20) is None
