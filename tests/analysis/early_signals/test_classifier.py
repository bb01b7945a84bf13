import numpy as np
import pytest
from scipy import special

from analysis.early_signals.classifier import Classifier, Curve, Recalibration, Rule
from analysis.early_signals.features import FEATURES
from analysis.early_signals.past import Origin
from tests.analysis.early_signals.pasts import origin


def by_chance(p: np.ndarray, seed: int = 1) -> np.ndarray:
    return np.random.default_rng(seed).random(len(p)) < p


def test_with_hardly_any_history_the_classifier_is_the_rhythm_model():
    p = np.array([0.1, 0.2, 0.3, 0.6])
    learned = Classifier.of([origin(0, p, np.array([False, False, False, True]))])
    asked = np.linspace(0.05, 0.9, 40)
    said = learned.p_no_visit(origin(0, asked, asked > 1))
    assert np.abs(said - asked).max() < 0.06


def test_where_the_rhythm_is_right_more_history_changes_nothing():
    p = np.random.default_rng(3).uniform(0.02, 0.7, 4_000)
    learned = Classifier.of([origin(0, p, by_chance(p))])
    asked = np.linspace(0.05, 0.6, 30)
    assert np.abs(learned.p_no_visit(origin(0, asked, asked > 1)) - asked).max() < 0.05


def test_a_sign_that_foretold_leaving_raises_the_probability():
    """Half of the clients missed an appointment, and those stayed away three times as often as the rhythm said."""
    p = np.full(8_000, 0.2)
    missed = np.arange(8_000) % 2.0
    learned = Classifier.of([origin(0, p, by_chance(np.where(missed > 0, 0.6, 0.2)), no_show=missed)])
    asked = origin(0, p[:2], p[:2] > 1, no_show=missed[:2])
    usual, after_a_no_show = learned.p_no_visit(asked)
    assert usual == pytest.approx(0.2, abs=0.04)
    assert after_a_no_show == pytest.approx((0.6 + 0.2) / 2, abs=0.05)  # half of the correction is believed


def said(rule: Rule, past: list[Origin], **asked: np.ndarray) -> np.ndarray:
    p = np.full(2, 0.3)
    return Curve.of(rule, past).p_no_visit(origin(0, p, p > 1, **asked))


def test_a_rule_learns_its_own_curve():
    silence = np.tile([10.0, 80.0], 300)
    stayed = by_chance(np.where(silence > 50, 0.7, 0.1))
    past = [origin(0, np.full(600, 0.3), stayed, silence=silence)]
    assert said("recency", past, silence=np.array([10.0, 80.0])).tolist() == pytest.approx(
        [0.1, 0.7], abs=0.06
    )


@pytest.mark.parametrize("rule", ["own_gap", "bg_nbd"])
def test_each_rule_looks_at_its_own_score(rule: Rule):
    column, scores = ("own_gap", [0.5, 2.0]) if rule == "own_gap" else ("p_random", [0.2, 0.4])
    score = np.tile(scores, 300)
    stayed = by_chance(np.where(score > score.mean(), 0.7, 0.1))
    past = [origin(0, np.full(600, 0.3), stayed, **{column: score})]
    assert said(rule, past, **{column: np.array(scores)}).tolist() == pytest.approx([0.1, 0.7], abs=0.06)
    of_recency = said("recency", past, **{column: np.array(scores)})
    assert of_recency[0] == of_recency[1] == pytest.approx(stayed.mean())


def test_a_rule_that_never_saw_two_outcomes_says_the_one_it_saw():
    for share, stayed in ((0.0, False), (1.0, True)):
        past = [origin(0, np.full(30, 0.3), np.full(30, stayed))]
        assert said("recency", past).tolist() == [share, share]


def test_a_rule_never_says_that_the_silent_are_likelier_to_come():
    silence = np.tile([10.0, 80.0], 300)
    past = [origin(0, np.full(600, 0.3), by_chance(np.where(silence > 50, 0.1, 0.5)), silence=silence)]
    soon, late = said("recency", past, silence=np.array([10.0, 80.0]))
    assert soon == late


def test_contributions_are_what_moves_a_client_away_from_the_average_one():
    """With nothing but no-shows to tell clients apart, the difference in log-odds is the no-shows' contribution."""
    p = np.full(800, 0.2)
    missed = np.arange(800) % 2.0
    learned = Classifier.of([origin(0, p, by_chance(np.where(missed > 0, 0.6, 0.2)), no_show=missed)])
    asked = origin(0, p[:2], p[:2] > 1, no_show=missed[:2])
    added = learned.contributions(asked)
    place = FEATURES.index("no_show")
    assert added[:, place].tolist() == pytest.approx([-added[1, place], added[1, place]])
    both = 2 * learned.p_no_visit(asked) - asked.p_rhythm  # the average with the rhythm, undone
    assert np.diff(special.logit(both)) == pytest.approx(np.diff(added.sum(axis=1)))


def test_without_outcomes_nothing_is_recalibrated():
    p = np.array([0.1, 0.5, 0.9])
    assert Recalibration.of([], [])(p) is p


def test_a_level_that_was_too_low_is_raised_and_the_order_kept():
    said = np.random.default_rng(2).uniform(0.05, 0.4, 3_000)
    corrected = Recalibration.of([said], [by_chance(np.minimum(2 * said, 1.0))])(np.array([0.1, 0.2, 0.3]))
    assert corrected.tolist() == pytest.approx([0.2, 0.4, 0.6], abs=0.07)
    assert (np.diff(corrected) > 0).all()


def test_a_few_outcomes_recalibrate_little():
    said = np.full(8, 0.2)
    corrected = Recalibration.of([said], [np.array([True] * 6 + [False] * 2)])(np.array([0.2]))[0]
    assert 0.2 < corrected < 0.3
