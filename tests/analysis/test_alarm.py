import numpy as np
import pytest

from analysis import alarm


def flagged(
    *,
    visits: int = 8,
    silence: float = 20,
    late_after: float = 40,
    p_alive: float = 0.9,
    p_no_visit: float = 0.1,
    typical: float = 0.18,
) -> bool:
    one = (np.array([value]) for value in (visits, silence, late_after, p_alive, p_no_visit))
    return bool(alarm.flagged(*one, 91, typical)[0])


def test_a_client_within_their_rhythm_is_not_flagged():
    assert not flagged()


def test_a_late_client_is_flagged_until_probably_gone():
    assert flagged(silence=41)
    assert not flagged(silence=40)
    assert not flagged(silence=41, p_alive=0.49)


def test_one_or_two_visits_make_no_rhythm_to_be_late_for():
    assert not flagged(visits=2, silence=300)
    assert flagged(visits=3, silence=300)


@pytest.mark.parametrize(
    ("typical", "threshold"),
    [(0.18, 0.45), (0.3, 0.5), (0.5, 0.625), (0.0, 0.5)],
    ids=[
        "two and a half times the usual",
        "more likely than not",
        "clearly more than usual",
        "nobody ever left",
    ],
)
def test_an_early_signal_is_clearly_more_than_usual(typical: float, threshold: float):
    assert flagged(p_no_visit=threshold, typical=typical)
    assert not flagged(p_no_visit=threshold - 0.01, typical=typical)


def test_a_rhythm_slower_than_the_horizon_is_no_sign_of_leaving():
    """Every three months and more: a third of them do not come within 91 days, however loyal."""
    assert flagged(late_after=91, p_no_visit=0.33, typical=0.1)
    assert not flagged(late_after=110, p_no_visit=0.33, typical=0.1)
    assert flagged(late_after=110, p_no_visit=0.5, typical=0.1)
    assert flagged(silence=111, late_after=110, p_no_visit=0.33, typical=0.1)


def test_an_early_signal_is_for_those_who_came_within_the_horizon():
    assert flagged(silence=91, late_after=100, p_no_visit=0.6)
    assert not flagged(silence=92, late_after=100, p_no_visit=0.6)


def test_active_is_three_visits_and_one_within_the_horizon():
    active = alarm.active(np.array([3, 2, 3, 9]), np.array([91.0, 5.0, 92.0, 0.0]), 91)
    assert active.tolist() == [True, False, False, True]


def test_what_is_at_stake_is_a_year_times_the_chance_of_losing_it_times_that_of_keeping_it():
    stake = alarm.value_at_stake(np.array([360.0]), np.array([0.5]), np.array([0.8]))
    assert stake.tolist() == [pytest.approx(144.0)]
