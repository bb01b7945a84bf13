"""Who shows the first signs of leaving, judged on the owner's own past.

Three times a horizon the past is looked at as it was that day: every client gets the rhythm model's probability of no
visit and the signs of that day. A logistic regression learns, from the looks whose horizon has closed, how the signs
correct the rhythm; it starts from the rhythm model through a catalytic prior (Huang, Stein, Rubin & Kou 2020:
pseudo-observations drawn from a simpler model), so that with little history it is the rhythm model. The two are
averaged, and the level of the average is corrected by what was said and what came at origins already closed.

Each origin is judged by what was learned from origins whose horizon had closed before it, against plain recency, the
client's own gap, BG/NBD and chance. Where the classifier does not win, the winner's probability is used and the
back-test says so. The same looks, replayed month by month, tell how long before a loss the alarm goes up.

    look_back (past, bg_nbd) -> learn (learned: classifier, logistic)
        -> judge (back_test: figures, verdict, warning) -> today (present)
"""

from __future__ import annotations

from analysis.early_signals.back_test import Choice, Judged, judge
from analysis.early_signals.past import Past, look_back
from analysis.early_signals.present import EarlySignals, facts_of, today

__all__ = ["Choice", "EarlySignals", "Judged", "Past", "facts_of", "judge", "look_back", "today"]
