"""The method in use: ours, unless a rule did better by more than a few clients' luck."""

import numpy as np
import pytest

from analysis.early_signals import figures
from analysis.early_signals.learned import METHODS
from analysis.early_signals.verdict import OURS_OVER_RULES, OtherShops, Verdict, verdict


def test_a_difference_is_believed_as_far_as_it_is_certain():
    """Other shops: 0.03 ahead, give or take 0.04. Draws 0.04 apart here: both are believed half."""
    other = OtherShops(ahead=0.03, differs=0.04)
    draws = np.array([0.04, -0.04])
    assert other.believed(np.append(-0.05, draws)) == pytest.approx((-0.05 + 0.03) / 2, abs=1e-6)
    assert other.believed(np.append(-0.05, draws / 100)) == pytest.approx(-0.05, abs=1e-3)
    assert other.believed(np.append(-0.05, draws * 100)) == pytest.approx(0.03, abs=1e-3)


def judged(clients: int, *, ours: float, recency: float, seed: int = 3) -> Verdict:
    """Scores that tell who stays away (one in four) the better the larger they are; the other rules know nothing."""
    random = np.random.default_rng(seed)
    stayed = np.arange(clients) % 4 == 0
    telling = {"puntual": ours, "rhythm": ours - 0.3, "recency": recency, "own_gap": 0.0, "bg_nbd": 0.0}
    said = {method: random.normal(size=clients) + telling[method] * stayed for method in METHODS}
    one_day = np.zeros(clients, dtype=np.int64)
    return verdict(stayed, one_day, said, figures.Draws.of(np.arange(clients)))


def test_where_ours_tells_better_it_is_used():
    found = judged(1_000, ours=1.5, recency=0.8)
    assert (found.method, found.ours, found.best_rule) == ("puntual", "puntual", "recency")


def test_where_a_rule_tells_better_on_many_clients_it_is_used():
    found = judged(4_000, ours=0.8, recency=1.1)
    assert (found.method, found.ours, found.best_rule) == ("recency", "puntual", "recency")


def test_a_few_clients_luck_does_not_make_a_rule_of_it():
    lucky = [judged(60, ours=1.0, recency=1.0, seed=seed) for seed in range(40)]
    behind = [found for found in lucky if found.auc["puntual"][0] < found.auc[found.best_rule][0]]
    used = [found for found in behind if found.method == found.best_rule]
    assert len(behind) >= 10
    assert len(used) <= len(behind) / 2
    for found in used:
        assert found.auc["puntual"][0] + OURS_OVER_RULES.ahead < found.auc[found.best_rule][0]
