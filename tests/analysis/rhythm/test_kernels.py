import numpy as np
import pytest
from scipy import special

from analysis.rhythm import Grid, grid
from analysis.rhythm.kernels import DISRUPTED_SHARES, GAMMA_SHAPES, LOG_LOGISTIC_SHAPES
from tests.analysis.rhythm.shops import history

SHAPES = (len(GAMMA_SHAPES) + len(LOG_LOGISTIC_SHAPES)) * len(DISRUPTED_SHARES)
UNDISTURBED, DISTURBED = 0, 1  # place of a share of disrupted gaps


@pytest.fixture(scope="module")
def on() -> Grid:
    return grid(history(([20, 25, 40, 31], 12), ([60, 45], 100)), 91)


def kernel(mean: int, shape: int, disrupted: int) -> int:
    """Place of the kernel with the `mean`-th usual gap and the `shape`-th shape, gammas before log-logistics."""
    return mean * SHAPES + shape * len(DISRUPTED_SHARES) + disrupted


def test_every_kernel_is_a_distribution(on: Grid):
    assert on.kernels == len(on.means) * SHAPES
    assert on.density.sum(axis=1) + on.survival[:, -1] == pytest.approx(np.ones(on.kernels), abs=1e-5)
    assert (on.survival[:, 0] == 1).all()  # no gap is shorter than a day
    assert (on.density >= -1e-7).all()


def test_survival_only_falls(on: Grid):
    assert (np.diff(on.survival, axis=1) <= 1e-7).all()
    assert ((on.survival >= 0) & (on.survival <= 1)).all()


@pytest.mark.parametrize("mean", [0, 10, 22])
def test_regularity_one_in_whole_days_is_the_geometric(on: Grid, mean: int):
    days = np.arange(on.last_day + 1)
    expected = np.exp(-days / on.means[mean])
    assert on.survival[kernel(mean, 0, UNDISTURBED)] == pytest.approx(expected, abs=1e-4)


def test_a_gamma_kernel_is_the_incomplete_gamma_function(on: Grid):
    days, k = np.arange(on.last_day + 1) + 0.5, GAMMA_SHAPES[2]
    expected = special.gammaincc(k, k * days / on.means[12]) / special.gammaincc(k, k * 0.5 / on.means[12])
    assert on.survival[kernel(12, 2, UNDISTURBED)] == pytest.approx(expected, abs=1e-4)


def test_a_log_logistic_kernel_has_its_median_at_the_usual_gap(on: Grid):
    mean = on.means[12]
    at_usual = np.interp(mean - 0.5, np.arange(on.last_day + 1), on.survival[kernel(12, 7, UNDISTURBED)])
    assert at_usual == pytest.approx(0.5, abs=1e-3)


def test_one_gap_in_five_is_disrupted_and_three_times_as_long(on: Grid):
    days, mean, k = np.arange(on.last_day + 1) + 0.5, on.means[12], GAMMA_SHAPES[3]
    expected = 0.8 * special.gammaincc(k, k * days / mean) + 0.2 * special.gammaincc(
        1.5, 1.5 * days / (3 * mean)
    )
    assert on.survival[kernel(12, 3, DISTURBED)] == pytest.approx(expected, abs=1e-4)


def test_every_kernel_knows_its_undisturbed_self(on: Grid):
    disturbed = kernel(12, 3, DISTURBED)
    assert (
        on.undisturbed[disturbed] == kernel(12, 3, UNDISTURBED) == on.undisturbed[kernel(12, 3, UNDISTURBED)]
    )
    assert on.k[disturbed] == GAMMA_SHAPES[3]


def test_the_grid_reaches_eight_times_the_longest_silence(on: Grid):
    assert on.means[-1] == pytest.approx(8 * 100)
    assert on.means[0] == pytest.approx(20, abs=1)
    assert on.last_day >= 100 + 180


def test_a_shop_without_gaps_still_has_a_grid():
    on = grid(history(([], 5), ([], 40)), 91)
    assert np.isfinite(on.survival).all()
