"""BG/NBD (Fader, Hardie & Lee 2005): the published model for random timing, as a rule to be compared with.

Visits come at random at a rate of the client's own, Gamma(r, alpha) over clients; after each visit a client leaves with
a chance of their own, Beta(a, b) over clients. The likelihood is a closed form; its four parameters are looked for on a
grid, coarse and then fine, instead of with an optimiser, which on small shops often does not arrive.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from scipy import special

from analysis.arrays import Array

SAMPLE = 250
#: How alike clients' rates are (r), and the shop's mean rate over that of its visits; how often clients leave after a
#: visit, and how alike they are in that (a + b).
RATE_SHAPES = np.geomspace(0.25, 16.0, 7)
RATE_TIMES = np.geomspace(0.5, 4.0, 7)
LEAVING = np.array([0.003, 0.01, 0.03, 0.06, 0.1, 0.2, 0.35])
LEAVING_SIZES = np.array([0.5, 2.0, 10.0])
#: The fine grid: half a step of the coarse one to each side.
FINER = np.array([-0.5, -0.25, 0.0, 0.25, 0.5])


@dataclass(frozen=True)
class BgNbd:
    """The four parameters; rates are per day."""

    r: float
    alpha: float
    a: float
    b: float

    @classmethod
    def fit(cls, repeats: Array, span: Array, age: Array) -> BgNbd:
        """From each client's visits after the first, the days from first to last visit, and from the first to now.

        Deterministic: of more than `SAMPLE` clients, as many spread evenly over the order of their histories.
        """
        if len(repeats) > SAMPLE:
            order = np.lexsort((age, span, repeats))
            repeats, span, age = (
                column[order[np.linspace(0, len(order) - 1, SAMPLE).astype(int)]]
                for column in (repeats, span, age)
            )
        mean_rate = max(float(repeats.sum()), 1.0) / max(float(age.sum()), 1.0)
        shapes, rates, leaving, sizes = _best(
            repeats, span, age, RATE_SHAPES, mean_rate * RATE_TIMES, LEAVING, LEAVING_SIZES
        )
        r, rate, leaves, size = _best(
            repeats,
            span,
            age,
            shapes * (RATE_SHAPES[1] / RATE_SHAPES[0]) ** FINER,
            rates * (RATE_TIMES[1] / RATE_TIMES[0]) ** FINER,
            leaving * 2.0**FINER,
            np.array([sizes]),
        )
        return cls(r, r / rate, leaves * size, (1 - leaves) * size)

    def p_no_visit(self, repeats: Array, span: Array, age: Array, horizon_days: int) -> Array:
        """Probability of no visit within the horizon."""
        # How much likelier the silence is of somebody who left than of somebody who only has not come yet.
        log_left = np.log(self.a / (self.b + np.maximum(repeats - 1, 0))) + (self.r + repeats) * np.log(
            (self.alpha + age) / (self.alpha + span)
        )
        alive = np.where(repeats > 0, special.expit(-log_left), 1.0)
        # Alive, the rate is Gamma(r + repeats, alpha + age); no visit is its Laplace transform at the horizon.
        silent = ((self.alpha + age) / (self.alpha + age + horizon_days)) ** (self.r + repeats)
        return np.asarray(1 - alive * (1 - silent))


def _best(
    x: Array, span: Array, age: Array, shapes: Array, rates: Array, leaving: Array, sizes: Array
) -> tuple[float, float, float, float]:
    """The most likely (r, r / alpha, a / (a + b), a + b) of a grid.

    A client's likelihood is P1(a, b) G(age) + P2(a, b) G(span): what the rates say and what leaving says are tabulated
    apart, and only their few products are added up.
    """
    r, rate = (each.ravel() for each in np.meshgrid(shapes, rates, indexing="ij"))
    share, size = (each.ravel() for each in np.meshgrid(leaving, sizes, indexing="ij"))
    alpha, a, b = r / rate, share * size, (1 - share) * size
    visits = x[:, None]
    scale = special.gammaln(r + visits) - special.gammaln(r) + r * np.log(alpha)
    still = scale - (r + visits) * np.log(alpha + age[:, None])  # (n, rates)
    ratio = np.exp(np.minimum((r + visits) * np.log((alpha + age[:, None]) / (alpha + span[:, None])), 500.0))
    stayed = special.betaln(a, b + visits) - special.betaln(a, b)  # (n, leavings)
    odds = np.where(visits > 0, a / (b + np.maximum(visits - 1, 0)), 0.0)
    log_likelihood = still.sum(axis=0)[:, None] + stayed.sum(axis=0)[None, :]
    for place in range(len(a)):
        log_likelihood[:, place] += np.log1p(ratio * odds[:, place, None]).sum(axis=0)
    best, which = np.unravel_index(int(log_likelihood.argmax()), log_likelihood.shape)
    return float(r[best]), float(rate[best]), float(share[which]), float(size[which])
