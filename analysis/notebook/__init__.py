"""The owner's notebook: what they say of their clients and what came of calls, beside what the export knows.

It is kept as one file (`notebook_file`) that the owner downloads and gives back with the next export.
"""

from analysis.notebook.entries import (
    OFFERS,
    OUTCOMES,
    Goal,
    Letter,
    Notebook,
    Offer,
    Outcome,
    OutcomeCode,
    OwnScore,
    ProblemNote,
    RedFlag,
)

__all__ = [
    "OFFERS",
    "OUTCOMES",
    "Goal",
    "Letter",
    "Notebook",
    "Offer",
    "Outcome",
    "OutcomeCode",
    "OwnScore",
    "ProblemNote",
    "RedFlag",
]
