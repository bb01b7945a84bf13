import numpy as np
import pytest

from analysis.rhythm import Masses, Prior, grid, learn_masses, predict
from analysis.rhythm.windows import COVERAGE
from tests.analysis.rhythm.shops import Truth, history, one_cell


def coverage(truth: Truth, prior: Prior, masses: Masses) -> float:
    found = predict(truth.known, [prior], np.zeros(truth.known.rows, dtype=np.int64), 91, masses)
    came = truth.next_days <= 180
    inside = (np.round(found.next_low) <= truth.next_days) & (truth.next_days <= np.ceil(found.next_high))
    return float(inside[came].mean())


def test_windows_learned_on_the_past_hold_four_visits_in_five(truth: Truth, prior: Prior):
    assert coverage(truth, prior, learn_masses(truth.known, prior)) == pytest.approx(COVERAGE, abs=0.04)


def test_a_shop_surer_than_its_model_gets_narrower_windows():
    """Everybody comes every 30 days, but the model thinks that timing is random."""
    clock = history(*[([30] * 20, silence) for silence in range(1, 29)] * 20)
    on = grid(clock, 91)
    random = one_cell(on, int(np.abs(on.means - 30).argmin()) * (on.kernels // len(on.means)), 0)
    assert learn_masses(clock, random).many_gaps < Masses().many_gaps


def test_without_a_past_the_masses_are_the_usual_ones(prior: Prior):
    assert learn_masses(history(([20, 25], 10), ([], 4)), prior) == Masses()


def test_a_larger_mass_is_a_wider_window(truth: Truth, prior: Prior):
    everybody = np.zeros(truth.known.rows, dtype=np.int64)
    wide, narrow = (
        predict(truth.known, [prior], everybody, 91, Masses(mass, mass, mass)) for mass in (0.9, 0.5)
    )
    assert (wide.next_high - wide.next_low > narrow.next_high - narrow.next_low).all()
    assert wide.next_days.tolist() == narrow.next_days.tolist()
