"""The score as it was known on past days, and what came of it, on a shop that is simulated."""

import datetime as dt
from dataclasses import replace
from functools import lru_cache

import numpy as np
import pandas as pd
import pytest

from analysis import schema
from analysis.portfolio import Portfolio, analyse
from analysis.settings import Settings
from benchmarks.shops import Shop, shop
from benchmarks.ticking import Plan
from tests.analysis.books import book_of, every, simulated

PLAN = Plan(clients=150, days=2 * 365, dropout=0.05, k_spread=0.4, seed=3)


@lru_cache
def generated() -> tuple[Shop, Portfolio]:
    made = shop(PLAN)
    return made, analyse(made.book)


def test_days_lie_a_horizon_apart_and_the_last_horizon_has_just_closed():
    made, found = generated()
    back = [(made.as_of - day).days for day in found.affection_past.days]
    assert back == [4 * 91, 3 * 91, 2 * 91, 91]


def test_a_window_says_who_had_come_and_what_they_did_then():
    _, found = generated()
    table = found.affection_past.windows
    assert tuple(table.columns) == schema.AFFECTION_WINDOWS
    visits = found.visits.assign(day=found.visits["date"])
    for day, rows in table.groupby("day"):
        before = visits[visits["day"] <= day]
        after = visits[(visits["day"] > day) & (visits["day"] <= day + pd.Timedelta(days=91))]
        assert set(rows["client_id"]) == set(before["client_id"])
        assert set(rows.loc[rows["returned"], "client_id"]) == set(after["client_id"]) & set(
            rows["client_id"]
        )
        spent = after.groupby("client_id")["amount"].sum().reindex(rows["client_id"]).fillna(0.0)
        assert rows["spend"].to_numpy() == pytest.approx(spent.to_numpy())
        lately = before[before["day"] >= day - pd.Timedelta(days=91)]
        times = before["client_id"].value_counts()
        assert set(rows.loc[rows["active"], "client_id"]) == set(times.index[times >= 3]) & set(
            lately["client_id"]
        )


def test_a_score_of_the_past_knows_nothing_of_what_came_later():
    """Whatever happens after a day, the scores of that day stay as they were."""
    made, found = generated()
    last = pd.Timestamp(found.affection_past.days[-1])
    sales = made.book.sales
    goes_on = made.client_id[::3]  # the shop stays open
    kept = sales["date"].le(last) | sales["client_id"].isin(goes_on)
    cut = replace(made.book, tables={"sales": sales[kept].reset_index(drop=True)})
    then = analyse(cut, Settings(as_of=made.as_of)).affection_past.windows
    columns = ["client_id", "day", "affection", "band", "active"]
    pd.testing.assert_frame_equal(then[columns], found.affection_past.windows[columns])
    assert set(then.loc[then["day"].eq(last) & then["returned"], "client_id"]) <= set(goes_on)


def test_in_a_shop_where_clients_leave_affection_tells_who_returns_and_who_spends():
    past = generated()[1].affection_past
    assert past.why == ""
    assert past.come_back.code == past.spend.code == "yes"
    assert past.by_half_point["returned_share"].iloc[-1] > past.by_half_point["returned_share"].iloc[0]
    assert past.by_band["windows"].sum() == past.by_half_point["windows"].sum() == len(past.windows)


def test_without_amounts_nothing_is_said_of_spending():
    past = analyse(book_of([visit[:2] for visit in simulated(60, k=2.0)])).affection_past
    assert past.windows["spend"].isna().all()
    assert past.by_half_point["spend"].isna().all()
    assert past.spend.code == "unknown"


@pytest.mark.parametrize(
    ("visits", "why"),
    [
        (every("ana", 30, 4, last="2026-10-31"), "too_short"),
        (every("ana", 30, 40, last="2026-10-31"), "too_few_clients"),
    ],
)
def test_too_little_is_said_to_be_too_little(visits: list[tuple[object, ...]], why: str):
    past = analyse(book_of(visits)).affection_past
    assert past.why == why
    assert past.windows.empty
    assert past.by_half_point.empty
    assert (past.come_back.code, past.stay.code, past.spend.code) == ("unknown",) * 3


def test_of_a_big_shop_a_sample_is_watched(monkeypatch: pytest.MonkeyPatch):
    whole = generated()[1].affection_past
    monkeypatch.setattr("analysis.affection_past.WATCHED_CLIENTS", 60)
    part = analyse(generated()[0].book).affection_past
    assert part.windows["client_id"].nunique() <= 60
    assert abs(part.come_back.share - whole.come_back.share) < 0.1
    assert dt.date(2000, 1, 1) < part.days[0] == whole.days[0]


def test_changed_points_change_the_scores_of_the_past_too():
    found = generated()[1].affection_past.windows["affection"]
    silent = analyse(generated()[0].book, Settings(affection_weights={"silence.takes": 0.0}))
    assert (silent.affection_past.windows["affection"] >= found).all()
    assert np.mean(silent.affection_past.windows["affection"] > found) > 0.05
