import numpy as np
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st
from sklearn.metrics import roc_auc_score

from analysis import schema
from analysis.early_signals import figures


@given(st.lists(st.tuples(st.booleans(), st.integers(0, 6)), min_size=2, max_size=60))
def test_the_auc_is_sklearns_ties_and_all(clients: list[tuple[bool, int]]):
    y, score = (np.array(column) for column in zip(*clients, strict=True))
    assume(0 < y.sum() < len(y))
    assert figures.auc(y, score.astype(float)) == pytest.approx(roc_auc_score(y, score))


@pytest.mark.parametrize(
    ("hits", "of", "low", "high"),
    [(81, 263, 0.2553, 0.3662), (15, 148, 0.0624, 0.1605), (0, 20, 0.0, 0.1611), (1, 29, 0.0061, 0.1718)],
)
def test_wilsons_interval_is_the_published_one(
    monkeypatch: pytest.MonkeyPatch, hits: int, of: int, low: float, high: float
):
    """Newcombe 1998, Two-sided confidence intervals for the single proportion, table I, method 3: at 95%."""
    monkeypatch.setattr(figures, "INTERVAL", 0.95)
    found = figures.wilson(np.array([float(hits)]), np.array([float(of)]))
    assert [float(found[0][0]), float(found[1][0])] == pytest.approx([low, high], abs=5e-5)


def test_the_brier_score_is_the_mean_squared_distance():
    assert figures.brier(np.array([True, False, True]), np.array([0.5, 0.5, 1.0])) == pytest.approx(1 / 6)


def test_the_top_tenth_is_taken_on_each_day_apart():
    """Twenty clients on each of two days: of the two likeliest of the first both stayed away, of the second neither."""
    p = np.tile(np.arange(20) / 20, 2)
    y = np.zeros(40, dtype=bool)
    y[[18, 19]] = True
    assert figures.precision_of_top(y, p, np.repeat([100, 200], 20)) == 0.5


def test_calibration_compares_what_was_said_with_what_came_in_each_bin():
    p = np.array([0.05, 0.10, 0.95, 0.95, 0.90])
    y = np.array([False, True, True, True, False])
    table = figures.calibration(y, p)
    assert tuple(table.columns) == schema.CALIBRATION
    assert table["clients"].tolist() == [2, 3]
    assert table["predicted"].tolist() == pytest.approx([0.075, 2.8 / 3])
    assert table["observed"].tolist() == pytest.approx([1 / 2, 2 / 3])
    assert ((table["observed_low"] < table["observed"]) & (table["observed"] < table["observed_high"])).all()
    assert table[["bin_low", "bin_high"]].to_numpy().tolist() == [[0, 0.125], [0.875, 1.0]]
