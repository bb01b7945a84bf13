import numpy as np
import pytest

from analysis.early_signals.logistic import logistic

HARDLY = 1e-6


def sample(clients: int = 4_000, seed: int = 5) -> tuple[np.ndarray, np.ndarray]:
    """Outcomes of known log-odds: -0.7 - x1 + 1.5 x2."""
    random = np.random.default_rng(seed)
    x = random.normal(size=(clients, 2))
    return x, (random.random(clients) < 1 / (1 + np.exp(0.7 + x[:, 0] - 1.5 * x[:, 1]))).astype(float)


def test_the_truth_of_a_simulated_past_is_found():
    x, y = sample()
    assert logistic(x, y, np.ones(len(y)), 1.0) == pytest.approx([-0.7, -1.0, 1.5], abs=0.15)


def test_a_share_of_an_outcome_is_so_many_rows():
    """Three of four stayed away on one side, one of four on the other: the log-odds are -log 3 and log 3."""
    shares = logistic(np.array([[0.0], [1.0]]), np.array([0.25, 0.75]), np.array([4.0, 4.0]), HARDLY)
    rows = logistic(
        np.repeat([[0.0], [1.0]], 4, axis=0), np.array([1, 0, 0, 0, 1, 1, 1, 0.0]), np.ones(8), HARDLY
    )
    assert shares == pytest.approx([-np.log(3), 2 * np.log(3)], abs=1e-3)
    assert rows == pytest.approx(shares, abs=1e-4)


def test_held_back_entirely_only_the_share_is_left():
    x, y = sample()
    constant, *slopes = logistic(x, y, np.ones(len(y)), 1e9)
    assert constant == pytest.approx(np.log(y.mean() / (1 - y.mean())), abs=1e-3)
    assert slopes == pytest.approx([0, 0], abs=1e-3)


def test_outcomes_that_a_feature_splits_are_no_trouble():
    x = np.linspace(-1, 1, 50)[:, None]
    constant, slope = logistic(x, (x[:, 0] > 0).astype(float), np.ones(50), 1.0)
    assert np.isfinite(constant)
    assert slope > 1


def test_one_outcome_alone_teaches_nothing():
    with pytest.raises(ValueError, match="class"):
        logistic(np.ones((5, 1)), np.zeros(5), np.ones(5), 1.0)
