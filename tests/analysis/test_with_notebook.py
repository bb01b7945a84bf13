"""The notebook beside an export that its clients have gone from."""

import datetime as dt

from analysis.notebook import Notebook, OwnScore
from analysis.portfolio import analyse
from analysis.with_notebook import with_notebook
from tests.analysis.books import book_of, every


def test_a_score_of_somebody_the_file_does_not_hold_changes_nobody() -> None:
    portfolio = analyse(book_of(every("ana", 30, 12, last="2026-10-31")))
    noted = with_notebook(portfolio, Notebook(own_scores={"gone": OwnScore(9.0, "", dt.date(2026, 10, 1))}))
    assert noted.movement.equals(portfolio.movement)
    assert noted.clients.equals(portfolio.clients)
