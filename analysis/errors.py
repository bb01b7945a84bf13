"""What can go wrong with a file or a question, as a code and its values.

An error carries no sentence: `words` has one for every code, in each language, so that page and command line
say the same. `str(error)` is for developers' logs and therefore holds the code alone, never a cell's value.
"""

from __future__ import annotations

from collections.abc import Sequence


class PuntualError(Exception):
    """A problem the reader of the page can do something about.

    `code` names the sentence (`error.<code>` in the catalogue) and `values` fill it.
    """

    code = "unexpected"

    def __init__(self, code: str | None = None, /, **values: object) -> None:
        if code is not None:
            self.code = code
        self.values = values
        super().__init__(self.code)


class UnreadableFileError(PuntualError):
    """The bytes are no table we can read; values: `file` and what it really is (`kind`) where known."""

    code = "unreadable_file"


class MissingColumnError(PuntualError):
    """No column for a field that every answer needs; values: `field`, `found` (headers), `nearest`.

    `columns` are the keys (`analysis.reading.ColumnKey`) among which the owner may point the missing one out.
    """

    code = "missing_column"


class SummaryError(PuntualError):
    """Sums, and no visits; values: `file`, `sheet`, `kind` (`summary.<kind>` in the catalogue)."""

    code = "summary"


class YearlessDatesError(PuntualError):
    """Days whose year nothing tells; values: `file`, `sheet`, `header`."""

    code = "dates_without_year"


class NoVisitsError(PuntualError):
    """The file was read but holds no completed visit of a named client; values: `rows` (code `no_sales`: no sales)."""

    code = "no_visits"


class AffectionWeightError(PuntualError):
    """Points that a sign of affection cannot have; values: `sign` or `family`, `low` and `high` where it is a range."""

    code = "weight_unknown"


class ProblemsError(PuntualError):
    """All the problems of an upload at once; `problems` is the tuple of them."""

    code = "several_problems"

    def __init__(self, problems: tuple[PuntualError, ...]) -> None:
        super().__init__(count=len(problems))
        self.problems = problems


def raise_all(problems: Sequence[PuntualError]) -> None:
    """Raises the one problem there is, or all of them as one; does nothing where there is none."""
    if len(problems) == 1:
        raise problems[0]
    if problems:
        raise ProblemsError(tuple(problems))
