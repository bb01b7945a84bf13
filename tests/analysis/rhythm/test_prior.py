import numpy as np
import pytest

from analysis.rhythm import Histories, Prior, fit, fit_groups, grid, outlook
from analysis.rhythm import prior as prior_module
from tests.analysis.rhythm.shops import Truth, history


def usual_gap(prior: Prior) -> float:
    """Mean usual gap over the cells."""
    per_kernel = prior.weights.sum(axis=1)
    return float(per_kernel @ np.repeat(prior.grid.means, prior.grid.kernels // len(prior.grid.means)))


def log_likelihood(known: Histories, prior: Prior) -> float:
    """Of the histories, straight from the definition: gaps, staying after each of them, and the open silence."""
    p, total = prior_module.DROPOUTS, 0.0
    for row in range(known.rows):
        gaps = known.gap_days[known.row == row]
        kernel = prior.grid.density[:, gaps].astype(float).prod(axis=1)
        silent = prior.grid.survival[:, known.silence_days[row]].astype(float)
        cell = kernel[:, None] * (1 - p) ** len(gaps) * (p + (1 - p) * silent[:, None])
        total += float(np.log((prior.weights * cell).sum()))
    return total


def test_a_prior_is_a_distribution_over_the_cells(prior: Prior):
    assert prior.weights.sum() == pytest.approx(1.0, abs=1e-5)
    assert (prior.weights >= 0).all()


def test_each_step_explains_the_histories_better():
    known = Truth.of(60, k=5.0).known
    on = grid(known, 91)
    fitted = [log_likelihood(known, fit(known, on, steps=steps)) for steps in (1, 2, 4, 8, 12)]
    assert fitted == sorted(fitted)
    assert fitted[-1] > fitted[0] + 1


def test_most_clients_of_a_loyal_shop_are_loyal(prior: Prior):
    leaving = prior.weights.sum(axis=0) @ prior_module.DROPOUTS
    assert leaving < 0.03


def test_a_shop_of_one_visit_clients_does_not_claim_loyalty():
    known = history(*([([], silence) for silence in range(30, 600, 5)]))
    weights = fit(known, grid(known, 91)).weights
    assert weights.sum(axis=0) @ prior_module.DROPOUTS > 0.2


def test_no_client_at_all_leaves_the_prior_uniform():
    on = grid(history(([30], 5)), 91)
    weights = fit(history(), on).weights
    assert np.ptp(weights) == 0.0


def test_a_client_unlike_all_those_sampled_still_has_a_rhythm():
    """Fitted on monthly clients; then comes one of every day, whose kernels no client of the sample follows."""
    monthly, daily = [([30, 29, 31, 30] * 5, 5)] * 30, ([1] * 200, 0)
    on = grid(history(*monthly, daily), 91)
    found = outlook(history(daily), fit(history(*monthly), on), 91)
    assert found.interval_high[0] < 4
    assert found.p_no_visit[0] < 0.05


def test_a_small_group_leans_on_the_shop_and_a_large_one_speaks_for_itself():
    slow = ([75, 70, 80, 74, 77], 20)
    quick = ([21, 20, 23, 22, 19], 5)
    known = history(*[quick] * 200, *[slow] * 100)
    pooled = fit(known, grid(known, 91))
    few, many = np.full(300, -1), np.full(300, -1)
    few[200:203], many[200:300] = 0, 0
    of_few, of_many = (usual_gap(fit_groups(known, pooled, group, 1)[0]) for group in (few, many))
    assert usual_gap(pooled) < of_few < of_many
    assert of_many > 0.8 * 75
    assert of_few < usual_gap(pooled) + 0.5 * (75 - usual_gap(pooled))


def test_a_group_without_clients_is_the_shop():
    known = history(*[([21, 20, 23], 5)] * 10)
    pooled = fit(known, grid(known, 91))
    empty = fit_groups(known, pooled, np.full(10, -1), 1)[0]
    assert (empty.weights == pooled.weights).all()


def test_the_prior_does_not_depend_on_the_order_of_the_clients_even_when_sampled(
    monkeypatch: pytest.MonkeyPatch,
):
    monkeypatch.setattr(prior_module, "FIT_SAMPLE", 50)
    truth = Truth.of(200, k=3.0)
    on = grid(truth.known, 91)
    shuffled = truth.known.take(np.random.default_rng(0).permutation(200))
    assert fit(shuffled, on).weights == pytest.approx(fit(truth.known, on).weights, abs=1e-6)
