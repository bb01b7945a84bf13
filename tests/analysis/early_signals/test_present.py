import numpy as np
import pandas as pd
import pytest

from analysis.early_signals import today
from analysis.early_signals.back_test import Winner
from analysis.early_signals.classifier import Recalibration
from tests.analysis.early_signals.pasts import HORIZON, origin

AS_IT_IS = Recalibration([], [])


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
        *("problems_open", "problems_bad", "unpaid", "staff_left_day", "refunds", "rating"),
    ]
    return pd.DataFrame({**dict.fromkeys(nothing, [np.nan] * 3), **known, **columns})


P_RHYTHM = np.array([0.2, 0.5, 0.9])
PAST = [
    origin(
        0, np.full(400, 0.2), np.arange(400) % 4 == 0, silence=np.where(np.arange(400) % 4 == 0, 80.0, 10.0)
    )
]


def test_only_active_clients_get_an_early_signal():
    assert today(signs(), P_RHYTHM, HORIZON, PAST, Winner("rhythm", AS_IT_IS)).client.tolist() == [0]


def test_where_the_rhythm_won_its_probability_is_used():
    found = today(signs(), P_RHYTHM, HORIZON, PAST, Winner("rhythm", AS_IT_IS))
    assert found.p_no_visit.tolist() == [0.2]


@pytest.mark.parametrize(("silence", "low", "high"), [(10.0, 0.0, 0.1), (80.0, 0.9, 1.0)])
def test_where_recency_won_it_is_used(silence: float, low: float, high: float):
    found = today(signs(silence=[silence, 5.0, 120.0]), P_RHYTHM, HORIZON, PAST, Winner("recency", AS_IT_IS))
    assert low <= found.p_no_visit[0] <= high


def test_the_usual_share_is_that_of_the_past_or_what_the_rhythm_expects():
    assert today(signs(), P_RHYTHM, HORIZON, PAST, Winner("rhythm", AS_IT_IS)).base_rate == 0.25
    assert today(signs(), P_RHYTHM, HORIZON, [], Winner("rhythm", AS_IT_IS)).base_rate == pytest.approx(0.2)


def test_without_active_clients_there_is_nothing_to_say():
    found = today(signs(visits=[1, 1, 1]), P_RHYTHM, HORIZON, [], Winner("rhythm", AS_IT_IS))
    assert len(found.client) == 0
    assert np.isnan(found.base_rate)
