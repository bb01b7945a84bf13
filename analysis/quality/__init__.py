"""Quality: how tidy the client book is, 0-100, what takes points away, on which rows, and what to do about it.

`tidiness.quality_of` is the whole way: `people`, `lines` and `gaps` look for one kind of untidiness each, and `checks`
says what each costs.
"""

from analysis.quality.checks import CHECKS, ROWS, CheckCode, Finding, subject_of
from analysis.quality.tidiness import Quality, quality_of, section

__all__ = ["CHECKS", "ROWS", "CheckCode", "Finding", "Quality", "quality_of", "section", "subject_of"]
