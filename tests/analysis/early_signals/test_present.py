import numpy as np
import pandas as pd
import pytest

from analysis.early_signals import Choice, EarlySignals, Past
from analysis.early_signals import today as today_of
from analysis.early_signals.learned import Method, learn
from tests.analysis.early_signals.pasts import HORIZON, origin, past_of


def signs(**columns: list[float]) -> pd.DataFrame:
    """Three clients: one active, one who came twice, one silent for longer than the horizon."""
    known = {
        "visits": [9, 2, 9],
        "silence": [20.0, 5.0, 120.0],
        "first_day": [0.0] * 3,
        "last_day": [240.0] * 3,
    }
    nothing = [
        *(
            "gap_now",
            "gap_before",
            "ticket_now",
            "ticket_before",
            "dropped_last_day",
            "no_shows",
            "cancellations",
        ),
        *(
            "problems_open",
            "problems_bad",
            "unpaid",
            "staff_left_day",
            "refunds",
            "rating",
            "contacts",
            "contact_last_day",
        ),
    ]
    return pd.DataFrame({**dict.fromkeys(nothing, [np.nan] * 3), **known, **columns})


P_RHYTHM = np.array([0.2, 0.5, 0.9])
STAYED = np.arange(400) % 4 == 0
PAST = past_of(
    *(origin(day, np.full(400, 0.2), STAYED, silence=np.where(STAYED, 80.0, 10.0)) for day in (1_000, 1_100))
)
NO_PAST = Past(HORIZON, today=1_000, why="too_short")


def today(method: Method = "rhythm", past: Past = PAST, **columns: list[float]) -> EarlySignals:
    return today_of(signs(**columns), P_RHYTHM, past, Choice(method, learn(past)))


def test_only_active_clients_get_an_early_signal():
    assert today().client.tolist() == [0]


def test_where_the_rhythm_won_its_probability_is_used():
    assert today().p_no_visit.tolist() == [0.2]


@pytest.mark.parametrize(("silence", "low", "high"), [(10.0, 0.0, 0.1), (80.0, 0.9, 1.0)])
def test_where_recency_won_it_is_used(silence: float, low: float, high: float):
    found = today("recency", silence=[silence, 5.0, 120.0])
    assert low <= found.p_no_visit[0] <= high


def test_where_the_signs_have_no_say_they_add_nothing():
    assert (today("recency").contributions == 0).all(axis=None)
    assert (today("puntual", no_shows=[3.0, 0, 0]).contributions != 0).any(axis=None)


def test_the_usual_share_is_that_of_the_past_or_what_the_rhythm_expects():
    assert today().base_rate == 0.25
    assert today(past=NO_PAST).base_rate == pytest.approx(0.2)


def test_without_active_clients_there_is_nothing_to_say():
    found = today(past=NO_PAST, visits=[1, 1, 1])
    assert len(found.client) == 0
    assert np.isnan(found.base_rate)
