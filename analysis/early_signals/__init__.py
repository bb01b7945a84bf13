"""Who shows the first signs of leaving, judged on the owner's own past.

At rolling origins (past dates whose horizon has closed) every active client gets the rhythm model's probability of no
visit, computed from what was known that day, and the signs of that day. A logistic regression learns how the signs
correct the rhythm; it starts from the rhythm model through a catalytic prior (Huang, Stein, Rubin & Kou 2020:
pseudo-observations drawn from a simpler model), so that with little history it is the rhythm model. The two are
averaged, and the level of the average is corrected by what was said and what came at origins already closed.

Each origin is judged by what was learned from origins whose horizon had closed before it, against plain recency, the
client's own gap and chance. Where the classifier does not win, the winner's probability is used and the back-test says
so.

    origins (past) -> judge (back_test: classifier, rules, figures) -> today (present)
"""

from __future__ import annotations

from analysis.early_signals.back_test import Judged, Winner, judge
from analysis.early_signals.past import Origin, origins
from analysis.early_signals.present import EarlySignals, today

__all__ = ["EarlySignals", "Judged", "Origin", "Winner", "judge", "origins", "today"]
