import datetime as dt

import numpy as np
import pandas as pd
import pytest

from analysis import schema
from analysis.history import expected_weeks, month_ends
from analysis.portfolio import Portfolio, analyse
from tests.analysis.books import SALON_LAST_DAY, book_of, salon_lines, simulated


def test_month_ends_are_a_month_apart_and_end_today():
    ends = month_ends(dt.date(2026, 10, 12), 3)
    assert ends == [dt.date(2026, 8, 12), dt.date(2026, 9, 12), dt.date(2026, 10, 12)]


def test_where_today_ends_a_month_so_do_the_others():
    assert month_ends(dt.date(2026, 2, 28), 3) == [
        dt.date(2025, 12, 31),
        dt.date(2026, 1, 31),
        dt.date(2026, 2, 28),
    ]


def test_the_last_row_of_the_history_is_today(portfolio: Portfolio):
    last, totals = portfolio.history.iloc[-1], portfolio.totals
    assert tuple(portfolio.history.columns) == schema.HISTORY
    assert last["month_end"] == pd.Timestamp(SALON_LAST_DAY)
    assert last["late_clients"] == (portfolio.clients["state"] == "late").sum() == totals.late_clients
    assert last["active_clients"] == portfolio.clients["active"].sum()
    assert last["on_time_share"] == totals.on_time_share
    assert last["value_at_stake"] == totals.value_at_stake


def test_twelve_months_of_visits_and_revenue_are_those_of_the_year(portfolio: Portfolio):
    year = portfolio.visits[portfolio.visits["date"] > pd.Timestamp("2025-10-31")]
    assert len(portfolio.history) == 12
    assert portfolio.history["visits"].sum() == len(year) == portfolio.clients["visits_12m"].sum()
    assert portfolio.history["revenue"].sum() == pytest.approx(year["amount"].sum())
    october = year[year["date"] > pd.Timestamp("2026-09-30")]
    assert portfolio.history.iloc[-1]["visits"] == len(october)


def test_a_month_knows_who_was_late_then():
    """Half of forty regular clients come no more after August; the file ends with the year."""
    shop = [visit for visit in simulated(40) if int(str(visit[0])[1:]) % 2 or str(visit[1]) < "2025-09-01"]
    august, october, december = (analyse(book_of(shop)).history.iloc[back] for back in (-5, -3, -1))
    assert august["late_clients"] <= 3
    assert october["late_clients"] >= 6
    assert december["late_clients"] < october["late_clients"]  # some are gone by now, and late no more
    assert october["on_time_share"] < 0.8 < august["on_time_share"]
    assert october["value_at_stake"] > 3 * august["value_at_stake"]


def test_what_was_at_stake_is_measured_alike_in_every_month(monkeypatch: pytest.MonkeyPatch):
    """The last row, before today's own figure is put there, is that figure."""
    monkeypatch.setattr("analysis.portfolio._until_today", lambda months, _: months)
    shop = [
        visit for visit in simulated(60, k=3.0) if int(str(visit[0])[1:]) % 3 or str(visit[1]) < "2025-10-15"
    ]
    found = analyse(book_of(shop))
    assert found.totals.value_at_stake
    assert found.history.iloc[-1]["value_at_stake"] == pytest.approx(found.totals.value_at_stake, rel=0.02)


def test_the_last_month_of_the_movement_is_the_clients_table(portfolio: Portfolio):
    moves = portfolio.movement
    assert tuple(moves.columns) == schema.MOVEMENT
    today = moves[moves["month_end"] == moves["month_end"].max()].set_index("client_id")
    clients = portfolio.clients.set_index("client_id")
    assert len(today) == len(clients)
    assert (today["affection"] == clients.loc[today.index, "affection"]).all()
    assert (today["band"] == clients.loc[today.index, "band"]).all()


def test_a_month_of_the_movement_is_what_was_known_then(portfolio: Portfolio):
    """The salon cut off at the end of July, with the limits known today, had those signs."""
    july = portfolio.movement[portfolio.movement["month_end"] == pd.Timestamp("2026-07-31")]
    there = {
        str(row["client_id"])
        for row in salon_lines()
        if str(row["date"]) <= "2026-07-31" and row["client_id"]
    }
    assert set(july["client_id"]) == there
    one = july.set_index("client_id")["affection"]
    today = portfolio.clients.set_index("client_id")["affection"]
    gone = portfolio.clients.loc[portfolio.clients["recency_days"] > 92, "client_id"]
    assert (one[gone] >= today[gone]).all()  # who has not come since was felt to be warmer then


def test_expected_visits_are_sums_over_clients_week_by_week():
    weekly = np.array([[0.2, 0.3], [0.6, 0.1]])
    found = expected_weeks(dt.date(2026, 10, 31), weekly, np.array([10.0, 20.0]))
    assert tuple(found.columns) == schema.EXPECTED
    assert found["week"].tolist() == [pd.Timestamp("2026-11-01"), pd.Timestamp("2026-11-08")]
    assert found["visits"].tolist() == pytest.approx([0.8, 0.4])
    assert found["revenue"].tolist() == pytest.approx([0.2 * 10 + 0.6 * 20, 0.3 * 10 + 0.1 * 20])
    assert found["visits_high"].tolist() == pytest.approx(
        [0.8 + 1.281552 * 0.8**0.5, 0.4 + 1.281552 * 0.4**0.5]
    )
    assert found["visits_low"].tolist() == [0.0, 0.0]


def test_the_coming_weeks_of_a_steady_shop_bring_what_the_last_ones_brought(portfolio: Portfolio):
    recent = portfolio.visits[portfolio.visits["date"] > pd.Timestamp("2026-08-01")]
    assert portfolio.expected["visits"].sum() == pytest.approx(len(recent), rel=0.2)
