"""How often each client comes, when the next visit is due, and whether they are still a client.

A renewal mixture with dropout, fitted by nonparametric empirical Bayes on a fixed grid: every client's gaps follow one
of a few thousand (usual gap, regularity, share of disrupted gaps, chance of leaving after a visit) cells, and the
shop's own file says how common each cell is. There is no optimiser, so nothing can fail to converge on 80 clients.

    histories -> grid (kernels) -> fit (prior) -> intervals, outlook (posterior)
                                               -> learn_masses (windows) -> predict (forecast)

Sources: Kiefer & Wolfowitz 1956 (the estimator); Platzer & Reutterer 2016, "Ticking Away the Moments" (regularity helps
to tell who is gone); Reutterer, Platzer & Schroeder 2021 (MBG/CNBD-k: dropout after any visit); Fader, Hardie & Lee
2005 (BG/NBD, the model with random timing).

All durations are whole days. A gap of d days has probability S(d - 1/2) - S(d + 1/2); a silence of c days that is still
open enters as the probability of a gap longer than that, S(c + 1/2).
"""

from __future__ import annotations

from analysis.rhythm.forecast import Rhythms, predict
from analysis.rhythm.kernels import Grid, grid
from analysis.rhythm.observed import Histories, histories
from analysis.rhythm.posterior import Intervals, Limits, Outlook, alive_and_away, intervals, limits, outlook
from analysis.rhythm.prior import EM_STEPS, Prior, fit, fit_groups
from analysis.rhythm.windows import Masses, NextVisit, learn_masses, survival_ahead

__all__ = [
    "EM_STEPS",
    "Grid",
    "Histories",
    "Intervals",
    "Limits",
    "Masses",
    "NextVisit",
    "Outlook",
    "Prior",
    "Rhythms",
    "alive_and_away",
    "fit",
    "fit_groups",
    "grid",
    "histories",
    "intervals",
    "learn_masses",
    "limits",
    "outlook",
    "predict",
    "survival_ahead",
]
