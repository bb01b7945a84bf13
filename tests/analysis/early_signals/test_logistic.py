"""The logistic regression against scikit-learn's, and on data whose answer is known."""

import numpy as np
import pytest
from sklearn.linear_model import LogisticRegression

from analysis.early_signals.logistic import logistic, with_constant

FREE = np.full(2, 1e-9)


def sample(clients: int = 400, features: int = 4, seed: int = 5) -> tuple[np.ndarray, np.ndarray]:
    random = np.random.default_rng(seed)
    x = random.normal(size=(clients, features))
    odds = x @ np.linspace(-1, 1.5, features) - 0.7
    return x, (random.random(clients) < 1 / (1 + np.exp(-odds))).astype(float)


def test_it_is_scikit_learns():
    x, y = sample()
    penalty = np.array([1e-9, 1.0, 1.0, 1.0, 1.0])
    ours = logistic(with_constant(x), y, np.ones(len(y)), penalty, np.zeros(5))
    theirs = LogisticRegression(C=1.0, tol=1e-10, max_iter=1_000).fit(x, y.astype(int))
    assert ours[0] == pytest.approx(theirs.intercept_[0], abs=1e-5)
    assert ours[1:] == pytest.approx(theirs.coef_[0], abs=1e-5)


def test_a_share_of_an_outcome_is_so_many_rows():
    """Three of four stayed away on one side, one of four on the other: the log-odds are -log 3 and log 3."""
    x, y, weight = np.array([[0.0], [1.0]]), np.array([0.25, 0.75]), np.array([4.0, 4.0])
    constant, slope = logistic(with_constant(x), y, weight, FREE, np.zeros(2))
    assert constant == pytest.approx(-np.log(3), abs=1e-6)
    assert slope == pytest.approx(2 * np.log(3), abs=1e-6)


def test_held_back_entirely_it_stays_where_it_starts():
    x, y = sample()
    start = np.array([0.3, -1.0, 0.0, 2.0, 0.5])
    found = logistic(with_constant(x), y, np.ones(len(y)), np.full(5, 1e9), start)
    assert found == pytest.approx(start, abs=1e-5)


@pytest.mark.parametrize("outcome", [0.0, 1.0])
def test_one_outcome_alone_and_outcomes_that_a_feature_splits_are_no_trouble(outcome: float):
    x = np.linspace(-1, 1, 50)[:, None]
    ridge = np.array([0.1, 1.0])
    alone = logistic(with_constant(x), np.full(50, outcome), np.ones(50), ridge, np.zeros(2))
    split = logistic(with_constant(x), (x[:, 0] > 0).astype(float), np.ones(50), ridge, np.zeros(2))
    assert np.isfinite(alone).all()
    assert np.sign(alone[0]) == (1 if outcome else -1)
    assert np.isfinite(split).all()
    assert split[1] > 1
