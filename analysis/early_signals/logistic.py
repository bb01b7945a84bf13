"""Ridge logistic regression on outcomes that may be shares: scikit-learn's, without what a dashboard does not need."""

from __future__ import annotations

import numpy as np
import sklearn
from sklearn.linear_model import LogisticRegression

from analysis.arrays import Array

MOST_STEPS = 100
EXACT_TO = 1e-6  # of the slope of the likelihood: more changes no probability that is shown


def logistic(x: Array, outcome: Array, weight: Array, ridge: float) -> Array:
    """The constant and the coefficients (1 + k,) of a logistic regression on the columns of `x` (n, k).

    `outcome` is a share from 0 to 1, which is how a pseudo-observation enters: as a part of one. Coefficients are held
    toward 0 by ridge / 2 times their square, the constant is free. Raises ValueError where all outcomes are 0 or all 1.
    """
    # A share of an outcome is two rows: one that came to 1, weighing the share, and one that came to 0.
    rows = np.concatenate([x, x])
    came = np.repeat([1, 0], len(x))
    weights = np.concatenate([weight * outcome, weight * (1 - outcome)])
    some = weights > 0
    # Newton's method: with a few features a twentieth of what the default solver takes.
    model = LogisticRegression(C=1 / ridge, solver="newton-cholesky", tol=EXACT_TO, max_iter=MOST_STEPS)
    with sklearn.config_context(assume_finite=True):
        model.fit(rows[some], came[some], sample_weight=weights[some])
    return np.concatenate([model.intercept_, model.coef_[0]])
