"""BG/NBD on a grid, against what Fader, Hardie & Lee (2005) published for CDNOW and against simulated clients."""

import numpy as np
import pytest

from analysis.early_signals.bg_nbd import BgNbd

#: Table 2 of the paper, CDNOW weeks 1-39: r, alpha, a, b with time in weeks.
PUBLISHED = BgNbd(r=0.243, alpha=4.414, a=0.793, b=2.426)


def test_the_published_example():
    """The spreadsheet's first client with two repeat visits: x = 2, t_x = 30.43, T = 38.86 weeks.

    P(alive) is worked by hand from the paper's equation: 1 / (1 + a / (b + 1) ((alpha + T) / (alpha + t_x))^(r + 2)).
    """
    alive = 1 / (1 + 0.793 / 3.426 * (43.274 / 34.844) ** 2.243)
    silent = (43.274 / (43.274 + 39)) ** 2.243
    said = PUBLISHED.p_no_visit(np.array([2.0]), np.array([30.43]), np.array([38.86]), 39)
    assert said[0] == pytest.approx(1 - alive * (1 - silent))
    assert alive == pytest.approx(0.7266, abs=5e-4)


def test_without_a_second_visit_nobody_has_left_yet():
    """In this model a client can leave after a repeat visit alone."""
    said = PUBLISHED.p_no_visit(np.array([0.0]), np.array([0.0]), np.array([10.0]), 13)
    assert said[0] == pytest.approx((14.414 / 27.414) ** 0.243)


def clients(n: int, r: float, alpha: float, a: float, b: float, seed: int = 2) -> tuple[np.ndarray, ...]:
    """Visits of 400 days, and of the 91 days after, drawn from the model."""
    random = np.random.default_rng(seed)
    rows = []
    for rate, leaves in zip(random.gamma(r, 1 / alpha, n), random.beta(a, b, n), strict=True):
        day, days = 0.0, []
        while True:
            day += random.exponential(1 / rate)
            if day > 491:
                break
            days.append(day)
            if random.random() < leaves:
                break
        past = [each for each in days if each <= 400]
        rows.append((len(past), past[-1] if past else 0.0, 400.0, len(days) == len(past)))
    return tuple(np.array(column, dtype=float) for column in zip(*rows, strict=True))


@pytest.mark.parametrize("truth", [(1.5, 40.0, 0.3, 4.0), (0.5, 20.0, 1.0, 9.0)])
def test_it_recovers_how_often_clients_come_and_leave(truth: tuple[float, float, float, float]):
    r, alpha, a, b = truth
    repeats, span, age, stayed_away = clients(1_500, r, alpha, a, b)
    found = BgNbd.fit(repeats, span, age)
    assert found.r / found.alpha == pytest.approx(r / alpha, rel=0.25)
    said = found.p_no_visit(repeats, span, age, 91)
    assert said.mean() == pytest.approx(stayed_away.mean(), abs=0.03)
    true = BgNbd(r, alpha, a, b).p_no_visit(repeats, span, age, 91)
    assert np.abs(said - true).mean() < 0.05


def test_it_goes_up_with_silence():
    age = np.linspace(60, 400, 30)
    said = PUBLISHED.p_no_visit(np.full(30, 5.0), np.full(30, 50.0), age, 13)
    assert (np.diff(said) > 0).all()


@pytest.mark.parametrize("visits", [0.0, 1.0])
def test_a_handful_of_clients_is_no_trouble(visits: float):
    found = BgNbd.fit(np.full(3, visits), np.full(3, visits * 10), np.full(3, 50.0))
    said = found.p_no_visit(np.array([visits]), np.array([visits * 10]), np.array([50.0]), 91)
    assert 0 < said[0] < 1
